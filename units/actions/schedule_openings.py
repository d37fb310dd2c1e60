"""Beginning a week's table: its row, and the recurring meetings that fall into it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import Holiday, User
from portal.core.tenancy import current_unit_id
from units.actions.schedule_checks import check_day
from units.actions.schedule_keeping import lock_weeks, undo_approval
from units.enums.schedule import EntryStage
from units.models import ScheduleEntry, ScheduleSeries, ScheduleWeek, Unit
from units.people.posts import PostsBetween
from units.rules.recurrence import occurrences
from units.rules.schedule import monday_of

SERIES_SHAPE = (
    *("session", "starts_at", "ends_at", "title", "content", "room_id", "place", "chair_id", "chair_text"),
    *("attendees_text", "preparing_id", "preparing_text", "vehicle", "notes", "visibility"),
)


def refuse_closed_unit() -> None:
    """A unit that has ended keeps its archive and takes nothing new."""
    if Unit.objects.get(pk=current_unit_id()).is_closed:
        raise ValidationError(_("Đơn vị đã kết thúc hoạt động, không lập lịch mới."))


@transaction.atomic
def open_week(*, day: date) -> ScheduleWeek:
    """The week of ``day``, made where nobody has begun it; a new week gets its recurring meetings at once."""
    known = ScheduleWeek.objects.of_day(day)
    if known is not None:
        return known
    check_day(day)
    refuse_closed_unit()
    week, is_new = ScheduleWeek.objects.get_or_create(monday=monday_of(day))
    if is_new:
        record(verb="schedule.open", target=week, actor=None)
        fill_series(week=week, actor=None)
    return week


def days_off(first: date, last: date) -> dict[date, str]:
    """Holidays from ``first`` to ``last`` with their names; days worked instead are none."""
    return dict(Holiday.objects.between(first, last).filter(is_worked=False).values_list("day", "name"))


def series_days(week: ScheduleWeek) -> list[tuple[ScheduleSeries, date]]:
    """Every occurrence of every series in the week, holidays included; two queries."""
    rows = ScheduleSeries.objects.active_on(week.monday, week.sunday)
    rows = rows.select_related("chair", "room").prefetch_related("persons", "divisions", "invited_units")
    found = []
    for series in rows:
        last = min(week.sunday, series.ends_on) if series.ends_on else week.sunday
        found += [(series, day) for day in occurrences(series.rule, series.starts_on, week.monday, last)]
    return found


def series_on_holidays(week: ScheduleWeek) -> list[tuple[str, date, str]]:
    """What the desk says: a recurring meeting (title, day) that was left out because of a holiday (name)."""
    off = days_off(week.monday, week.sunday)
    return [(series.title, day, off[day]) for series, day in series_days(week) if day in off] if off else []


@transaction.atomic
def fill_series(*, week: ScheduleWeek, actor: User | None) -> int:
    """Enter the recurring meetings of the week that are not there yet; returns how many.

    Each series comes once a day, whoever presses and however often (one that was moved or cancelled counts as there); none
    on a holiday. A leader who holds no post on that day is left out, and the internal note says so.
    """
    lock_weeks([week.pk])
    off = days_off(week.monday, week.sunday)
    wanted = [(series, day) for series, day in series_days(week) if day not in off]
    if not wanted:
        return 0
    rows = ScheduleEntry.objects.filter(series_day__range=(week.monday, week.sunday), series__isnull=False)
    known = set(rows.values_list("series_id", "series_day"))
    posts = PostsBetween.read(week.monday, week.sunday)
    number = 0
    for series, day in wanted:
        if (series.pk, day) not in known:
            number += _enter(series, day, week, posts)
    if number:
        record(verb="schedule.series", target=week, actor=actor, detail={"entries": number})
        undo_approval([week], actor=actor)
    return number


def _enter(series: ScheduleSeries, day: date, week: ScheduleWeek, posts: PostsBetween) -> bool:
    values = {name: getattr(series, name) for name in SERIES_SHAPE}
    entry = ScheduleEntry(week=week, day=day, stage=EntryStage.ACCEPTED, series=series, series_day=day, **values)
    entry.is_demo = series.is_demo
    people = list(series.persons.all())
    leave_absent_out(entry, posts)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        return False
    entry.persons.set([one for one in people if posts.on(one.pk, day)])
    entry.divisions.set(series.divisions.all())
    entry.invited_units.set(series.invited_units.all())
    return True


def leave_absent_out(entry: ScheduleEntry, posts: PostsBetween) -> None:
    """A chair who holds no post on the day, and a room out of use, are taken out; the internal note says so."""
    said = []
    if entry.chair is not None and posts.on(entry.chair.pk, entry.day) is None:
        said.append(_("Chưa có người chủ trì: %(name)s không giữ chức vụ ngày này.") % {"name": entry.chair.full_name})
        entry.chair = None
    if entry.room is not None and not entry.room.is_active:
        said.append(_("Phòng “%(room)s” không còn dùng.") % {"room": entry.room.name})
        entry.room = None
    if said:
        entry.notes = "\n".join([*said, entry.notes]).strip()


def day_in(week: ScheduleWeek, source_monday: date, day: date) -> date:
    """The same weekday in another week."""
    return week.monday + timedelta(days=(day - source_monday).days)
