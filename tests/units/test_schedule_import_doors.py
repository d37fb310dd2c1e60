"""A week from an office's file: what is refused, who may, samples to fill in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule_imports import import_of, office_of
from tests.units.schedule_import_steps import (
    LIST,
    client_of,
    entries_of,
    fields_of,
    layout,
    open_preview,
    row_of,
    send,
)
from units.enums import Role
from units.enums.schedule import Visibility
from units.models import ScheduleImport, ScheduleWeek

pytestmark = pytest.mark.anywhere

# --- files that are refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "kiểu cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"PK\x03\x04", "bị hỏng"), (b"", "rỗng"), (b"%PDF-1.4 nothing", "PDF"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_leaves_nothing_behind(cast: Cast, content: bytes, words: str) -> None:
    page = send(client_of(cast.a), content, "lich.xlsx")

    assert page.status_code == 200
    assert words in page.content.decode()
    with unit_scope(cast.a.unit):
        assert not ScheduleImport.objects.exists()
        assert not ScheduleWeek.objects.exists()


def test_a_file_of_another_week_sets_the_right_week(cast: Cast) -> None:
    page = send(client_of(cast.a), layout("merged.docx"), week="2026-W50")

    assert "không thuộc tuần đã chọn" in page.content.decode()
    assert page.context["form"]["week"].value() == "2026-W48"
    with unit_scope(cast.a.unit):
        assert not ScheduleImport.objects.exists()


def test_several_sheets_are_offered(cast: Cast) -> None:
    client = client_of(cast.a)
    page = send(client, layout("sheets.xlsx"), "lich.xlsx", week="2026-W51")

    assert "Tuần 47" in page.content.decode()
    assert send(client, layout("sheets.xlsx"), "lich.xlsx", sheet="Tuần 48").status_code == 302


@pytest.mark.parametrize("week", ["2026-W54", "", "x", "2026-W60", "9999-W01"])
def test_junk_weeks_are_refused(cast: Cast, week: str) -> None:
    assert send(client_of(cast.a), layout("merged.docx"), week=week).status_code == 200


# --- who may ----------------------------------------------------------------------------------------------------------


def test_the_other_units_preview_is_not_there(cast: Cast) -> None:
    row = import_of(cast.b)
    client = client_of(cast.a)

    assert open_preview(client, row).status_code == 404
    assert client.post(f"{LIST}{row.pk}/change/", {"nap": "1"}).status_code == 404
    assert cast.b.marker not in client.get(LIST).content.decode()


def test_the_other_units_people_and_rooms_can_not_be_chosen(cast: Cast) -> None:
    theirs = office_of(cast.b)
    row = import_of(cast.a)
    client = client_of(cast.a)
    sent = fields_of(open_preview(client, row, "?mo=2"))

    for name, value in (
        ("2-chair_id", theirs.head.pk),
        ("2-room_id", theirs.room.pk),
        ("2-preparing_id", theirs.economy.pk),
    ):
        page = client.post(f"{LIST}{row.pk}/change/", {**sent, name: str(value), "mo": "2", "nap": "1"})
        assert page.status_code == 200
    assert entries_of(cast.a) == []


def test_a_writer_sees_their_own_previews_only(cast: Cast) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a, Role.AUTHOR)

    assert open_preview(client, row).status_code == 404
    assert row.file_name not in client.get(LIST).content.decode()


def test_a_closed_unit_takes_nothing_new(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        type(cast.a.unit).objects.filter(pk=cast.a.unit.pk).update(valid_to=date(2026, 11, 1))

    assert send(client_of(cast.a), layout("merged.docx")).status_code in {403, 404}


def test_junk_addresses_and_fields(cast: Cast) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a)

    assert open_preview(client, row, "?mo=99999999999999999999&mo=x").status_code == 200
    assert client.get(f"{LIST}99999999999999999999/change/").status_code == 404
    assert client.post(f"{LIST}{row.pk}/change/", {"sua": "x", "1-day": "2099-01-01", "mo": "1"}).status_code == 200


# --- samples ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_sample_has_the_weeks_days_and_is_empty_when_read_back(cast: Cast, kind: str) -> None:
    client = client_of(cast.a)

    answer = client.get(f"{LIST}mau.{kind}?tuan=2026-W48")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="mau-lich-2026-W48.{kind}"'
    page = send(client, answer.content, f"mau.{kind}")
    assert "chưa ghi việc nào" in page.content.decode()


def test_a_filled_sample_is_read_whole(cast: Cast) -> None:
    office = office_of(cast.a)
    client = client_of(cast.a)
    book = load_workbook(io.BytesIO(client.get(f"{LIST}mau.xlsx?tuan=2026-W48").content))
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[5]]
    for name, value in {
        "Giờ": "8h00",
        "Nội dung": "Họp giao ban",
        "Chủ trì": "CT",
        "Địa điểm": "Phòng họp số 1",
    }.items():
        sheet.cell(8, heads.index(name) + 1, value)
    stream = io.BytesIO()
    book.save(stream)

    send(client, stream.getvalue(), "mau.xlsx")

    lines = row_of(cast.a).lines["lines"]
    assert [(one["day"], one["starts"], one["title"], one["chair_id"]) for one in lines] == [
        ("2026-11-23", "8:00", "Họp giao ban", office.head.pk)
    ]


def test_the_screen_asks_the_database_the_same_at_one_line_and_at_many(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a)
    with django_assert_max_num_queries(30):
        open_preview(client, row)


def test_visibility_of_the_whole_file_is_kept(cast: Cast) -> None:
    office_of(cast.a)
    client = client_of(cast.a)
    where = send(client, layout("list.docx"), visibility="INTERNAL").headers["Location"]
    client.post(where, {**fields_of(client.get(where)), "nap": "1"})
    assert {one.visibility for one in entries_of(cast.a)} == {Visibility.INTERNAL}
