"""The desk's screens: what each role sees and may do there, what the form says when an action refuses, how many queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import actions
from news.enums import ArticleStatus as Status
from news.enums.workflow import Decision
from news.models import Article, ArticleTransition
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.pictures import png_bytes
from tests.factories.visits import visit
from tests.factories.workflow import approve, standing, steps_of, words
from units.enums import Role

pytestmark = pytest.mark.anywhere

LIST = "/quan-tri/news/article/"
ADD = f"{LIST}add/"


class Desk:
    """A logged-in person at the desk of one house."""

    def __init__(self, house: House, role: Role) -> None:
        self.house = house
        self.client = Client()
        self.client.force_login(house.people[role])

    def get(self, path: str) -> Any:
        return self.client.get(path, headers={"host": self.house.host})

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(path, data, headers={"host": self.house.host}, follow=True)

    def form(self, **changes: Any) -> dict[str, Any]:
        """The article's form, filled."""
        text = {"title": "Lịch tiếp dân", "summary": "Sáng thứ Hai.", "body": "<p>Tại phòng tiếp dân.</p>"}
        return {**text, "category": self.house.category.pk, **changes}


def _review(article: Article) -> str:
    return f"{LIST}{article.pk}/duyet/"


def _row(house: House, status: Status, **more: Any) -> Article:
    with unit_scope(house.unit):
        return standing(house, status, **more)


def _stored(house: House, article: Article) -> Article:
    with unit_scope(house.unit):
        return Article.objects.select_related("category", "created_by", "submitted_by").get(pk=article.pk)


def _decisions(response: Any) -> set[str]:
    return set(response.context["standing"].decisions)


# --- the whole way through the screens --------------------------------------------------------------------------------------


def test_written_sent_back_mended_scheduled(cast: Cast) -> None:
    author, editor, approver = (Desk(cast.a, role) for role in (Role.AUTHOR, Role.EDITOR, Role.APPROVER))
    due = timezone.localtime(NOW + timedelta(hours=5))
    form = author.form(_submit="1", **{"submit-due_at": f"{due:%Y-%m-%dT%H:%M}", "submit-remark": "Cần trước họp."})
    response = author.post(ADD, form)
    assert "Đã gửi duyệt." in response.text
    with unit_scope(cast.a.unit):
        article = Article.objects.latest("pk")
    assert article.due_at == due.replace(second=0, microsecond=0)
    assert "Cần trước họp." in approver.get(_review(article)).text

    back = {"decision": "return", "reason": "Ghi rõ phòng số mấy.", "seen_version": article.version_number}
    assert "Đã trả lại bài cho người viết." in editor.post(_review(article), back).text
    form_page = author.get(f"{LIST}{article.pk}/change/")
    assert "Ghi rõ phòng số mấy." in form_page.text
    assert "trả lại bài này" in form_page.text

    changes = author.form(body="<p>Phòng số 2.</p>", _submit="1")
    author.post(f"{LIST}{article.pk}/change/", changes)
    stored = _stored(cast.a, article)
    assert stored.status == Status.SUBMITTED
    moment = timezone.localtime(NOW + timedelta(days=1))
    plan = {
        "decision": "schedule", "secrecy": "on", "at": f"{moment:%Y-%m-%dT%H:%M}",
        "seen_version": stored.version_number,
    }  # fmt: skip
    response = approver.post(_review(article), plan)
    assert "Bài sẽ đăng lúc" in response.text
    stored = _stored(cast.a, article)
    assert stored.status == Status.SCHEDULED
    with unit_scope(cast.a.unit):
        assert [verb for verb, _f, _t in steps_of(article)] == ["submit", "return", "submit", "approve", "schedule"]
    assert visit(cast.a.host, stored.get_absolute_url()).status_code == 404


