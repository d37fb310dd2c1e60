"""Background work of the news room; every module is imported here, so that Celery finds its tasks."""

from news.tasks import (
    consultations,
    disclosure,
    documents,
    drafting,
    imports,
    links,
    media,
    originality,
    planning,
    publishing,
    sharing,
    subscriptions,
)

__all__ = [
    "consultations",
    "disclosure",
    "documents",
    "drafting",
    "imports",
    "links",
    "media",
    "originality",
    "planning",
    "publishing",
    "sharing",
    "subscriptions",
]
