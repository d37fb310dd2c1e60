"""When a person is reminded that the summary of a consultation is owed.

How early, and how often, is our choice and stands in no law. The day the summary is due is law: it comes from the
ConsultationRule of the day (``summary_days``, a row with effective dates and its source).
"""

from datetime import date, timedelta
from typing import Final

FIRST_REMINDER: Final = timedelta(weeks=4)
SECOND_REMINDER: Final = timedelta(weeks=1)
AGAIN: Final = timedelta(weeks=1)
"""From the day after it was due (stage 3) it is asked for again and again, until it is there: stages 4, 5, … ."""
_OVERDUE: Final = 3
_BEFORE: Final = ((2, SECOND_REMINDER), (1, FIRST_REMINDER))


def stage_on(day: date, due: date) -> int:
    """How far the reminding must have come on ``day``; 0 before the first mail."""
    if day > due:
        return _OVERDUE + (day - due - timedelta(days=1)) // AGAIN
    return next((stage for stage, before in _BEFORE if due - day <= before), 0)
