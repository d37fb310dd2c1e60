"""No link of a public page leads nowhere, on a full site and on one whose unit has written nothing yet."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests.factories.cast import Cast
from units.actions import create_unit
from units.enums import UnitKind

pytestmark = pytest.mark.anywhere

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
MOST_PAGES = 120


def dead_links(host: str) -> list[tuple[str, str, int]]:
    """Walk the site from its home page; (from, to, status) of every link that is neither a page nor a redirect."""
    client, waiting, seen, dead = Client(), [("", "/")], {"/"}, []
    while waiting and len(seen) < MOST_PAGES:
        origin, path = waiting.pop(0)
        response = client.get(path, headers={"host": host})
        if response.status_code not in {200, 301, 302}:
            dead.append((origin, path, response.status_code))
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for found in LINK.findall(response.text):
            link = unescape(found)
            if link not in seen and not link.startswith(("//", "/static/", "/quan-tri/", "/media/", "/tim-kiem/?")):
                seen.add(link)
                waiting.append((path, link))
    return dead


def test_a_full_site_has_no_dead_link(cast: Cast) -> None:
    assert dead_links(cast.a.host) == []


def test_the_province_has_no_dead_link(cast: Cast) -> None:
    assert dead_links("localhost") == []


@pytest.mark.django_db
def test_a_unit_just_imported_has_no_dead_link(cast: Cast) -> None:
    from datetime import date

    unit = create_unit(
        code="99901", valid_from=date(2025, 7, 1), kind=UnitKind.COMMUNE, type_name="Xã", name="Xã Mới Tinh"
    )
    assert dead_links(unit.canonical_host) == []
