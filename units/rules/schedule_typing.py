"""What a clerk types about a time in one go: “8h”, “t3 8h30”, “8h–9h30”, “2h chiều”, “sáng”; needs no database."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from portal.core.text import one_line
from units.enums.schedule import DaySession
from units.rules.schedule import NOON, read_time, session_of, time_words

_WEEKDAYS: Final = {
    **{str(number): number - 2 for number in range(2, 8)},
    "hai": 0,
    "ba": 1,
    "tư": 2,
    "tu": 2,
    "bốn": 2,
    "năm": 3,
    "nam": 3,
    "sáu": 4,
    "sau": 4,
    "bảy": 5,
    "bay": 5,
}
# “t3”, “thứ 3”, “thứ Ba, 24/11”, “Thứ Ba (ngày 24/11/2026)”, “CN”, “24/11”
_DAY: Final = re.compile(
    r"^(?:(?:t|thứ|thu)\s*\.?\s*(?P<weekday>[2-7]|hai|ba|tư|tu|bốn|năm|nam|sáu|sau|bảy|bay)\b|(?P<sunday>cn|chủ nhật|chu nhat)\b)?"
    r"[\s,(:-]*(?:ngày|ngay)?\s*(?:(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?:\s*/\s*\d{4})?)?[\s),:-]*"
)
_SESSIONS: Final[dict[str, DaySession]] = {
    **dict.fromkeys(("sáng", "sang", "buổi sáng", "s"), DaySession.MORNING),
    **dict.fromkeys(("chiều", "chieu", "buổi chiều", "c"), DaySession.AFTERNOON),
    **dict.fromkeys(("tối", "toi", "buổi tối", "t"), DaySession.EVENING),
    **dict.fromkeys(("cả ngày", "ca ngay", "cả ngay"), DaySession.ALL_DAY),
}
_LEADING: Final = re.compile(r"^(?:buổi\s+|buoi\s+)?(?P<word>sáng|sang|chiều|chieu|tối|toi)\b[\s,:-]*")
_TRAILING: Final = re.compile(r"[\s,]*(?:buổi\s+)?(?P<word>sáng|sang|chiều|chieu|tối|toi|trưa|trua)$")
_BETWEEN: Final = re.compile(r"\s*(?:->|→|-|–|—|đến|den|tới)\s*|(?<=[\dhgờo])\s+toi\s+(?=\d)")
_SPELLINGS: Final = ((re.compile(r"\bgio\b|(?<=\d)gio"), "giờ"), (re.compile(r"\bphut\b"), "phút"))
_NUMBERS: Final = re.compile(r"(\d{1,4})\s*(?:h|g|:|\.|giờ)?\s*(\d{1,4})?")
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
# Before this nobody calls a meeting; “1h30” is meant for the afternoon.
_DAYBREAK: Final = time(5)
_LAST_AFTERNOON_HOUR: Final = 6


class NotATime(ValueError):
    """What was typed is no time; its text says to a clerk what to type instead."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, a half of the day and clock times, as far as they were said."""

    session: str
    starts_at: time | None = None
    ends_at: time | None = None
    weekday: int | None = None
    named: tuple[int, int] | None = None  # day and month

    def day_in(self, monday: date) -> date | None:
        """The day that was named, in the week of ``monday``; None where none was. Raises NotATime for another week's."""
        return day_in_week(monday, self.weekday, self.named)


def day_in_week(monday: date, weekday: int | None, named: tuple[int, int] | None) -> date | None:
    """The day of a week by its weekday or by day and month; None for neither. Raises NotATime where they do not fit."""
    if named is not None:
        for number in range(7):
            day = monday + timedelta(days=number)
            if (day.day, day.month) == named and weekday in {None, number}:
                return day
        raise NotATime(_("Ngày %(day)d/%(month)d không đúng với tuần này.") % {"day": named[0], "month": named[1]})
    return None if weekday is None else monday + timedelta(days=weekday)


def split_day(text: str) -> tuple[int | None, tuple[int, int] | None, str]:
    """Weekday, (day, month) and what is left of the text, in small letters: “T3 8h” → 1, None, “8h”."""
    small = one_line(text).lower()
    found = _DAY.match(small)
    if found is None or not (found["weekday"] or found["sunday"] or found["day"]):
        return None, None, small
    weekday = 6 if found["sunday"] else _WEEKDAYS.get(found["weekday"] or "")
    named = (int(found["day"]), int(found["month"])) if found["day"] else None
    return weekday, named, small[found.end() :].strip()


