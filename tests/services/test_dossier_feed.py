"""What the published feed may contain: other people's files are believed line by line, and never about persons."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import time_machine

from services.dossiers import Reading, SourceError, source_choices, source_named
from services.dossiers.published import PublishedCsv, PublishedJson
from services.enums import DossierStatus
from services.models import Dossier
from services.rules.dossiers import day_of, dossier_key, is_number, is_person, status_of, without_persons
from tests.factories.cast import NOW
from tests.factories.dossiers import feed_bytes, line, parse


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=True):
        yield


def problems(reading: Reading) -> dict[int, str]:
    return {problem.line: problem.words for problem in reading.problems}


# --- numbers, days, words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["H57.36-261116-0042", "h57 36 261116 0042", "H5736/261116/0042", "  h57.36–261116–0042  ", "H57.36.261116.0042"],
)
def test_any_spelling_of_a_number_is_one_key(typed: str) -> None:
    assert dossier_key(typed) == "H57362611160042"


@pytest.mark.parametrize("number", ["", "H57", "ABCDEFGH", "0905123456", "046090001234", "-" * 20])
def test_what_is_no_dossiers_number(number: str) -> None:
    assert not is_number(number)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("22/11/2026", date(2026, 11, 22)), ("2/1/2026", date(2026, 1, 2)), ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T08:30:00+07:00", date(2026, 11, 22)), ("22/11/2026 08:30", date(2026, 11, 22)),
        ("08:30 22/11/2026", date(2026, 11, 22)), ("22-11-2026", date(2026, 11, 22)), ("22.11.2026", date(2026, 11, 22)),
        ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_days(cell: str, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "2026-13-01", "22/11/26", "11/22/2026", "hôm qua", "46348", "22/11/2026 – 23/11/2026", "1/1/0001"],
)
def test_days_that_are_never_guessed(cell: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, nothing is read
        day_of(cell)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Đang xử lý", "PROCESSING"), ("ĐANG GIẢI QUYẾT", "PROCESSING"), ("dang xu ly", "PROCESSING"), ("Mới tiếp nhận", "RECEIVED"),
        ("Chờ bổ sung", "SUPPLEMENT"), ("Đã có kết quả", "DONE"), ("Đã trả kết quả.", "RETURNED"), ("Từ chối", "REFUSED"),
        ("Đã rút", "WITHDRAWN"), ("RETURNED", "RETURNED"), ("Chuyển Sở ký số", "OTHER"), ("", "OTHER"),
    ],
)  # fmt: skip
def test_words_of_a_status(words: str, status: str) -> None:
    assert status_of(words) == DossierStatus(status)


@pytest.mark.parametrize("cell", ["Nguyễn Thị Mẫu", "TRẦN VĂN THỬ", "Bà Lê Thị Ví Dụ", "Hoàng Mẫu", "Tran Van Thu"])
def test_cells_that_are_persons(cell: str) -> None:
    assert is_person(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "Phòng Kinh tế",
        "Sở Tư pháp",
        "Bộ phận Một cửa",
        "Phường Lê Lợi",
        "UBND xã Phan Bội Châu",
        "Lý lịch tư pháp",
        "Hộ tịch",
        "",
    ],
)
def test_cells_that_are_offices(cell: str) -> None:
    assert not is_person(cell)


def test_free_words_that_speak_of_a_person_are_left_out() -> None:
    assert without_persons("Đã trả cho ông Nguyễn Văn Thử") == ""
    assert without_persons("Chuyển bà Hạnh ký") == ""
    assert without_persons("Chờ Phòng Kinh tế thẩm định") == "Chờ Phòng Kinh tế thẩm định"


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_line_is_read_with_all_its_columns() -> None:
    reading = parse(line("H57.36-261116-0042", code="1.001193"))
    assert reading.problems == []
    (row,) = reading.rows
    assert (row.number, row.status, row.status_words) == ("H57.36-261116-0042", DossierStatus.PROCESSING, "Đang xử lý")
    assert (row.received_on, row.due_on, row.finished_on) == (date(2026, 11, 16), date(2026, 11, 26), None)
    assert (row.office, row.field_name, row.procedure_code) == ("Bộ phận Một cửa", "Hộ tịch", "1.001193")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_marks_and_encodings(delimiter: str) -> None:
    body = feed_bytes(line("H57-000001"), delimiter=delimiter)
    for encoded in (body, b"\xef\xbb\xbf" + body, body.decode().encode("utf-16")):
        assert [row.number for row in PublishedCsv().parse(encoded).rows] == ["H57-000001"]


def test_english_headings_and_json_say_the_same() -> None:
    item = {
        "dossierNumber": "H57-000001", "received": "2026-11-16", "due": "2026-11-26", "finished": None,
        "status": "PROCESSING", "office": "Bộ phận Một cửa", "field": "Hộ tịch", "procedure_code": "1.001193",
    }  # fmt: skip
    for data in ([item], {"data": [item]}, {"rows": [item], "total": 1}):
        (row,) = PublishedJson().parse(json.dumps(data).encode()).rows
        assert (row.number, row.received_on, row.office) == ("H57-000001", date(2026, 11, 16), "Bộ phận Một cửa")


def test_columns_of_persons_are_refused_and_named() -> None:
    headings = ["Họ và tên", "Số hồ sơ", "Ngày nhận", "Tình trạng", "Số điện thoại", "CCCD", "Ghi chú", "Tên thủ tục"]
    reading = parse(
        [
            "Nguyễn Thị Mẫu",
            "H57-000001",
            "16/11/2026",
            "Đang xử lý",
            "0905123456",
            "046090001234",
            "zz-secret",
            "Khai sinh",
        ],
        headings=headings,
    )
    assert len(reading.rows) == 1
    assert "Mẫu" not in repr(reading)
    assert "0905123456" not in repr(reading)
    assert "zz-secret" not in repr(reading)
    named = [problem.words for problem in reading.problems]
    assert len(named) == 3
    assert all(word in " ".join(named) for word in ("“Họ và tên”", "“Số điện thoại”", "“CCCD”"))


def test_a_person_in_a_cell_of_another_column_is_not_kept() -> None:
    reading = parse(
        line("H57-000001", office="Trần Thị Thử"),
        line("H57-000002", status="Đã chuyển ông Nguyễn Văn Thử"),
        line("H57-000003", field="Lê Văn Mẫu"),
    )
    assert [(row.office, row.status_words, row.field_name) for row in reading.rows] == [
        ("", "Đang xử lý", "Hộ tịch"), ("Bộ phận Một cửa", "", "Hộ tịch"), ("Bộ phận Một cửa", "Đang xử lý", "")
    ]  # fmt: skip
    assert sorted(problems(reading)) == [2, 3, 4]


def test_there_is_no_column_for_a_person_to_be_stored_in() -> None:
    names = {field.name for field in Dossier._meta.get_fields()}
    assert names == {
        "id", "unit", "feed", "number", "key", "status", "status_words", "office", "procedure_code", "field_name",
        "received_on", "due_on", "finished_on", "seen_at",
    }  # fmt: skip


def test_wrong_lines_are_named_and_the_right_ones_read() -> None:
    reading = parse(
        line("H57-000001"),
        line("046090001234"),
        line("H57-000003", received="31/02/2026"),
        line("H57-000004", received=""),
        line("H57-000005", due="01/11/2026"),
        line("H57-000006", finished="01/11/2026", status="Đã xong"),
        line("H57-000007", received="22/12/2026"),
        line("h57 000001"),
        line("H57-000009", status="Đã trả kết quả"),
    )
    assert [row.number for row in reading.rows] == ["H57-000001", "H57-000009"]
    found = problems(reading)
    assert sorted(found) == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "căn cước" in found[3]
    assert "“31/02/2026” không phải ngày" in found[4]
    assert "Thiếu ngày nhận" in found[5]
    assert "lặp lại dòng 2" in found[9]
    assert "thiếu ngày có kết quả" in found[10]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "trống"), (b"  \n ", "trống"), (b"<!doctype html><p>x", "trang web"), (b"\xff\xfe\x00", "UTF-8"), (b"\x80abc", "UTF-8"),
        (b"a,b\n1,2\n", "Số hồ sơ"), (b"So ho so,Ngay nhan,Tinh trang\nH57-000001,\"16/11/2026\"x,y\n", "Dòng 2"),
        (b",,,\n,,\n", "cột"), (b"So ho so\n", "cột"),
        (b"So ho so,Ngay nhan,Tinh trang\n\"" + b"x" * 200_000 + b"\",1,2\n", "CSV"),
    ],
)  # fmt: skip
def test_broken_csv_says_why(body: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        PublishedCsv().parse(body)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[1,2",
        b"[" * 100_000,
        b'{"a": 1}',
        b'"x"',
        b"[1]",
        b"[[]]",
        b'[{"number": 1}]',
        b"[" + b"9" * 5_000 + b"]",
        b"nope",
    ],
)
def test_broken_json_says_why(body: bytes) -> None:
    with pytest.raises(SourceError):
        PublishedJson().parse(body)


def test_an_empty_list_is_a_feed_without_dossiers() -> None:
    assert PublishedJson().parse(b"[]").rows == []
    assert parse().rows == []


def test_formulas_markup_and_long_cells_are_words_and_bounded() -> None:
    reading = parse(line("H57-000001", office="<b>=1+1</b>" + "x" * 5_000, code="../../etc"))
    (row,) = reading.rows
    assert row.office.startswith("<b>=1+1</b>")
    assert len(row.office) == 200
    assert row.procedure_code == ""


def test_many_problems_are_counted_and_the_first_kept() -> None:
    reading = parse(*(line(f"H57-{number:06d}", received="x") for number in range(200)))
    assert (reading.problem_count, len(reading.problems)) == (200, 50)


def test_of_more_than_a_hundred_thousand_rows_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.dossiers.published.MOST_ROWS", 100)
    reading = parse(*(line(f"H57-{number:06d}") for number in range(130)))
    assert len(reading.rows) == 100
    assert "100.000" in problems(reading)[102]


# --- the register of sources ------------------------------------------------------------------------------------------


class ProvinceSystem:
    """What a province may add."""

    label = "Hệ thống một cửa của tỉnh"

    def read(self, url: str, *, known_digest: str = "") -> Reading:
        return Reading()


def test_a_province_can_add_its_own_system(settings: Any) -> None:
    settings.DOSSIER_SOURCES = {**settings.DOSSIER_SOURCES, "HUE": f"{__name__}.ProvinceSystem"}
    import sys

    sys.modules.setdefault(__name__, sys.modules[ProvinceSystem.__module__])
    assert ("HUE", "Hệ thống một cửa của tỉnh") in source_choices()
    assert source_named("HUE").read("x").rows == []


def test_a_source_that_was_taken_out_says_so() -> None:
    with pytest.raises(SourceError, match="không còn trên máy chủ"):
        source_named("KHAC")
