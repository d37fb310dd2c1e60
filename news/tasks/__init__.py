"""Background work of the news room; every module is imported here, so that Celery finds its tasks."""
