"""Reminders of summaries that are owed."""

from celery import shared_task
from django.utils import timezone

from news.models import Consultation
from news.rules.summary_reminders import FIRST_REMINDER
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.remind_of_summaries")
def remind_of_summaries() -> int:
    """Mail the reminders of one unit; returns how many consultations were mailed about."""
    from news.actions.consultation_reminders import remind_of_summaries as remind

    return remind()


@shared_task(name="news.remind_all_of_summaries", ignore_result=True)
def remind_all_of_summaries() -> int:
    """Each morning: start the reminders of every unit that owes a summary."""
    today = timezone.localdate()
    rows = lambda: Consultation.objects.owing_summary(today).filter(  # noqa: E731 - asked for as a callable
        summary_due_on__lte=today + FIRST_REMINDER
    )
    return fan_out(remind_of_summaries, unit_ids_with(rows))
