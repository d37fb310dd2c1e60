"""What the page of one question shows: the pair, how it went from unit to unit, how it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from feedback.cases.event_words import lines_of
from feedback.cases.page import chain_of
from feedback.cases.questions import ANSWERED
from feedback.cases.standing import Standing, calendar_for, standing_of
from feedback.enums.cases import EventKind
from feedback.models import Case, CaseEvent

EVENTS_SHOWN: Final = 100
_TOLD: Final = frozenset(
    {
        EventKind.RECEIVED, EventKind.ACCEPTED, EventKind.TRANSFERRED, EventKind.EXTENDED, EventKind.ASKED,
        EventKind.SUPPLIED, EventKind.PROGRESS, EventKind.ANSWERED, EventKind.REJECTED, EventKind.REOPENED,
        EventKind.CONFIRMED, EventKind.APOLOGISED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One step in a sentence; the answer itself stands above, once."""

    at: datetime
    words: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything the template needs besides the case itself."""

    standing: Standing
    steps: list[Told]
    chain: list[str]
    is_answered: bool


def page_of_question(case: Case, today: date) -> QuestionPage:
    """Put it together; two queries: the public events, the calendar."""
    events = list(CaseEvent.objects.filter(case=case).public().in_order()[:EVENTS_SHOWN])
    steps = [_told(event, case) for event in events if event.kind in _TOLD]
    chain = chain_of(case, events)
    standing = standing_of(case, today, calendar_for([case], today))
    return QuestionPage(standing, steps, chain if len(chain) > 1 else [], case.status in ANSWERED)


def _told(event: CaseEvent, case: Case) -> Told:
    lines = lines_of(event, case)
    is_answer = event.kind == EventKind.ANSWERED
    words = lines.lead.rstrip(":") + "." if lines.lead.endswith(":") else lines.lead
    return Told(event.at, words, lines.reason, "" if is_answer else lines.text)
