"""The steps of an article: submit, send back, approve, schedule, publish, second look."""

from django.urls import URLPattern


class WorkflowScreens:
    """The steps of an article: submit, send back, approve, schedule, publish, second look."""

    def workflow_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        return []
