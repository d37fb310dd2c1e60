"""The register as a file for spreadsheets and as a feed."""

from __future__ import annotations

import csv
import io

import pytest

from news.models import Document
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.documents import document_of, make_document, make_documents, make_shelf
from tests.factories.register_pages import PAGE, ROW
from tests.factories.visits import body_of, visit
from units.models import Unit

HOST = "kim-long.localhost"


@pytest.fixture
def shelf(cast: Cast) -> Unit:
    """Documents that differ in everything a filter asks for, on Kim Long's site."""
    return make_shelf(cast.third)


# --- files --------------------------------------------------------------------------------------------------------------


def table(host: str, query: str = "") -> list[list[str]]:
    response = visit(host, f"/van-ban/tai-ve.csv{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = body_of(response)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_of_the_file_is_a_formula(cast: Cast, start: str) -> None:
    with unit_scope(cast.third):
        make_document("1/QĐ-UBND", "x", issuer="y")
        text = f'{start}HYPERLINK("http://x.vn","y")'
        Document.objects.update(abstract=text, issuer=text, signer_name=text[:100], number=text[:60])
    for cell in table(HOST)[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell


def test_the_file_holds_what_the_filter_shows(shelf: Unit, cast: Cast) -> None:
    document_of(cast.a)
    rows = table(HOST, "?nam=2023&loai=quyet-dinh")
    assert [row[0] for row in rows[1:]] == ["154/2023/QĐ-UBND", "54/2023/QĐ-UBND", "54/2023/QĐ-HĐND"]
    assert rows[2][5] == "2023-09-30"
    assert rows[2][-1].startswith(f"http://{HOST}/van-ban/")
    assert not any(cast.a.marker in cell for row in rows for cell in row)


def test_the_file_is_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.views.documents.CSV_LIMIT", 10)
    with unit_scope(cast.third):
        make_documents(30)
    assert len(table(HOST)) == 11


def test_the_feed_has_the_units_newest(cast: Cast) -> None:
    document_of(cast.a)
    document_of(cast.b)
    text = body_of(visit(cast.a.host, "/van-ban/rss/"))
    assert cast.a.marker in text
    assert cast.b.marker not in text
    assert "<rss" in text


def test_groups_are_tabs_that_keep_the_rest(shelf: Unit) -> None:
    text = body_of(visit(HOST, f"{PAGE}?nam=2023&nhom=ke-hoach"))
    assert ROW.findall(text) == ["54/KH-UBND"]
    assert 'href="/van-ban/?nam=2023&amp;nhom=thong-bao"' in text
    for words in ("Pháp luật", "Chỉ đạo, điều hành", "Quy hoạch, kế hoạch", "Hướng dẫn", "Thông báo"):
        assert f">{words}</a>" in text
