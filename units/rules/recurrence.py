"""Recurring meetings by RFC 5545 rules, days only; needs no database."""

from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from dateutil.rrule import rrulestr

# A weekly meeting of nine years; whatever is longer is a mistake or an attack.
MOST_DAYS: Final = 500
RULE_LIMIT: Final = 200
_PARTS: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "UNTIL", "WKST"})
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})


def _parsed(rule: str, starts_on: date) -> Any:
    """The rule, without ``RRULE:``; raises ValueError with a reason for what is none of ours."""
    text = rule.strip().upper().removeprefix("RRULE:")
    if not text or len(text) > RULE_LIMIT or any(char.isspace() for char in text):
        raise ValueError("not a rule")
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    if not parts.keys() <= _PARTS or parts.get("FREQ") not in _FREQUENCIES:
        raise ValueError("a part of the rule is not supported")
    if int(parts.get("INTERVAL") or 1) < 1:
        raise ValueError("an interval of nothing")
    return rrulestr(text, dtstart=datetime.combine(starts_on, time.min), ignoretz=True)


def check_rule(rule: str, starts_on: date) -> str:
    """The rule in its one spelling; raises ValueError for one that is broken or never comes round."""
    if next(iter(_parsed(rule, starts_on)), None) is None:
        raise ValueError("never comes round")
    return rule.strip().upper().removeprefix("RRULE:")


def occurrences(rule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the rule from ``first`` to ``last``, at most MOST_DAYS."""
    begin, end = datetime.combine(max(first, starts_on), time.min), datetime.combine(last, time.max)
    return [
        found.date() for found in islice(_parsed(rule, starts_on).xafter(begin, inc=True), MOST_DAYS) if found <= end
    ]
