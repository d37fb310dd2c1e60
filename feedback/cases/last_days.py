"""How near the last day of a case is, in a word and a tone: what lists and screens of the offices say of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums.cases import RUNNING, CaseStatus
from feedback.models import Case
from portal.core.working_days import WorkingCalendar

SOON_DAYS: Final = 2
"""Working days before the last one at which a case is spoken of."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """``tone`` is a class of the style sheet: late, today, soon, calm, stopped, done; ``words`` say the same."""

    tone: str
    words: str
    day: date | None = None


def desk_calendar(today: date) -> WorkingCalendar:
    """The calendar that desks count by: a good year back, two months ahead; one query."""
    return WorkingCalendar.around(today - timedelta(days=400), today + timedelta(days=60))


def last_day_of(case: Case, today: date, calendar: WorkingCalendar) -> LastDay:
    """What is to be said of one case today."""
    if case.status == CaseStatus.WAITING:
        return LastDay("stopped", _("Dừng tính hạn"), case.due_on)
    if case.status not in RUNNING:
        return _of_closed(case)
    if case.due_on is None:
        return LastDay("calm", _("Chưa có hạn"))
    if case.due_on < today:
        days = calendar.between(case.due_on, today)
        words = _("Quá hạn %(number)d ngày làm việc") % {"number": days} if days else _("Quá hạn")
        return LastDay("late", words, case.due_on)
    if case.due_on == today:
        return LastDay("today", _("Hạn hôm nay"), case.due_on)
    days = calendar.between(today, case.due_on)
    words = _("Còn %(number)d ngày làm việc") % {"number": days} if days else _("Còn ít ngày")
    return LastDay("soon" if days <= SOON_DAYS else "calm", words, case.due_on)


def _of_closed(case: Case) -> LastDay:
    if case.answered_at is None or case.due_on is None:
        return LastDay("done", "")
    day = timezone.localdate(case.answered_at)
    words = _("Đúng hạn") if day <= case.due_on else _("Trễ hạn")
    return LastDay("done" if day <= case.due_on else "was-late", words, case.due_on)
