"""The room of administrative procedures and the public-service menu."""

from django.apps import AppConfig

from services.rules import ROLE_PERMISSIONS


class ServicesConfig(AppConfig):
    """Procedures, local answers, dossiers, satisfaction."""

    name = "services"
    verbose_name = "Dịch vụ công"
    role_permissions = ROLE_PERMISSIONS
