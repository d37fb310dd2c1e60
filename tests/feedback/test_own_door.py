"""Finding one's own case again: by code and number on any site, by the private link on one; what strangers learn of it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions.own_door import find_own, own_of, token_of
from feedback.actions.sender_steps import supply
from feedback.enums.cases import ConsentPurpose
from feedback.models import CaseSender
from portal.core.letter_codes import code_words, new_code
from portal.core.logs import SecretPathFilter
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import PHONE, make_case, make_public_case, receive
from tests.factories.cast import Cast, House
from tests.factories.own_cases import body_of, own_path, press, visit

pytestmark = pytest.mark.django_db
LOOKUP = "/phan-anh/tra-cuu/"


def look_up(house: House, code: str, phone: str = PHONE) -> Any:
    return press(house, LOOKUP, {"code": code, "phone": phone})


@pytest.mark.parametrize(
    "phone", ["0905 123 456", "+84 905.123.456", "84905123456", "０９０５ 123 456", "0905-123-456"]
)
def test_code_and_number_however_typed_lead_to_the_private_page(cast: Cast, phone: str) -> None:
    received = receive(cast.a)
    typed = f" {code_words(received.case.code).lower()} "
    response = look_up(cast.a, typed, phone)
    assert response.status_code == 302
    assert response["Location"] == f"http://{cast.a.host}{own_path(received.token)}"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "strict-origin"


def test_another_units_site_leads_there_and_tells_nothing_else(cast: Cast) -> None:
    received = receive(cast.a)
    response = look_up(cast.b, received.case.code)
    # Forms may not lead to another host (CSP form-action), so a page leads on.
    assert response.status_code == 200
    target = f"http://{cast.a.host}{own_path(received.token)}"
    assert response["Refresh"] == f"0; url={target}"
    assert target in body_of(response)
    assert cast.a.marker not in body_of(response)


def test_wrong_code_wrong_number_and_nobodys_number_are_one_answer(cast: Cast) -> None:
    case = make_case(cast.a)
    make_case(cast.a, phone="", consents=frozenset({ConsentPurpose.PUBLISH}))
    look_up(cast.a, new_code(), "0905999998")
    pages, queries = [], []
    for code, phone in ((new_code(), PHONE), (case.code, "0905999999"), (new_code(), "0905999999")):
        with CaptureQueriesContext(connection) as found:
            response = look_up(cast.a, code, phone)
        queries.append(len(found))
        pages.append(body_of(response).replace(code, "").replace(phone, ""))
        assert response.status_code == 422
    page = [text.split('role="alert"')[1].split("</form>")[0].split("csrfmiddlewaretoken")[0] for text in pages]
    assert page[0] == page[1] == page[2]
    assert queries[0] == queries[1] == queries[2]


def test_a_slip_of_the_finger_is_told_at_once(cast: Cast) -> None:
    text = body_of(look_up(cast.a, "AAA-AAAC"))
    assert "Mã gồm 7 chữ và số" in text
    assert "Không tìm thấy" not in text


def test_who_guesses_is_stopped(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        for _turn in range(20):
            assert find_own(code=new_code(), phone=PHONE, address_hash="x" * 64) is None
        with pytest.raises(TooMany):
            find_own(code=case.code, phone=PHONE, address_hash="x" * 64)
        assert find_own(code=case.code, phone=PHONE, address_hash="y" * 64) == case
    for _turn in range(20):
        look_up(cast.b, new_code())
    assert look_up(cast.b, case.code).status_code == 429


def test_who_was_forgotten_is_not_found(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        CaseSender.objects.update(forgotten_at=case.received_at)
        assert find_own(code=case.code, phone=PHONE, address_hash="x" * 64) is None


def test_the_link_opens_on_one_site_only(cast: Cast) -> None:
    received = receive(cast.a)
    page = visit(cast.a, own_path(received.token))
    assert page.status_code == 200
    text = body_of(page)
    assert cast.a.marker in text
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "strict-origin"
    assert 'rel="canonical"' not in text
    for more in ("", "bo-sung/", "da-xong/", "rut/", "thoi/thu/", "tai-ve/", "tep/1/"):
        elsewhere = visit(cast.b, own_path(received.token, more))
        assert elsewhere.status_code == 404, more
        assert cast.a.marker not in body_of(elsewhere)
        assert elsewhere["Cache-Control"] == "no-store"
        assert visit(cast.a, own_path("x" * 27, more)).status_code == 404, more
    with unit_scope(cast.b.unit):
        assert own_of(received.token) is None


def test_the_page_shows_what_was_written_and_what_others_see(cast: Cast) -> None:
    words = "Nắp cống vỡ trước nhà, gọi tôi số 0905 999 888. <script>alert(1)</script> Rất nguy hiểm."
    received = receive(cast.a, text=words, name="Lê <b>Thị</b> Sen")
    text = body_of(visit(cast.a, own_path(received.token)))
    assert "0905 999 888" in text
    assert "<script>alert" not in text
    assert "Lê Thị Sen" in text
    assert "0905 ••• 456" in text
    assert PHONE not in text
    assert "Chưa ai đọc được" in text
    assert "còn lại" in text
    assert "Đồng ý nhận thư điện tử" in text


def test_the_public_copy_is_shown_beside(cast: Cast) -> None:
    case = make_public_case(cast.a)
    text = body_of(visit(cast.a, own_path(token_of(case))))
    assert "Ai cũng đọc được" in text
    assert f'href="{case.get_absolute_url()}"' in text


def test_the_page_costs_the_same_with_more_steps(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token)
    visit(cast.a, path)
    counts = []
    for number in (1, 3):
        for turn in range(number):
            with unit_scope(cast.a.unit):
                supply(case=received.case, text=f"Thêm {number} {turn}: nước đã tràn vào nhà.")
        with CaptureQueriesContext(connection) as found:
            visit(cast.a, path)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 30, counts


def test_the_secret_stays_out_of_logs(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "da-xong/")
    record = logging.LogRecord("x", logging.INFO, "x", 1, "GET %s 200", (path,), None)
    assert SecretPathFilter().filter(record)
    assert received.token not in record.getMessage()
    assert "/phan-anh/cua-toi/…/da-xong/" in record.getMessage()


@pytest.mark.parametrize("data", [{}, {"code": "x" * 9999, "phone": "y"}, {"code": "\u200b", "phone": "٠٩٠٥"}, {"code": "' OR 1=1 --", "phone": "<b>"}])  # fmt: skip
def test_nonsense_is_answered_calmly(cast: Cast, data: dict[str, str]) -> None:
    assert press(cast.a, LOOKUP, data).status_code == 422
