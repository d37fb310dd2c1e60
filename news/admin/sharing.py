"""Offering an article upwards, pushing it downwards."""

from django.urls import URLPattern


class SharingScreens:
    """Offering an article upwards, pushing it downwards."""

    def sharing_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        return []
