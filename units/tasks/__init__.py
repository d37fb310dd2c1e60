"""Background work of the units room; every module is imported here, so that Celery finds its tasks."""

from units.tasks import people, reception, schedule

__all__ = ["people", "reception", "schedule"]
