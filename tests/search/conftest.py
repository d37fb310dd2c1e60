"""An index of its own for each test, filled with plain texts."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from haystack import connections
from haystack.constants import DEFAULT_ALIAS, DJANGO_CT, DJANGO_ID, ID

from portal.search.engine import VietnameseWhooshBackend
from portal.search.schema import to_document
from portal.search.terms import Expansion, parse

Put = Callable[..., None]
Find = Callable[..., list[str]]


def document(key: int, title: str, body: str = "", *, unit: int = 1) -> dict[str, Any]:
    return to_document(
        {
            ID: f"news.article.{key}",
            DJANGO_CT: "news.article",
            DJANGO_ID: str(key),
            "unit_id": unit,
            "text": f"{title}\n{body}",
            "title": title,
            "extract": body,
            "kind": "article",
            "url": f"/tin-tuc/{key}/",
            "published_at": None,
        }
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[VietnameseWhooshBackend]:
    backend = VietnameseWhooshBackend(DEFAULT_ALIAS, PATH=str(tmp_path / "index"))
    yield backend
    backend.close()


@pytest.fixture
def make_document() -> Callable[..., dict[str, Any]]:
    return document


@pytest.fixture
def put(engine: VietnameseWhooshBackend) -> Put:
    """Index one text for each argument, numbered from 1."""

    def write(*titles: str, unit: int = 1, start: int = 1, body: str = "") -> None:
        with engine.locked():
            engine.apply(document(key, title, body, unit=unit) for key, title in enumerate(titles, start))

    return write


@pytest.fixture
def find(engine: VietnameseWhooshBackend) -> Find:
    """Titles found, best first."""

    def search(
        query: str,
        units: Sequence[int] = (1,),
        expansions: dict[str, list[Expansion]] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> list[str]:
        answer = engine.find(parse(query, expansions), units, offset, limit)
        return [stored["title"] for stored in answer.documents]

    return search


@pytest.fixture
def portal_index(tmp_path: Path, settings: Any) -> Iterator[VietnameseWhooshBackend]:
    """The portal's own connection, pointed at an index of this test."""
    options = connections.connections_info[DEFAULT_ALIAS]
    before = options["PATH"]
    options["PATH"] = str(tmp_path / "portal-index")
    backend: VietnameseWhooshBackend = connections.reload(DEFAULT_ALIAS).get_backend()
    yield backend
    backend.close()
    options["PATH"] = before
    connections.reload(DEFAULT_ALIAS)
