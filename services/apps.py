"""The room of administrative procedures and the public-service menu."""

from django.apps import AppConfig

from services.rules import ROLE_PERMISSIONS


class ServicesConfig(AppConfig):
    """Procedures, local answers, dossiers, satisfaction."""

    name = "services"
    verbose_name = "Dịch vụ công"
    role_permissions = ROLE_PERMISSIONS

    def ready(self) -> None:
        """Let other rooms speak of procedures."""
        from services.subjects import register_subjects

        register_subjects()
