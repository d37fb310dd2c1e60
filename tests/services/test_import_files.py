"""Broken files: one bad line costs itself, is named by its line, and never empties the menu."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from services.actions.catalogue import CatalogueReport
from services.actions.catalogue_runs import import_catalogue
from services.importing import CatalogueRefusedError
from services.models import CatalogueRun, Procedure
from tests.factories.catalogue_files import COLUMNS, row, rows, text_of, write

pytestmark = pytest.mark.django_db


def load(folder: Path, content: str | bytes, **options: Any) -> CatalogueReport:
    return import_catalogue(path=write(folder, content), **options)


def codes() -> set[str]:
    return set(Procedure.objects.current().values_list("code", flat=True))


def kept_out(report: CatalogueReport) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in report.problems if problem.is_refused]


def test_a_compressed_file_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    content = gzip.compress(b"\xef\xbb\xbf" + text_of(*rows(3)).encode())
    assert load(tmp_path, content).added == 3


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_file_as_a_vietnamese_spreadsheet_saves_it(tmp_path: Path, delimiter: str) -> None:
    text = f"code{delimiter}name{delimiter}field\n1.000001{delimiter}Một{delimiter}Hộ tịch\n"
    load(tmp_path, text)
    assert Procedure.objects.get().field.name == "Hộ tịch"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("ma,ten\n1,2\n", "thiếu cột code, name"),
        ("code,name,name\n1.000001,a,b\n", "cột trùng tên"),
        ("code,name\n", "không có dòng nào"),
        ("", "thiếu cột"),
        ("code,name\n1.000001,Một\n".encode("utf-16"), "không phải UTF-8"),
        (gzip.compress(text_of(*rows(30)).encode())[:-40], "đứt giữa chừng"),
        (b"\x1f\x8bthis is no gzip", "Tệp nén hỏng"),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused_and_changes_nothing(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    load(tmp_path, text_of(*rows(3)))
    with pytest.raises(CatalogueRefusedError, match=words):
        load(tmp_path, content)
    assert len(codes()) == 3
    run = CatalogueRun.objects.latest("pk")
    assert run.state == "REFUSED"
    assert words.split(maxsplit=1)[0] in run.refusal


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueRefusedError, match="No such file"):
        import_catalogue(path=tmp_path / "khong-co.csv")


def test_bad_lines_are_named_and_the_others_go_in(tmp_path: Path) -> None:
    text = text_of(
        row(1),
        row(2, code=""),
        row(3, name="  "),
        row(4, code="mã có dấu cách"),
        row(1, name="Lặp lại"),
        row(5, field="x" * 300),
        row(6),
    )
    report = load(tmp_path, text)
    by_line = {problem.line: problem.words for problem in report.problems if problem.is_refused}
    starts = [number for number, line in enumerate(text.splitlines(), 1) if "Bước 1: Nộp" in line]
    assert codes() == {"1.000001", "1.000006"}
    assert sorted(by_line) == [starts[n] for n in (1, 2, 3, 4, 5)]
    assert "Thiếu mã" in by_line[starts[1]]
    assert "Thiếu tên" in by_line[starts[2]]
    assert "không đúng dạng" in by_line[starts[3]]
    assert by_line[starts[4]] == f"Mã 1.000001 đã có ở dòng {starts[0]}. Giữ dòng ấy."
    assert Procedure.objects.get(code="1.000001").name == "Thủ tục mẫu số 1", "the first of two stays"
    assert report.refused == 5


def test_a_quote_that_is_never_closed_swallows_only_its_own_row(tmp_path: Path) -> None:
    before, broken, after = text_of(row(1)), '1.000002,"Tên không đóng,Hộ tịch\n', text_of(*rows(9)[2:])
    text = before + broken + after.partition("\n")[2]
    report = load(tmp_path, text)
    line = before.count("\n") + 1
    assert kept_out(report) == [(line, "1.000002")]
    assert codes() == {f"1.{number:06d}" for number in (1, 3, 4, 5, 6, 7, 8, 9)}


def test_glued_cells_are_named_by_their_line(tmp_path: Path) -> None:
    report = load(
        tmp_path,
        "code,name,field\n1.000001,Một,Hộ tịch\n1.000002,Hai Hộ tịch\n1.000003,Ba,Hộ tịch,thừa\n1.000004,Bốn,\n",
    )
    assert [(problem.line, problem.words) for problem in report.problems if problem.is_refused] == [
        (3, "Dòng có 2 ô, tệp có 3 cột."), (4, "Dòng có 4 ô, tệp có 3 cột."),
    ]  # fmt: skip
    assert codes() == {"1.000001", "1.000004"}
    assert Procedure.objects.get(code="1.000004").field.name == "Chưa ghi lĩnh vực"


def test_a_row_of_another_encoding_is_named_and_a_null_byte_is_dropped(tmp_path: Path) -> None:
    text = b"code,name\n1.000001,M\xf4\n1.000002,Hai\x00 ba\n"
    report = load(tmp_path, text)
    assert kept_out(report) == [(2, "1.000001")]
    assert Procedure.objects.get().name == "Hai ba"
    assert Procedure.objects.get().source["name"] == "Hai ba"


def test_after_a_damaged_line_nothing_is_closed_for_missing(tmp_path: Path) -> None:
    load(tmp_path, text_of(*rows(30)))
    report = load(tmp_path, text_of(*rows(28)) + '1.000029,"đứt ở đây')
    assert len(codes()) == 30
    assert report.closed == 0
    assert "không đóng 1 thủ tục vắng mặt" in report.notes[0]


def test_a_file_that_broke_off_is_refused_unless_closing_is_meant(tmp_path: Path) -> None:
    load(tmp_path, text_of(*rows(30)))
    with pytest.raises(CatalogueRefusedError, match="thiếu 11 trong 30"):
        load(tmp_path, text_of(*rows(19)))
    assert len(codes()) == 30
    assert load(tmp_path, text_of(*rows(20))).closed == 10, "a third may go"
    assert load(tmp_path, text_of(*rows(2)), allow_closing=True).closed == 18


def test_a_part_of_the_catalogue_closes_nothing(tmp_path: Path) -> None:
    load(tmp_path, text_of(*rows(30)))
    assert load(tmp_path, text_of(row(40)), partial=True).closed == 0
    assert len(codes()) == 31


def test_html_in_names_stays_text(tmp_path: Path) -> None:
    name = 'Cấp <script>alert(1)</script> giấy & "phép"'
    report = load(tmp_path, text_of(row(1, name=name)))
    assert Procedure.objects.get().name == name
    assert any("thẻ HTML" in problem.words for problem in report.problems)


def test_problems_are_bounded_and_what_stayed_out_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.actions.catalogue.PROBLEMS_KEPT", 4)
    lines = [row(number, time_limit="Trực tiếp: 3 (đơn vị không ghi)") for number in range(1, 9)]
    report = load(tmp_path, text_of(*lines, row(1), row(2)))
    assert report.problem_count == 10
    assert [problem.is_refused for problem in report.problems] == [True, True, False, False]
    run = CatalogueRun.objects.get()
    assert (run.problem_count, len(run.problems), run.problems[0]["is_refused"]) == (10, 4, True)


def test_a_bomb_is_not_unpacked_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.importing.lines.MOST_BYTES", 100_000)
    bomb = gzip.compress(text_of(row(1)).encode() + b"\n" * 10_000_000)
    with pytest.raises(CatalogueRefusedError, match="quá lớn"):
        load(tmp_path, bomb)


def test_columns_the_file_does_not_have_keep_what_an_earlier_one_said(tmp_path: Path) -> None:
    load(tmp_path, text_of(row(1)))
    report = load(tmp_path, "code,name,fee\n1.000001,Thủ tục mẫu số 1,Trực tiếp: Miễn phí\n")
    procedure = Procedure.objects.get()
    assert report.changed == 1
    assert procedure.result == "Giấy chứng nhận kết hôn"
    assert set(procedure.source) == set(COLUMNS)
    assert procedure.fees == [{"words": "Miễn phí", "kind": "FREE", "channel": "DIRECT", "amount": None}]
