"""Comments: received, never shown unseen, cleaned, limited; and no cached page carries anything of a visitor."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback import rules
from feedback.enums import CommentMark, CommentStatus
from feedback.models import Comment
from feedback.tasks.readers import dispatch_forgetting, forget_senders
from portal.core.models import AuditEntry, DaySalt
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.readers import (
    COMMENT_PATH,
    comments_of,
    make_comment,
    open_comments,
    proof_for,
    send_comment,
    stamp_of,
)
from tests.factories.visits import body_of, visit


@pytest.fixture
def open_cast(cast: Cast) -> Cast:
    open_comments(cast.a, cast.b)
    return cast


def test_a_new_site_takes_no_comments(cast: Cast) -> None:
    assert "Gửi góp ý" not in body_of(visit(cast.a.host, cast.a.article.get_absolute_url()))
    assert visit(cast.a.host, COMMENT_PATH.format(pk=cast.a.article.pk)).status_code == 404
    assert send_comment(Client(), cast.a, "Góp ý khi chưa mở").status_code == 404
    assert comments_of(cast.a) == []


def test_an_article_without_comments_takes_none(open_cast: Cast) -> None:
    a = open_cast.a
    with unit_scope(a.unit):
        a.article.allow_comments = False
        a.article.save()
    assert "Gửi góp ý" not in body_of(visit(a.host, a.article.get_absolute_url()))
    assert send_comment(Client(), a, "Góp ý vào bài đóng").status_code == 404


def test_a_comment_is_kept_and_not_shown(open_cast: Cast) -> None:
    a, client = open_cast.a, Client(enforce_csrf_checks=False)
    response = send_comment(client, a, "Đề nghị sửa đèn đường tổ 4.", proof=proof_for(client, a.host))
    assert response.status_code == 302
    answer = client.get(response.headers["Location"], headers={"host": a.host})
    assert "Đã nhận. Ban biên tập xem trước khi hiện." in answer.content.decode()
    (comment,) = comments_of(a)
    assert (comment.status, comment.text) == (CommentStatus.HELD, "Đề nghị sửa đèn đường tổ 4.")
    assert "sửa đèn đường" not in body_of(visit(a.host, a.article.get_absolute_url()))
    assert "sửa đèn đường" not in body_of(visit(a.host, f"{COMMENT_PATH.format(pk=a.article.pk)}tat-ca/"))
    with unit_scope(a.unit):
        assert AuditEntry.objects.about(comment).get().verb == "comment.receive"


def test_the_form_needs_its_token(open_cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send_comment(strict, open_cast.a, "Không có mã của trang").status_code == 403
    assert comments_of(open_cast.a) == []


def test_only_what_was_let_in_is_shown_and_it_is_escaped(open_cast: Cast) -> None:
    a = open_cast.a
    for status in CommentStatus:
        reason = "RUDE" if status == CommentStatus.REFUSED else ""
        make_comment(a, f"<b>{status}-chữ</b> & <script>alert(1)</script>", status=status, refuse_reason=reason)
    text = body_of(visit(a.host, a.article.get_absolute_url()))
    assert "&lt;b&gt;SHOWN-chữ&lt;/b&gt; &amp;" in text
    assert "<script>alert" not in text
    for hidden in ("HELD", "REFUSED", "SPAM"):
        assert f"{hidden}-chữ" not in text


def test_the_article_costs_the_same_with_one_and_with_many_comments(open_cast: Cast) -> None:
    a = open_cast.a
    path = a.article.get_absolute_url()
    counts, text = [], ""
    for number in (1, 2, 30):
        for _one in range(number):
            make_comment(a, "Góp ý đếm", status=CommentStatus.SHOWN)
        visit(a.host, f"{path}?x=1")  # warm the connection
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text = body_of(visit(a.host, f"{path}?x={number}"))
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert text.count("Góp ý đếm") == 10
    assert "Xem thêm góp ý" in text


def test_all_comments_by_page(open_cast: Cast) -> None:
    a = open_cast.a
    for number in range(35):
        make_comment(a, f"Ý số {number:02d}.", status=CommentStatus.SHOWN)
    path = f"{COMMENT_PATH.format(pk=a.article.pk)}tat-ca/"
    first = body_of(visit(a.host, path))
    assert "Ý số 34." in first
    assert "Ý số 04." not in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = body_of(visit(a.host, older))
    assert "Ý số 04." in second
    assert "Ý số 05." not in second
    for bad in ("x", "-1", "9" * 30, "1"):
        assert visit(a.host, f"{path}?truoc={bad}").status_code == 404


def test_cached_pages_carry_no_token_and_no_cookie(open_cast: Cast) -> None:
    a = open_cast.a
    make_comment(a, "Đã hiện", status=CommentStatus.SHOWN)
    for path in (
        a.article.get_absolute_url(),
        a.page.get_absolute_url(),
        f"{COMMENT_PATH.format(pk=a.article.pk)}tat-ca/",
    ):
        response = visit(a.host, path)
        assert response.status_code == 200
        assert "s-maxage" in response.headers["Cache-Control"]
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in body_of(response)
    form = visit(a.host, COMMENT_PATH.format(pk=a.article.pk))
    assert form.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert "csrfmiddlewaretoken" in body_of(form)


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        ("Nhà cái uy tín số một, nổ hũ mỗi ngày", CommentMark.ADVERTISING),
        ("NHA CAI uy tin", CommentMark.ADVERTISING),
        ("Khuyến mãi lớn tại http://a.example", CommentMark.ADVERTISING),
        ("Купите наши товары сегодня", CommentMark.FOREIGN),
        ("点击这里 xem", CommentMark.FOREIGN),
        ("A" * 40, CommentMark.REPEATING),
    ],
)
def test_spam_goes_to_its_own_heap(open_cast: Cast, raw: str, mark: CommentMark) -> None:
    client = Client()
    assert send_comment(client, open_cast.a, raw, proof=proof_for(client, open_cast.a.host)).status_code == 302
    (comment,) = comments_of(open_cast.a)
    assert comment.status == CommentStatus.SPAM
    assert mark in comment.marks


def test_the_trap_and_haste_are_noticed(open_cast: Cast, clock: time_machine.Traveller) -> None:
    a, client = open_cast.a, Client()
    page = client.get(COMMENT_PATH.format(pk=a.article.pk), headers={"host": a.host})
    stamp = stamp_of(page)
    send_comment(client, a, "Gửi ngay tức khắc", opened=stamp)
    clock.shift(timedelta(seconds=30))
    send_comment(client, a, "Viết ba mươi giây", opened=stamp)
    clock.shift(timedelta(hours=1))
    send_comment(client, a, "Máy điền mọi ô", opened=stamp, trang_web="http://x")
    fast, slow, trapped = comments_of(a)
    assert CommentMark.FAST in fast.marks
    assert CommentMark.FAST not in slow.marks
    assert trapped.status == CommentStatus.SPAM


@pytest.mark.parametrize(
    "text", ["", "   ", "abc", "<b></b><i></i>", "\u200b\u200b\u200b\u200b\u200b\u200b", "x" * 2001]
)
def test_too_short_and_too_long_are_told_so(open_cast: Cast, text: str) -> None:
    response = send_comment(Client(), open_cast.a, text)
    assert response.status_code == 422
    assert "Chưa gửi được" in response.content.decode()
    assert comments_of(open_cast.a) == []


def test_without_proof_there_is_less_room(open_cast: Cast, clock: time_machine.Traveller) -> None:
    a, client = open_cast.a, Client()
    statuses = [send_comment(client, a, f"Góp ý số {number} không JS").status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    assert all(CommentMark.NO_PROOF in comment.marks for comment in comments_of(a))
    with_proof = [
        send_comment(client, a, f"Có kiểm tra {number}", proof=proof_for(client, a.host)).status_code
        for number in range(rules.COMMENTS_PER_HOUR + 1)
    ]
    assert with_proof == [302] * rules.COMMENTS_PER_HOUR + [429]
    assert send_comment(client, open_cast.b, "Ở đơn vị khác còn chỗ").status_code == 302
    clock.shift(timedelta(hours=1))
    assert send_comment(client, a, "Giờ sau lại được").status_code == 302


def test_many_addresses_without_proof_meet_one_lid(open_cast: Cast) -> None:
    a = open_cast.a
    statuses = []
    for number in range(rules.UNPROVED_UNIT_PER_HOUR + 1):
        client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        statuses.append(send_comment(client, a, f"Từ địa chỉ số {number}").status_code)
    assert statuses.count(302) == rules.UNPROVED_UNIT_PER_HOUR
    assert statuses[-1] == 429


def test_the_refused_words_stay_in_the_form(open_cast: Cast) -> None:
    client = Client()
    answers = [send_comment(client, open_cast.a, f"Câu dài khó viết lại số {number}") for number in range(3)]
    response = answers[-1]
    assert response.status_code == 429
    assert "Câu dài khó viết lại số 2" in response.content.decode()
    assert "Chờ một giờ" in response.content.decode()


def test_no_address_is_stored_and_the_hash_goes_with_its_day(open_cast: Cast, clock: time_machine.Traveller) -> None:
    a = open_cast.a
    send_comment(Client(REMOTE_ADDR="203.0.113.77"), a, "Ai gửi không ai biết")
    (comment,) = comments_of(a)
    assert len(comment.address_hash) == 64
    assert "203.0.113" not in str(comment.__dict__)
    send_comment(Client(REMOTE_ADDR="203.0.113.77"), open_cast.b, "Cùng người, đơn vị khác")
    assert comments_of(open_cast.b)[0].address_hash != comment.address_hash
    clock.shift(timedelta(days=1))
    assert DaySalt.objects.count() == 1
    forget_senders(unit_id=a.unit.pk)
    from portal.core.visitors import forget_old_salts

    forget_old_salts()
    assert DaySalt.objects.count() == 0
    assert comments_of(a)[0].address_hash == ""
    assert comments_of(open_cast.b)[0].address_hash != "", "one unit's task touches its own rows only"


def test_old_spam_is_thrown_away(open_cast: Cast, clock: time_machine.Traveller) -> None:
    make_comment(open_cast.a, "Rác cũ", status=CommentStatus.SPAM)
    make_comment(open_cast.a, "Chờ cũ")
    clock.shift(timedelta(days=31))
    assert dispatch_forgetting() >= 1
    forget_senders(unit_id=open_cast.a.unit.pk)
    assert [comment.text.split(" ALPHA")[0] for comment in comments_of(open_cast.a)] == ["Chờ cũ"]


def test_ones_own_article_only(open_cast: Cast) -> None:
    a, b = open_cast.a, open_cast.b
    for suffix in ("", "tat-ca/", "da-nhan/"):
        assert visit(a.host, COMMENT_PATH.format(pk=b.article.pk) + suffix).status_code == 404
    client = Client()
    posted = client.post(COMMENT_PATH.format(pk=b.article.pk), {"text": "Sang nhà người"}, headers={"host": a.host})
    assert posted.status_code == 404
    assert comments_of(b) == []
    for kind in ("news.picture", "core.user", "news.page"):
        assert visit(a.host, f"/gop-y/{kind}/{a.page.pk}/").status_code == 404
    for row in (a.draft, a.withdrawn):
        assert visit(a.host, COMMENT_PATH.format(pk=row.pk)).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_fill_the_room_and_no_more(clock: time_machine.Traveller) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from tests.factories.cast import make_cast

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    open_comments(cast.a)

    def send(number: int) -> int:
        try:
            return int(send_comment(Client(), cast.a, f"Cùng lúc {number}").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(send, range(10)))
    assert sorted(statuses) == [302, 302] + [429] * 8
    with unit_scope(cast.a.unit):
        assert Comment.objects.count() == 2
