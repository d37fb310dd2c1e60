"""What a source of dossiers must give, and the register of those that are installed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from services.enums import DossierStatus

MOST_ROWS: Final = 100_000
PROBLEMS_KEPT: Final = 50


class SourceError(Exception):
    """Nothing could be read; the message says why and what to do, in words for the unit's office."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One dossier as its source tells it. There is no place for a person's name, on purpose."""

    number: str
    status: DossierStatus
    received_on: date
    status_words: str = ""
    due_on: date | None = None
    finished_on: date | None = None
    office: str = ""
    field_name: str = ""
    procedure_code: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one line (from 1, headings included) of the source, in words for the unit's office."""

    line: int
    words: str


@dataclass(slots=True)
class Reading:
    """What one look at a source gave. ``problem_count`` counts also the problems that are not kept."""

    rows: list[SourceRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    # The digest of what was read; the same digest as last time means that nothing has changed. Empty: not known.
    digest: str = ""
    is_unchanged: bool = False

    def complain(self, line: int, words: Any) -> None:
        """Write a problem down; of many the first ones are kept."""
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(Problem(line, str(words)))


@runtime_checkable
class DossierSource(Protocol):
    """A way to read dossiers from somebody's system. One object is made for each look."""

    label: Any
    """Its name for the unit's office."""

    def read(self, url: str, *, known_digest: str = "") -> Reading:
        """Everything at ``url``, at most MOST_ROWS rows; raises SourceError. ``known_digest`` is that of the last look."""
        ...


def source_named(name: str) -> DossierSource:
    """The source registered under ``name``; raises SourceError for one that is no longer installed."""
    path = settings.DOSSIER_SOURCES.get(name)
    if path is None:
        raise SourceError(_("Cách đọc “%(name)s” không còn trên máy chủ. Chọn cách đọc khác.") % {"name": name})
    source: DossierSource = import_string(path)()
    return source


def source_choices() -> list[tuple[str, str]]:
    """Names and labels of all sources, as a form offers them."""
    return [(name, str(source_named(name).label)) for name in settings.DOSSIER_SOURCES]
