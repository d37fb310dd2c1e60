"""Background work for forms that were never sent: forgetting."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from feedback.models import CaseDraft
from feedback.rules.cases import DRAFT_HOURS
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.forget_drafts")
def forget_drafts() -> int:
    """Delete one unit's forms that nobody touched for two days."""
    from feedback.actions.drafts import forget_drafts as forget

    return forget()


@shared_task(name="feedback.forget_all_drafts", ignore_result=True)
def forget_all_drafts() -> int:
    """Start it for every unit that has such forms; returns how many were started."""
    before = timezone.now() - timedelta(hours=DRAFT_HOURS)
    return fan_out(forget_drafts, unit_ids_with(lambda: CaseDraft.objects.stale(before)))
