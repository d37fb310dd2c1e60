"""The room of the units themselves."""

from django.apps import AppConfig

from units.rules import ROLE_PERMISSIONS


class UnitsConfig(AppConfig):
    """Units, their hosts, their people, the face of their sites."""

    name = "units"
    verbose_name = "Đơn vị"
    role_permissions = ROLE_PERMISSIONS
