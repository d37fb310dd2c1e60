"""The week as Excel and Word: what citizens may see, printed as offices print, read back in as the same entries."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.schedule import make_entry, publish
from tests.factories.schedule_files import MONDAY
from tests.factories.schedule_imports import office_of
from tests.factories.visits import visit
from units.actions.schedule import cancel_entry
from units.actions.schedule_import import keep_import, load_import
from units.enums import Role
from units.enums.schedule import DaySession, Visibility
from units.models import ScheduleEntry, Unit
from units.schedule.importing import read_schedule_file

pytestmark = pytest.mark.anywhere

PATH = "/lich-cong-tac/2026/W48/lich-tuan."
INTERNAL = "/quan-tri/units/scheduleimport/tuan/2026/W48/lich."
KINDS = pytest.mark.parametrize("kind", ["xlsx", "docx"])


def _words(content: bytes) -> str:
    """Every word of the file, of any part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml")]
    return html.unescape(re.sub(r"<[^>]+>", "\n", "\n".join(parts)))


def _client(house: House, role: Role = Role.EDITOR) -> Client:
    client = Client(headers={"host": house.host})
    client.force_login(house.people[role])
    return client


def _internal(house: House, kind: str, role: Role = Role.EDITOR) -> Any:
    return _client(house, role).get(f"{INTERNAL}{kind}")


def _fill(house: House) -> None:
    """A week with everything an entry may hold."""
    office = office_of(house)
    with unit_scope(house.unit):
        guest = Unit.objects.current().exclude(pk=house.unit.pk).order_by("pk").first()
    assert guest is not None
    wednesday = MONDAY + timedelta(days=2)
    rows: list[dict[str, Any]] = [
        {"title": "Họp giao ban", "content": "Rà soát tháng 11\nPhân công tháng 12", "chair": office.head, "room": office.room,
         "starts_at": time(8), "ends_at": time(10, 30), "persons": [office.second, office.third],
         "divisions": [office.economy], "invited_units": [guest], "attendees_text": "Đại diện tổ dân phố 4",
         "preparing": office.bureau, "notes": ""},
        {"title": "Tập huấn", "starts_at": None, "session": DaySession.ALL_DAY, "chair_text": "Sở Nội vụ", "content": "",
         "place": "Hội trường Thành phố", "preparing_text": "Tổ giúp việc", "notes": ""},
        {"title": "Kiểm tra đê", "starts_at": None, "session": DaySession.AFTERNOON, "content": "", "chair": office.third, "notes": ""},
        {"title": "Gặp mặt cuối ngày", "starts_at": time(19, 15), "content": "", "day": wednesday, "notes": ""},
        {"title": "=1+2 là đầu đề", "starts_at": time(7, 45), "content": "", "day": wednesday + timedelta(days=3), "notes": ""},
    ]  # fmt: skip
    for row in rows:
        make_entry(house, **row)
    make_entry(
        house, title="Họp kín", starts_at=time(15), content="", chair=office.head, visibility=Visibility.INTERNAL,
        vehicle="Xe số 1", notes="Không mời báo chí", day=wednesday,
    )  # fmt: skip


def _facts(house: House) -> list[tuple[Any, ...]]:
    """Everything of every entry that a file can carry."""
    with unit_scope(house.unit):
        return [
            (
                row.day, row.session, row.starts_at, row.ends_at, row.title, row.content, row.chair_id, row.chair_text,
                row.room_id, row.place, row.preparing_id, row.preparing_text, row.attendees_text, row.vehicle, row.notes,
                row.visibility, {one.pk for one in row.persons.all()}, {one.pk for one in row.divisions.all()},
                {one.pk for one in row.invited_units.all()},
            )
            for row in ScheduleEntry.objects.with_people().order_by("day", "session", "starts_at", "title")
        ]  # fmt: skip


def _take_in(house: House, content: bytes) -> None:
    with unit_scope(house.unit):
        read = read_schedule_file(io.BytesIO(content), size=len(content), monday=MONDAY)
        row = keep_import(
            file_name="x", read=read.lines, left_out=[], monday=MONDAY, visibility="PUBLIC", proposing=None,
            actor=house.people[Role.EDITOR],
        )  # fmt: skip
        load_import(row=row, actor=house.people[Role.EDITOR])


# --- there and back ---------------------------------------------------------------------------------------------------


@KINDS
def test_the_internal_file_comes_back_as_the_same_entries(cast: Cast, kind: str) -> None:
    _fill(cast.a)
    before = _facts(cast.a)
    content = _internal(cast.a, kind).content
    with unit_scope(cast.a.unit):
        ScheduleEntry.objects.all().delete()

    _take_in(cast.a, content)

    assert _facts(cast.a) == before
    assert len(before) == 6


@KINDS
def test_the_public_file_comes_back_as_the_public_entries(cast: Cast, kind: str) -> None:
    _fill(cast.a)
    publish(cast.a)
    before = [row for row in _facts(cast.a) if row[15] == Visibility.PUBLIC]
    content = visit(cast.a.host, PATH + kind).content
    with unit_scope(cast.a.unit):
        ScheduleEntry.objects.all().delete()

    _take_in(cast.a, content)

    assert _facts(cast.a) == before


