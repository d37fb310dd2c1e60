"""What the page of a poll shows: whether one can vote, and the counts as far as they may be seen."""

from dataclasses import dataclass
from datetime import datetime

from feedback.enums.polls import PollKind, PollResults
from feedback.models import Poll, PollOption


@dataclass(frozen=True, slots=True)
class Line:
    """One option's count; ``share`` in per cent of the ballots (of the points, where options are ranked)."""

    text: str
    number: int
    share: int
    firsts: int
    is_leading: bool


@dataclass(frozen=True, slots=True)
class PollPage:
    """A poll as a visitor sees it; ``state`` is soon, open or over."""

    poll: Poll
    state: str
    has_voted: bool
    lines: list[Line]
    shows_results: bool

    @property
    def can_vote(self) -> bool:
        """Now, and not yet from this device."""
        return self.state == "open" and not self.has_voted


def state_of(poll: Poll, now: datetime) -> str:
    """Before, during or after voting."""
    if now < poll.opens_at:
        return "soon"
    return "open" if now < poll.closes_at else "over"


def _may_see(poll: Poll, state: str, *, has_voted: bool) -> bool:
    if state == "over" or poll.results == PollResults.ALWAYS:
        return state != "soon"
    return poll.results == PollResults.AFTER_VOTE and has_voted


def lines_of(poll: Poll, options: list[PollOption]) -> list[Line]:
    """The counts, in the order of the options for ballots of marks, by points for ranked ones."""
    ranked = poll.kind == PollKind.RANKED
    numbers = [option.points if ranked else option.votes for option in options]
    whole = sum(numbers) if ranked else poll.ballots
    best = max(numbers, default=0)
    lines = [
        Line(option.text, number, round(100 * number / whole) if whole else 0, option.firsts, number == best > 0)
        for option, number in zip(options, numbers, strict=True)
    ]
    return sorted(lines, key=lambda line: -line.number) if ranked else lines


def poll_page(poll: Poll, options: list[PollOption], now: datetime, *, has_voted: bool) -> PollPage:
    """Put it together; no query."""
    state = state_of(poll, now)
    shows = _may_see(poll, state, has_voted=has_voted)
    return PollPage(poll, state, has_voted, lines_of(poll, options) if shows else [], shows)
