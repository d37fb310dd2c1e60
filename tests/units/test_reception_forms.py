"""Registering to be received as citizens do it: the form, the slip, looking up, giving back, and bad input."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.core import letter_codes
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.reception import (
    PHONE,
    register,
    session_of,
    slip_path,
)
from tests.factories.visits import body_of, visit
from units.actions.reception import cancel_session, save_session
from units.enums.reception import BookingStatus, SessionStatus
from units.models import ReceptionBooking, ReceptionSession

GOOD = {"name": "Lê Thị Sen", "phone": "0905 123 456", "subject": "Hỏi về cống thoát nước", "agree": "on"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _page(house: House, path: str = "/tiep-cong-dan/") -> str:
    response = visit(house.host, path)
    assert response.status_code == 200, path
    return body_of(response)


def _post(house: House, path: str, data: dict[str, str], client: Client | None = None) -> Any:
    sender = client or Client(raise_request_exception=False)
    return sender.post(path, data, headers={"host": house.host})


def _form(session: ReceptionSession) -> str:
    return f"/tiep-cong-dan/dang-ky/{session.pk}/"


# --- registering ------------------------------------------------------------------------------------------------------


def test_registering_leads_to_a_slip_whose_address_tells_no_code(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    response = _post(a, _form(session), GOOD)
    assert response.status_code == 302
    with unit_scope(a.unit):
        booking = ReceptionBooking.objects.get()
    assert booking.code not in response.headers["Location"]
    assert response.headers["Referrer-Policy"] == "strict-origin"
    slip = visit(a.host, response.headers["Location"])
    page = body_of(slip)
    for words in (letter_codes.code_words(booking.code), "Số thứ tự", "7:30", "0905 ••• 456", "Lê Thị Sen", "<path d="):
        assert words in page, words
    assert "0905 123 456" not in page
    assert slip.headers["Cache-Control"] == "no-store"
    assert slip.headers["Referrer-Policy"] == "strict-origin"
    assert "noindex" in slip.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": " "}, "Ghi họ và tên"), ({"name": "\u200b\u200b"}, "Ghi họ và tên"), ({"name": "x" * 81}, "dài quá"),
        ({"phone": ""}, "Ghi số điện thoại"), ({"phone": "12345"}, "cần đủ 10 chữ số"),
        ({"phone": "01681234567"}, "đã đổi sang 10 chữ số"), ({"phone": "không có"}, "chỉ có chữ số"),
        ({"subject": ""}, "Ghi một câu"), ({"subject": "x" * 301}, "trong 300"), ({"email": "sen@"}, "ten@vidu.vn"),
        ({"email": "sen@example.vn"}, "hoặc xóa địa chỉ thư"), ({"agree": ""}, "Đánh dấu đồng ý"),
        ({"trang_web": "http://x"}, "Tải lại trang"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_kept(cast: Cast, changed: dict[str, str], words: str) -> None:
    a, session = cast.a, session_of(cast.a)
    response = _post(a, _form(session), GOOD | changed)
    assert response.status_code == 422
    assert words in body_of(response)
    with unit_scope(a.unit):
        assert not ReceptionBooking.objects.exists()
        assert ReceptionSession.objects.get().booked == 0


def test_no_tick_is_set_beforehand(cast: Cast) -> None:
    page = _page(cast.a, _form(session_of(cast.a)))
    assert page.count('type="checkbox"') >= 2
    assert "checked" not in page.split('<form class="rform"')[1].split("</form>")[0]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"capacity": 0}, "hết lượt đăng ký"), ({"takes_bookings": False}, "đến trực tiếp"), ({"days": -1}, "đã qua"),
        ({"status": SessionStatus.CANCELLED, "cancel_reason": "Bão số 9"}, "Bão số 9"), ({"days": 0}, "hết giờ đăng ký"),
    ],
)  # fmt: skip
def test_a_session_that_takes_nobody_names_the_next_one(cast: Cast, more: dict[str, Any], words: str) -> None:
    a, session = cast.a, session_of(cast.a, **more)
    following = session_of(a, days=18)
    page = _page(a, _form(session))
    assert words in page
    assert _form(following) in page
    response = _post(a, _form(session), GOOD)
    assert response.status_code == 409
    assert "Đã đăng ký gặp" not in body_of(response)


def test_the_second_last_phone_gets_the_full_page(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a, capacity=1)
    form = _page(a, _form(session))
    assert "Còn 1 lượt" in form
    register(a, session, phone="0905999999")
    response = _post(a, _form(session), GOOD)
    assert response.status_code == 409
    assert "hết lượt đăng ký" in body_of(response)


def test_the_same_phone_twice_is_told_where_to_look(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    register(a, session)
    response = _post(a, _form(session), GOOD)
    assert response.status_code == 422
    assert "đã đăng ký buổi này" in body_of(response)


def test_the_fourth_without_a_proof_waits(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    statuses = [_post(a, _form(session), GOOD | {"phone": f"090500000{n}"}).status_code for n in range(4)]
    assert statuses == [302, 302, 302, 429]


@pytest.mark.parametrize("pk", ["0", "999999999999999999", "9" * 19, "-1", "x", "1%00"])
def test_junk_sessions_are_not_found(cast: Cast, pk: str) -> None:
    assert visit(cast.a.host, f"/tiep-cong-dan/dang-ky/{pk}/").status_code in {400, 404}


def test_what_is_not_published_or_anothers_is_not_found(cast: Cast) -> None:
    for session in (session_of(cast.a, seen=False), session_of(cast.b)):
        assert visit(cast.a.host, _form(session)).status_code == 404
        assert _post(cast.a, _form(session), GOOD).status_code == 404


def test_without_a_token_nothing_is_taken(cast: Cast) -> None:
    session = session_of(cast.a)
    client = Client(enforce_csrf_checks=True)
    assert _post(cast.a, _form(session), GOOD, client).status_code == 403


# --- one's own --------------------------------------------------------------------------------------------------------


def test_looking_up_leads_to_the_slip_and_tells_strangers_nothing(cast: Cast) -> None:
    a = cast.a
    booking = register(a, session_of(a))
    wrong = letter_codes.check_letter("ACEFHJ")
    answers = []
    for code, phone in ((booking.code, "0905999999"), (f"ACEFHJ{wrong}", PHONE), (f"ACEFHJ{wrong}", "0905999999")):
        response = _post(a, "/tiep-cong-dan/tra-cuu/", {"code": code, "phone": phone})
        assert response.status_code == 422
        answers.append(re.sub(r'value="[^"]*"', "", body_of(response)))
    assert len(set(answers)) == 1
    found = _post(
        a,
        "/tiep-cong-dan/tra-cuu/",
        {"code": letter_codes.code_words(booking.code).lower(), "phone": "+84 905 123 456"},
    )
    assert found.status_code == 302
    assert letter_codes.code_words(booking.code) in body_of(visit(a.host, found.headers["Location"]))
    there = {"code": booking.code, "phone": PHONE}
    assert _post(cast.b, "/tiep-cong-dan/tra-cuu/", there).status_code == 422
    assert visit(cast.b.host, found.headers["Location"]).status_code == 410


def test_a_slip_of_the_finger_in_the_code_is_told(cast: Cast) -> None:
    response = _post(cast.a, "/tiep-cong-dan/tra-cuu/", {"code": "ABC", "phone": PHONE})
    assert "Xem lại từng chữ" in body_of(response)


def test_giving_back_takes_a_button_and_frees_the_place(cast: Cast) -> None:
    a = cast.a
    path = slip_path(a, "huy")
    assert "Hủy đăng ký này?" in _page(a, path)
    with unit_scope(a.unit):
        assert ReceptionBooking.objects.get().status == BookingStatus.BOOKED
    response = _post(a, "/tiep-cong-dan/huy/", {"phieu": path.split("=")[1]})
    assert "Đã hủy đăng ký" in body_of(visit(a.host, response.headers["Location"]))
    with unit_scope(a.unit):
        assert ReceptionBooking.objects.get().status == BookingStatus.CANCELLED
        assert ReceptionSession.objects.get().booked == 0


@pytest.mark.parametrize("ticket", ["x", "a" * 500, "%00", "WzEsMV0:1xV8bE:abc"])
def test_a_wrong_ticket_leads_to_looking_up(cast: Cast, ticket: str) -> None:
    response = visit(cast.a.host, f"/tiep-cong-dan/da-dang-ky/?phieu={ticket}")
    assert response.status_code in {400, 410}


def test_the_slip_tells_of_a_change(cast: Cast) -> None:
    a, path = cast.a, slip_path(cast.a)
    with unit_scope(a.unit), time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        session = ReceptionSession.objects.get()
        session.place = "Hội trường"
        save_session(session=session, actor=a.admin, note="Dời sang hội trường vì mất điện.")
    assert "Dời sang hội trường" in _page(a, path)
    with unit_scope(a.unit):
        cancel_session(session=session, reason="Bão", actor=a.admin)
    assert "Buổi tiếp đã hoãn" in _page(a, path)


def test_words_of_strangers_are_words(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    bad = GOOD | {"name": "<script>alert(1)</script>", "subject": '"><img src=x onerror=alert(2)>'}
    page = body_of(visit(a.host, _post(a, _form(session), bad).headers["Location"]))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
