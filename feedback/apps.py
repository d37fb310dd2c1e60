"""The room of what readers send: comments and ratings (reports, questions and consultations follow, issue 6)."""

from django.apps import AppConfig

from feedback.rules import ROLE_PERMISSIONS


class FeedbackConfig(AppConfig):
    """What readers send."""

    name = "feedback"
    verbose_name = "Bạn đọc"
    role_permissions = ROLE_PERMISSIONS

    def ready(self) -> None:
        """Put the question and the comments at the end of pages; say who may send large forms."""
        from feedback.gates import register_gates
        from feedback.parts import register_parts

        register_parts()
        register_gates()
