"""Reminders of what must be read again."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from news.models import Article, Page
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.remind_of_reviews")
def remind_of_reviews() -> int:
    """Mail the reminders of one unit; returns how many mails went out."""
    from news.actions.planning import remind_of_reviews as remind

    return remind()


@shared_task(name="news.remind_all_of_reviews", ignore_result=True)
def remind_all_of_reviews() -> int:
    """Each morning: start the reminders of every unit that has something to read again."""
    until = timezone.localdate() + timedelta(days=7)
    units = {
        *unit_ids_with(lambda: Article.objects.filter(review_by__isnull=False, review_by__lte=until)),
        *unit_ids_with(lambda: Page.objects.filter(review_by__isnull=False, review_by__lte=until)),
    }
    return fan_out(remind_of_reviews, sorted(units))
