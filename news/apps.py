"""The room of what a unit publishes."""

from django.apps import AppConfig

from news.rules import ROLE_PERMISSIONS


class NewsConfig(AppConfig):
    """Articles, pages, pictures."""

    name = "news"
    verbose_name = "Tin tức"
    role_permissions = ROLE_PERMISSIONS

    def ready(self) -> None:
        """Let other rooms speak of what this one publishes, and hand texts over."""
        from news.actions.handed_over import write_handed_over
        from news.subjects import register_subjects
        from portal.core.article_drafts import register_draft_writer

        register_subjects()
        register_draft_writer(write_handed_over)
