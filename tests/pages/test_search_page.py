"""The search page: the unit's own rows, procedures shared by all sites, documents that the province shows everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from news.enums.documents import DocumentReach
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.documents import make_document
from tests.factories.menu_rows import single
from tests.factories.visits import body_of, visit
from units.enums import Module
from units.models import Site

Build = Callable[[], int]
NUMBER = "78/2026/QĐ-UBND"


@pytest.fixture
def rows(cast: Cast, search_index: Build) -> Cast:
    single()
    with unit_scope(cast.province):
        make_document(NUMBER, "Dùng tạm vỉa hè", reach=DocumentReach.ALL)
        make_document("79/2026/QĐ-UBND", "Vỉa hè riêng của văn phòng")
    with unit_scope(cast.a.unit):
        make_document("03/HD-UBND", f"Báo dựng rạp trên vỉa hè {cast.a.word}", type_slug="huong-dan")
    with unit_scope(cast.b.unit):
        make_document("04/HD-UBND", f"Báo dựng rạp trên vỉa hè {cast.b.word}", type_slug="huong-dan")
    search_index()
    return cast


def ask(house: Any, words: str, more: str = "") -> str:
    return body_of(visit(house.host, f"/tim-kiem/?q={words}{more}"))


def best(page: str) -> str:
    return page.split('<li class="best">')[1].split("</li>", maxsplit=1)[0]


def test_a_procedure_is_the_best_answer_with_its_ways_on(rows: Cast) -> None:
    page = ask(rows.a, "giấy+độc+thân")
    answer = best(page)
    assert "Thủ tục</span>" in answer
    assert 'href="/dich-vu-cong/1.004873/"' in answer
    assert "Còn gọi là giấy độc thân." in answer
    assert "1.004873" in answer
    assert "Thời hạn: 1 (nguồn không ghi đơn vị)" in answer
    assert 'href="/dich-vu-cong/1.004873/#giay-to"' in answer
    assert "Nộp trực tuyến" in answer
    assert "Đã tìm cả" in page


def test_only_the_typed_words_when_asked_so(rows: Cast) -> None:
    assert "dung=1" in ask(rows.a, "chưa+có+vợ")
    page = ask(rows.a, "chưa+có+vợ", "&dung=1")
    assert "/dich-vu-cong/1.004873/" not in page
    assert "Tìm cả từ cùng nghĩa" in page


def test_a_site_without_services_finds_no_procedures(rows: Cast) -> None:
    with unit_scope(rows.a.unit):
        site = Site.objects.get()
        site.modules = [module for module in site.modules if module != Module.SERVICES]
        site.save()
    assert "/dich-vu-cong/1.004873/" not in ask(rows.a, "giấy+độc+thân")


@pytest.mark.parametrize("typed", ["78/2026/qd-ubnd", "QĐ+78/2026", "78+2026+QD+UBND", "quyết+định+78/2026"])
def test_a_documents_number_in_any_spelling(rows: Cast, typed: str) -> None:
    answer = best(ask(rows.a, typed))
    assert "Văn bản</span>" in answer
    assert "Dùng tạm" in answer.replace("<mark>", "").replace("</mark>", "")
    # It is the province's, and stays on its site.
    assert f'href="http://{rows.province.canonical_host}' in answer
    assert rows.province.name in answer


def test_each_site_finds_its_own_documents_and_the_provinces_shared_ones(rows: Cast) -> None:
    page = ask(rows.a, "vỉa+hè")
    assert rows.a.word in page
    assert NUMBER in page.replace("<mark>", "").replace("</mark>", "")
    assert rows.b.word not in page
    assert "của văn phòng" not in page
    assert rows.b.word in ask(rows.b, "vỉa+hè")
