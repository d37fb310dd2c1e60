"""Background work of the office's clock: reminders, escalation."""

from celery import shared_task
from django.utils import timezone

from feedback.models import Case
from feedback.rules.duties import AHEAD
from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from portal.core.working_days import WorkingCalendar


@shared_task(base=TenantTask, name="feedback.do_case_duties")
def do_case_duties() -> dict[str, int]:
    """Remind one unit of its days; run again, it reminds of none twice."""
    from feedback.actions.case_duties import do_duties

    return do_duties()


@shared_task(name="feedback.do_all_case_duties", ignore_result=True)
def do_all_case_duties() -> int:
    """In the mornings of working days: every unit that holds something with a day that is near or over."""
    today = timezone.localdate()
    if not WorkingCalendar.around(today, today).is_working(today):
        return 0
    return fan_out(do_case_duties, unit_ids_with(lambda: Case.objects.to_remind(today, today + AHEAD)))
