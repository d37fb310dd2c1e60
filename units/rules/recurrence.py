"""Recurring meetings by RFC 5545 rules, days only; needs no database.

Clerks never see a rule: they choose (units.forms.recurrence), :func:`make_rule` writes it, :func:`rule_words` reads it aloud.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A weekly meeting of nine years; whatever is longer is a mistake or an attack.
MOST_DAYS: Final = 500
RULE_LIMIT: Final = 200
# A rule that does not come round within so long never does, as far as an office is concerned (29/2 does).
LONGEST_WAIT: Final = timedelta(days=9 * 366)
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY_WORDS: Final[dict[str, Any]] = {
    "MO": gettext_lazy("thứ Hai"),
    "TU": gettext_lazy("thứ Ba"),
    "WE": gettext_lazy("thứ Tư"),
    "TH": gettext_lazy("thứ Năm"),
    "FR": gettext_lazy("thứ Sáu"),
    "SA": gettext_lazy("thứ Bảy"),
    "SU": gettext_lazy("Chủ nhật"),
}
# The first Thursday of a month; offices say "thứ Năm tuần đầu". With figures: "thứ Năm tuần thứ Hai" would be two days.
POSITION_WORDS: Final[dict[int, Any]] = {
    1: gettext_lazy("tuần đầu của tháng"),
    2: gettext_lazy("tuần thứ 2 của tháng"),
    3: gettext_lazy("tuần thứ 3 của tháng"),
    4: gettext_lazy("tuần thứ 4 của tháng"),
    -1: gettext_lazy("tuần cuối của tháng"),
}
LAST_DAY: Final = -1
LONGEST_MONTH: Final = 31
# dateutil looks for the next day until the year 9999: of what could contradict itself ("30 February") only the coarse
# frequencies may have it, where that takes a moment.
_SHARED: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_PARTS: Final[dict[str, frozenset[str]]] = {
    "DAILY": _SHARED,
    "WEEKLY": _SHARED | {"BYDAY"},
    "MONTHLY": _SHARED | {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _SHARED | {"BYMONTH", "BYMONTHDAY"},
}


class Repeat(StrEnum):
    """The four ways in which offices repeat something."""

    WEEKLY = "WEEKLY"
    BIWEEKLY = "BIWEEKLY"
    MONTH_DAY = "MONTH_DAY"
    MONTH_WEEKDAY = "MONTH_WEEKDAY"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule as a clerk chooses it; ``weekdays`` in the rule's two letters, ``month_days`` with -1 for a month's last."""

    repeat: Repeat
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    position: int = 1


def _parts(rule: str) -> dict[str, str]:
    """The parts of the rule, without ``RRULE:``; raises ValueError for what is none of ours."""
    text = rule.strip().upper().removeprefix("RRULE:")
    if not text or len(text) > RULE_LIMIT or any(char.isspace() for char in text):
        raise ValueError("not a rule")
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    parts = dict(pairs)
    if len(parts) != len(pairs) or not parts.keys() <= _PARTS.get(parts.get("FREQ", ""), frozenset()):
        raise ValueError("a part of the rule is not supported")
    if any(not 1 <= int(parts.get(name) or 1) <= MOST_DAYS for name in ("INTERVAL", "COUNT")):
        raise ValueError("a number of the rule is out of bounds")
    if any(int(day) == 0 for day in parts.get("BYMONTHDAY", "1").split(",")):
        # dateutil takes it for "every day".
        raise ValueError("a month has no day 0")
    return parts


def _days(rule: str, starts_on: date, last: date) -> list[date]:
    """The days of the rule up to ``last``, bounded: a rule that never comes round must not be looked for until 9999."""
    parts = _parts(rule)
    count = int(parts.pop("COUNT", 0) or 0)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    parsed: Any = rrulestr(text, dtstart=datetime.combine(starts_on, time.min), ignoretz=True)
    until = datetime.combine(last, time.max)
    if parsed._until is None or parsed._until > until:
        parsed = parsed.replace(until=until)
    return [found.date() for found in (islice(parsed, count) if count else parsed)]


def check_rule(rule: str, starts_on: date) -> str:
    """The rule in its one spelling; raises ValueError for one that is broken or never comes round."""
    if not _days(rule, starts_on, starts_on + LONGEST_WAIT):
        raise ValueError("never comes round")
    return rule.strip().upper().removeprefix("RRULE:")


