"""The clock of publishing, and the mails of the desk."""

from datetime import timedelta
from typing import Final

from celery import shared_task
from django.utils import timezone

from news.enums import ArticleStatus
from news.models import Article
from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from units.models import Unit

MAILED_WITHIN: Final = timedelta(days=1)
"""A step older than this is told to nobody any more."""


@shared_task(base=TenantTask, name="news.turn_clock")
def turn_clock() -> int:
    """Do what is due in one unit: publish, expire, take off pins; returns how many articles changed."""
    from news.actions.clock import do_what_is_due

    return do_what_is_due()


@shared_task(name="news.turn_clocks", ignore_result=True)
def turn_clocks() -> int:
    """Each minute: let every unit in which something is due do it. What a killed worker lost is still due."""
    now = timezone.now()
    units = _unit_ids()
    due = {
        *unit_ids_with(lambda: Article.objects.due_to_publish(now)),
        *unit_ids_with(lambda: Article.objects.due_to_expire(now)),
        *unit_ids_with(lambda: Article.objects.pinned_too_long(now).filter(unit_id__in=units)),
        *unit_ids_with(lambda: Article.objects.featured_too_long(now).filter(unit_id__in=units)),
    }
    return fan_out(turn_clock, sorted(due))


@shared_task(base=TenantTask, name="news.send_step_mail")
def send_step_mail(*, article_id: int) -> int:
    """Write to whom the newest step of an article concerns; repeating it sends nothing twice."""
    from news.actions.desk_mails import tell_about_step

    return tell_about_step(article_id=article_id)


@shared_task(base=TenantTask, name="news.send_missing_mails")
def send_missing_mails() -> int:
    """Send what one unit's killed worker or silent mail server left unsent; returns how many mails went out."""
    from news.actions.desk_mails import send_missing

    return send_missing()


@shared_task(name="news.sweep_mails", ignore_result=True)
def sweep_mails() -> int:
    """Every ten minutes: let the units send what is missing."""
    now = timezone.now()
    units, waiting = _unit_ids(), [ArticleStatus.SUBMITTED, ArticleStatus.RETURNED]
    due = {
        *unit_ids_with(
            lambda: Article.objects.filter(unit_id__in=units, status__in=waiting, edited_at__gte=now - MAILED_WITHIN)
        ),
        *unit_ids_with(Article.objects.unseen),
    }
    return fan_out(send_missing_mails, sorted(due))


@shared_task(base=TenantTask, name="news.remind_of_approvals")
def remind_of_approvals() -> int:
    """Remind one unit's approvers of what should have been looked at; once a day."""
    from news.actions.desk_mails import remind_of_approvals as remind

    return remind()


@shared_task(name="news.remind_all_of_approvals", ignore_result=True)
def remind_all_of_approvals() -> int:
    """Each morning: start the reminders of every unit in which a text waits past its date."""
    now, units = timezone.now(), _unit_ids()
    late = unit_ids_with(lambda: Article.objects.overdue_for_approval(now).filter(unit_id__in=units))
    return fan_out(remind_of_approvals, late)


def _unit_ids() -> list[int]:
    """Every unit that exists: with them the database walks its indexes unit by unit instead of the whole table."""
    return list(Unit.objects.current().values_list("pk", flat=True))
