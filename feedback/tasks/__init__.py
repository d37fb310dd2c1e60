"""Background work of the feedback room; every module is imported here, so that Celery finds its tasks."""

from feedback.tasks import asking, cases, drafts, duties, files, forgetting, moderation, months, readers

__all__ = ["asking", "cases", "drafts", "duties", "files", "forgetting", "moderation", "months", "readers"]
