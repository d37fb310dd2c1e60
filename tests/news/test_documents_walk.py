"""Walking the register: complete, without repeats, at the same cost whatever its size."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.enums.documents import DocumentReach
from news.models import Document
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.documents import SIGNED, make_document, make_document_file, make_documents
from tests.factories.register_pages import PAGE, ROW, walk
from tests.factories.visits import body_of, visit

HOST = "kim-long.localhost"

# --- walking ------------------------------------------------------------------------------------------------------------


def test_all_pages_together_hold_every_document_once(cast: Cast) -> None:
    """Many of one day, many without a day, some without even a year, own and shared mixed."""
    with unit_scope(cast.third):
        for place in range(25):
            make_document(f"{place}/2026/QĐ-A", "Cùng ngày", issued_on=date(2026, 3, 3))
            make_document(f"{place}/2025/QĐ-B", "Chỉ có năm", issued_on=None)
            make_document(f"{place}/QĐ-C", "Không cả năm", issued_on=None)
        make_document("1/QĐ-D", "Ngày đầu năm", issued_on=date(2025, 1, 1))
    with unit_scope(cast.province):
        for place in range(25):
            make_document(f"{place}/2026/QĐ-S", "Dùng chung", issued_on=date(2026, 3, 3), reach=DocumentReach.ALL)
            make_document(f"{place}/2025/QĐ-T", "Dùng chung, chỉ năm", issued_on=None, reach=DocumentReach.ALL)
    seen = walk(HOST)
    assert len(seen) == len(set(seen)) == 126
    years = [
        2026 if "/2026/" in number else 2025 if "/2025/" in number or number.endswith("D") else 0 for number in seen
    ]
    assert years == sorted(years, reverse=True)


def test_newer_leads_back_to_where_one_was(cast: Cast) -> None:
    with unit_scope(cast.third):
        make_documents(50)
    first = body_of(visit(HOST, PAGE))
    second_url = re.search(r'rel="next" href="([^"]+)"', first)[1]  # type: ignore[index]
    second = body_of(visit(HOST, second_url))
    back_url = re.search(r'rel="prev" href="([^"]+)"', second)[1]  # type: ignore[index]
    back = body_of(visit(HOST, back_url))
    assert ROW.findall(back) == ROW.findall(first)
    assert 'rel="prev"' not in back


def test_pages_keep_the_filter(cast: Cast) -> None:
    with unit_scope(cast.third):
        make_documents(30)
        make_document("1/KH-UBND", "Kế hoạch", type_slug="ke-hoach")
    seen = walk(HOST, "?loai=quyet-dinh&q=cây+xanh")
    assert len(seen) == 30
    assert "1/KH-UBND" not in seen


# --- cost ---------------------------------------------------------------------------------------------------------------

LIMIT = 12


def queries(host: str, path: str) -> int:
    for alias in ("pages", "default"):
        caches[alias].clear()
    with CaptureQueriesContext(connection) as told:
        assert visit(host, path).status_code in {200, 404}
    return len(told)


@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}?q=54/2026", f"{PAGE}?q=cay+xanh", "/van-ban/rss/", "/van-ban/tai-ve.csv"]
)
def test_the_list_costs_the_same_at_one_row_and_at_three(cast: Cast, path: str) -> None:
    def add(place: int) -> None:
        with unit_scope(cast.third):
            make_document_file(make_document(f"54/2026/QĐ-{place}", "Cây xanh", issuer=f"Cơ quan {place}"))
        with unit_scope(cast.province):
            shared = make_document(f"54/2026/QĐ-T{place}", "Cây xanh", reach=DocumentReach.ALL)
            make_document_file(shared, signature=SIGNED)

    add(0)
    at_one = queries(HOST, path)
    add(1)
    add(2)
    assert queries(HOST, path) == at_one
    assert at_one <= LIMIT, at_one


def steps(path: str) -> int:
    """How much SQLite worked for a page, in thousands of its virtual machine's steps."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    for alias in ("pages", "default"):
        caches[alias].clear()
    connection.ensure_connection()
    connection.connection.set_progress_handler(count, 1000)
    try:
        assert visit(HOST, path).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return counted


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts SQLite's own steps")
def test_a_page_of_ten_thousand_costs_what_a_page_of_few_costs(cast: Cast) -> None:
    """The rows themselves: walking to them. Counting them is bounded by COUNT_LIMIT and reads an index only."""
    with unit_scope(cast.third):
        make_documents(300)
    deep = "?truoc=20260901-1"
    few, few_deep, few_number = steps(PAGE), steps(f"{PAGE}{deep}"), steps(f"{PAGE}?q=54/2026")
    with unit_scope(cast.third):
        make_documents(9_700, start=300)
        plan = Document.objects.published().newest_first()[:21].explain()
    assert "document_unit_newest" in plan
    assert "TEMP B-TREE" not in plan
    # 9,700 rows more cost the count and the list of issuers some steps a row on an index, nothing else.
    assert steps(PAGE) - few < 9_700 * 40 / 1000
    assert steps(f"{PAGE}{deep}") - few_deep < 9_700 * 40 / 1000
    assert steps(f"{PAGE}?q=54/2026") - few_number < 9_700 * 40 / 1000
