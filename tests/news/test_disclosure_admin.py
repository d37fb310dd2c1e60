"""The clerk's screens of what must be disclosed: the desk, the form, publishing, taking away; the operator's duties."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import DisclosureDuty, DisclosureEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.disclosure import BUDGET, EVENT, QUARTERS, duty_of, make_duty, make_entry
from tests.factories.documents import document_of
from tests.factories.signed_pdfs import plain_pdf
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = pytest.mark.anywhere

ROOT = "/quan-tri/news/disclosureentry/"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


class Desk:
    """A person at a unit's administration."""

    def __init__(self, user: Any, host: str) -> None:
        self.client, self.host = Client(), host
        self.client.force_login(user)

    def get(self, path: str) -> Any:
        return self.client.get(path, headers={"host": self.host})

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(path, data, headers={"host": self.host})


@pytest.fixture
def author(cast: Cast) -> Desk:
    return Desk(cast.a.people[Role.AUTHOR], cast.a.host)


@pytest.fixture
def approver(cast: Cast) -> Desk:
    return Desk(cast.a.people[Role.APPROVER], cast.a.host)


def add_path(code: str, **more: Any) -> str:
    words = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{ROOT}add/?noi-dung={duty_of(code).pk}{words}"


def entry(cast: Cast) -> DisclosureEntry:
    with unit_scope(cast.a.unit):
        return DisclosureEntry.objects.select_related("duty", "document").get()


def test_the_desk_says_what_is_overdue_and_leads_to_the_form(cast: Cast, author: Desk) -> None:
    text = body_of(author.get(f"{ROOT}viec/"))
    assert "Quá hạn (" in text
    assert "quý III năm 2026" in text
    path = add_path(QUARTERS, ky="2026-3")
    assert path.replace("&", "&amp;") in text
    form = body_of(author.get(path))
    assert '<option value="2026-3" selected>Quý III năm 2026</option>' in form
    assert "Quý 3" not in form


def test_a_clerk_enters_an_approver_publishes(cast: Cast, author: Desk, approver: Desk) -> None:
    path = add_path(BUDGET, ky="2026-9")
    response = author.post(
        path, period="2026-9", title="", number="", signer="", signed_on="", body="<p>Thu 9 tháng</p>"
    )
    row = entry(cast)
    assert response.headers["Location"] == f"{ROOT}{row.pk}/change/"
    assert (row.title, row.year, row.part) == ("Thực hiện dự toán ngân sách, 9 tháng năm 2026", 2026, 9)
    assert row.due_on == date(2026, 10, 15)
    assert "báo người duyệt" in body_of(author.get(f"{ROOT}{row.pk}/change/"))
    assert author.get(f"{ROOT}{row.pk}/dang/").status_code == 403
    assert "Mở bản nháp" in body_of(author.get(f"{ROOT}viec/"))
    screen = body_of(approver.get(f"{ROOT}{row.pk}/change/"))
    assert f"{ROOT}{row.pk}/dang/" in screen
    assert "Bảng số liệu" in screen
    refused = approver.post(f"{ROOT}{row.pk}/dang/")
    assert "Đánh dấu đã kiểm tra" in body_of(refused)
    approver.post(f"{ROOT}{row.pk}/dang/", secrecy="on")
    assert entry(cast).status == "PUBLISHED"
    assert "trễ 38 ngày" in body_of(approver.get(f"{ROOT}{row.pk}/change/"))
    # What citizens see is the approver's.
    looked = body_of(author.get(f"{ROOT}{row.pk}/change/"))
    assert 'name="title"' not in looked
    assert "9 tháng năm 2026" in looked


def test_what_somebody_saved_meanwhile_is_not_written_over(cast: Cast, author: Desk) -> None:
    row = make_entry(cast.a, QUARTERS, year=2026, part=2, draft=True)
    fields = {"period": "2026-2", "number": "", "signer": "", "signed_on": "", "body": ""}
    path = f"{ROOT}{row.pk}/change/"
    text = body_of(author.post(path, title="Tên mới", seen="2026-11-20T07:30:00+07:00", **fields))
    assert "Người khác vừa lưu" in text
    assert 'value="Tên mới"' in text, "what was typed stays"
    assert author.post(path, title="Tên mới", seen=row.edited_at.isoformat(), **fields).status_code == 302
    assert author.post(path, title="Tên nữa", seen="junk", **fields).status_code == 302
    assert entry(cast).title == "Tên nữa"


def test_another_period_gives_another_usual_name(cast: Cast, author: Desk) -> None:
    row = make_entry(cast.a, QUARTERS, year=2026, part=2, draft=True, title="")
    fields = {"number": "", "signer": "", "signed_on": "", "body": "", "title": row.title}
    author.post(f"{ROOT}{row.pk}/change/", period="2026-3", **fields)
    assert entry(cast).title.endswith("quý III năm 2026")
    assert "quy-iii" in entry(cast).slug
    assert entry(cast).due_on == date(2026, 10, 7)