def session_word(text: str) -> DaySession | None:
    """The half of the day that ``text`` names and nothing else; None for anything else."""
    return _SESSIONS.get(one_line(text).lower().strip(" :.,"))


def read_when(text: str) -> When:
    """Day, half and clock times of “t3 8h–9h30”; raises NotATime with words for the clerk."""
    weekday, named, rest = split_day(text)
    if not rest:
        raise NotATime(_("Nhập giờ hoặc buổi. Ví dụ: 8h30, 14h–16h, sáng, cả ngày."))
    half = session_word(rest)
    if half is not None:
        return When(half, weekday=weekday, named=named)
    starts_at, ends_at = _span(rest)
    if ends_at is not None and ends_at <= starts_at:
        raise NotATime(
            _("Giờ kết thúc %(end)s phải sau giờ bắt đầu %(start)s. Việc qua nửa đêm thì ghi thành hai ngày.")
            % {"start": time_words(starts_at), "end": time_words(ends_at)}
        )
    return When(session_of(starts_at), starts_at, ends_at, weekday, named)


def _span(text: str) -> tuple[time, time | None]:
    lead = _LEADING.match(text)
    first_word, text = (lead["word"], text[lead.end() :]) if lead else ("", text)
    parts = [part for part in _BETWEEN.split(text, maxsplit=1) if part]
    if not parts:
        raise _not_understood(text)
    begin, begin_word = _time_and_word(parts[0])
    begin_word = begin_word or first_word
    if len(parts) == 1:
        return _in_half(begin, begin_word, is_own=True), None
    end, end_word = _time_and_word(parts[1])
    starts_at = _in_half(begin, begin_word or end_word, is_own=bool(begin_word))
    return starts_at, _in_half(end, end_word or begin_word, is_own=bool(end_word), is_end=True)


def _time_and_word(text: str) -> tuple[time, str]:
    trail = _TRAILING.search(text)
    word, bare = (trail["word"], text[: trail.start()]) if trail else ("", text)
    for pattern, right in _SPELLINGS:
        bare = pattern.sub(right, bare)
    try:
        return read_time(bare), word
    except ValueError:
        raise _not_understood(bare) from None


def _not_understood(text: str) -> NotATime:
    numbers = _NUMBERS.match(text.strip())
    if numbers and int(numbers[1]) > _LAST_HOUR:
        return NotATime(_("Không có %(hour)s giờ. Giờ ghi từ 0 đến 23, ví dụ 14h30.") % {"hour": numbers[1]})
    if numbers and numbers[2] and int(numbers[2]) > _LAST_MINUTE:
        return NotATime(_("Không có %(minute)s phút. Phút ghi từ 0 đến 59.") % {"minute": numbers[2]})
    words = _("Chưa hiểu giờ “%(text)s”. Gõ như: 8h, 8h30, 14 giờ 30, 8h–9h30, sáng, chiều, cả ngày.")
    return NotATime(words % {"text": text[:40]})


def _in_half(at: time, word: str, *, is_own: bool, is_end: bool = False) -> time:
    """“2h” of “2h chiều” is 14:00. A word that was said of the other time only helps where it fits."""
    half = _SESSIONS.get(word)
    if half == DaySession.AFTERNOON and 1 <= at.hour <= _LAST_AFTERNOON_HOUR:
        return at.replace(hour=at.hour + 12)
    if half == DaySession.EVENING and _DAYBREAK <= at < NOON:
        return at.replace(hour=at.hour + 12)
    if half == DaySession.MORNING and at < NOON:
        return at
    if is_own and half is not None and session_of(at) != half:
        raise NotATime(
            _("%(time)s không phải buổi %(half)s. Gõ lại giờ hoặc bỏ chữ chỉ buổi.")
            % {"time": time_words(at), "half": str(half.label).lower()}
        )
    # An end in the night is a meeting over midnight, which the caller refuses.
    if at < _DAYBREAK and not is_end:
        raise NotATime(
            _("%(time)s là nửa đêm. Buổi chiều gõ %(after)s; đúng là nửa đêm thì gõ thêm chữ sáng.")
            % {"time": time_words(at), "after": f"{at.hour + 12}h{at.minute:02d}"}
        )
    return at
