"""Finding procedures: what decides their order, what a visitor may type, what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.search.actions import drain_changes, mark_shared_changed
from portal.search.queries import SearchUnavailable
from services.finding import find_procedures
from services.models import Procedure
from tests.factories.menu_rows import land, single
from tests.factories.procedure_rows import make_procedure
from units.enums import UnitKind
from units.models import Unit

pytestmark = pytest.mark.django_db

Build = Callable[[], int]
CARD = "Cấp lại thẻ căn cước"


def make_unit(kind: UnitKind) -> Unit:
    return Unit.objects.create(
        code="90001", valid_from=date(2025, 7, 1), kind=kind, type_name="", name="Đơn vị mẫu", slug="mau"
    )


@pytest.fixture
def commune() -> Unit:
    return make_unit(UnitKind.COMMUNE)


def codes(words: str, unit: Unit) -> list[str]:
    return [hit.procedure.code for hit in find_procedures(words, unit=unit).hits]


def levels() -> None:
    """One name at four levels, as the national catalogue has it."""
    nowhere = {"at_commune": False}
    make_procedure("1.000757", f"{CARD} (thực hiện tại cấp trung ương)", **nowhere, at_ministry=True)
    make_procedure("2.001194", f"{CARD} (thực hiện tại cấp tỉnh)", **nowhere, at_province=True)
    make_procedure("1.014064", CARD)
    make_procedure("9.000001", f"{CARD} (bộ khác)", **nowhere, at_ministry=True)


@pytest.mark.parametrize(
    ("kind", "first"),
    [(UnitKind.COMMUNE, "1.014064"), (UnitKind.PROVINCE, "1.014064"), (UnitKind.DEPARTMENT, "2.001194")],
)
def test_what_the_units_kind_handles_comes_first_and_the_capitals_variant_last(
    search_index: Build, kind: UnitKind, first: str
) -> None:
    levels()
    search_index()
    found = codes("làm lại căn cước", make_unit(kind))
    assert (found[0], found[-1], len(found)) == (first, "1.000757", 4)


@pytest.mark.parametrize("typed", ["1.004873", "1004873", "thủ tục 1.004873", "mã 1.004873 ở đâu"])
def test_a_code_leads_to_its_procedure(search_index: Build, commune: Unit, typed: str) -> None:
    single()
    land()
    levels()
    search_index()
    assert codes(typed, commune)[0] == "1.004873"


@pytest.mark.parametrize(
    "typed",
    ["giấy độc thân", "giay doc than", "GIẤY ĐỘC THÂN", "xin giấy độc thân ở mô", "giaays ddoocj thaan", "chưa có vợ"],
)
def test_everyday_words_lead_to_the_official_name(search_index: Build, commune: Unit, typed: str) -> None:
    single()
    land()
    levels()
    make_procedure()
    search_index()
    assert codes(typed, commune)[0] == "1.004873"


def test_an_everyday_name_counts_more_than_the_same_words_elsewhere(search_index: Build, commune: Unit) -> None:
    make_procedure("1.000001", "Xác nhận giấy tờ nhà xe của người ở xa và giấy tờ nhà", result="Giấy tờ nhà xe")
    make_procedure("1.000002", "Cấp Giấy chứng nhận quyền sở hữu", everyday_names="giấy tờ nhà\ngiấy nhà")
    search_index()
    assert codes("giấy tờ nhà", commune)[0] == "1.000002"
    hit = find_procedures("giấy tờ nhà", unit=commune).hits[0]
    assert hit.everyday_names == ["giấy tờ nhà", "giấy nhà"]


def test_an_everyday_name_written_a_moment_ago_is_found_after_draining(search_index: Build, commune: Unit) -> None:
    row = land()
    search_index()
    Procedure.objects.filter(pk=row.pk).update(everyday_names="xẻ ruộng")
    mark_shared_changed("services.Procedure", [row.pk])
    drain_changes()
    assert codes("xẻ ruộng", commune) == ["1.012784"]


def test_pages_are_counted_and_bounded(search_index: Build, commune: Unit) -> None:
    for number in range(12):
        make_procedure(f"1.00000{number:02}", f"Đăng ký thú nuôi số {number}")
    search_index()
    found = find_procedures("đăng ký thú nuôi", unit=commune, page=2)
    assert (found.total, found.page, found.page_count, len(found.hits)) == (12, 2, 2, 2)
    assert find_procedures("đăng ký thú nuôi", unit=commune, page=99).page == 2


def test_one_procedure_found_costs_as_many_queries_as_ten(
    search_index: Build, commune: Unit, django_assert_num_queries: Any
) -> None:
    make_procedure("2.000001", "Đăng ký thú nuôi")
    search_index()
    with django_assert_num_queries(3):
        assert [hit.procedure.field.name for hit in find_procedures("thú nuôi", unit=commune).hits] == ["Hộ tịch"]
    for number in range(9):
        make_procedure(f"1.00000{number:02}", f"Đăng ký thú nuôi số {number}")
    search_index()
    with django_assert_num_queries(3):
        assert len([hit.procedure.field.name for hit in find_procedures("thú nuôi", unit=commune).hits]) == 10


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "???",
        "<script>alert(1)</script>",
        "a" * 5_000,
        "giấy " * 500,
        "\x00",
        "'; DROP TABLE",
        "%",
        "😀",
        "1" * 300,
    ],
)
def test_whatever_is_typed_is_only_words(search_index: Build, commune: Unit, typed: str) -> None:
    make_procedure("1.000001", "Cấp <b>giấy</b> & phép", everyday_names="<script>alert(1)</script>")
    search_index()
    found = find_procedures(typed, unit=commune)
    assert all("<b>" not in hit.title_html and "<script" not in hit.title_html for hit in found.hits)


def test_without_an_index_it_says_so(commune: Unit, search_index: Build) -> None:
    with pytest.raises(SearchUnavailable):
        find_procedures("giấy độc thân", unit=commune)
