"""The menu's pages cost a constant number of queries, whatever stands in the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.page_cache import bump_every_generation
from portal.core.tenancy import unit_scope
from services.models import Field, LifeEvent, LifeEventProcedure, LocalAnswer, Procedure
from tests.factories.cast import Cast
from tests.factories.menu_rows import menu_rows
from tests.factories.procedure_rows import make_procedure
from tests.factories.visits import body_of, visit

LIMIT = 12
PAGES = {
    "menu": ("/dich-vu-cong/", 7),
    "business": ("/dich-vu-cong/doanh-nghiep/", 7),
    "fields": ("/dich-vu-cong/linh-vuc/", 6),
    "field": ("/dich-vu-cong/linh-vuc/dat-dai/", 8),
    "elsewhere": ("/dich-vu-cong/linh-vuc/dat-dai/noi-khac/", 8),
    "event": ("/dich-vu-cong/viec/sinh-con/", 8),
    "sitemap of the menu": ("/sitemap-thu-tuc-0.xml", 6),
    "sitemap of procedures": ("/sitemap-thu-tuc-1.xml", 5),
}


def _grow(cast: Cast, number: int) -> None:
    """As many fields, procedures of each kind, events and own words of the unit."""
    event = menu_rows()
    for count in range(number):
        field = f"Lĩnh vực {count}"
        rows = [
            make_procedure(f"{number}.1{count:05d}", f"Việc {count}", field=field, everyday_names=f"tên {count}"),
            make_procedure(
                f"{number}.2{count:05d}", f"Việc tỉnh {count}", field="Đất đai", at_commune=False, at_province=True
            ),
            make_procedure(
                f"{number}.3{count:05d}", f"Việc xã {count}", field="Đất đai", often_order=count, for_business=True
            ),
        ]
        other = LifeEvent.objects.create(slug=f"viec-{number}-{count}", name=f"Việc {count}", audience="doanh-nghiep")
        LifeEventProcedure.objects.create(event=other, procedure=rows[2])
        for row in rows:
            LifeEventProcedure.objects.create(event=event, procedure=row, note=f"Khi {count}", order=count)
        with unit_scope(cast.a.unit):
            LocalAnswer.objects.create(procedure=rows[1], is_handled=count == 0)


def _asked(host: str, path: str) -> tuple[int, str]:
    visit(host, path)  # what a process looks up once in its life
    for alias in ("pages", "default"):
        caches[alias].clear()
    with CaptureQueriesContext(connection) as asked:
        response = visit(host, path)
    assert response.status_code == 200, path
    return len(asked), body_of(response)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_at_one_row_and_at_three(cast: Cast, number: int) -> None:
    _grow(cast, number)
    measured = {name: _asked(cast.a.host, path)[0] for name, (path, _expected) in PAGES.items()}
    assert measured == {name: expected for name, (_path, expected) in PAGES.items()}
    assert max(measured.values()) <= LIMIT
    assert f"Lĩnh vực {number - 1}" in _asked(cast.a.host, PAGES["fields"][0])[1]


@pytest.mark.parametrize("number", [1, 3])
def test_results_cost_the_same_at_one_row_and_at_three(cast: Cast, number: int, search_index: Any) -> None:
    _grow(cast, number)
    search_index()
    asked, html = _asked(cast.a.host, "/dich-vu-cong/?q=viec")
    assert asked == 9
    assert f"tên {number - 1}".capitalize() in html or f"Tên {number - 1}" in html


def test_pages_cost_the_same_with_a_whole_catalogue(cast: Cast) -> None:
    """As many procedures and fields as the national portal has for one province, without their long texts."""
    _grow(cast, 1)
    fields = Field.objects.bulk_create(Field(name=f"Mục {count:03d}", slug=f"muc-{count}") for count in range(140))
    Procedure.objects.bulk_create(
        Procedure(
            code=f"5.{count:06d}", name=f"Thủ tục số {count}", field=fields[count % 140], at_commune=count % 4 == 0,
            at_province=True, for_people=True, valid_from=date(2026, 1, 1), fingerprint="x", channels=["DIRECT"],
        )
        for count in range(2642)
    )  # fmt: skip
    bump_every_generation()
    for name, (path, expected) in PAGES.items():
        assert _asked(cast.a.host, path)[0] == expected, name
