"""Forgetting who sent what."""

from celery import shared_task

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from services.models import MistakeReport
from services.rules.days import today_began


@shared_task(base=TenantTask, name="services.forget_mistake_senders")
def forget_mistake_senders() -> int:
    """Empty what is left of yesterday's senders in one unit."""
    from services.actions.mistakes import forget_mistake_senders as forget

    return forget()


@shared_task(name="services.dispatch_mistake_forgetting")
def dispatch_mistake_forgetting() -> int:
    """Start it for every unit that has something to forget; returns how many were started."""
    return fan_out(forget_mistake_senders, unit_ids_with(lambda: MistakeReport.objects.hashed_before(today_began())))
