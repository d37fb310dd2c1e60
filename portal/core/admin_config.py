"""Django admin with our own site class."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Puts the portal's admin site in the place of the stock one."""

    default_site = "portal.core.admin_site.PortalAdminSite"
