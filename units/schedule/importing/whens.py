"""Days, halves of days and clock times as they are found in offices' tables; needs no database."""

import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final, Self

from django.utils.translation import gettext as _

from portal.core.text import without_marks
from units.enums.schedule import DaySession
from units.rules.schedule import NOON, read_span, session_of

WEEKDAY_WORDS: Final = {
    "hai": 0,
    "2": 0,
    "ba": 1,
    "3": 1,
    "tu": 2,
    "4": 2,
    "nam": 3,
    "5": 3,
    "sau": 4,
    "6": 4,
    "bay": 5,
    "7": 5,
}
_WEEKDAY: Final = re.compile(r"\b(?:thu\s*(hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])(?![\d/])|(chu\s*nhat|cn))\b")
_LONG_DATE: Final = re.compile(r"\bngay\s*(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}))?")
_FULL_DATE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?![\d/])")
_SHORT_DATE: Final = re.compile(r"(?<![\d/.-])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])")
_NAMED_DATE: Final = re.compile(r"\bngay\s*(\d{1,2})\s*[-.]\s*(\d{1,2})(?![\d.-])")
_BARE_DAY: Final = re.compile(r"\bngay\s*(\d{1,2})(?!\s*[\d/.-]|\s*thang)")
_SESSIONS: Final = (
    (re.compile(r"\b(?:cả|nguyên)\s+ngày\b"), DaySession.ALL_DAY),
    (re.compile(r"\b(?:buổi\s+)?sáng\b"), DaySession.MORNING),
    (re.compile(r"\b(?:buổi\s+)?(?:chiều|trưa)\b"), DaySession.AFTERNOON),
    (re.compile(r"\b(?:buổi\s+)?tối\b"), DaySession.EVENING),
)
_LETTERS: Final = {"s": DaySession.MORNING, "c": DaySession.AFTERNOON, "t": DaySession.EVENING}
_CLOCK: Final = r"\d{1,2}\s*(?:(?:h|g|:|giờ)\s*(?:\d{1,2}(?!\d)\s*(?:'|’|phút|ph\b|p\b)?)?)(?![\w/])"
SPAN: Final = re.compile(rf"(?<![\d/.:]){_CLOCK}(?:\s*(?:-|–|—|đến|tới|->|→)\s*{_CLOCK})?", re.IGNORECASE)
_TIDY: Final = re.compile(r"^[\s:;,.()\-–—+*•]+|[\s:;,.()\-–—+*•]+$")
_HALF: Final = 12
_LATE: Final = 7


