"""Background work of citizen reception: sessions made ahead, mails, forgetting, the page that changes with the day."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from units.models import ReceptionBooking, ReceptionSeries

logger = logging.getLogger(__name__)


@shared_task(base=TenantTask, name="units.plan_receptions")
def plan_receptions() -> int:
    """Make one unit's regular sessions for the weeks ahead."""
    from units.actions.reception_series import plan_sessions

    return plan_sessions(today=timezone.localdate())


@shared_task(name="units.plan_all_receptions", ignore_result=True)
def plan_all_receptions() -> int:
    """Each night: every unit with a running series."""
    today = timezone.localdate()
    return fan_out(plan_receptions, unit_ids_with(lambda: ReceptionSeries.objects.running(today)))


@shared_task(base=TenantTask, name="units.remind_of_receptions")
def remind_of_receptions() -> int:
    """Mail one unit's people whose session is near; a mail server that is down leaves the rest to the next beat."""
    from units.actions.reception_mail import remind

    try:
        return remind()
    except (SMTPException, OSError) as error:
        logger.warning("mail server unavailable, reminders of receptions wait: %s", error)
        return 0


@shared_task(name="units.remind_all_of_receptions", ignore_result=True)
def remind_all_of_receptions() -> int:
    """By day: every unit with somebody to remind."""
    now = timezone.now()
    return fan_out(remind_of_receptions, unit_ids_with(lambda: ReceptionBooking.objects.to_remind(now)))


@shared_task(base=TenantTask, name="units.tell_of_reception_changes")
def tell_of_changes() -> int:
    """Mail one unit's people whose session was called off or moved."""
    from units.actions.reception_mail import tell

    try:
        return tell()
    except (SMTPException, OSError) as error:
        logger.warning("mail server unavailable, changes of receptions wait: %s", error)
        return 0


@shared_task(name="units.tell_all_of_reception_changes", ignore_result=True)
def tell_all_of_changes() -> int:
    """What a killed worker or a mail server that was down left behind."""
    today = timezone.localdate()
    rows = lambda: ReceptionBooking.objects.to_tell(today).exclude(sealed_email="")  # noqa: E731 - asked for as a callable
    return fan_out(tell_of_changes, unit_ids_with(rows))


@shared_task(base=TenantTask, name="units.forget_reception_people")
def forget_people() -> int:
    """Wipe one unit's people whose session is long over."""
    from units.actions.reception_retention import forget_people as forget

    return forget()


@shared_task(name="units.forget_all_reception_people", ignore_result=True)
def forget_all_people() -> int:
    """Each night: every unit that may have names of sessions that are over; the unit's own term decides."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return fan_out(forget_people, unit_ids_with(lambda: ReceptionBooking.objects.to_forget(yesterday)))
