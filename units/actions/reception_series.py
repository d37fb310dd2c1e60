"""Regular reception: a rule that makes sessions some weeks ahead."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import Holiday, User
from portal.core.templatetags.portal_text import date_long
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.core.working_days import WorkingCalendar
from units.actions.reception import tidy
from units.enums.reception import SessionStatus
from units.models import ReceptionSeries, ReceptionSession, Unit
from units.models.reception import ReceptionShape
from units.people.posts import PostsBetween
from units.rules import reception as rules
from units.rules.recurrence import check_rule, occurrences

_SHAPE: Final = tuple(field.attname for field in ReceptionShape._meta.fields)
# Tet with the weekends around it.
_LONGEST_HOLIDAY: Final = timedelta(days=20)


@transaction.atomic
def save_series(*, series: ReceptionSeries, actor: User | None) -> ReceptionSeries:
    """Create or change a series, and make its sessions anew as far as citizens have not seen them.

    Raises ValidationError for a rule that is none and for times that can not be.
    """
    tidy(series)
    try:
        series.rule = check_rule(series.rule, series.starts_on)
    except ValueError as error:
        raise ValidationError(
            {"rule": _("Chưa hiểu cách lặp lại. Chọn lại thứ trong tuần hoặc ngày trong tháng.")}
        ) from error
    is_new = series.pk is None
    series.save()
    record(verb="reception.series", target=series, actor=actor, detail={"rule": series.rule, "is_new": is_new})
    today = timezone.localdate()
    unseen = ReceptionSession.objects.filter(series=series).unpublished(today)
    unseen.filter(booked=0).delete()
    plan_sessions(today=today)
    return series


@transaction.atomic
def delete_series(*, series: ReceptionSeries, actor: User | None) -> None:
    """Delete a series; what citizens have seen of it stays, what they have not is deleted with it."""
    ReceptionSession.objects.filter(series=series).unpublished(timezone.localdate()).filter(booked=0).delete()
    record(verb="reception.series_delete", target=series, actor=actor)
    series.delete()


@transaction.atomic
def plan_sessions(*, today: date) -> int:
    """Make the sessions of every running series of the unit in scope for the weeks ahead; returns how many are new.

    A leader who holds no post on that day receives nobody: those turns are left out until the clerk names another. A day on which offices are closed moves to the next working day, as offices do; where that is the series' next turn
    anyway, the turn is left out. Repeating it adds nothing. A session the clerk called off is not made again.
    """
    last = today + timedelta(weeks=rules.WEEKS_AHEAD)
    rows = list(ReceptionSeries.objects.running(today).select_related("receiver"))
    # A unit that has ended receives nobody any more.
    if not rows or Unit.objects.filter(pk=current_unit_id(), valid_to__lt=today).exists():
        return 0
    calendar = WorkingCalendar.around(today, last + _LONGEST_HOLIDAY)
    posts = PostsBetween.read(today, last + _LONGEST_HOLIDAY)
    known = set(
        ReceptionSession.objects.filter(series__in=rows, series_day__gte=today).values_list("series_id", "series_day")
    )
    made = []
    for series in rows:
        for turn, day in _turns(series, calendar, today, last):
            is_here = series.receiver_id is None or posts.on(series.receiver_id, day) is not None
            if is_here and (series.pk, turn) not in known:
                made.append(_session(series, turn, day))
    # Two workers at once: the second finds the first one's rows.
    ReceptionSession.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _turns(series: ReceptionSeries, calendar: WorkingCalendar, today: date, last: date) -> Iterator[tuple[date, date]]:
    """(the rule's day, the day of the session) from today to ``last``."""
    end = min(last, series.ends_on) if series.ends_on else last
    turns = occurrences(series.rule, series.starts_on, today, end + _LONGEST_HOLIDAY)
    for place, turn in enumerate(turns):
        if turn > end:
            return
        day = turn if calendar.is_working(turn) else calendar.after(turn, 1)
        following = turns[place + 1] if place + 1 < len(turns) else None
        if following is None or day < following:
            yield turn, day


def _session(series: ReceptionSeries, turn: date, day: date) -> ReceptionSession:
    session = ReceptionSession(
        series=series, series_day=turn, day=day, is_demo=series.is_demo, status=SessionStatus.PLANNED,
        **{name: getattr(series, name) for name in _SHAPE},
    )  # fmt: skip
    if day != turn:
        name = Holiday.objects.filter(day=turn).values_list("name", flat=True).first() or _("ngày nghỉ")
        session.change_note = one_line(_("Chuyển từ %(day)s (%(why)s).") % {"day": date_long(turn), "why": name})[:300]
    return session