def test_taking_away_asks_why(cast: Cast, approver: Desk) -> None:
    row = make_entry(cast.a, QUARTERS, year=2026, part=3)
    assert "Viết một câu" in body_of(approver.post(f"{ROOT}{row.pk}/go/", note=" "))
    approver.post(f"{ROOT}{row.pk}/go/", note="Nhập nhầm.")
    assert entry(cast).withdrawal_note == "Nhập nhầm."
    assert "Công khai lại" in body_of(approver.get(f"{ROOT}{row.pk}/change/"))


def test_a_number_finds_the_document_and_what_it_says(cast: Cast, author: Desk) -> None:
    document = document_of(cast.a)
    author.post(add_path(EVENT), title="Dự án", number=document.number.lower(), signer="", signed_on="", body="")
    row = entry(cast)
    assert row.document == document
    assert row.document_number == ""
    assert row.signed_on == document.issued_on
    author.post(
        f"{ROOT}{row.pk}/change/", title="Dự án", number="999/KHONG-CO", signer="", signed_on="2026-11-20", body=""
    )
    row = entry(cast)
    assert (row.document, row.document_number) == (None, "999/KHONG-CO")


def test_the_others_document_is_only_a_number(cast: Cast, author: Desk) -> None:
    foreign = document_of(cast.b)
    with unit_scope(cast.b.unit):
        type(foreign).objects.filter(pk=foreign.pk).update(number="77/BRAVO", key="77bravo", serial="77")
    author.post(add_path(EVENT), title="Dự án", number="77/BRAVO", signer="", signed_on="2026-11-20", body="")
    assert entry(cast).document is None
    text = body_of(author.get(f"{ROOT}viec/?van-ban={foreign.pk}"))
    assert "Đưa văn bản" not in text


def test_a_document_goes_on_to_the_form(cast: Cast, author: Desk, approver: Desk) -> None:
    document = document_of(cast.a)
    screen = body_of(approver.get(f"/quan-tri/news/document/{document.pk}/change/"))
    assert f"{ROOT}viec/?van-ban={document.pk}" in screen
    desk = body_of(author.get(f"{ROOT}viec/?van-ban={document.pk}"))
    assert "Đưa văn bản" in desk
    assert add_path(EVENT, **{"van-ban": document.pk}).replace("&", "&amp;") in desk
    form = body_of(author.get(add_path(EVENT, **{"van-ban": document.pk})))
    assert f'value="{document.number}"' in form


def test_files_are_kept_in_order_and_checked(cast: Cast, author: Desk) -> None:
    good, bad = SimpleUploadedFile("Báo cáo.pdf", plain_pdf()), SimpleUploadedFile("x.pdf", b"MZ not a pdf")
    path = add_path(QUARTERS)
    fields = {"period": "2026-3", "title": "", "number": "", "signer": "", "signed_on": "", "body": ""}
    assert "x.pdf" in body_of(author.post(path, new_files=[bad], **fields))
    author.post(path, new_files=[good], attachments_shown="1", **fields)
    with unit_scope(cast.a.unit):
        assert [link.attachment.title for link in entry(cast).files.all()] == ["Báo cáo"]


@pytest.mark.parametrize("period", ["2026-5", "2026-13", "0-1", "99999-1", "abc", "", "2026-3'--"])
def test_a_period_that_is_not_offered_is_refused(cast: Cast, author: Desk, period: str) -> None:
    response = author.post(add_path(QUARTERS), period=period, title="", number="", signer="", signed_on="", body="x")
    assert response.status_code == 200
    assert "Chưa lưu được" in body_of(response)
    with unit_scope(cast.a.unit):
        assert not DisclosureEntry.objects.exists()


@pytest.mark.parametrize(
    "words", ["", "?noi-dung=", "?noi-dung=abc", "?noi-dung=999999999999999999", "?noi-dung=1&noi-dung=x"]
)
def test_a_new_entry_begins_with_the_choice_of_its_duty(cast: Cast, author: Desk, words: str) -> None:
    response = author.get(f"{ROOT}add/{words}")
    assert (response.status_code, response.headers["Location"]) == (302, f"{ROOT}viec/")


def test_a_duty_of_the_province_is_none_of_ours(cast: Cast, author: Desk) -> None:
    make_duty("chi-tinh", kinds=["PROVINCE"])
    assert author.get(add_path("chi-tinh")).status_code == 302


def test_an_event_without_its_day_says_so_at_the_field(cast: Cast, author: Desk) -> None:
    text = body_of(author.post(add_path(EVENT), title="Dự án", number="", signer="", signed_on="", body=""))
    assert "hạn tính từ ngày ấy" in text
    text = body_of(author.post(add_path(EVENT), title="Dự án", number="", signer="", signed_on="2026-11-23", body=""))
    assert "không thể sau hôm nay" in text


