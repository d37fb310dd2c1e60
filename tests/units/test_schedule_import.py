"""A week from an office's file: looked at, corrected, taken over whole and once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.schedule import make_entry
from tests.factories.schedule_files import MONDAY
from tests.factories.schedule_imports import import_of, office_of
from tests.units.schedule_import_steps import (
    LIST,
    client_of,
    entries_of,
    fields_of,
    layout,
    line_of,
    open_preview,
    row_of,
    send,
)
from units.actions.schedule_import import (
    ImportGone,
    LinesRefused,
    NowStanding,
    correct_import,
    forget_previews,
    load_import,
)
from units.enums import Role
from units.enums.schedule import EntryStage, ImportStatus
from units.models import Appointment, ScheduleImport

# --- the way of a file ------------------------------------------------------------------------------------------------


def test_a_file_is_shown_first_and_writes_nothing(cast: Cast) -> None:
    office = office_of(cast.a)
    client = client_of(cast.a)

    page = client.get(send(client, layout("merged.docx")).headers["Location"])

    text = page.content.decode()
    assert "Họp giao ban Ủy ban nhân dân" in text
    assert entries_of(cast.a) == []
    lines = row_of(cast.a).lines["lines"]
    assert [one["chair_id"] for one in lines] == [
        office.head.pk,
        office.head.pk,
        office.second.pk,
        office.third.pk,
        office.head.pk,
        None,
    ]
    assert lines[1]["room_id"] == office.room.pk
    assert lines[1]["division_ids"] == [office.economy.pk, office.bureau.pk]


def test_what_is_doubtful_says_so_in_words_and_is_a_field(cast: Cast) -> None:
    row = import_of(cast.a, "leaders.docx")

    page = open_preview(client_of(cast.a), row)

    text = page.content.decode()
    assert "Cần xem lại." in text
    assert "Máy tách địa điểm từ câu" in text
    fields = fields_of(page)
    assert fields["3-place"] == "Phòng họp số 2"
    assert "3-title" not in fields
    assert "1-place" not in fields  # a room that is known


def test_the_office_takes_it_into_the_week_once(cast: Cast) -> None:
    office = office_of(cast.a)
    row = import_of(cast.a)
    client = client_of(cast.a)
    sent = {**fields_of(open_preview(client, row)), "nap": "1"}

    first = client.post(f"{LIST}{row.pk}/change/", sent)
    again = client.post(f"{LIST}{row.pk}/change/", sent, follow=True)

    assert first.headers["Location"].startswith("/quan-tri/")
    assert "đã được đưa vào lịch" in again.content.decode()
    entries = entries_of(cast.a)
    assert len(entries) == 6
    assert {one.stage for one in entries} == {EntryStage.ACCEPTED}
    second = entries[1]
    assert (second.day, second.starts_at, second.ends_at) == (MONDAY, time(8), time(10, 30))
    assert (second.chair, second.room, second.content) == (office.head, office.room, "Rà soát nhiệm vụ tháng 11")
    assert [one.name for one in second.divisions.all()] == ["Phòng Kinh tế", "Văn phòng"]
    assert [one.pk for one in second.persons.all()] == [office.second.pk, office.third.pk]
    assert second.attendees_text == ""
    assert all(one.published_at is None for one in entries)
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.filter(verb="schedule.import-load").count() == 1
    assert row_of(cast.a).status == ImportStatus.LOADED


def test_a_departments_writer_proposes(cast: Cast) -> None:
    office = office_of(cast.a)
    client = client_of(cast.a, Role.AUTHOR)
    where = send(client, layout("list.docx"), proposing=str(office.economy.pk)).headers["Location"]

    client.post(where, {**fields_of(client.get(where)), "nap": "1"})

    entries = entries_of(cast.a)
    assert len(entries) == 4
    assert {one.stage for one in entries} == {EntryStage.PROPOSED}
    assert {one.proposing_id for one in entries} == {office.economy.pk}
    assert {one.proposed_by for one in entries} == {cast.a.people[Role.AUTHOR]}


def test_a_line_can_be_left_out_and_a_doubtful_one_mended(cast: Cast) -> None:
    office = office_of(cast.a)
    row = import_of(cast.a, "days.docx")
    with unit_scope(cast.a.unit):
        lines = row.lines["lines"]
        lines[0] |= {
            "chair_id": None,
            "chair": "Đ/c An",
            "doubts": {"chair": "Chọn người."},
            "read": {**lines[0]["read"], "chair": "Đ/c An"},
        }
        correct_import(row=row, lines=lines)
    client = client_of(cast.a)
    sent = fields_of(open_preview(client, row))
    assert "1-chair_id" in sent
    del sent["2-use"]

    client.post(f"{LIST}{row.pk}/change/", {**sent, "1-chair_id": str(office.third.pk), "luu": "1"})

    kept = row_of(cast.a)
    assert line_of(kept, 1)["chair_id"] == office.third.pk
    assert "chair" not in line_of(kept, 1)["doubts"]
    assert line_of(kept, 2)["skip"] is True
    client.post(f"{LIST}{row.pk}/change/", {**fields_of(open_preview(client, row)), "nap": "1"})
    assert [one.title for one in entries_of(cast.a)] == [
        "Họp Ban Chỉ đạo cải cách hành chính",
        "Thăm Trường Tiểu học An Hòa",
    ]


def test_words_may_stay_words(cast: Cast) -> None:
    office_of(cast.a)
    row = import_of(cast.a, "days.docx")
    with unit_scope(cast.a.unit):
        lines = row.lines["lines"]
        lines[0] |= {"doubts": {"chair": "Chọn người."}, "read": {**lines[0]["read"], "chair": "Đ/c Nguyễn Văn An"}}
        correct_import(row=row, lines=lines)
    client = client_of(cast.a)

    client.post(f"{LIST}{row.pk}/change/", {**fields_of(open_preview(client, row)), "1-chair_id": "", "luu": "1"})

    assert (line_of(row_of(cast.a), 1)["chair_id"], line_of(row_of(cast.a), 1)["chair"]) == (None, "Đ/c Nguyễn Văn An")


def test_any_line_opens_for_correction_and_keeps_what_was_typed_elsewhere(cast: Cast) -> None:
    office = office_of(cast.a)
    row = import_of(cast.a)
    client = client_of(cast.a)
    sent = fields_of(open_preview(client, row))
    del sent["3-use"]

    opened = client.post(f"{LIST}{row.pk}/change/", {**sent, "sua": "2"})

    assert opened.headers["Location"].endswith("?mo=2#viec-2")
    assert line_of(row_of(cast.a), 3)["skip"] is True
    page = open_preview(client, row, "?mo=2")
    sent = fields_of(page)
    typed = {"2-starts": "9 giờ 15", "2-ends": "", "2-title": "Họp bàn  giao", "2-day": "2026-11-26", "2-room_id": "",
             "2-place": "Sân trước", "2-attendees": "PCT Trần Thị Bình; Công an phường", "2-visibility": "INTERNAL",
             "2-notes": "Mang sổ", "mo": "2", "luu": "1"}  # fmt: skip
    client.post(f"{LIST}{row.pk}/change/", {**sent, **typed})

    line = line_of(row_of(cast.a), 2)
    assert (line["starts"], line["ends"], line["title"], line["day"]) == ("9:15", "", "Họp bàn giao", "2026-11-26")
    assert (line["room_id"], line["place"], line["visibility"]) == (None, "Sân trước", "INTERNAL")
    assert (line["person_ids"], line["division_ids"], line["attendees"]) == ([office.second.pk], [], "Công an phường")


def test_a_time_that_no_clock_shows_is_kept_in_the_field_with_a_sentence(cast: Cast) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a)
    sent = fields_of(open_preview(client, row, "?mo=2"))

    page = client.post(f"{LIST}{row.pk}/change/", {**sent, "2-starts": "25h", "mo": "2", "nap": "1"})

    text = page.content.decode()
    assert "Ghi giờ theo 24 giờ" in text
    assert 'value="25h"' in text
    assert entries_of(cast.a) == []


def test_one_bad_line_keeps_all_of_them_out(cast: Cast) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a)
    sent = fields_of(open_preview(client, row, "?mo=2"))

    page = client.post(
        f"{LIST}{row.pk}/change/", {**sent, "2-starts": "10:00", "2-ends": "9:00", "mo": "2", "nap": "1"}
    )

    text = page.content.decode()
    assert "Chưa đưa vào lịch việc nào" in text
    assert "Giờ kết thúc phải sau giờ bắt đầu." in text
    assert entries_of(cast.a) == []
    assert row_of(cast.a).status == ImportStatus.PREVIEW


def test_a_leader_who_left_meanwhile_is_refused_by_name(cast: Cast) -> None:
    office = office_of(cast.a)
    row = import_of(cast.a)
    with unit_scope(cast.a.unit):
        Appointment.objects.filter(person=office.second).update(ends_on=date(2026, 11, 1))
        with pytest.raises(LinesRefused) as refused:
            load_import(row=row, actor=cast.a.people[Role.EDITOR])
    assert list(refused.value.wrong) == [2, 3]
    assert "Trần Thị Bình" in refused.value.wrong[2]["attendees"]
    assert "Trần Thị Bình" in refused.value.wrong[3]["chair"]
    assert entries_of(cast.a) == []


# --- repetition -------------------------------------------------------------------------------------------------------


def test_what_stands_in_the_week_already_is_marked_and_left_out(cast: Cast) -> None:
    make_entry(cast.a, title="HỌP GIAO BAN Ủy ban nhân dân", starts_at=time(8))
    row = import_of(cast.a)

    page = open_preview(client_of(cast.a), row)

    assert "Lịch tuần đã có việc này." in page.content.decode()
    assert [line["n"] for line in row.lines["lines"] if line["skip"]] == [2]
    assert "2-use" not in fields_of(page)


def test_what_came_meanwhile_is_marked_at_the_second_look(cast: Cast) -> None:
    row, twin = import_of(cast.a), import_of(cast.a)
    editor = cast.a.people[Role.EDITOR]
    with unit_scope(cast.a.unit):
        assert load_import(row=row, actor=editor) == 6
        with pytest.raises(NowStanding):
            load_import(row=twin, actor=editor)
        twin.refresh_from_db()
        assert all(line["skip"] for line in twin.lines["lines"])
        assert twin.status == ImportStatus.PREVIEW
        with pytest.raises(ValidationError, match="Chưa chọn việc nào"):
            load_import(row=twin, actor=editor)
    assert len(entries_of(cast.a)) == 6


def test_two_clerks_with_the_same_preview_load_it_once(cast: Cast) -> None:
    row = import_of(cast.a)
    with unit_scope(cast.a.unit):
        mine, yours = ScheduleImport.objects.get(pk=row.pk), ScheduleImport.objects.get(pk=row.pk)
        assert load_import(row=mine, actor=cast.a.people[Role.EDITOR]) == 6
        with pytest.raises(ImportGone):
            load_import(row=yours, actor=cast.a.admin)
        with pytest.raises(ImportGone):
            correct_import(row=yours, lines=yours.lines["lines"])
    assert len(entries_of(cast.a)) == 6


def test_a_dropped_preview_stays_dropped(cast: Cast) -> None:
    row = import_of(cast.a)
    client = client_of(cast.a)

    client.post(f"{LIST}{row.pk}/change/", {"bo": "1"})
    page = client.post(f"{LIST}{row.pk}/change/", {"nap": "1", "1-use": "on"}, follow=True)

    assert "đã bỏ" in page.content.decode()
    assert entries_of(cast.a) == []


def test_a_preview_nobody_came_back_to_is_emptied_after_a_month(cast: Cast) -> None:
    row = import_of(cast.a)
    with unit_scope(cast.a.unit):
        assert forget_previews() == 0
        ScheduleImport.objects.update(made_at=timezone.now() - timedelta(days=31))
    with unit_scope(cast.b.unit):
        assert forget_previews() == 0
    with unit_scope(cast.a.unit):
        assert forget_previews() == 1
        assert forget_previews() == 0
    page = client_of(cast.a).get(f"{LIST}{row.pk}/change/", follow=True)
    assert page.status_code == 200
    assert row_of(cast.a).lines["lines"] == []
