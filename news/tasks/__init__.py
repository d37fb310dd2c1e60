"""Background work of the news room; every module is imported here, so that Celery finds its tasks."""

from news.tasks import drafting, media, originality, planning, publishing, sharing, subscriptions

__all__ = ["drafting", "media", "originality", "planning", "publishing", "sharing", "subscriptions"]
