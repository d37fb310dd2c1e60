"""The room of pages made from several rooms."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home, search page, site map, errors, health, the demo province."""

    name = "portal.pages"
    label = "pages"
    verbose_name = "Trang chung"
