"""Room for what citizens send: reports, questions, consultations (issue 6)."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """What citizens send."""

    name = "feedback"
    verbose_name = "Phản ánh, kiến nghị"
