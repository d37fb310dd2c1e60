"""Room for administrative procedures and the public-service menu (issue 4)."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Administrative procedures."""

    name = "services"
    verbose_name = "Dịch vụ công"
