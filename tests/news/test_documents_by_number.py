"""Documents by their number, and the company they keep: front page, site maps, search."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.enums.documents import DocumentReach, DocumentStatus, RelationKind
from news.models import Document
from news.search_indexes import DocumentIndex
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.documents import document_of, make_document, make_document_file, make_relation
from tests.factories.visits import body_of, visit

HOST = "kim-long.localhost"
AMENDS = RelationKind.AMENDS


def by_number(number: str) -> str:
    return reverse("news:document-by-number", args=[number])


# --- by number ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["31/2021/QĐ-UBND", "31/2021/qd-ubnd", "31-2021-QĐ-UBND", "031/2021/QD-UBND"])
def test_a_number_leads_to_its_document(cast: Cast, number: str) -> None:
    with unit_scope(cast.third):
        document = make_document("31/2021/QĐ-UBND", "Quy định vỉa hè", issued_on=date(2021, 9, 1))
    response = visit(HOST, by_number(number))
    assert response.status_code == 302
    assert response.headers["Location"] == document.get_absolute_url()


def test_the_units_own_goes_before_the_provinces(cast: Cast) -> None:
    with unit_scope(cast.province):
        shared = make_document("5/2026/QĐ-UBND", "Của thành phố", reach=DocumentReach.ALL)
        make_document("6/2026/QĐ-UBND", "Không chia sẻ")
    assert (
        visit(HOST, by_number("5/2026/QĐ-UBND")).headers["Location"] == f"http://localhost{shared.get_absolute_url()}"
    )
    with unit_scope(cast.third):
        own = make_document("5/2026/QĐ-UBND", "Của phường")
    assert visit(HOST, by_number("5/2026/QĐ-UBND")).headers["Location"] == own.get_absolute_url()
    assert visit(HOST, by_number("6/2026/QĐ-UBND")).status_code == 404


def test_several_of_one_number_are_listed(cast: Cast) -> None:
    with unit_scope(cast.third):
        make_document("7/2026/NQ", "Của hội đồng", issuer="Hội đồng nhân dân")
        make_document("7/2026/NQ", "Của ủy ban", issuer="Ủy ban nhân dân")
    response = visit(HOST, by_number("7/2026/NQ"))
    text = body_of(response)
    assert response.status_code == 200
    assert "Của hội đồng" in text
    assert "Của ủy ban" in text


def test_what_is_not_here_is_said_and_where_else_to_look(cast: Cast) -> None:
    document_of(cast.b)
    for number in ("99/2020/QĐ-UBND", document_of(cast.b).number, "<script>alert(1)</script>", "a" * 300):
        response = visit(HOST, by_number(number))
        text = body_of(response)
        assert response.status_code == 404
        assert "https://vbpl.vn/" in text
        assert "<script>alert" not in text
        assert cast.b.word not in text


# --- cost and company ---------------------------------------------------------------------------------------------------


def test_a_page_costs_the_same_at_one_relation_and_at_three(cast: Cast) -> None:
    def grow(place: int) -> None:
        with unit_scope(cast.province):
            make_document(f"{place}/2026/QĐ-TP", "Dùng chung", reach=DocumentReach.ALL)
        with unit_scope(cast.third):
            make_document_file(row, f"Tệp {place}")
            later = make_document(f"{place}/2026/QĐ-UBND", f"Sửa đổi {place}")
            make_relation(later, AMENDS, row, what=f"Điều {place}")
            make_relation(row, RelationKind.BASED_ON, f"{place}/2026/QĐ-TP")
            further = make_document(f"{place}/2027/QĐ-UBND", f"Sửa của sửa {place}")
            make_relation(further, AMENDS, later)

    def cost() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as told:
            assert visit(HOST, row.get_absolute_url()).status_code == 200
        return len(told)

    with unit_scope(cast.third):
        row = make_document("100/2025/QĐ-UBND", "Gốc", issued_on=date(2025, 1, 1))
    grow(1)
    at_one = cost()
    grow(2)
    grow(3)
    assert cost() == at_one
    assert at_one <= 12, at_one


def test_the_front_page_shows_the_newest(cast: Cast) -> None:
    document_of(cast.a)
    document_of(cast.b)
    text = body_of(visit(cast.a.host, "/"))
    assert "Văn bản mới" in text
    assert document_of(cast.a).get_absolute_url() in text
    assert cast.b.word not in text
    assert "Văn bản mới" not in body_of(visit(HOST, "/"))


def test_site_maps_know_the_documents(cast: Cast) -> None:
    document = document_of(cast.a)
    document_of(cast.b)
    index = body_of(visit(cast.a.host, "/sitemap.xml"))
    parts = re.findall(r"/sitemap-van-ban-\d+\.xml", index)
    texts = [body_of(visit(cast.a.host, part)) for part in parts]
    assert any(document.get_absolute_url() in text for text in texts)
    assert not any(cast.b.marker.lower() in text for text in texts)
    assert visit(cast.a.host, "/sitemap-van-ban-0.xml").status_code == 404
    assert "/van-ban/" in body_of(visit(cast.a.host, "/so-do-trang/"))


def test_search_takes_number_and_abstract(cast: Cast) -> None:
    document = document_of(cast.a)
    with unit_scope(cast.a.unit):
        prepared = DocumentIndex().full_prepare(Document.objects.select_related("type", "field").get(pk=document.pk))
        assert set(DocumentIndex().index_queryset().values_list("status", flat=True)) == {DocumentStatus.PUBLISHED}
    assert prepared["title"] == f"{document.number} {document.abstract}"
    assert prepared["kind"] == "document"
    assert document.issuer in prepared["text"]
    assert prepared["published_at"].date() == date(2026, 11, 2)
