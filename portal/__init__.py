"""The project. Importing it makes its Celery application the current one, for web, workers and commands alike."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
