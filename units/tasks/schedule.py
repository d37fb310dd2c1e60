"""Background work of the schedule."""

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from units.models import ScheduleImport, Unit


@shared_task(base=TenantTask, name="units.remind_of_next_week")
def remind_of_next_week() -> int:
    """Mail one unit's office when its next week is empty or not published; returns how many mails went out."""
    from units.actions.schedule_reminders import remind_of_next_week as remind

    return remind()


@shared_task(name="units.remind_all_of_next_week", ignore_result=True)
def remind_all_of_next_week() -> int:
    """Every afternoon; on the last working day of the week start the reminders of all units that exist."""
    from units.actions.schedule_reminders import is_last_working_day

    if not is_last_working_day(timezone.localdate()):
        return 0
    return fan_out(remind_of_next_week, Unit.objects.current().values_list("pk", flat=True))


@shared_task(base=TenantTask, name="units.forget_previews")
def forget_previews() -> int:
    """Empty one unit's previews of tables that were left lying; returns how many."""
    from units.actions.schedule_import import forget_previews as forget

    return forget()


@shared_task(name="units.forget_all_previews", ignore_result=True)
def forget_all_previews() -> int:
    """Each night: every unit with such a preview."""
    return fan_out(forget_previews, unit_ids_with(lambda: ScheduleImport.objects.left_lying(timezone.now())))
