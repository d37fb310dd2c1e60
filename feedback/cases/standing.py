"""How a case stands against its day, in words: one sentence for lists, a large number and a strip of days for its page.

Nothing here asks the database: a page reads one calendar (:func:`calendar_for`) for all of its cases.
Terms of law that run in calendar days are counted by :class:`EveryDay` instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums.cases import CaseStatus, SolvedAnswer
from feedback.models import Case
from portal.core.working_days import WorkingCalendar

DAYS_SHOWN: Final = 25


@dataclass(frozen=True, slots=True)
class Standing:
    """``number`` is large where there is one; ``tone`` is ok, warn, bad or info; ``line`` says all of it in one sentence."""

    words: str
    tone: str
    line: str
    number: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StripDay:
    """One cell: ``state`` is done, today, left, due, late or off (several days off are one narrow cell)."""

    day: date
    state: str
    is_today: bool = False
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of a running case up to its last one; ``earlier`` working days before them are not drawn."""

    days: list[StripDay]
    earlier: int


def calendar_for(cases: Iterable[Case], today: date) -> WorkingCalendar:
    """The calendar that covers every day these cases are counted by; one query, however many they are."""
    days = [today]
    for case in cases:
        days += [local_day(case.received_at), *(day for day in (case.due_on, case.stopped_on) if day)]
        days += [local_day(moment) for moment in (case.answered_at, case.closed_at) if moment]
    return WorkingCalendar.around(min(days), max(days))


def local_day(moment: datetime) -> date:
    """The day on the office's wall."""
    return timezone.localtime(moment).date()


@dataclass(frozen=True, slots=True)
class EveryDay(WorkingCalendar):
    """For terms in calendar days: weekends and holidays count."""

    def is_working(self, day: date) -> bool:
        """Every day counts."""
        return True


def _days(number: int, calendar: WorkingCalendar) -> dict[str, object]:
    """A number of days with its noun, for a sentence."""
    return {"days": number, "noun": _("ngày") if isinstance(calendar, EveryDay) else _("ngày làm việc")}


# --- the standing ------------------------------------------------------------------------------------------------------


def standing_of(case: Case, today: date, calendar: WorkingCalendar) -> Standing:
    """Where it stands. Closed by the office is never called solved: only the sender says so."""
    if case.status == CaseStatus.WAITING:
        return _stopped(case, calendar)
    if not case.is_open:
        return _closed(case, calendar)
    if case.due_on is None:
        return Standing(_("Chưa có hạn trả lời"), "info", _("Chưa có hạn trả lời"))
    return _running(case.due_on, today, calendar)


def _running(due_on: date, today: date, calendar: WorkingCalendar) -> Standing:
    if due_on < today:
        late = calendar.between(due_on, today)
        if not late:
            # A Friday is over on Saturday, by no working day yet.
            return Standing(_("Đã qua hạn trả lời"), "bad", _("Đã qua hạn trả lời"))
        facts = _days(late, calendar)
        return Standing(_("%(noun)s quá hạn") % facts, "bad", _("Quá hạn %(days)d %(noun)s") % facts, late)
    left = calendar.between(today, due_on)
    if not left:
        words = _("Hôm nay là hạn trả lời") if due_on == today else _("Hạn trả lời rơi vào ngày nghỉ")
        return Standing(words, "warn", words)
    facts = _days(left, calendar)
    return Standing(_("%(noun)s còn lại") % facts, "ok", _("Còn %(days)d %(noun)s") % facts, left)


def _stopped(case: Case, calendar: WorkingCalendar) -> Standing:
    words = _("Chờ người gửi bổ sung")
    if case.due_on is None or case.stopped_on is None:
        return Standing(words, "info", words)
    left = calendar.between(case.stopped_on, case.due_on)
    note = _("Thời hạn đang dừng. Có bổ sung thì còn %(days)d %(noun)s để trả lời.") % _days(left, calendar)
    return Standing(words, "info", words, note=note)


def _closed(case: Case, calendar: WorkingCalendar) -> Standing:
    if case.status == CaseStatus.ANSWERED and case.solved == SolvedAnswer.NO:
        words = _("Đã trả lời, người gửi báo chưa xong")
        return Standing(words, "bad", words, note=_time_taken(case, calendar))
    words, tone = {
        CaseStatus.SOLVED: (_("Người gửi báo đã xong"), "ok"),
        CaseStatus.REJECTED: (_("Không tiếp nhận"), "info"),
        CaseStatus.MERGED: (_("Đã gộp vào phản ánh khác"), "info"),
        CaseStatus.WITHDRAWN: (_("Người gửi đã rút"), "info"),
    }.get(CaseStatus(case.status), (_("Đã trả lời, chờ người gửi xác nhận"), "info"))
    return Standing(words, tone, words, note=_time_taken(case, calendar))


def _time_taken(case: Case, calendar: WorkingCalendar) -> str:
    """“Trả lời sau 6 ngày làm việc, đúng hạn.” Only of an answer; the day that held then is the one that counts."""
    if case.status not in {CaseStatus.ANSWERED, CaseStatus.SOLVED} or case.answered_at is None:
        return ""
    answered = local_day(case.answered_at)
    days = calendar.between(local_day(case.received_at), answered)
    took = _("Trả lời ngay trong ngày") if not days else _("Trả lời sau %(days)d %(noun)s") % _days(days, calendar)
    if case.due_on is None:
        return f"{took}."
    late = calendar.between(case.due_on, answered) if answered > case.due_on else 0
    if answered <= case.due_on:
        return _("%(took)s, đúng hạn.") % {"took": took}
    if not late:
        return _("%(took)s, sau hạn.") % {"took": took}
    return _("%(took)s, trễ %(days)d %(noun)s.") % {"took": took, **_days(late, calendar)}


# --- the strip ---------------------------------------------------------------------------------------------------------


def strip_of(case: Case, today: date, calendar: WorkingCalendar) -> Strip | None:
    """The days from the one after receiving to the last one, or to today where it is later; None while nothing runs."""
    if not case.is_open or case.status == CaseStatus.WAITING or case.due_on is None:
        return None
    start, end = local_day(case.received_at) + timedelta(days=1), max(case.due_on, today)
    cells = _cells(min(start, end), end, case.due_on, today, calendar)
    shown = cells[-DAYS_SHOWN:]
    if not any(cell.is_due for cell in shown):
        # So late that the last day is no longer in sight: the number says it.
        return None
    earlier = sum(cell.state != "off" for cell in cells[: len(cells) - len(shown)])
    if shown[0].state == "off":
        shown = shown[1:]
    return Strip(shown, earlier)


def _cells(first: date, last: date, due_on: date, today: date, calendar: WorkingCalendar) -> list[StripDay]:
    cells: list[StripDay] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        # The last day and today have their cell even where the office is closed.
        if not calendar.is_working(day) and day not in {due_on, today}:
            if not cells or cells[-1].state != "off":
                cells.append(StripDay(day, "off"))
            continue
        cells.append(StripDay(day, _state(day, due_on, today), day == today, day == due_on))
    return cells


def _state(day: date, due_on: date, today: date) -> str:
    if day == today:
        return "today"
    if day > due_on:
        return "late"
    if day == due_on:
        return "due"
    return "done" if day < today else "left"
