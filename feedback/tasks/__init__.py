"""Background work of the feedback room; every module is imported here, so that Celery finds its tasks."""

from feedback.tasks import cases, duties, forgetting, moderation, readers

__all__ = ["cases", "duties", "forgetting", "moderation", "readers"]