def test_a_draft_is_deleted_what_was_seen_is_not(cast: Cast, author: Desk, approver: Desk) -> None:
    draft, seen = (
        make_entry(cast.a, QUARTERS, year=2026, part=2, draft=True),
        make_entry(cast.a, QUARTERS, year=2026, part=1),
    )
    assert approver.post(f"{ROOT}{seen.pk}/delete/", post="yes").status_code == 403
    assert author.post(f"{ROOT}{draft.pk}/delete/", post="yes").status_code == 302
    assert entry(cast).pk == seen.pk


def test_the_others_entry_is_not_here(cast: Cast, approver: Desk) -> None:
    row = make_entry(cast.b, QUARTERS, year=2026, part=3)
    for end in ("change/", "dang/", "go/", "delete/", "history/"):
        assert approver.get(f"{ROOT}{row.pk}/{end}").status_code == 404, end
        assert approver.post(f"{ROOT}{row.pk}/{end}", note="x", secrecy="on").status_code == 404, end
    for path in (ROOT, f"{ROOT}viec/"):
        assert cast.b.marker not in body_of(approver.get(path))
    outsider = Desk(cast.b.admin, cast.a.host)
    assert outsider.get(f"{ROOT}viec/").status_code in {302, 403, 404}


def test_the_first_page_says_what_is_overdue(cast: Cast, author: Desk) -> None:
    text = body_of(author.get("/quan-tri/"))
    assert "cong-khai-viec" in text
    assert "Quá hạn" in text
    make_entry(cast.a, QUARTERS, year=2026, part=3)
    assert _overdue(body_of(author.get("/quan-tri/"))) == _overdue(text) - 1


def _overdue(text: str) -> int:
    found = re.search(r'id="cong-khai-viec".*?Quá hạn (\d+)', text, re.DOTALL)
    assert found
    return int(found.group(1))


def test_screens_cost_the_same_at_one_row_and_at_three(cast: Cast, approver: Desk) -> None:
    row = make_entry(cast.a, QUARTERS, year=2026, part=3)
    paths = (ROOT, f"{ROOT}viec/", f"{ROOT}{row.pk}/change/", add_path(QUARTERS), "/quan-tri/")
    first = [_queries(approver, path) for path in paths]
    for part in (1, 2):
        make_entry(cast.a, QUARTERS, year=2026, part=part)
        make_entry(cast.a, EVENT, signed_on=date(2026, 11, part))
        make_entry(cast.a, BUDGET, year=2026, part=3 * part, draft=True)
    assert [_queries(approver, path) for path in paths] == first
    assert max(first[:-1]) <= 30, first


def _queries(desk: Desk, path: str) -> int:
    desk.get(path)
    for alias in ("pages", "default"):
        caches[alias].clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert desk.get(path).status_code == 200
    return len(queries)


def test_public_pages_cost_the_same_at_one_row_and_at_three(cast: Cast) -> None:
    row = make_entry(cast.a, QUARTERS, year=2026, part=3)
    visitor = Desk(cast.stranger, cast.a.host)
    visitor.client.logout()
    province = Desk(cast.stranger, "localhost")
    province.client.logout()
    paths = ("/cong-khai/", "/cong-khai/?nam=2026", f"/cong-khai/noi-dung/{QUARTERS}/", row.get_absolute_url(), "/cong-khai/rss/", "/cong-khai/tai-ve.csv")  # fmt: skip
    first = [_queries(visitor, path) for path in paths] + [_queries(province, "/cong-khai/cac-don-vi/")]
    for part in (1, 2):
        for house in (cast.a, cast.b):
            make_entry(house, QUARTERS, year=2026, part=part)
            make_entry(house, EVENT, signed_on=date(2026, 11, part), document=document_of(house))
    assert [_queries(visitor, path) for path in paths] + [_queries(province, "/cong-khai/cac-don-vi/")] == first
    assert max(first) <= 12, first


def test_operators_keep_the_duties(cast: Cast) -> None:
    operator, admin = Desk(cast.operator, cast.a.host), Desk(cast.a.admin, cast.a.host)
    path = "/quan-tri/news/disclosureduty/"
    assert admin.get(path).status_code == 403
    assert operator.get(path).status_code == 200
    values = {
        "code": "thu-nghiem", "group": "PLANS", "title": "Nội dung thử", "explanation": "", "kinds": ["COMMUNE"],
        "period": "QUARTER", "due_days": "5", "in_working_days": "on", "due_from": "PERIOD_END", "form_numbers": "",
        "valid_from": "2026-01-01", "valid_to": "2025-01-01", "source": "Luật thử", "order": "900",
    }  # fmt: skip
    assert "không thể trước" in body_of(operator.post(f"{path}add/", **values))
    assert operator.post(f"{path}add/", **{**values, "valid_to": ""}).status_code == 302
    duty = DisclosureDuty.objects.get(code="thu-nghiem")
    assert duty.kinds == ["COMMUNE"]
    other = {**values, "valid_from": "2026-07-01", "valid_to": "", "period": "YEAR"}
    assert "phải cùng kỳ" in body_of(operator.post(f"{path}add/", **other))
    assert "Nội dung thử" in body_of(Client().get("/cong-khai/", headers={"host": cast.a.host}))
