"""Background work for cases: mails."""

from datetime import timedelta
from typing import Final

from celery import shared_task
from django.utils import timezone

from feedback.models import CaseLetter
from portal.core.tasks import TenantTask, fan_out, unit_ids_with

CLAIM_LASTS: Final = timedelta(minutes=10)


@shared_task(base=TenantTask, name="feedback.send_letters")
def send_letters() -> int:
    """Send what waits in one unit; a mail server that is down leaves the rest to the sweep."""
    from feedback.actions.case_mailing import send_waiting

    return send_waiting()


@shared_task(base=TenantTask, name="feedback.tell_staff")
def tell_staff(case_id: int, kind: str) -> int:
    """Write down mails to those of the unit who should know; run again, it writes none twice."""
    from feedback.actions.staff_letters import write_staff_letters

    return write_staff_letters(case_id=case_id, kind=kind)


@shared_task(name="feedback.sweep_letters", ignore_result=True)
def sweep_letters() -> int:
    """What a killed worker or a mail server that was down left behind."""
    before = timezone.now() - CLAIM_LASTS
    return fan_out(send_letters, unit_ids_with(lambda: CaseLetter.objects.waiting(before)))
