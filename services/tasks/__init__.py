"""Background work of the services room; every module is imported here, so that Celery finds its tasks."""

from services.tasks import dossiers, mistakes, satisfaction

__all__ = ["dossiers", "mistakes", "satisfaction"]