def occurrences(rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from ``first`` to ``last``, at most MOST_DAYS; raises ValueError for a broken rule."""
    return [day for day in _days(rule, starts_on, last) if day >= first][:MOST_DAYS]


def make_rule(
    repeat: Repeat | str, *, weekdays: Sequence[str] = (), month_days: Sequence[int] = (), position: int = 1
) -> str:
    """The rule of what a clerk chose. Raises ValueError where the days are missing or none."""
    kind = Repeat(repeat)
    names = [name for name in WEEKDAYS if name in set(weekdays)]
    if len(names) != len(set(weekdays)) or not all(
        number == LAST_DAY or 1 <= number <= LONGEST_MONTH for number in month_days
    ):
        raise ValueError("no such day")
    if kind == Repeat.MONTH_DAY:
        numbers = sorted(set(month_days), key=lambda number: (number == LAST_DAY, number))
        if not numbers:
            raise ValueError("no day of the month")
        return f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, numbers))}"
    if not names:
        raise ValueError("no weekday")
    if kind == Repeat.MONTH_WEEKDAY:
        if position not in POSITION_WORDS:
            raise ValueError("no such week")
        return f"FREQ=MONTHLY;BYDAY={','.join(f'{position}{name}' for name in names)}"
    return f"FREQ=WEEKLY;{'INTERVAL=2;' if kind == Repeat.BIWEEKLY else ''}BYDAY={','.join(names)}"


def read_rule(rule: str) -> Recurrence | None:
    """What a clerk would have chosen for the rule; None for one that our four ways do not write."""
    try:
        parts = _parts(rule)
    except ValueError:
        return None
    names = [name for name in parts.get("BYDAY", "").split(",") if name]
    known = set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY"}
    interval = int(parts.get("INTERVAL") or 1)
    if known and parts["FREQ"] == "WEEKLY" and interval <= 2 and names and set(names) <= set(WEEKDAYS):  # noqa: PLR2004
        return Recurrence(Repeat.BIWEEKLY if interval > 1 else Repeat.WEEKLY, weekdays=tuple(names))
    if not known or parts["FREQ"] != "MONTHLY" or interval != 1 or bool(names) == ("BYMONTHDAY" in parts):
        return None
    if not names:
        return Recurrence(Repeat.MONTH_DAY, month_days=tuple(int(one) for one in parts["BYMONTHDAY"].split(",")))
    positions = {name[:-2] for name in names}
    if len(positions) != 1 or positions.copy().pop() not in {str(number) for number in POSITION_WORDS}:
        return None
    return Recurrence(
        Repeat.MONTH_WEEKDAY, weekdays=tuple(name[-2:] for name in names), position=int(positions.pop())
    )  # fmt: skip


def rule_words(rule: str) -> str:
    """The rule in Vietnamese: “Thứ Hai hằng tuần”, “Ngày 10 hằng tháng”, “Thứ Năm tuần đầu của tháng”."""
    bare, _until, until = rule.strip().upper().partition(";UNTIL=")
    if until[:8].isdigit() and ";" not in until:
        last = f"{until[6:8]}/{until[4:6]}/{until[:4]}"
        return _("%(words)s, đến hết ngày %(last)s") % {"words": rule_words(bare), "last": last}
    chosen = read_rule(rule)
    if chosen is None:
        return _("Lặp theo quy tắc %(rule)s") % {"rule": rule[:RULE_LIMIT]}
    if chosen.repeat == Repeat.MONTH_DAY:
        numbers = [
            _("ngày cuối tháng") if number == LAST_DAY else _("ngày %(number)d") % {"number": number}
            for number in chosen.month_days
        ]
        words = _joined(numbers)
        return _first_capital(words if chosen.month_days == (LAST_DAY,) else _("%(days)s hằng tháng") % {"days": words})
    days = _joined([str(WEEKDAY_WORDS[name]) for name in chosen.weekdays])
    if chosen.repeat == Repeat.MONTH_WEEKDAY:
        return _first_capital(f"{days} {POSITION_WORDS[chosen.position]}")
    if chosen.repeat == Repeat.BIWEEKLY:
        return _first_capital(_("%(days)s, hai tuần một lần") % {"days": days})
    return _first_capital(_("%(days)s hằng tuần") % {"days": days})


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else _("%(first)s và %(last)s") % {
        "first": ", ".join(words[:-1]), "last": words[-1],
    }  # fmt: skip


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
