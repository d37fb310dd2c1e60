"""How much a stranger may send and ask, and how long texts may be. Days stand in dated rows (feedback.CaseTerm)."""

from typing import Final

from portal.core.text import without_marks

PURPOSE: Final = "report"
"""What the proof of work and the limits are for; the same for all kinds of cases."""
SENT_PER_HOUR: Final = 6
UNPROVED_PER_HOUR: Final = 3
UNPROVED_UNIT_PER_HOUR: Final = 60
# One telephone number, over all units.
SENT_PER_PHONE_DAY: Final = 10
# A family behind one address looks up a few codes; who guesses is stopped.
LOOKUPS_PER_HOUR: Final = 20
LOOKUPS_UNIT_PER_HOUR: Final = 600
JOINS_PER_HOUR: Final = 20
DRAFTS_PER_HOUR: Final = 40

TEXT_MINIMUM: Final = 15
TEXT_LIMIT: Final = 3_000
TITLE_LIMIT: Final = 120
PLACE_LIMIT: Final = 200
NAME_LIMIT: Final = 80
ADDRESS_LIMIT: Final = 200
OFFICE_TEXT_LIMIT: Final = 5_000
REASON_LIMIT: Final = 1_000
FOLDED_LIMIT: Final = 600

DRAFT_HOURS: Final = 48
"""How long a form that nobody touches is kept on the server."""


def title_of(text: str) -> str:
    """What a case is called until a moderator names it: its first sentence, cut at a word."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    sentence = first.split(". ")[0].rstrip(" .")
    if len(sentence) <= TITLE_LIMIT:
        return sentence
    return f"{sentence[: TITLE_LIMIT - 1].rsplit(' ', 1)[0]}…"


def folded(title: str, text: str) -> str:
    """What likeness and the inbox's search read: no marks, lower case, cut."""
    return without_marks(f"{title} {text}").lower()[:FOLDED_LIMIT]