@KINDS
def test_taken_in_where_it_came_from_it_changes_nothing(cast: Cast, kind: str) -> None:
    _fill(cast.a)
    content = _internal(cast.a, kind).content
    with unit_scope(cast.a.unit):
        read = read_schedule_file(io.BytesIO(content), size=len(content), monday=MONDAY)
        row = keep_import(
            file_name="x", read=read.lines, left_out=[], monday=MONDAY, visibility="PUBLIC", proposing=None,
            actor=cast.a.people[Role.EDITOR],
        )  # fmt: skip

    assert all(line["skip"] and line["same"] for line in row.lines["lines"])


@KINDS
def test_what_was_put_off_is_not_taken_in_by_itself(cast: Cast, kind: str) -> None:
    _fill(cast.a)
    publish(cast.a)
    with unit_scope(cast.a.unit):
        entry = ScheduleEntry.objects.get(title="Kiểm tra đê")
        cancel_entry(entry=entry, actor=cast.a.people[Role.APPROVER], reason="Mưa lớn")
    content = visit(cast.a.host, PATH + kind).content

    assert "Hoãn" in _words(content)
    assert "Mưa lớn" in _words(content)
    with unit_scope(cast.a.unit):
        read = read_schedule_file(io.BytesIO(content), size=len(content), monday=MONDAY)
    assert [line.title for line in read.lines if line.is_cancelled] == ["Kiểm tra đê"]


# --- what stands in them ----------------------------------------------------------------------------------------------


@KINDS
def test_citizens_get_public_lines_only_under_a_name_with_the_week(cast: Cast, kind: str) -> None:
    _fill(cast.a)
    publish(cast.a)

    answer = visit(cast.a.host, PATH + kind)

    assert answer.headers["Content-Disposition"] == f'attachment; filename="lich-cong-tac-2026-W48.{kind}"'
    text = _words(answer.content)
    for secret in ("Họp kín", "Xe số 1", "Không mời báo chí", "Nội bộ", "Phạm vi"):
        assert secret not in text
    assert "Chủ tịch Nguyễn Văn An" in text
    assert "LỊCH CÔNG TÁC TUẦN 48" in text


@KINDS
def test_nothing_unpublished_and_nothing_of_the_other_unit(cast: Cast, kind: str) -> None:
    make_entry(cast.a, title="Chưa công bố")
    make_entry(cast.b)
    publish(cast.b)

    text = _words(visit(cast.a.host, PATH + kind).content)

    assert "Chưa công bố việc nào trong tuần này." in text
    assert cast.b.word not in text
    assert cast.b.marker not in text
    assert cast.b.word in _words(visit(cast.b.host, PATH + kind).content)


@KINDS
def test_the_offices_file_has_internal_lines_marked(cast: Cast, kind: str) -> None:
    _fill(cast.a)

    answer = _internal(cast.a, kind)

    assert answer.headers["Content-Disposition"] == f'attachment; filename="noi-bo-lich-cong-tac-2026-W48.{kind}"'
    text = _words(answer.content)
    for part in ("Họp kín", "Xe số 1", "Không mời báo chí", "Nội bộ"):
        assert part in text


@KINDS
def test_the_offices_file_is_behind_the_door(cast: Cast, kind: str) -> None:
    make_entry(cast.b)

    assert cast.b.word not in _words(_internal(cast.a, kind).content)
    assert Client(headers={"host": cast.b.host}).get(f"{INTERNAL}{kind}").status_code == 302
    assert _internal(cast.b, kind, Role.AUTHOR).status_code == 403
    assert _client(cast.b).get(f"{INTERNAL}{kind}".replace("W48", "W54")).status_code == 404


def test_excel_runs_no_text_and_prints_across_with_merged_days(cast: Cast) -> None:
    _fill(cast.a)
    publish(cast.a)

    sheet = load_workbook(io.BytesIO(visit(cast.a.host, PATH + "xlsx").content)).active

    assert sheet is not None
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == "=1+2 là đầu đề")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$5:$5"
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value} == {"Times New Roman"}
    assert any(
        merged.min_col == merged.max_col == 1 and merged.size["rows"] > 1 for merged in sheet.merged_cells.ranges
    )


def test_word_is_across_with_a_head_on_each_page(cast: Cast) -> None:
    _fill(cast.a)
    publish(cast.a)

    document = Document(io.BytesIO(visit(cast.a.host, PATH + "docx").content))

    section, table = document.sections[0], document.tables[0]
    assert section.page_width
    assert section.page_height
    assert section.page_width > section.page_height
    assert "tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in table.rows[0].cells][:4] == ["Thứ, ngày", "Buổi", "Giờ", "Nội dung"]
    assert table.cell(1, 0).text == "Thứ Hai\n23/11/2026"


@KINDS
@pytest.mark.parametrize("week", ["2026/W54", "2025/W53", "2026/W00"])
def test_weeks_that_do_not_exist(cast: Cast, kind: str, week: str) -> None:
    assert visit(cast.a.host, f"/lich-cong-tac/{week}/lich-tuan.{kind}").status_code == 404


@KINDS
def test_the_same_number_of_questions_at_one_line_and_at_three(
    cast: Cast, kind: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        make_entry(cast.a, title=f"Việc {number}", starts_at=time(8 + number), day=date(2026, 11, 23 + number))
    publish(cast.a)
    with django_assert_max_num_queries(14):
        visit(cast.a.host, PATH + kind)
