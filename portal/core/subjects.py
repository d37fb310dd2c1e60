"""What other rooms may speak of without importing its room: a comment's article, a rating's page.

A room registers, in its ``AppConfig.ready``, how a row is found by ``kind`` and key in the unit in scope. Another room stores
kind and key and asks here whether the row is there, what it is called and where it stands. A kind is the row's model label.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Subject:
    """One row that citizens can see: ``kind`` and ``key`` name it, ``path`` is its address on the unit's host."""

    kind: str
    key: int
    title: str
    path: str
    takes_comments: bool = False
    # A consultation asks for opinions: taken whatever the site's module for comments says, and about its parts by key.
    asks_for_opinions: bool = False
    parts: tuple[tuple[int, str], ...] = ()


Finder = Callable[[int], Subject | None]
Describer = Callable[[Any], Subject | None]
Namer = Callable[[str], Subject | None]
_finders: Final[dict[str, Finder]] = {}
_describers: Final[dict[str, Describer]] = {}
_namers: Final[dict[str, Namer]] = {}


def register_subject(kind: str, finder: Finder, describer: Describer, namer: Namer | None = None) -> None:
    """Let rows of ``kind`` be spoken of; all callables give None for what citizens of the unit in scope can not see.

    ``namer`` finds a row by the code that it goes by in addresses, where it has one.
    """
    _finders[kind] = finder
    _describers[kind] = describer
    if namer:
        _namers[kind] = namer


def find_subject(kind: str, key: int) -> Subject | None:
    """The row, or None: an unknown kind, another unit's row, something not published."""
    finder = _finders.get(kind)
    return finder(key) if finder else None


def find_named(kind: str, name: str) -> Subject | None:
    """The row with this code, or None: as :func:`find_subject`, or rows of this kind go by no code."""
    namer = _namers.get(kind)
    return namer(name) if namer else None


def subject_of(row: Model) -> Subject | None:
    """What a row that is already in hand is called and where it stands, without a query; None as above."""
    describer = _describers.get(row._meta.label_lower)
    return describer(row) if describer else None