OPEN: list[tuple[Status, dict[Role, set[str]]]] = [
    (
        Status.SUBMITTED,
        {
            Role.AUTHOR: {Decision.RECALL},
            Role.EDITOR: {Decision.RETURN},
            Role.APPROVER: {Decision.PUBLISH, Decision.SCHEDULE, Decision.APPROVE, Decision.RETURN},
            Role.UNIT_ADMIN: {Decision.PUBLISH, Decision.SCHEDULE, Decision.APPROVE, Decision.RETURN},
        },
    ),
    (Status.DRAFT, {role: set() for role in Role}),
    (
        Status.APPROVED,
        {
            Role.AUTHOR: set(),
            Role.EDITOR: set(),
            Role.APPROVER: {Decision.PUBLISH_NOW, Decision.RESCHEDULE, Decision.RETURN},
        },
    ),
    (
        Status.SCHEDULED,
        {
            Role.EDITOR: set(),
            Role.APPROVER: {Decision.PUBLISH_NOW, Decision.RESCHEDULE, Decision.RETURN, Decision.UNSCHEDULE},
        },
    ),
    (Status.PUBLISHED, {role: set() for role in Role}),
    (Status.WITHDRAWN, {Role.EDITOR: set(), Role.APPROVER: {Decision.REOPEN}}),
]


@pytest.mark.parametrize(("status", "by_role"), OPEN, ids=[status.value for status, _roles in OPEN])
def test_each_role_sees_its_decisions_and_no_others(cast: Cast, status: Status, by_role: dict[Role, set[str]]) -> None:
    article = _row(cast.a, status)
    for role, decisions in by_role.items():
        response = Desk(cast.a, role).get(_review(article))
        assert response.status_code == 200
        assert _decisions(response) == decisions, role
        assert article.title in response.text
        if not decisions and status in {Status.APPROVED, Status.SCHEDULED, Status.WITHDRAWN}:
            assert "Việc duyệt do người duyệt làm." in response.text


