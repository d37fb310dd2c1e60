"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Vietnamese full-text search; stands between the core and the rooms."""

    name = "portal.search"
    label = "search"
    verbose_name = "Tìm kiếm"
