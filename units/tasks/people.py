"""Midnight for people: who begins or has left today."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from units.models import Appointment


@shared_task(base=TenantTask, name="units.turn_appointments")
def turn_appointments() -> int:
    """Let one unit's pages and index follow what began or ended; returns how many people that concerned."""
    from units.actions.people import turn_appointments as turn

    return turn()


@shared_task(name="units.turn_all_appointments", ignore_result=True)
def turn_all_appointments() -> int:
    """Just after midnight: every unit where somebody begins or has left; two days back, for a night without beat."""
    today = timezone.localdate()
    return fan_out(
        turn_appointments, unit_ids_with(lambda: Appointment.objects.turning_on(today - timedelta(days=2), today))
    )
