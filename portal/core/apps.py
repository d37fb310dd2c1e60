"""The kernel app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """User, tenancy, audit, cleaning, page cache: what every room stands on."""

    name = "portal.core"
    label = "core"
    verbose_name = "Hệ thống"

    def ready(self) -> None:
        """Connect the write guard for many-to-many links and the system checks."""
        from portal.core import antivirus
        from portal.core.tenancy import checks, guards  # models must be loaded before signals are connected

        guards.connect()
        checks.register_checks()
        antivirus.register_checks()
