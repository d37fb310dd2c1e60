"""The office's screens of citizen reception: sessions, regular reception, publishing, calling off, what waits today."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.reception import TODAY, head_of, past_session_of, register, session_of
from tests.factories.schedule import make_entry
from tests.factories.visits import body_of
from units.enums import Role
from units.enums.reception import SessionStatus
from units.models import ReceptionSeries, ReceptionSession

BASE = "/quan-tri/units/receptionsession/"
SERIES = "/quan-tri/units/receptionseries/"
THURSDAY = NOW + timedelta(days=4)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _get(house: House, path: str, user: User | None = None) -> Any:
    client = Client()
    client.force_login(user or house.people[Role.EDITOR])
    return client.get(path, headers={"host": house.host})


def _post(house: House, path: str, data: dict[str, Any], user: User | None = None) -> Any:
    client = Client()
    client.force_login(user or house.people[Role.EDITOR])
    return client.post(path, data, headers={"host": house.host}, follow=True)


# --- the office's screens ---------------------------------------------------------------------------------------------


def _session_data(**more: str) -> dict[str, str]:
    return {
        "day": "2026-12-03", "starts_at": "07:30", "ends_at": "11:00", "kind": "REGULAR", "subject": "", "receiver": "",
        "receiver_text": "Chủ tịch", "place": "Phòng 1", "takes_bookings": "on", "capacity": "10", "note": "", **more,
    }  # fmt: skip


def test_a_clerk_adds_publishes_changes_and_calls_off(cast: Cast) -> None:
    a = cast.a
    head = head_of(a)
    _post(a, f"{BASE}add/", _session_data(receiver=str(head.pk), receiver_text=""))
    with unit_scope(a.unit):
        session = ReceptionSession.objects.get()
        assert session.receiver_id == head.pk
    page = body_of(_get(a, f"{BASE}cong-bo/"))
    assert "công bố chậm nhất 26/11/2026" in page
    _post(a, f"{BASE}cong-bo/", {"sessions": [str(session.pk)]})
    with unit_scope(a.unit):
        assert ReceptionSession.objects.get().published_at is not None
    silent = _post(a, f"{BASE}{session.pk}/change/", _session_data(starts_at="08:00"))
    assert "Ghi một câu" in body_of(silent)
    _post(a, f"{BASE}{session.pk}/change/", _session_data(starts_at="08:00", change_note="Bắt đầu muộn 30 phút."))
    _post(a, f"{BASE}{session.pk}/hoan/", {"reason": "Lãnh đạo đi chống bão"})
    with unit_scope(a.unit):
        row = ReceptionSession.objects.get()
        assert (row.starts_at.hour, row.change_note) == (8, "Bắt đầu muộn 30 phút.")
        assert (row.status, row.cancel_reason) == (SessionStatus.CANCELLED, "Lãnh đạo đi chống bão")
    assert "Vẫn tiếp" in body_of(_get(a, f"{BASE}{session.pk}/change/"))
    _post(a, f"{BASE}{session.pk}/tiep-lai/", {"note": ""})
    with unit_scope(a.unit):
        assert ReceptionSession.objects.get().status == SessionStatus.PLANNED


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ends_at": "07:00"}, "Giờ kết thúc phải sau"), ({"ends_at": "25:00"}, "hợp lệ"), ({"day": "2026-11-01"}, "đã qua"),
        ({"receiver_text": ""}, "Chọn người tiếp"), ({"place": ""}, "bắt buộc"), ({"kind": "SPECIAL"}, "về việc gì"),
        ({"capacity": "5000"}, "Nhiều nhất 100"), ({"receiver": "999999"}, "hợp lệ"),
    ],
)  # fmt: skip
def test_wrong_sessions_are_said_at_their_field(cast: Cast, more: dict[str, str], words: str) -> None:
    page = body_of(_post(cast.a, f"{BASE}add/", _session_data(**more)))
    assert words.lower() in page.lower()
    with unit_scope(cast.a.unit):
        assert not ReceptionSession.objects.exists()


def test_the_others_leader_can_not_be_chosen(cast: Cast) -> None:
    _post(cast.a, f"{BASE}add/", _session_data(receiver=str(head_of(cast.b).pk)))
    with unit_scope(cast.a.unit):
        assert not ReceptionSession.objects.exists()


def test_a_leader_with_another_meeting_at_that_time_is_said(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    make_entry(a, day=date(2026, 12, 3), starts_at=time(8), ends_at=time(9), chair=head)
    data = _session_data(receiver=str(head.pk), receiver_text="")
    assert "1 việc khác cùng giờ" in body_of(_post(a, f"{BASE}add/", data))
    afternoon = data | {"starts_at": "13:30", "ends_at": "16:00"}
    assert "việc khác cùng giờ" not in body_of(_post(a, f"{BASE}add/", afternoon))


def test_a_regular_reception_is_written_in_everyday_words(cast: Cast) -> None:
    a = cast.a
    data = {
        "repeat": "WEEKLY", "weekdays": ["TH"], "position": "1", "starts_on": "2026-11-22", "is_active": "on",
        "starts_at": "07:30", "ends_at": "11:00", "receiver_text": "Chủ tịch", "place": "Phòng 1", "capacity": "10",
        "takes_bookings": "on",
    }  # fmt: skip
    page = body_of(_post(a, f"{SERIES}add/", data))
    assert "Thứ Năm hằng tuần" in page
    assert "9 buổi chờ công bố" in page
    with unit_scope(a.unit):
        series = ReceptionSeries.objects.get()
        assert series.rule == "FREQ=WEEKLY;BYDAY=TH"
        assert ReceptionSession.objects.count() == 9
    assert "checked" in body_of(_get(a, f"{SERIES}{series.pk}/change/")).split('value="TH"')[1][:80]
    wrong = body_of(_post(a, f"{SERIES}add/", data | {"weekdays": []}))
    assert "Chọn ít nhất một thứ" in wrong


def test_today_says_what_waits(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    assert "Tiếp công dân</h2>" not in body_of(_get(a, "/quan-tri/"))
    register(a, session_of(a, days=1, receiver=head))
    session_of(a, days=4, seen=False, receiver=head)
    session_of(a, days=11, seen=False, receiver=head)
    page = body_of(_get(a, "/quan-tri/")).split('id="tiep-dan"')[1].split("</section>")[0]
    for words in (
        "Ngày mai, 7:30",
        "1 người đã đăng ký",
        "Quá hạn từ ngày 19/11/2026",
        "Tháng 12/2026 còn thiếu 3 ngày",
    ):
        assert words in page, words
    assert 'id="tiep-dan"' not in body_of(_get(a, "/quan-tri/", a.people[Role.AUTHOR]))


def test_what_is_over_is_looked_at_not_changed(cast: Cast) -> None:
    a, over = cast.a, past_session_of(cast.a)
    page = body_of(_get(a, f"{BASE}{over.pk}/change/"))
    assert 'name="place"' not in page
    assert date(2026, 11, 19) == over.day == TODAY - timedelta(days=3)
    assert "Đã qua" in body_of(_get(a, f"{BASE}?khi=qua"))
