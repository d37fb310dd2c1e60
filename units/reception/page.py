"""What the public page of citizen reception is made of; a constant number of queries, every list bounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from units.models import ReceptionSeries, ReceptionSession, Site, Unit
from units.people.posts import PostsBetween
from units.querysets.reception import COMING_LIMIT, PAST_PAGE
from units.reception.cards import Card, cards_of, hours_words
from units.reception.measures import Law, NoticeRule, month_counts, months_counted
from units.rules.recurrence import rule_words

SERIES_LIMIT: Final = 6
# Of the two months that are counted: every working day, and some.
MONTHS_LIMIT: Final = 80


@dataclass(frozen=True, slots=True)
class Regular:
    """One regular reception in words."""

    turns: str
    hours: str
    title: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions of one month."""

    first: date
    cards: list[Card]


def regulars(series: Sequence[ReceptionSeries], posts: PostsBetween, today: date) -> list[Regular]:
    """The running series as sentences."""
    return [
        Regular(
            rule_words(row.rule),
            hours_words(row.starts_at, row.ends_at),
            posts.title(row.receiver.pk, today) if row.receiver else row.receiver_text,
            row.receiver.full_name if row.receiver else "",
            row.place,
        )
        for row in series
    ]


def by_month(cards: Sequence[Card]) -> list[Month]:
    """In the order given."""
    return [Month(first, list(group)) for first, group in groupby(cards, lambda card: card.session.day.replace(day=1))]


def context_of(unit: Unit, site: Site, place: tuple[date, int] | None) -> dict[str, Any]:
    """Everything the template needs; with ``place`` the older sessions only. A closed unit has its archive only.

    Seven queries, six of them for the sessions: one for what is over, one for the rest and for this month.
    """
    today = timezone.localdate()
    older = ReceptionSession.objects.public().with_people().past(today)
    past = list((older.behind(*place) if place else older)[: PAST_PAGE + 1])
    if place is not None or unit.is_closed:
        return {**_past(past), "is_archive": True}
    first, last = months_counted(today)
    public = ReceptionSession.objects.public().with_people().order_by("day", "starts_at", "pk")
    rows = list(public.filter(day__gte=first)[: COMING_LIMIT + MONTHS_LIMIT])
    days = [today, first, last, *(row.day for row in [*past, *rows])]
    posts, law = PostsBetween.read(min(days), max(days)), Law.on(today, unit.kind)
    rule = NoticeRule.read(min(days), max(days), law)
    return (
        _past(past, posts, rule)
        | _coming(rows, posts, rule)
        | {
            "is_archive": False,
            "address": site.address,
            "counts": month_counts(
                [row for row in rows if row.day <= last and not row.is_cancelled], posts, law.sessions, today
            ),
            "notice_term": law.notice,
            "sessions_term": law.sessions,
        }
    )


def _coming(rows: list[ReceptionSession], posts: PostsBetween, rule: NoticeRule) -> dict[str, Any]:
    """The cards by month, and the regular reception in words; one query for the series."""
    today = timezone.localdate()
    cards = cards_of([row for row in rows if row.day >= today][:COMING_LIMIT], posts, rule)
    series = list(ReceptionSeries.objects.running(today).select_related("receiver").order_by("pk")[:SERIES_LIMIT])
    return {
        "months": by_month(cards),
        "regulars": regulars(series, posts, today),
        # Said once above the list; a session elsewhere says so itself.
        "common_place": series[0].place if series else (rows[-1].place if rows else ""),
    }


def _past(
    rows: list[ReceptionSession], posts: PostsBetween | None = None, rule: NoticeRule | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = {"past": cards_of(rows[:PAST_PAGE], posts, rule)}
    if len(rows) > PAST_PAGE:
        last = rows[PAST_PAGE - 1]
        found["older_url"] = f"{reverse('units:reception')}?truoc={last.day.isoformat()}-{last.pk}"
    return found
