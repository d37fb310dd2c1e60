"""The desk in the administration: who may read names, what is noted, marks, calls, walk-ins, print."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.reception import head_of, register, series_of, session_of, special_of
from tests.factories.visits import body_of
from units.actions.reception import cancel_session
from units.enums import Role
from units.enums.reception import BookingStatus, SessionStatus
from units.models import ReceptionBooking, ReceptionSession

pytestmark = pytest.mark.anywhere

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


def _list(session: ReceptionSession) -> str:
    return f"{BASE}{session.pk}/danh-sach/"


def _status(booking: ReceptionBooking) -> str:
    return ReceptionBooking.objects.get(pk=booking.pk).status


def test_names_are_read_at_the_desk_only_and_each_opening_is_noted_once_a_day(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, name="Lê Thị Sen", subject="Hỏi về cống")
    page = body_of(_get(a, _list(session)))
    for words in ("Lê Thị Sen", "0905 123 456", "Hỏi về cống", "7:30"):
        assert words in page, words
    for path in (BASE, f"{BASE}{session.pk}/change/", f"{BASE}ban-tiep-dan/", "/quan-tri/"):
        other = body_of(_get(a, path))
        assert "Lê Thị Sen" not in other, path
        assert "0905 123 456" not in other, path
    _get(a, _list(session))
    _get(a, f"{_list(session)}in/")
    _get(a, _list(session), a.admin)
    with unit_scope(a.unit):
        opened = AuditEntry.objects.filter(verb="reception.open_list")
        assert opened.count() == 2
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            _get(a, _list(session))
        assert opened.count() == 3


@pytest.mark.parametrize("path", ["ban-tiep-dan/", "{pk}/danh-sach/", "{pk}/danh-sach/in/", "cong-bo/", "{pk}/hoan/"])
def test_a_departments_clerk_reads_no_names(cast: Cast, path: str) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session)
    assert _get(a, BASE + path.format(pk=session.pk), a.people[Role.AUTHOR]).status_code == 403


@pytest.mark.parametrize("step", ["danh-sach/", "danh-sach/in/", "hoan/", "tiep-lai/", "change/"])
def test_the_others_session_is_not_here(cast: Cast, step: str) -> None:
    foreign = session_of(cast.b)
    register(cast.b, foreign)
    path = f"{BASE}{foreign.pk}/{step}"
    assert _get(cast.a, path).status_code == 404
    assert _post(cast.a, path, {"do": "came-1", "reason": "x"}).status_code in {404, 405}
    assert _post(cast.a, f"{BASE}{foreign.pk}/da-tiep/", {}).status_code == 404


def test_marks_are_made_on_the_day_and_can_be_mended(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    booking = register(a, session)
    _post(a, _list(session), {"do": f"came-{booking.pk}"})
    with unit_scope(a.unit):
        assert _status(booking) == BookingStatus.BOOKED
        with time_machine.travel(THURSDAY, tick=False):
            _post(a, _list(session), {"do": f"came-{booking.pk}"})
            assert _status(booking) == BookingStatus.CAME
            _post(a, _list(session), {"do": f"absent-{booking.pk}"})
            assert _status(booking) == BookingStatus.ABSENT
            assert "đã tiếp" in body_of(_post(a, f"{BASE}{session.pk}/da-tiep/", {}))
        assert ReceptionSession.objects.get().status == SessionStatus.DONE


@pytest.mark.parametrize("do", ["", "came", "came-", "came-x", "came-999999999", "came-" + "9" * 40, "wipe-1", "-1"])
def test_junk_buttons_are_not_found(cast: Cast, do: str) -> None:
    session = session_of(cast.a)
    assert _post(cast.a, _list(session), {"do": do}).status_code == 404


def test_a_button_for_somebody_of_another_session_is_not_found(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    other, foreign = register(a, session_of(a, days=11)), register(cast.b, session_of(cast.b))
    for booking in (other, foreign):
        assert _post(a, _list(session), {"do": f"free-{booking.pk}"}).status_code == 404


def test_somebody_who_called_is_registered_and_can_be_taken_off(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    data = {"add": "1", "name": "Trần Văn Đò", "phone": "0905 777 888", "subject": "Sửa đường"}
    assert "mã" in body_of(_post(a, _list(session), data))
    with unit_scope(a.unit):
        booking = ReceptionBooking.objects.get()
        assert (booking.status, ReceptionSession.objects.get().booked) == (BookingStatus.BOOKED, 1)
    assert "đã có trong danh sách" in body_of(_post(a, _list(session), data))
    _post(a, _list(session), {"do": f"forget-{booking.pk}"})
    with unit_scope(a.unit):
        assert ReceptionBooking.objects.get().forgotten_at is None
    _post(a, _list(session), {"do": f"free-{booking.pk}"})
    with unit_scope(a.unit):
        assert ReceptionSession.objects.get().booked == 0
    # Whoever gave the place back may have their data wiped at once.
    _post(a, _list(session), {"do": f"forget-{booking.pk}"})
    page = body_of(_get(a, _list(session)))
    assert "đã xóa thông tin" in page
    assert "Trần Văn Đò" not in page


def test_somebody_who_came_is_noted_outside_the_limit(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, capacity=0)
    with time_machine.travel(THURSDAY, tick=False):
        _post(a, _list(session), {"add": "1", "name": "Trần Văn Đò", "subject": "Sửa đường"})
    with unit_scope(a.unit):
        assert ReceptionBooking.objects.get().status == BookingStatus.CAME
        assert ReceptionSession.objects.get().booked == 0
    wrong = _post(a, _list(session), {"add": "1", "name": "", "subject": ""})
    assert "Ghi họ và tên" in body_of(wrong)


def test_who_has_no_address_is_called_about_a_change(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    mute = register(a, session, name="Chỉ Điện Thoại")
    register(a, session, name="Có Thư", phone="0905999999", email="co@thu.vn")
    with unit_scope(a.unit), time_machine.travel(NOW + timedelta(hours=1), tick=False):
        cancel_session(session=session, reason="Bão", actor=a.admin)
    page = body_of(_get(a, _list(session)))
    calling = page.split('id="can-goi"')[1].split("</section>")[0]
    assert "Chỉ Điện Thoại" in calling
    assert "Có Thư" not in calling
    assert "Có người cần gọi" in body_of(_get(a, f"{BASE}ban-tiep-dan/"))
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        _post(a, _list(session), {"do": f"called-{mute.pk}"})
    assert 'id="can-goi"' not in body_of(_get(a, _list(session)))
    assert "Có người cần gọi" not in body_of(_get(a, f"{BASE}ban-tiep-dan/"))


def test_hostile_words_are_words_at_the_desk_and_on_paper(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session, name="<script>alert(1)</script>", subject='"><img src=x onerror=alert(2)>')
    for path in (_list(session), f"{_list(session)}in/"):
        page = body_of(_get(a, path))
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


def test_what_no_key_opens_is_said_and_the_list_stands(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    with unit_scope(a.unit):
        booking = register(a, session)
        ReceptionBooking.objects.filter(pk=booking.pk).update(sealed_name="gAAAA-damaged")
    assert "không đọc được" in body_of(_get(a, _list(session)))
    with override_settings(SECRET_KEY="z" * 60):
        client = Client()
        client.force_login(a.admin)
        page = client.get(_list(session), headers={"host": a.host})
        assert "không đọc được" in body_of(page)


def test_the_desk_costs_the_same_at_one_row_and_at_three(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    session = session_of(a, days=0, receiver=head)
    paths = (
        BASE,
        f"{BASE}ban-tiep-dan/",
        _list(session),
        f"{BASE}cong-bo/",
        f"{BASE}{session.pk}/change/",
        SERIES,
        "/quan-tri/",
    )

    def queries(path: str) -> int:
        client = Client()
        client.force_login(a.people[Role.EDITOR])
        client.get(path, headers={"host": a.host})
        with CaptureQueriesContext(connection) as found:
            assert client.get(path, headers={"host": a.host}).status_code == 200, path
        return len(found)

    def rows(number: int) -> None:
        soon = session_of(a, days=1, receiver=head)
        session_of(a, days=3 + number, seen=False, receiver=head)
        special_of(a, days=5, receiver=head)
        series_of(a, receiver=head, receiver_text="")
        register(a, soon, phone=f"090500001{number}", address=f"{number:064d}")
        with time_machine.travel(NOW - timedelta(days=1), tick=False):
            register(a, session, phone=f"090500002{number}", address=f"{number + 9:064d}")

    rows(1)
    before = {path: queries(path) for path in paths}
    for number in (2, 3):
        rows(number)
    after = {path: queries(path) for path in paths}
    assert after == before
    # “Việc hôm nay” carries every room's panels; its number stands in tests/pages/test_queries.py.
    assert max(number for path, number in after.items() if path != "/quan-tri/") <= 30, after
