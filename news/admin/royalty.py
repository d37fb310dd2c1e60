"""What an article is paid with."""

from django.urls import URLPattern


class RoyaltyScreens:
    """What an article is paid with."""

    def royalty_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        return []
