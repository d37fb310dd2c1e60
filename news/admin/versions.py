"""Versions of an article, preview links, withdrawal."""

from django.urls import URLPattern


class VersionScreens:
    """Versions of an article, preview links, withdrawal."""

    def version_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        return []
