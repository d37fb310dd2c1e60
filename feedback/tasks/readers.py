"""Background work for readers' words: forgetting."""

from celery import shared_task

from feedback.models import Comment, PageRating
from feedback.rules.limits import spam_limit, today_began
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.forget_senders")
def forget_senders() -> int:
    """Empty what is left of yesterday's senders in one unit."""
    from feedback.actions.retention import forget_senders as forget

    return forget()


@shared_task(name="feedback.dispatch_forgetting")
def dispatch_forgetting() -> int:
    """Start it for every unit that has something to forget; returns how many were started."""
    units = {
        *unit_ids_with(lambda: Comment.objects.hashed_before(today_began())),
        *unit_ids_with(lambda: PageRating.objects.hashed_before(today_began())),
        *unit_ids_with(lambda: Comment.objects.spam_before(spam_limit())),
    }
    return fan_out(forget_senders, sorted(units))
