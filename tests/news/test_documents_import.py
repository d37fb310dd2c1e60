"""import_documents: faithful rows go in, the others are named by line, a second time changes nothing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from news.enums.documents import DocumentReach, DocumentStatus, RelationKind
from news.models import Document
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import Cast
from tests.factories.documents import make_document, make_relation
from tests.factories.visits import body_of, visit

HEAD = "so_ky_hieu,loai,co_quan_ban_hanh,nam,ngay_ban_hanh,trich_yeu,ten_day_du,nguon\n"
GOOD = (
    "64/2025/TT-BTC,Thông tư,Bộ Tài chính,2025,,Mức thu phí,,dichvucong.gov.vn\n"
    '08/2025/TT-BTP,Thông tư,Bộ Tư pháp,2025,2025-06-12,"Quy định về <b>phân cấp</b>, ""mới""",,https://example.vn/1\n'
    "54/2014/QH13,Luật,Quốc hội,2014,,,Luật Hộ tịch,\n"
    "12/2024/NĐ-CP,,Chính phủ,,05/02/2024,Giá đất,,\n"
)
BAD = {
    ",Thông tư,Bộ Tài chính,2025,,x,,": "no number",
    "không số,Thông tư,Bộ Tài chính,2025,,x,,": "is no number of a document",
    "1/2025/TT-A,Thông điệp,Bộ A,2025,,x,,": "unknown type “Thông điệp”",
    "2/2025/TT-A,Thông tư,Bộ A,2024,,x,,": "the number says 2025, nam says 2024",
    "3/2025/TT-A,Thông tư,Bộ A,2025,2025-02-30,x,,": "“2025-02-30” is no date",
    "4/2025/TT-A,Thông tư,Bộ A,2025,hôm qua,x,,": "“hôm qua” is no date",
    "5/2025/TT-A,Thông tư,Bộ A,2025,2024-12-31,x,,": "ngay_ban_hanh says 2024",
    "6/2025/TT-A,Thông tư,Bộ A,hai nghìn,,x,,": "is no year",
    "7/2025/TT-A,Thông tư,,2025,,x,,": "no issuer",
    "8/2025/TT-A,Thông tư,Bộ A,2025,,,,": "no abstract",
    "9/2029/TT-A,Thông tư,Bộ A,2029,,x,,": "is after this one",
    "10/2026/TT-A,Thông tư,Bộ A,2026,2026-12-30,x,,": "after today",
    "11/2025/TT-A,Thông tư,Bộ A,2025,,một, hai,,,,": "more cells than columns",
    "64/2025/tt-btc,Thông tư,Bộ Tài chính,2025,,x,,": "stood on line 2 already",
}


def run(path: Path, *more: str, unit: str = "kim-long") -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_documents", str(path), "--unit", unit, *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "docs.csv"
    path.write_text(HEAD + GOOD, encoding="utf-8-sig")
    return path


def stored(cast: Cast) -> dict[str, Document]:
    with unit_scope(cast.third):
        return {row.number: row for row in Document.objects.select_related("type")}


def test_rows_come_in_as_they_stand(cast: Cast, listed: Path) -> None:
    out, _err = run(listed)
    assert "added 4, changed 0, the same 0, left as the office wrote them 0, bad lines 0" in out
    rows = stored(cast)
    assert rows["64/2025/TT-BTC"].issued_on is None, "only the year is known, no day is guessed"
    assert rows["64/2025/TT-BTC"].year == 2025
    assert rows["64/2025/TT-BTC"].source_url == ""
    assert rows["08/2025/TT-BTP"].abstract == 'Quy định về <b>phân cấp</b>, "mới"'
    assert rows["08/2025/TT-BTP"].source_url == "https://example.vn/1"
    assert rows["54/2014/QH13"].abstract == "Luật Hộ tịch"
    assert (rows["12/2024/NĐ-CP"].type.name, str(rows["12/2024/NĐ-CP"].issued_on)) == ("Nghị định", "2024-02-05")
    assert {row.group for row in rows.values()} == {"NORMATIVE"}
    assert {(row.status, row.days_late, row.due_on, row.is_own) for row in rows.values()} == {
        (DocumentStatus.PUBLISHED, 0, None, False)
    }
    text = body_of(visit("kim-long.localhost", "/van-ban/?q=tt+8/2025"))
    assert "&lt;b&gt;phân cấp&lt;/b&gt;" in text


def test_a_second_time_changes_nothing(cast: Cast, listed: Path) -> None:
    run(listed)
    before = {number: (row.pk, row.edited_at) for number, row in stored(cast).items()}
    IndexChange.objects.all().delete()
    out, _err = run(listed)
    assert "added 0, changed 0, the same 4" in out
    assert {number: (row.pk, row.edited_at) for number, row in stored(cast).items()} == before
    assert not IndexChange.objects.exists()


