"""What a file of another system holds, in our words and before anything of it is ours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urlsplit

from news.enums.imports import ImportKind

BODY_LIMIT: Final = 5_000_000
"""Characters of HTML in one text; longer ones are mistakes of the other system (pictures inside the text)."""


class ImportRefusedError(Exception):
    """The file as a whole can not be taken; the message tells a clerk what to do. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Section:
    """A category of the other system: its address part, its name and those above it, outermost first."""

    slug: str
    name: str
    parents: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or file of the other system."""

    url: str
    alt: str = ""
    caption: str = ""
    title: str = ""
    key: str = ""
    link: str = ""
    parent: str = ""


@dataclass(slots=True)
class SourceText:
    """One article or page: ``key`` is its id there, ``number`` its place in the file."""

    key: str
    number: int
    title: str
    body: str
    kind: ImportKind = ImportKind.ARTICLE
    slug: str = ""
    summary: str = ""
    published_at: datetime | None = None
    is_draft: bool = False
    author: str = ""
    section: Section | None = None
    tags: list[str] = field(default_factory=list)
    picture: Medium | None = None
    old_urls: list[str] = field(default_factory=list)
    parent_key: str = ""
    order: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not taken: ``reason`` is a code of news.importing.report.REASONS, ``detail`` says more."""

    number: int
    reason: str
    title: str = ""
    detail: str = ""
    is_bad: bool = False


class Source(Protocol):
    """One opened file."""

    name: str
    """Which system it came from: the same file again, or a newer export of the same site, has the same name."""
    hosts: frozenset[str]
    """Hosts of the old site: links to them are links to itself."""
    total: int

    def items(self) -> Iterator[SourceText | Skipped]:
        """Everything in the file, one by one; may be asked again."""
        ...

    def medium(self, key: str) -> Medium | None:
        """A picture or file by its id there."""
        ...

    def medium_at(self, url: str) -> Medium | None:
        """A picture or file by its address."""
        ...

    def archives(self) -> Iterator[tuple[str, str, str]]:
        """(old address, kind, key) of lists: kind ``category``, ``category-feed``, ``tag``, ``list``, ``feed``, ``text``, ``home``, ``month``, ``day``."""
        ...


class PlainSource:
    """A file without media and lists of its own."""

    name = "import"
    hosts: frozenset[str] = frozenset()
    total = 0

    def medium(self, key: str) -> Medium | None:
        """None: there are none."""
        return None

    def medium_at(self, url: str) -> Medium | None:
        """None: there are none."""
        return None

    def archives(self) -> Iterator[tuple[str, str, str]]:
        """None: only texts have addresses."""
        return iter(())


def bare_host(url: str) -> str:
    """Host of an address without www. and port; empty for none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