def test_a_decision_that_is_not_offered_is_not_taken_by_sending_its_name(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    for role, decision in ((Role.AUTHOR, "publish"), (Role.EDITOR, "approve"), (Role.EDITOR, "xóa")):
        sent = {"decision": decision, "secrecy": "on", "seen_version": 1}
        assert Desk(cast.a, role).post(_review(article), sent).status_code == 200
    assert _stored(cast.a, article).status == Status.SUBMITTED


def test_ones_own_text_says_why_the_button_is_not_there(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED, created_by=cast.a.people[Role.APPROVER])
    response = Desk(cast.a, Role.APPROVER).get(_review(article))
    assert "Bài này do bạn viết: người khác duyệt." in response.text
    assert Decision.PUBLISH not in _decisions(response)
    assert "Duyệt và đăng ngay" not in response.text


@pytest.mark.parametrize(
    ("sent", "sentence", "field"),
    [
        ({"decision": "publish"}, "Đọc bài, rồi đánh dấu đã kiểm tra bí mật nhà nước.", "id_secrecy"),
        ({}, "Chọn một quyết định.", "id_decision"),
        ({"decision": "schedule", "secrecy": "on"}, "Chọn ngày và giờ đăng.", "id_at"),
        (
            {"decision": "schedule", "secrecy": "on", "at": "2020-01-01T08:00"},
            "Giờ hẹn đăng phải sau lúc này.",
            "id_at",
        ),
        ({"decision": "schedule", "secrecy": "on", "at": "mai"}, "Chọn đủ ngày và giờ", "id_at"),
        ({"decision": "return", "reason": " "}, "Viết một câu cho người viết biết cần sửa gì.", "id_reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, sent: dict[str, str], sentence: str, field: str) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    response = Desk(cast.a, Role.APPROVER).post(_review(article), {**sent, "seen_version": 1})
    assert sentence in response.text
    assert f'href="#{field}"' in response.text
    assert _stored(cast.a, article).status == Status.SUBMITTED


def test_a_text_that_is_not_whole_explains_instead_of_failing_silently(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED, summary="")
    approver = Desk(cast.a, Role.APPROVER)
    assert "Chưa có tóm tắt" in approver.get(_review(article)).text
    sent = {"decision": "publish", "secrecy": "on", "seen_version": 1}
    assert "Còn thiếu tóm tắt" in approver.post(_review(article), sent).text


def test_who_comes_second_reads_who_was_faster(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    with unit_scope(cast.a.unit):
        approve(cast.a, article, role=Role.UNIT_ADMIN, publish=True)
    sent = {"decision": "publish", "secrecy": "on", "seen_version": 1}
    response = Desk(cast.a, Role.APPROVER).post(_review(article), sent)
    assert "đã làm bước “Đăng” lúc" in response.text
    assert str(cast.a.admin) in response.text


def test_words_saved_while_the_approver_read_must_be_read_first(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    with unit_scope(cast.a.unit):
        row = Article.objects.get(pk=article.pk)
        row.title = "Tiêu đề mới"
        actions.save_article(article=row, actor=cast.a.people[Role.EDITOR])
    sent = {"decision": "publish", "secrecy": "on", "seen_version": 1}
    response = Desk(cast.a, Role.APPROVER).post(_review(article), sent)
    assert "Đọc lại bản mới" in response.text
    assert _stored(cast.a, article).status == Status.SUBMITTED


def test_recalling_lets_the_author_write_on(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    author = Desk(cast.a, Role.AUTHOR)
    page = author.get(f"{LIST}{article.pk}/change/")
    assert "Rút lại để sửa" in page.text
    assert 'id="article_form"' not in page.text
    author.post(_review(article), {"decision": "recall", "seen_version": 1})
    assert _stored(cast.a, article).status == Status.DRAFT
    assert 'id="article_form"' in author.get(f"{LIST}{article.pk}/change/").text


# --- urgent, second look --------------------------------------------------------------------------------------------------


def test_publishing_alone_and_the_other_persons_look(cast: Cast) -> None:
    approver, admin = Desk(cast.a, Role.APPROVER), Desk(cast.a, Role.UNIT_ADMIN)
    approver.post(ADD, approver.form(_save="1"))
    with unit_scope(cast.a.unit):
        article = Article.objects.latest("pk")
    path = f"{LIST}{article.pk}/khan/"
    assert path in approver.get(f"{LIST}{article.pk}/change/").text
    response = approver.post(path, {"seen_version": article.version_number})
    assert "Viết vì sao không chờ người khác duyệt được." in response.text
    assert "đánh dấu đã kiểm tra bí mật nhà nước" in response.text
    sent = {"seen_version": article.version_number, "reason": "Bão số 13.", "secrecy": "on"}
    response = approver.post(path, sent)
    assert "Đã đăng." in response.text
    assert "Phần này do bạn đăng hoặc sửa: người khác xem lại." in response.text
    stored = _stored(cast.a, article)
    assert visit(cast.a.host, stored.get_absolute_url()).status_code == 200

    assert article.title in admin.get(f"{LIST}?viec=xem-lai").text
    assert article.title not in approver.get(f"{LIST}?viec=xem-lai").context["cl"].queryset.values_list(
        "title", flat=True
    )
    look = {"decision": "looked", "seen_version": stored.version_number}
    assert "Đã ghi là có người thứ hai xem lại." in admin.post(_review(article), look).text
    assert _stored(cast.a, article).second_look_by == cast.a.admin


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_who_may_not_publish_publishes_nothing_urgently(cast: Cast, role: Role) -> None:
    article = _row(cast.a, Status.DRAFT)
    desk, path = Desk(cast.a, role), f"{LIST}{article.pk}/khan/"
    assert desk.get(path).status_code == 302
    sent = {"seen_version": 1, "reason": "Gấp", "secrecy": "on"}
    assert desk.post(path, sent).status_code == 403
    assert _stored(cast.a, article).status == Status.DRAFT


# --- the edit form ----------------------------------------------------------------------------------------------------------


def test_what_the_action_refuses_comes_back_in_the_form_with_everything_typed(cast: Cast) -> None:
    """A published text, opened before; the words go to an author's form whose text was published meanwhile."""
    author = Desk(cast.a, Role.AUTHOR)
    article = _row(cast.a, Status.DRAFT)
    past = f"{timezone.localtime(NOW - timedelta(hours=1)):%Y-%m-%dT%H:%M}"
    sent = author.form(title="Chữ vừa gõ", _submit="1", **{"submit-due_at": past, "submit-remark": "Nhắn gì đó"})
    upload = SimpleUploadedFile("anh.png", png_bytes(), content_type="image/png")
    response = author.post(f"{LIST}{article.pk}/change/", {**sent, "upload": upload, "alt_text": "Bến thuyền"})
    assert response.status_code == 200
    assert "Hạn duyệt phải sau lúc này." in response.text
    assert 'value="Chữ vừa gõ"' in response.text
    assert "Nhắn gì đó" in response.text
    assert "không phải ảnh" not in response.text
    stored = _stored(cast.a, article)
    assert (stored.title, stored.status, stored.version_number) == (article.title, Status.DRAFT, 1), "nothing of it"


def test_saving_an_approved_text_warns_that_it_must_be_approved_again(cast: Cast) -> None:
    article = _row(cast.a, Status.APPROVED)
    editor, path = Desk(cast.a, Role.EDITOR), f"{LIST}{article.pk}/change/"
    assert "Sửa chữ thì bài phải duyệt lại." in editor.get(path).text
    response = editor.post(path, editor.form(_save="1", was_approved="1"))
    assert "Chữ đã đổi nên bài phải duyệt lại." in response.text
    assert _stored(cast.a, article).status == Status.SUBMITTED


def test_correcting_what_citizens_read_without_a_note_says_so(cast: Cast) -> None:
    article = _row(cast.a, Status.PUBLISHED, body=words(40))
    editor, path = Desk(cast.a, Role.EDITOR), f"{LIST}{article.pk}/change/"
    response = editor.post(path, editor.form(_save="1", title=article.title, body=words(80, "mới")))
    assert response.status_code == 200
    assert "Chưa lưu được" in response.text
    assert _stored(cast.a, article).version_number == 1


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.WITHDRAWN])
def test_what_is_over_is_read_only_until_it_is_opened_again(cast: Cast, status: Status) -> None:
    article = _row(cast.a, status)
    admin, path = Desk(cast.a, Role.UNIT_ADMIN), f"{LIST}{article.pk}/change/"
    assert "Mở lại thành bản nháp rồi mới sửa được." in admin.get(path).text
    assert admin.post(path, admin.form(_save="1")).status_code == 403
    admin.post(_review(article), {"decision": "reopen", "seen_version": 1})
    assert 'id="article_form"' in admin.get(path).text


def test_the_way_of_an_article_tells_who_when_and_why(cast: Cast) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    with unit_scope(cast.a.unit):
        actions.return_article(article=article, actor=cast.a.admin, reason="<script>alert(1)</script> Thiếu ảnh.")
    response = Desk(cast.a, Role.AUTHOR).get(f"{LIST}{article.pk}/change/")
    assert str(cast.a.admin) in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Thiếu ảnh." in response.text
    assert "<script>alert(1)" not in response.text


# --- the other unit ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ["duyet", "khan"])
@pytest.mark.parametrize("who", ["own admin", "operator"])
def test_the_others_article_is_not_here(cast: Cast, screen: str, who: str) -> None:
    article = _row(cast.b, Status.SUBMITTED)
    client = Client()
    client.force_login(cast.a.admin if who == "own admin" else cast.operator)
    path = f"{LIST}{article.pk}/{screen}/"
    sent = {"decision": "publish", "secrecy": "on", "seen_version": 1, "reason": "x"}
    for response in (
        client.get(path, headers={"host": cast.a.host}),
        client.post(path, sent, headers={"host": cast.a.host}),
    ):
        assert response.status_code == 404
        assert cast.b.marker not in response.text
    assert _stored(cast.b, article).status == Status.SUBMITTED


@pytest.mark.parametrize("screen", ["duyet", "khan"])
def test_the_others_people_and_strangers_come_to_the_door(cast: Cast, screen: str) -> None:
    article = _row(cast.a, Status.SUBMITTED)
    for person in (cast.b.admin, cast.outsider, cast.stranger):
        response = visit(cast.a.host, f"{LIST}{article.pk}/{screen}/", user=person)
        assert response.status_code == 302
        assert "/quan-tri/login/" in response.headers["Location"]


# --- lists and “Việc hôm nay” ---------------------------------------------------------------------------------------------


def _fill(house: House, number: int) -> None:
    with unit_scope(house.unit):
        for place in range(number):
            for status in Status:
                row = standing(house, status, title=f"{status.value} {place} {house.marker}")
                ArticleTransition.objects.create(
                    article=row, verb="submit", from_status="DRAFT", to_status="SUBMITTED", actor=house.admin
                )
            standing(house, Status.SUBMITTED, title=f"Trễ {place}", due_at=NOW - timedelta(hours=1))
            standing(house, Status.PUBLISHED, title=f"Khẩn {place}", second_look_due_at=NOW + timedelta(hours=2))


def test_every_list_shows_its_own_and_nothing_of_the_other_unit(cast: Cast) -> None:
    for house in (cast.a, cast.b):
        _fill(house, 1)
    expected = {
        "cho-duyet": {"Trễ 0", f"SUBMITTED 0 {cast.a.marker}"},
        "xem-lai": {"Khẩn 0"},
        "da-duyet": {f"APPROVED 0 {cast.a.marker}"},
        "hen-gio": {f"SCHEDULED 0 {cast.a.marker}"},
        "tra-lai": set(),
        "da-gui": set(),
    }
    approver = Desk(cast.a, Role.APPROVER)
    for key, titles in expected.items():
        response = approver.get(f"{LIST}?viec={key}")
        assert {row.title for row in response.context["cl"].result_list} == titles, key
        assert cast.b.marker not in response.text
    author = Desk(cast.a, Role.AUTHOR)
    assert {row.title for row in author.get(f"{LIST}?viec=tra-lai").context["cl"].result_list} == {
        f"RETURNED 0 {cast.a.marker}"
    }
    assert "Chờ tôi duyệt" not in author.get(LIST).text


def test_what_is_due_first_stands_first(cast: Cast) -> None:
    for title, hours in (("Sau", 9), ("Trước", 1), ("Không hạn", None)):
        due = NOW + timedelta(hours=hours) if hours else None
        _row(cast.a, Status.SUBMITTED, title=title, due_at=due)
    rows = Desk(cast.a, Role.APPROVER).get(f"{LIST}?viec=cho-duyet").context["cl"].result_list
    assert [row.title for row in rows] == ["Trước", "Sau", "Không hạn"]


def test_a_long_list_is_counted_no_further_than_two_digits(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        facts = {"category": cast.a.category, "status": Status.SUBMITTED, "summary": "s", "submitted_at": NOW}
        Article.objects.bulk_create([Article(title=f"Bài {number}", slug="x", **facts) for number in range(130)])
    approver = Desk(cast.a, Role.APPROVER)
    numbers = {str(tab["label"]): tab["number"] for tab in approver.get(LIST).context["tabs"]}
    assert numbers["Chờ tôi duyệt"] == "99+"
    assert "99+" in approver.get("/quan-tri/").text


def _queries(desk: Desk, path: str) -> int:
    desk.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert desk.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.APPROVER, Role.UNIT_ADMIN])
@pytest.mark.parametrize("path", ["/quan-tri/", LIST, f"{LIST}?viec=cho-duyet", f"{LIST}?viec=xem-lai", "review"])
def test_screens_cost_the_same_with_one_and_three_of_everything(cast: Cast, role: Role, path: str) -> None:
    desk = Desk(cast.a, role)
    article = _row(cast.a, Status.SUBMITTED)
    path = _review(article) if path == "review" else path
    _fill(cast.a, 1)
    one = _queries(desk, path)
    _fill(cast.a, 2)
    three = _queries(desk, path)
    assert three == one
    assert three <= (40 if path == "/quan-tri/" else 30), three


def test_today_shows_what_is_late_what_waits_and_what_is_planned(cast: Cast) -> None:
    _fill(cast.a, 1)
    panel = Desk(cast.a, Role.APPROVER).get("/quan-tri/").context["panels"][0]
    assert [line["article"].title for line in panel["urgent"]] == ["Trễ 0", "Khẩn 0"]
    assert panel["late_count"] == 1
    assert [row.title for row in panel["waiting"]] == [f"SUBMITTED 0 {cast.a.marker}"]
    assert [row.title for row in panel["planned"]] == [f"SCHEDULED 0 {cast.a.marker}"]
    text = Desk(cast.a, Role.AUTHOR).get("/quan-tri/").text
    assert "Trả lại cho bạn" in text
    assert "Chờ bạn duyệt" not in text
