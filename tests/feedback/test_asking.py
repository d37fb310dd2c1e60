"""Asking a question and sending requests: one page each, no JavaScript needed; nothing of a request is ever public."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from feedback.cases.request_details import is_proved, lines_of_request, read_details
from feedback.enums.cases import CaseKind, CaseStatus, ConsentPurpose, InformationWay, Moderation
from feedback.models import Case, CaseConsent, CaseSender
from feedback.rules import cases as rules
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from tests.factories.cases import PHONE, make_case
from tests.factories.cast import Cast, House
from tests.factories.procedure_rows import make_procedure
from tests.factories.questions import get, make_pair, post
from units.models import Unit

pytestmark = pytest.mark.django_db
ASK, INFORMATION, PERSONAL = "/hoi-dap/gui/", "/yeu-cau-thong-tin/gui/", "/du-lieu-ca-nhan/gui/"
WHO = {"name": "Nguyễn Thị Bưởi", "phone": "0905 123 456", "agree_handle": "1"}
QUESTION = {"text": "Xe máy cũ mua không giấy tờ có sang tên được không?", **WHO}
WISH = {
    "text": "Quyết định phê duyệt quy hoạch khu dân cư Hòa Duân năm 2025", "wish": "MAIL", "address": "Tổ 3, Thuận An",
    "email": "buoi@example.vn", "agree_mail": "1", **WHO,
}  # fmt: skip


def _cases(house: House, kind: CaseKind) -> list[Case]:
    with unit_scope(house.unit):
        return list(Case.objects.of_kind(kind).order_by("pk"))


def _key(page: str) -> str:
    found = re.search(r'name="key" value="([\w-]{22})"', page)
    assert found
    return found.group(1)


# --- a question -------------------------------------------------------------------------------------------------------


def test_a_question_is_received_and_shown_once_it_is_stored(cast: Cast, client: Client) -> None:
    key = _key(get(client, cast.a, ASK).content.decode())
    answer = post(client, cast.a, ASK, {**QUESTION, "key": key, "agree_publish": "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ASK}?phieu={key}")
    [case] = _cases(cast.a, CaseKind.QUESTION)
    assert (case.moderation, case.holder) == (Moderation.WAITING, cast.a.unit)
    page = get(client, cast.a, answer.headers["Location"])
    words = page.content.decode()
    assert case.code_words in words
    with unit_scope(cast.a.unit):
        assert f"/phan-anh/cua-toi/{unseal(case.sealed_token)}/" in words
        assert CaseSender.objects.get(case=case).phone_hash
    assert PHONE not in words
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert not page.cookies or "csrftoken" in page.cookies


def test_pressing_twice_gives_one_question(cast: Cast, client: Client) -> None:
    data = {**QUESTION, "key": "k" * 22}
    places = {post(client, cast.a, ASK, data).headers["Location"] for _turn in range(3)}
    assert len(places) == 1
    assert len(_cases(cast.a, CaseKind.QUESTION)) == 1


def test_a_key_of_something_else_loses_nothing(cast: Cast, client: Client) -> None:
    post(client, cast.a, ASK, {**QUESTION, "key": "k" * 22})
    for house, path, data, kind in (
        (cast.a, INFORMATION, WISH, CaseKind.INFORMATION), (cast.b, ASK, QUESTION, CaseKind.QUESTION)
    ):  # fmt: skip
        answer = post(client, house, path, {**data, "key": "k" * 22})
        assert answer.headers["Location"].startswith("/phan-anh/cua-toi/")
        assert len(_cases(house, kind)) == 1


def test_the_answer_page_opens_for_its_key_on_its_site_only(cast: Cast, client: Client) -> None:
    where = post(client, cast.a, ASK, {**QUESTION, "key": "k" * 22}).headers["Location"]
    assert get(client, cast.b, where).status_code == 404
    assert get(client, cast.a, where.replace(ASK, INFORMATION)).status_code == 404
    for key in ("x" * 22, "../..", "k" * 21):
        assert get(client, cast.a, f"{ASK}?phieu={key}").status_code == 404, key


def test_what_was_answered_is_shown_before_sending(cast: Cast, client: Client) -> None:
    pair = make_pair(cast.a)
    data = {**QUESTION, "text": "Con mới sinh đăng ký khai sinh ở đâu?", "key": "k" * 22}
    check = post(client, cast.a, ASK, data)
    assert check.status_code == 200
    assert pair.title in check.content.decode()
    assert len(_cases(cast.a, CaseKind.QUESTION)) == 1
    again = post(client, cast.a, ASK, {**data, "sua": "1"})
    assert "Con mới sinh đăng ký khai sinh ở đâu?" in again.content.decode()
    # A script has shown it already: nothing new to see.
    assert post(client, cast.a, ASK, {**data, "shown": pair.code}).status_code == 302
    assert post(client, cast.a, ASK, {**data, "checked": "1"}).status_code == 302
    assert len(_cases(cast.a, CaseKind.QUESTION)) == 2


def test_every_word_is_carried_through_the_check(cast: Cast, client: Client) -> None:
    make_pair(cast.a)
    data = {**WISH, "text": 'Đăng ký khai sinh "ở đâu" <b>?', "key": "k" * 22, "agree_publish": "1"}
    words = post(client, cast.a, ASK, data).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', words))
    assert {"text", "name", "phone", "email", "key", "agree_handle", "agree_mail", "agree_publish"} <= set(hidden)
    assert "<b>" not in hidden["text"]


def test_private_numbers_are_told_before_sending(cast: Cast, client: Client) -> None:
    data = {**QUESTION, "text": "Căn cước 046012345678 của tôi hết hạn thì đổi ở đâu?"}
    words = post(client, cast.a, ASK, data).content.decode()
    assert "046012345678" in words
    assert "046 ••••" in words
    post(client, cast.a, ASK, {**data, "checked": "1"})
    [case] = _cases(cast.a, CaseKind.QUESTION)
    assert "046012345678" not in case.text


def test_a_procedure_is_linked_only_where_it_is_ticked(cast: Cast, client: Client) -> None:
    procedure = make_procedure()
    page = get(client, cast.a, f"{ASK}?thu-tuc={procedure.code}").content.decode()
    assert procedure.short_name in page
    post(client, cast.a, ASK, {**QUESTION, "thu_tuc": procedure.code})
    post(client, cast.a, ASK, {**QUESTION, "thu_tuc": "9.999999"})
    linked, other = _cases(cast.a, CaseKind.QUESTION)
    assert (linked.subject_key, linked.subject_path) == (procedure.pk, procedure.get_absolute_url())
    assert (other.subject_kind, other.subject_path) == ("", "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": ""}, "text"), ({"text": "<p></p>" * 9}, "text"), ({"text": "a" * 2_001}, "text"),
        ({"phone": "12"}, "phone"), ({"agree_handle": ""}, "agree_handle"), ({"email": "a@b.vn"}, "agree_mail"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_stored(
    cast: Cast, client: Client, change: dict[str, str], field: str
) -> None:
    page = post(client, cast.a, ASK, {**QUESTION, **change})
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not _cases(cast.a, CaseKind.QUESTION)


def test_a_trapped_machine_and_a_hasty_sender(cast: Cast, client: Client) -> None:
    assert post(client, cast.a, ASK, {**QUESTION, "trang_web": "x"}).status_code == 422
    for _turn in range(rules.UNPROVED_PER_HOUR - 1):
        assert post(client, cast.a, ASK, QUESTION).status_code == 302
    page = post(client, cast.a, ASK, QUESTION)
    assert page.status_code == 429
    assert QUESTION["text"] in page.content.decode()
    assert len(_cases(cast.a, CaseKind.QUESTION)) == rules.UNPROVED_PER_HOUR - 1


def test_consents_are_never_ticked_beforehand(cast: Cast, client: Client) -> None:
    for path in (ASK, INFORMATION, PERSONAL):
        words = get(client, cast.a, path).content.decode()
        assert words.count('name="agree_') == (3 if path == ASK else 2), path
        assert not re.search(r'name="agree_\w+"[^>]* checked', words), path


# --- requests ---------------------------------------------------------------------------------------------------------


def test_a_request_for_information_keeps_what_the_law_asks(cast: Cast, client: Client) -> None:
    answer = post(client, cast.a, INFORMATION, {**WISH, "purpose": "Làm luận văn", "key": "k" * 22})
    assert answer.status_code == 302
    [case] = _cases(cast.a, CaseKind.INFORMATION)
    # Five working days from Sunday 22 November 2026.
    assert (case.wish, str(case.due_on), case.moderation) == (InformationWay.MAIL, "2026-11-27", Moderation.PRIVATE)
    with unit_scope(cast.a.unit):
        assert unseal(CaseSender.objects.get(case=case).sealed_address) == "Tổ 3, Thuận An"
        agreed = {row.purpose for row in CaseConsent.objects.filter(case=case)}
    assert agreed == {ConsentPurpose.HANDLE, ConsentPurpose.MAIL}
    assert "luận văn" not in case.sealed_details
    assert ("Dùng để làm gì", "Làm luận văn") in lines_of_request(case)
    assert case.code_words in get(client, cast.a, answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"), ({"address": ""}, "address"), ({"wish": ""}, "wish"), ({"wish": "FAX"}, "wish"),
        ({"email": "", "agree_mail": ""}, "email"), ({"phone": "", "email": "", "wish": "POST"}, "phone"),
        ({"agree_handle": ""}, "agree_handle"),
    ],
)  # fmt: skip
def test_a_request_needs_its_parts(cast: Cast, client: Client, change: dict[str, str], field: str) -> None:
    page = post(client, cast.a, INFORMATION, {**WISH, **change})
    assert page.status_code == 422
    assert field in page.context["form"].errors


def _ask_data(client: Client, house: House, **more: str) -> Case:
    data = {**WHO, "wish": "DELETE", "proof": "OFFICE", **more}
    assert post(client, house, PERSONAL, data).status_code == 302
    return _cases(house, CaseKind.PERSONAL)[-1]


@pytest.mark.parametrize(
    ("wish", "due"),
    [("VIEW", "2026-12-02"), ("CORRECT", "2026-12-02"), ("DELETE", "2026-12-12"), ("WITHDRAW", "2026-12-07")],
)
def test_each_wish_has_its_days(cast: Cast, client: Client, wish: str, due: str) -> None:
    case = _ask_data(client, cast.a, wish=wish, text="Tên sai: Buởi, đúng là Bưởi")
    assert (str(case.due_on), case.moderation, case.may_publish) == (due, Moderation.PRIVATE, False)


def test_code_and_number_prove_who_one_is_and_nobody_is_told(cast: Cast, client: Client) -> None:
    own = make_case(cast.a)
    right = post(client, cast.a, PERSONAL, {**WHO, "wish": "VIEW", "proof": "CODE", "code": own.code, "key": "a" * 22})
    other = {**WHO, "wish": "VIEW", "proof": "CODE", "code": own.code, "phone": "0905 000 111", "key": "b" * 22}
    wrong = post(client, cast.a, PERSONAL, other)
    assert (right.status_code, wrong.status_code) == (302, 302)
    proved, unproved = _cases(cast.a, CaseKind.PERSONAL)
    assert is_proved(proved)
    assert not is_proved(unproved)
    assert set(read_details(proved)) - set(read_details(unproved)) == {"ma_va_so_khop"}
    assert "khop" not in str(lines_of_request(proved))
    pages = [get(client, cast.a, answer.headers["Location"]).content.decode() for answer in (right, wrong)]
    assert "khớp" not in "".join(pages)


def test_nothing_of_a_request_is_public(cast: Cast, client: Client) -> None:
    post(client, cast.a, INFORMATION, {**WISH, "text": "Hồ sơ đất zzqqx của ông Mẫu ở Hòa Duân"})
    _ask_data(client, cast.a, wish="CORRECT", text="Tên zzqqx viết sai, đúng là Bưởi")
    codes = [case.code for kind in (CaseKind.INFORMATION, CaseKind.PERSONAL) for case in _cases(cast.a, kind)]
    assert len(codes) == 2
    paths = ["/hoi-dap/", "/hoi-dap/?q=zzqqx", "/hoi-dap/goi-y?q=ten+zzqqx+viet+sai", "/hoi-dap/atom/", "/phan-anh/",
             "/phan-anh/atom/", "/yeu-cau-thong-tin/", "/du-lieu-ca-nhan/", "/so-do-trang/", "/sitemap.xml"]  # fmt: skip
    paths += [f"/{room}/{code}/" for room in ("hoi-dap", "phan-anh") for code in codes]
    for house in (cast.a, cast.b):
        for path in paths:
            answer = get(client, house, path)
            words = answer.content.decode()
            assert "zzqqx" not in words.replace("zzqqx”", "").replace('value="zzqqx"', ""), path
            assert not any(code in words for code in codes) or answer.status_code == 404, path


def test_the_pages_say_what_the_rows_say(cast: Cast, client: Client) -> None:
    information = get(client, cast.a, "/yeu-cau-thong-tin/").content.decode()
    assert "5 ngày làm việc" in information
    assert "15 ngày làm việc" in information
    personal = get(client, cast.a, "/du-lieu-ca-nhan/").content.decode()
    for words in ("365 ngày", "20 ngày", "2 ngày làm việc", "NĐ 356/2025"):
        assert words in personal, words


def test_a_closed_unit_takes_nothing(cast: Cast, client: Client) -> None:
    Unit.objects.filter(pk=cast.a.unit.pk).update(valid_to="2026-01-01")
    for path in (ASK, INFORMATION, PERSONAL):
        assert post(client, cast.a, path, QUESTION).status_code == 404, path
    assert not _cases(cast.a, CaseKind.QUESTION)


def test_statuses_of_the_engine_hold_for_requests(cast: Cast, client: Client) -> None:
    assert _ask_data(client, cast.a).status == CaseStatus.RECEIVED
