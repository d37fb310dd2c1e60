"""Autosave, presence and checks while somebody writes."""

from django.urls import URLPattern


class DraftingScreens:
    """Autosave, presence and checks while somebody writes."""

    def drafting_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        return []
