"""One document's page: facts, files, relations both ways, its line in time; and what an address by number answers."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from news.enums.documents import DocumentReach, DocumentStatus, RelationKind
from news.models import Document
from portal.core.subjects import find_subject
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.documents import SIGNED, document_of, make_document, make_document_file, make_relation
from tests.factories.visits import body_of, visit

HOST = "kim-long.localhost"
AMENDS, REPLACES = RelationKind.AMENDS, RelationKind.REPLACES


def by_number(number: str) -> str:
    return reverse("news:document-by-number", args=[number])


def line_of(text: str) -> list[tuple[str, str]]:
    """(day, number) of each step of the line in time."""
    found = re.search(r'<section class="doc-line".*?</section>', text, re.DOTALL)
    if not found:
        return []
    steps = re.findall(r"<li[ >].*?</li>", found[0], re.DOTALL)
    pattern = re.compile(r'__day">(?:<time[^>]*>)?([^<]+)<.*?<b>([^<]+)</b>', re.DOTALL)
    return [(match[1], match[2]) for match in map(pattern.search, steps) if match]


@pytest.fixture
def chain(cast: Cast) -> list[Document]:
    """A decision, three amendments of it, and the one that replaces it."""
    with unit_scope(cast.third):
        root = make_document(
            "31/2021/QĐ-UBND", "Quy định vỉa hè", issued_on=date(2021, 9, 1), effective_from=date(2021, 9, 11)
        )
        rows = [root]
        for place, year in enumerate((2022, 2023, 2025), start=1):
            row = make_document(f"{place}/{year}/QĐ-UBND", f"Sửa đổi lần {place}", issued_on=date(year, 5, place))
            make_relation(row, AMENDS, root, is_partial=True, what=f"Điều {place}")
            rows.append(row)
        new = make_document(
            "78/2026/QĐ-UBND", "Quy định mới", issued_on=date(2026, 11, 18), effective_from=date(2026, 12, 1)
        )
        make_relation(new, REPLACES, root, takes_effect_on=date(2026, 12, 1))
        return [*rows, new]


LINE = [
    ("01/9/2021", "31/2021/QĐ-UBND"), ("01/5/2022", "1/2022/QĐ-UBND"), ("02/5/2023", "2/2023/QĐ-UBND"),
    ("03/5/2025", "3/2025/QĐ-UBND"), ("18/11/2026", "78/2026/QĐ-UBND"),
]  # fmt: skip


@pytest.mark.parametrize("place", range(5))
def test_the_line_over_three_amendments_is_the_same_from_each_of_them(chain: list[Document], place: int) -> None:
    text = body_of(visit(HOST, chain[place].get_absolute_url()))
    assert line_of(text) == LINE
    current = re.search(r'<li class="is-current" aria-current="true">.*?<b>([^<]+)</b>', text, re.DOTALL)
    assert current is not None
    assert current[1] == LINE[place][1]


def test_relations_show_both_ways(chain: list[Document]) -> None:
    root = body_of(visit(HOST, chain[0].get_absolute_url()))
    assert root.count("Được sửa đổi, bổ sung bởi") == 1
    assert "Bị thay thế bởi" in root
    assert "từ 01/12/2026" in root
    first = body_of(visit(HOST, chain[1].get_absolute_url()))
    assert "<dt>Sửa đổi, bổ sung</dt>" in first
    assert chain[0].get_absolute_url() in first


def test_drafts_and_withdrawn_documents_show_nowhere(chain: list[Document], cast: Cast) -> None:
    with unit_scope(cast.third):
        draft = make_document(
            "99/2026/QĐ-MAT", "Chưa ai được biết", status=DocumentStatus.DRAFT, issued_on=date(2026, 11, 20)
        )
        make_relation(draft, AMENDS, chain[0])
        gone = make_document(
            "98/2026/QĐ-GO", "Đã gỡ rồi", status=DocumentStatus.WITHDRAWN, issued_on=date(2026, 11, 19)
        )
        make_relation(chain[4], RelationKind.GUIDES, gone)
        make_relation(gone, AMENDS, chain[0])
    for row in (chain[0], chain[4]):
        text = body_of(visit(HOST, row.get_absolute_url()))
        assert "Chưa ai được biết" not in text
        assert "99/2026/QĐ-MAT" not in text
        assert "Đã gỡ rồi" not in text
    assert visit(HOST, draft.get_absolute_url()).status_code == 404


def test_an_earlier_one_is_found_here_at_the_province_or_only_named(cast: Cast) -> None:
    with unit_scope(cast.province):
        shared = make_document("71/2026/QĐ-UBND", "Phân cấp cây xanh", reach=DocumentReach.ALL)
        make_document("72/2026/QĐ-UBND", "Việc nội bộ của thành phố")
    with unit_scope(cast.third):
        row = make_document("3/HD-UBND", "Hướng dẫn cây xanh", type_slug="huong-dan")
        make_relation(row, RelationKind.GUIDES, "71/2026/qđ-ubnd")
        make_relation(row, RelationKind.BASED_ON, "72/2026/QĐ-UBND", earlier_title="Căn cứ của ai đó")
        make_relation(row, AMENDS, "12/2020/QĐ-UBND")
    text = body_of(visit(HOST, row.get_absolute_url()))
    assert f'href="http://localhost{shared.get_absolute_url()}"' in text
    assert "Việc nội bộ của thành phố" not in text
    assert "Căn cứ của ai đó" in text
    assert "chưa có trên trang này" in text
    assert line_of(text) == [("Năm 2020", "12/2020/QĐ-UBND"), ("02/11/2026", "3/HD-UBND")]


def test_other_communes_are_not_read_for_relations(cast: Cast) -> None:
    other = document_of(cast.b)
    with unit_scope(cast.third):
        row = make_document("3/2026/QĐ-UBND", "Sửa văn bản của xã khác")
        make_relation(row, AMENDS, other.number)
    text = body_of(visit(HOST, row.get_absolute_url()))
    assert cast.b.word not in text
    assert other.get_absolute_url() not in text


def test_a_page_tells_the_facts(cast: Cast) -> None:
    document = document_of(cast.a)
    text = body_of(visit(cast.a.host, document.get_absolute_url()))
    for words in (
        f"<h1>{document.abstract}</h1>", document.number, document.issuer, document.signer_name, "02/11/2026", "12/11/2026",
        "Chỉ đạo, điều hành", "Đang có hiệu lực", document.notes, "Đã ký số", "Trần Thị Mẫu", "Tệp chưa bị sửa sau khi ký",
        "PDF, 3 trang, 340 KB", "Trang này có giúp được bạn không", 'name="DC.creator"',
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(
    ("signature", "words", "never"),
    [
        ({**SIGNED, "is_intact": False}, "Tệp đã bị sửa sau khi ký", "chưa bị sửa"),
        ({**SIGNED, "is_intact": None}, "Chưa kiểm tra được", "Tệp chưa bị sửa"),
        ({"is_signed": None, "signers": [], "is_intact": None}, "máy chưa đọc được", "Đã ký số"),
        ({"is_signed": False, "signers": [], "is_intact": None}, "PDF", "ký số"),
        ({}, "PDF", "ký số"),
        ({**SIGNED, "signers": [{"name": "<script>x</script>", "at": "hôm qua"}]}, "&lt;script&gt;x", "<script>x"),
    ],
)
def test_a_signature_is_told_as_it_is(cast: Cast, signature: dict[str, Any], words: str, never: str) -> None:
    with unit_scope(cast.third):
        row = make_document()
        make_document_file(row, signature=signature)
    text = body_of(visit(HOST, row.get_absolute_url()))
    assert words in text
    assert never not in text


def test_search_engines_read_a_law(chain: list[Document]) -> None:
    text = body_of(visit(HOST, chain[4].get_absolute_url()))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    law = json.loads(found[1])["@graph"][0]
    assert law["@type"] == "Legislation"
    assert law["legislationIdentifier"] == "78/2026/QĐ-UBND"
    assert law["legislationDate"] == "2026-11-18"
    assert law["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert law["legislationChanges"] == ["31/2021/QĐ-UBND"]


def test_late_publication_is_the_units_business(cast: Cast) -> None:
    with unit_scope(cast.third):
        row = make_document(days_late=9, due_on=date(2026, 11, 5))
    for path in (row.get_absolute_url(), "/van-ban/"):
        text = body_of(visit(HOST, path)).lower()
        assert "trễ" not in text
        assert "hạn đăng" not in text


def test_a_withdrawn_document_keeps_its_page_and_says_why(cast: Cast) -> None:
    with unit_scope(cast.third):
        row = make_document(status=DocumentStatus.WITHDRAWN, withdrawal_note="Đăng nhầm phụ lục", notes="Lời cũ")
        make_document_file(row, "Tệp đã gỡ")
    response = visit(HOST, row.get_absolute_url())
    text = body_of(response)
    assert response.status_code == 410
    assert "Đăng nhầm phụ lục" in text
    assert row.number in text
    assert "Tệp đã gỡ" not in text
    assert "Lời cũ" not in text
    assert response.headers["X-Robots-Tag"] == "noindex"
    with unit_scope(cast.third):
        assert find_subject("news.document", row.pk) is None


def test_an_old_address_leads_to_the_lasting_one(cast: Cast) -> None:
    document = document_of(cast.a)
    response = visit(cast.a.host, f"/van-ban/ten-cu-{document.pk}/")
    assert response.status_code == 301
    assert response.headers["Location"] == document.get_absolute_url()
    assert visit(cast.b.host, f"/van-ban/ten-cu-{document.pk}/").status_code == 404
