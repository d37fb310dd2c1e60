"""Unsaved words that nobody came back for."""

from celery import shared_task
from django.utils import timezone

from news.models import DraftAutosave, EditingSession
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="news.sweep_drafting")
def sweep_drafting() -> int:
    """Remove one unit's forgotten autosaves and notes of presence; returns how many autosaves went."""
    from news.actions.drafting import sweep_drafting as sweep

    return sweep()


@shared_task(name="news.sweep_all_drafting", ignore_result=True)
def sweep_all_drafting() -> int:
    """Each night: start the sweep of every unit that has something to sweep."""
    from news.actions.drafting import KEPT_FOR, SESSIONS_KEPT

    now = timezone.now()
    units = {
        *unit_ids_with(lambda: DraftAutosave.objects.filter(saved_at__lt=now - KEPT_FOR)),
        *unit_ids_with(lambda: EditingSession.objects.filter(seen_at__lt=now - SESSIONS_KEPT)),
    }
    return fan_out(sweep_drafting, sorted(units))
