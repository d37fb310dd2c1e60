"""How often one may vote, and what a ballot may say."""

from collections.abc import Sequence
from typing import Final

from feedback.enums.polls import PollKind

PURPOSE: Final = "poll"
"""What the proof of work and the limits are for."""
# A school, an office and a café have one address for many phones.
VOTES_PER_HOUR: Final = 30
UNPROVED_PER_HOUR: Final = 3
UNPROVED_UNIT_PER_HOUR: Final = 60
# Of one address, in one poll, on one day.
VOTES_PER_POLL_DAY: Final = 60

OPTIONS_LEAST: Final = 2
OPTIONS_MOST: Final = 20
OPTION_LENGTH: Final = 200


def is_valid(kind: str, chosen: Sequence[int], options: Sequence[int], most: int) -> bool:
    """Whether a ballot names known options, each once, as many as may be; a ranked one may stop early."""
    if not chosen or len(set(chosen)) != len(chosen) or not set(chosen) <= set(options):
        return False
    if kind == PollKind.SINGLE:
        return len(chosen) == 1
    return kind == PollKind.RANKED or len(chosen) <= most


def points_of(place: int, number: int) -> int:
    """Borda count: of ``number`` options the first place brings one less than there are, the last none."""
    return number - 1 - place
