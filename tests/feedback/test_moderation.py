"""Moderating: who may, one outcome for two moderators, what citizens see then, at a constant number of queries."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback import actions
from feedback.enums import CommentStatus, RefuseReason
from feedback.models import Comment
from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House, make_cast
from tests.factories.readers import comments_of, make_comment, open_comments
from tests.factories.visits import body_of, visit
from units.enums import Role

LIST = "/quan-tri/feedback/comment/"


@pytest.fixture
def open_cast(cast: Cast) -> Cast:
    open_comments(cast.a, cast.b)
    return cast


def _post(house: House, user: User, **data: Any) -> Any:
    client = Client()
    client.force_login(user)
    return client.post(LIST, {"dang": "HELD", **data}, headers={"host": house.host}, follow=True)


def _status(house: House) -> list[str]:
    return [comment.status for comment in comments_of(house)]


def test_one_press_shows_it_to_citizens_at_once(open_cast: Cast) -> None:
    a = open_cast.a
    comment = make_comment(a, "Đèn đường đã sáng")
    path = a.article.get_absolute_url()
    assert "Đèn đường đã sáng" not in body_of(visit(a.host, path))
    response = _post(a, a.people[Role.EDITOR], hien=comment.pk)
    assert "Đã hiện 1 góp ý." in response.content.decode()
    assert "Đèn đường đã sáng" in body_of(visit(a.host, path)), "the cached page was forgotten"
    with unit_scope(a.unit):
        entry = AuditEntry.objects.about(comment).get()
    assert (entry.verb, entry.actor, entry.detail["from"]) == ("comment.show", a.people[Role.EDITOR], "HELD")


def test_taking_a_shown_one_back_hides_it_at_once(open_cast: Cast) -> None:
    a = open_cast.a
    comment = make_comment(a, "Lỡ hiện nhầm", status=CommentStatus.SHOWN)
    path = a.article.get_absolute_url()
    assert "Lỡ hiện nhầm" in body_of(visit(a.host, path))
    _post(a, a.people[Role.EDITOR], dang="SHOWN", **{"khong-hien": comment.pk, f"ly-do-{comment.pk}": "RUDE"})
    assert "Lỡ hiện nhầm" not in body_of(visit(a.host, path))
    assert comments_of(a)[0].refuse_reason == RefuseReason.RUDE


def test_refusing_needs_a_reason(open_cast: Cast) -> None:
    a = open_cast.a
    comment = make_comment(a, "Chưa rõ lý do")
    response = _post(a, a.people[Role.EDITOR], **{"khong-hien": comment.pk, "ly-do": "BỪA"})
    assert "Chọn lý do" in response.content.decode()
    assert _status(a) == ["HELD"]
    with unit_scope(a.unit), pytest.raises(ValueError, match="reason"):
        actions.decide_comments(
            pks=[comment.pk], seen=CommentStatus.HELD, to=CommentStatus.REFUSED, actor=a.people[Role.EDITOR]
        )


def test_several_at_once_by_ticking(open_cast: Cast) -> None:
    a = open_cast.a
    rows = [make_comment(a, f"Ý {number}") for number in range(4)]
    response = _post(a, a.people[Role.EDITOR], chon=[rows[0].pk, rows[2].pk], rac="chon")
    assert "Đã bỏ 2 góp ý vào rác." in response.content.decode()
    assert _status(a) == ["SPAM", "HELD", "SPAM", "HELD"]
    nothing = _post(a, a.people[Role.EDITOR], hien="chon")
    assert "Chưa chọn góp ý nào" in nothing.content.decode()
    refused = _post(
        a, a.people[Role.EDITOR], chon=[rows[1].pk, rows[3].pk], **{"khong-hien": "chon", "ly-do": "REPEATED"}
    )
    assert "Đã ghi không hiện 2 góp ý." in refused.content.decode()


@pytest.mark.parametrize("junk", [{"hien": "x"}, {"hien": "9" * 30}, {"hien": "-1"}, {"dang": "BỪA", "hien": "1"}, {}])
def test_junk_changes_nothing(open_cast: Cast, junk: dict[str, str]) -> None:
    make_comment(open_cast.a, "Nguyên")
    assert _post(open_cast.a, open_cast.a.people[Role.EDITOR], **junk).status_code == 200
    assert _status(open_cast.a) == ["HELD"]


def test_the_second_moderator_is_told_and_changes_nothing(open_cast: Cast) -> None:
    a = open_cast.a
    comment = make_comment(a, "Hai người cùng xem")
    _post(a, a.people[Role.EDITOR], hien=comment.pk)
    late = _post(a, a.people[Role.APPROVER], rac=comment.pk)
    assert "1 góp ý đã có người khác xem trước" in late.content.decode()
    assert _status(a) == ["SHOWN"]
    with unit_scope(a.unit):
        assert AuditEntry.objects.about(comment).count() == 1


@pytest.mark.parametrize("role", Role)
def test_who_may_moderate(open_cast: Cast, role: Role) -> None:
    a = open_cast.a
    comment = make_comment(a, "Chỉ ban biên tập đọc")
    response = visit(a.host, LIST, user=a.people[role])
    allowed = role != Role.AUTHOR
    assert response.status_code == (200 if allowed else 403)
    assert ("Chỉ ban biên tập đọc" in body_of(response)) is allowed
    posted = _post(a, a.people[role], hien=comment.pk)
    assert posted.status_code == (200 if allowed else 403)
    assert _status(a) == ["SHOWN" if allowed else "HELD"]
    desk = body_of(visit(a.host, "/quan-tri/", user=a.people[role]))
    assert ("Góp ý dưới bài" in desk) is allowed


def test_the_others_comments_are_out_of_reach(open_cast: Cast) -> None:
    a, b = open_cast.a, open_cast.b
    foreign = make_comment(b, "Của đơn vị kia")
    assert b.marker not in body_of(visit(a.host, LIST, user=a.admin))
    response = _post(a, a.admin, hien=foreign.pk)
    assert "có người khác xem trước" in response.content.decode()
    assert _status(b) == ["HELD"]
    assert visit(a.host, f"{LIST}{foreign.pk}/change/", user=a.admin).status_code == 404


def test_the_answer_stands_under_the_comment(open_cast: Cast) -> None:
    a = open_cast.a
    comment = make_comment(a, "Bao giờ có nước", status=CommentStatus.SHOWN)
    client = Client()
    client.force_login(a.people[Role.EDITOR])
    saved = client.post(
        f"{LIST}{comment.pk}/change/", {"answer": "Chiều nay có <b>nước</b>."}, headers={"host": a.host}
    )
    assert saved.status_code == 302
    text = body_of(visit(a.host, a.article.get_absolute_url()))
    assert "Phường Thuận An trả lời" in text
    assert "Chiều nay có nước." in text
    with unit_scope(a.unit):
        assert AuditEntry.objects.about(comment).get().verb == "comment.answer"
    # The form changes the answer and nothing else.
    client.post(
        f"{LIST}{comment.pk}/change/", {"answer": "", "text": "Khác", "status": "SPAM"}, headers={"host": a.host}
    )
    (kept,) = comments_of(a)
    assert (kept.answer, kept.status) == ("", "SHOWN")
    assert kept.text.startswith("Bao giờ")


def test_lists_cost_the_same_with_one_and_with_thirty(open_cast: Cast) -> None:
    a = open_cast.a
    client = Client()
    client.force_login(a.people[Role.EDITOR])
    for path in (LIST, f"{LIST}?xem=hien", "/quan-tri/"):
        counts = []
        client.get(path, headers={"host": a.host})  # what is looked up once an hour
        for number in (1, 2, 30):
            for status in (CommentStatus.HELD, CommentStatus.SHOWN):
                for _one in range(number):
                    make_comment(a, "Đếm", status=status, decided_by=a.admin)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path, headers={"host": a.host}).status_code == 200
            counts.append(len(queries))
        # The desk counts the waiting ones only when there are more than it shows: one query.
        assert max(counts) - min(counts) <= (path == "/quan-tri/"), (path, counts)
        assert max(counts) <= (40 if path == "/quan-tri/" else 30)


def test_the_waiting_are_read_oldest_first_page_by_page(open_cast: Cast) -> None:
    a = open_cast.a
    for number in range(32):
        make_comment(a, f"Thư {number:02d}.")
    client = Client()
    client.force_login(a.people[Role.EDITOR])
    first = client.get(LIST, headers={"host": a.host}).content.decode()
    assert "Chờ xem (32)" in first
    assert first.index("Thư 00.") < first.index("Thư 01.")
    assert "Thư 30." not in first
    following = (
        first.split('class="pile__more"><a class="btn btn--plain" href="')[1].split('"')[0].replace("&amp;", "&")
    )
    second = client.get(f"{LIST}{following}", headers={"host": a.host}).content.decode()
    assert "Thư 31." in second
    assert "Thư 29." not in second


def test_deciding_about_thirty_costs_a_constant_number(open_cast: Cast) -> None:
    a = open_cast.a
    counts = []
    for number in (1, 30):
        pks = [make_comment(a, "Loạt").pk for _one in range(number)]
        with unit_scope(a.unit), CaptureQueriesContext(connection) as queries:
            done = actions.decide_comments(
                pks=pks, seen=CommentStatus.HELD, to=CommentStatus.SHOWN, actor=a.people[Role.EDITOR]
            )
        assert done == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_one_outcome(clock: time_machine.Traveller) -> None:
    from concurrent.futures import ThreadPoolExecutor

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    comment = make_comment(cast.a, "Tranh nhau")

    def decide(to: CommentStatus) -> int:
        try:
            with unit_scope(cast.a.unit):
                return actions.decide_comments(
                    pks=[comment.pk], seen=CommentStatus.HELD, to=to, actor=cast.a.people[Role.EDITOR]
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        changed = list(pool.map(decide, [CommentStatus.SHOWN, CommentStatus.SPAM] * 3))
    assert sum(changed) == 1
    with unit_scope(cast.a.unit):
        assert Comment.objects.get().status in {CommentStatus.SHOWN, CommentStatus.SPAM}
        assert AuditEntry.objects.about(comment).count() == 1
