"""A report in three steps, as somebody sends it without JavaScript: what is kept, what is refused, what is answered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.actions.drafts import read_draft
from feedback.enums.cases import ConsentPurpose, Moderation
from feedback.models import Case, CaseConsent, CaseSender
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.sending import NEW, TEXT, WHAT, Sender, draft_at, key_of
from tests.factories.visits import body_of, visit

pytestmark = pytest.mark.django_db


def _sent(cast: Cast) -> Case:
    with unit_scope(cast.a.unit):
        return Case.objects.get()


# --- the way through --------------------------------------------------------------------------------------------------


def test_three_steps_make_one_case_and_say_so_after_it_is_there(cast: Cast) -> None:
    sender = Sender(cast.a)
    page = body_of(sender.get(sender.send()))
    case = _sent(cast)
    assert case.code_words in page
    assert "/phan-anh/cua-toi/" in page
    assert "0905 ••• 456" in page
    assert "Thứ Sáu, 04/12/2026" in page
    assert (case.commune, case.place_text, case.category and case.category.slug) == (
        cast.a.unit, "Trước số 12 Hoàng Sa", "cong-ngap-nuoc",
    )  # fmt: skip
    assert case.moderation == Moderation.WAITING
    with unit_scope(cast.a.unit):
        assert unseal(CaseSender.objects.get(case=case).sealed_phone) == "0905123456"
        ticked = set(CaseConsent.objects.values_list("purpose", flat=True))
    assert ticked == {ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH}


def test_nobody_has_to_say_who_they_are(cast: Cast) -> None:
    sender = Sender(cast.a)
    page = body_of(sender.get(sender.send(name="", phone="", agree_handle="", agree_publish="")))
    case = _sent(cast)
    assert case.moderation == Moderation.PRIVATE
    assert "mã không đủ để xem lại" in page
    assert "Không công khai" in page


def test_no_purpose_is_ticked_beforehand(cast: Cast) -> None:
    sender = Sender(cast.a)
    page = body_of(sender.get(sender.text(sender.what())))
    assert page.count('type="checkbox"') >= 3
    assert " checked" not in page


def test_no_cookie_but_the_forms_token(cast: Cast) -> None:
    sender = Sender(cast.a)
    sender.get(sender.send())
    assert set(sender.client.cookies) <= {"csrftoken"}


@pytest.mark.parametrize("step", ["new", "text", "who", "received"])
def test_no_robot_no_cache_no_address_handed_on(cast: Cast, step: str) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    third = sender.text(second)
    paths = {"new": NEW, "text": second, "who": third}
    if step == "received":
        paths["received"] = str(sender.who(third).headers["Location"])
    response = sender.get(paths[step])
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Referrer-Policy"] == "strict-origin"


def test_what_the_address_says_is_chosen_beforehand(cast: Cast) -> None:
    page = body_of(visit(cast.a.host, f"{NEW}?loai=cay-xanh&xa=phu-vinh"))
    assert 'value="cay-xanh" id="viec-cay-xanh" checked' in page
    assert '<option value="phu-vinh" selected' in page
    assert '<option value="thuan-an" selected' in body_of(visit(cast.a.host, NEW))


# --- going back, going on, twice ----------------------------------------------------------------------------------------


def test_going_back_keeps_what_was_typed(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    back = sender.post(second, {"text": "dở", "lui": "1"})
    assert back.headers["Location"].endswith("/1/")
    assert "Trước số 12 Hoàng Sa" in body_of(sender.get(back.headers["Location"]))
    assert ">\ndở</textarea>" in body_of(sender.get(second))
    third = sender.text(second)
    sender.post(third, {"name": "Sen", "phone": "0905 123 456", "agree_mail": "on", "lui": "1"})
    page = body_of(sender.get(third))
    assert 'value="0905 123 456"' in page
    assert page.count(" checked") == 1


def test_a_change_of_step_one_leads_back_to_the_end(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what())
    again = sender.post(third.replace("/3/", "/1/"), {**WHAT, "category": "cay-xanh"})
    assert again.headers["Location"] == third
    assert "Cây xanh, công viên" in body_of(sender.get(third))


def test_a_step_too_far_leads_to_the_first_open_one(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    assert sender.get(second.replace("/2/", "/3/")).headers["Location"] == second
    assert sender.get(second.replace("/2/", "/da-nhan/")).headers["Location"] == second
    assert sender.get(second.replace("/2/", "/tuong-tu/")).headers["Location"] == second
    assert sender.get(second.replace("/2/", "/4/")).status_code == 404


def test_pressing_twice_gives_one_case(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what())
    first, second = sender.who(third), sender.who(third)
    assert first.headers["Location"] == second.headers["Location"]
    _sent(cast)
    assert sender.get(third).headers["Location"] == first.headers["Location"]
    assert draft_at(cast.a, third).sealed_data == ""


# --- what is refused ----------------------------------------------------------------------------------------------------


def test_errors_stand_at_the_top_with_links_and_keep_what_was_typed(cast: Cast) -> None:
    sender = Sender(cast.a)
    response = sender.post(NEW, {"commune": "", "place_text": "chỗ cũ"})
    page = body_of(response)
    assert response.status_code == 422
    assert 'href="#id_category"' in page
    assert 'href="#id_commune"' in page
    assert 'value="chỗ cũ"' in page
    third = sender.text(sender.what())
    response = sender.who(third, phone="0905 123 45", email="sen@", agree_handle="")
    page = body_of(response)
    assert response.status_code == 422
    assert 'href="#id_phone"' in page
    assert 'href="#id_email"' in page
    assert 'value="0905 123 45"' in page
    # Also after a reload: it lies in the draft.
    assert 'value="0905 123 45"' in body_of(sender.get(third))
    assert draft_at(cast.a, third).case_id is None


def test_an_address_needs_its_own_tick(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what())
    assert 'href="#id_agree_mail"' in body_of(sender.who(third, email="sen@example.vn"))
    assert 'href="#id_agree_handle"' in body_of(sender.who(third, agree_handle=""))


def test_private_numbers_are_told_at_once_and_may_stay_or_go(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    told = f"{TEXT} Căn cước 046012345678, gọi 0905 999 888."
    response = sender.post(second, {"text": told})
    page = body_of(response)
    assert response.status_code == 422
    assert "Giống số căn cước" in page
    assert "Giống số điện thoại" in page
    assert sender.get(second.replace("/2/", "/3/")).headers["Location"] == second
    out = body_of(sender.post(second, {"text": told, "bo-so": "1"}))
    assert "046012345678" not in out
    assert "0905 999 888" not in out
    assert sender.post(second, {"text": told, "giu-so": "1"}).headers["Location"].endswith("/3/")


@pytest.mark.parametrize("text", ["", "ngắn", "\u200b" * 40, "<b></b>" * 20])
def test_words_are_needed(cast: Cast, text: str) -> None:
    sender = Sender(cast.a)
    assert sender.post(sender.what(), {"text": text}).status_code == 422


def test_hostile_words_stand_as_words(cast: Cast) -> None:
    sender = Sender(cast.a)
    hostile = "<script>alert(1)</script>'; DROP TABLE x;--"
    third = sender.text(sender.what(place_text=hostile), f"{TEXT} {hostile}")
    page = body_of(sender.get(third))
    assert "<script>alert(1)" not in page
    page = body_of(sender.get(sender.who(third, name=hostile).headers["Location"]))
    assert "<script>alert(1)" not in page


def test_a_machine_in_the_trap_leaves_nothing(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what())
    assert sender.who(third, trang_web="x").status_code == 422
    with unit_scope(cast.a.unit):
        assert not Case.objects.exists()


def test_too_many_are_told_so_and_lose_nothing(cast: Cast) -> None:
    sender = Sender(cast.a)
    for _turn in range(3):
        sender.send()
    third = sender.text(sender.what())
    response = sender.who(third)
    assert response.status_code == 429
    assert "Chờ một giờ" in body_of(response)
    assert 'value="0905 123 456"' in body_of(sender.get(third))
    data = read_draft(draft_at(cast.a, third))
    assert data["text"] == TEXT


# --- cost ---------------------------------------------------------------------------------------------------------------


def _queries(sender: Sender, path: str) -> int:
    sender.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert sender.get(path).status_code == 200
    return len(seen)


def test_each_page_costs_few_queries(cast: Cast, clock: Any) -> None:
    sender = Sender(cast.a)
    second = sender.what()
    third = sender.text(second)
    assert _queries(sender, NEW) <= 16
    assert _queries(sender, second) <= 16
    assert _queries(sender, third) <= 18
    assert _queries(sender, str(sender.who(third).headers["Location"])) <= 18
    assert key_of(third) == key_of(second)
