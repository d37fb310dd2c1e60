"""How the public register is asked and walked; no database."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from news.rules.document_numbers import NumberQuery

PAGE_SIZE: Final = 20
COUNT_LIMIT: Final = 10_000
"""Beyond this the page says “hơn 10.000”: counting further would cost more than it tells."""
CSV_LIMIT: Final = 5_000
NEWEST: Final = 4
TYPE, FIELD, ISSUER = 1, 2, 3
"""What a choice of the filter is."""
CHOICE_LIMIT: Final = 500
FIRST_YEAR_SHOWN: Final = 1900
MORE_FILES: Final = 20
"""Files of one document that a page lists."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the newest-first order: the row's day in the register and its id; the day alone may be shared by many."""

    day: date
    pk: int

    @property
    def text(self) -> str:
        """As it stands in an address: ``20261122-55``."""
        return f"{self.day.year:04d}{self.day:%m%d}-{self.pk}"


def place_of(raw: str) -> Place | None:
    """The place an address names, None for an empty one; ValueError for what no page of ours links to."""
    if not raw:
        return None
    day, dash, pk = raw.partition("-")
    if not dash or len(day) != 8 or len(pk) > 18 or not (day + pk).isascii() or not day.isdigit() or not pk.isdigit():  # noqa: PLR2004 - YYYYMMDD, and no id is longer
        raise ValueError(raw)
    return Place(date(int(day[:4]), int(day[4:6]), int(day[6:])), int(pk))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants of the register; empty values ask nothing. ``effect`` and ``origin`` are values of the enums."""

    number: NumberQuery | None = None
    words: tuple[str, ...] = ()
    type_slug: str = ""
    group: str = ""
    field_slug: str = ""
    year: int | None = None
    issuer: str = ""
    effect: str = ""
    origin: str = ""
