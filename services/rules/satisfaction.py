"""How much of the citizens' voices may be told, so that never fewer than five of them can be told apart.

A published number covers at least ``FEWEST`` voices, and so does the difference of any two numbers that were ever published:

* Only whole quarters of whole units are published, nothing by procedure, field, day or place. There is no total over all time,
  and the province's sum adds up what its table shows, so nothing that is hidden can be found by subtraction.
* While a quarter runs, its number grows by whole groups of five, and always holds the last group back
  (:func:`let_out`). When the quarter is over all voices are counted: at least five more than were shown before.
* Scores cover those who answered a whole questionnaire. They are let out by the same rule, counted among themselves, and are
  never broken down by level, so the voices without a score can not be found as the difference.
"""

from datetime import date, timedelta
from typing import Final

FEWEST: Final = 5
QUARTERS_SHOWN: Final = 12
WORDS_LIMIT: Final = 500
# One device gives one voice a day; a household or a counter's network behind one address may have several devices.
PER_ADDRESS_PER_HOUR: Final = 10
UNPROVED_PER_HOUR: Final = 3
UNPROVED_UNIT_PER_HOUR: Final = 60


def let_out(number: int, *, is_over: bool) -> int:
    """How many of ``number`` voices, the first ones, may be told.

    0, or at least FEWEST; from one night to the next it grows by nothing or by at least FEWEST.
    """
    if is_over:
        return number if number >= FEWEST else 0
    return max(0, number // FEWEST * FEWEST - FEWEST)


def quarter_of(day: date) -> date:
    """First day of the quarter that ``day`` lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_end(quarter: date) -> date:
    """Last day of the quarter that begins with ``quarter``."""
    return quarter_of(quarter + timedelta(days=100)) - timedelta(days=1)


def quarters_until(day: date, number: int) -> list[date]:
    """First days of ``number`` quarters up to the one ``day`` lies in, newest first."""
    quarters = [quarter_of(day)]
    while len(quarters) < number:
        quarters.append(quarter_of(quarters[-1] - timedelta(days=1)))
    return quarters


def class_of(average: float, classes: list[dict[str, object]]) -> str:
    """The name of the class that an average falls into, from the questionnaire's own table; empty without one."""
    for step in classes:
        if average >= float(str(step["from"])):
            return str(step["name"])
    return ""
