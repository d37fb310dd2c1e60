"""How much one may ask a leader."""

from typing import Final

PURPOSE: Final = "dialogue"
"""What the proof of work and the limits are for."""
QUESTIONS_PER_HOUR: Final = 5
UNPROVED_PER_HOUR: Final = 2
UNPROVED_UNIT_PER_HOUR: Final = 60
QUESTION_MINIMUM: Final = 15
QUESTION_LIMIT: Final = 1_500
NAME_LIMIT: Final = 60
ANSWER_LIMIT: Final = 6_000
SHOWN: Final = 300
"""Questions on one page: more than a leader answers in an hour."""