def test_a_changed_row_changes_its_document_and_nothing_of_the_offices(cast: Cast, listed: Path) -> None:
    run(listed)
    with unit_scope(cast.third):
        Document.objects.filter(number="64/2025/TT-BTC").update(notes="Lời của văn phòng", group="GUIDANCE")
    listed.write_text(HEAD + GOOD.replace("Mức thu phí", "Mức thu và miễn phí"), encoding="utf-8")
    out, _err = run(listed)
    assert "added 0, changed 1, the same 3" in out
    row = stored(cast)["64/2025/TT-BTC"]
    assert (row.abstract, row.notes, row.group) == ("Mức thu và miễn phí", "Lời của văn phòng", "GUIDANCE")
    assert " mien " in row.search_text


@pytest.mark.parametrize(("line", "words"), BAD.items())
def test_a_bad_row_is_named_by_line_and_the_others_go_in(cast: Cast, tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "docs.csv"
    path.write_text(
        HEAD + GOOD.splitlines()[0] + "\n" + line + "\n" + "\n".join(GOOD.splitlines()[1:]), encoding="utf-8"
    )
    out, err = run(path)
    assert "added 4" in out
    assert "bad lines 1" in out
    assert err.startswith("line 3: ")
    assert words in err


def test_lines_are_counted_through_cells_with_line_ends(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "docs.csv"
    path.write_text(
        HEAD + '1/2025/TT-A,Thông tư,Bộ A,2025,,"hai\ndòng",,\n,Thông tư,Bộ A,2025,,x,,\n', encoding="utf-8"
    )
    _out, err = run(path)
    assert err.startswith("line 4: no number")


def test_a_dry_run_writes_nothing(cast: Cast, listed: Path) -> None:
    with unit_scope(cast.third):
        entries = AuditEntry.objects.count()
    out, _err = run(listed, "--dry-run")
    assert "would be added 4" in out
    assert stored(cast) == {}
    assert not IndexChange.objects.filter(model_label="news.document").exists()
    with unit_scope(cast.third):
        assert AuditEntry.objects.count() == entries


def test_what_the_office_entered_itself_is_left_alone(cast: Cast, listed: Path) -> None:
    with unit_scope(cast.third):
        make_document("64/2025/tt-btc", "Lời của văn phòng", issuer="Bộ tài chính", type_slug="thong-tu")
        other = make_document("64/2025/TT-BTC", "Cùng số, cơ quan khác", issuer="Bộ Khác", type_slug="thong-tu")
    out, _err = run(listed)
    assert "added 3" in out
    assert "left as the office wrote them 1" in out
    with unit_scope(cast.third):
        assert set(Document.objects.with_number("64/2025/TT-BTC").values_list("abstract", flat=True)) == {
            "Lời của văn phòng", other.abstract,
        }  # fmt: skip


def test_relations_that_waited_find_the_document(cast: Cast, listed: Path) -> None:
    with unit_scope(cast.third):
        later = make_document("99/2026/TT-BTC", "Thay thế Thông tư 64", type_slug="thong-tu")
        relation = make_relation(later, RelationKind.REPLACES, "64/2025/TT-BTC")
    run(listed)
    with unit_scope(cast.third):
        relation.refresh_from_db()
        row = Document.objects.get(number="64/2025/TT-BTC")
    assert relation.earlier_id == row.pk
    assert row.expires_on is not None


def test_it_goes_into_one_unit_and_everywhere_only_from_the_province(cast: Cast, listed: Path) -> None:
    run(listed)
    with unit_scope(cast.a.unit):
        assert not Document.objects.with_number("64/2025/TT-BTC").exists()
    with pytest.raises(CommandError, match="only the province"):
        run(listed, "--everywhere")
    run(listed, "--everywhere", unit="hue")
    with unit_scope(cast.province):
        found = Document.objects.filter(source_ref__startswith="list:").values_list("reach", flat=True)
        assert list(found) == [DocumentReach.ALL] * 4
    assert "64/2025/TT-BTC" in body_of(visit(cast.a.host, "/van-ban/"))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b\n1,2\n", "columns missing"), (b"\xff\xfe\x00", "not UTF-8"), (b"", "columns missing")],
)
def test_a_file_that_is_no_list_is_refused(cast: Cast, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "docs.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(path)


def test_names_that_are_not_there_are_refused(cast: Cast, tmp_path: Path, listed: Path) -> None:
    with pytest.raises(CommandError, match="no such unit"):
        run(listed, unit="khong-co")
    with pytest.raises(CommandError):
        run(tmp_path / "khong-co.csv")


def test_the_import_is_in_the_audit(cast: Cast, listed: Path) -> None:
    run(listed)
    with unit_scope(cast.third):
        entry: Any = AuditEntry.objects.filter(verb="document.import").get()
    assert entry.detail["added"] == 4
