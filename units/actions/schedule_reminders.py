"""Reminding the office, on the last working day of the week, of a next week that is empty or not put out yet."""

from datetime import date, timedelta
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from portal.core.working_days import WorkingCalendar
from units.actions.schedule import open_week
from units.chrome import absolute_url
from units.enums import Module, Role
from units.enums.schedule import EntryStage, WeekStatus
from units.models import Membership, ScheduleEntry, ScheduleWeek, Site, Unit
from units.rules.schedule import monday_of

PEOPLE_LIMIT: Final = 8
OFFICE: Final = (Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN)


def is_last_working_day(today: date) -> bool:
    """Whether offices do not work again before next Monday: Friday, or Thursday before a holiday, or a Saturday worked instead."""
    sunday = monday_of(today) + timedelta(days=6)
    calendar = WorkingCalendar.around(today, sunday)
    return calendar.is_working(today) and not calendar.between(today, sunday)


@transaction.atomic
def remind_of_next_week() -> int:
    """Mail the office of the unit in scope once when its next week is empty or unpublished; returns how many mails went out.

    The week's row is claimed in the transaction of the mail: after a crash a mail may come twice, never not at all.
    """
    unit = Unit.objects.get(pk=current_unit_id())
    if unit.is_closed or not Site.objects.of_current_unit().has(Module.SCHEDULE):
        return 0
    week = open_week(day=monday_of(timezone.localdate()) + timedelta(days=7))
    number = ScheduleEntry.objects.filter(week=week, stage=EntryStage.ACCEPTED).count()
    if week.status == WeekStatus.PUBLISHED and number:
        return 0
    people = [person for person in _office() if person.email]
    claimed = ScheduleWeek.objects.filter(pk=week.pk, reminded_at__isnull=True)
    if not people or not claimed.update(reminded_at=timezone.now()):
        return 0
    record(verb="schedule.remind", target=week, actor=None, detail={"to": [person.pk for person in people]})
    for person in people:
        _mail(unit, person, week, number)
    return len(people)


def _office() -> list[User]:
    rows = Membership.objects.filter(role__in=OFFICE, user__is_active=True).select_related("user")
    return [row.user for row in rows.order_by("pk")[:PEOPLE_LIMIT]]


def _mail(unit: Unit, person: User, week: ScheduleWeek, number: int) -> None:
    year, iso_week, _day = week.monday.isocalendar()
    proposed = ScheduleEntry.objects.filter(week=week, stage=EntryStage.PROPOSED).count()
    context = {
        "person": person,
        "week": week,
        "number": number,
        "proposed": proposed,
        "url": absolute_url(unit, f"/quan-tri/units/scheduleentry/tuan/{year}/W{iso_week:02d}/"),
    }
    day = f"{week.monday:%d/%m/%Y}"
    subject = _("Lịch tuần từ %(day)s chưa công bố") if number else _("Lịch tuần từ %(day)s còn trống")
    body = render_to_string("emails/schedule_week.txt", context)
    EmailMessage(subject=subject % {"day": day}, body=body, to=[person.email]).send()