@dataclass(frozen=True, slots=True)
class When:
    """What a text says about the time: any part may be missing; ``rest`` is what else it says."""

    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    session: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    rest: str = ""
    problem: str = ""
    spans: int = 0

    @property
    def has_day(self) -> bool:
        """Whether it names a day."""
        return self.weekday is not None or self.day is not None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was understood."""
        return not (self.has_day or self.session or self.starts_at or self.problem)

    def joined(self, other: Self) -> Self:
        """This, and from ``other`` what is missing here."""
        mine = {name: value for name in _PARTS if (value := getattr(self, name)) not in {None, ""}}
        theirs = {
            name: value for name in _PARTS if name not in mine and (value := getattr(other, name)) not in {None, ""}
        }
        return replace(self, **{**theirs, **mine}, spans=self.spans + other.spans)


_PARTS: Final = ("weekday", "day", "month", "year", "session", "starts_at", "ends_at", "rest", "problem")


def read_when(text: str, *, bare_number_is_hour: bool = False) -> When:
    """Day, half of the day and clock time in ``text``: “Thứ Hai 23/11”, “Sáng 8h00 – 9h30”, “14 giờ 30 ngày 23/11/2026”."""
    lower = text.lower().replace("\n", " ")
    if lower.strip(" .") in _LETTERS:
        return When(session=_LETTERS[lower.strip(" .")])
    if bare_number_is_hour and re.fullmatch(r"\d{1,2}(?:\.\d{2})?(?:\s*(?:-|–)\s*\d{1,2}(?:\.\d{2})?)?", lower.strip()):
        return _with_clock(When(spans=1), lower.strip())
    when, lower = _day(lower)
    for pattern, session in _SESSIONS:
        if found := pattern.search(lower):
            when, lower = replace(when, session=session), _without(lower, found)
            break
    spans = list(SPAN.finditer(lower))
    if spans:
        when = _with_clock(replace(when, spans=len(spans)), spans[0].group())
        for found in reversed(spans):
            lower = _without(lower, found)
    lower = re.sub(r"\b(?:từ|lúc|ngày|vào)\b", " ", lower) if not when.is_empty else lower
    return replace(when, rest=_TIDY.sub("", " ".join(lower.split())))


def _without(text: str, found: re.Match[str]) -> str:
    """Text with blanks where something was understood, so that places stay the same."""
    return text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]


def _day(lower: str) -> tuple[When, str]:
    when, plain = When(), without_marks(lower)
    same_places = len(plain) == len(lower)
    for pattern, names in (
        (_LONG_DATE, (1, 2, 3)), (_FULL_DATE, (1, 3, 4)), (_NAMED_DATE, (1, 2, 0)), (_SHORT_DATE, (1, 2, 0)),
        (_BARE_DAY, (1, 0, 0)),
    ):  # fmt: skip
        if found := pattern.search(plain):
            day, month, year = (int(found[one]) if one and found[one] else None for one in names)
            year = year + 2000 if year is not None and year < 100 else year  # noqa: PLR2004 - two figures of a year
            when = replace(when, day=day, month=month, year=year)
            plain = _without(plain, found)
            lower = _without(lower, found) if same_places else plain
            break
    if found := _WEEKDAY.search(plain):
        word = found[1] or found[2]
        when = replace(when, weekday=WEEKDAY_WORDS[word] if word else 6)
        lower = _without(lower, found) if same_places else _without(plain, found)
    return when, lower


def _with_clock(when: When, text: str) -> When:
    """With beginning and end; “2h chiều” is 14:00; what no clock shows becomes a problem."""
    try:
        starts, ends = read_span(text.strip())
    except ValueError:
        return replace(
            when, problem=_("Không có giờ “%(text)s”. Ghi theo 24 giờ, ví dụ 8:00 hoặc 14:30.") % {"text": text.strip()}
        )
    if when.session in {DaySession.AFTERNOON, DaySession.EVENING} and starts.hour < _LATE:
        starts = starts.replace(hour=starts.hour + _HALF)
        ends = ends.replace(hour=ends.hour + _HALF) if ends and ends.hour < _HALF else ends
    if ends is not None and ends <= starts:
        return replace(
            when,
            starts_at=starts,
            problem=_("Giờ kết thúc không sau giờ bắt đầu: “%(text)s”.") % {"text": text.strip()},
        )
    if when.session and when.session != DaySession.ALL_DAY and session_of(starts) != when.session:
        gentle = when.session == DaySession.AFTERNOON and starts >= NOON.replace(hour=11)
        words = "" if gentle else _("Giờ “%(text)s” không nằm trong buổi mà tệp ghi.") % {"text": text.strip()}
        return replace(when, starts_at=starts, ends_at=ends, problem=words)
    return replace(when, starts_at=starts, ends_at=ends)


@dataclass(slots=True)
class Days:
    """Turns what was read into dates of the chosen week; remembers which dates the file names."""

    monday: date
    named: list[date]

    def date_of(self, when: When) -> tuple[date | None, str]:
        """The date and, where it is doubtful, why; no date where none is named."""
        by_weekday = None if when.weekday is None else self.monday + timedelta(days=when.weekday)
        if when.day is None:
            return by_weekday, ""
        found = self._by_number(when)
        if found is None:
            return by_weekday, _("Không có ngày %(day)s.") % {"day": _figures(when)}
        self.named.append(found)
        if by_weekday is not None and found.weekday() != when.weekday:
            words = _("Thứ và ngày không khớp: tệp ghi ngày %(day)s, là %(name)s.")
            return found, words % {"day": f"{found:%d/%m}", "name": weekday_name(found)}
        if not self.monday <= found <= self.monday + timedelta(days=6):
            return found, _("Ngày %(day)s không thuộc tuần này.") % {"day": f"{found:%d/%m/%Y}"}
        return found, ""

    def _by_number(self, when: When) -> date | None:
        """The date nearest to the week; day and month changed places where only that lies in the week (a foreign Excel)."""
        last = self.monday + timedelta(days=6)
        years = [when.year] if when.year else [self.monday.year, last.year]
        months = [when.month] if when.month else [self.monday.month, last.month]
        tries = [one for year in years for month in months if (one := _date(year, month, when.day))]
        if not any(self.monday <= one <= last for one in tries) and when.month:
            turned = [one for year in years if (one := _date(year, when.day, when.month))]
            tries += [one for one in turned if self.monday <= one <= last]
        return min(tries, key=lambda one: abs((one - self.monday).days), default=None)


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _figures(when: When) -> str:
    return "/".join(str(part) for part in (when.day, when.month, when.year) if part is not None)


def weekday_name(day: date) -> str:
    """“Thứ Hai” … “Chủ Nhật”."""
    names = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))
    return names[day.weekday()]
