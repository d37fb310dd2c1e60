"""Background work of the units room; every module is imported here, so that Celery finds its tasks."""

from units.tasks import schedule

__all__ = ["schedule"]
