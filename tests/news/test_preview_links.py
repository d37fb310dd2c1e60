"""A link for somebody without an account: expiring, revocable, and dead without a trace."""

from __future__ import annotations

import html
import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils import timezone

from news import actions
from news.actions.previews import LINKS_LIMIT, create_preview_link, token_hash
from news.enums import ArticleStatus, WithdrawalKind
from news.models import Article, PreviewLink, Tag
from portal.core.logs import SecretPathFilter
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, headers_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

pytestmark = pytest.mark.anywhere

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


def _link(house: House, article: Article | None = None, days: int = 3) -> tuple[PreviewLink, str]:
    with unit_scope(house.unit):
        return create_preview_link(
            article=article or house.draft, actor=house.people[Role.AUTHOR], label="Phòng Văn hóa", days=days
        )


def test_a_link_shows_the_draft_to_somebody_without_an_account(cast: Cast) -> None:
    house = cast.a
    _row, token = _link(house)
    response = visit(house.host, f"/xem-truoc/{token}/")
    page = body_of(response)
    assert response.status_code == 200
    assert f"<h1>{house.draft.title}</h1>" in page
    assert "Bản xem trước, chưa đăng" in page
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert 'content="noindex, nofollow"' in page
    assert token not in page, "no canonical address, nothing to share, nothing in print"
    assert token not in headers_of(response)
    assert not caches["pages"].get(token)


def test_the_ministrys_measurement_never_sees_the_links_address(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        type(house.site).objects.filter(pk=house.site.pk).update(measurement_src="https://do.example.vn/m.js")
    _row, token = _link(house)
    assert "do.example.vn" in body_of(visit(house.host, "/tin-tuc/"))
    response = visit(house.host, f"/xem-truoc/{token}/")
    assert "do.example.vn" not in body_of(response) + headers_of(response)


def test_the_link_shows_the_newest_saved_text(cast: Cast) -> None:
    house = cast.a
    _row, token = _link(house)
    visit(house.host, f"/xem-truoc/{token}/")
    with unit_scope(house.unit):
        row = Article.objects.select_related("category").get(pk=house.draft.pk)
        row.title = "Tên sửa sau khi gửi liên kết"
        actions.save_article(article=row)
    assert "Tên sửa sau khi gửi liên kết" in body_of(visit(house.host, f"/xem-truoc/{token}/"))


def test_only_the_hash_is_kept(cast: Cast) -> None:
    row, token = _link(cast.a)
    assert len(token) >= 43
    assert row.token_hash == token_hash(token)
    with unit_scope(cast.a.unit):
        kept = str(list(PreviewLink.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token not in kept


@pytest.mark.parametrize(
    "state", ["expired", "revoked", "unknown", "the other's host", "withdrawn", "deleted", "cut short"]
)
def test_a_dead_link_says_what_to_do_and_nothing_else(cast: Cast, clock: time_machine.Traveller, state: str) -> None:
    house, host = cast.a, cast.a.host
    row, token = _link(house, days=1)
    with unit_scope(house.unit):
        if state == "expired":
            clock.shift(timedelta(days=1, minutes=1))
        elif state == "revoked":
            PreviewLink.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
        elif state == "withdrawn":
            actions.publish_article(article=house.draft, actor=None)
            actions.withdraw_article(article=house.draft, actor=None, kind=WithdrawalKind.ERROR)
            Article.objects.filter(pk=house.draft.pk).update(status=ArticleStatus.DRAFT)
        elif state == "deleted":
            actions.delete_article(article=house.draft, actor=None)
    token = {"unknown": "a" * 43, "cut short": token[:20]}.get(state, token)
    host = cast.b.host if state == "the other's host" else host
    response = visit(host, f"/xem-truoc/{token}/")
    page = body_of(response)
    assert response.status_code == (410 if state in {"expired", "revoked", "withdrawn"} else 404)
    assert "Nhờ người đã gửi kiểm tra và gửi lại liên kết mới" in page
    assert "Bản nháp ALPHA-7391" not in page
    assert "Phòng Văn hóa" not in page
    assert token not in page
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    if state == "the other's host":
        assert_nothing_of(house, response, "")


def test_expired_and_revoked_links_look_the_same(cast: Cast, clock: time_machine.Traveller) -> None:
    first, one = _link(cast.a, days=1)
    _second, two = _link(cast.a, days=1)
    with unit_scope(cast.a.unit):
        PreviewLink.objects.filter(pk=first.pk).update(revoked_at=timezone.now())
    clock.shift(timedelta(days=2))
    assert visit(cast.a.host, f"/xem-truoc/{one}/").content == visit(cast.a.host, f"/xem-truoc/{two}/").content


def test_once_published_the_link_leads_to_the_article(cast: Cast) -> None:
    house = cast.a
    _row, token = _link(house)
    with unit_scope(house.unit):
        actions.publish_article(article=house.draft, actor=None)
    answer = visit(house.host, f"/xem-truoc/{token}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, house.draft.get_absolute_url())
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_last_opening_is_noted_at_most_once_a_minute(cast: Cast, clock: time_machine.Traveller) -> None:
    row, token = _link(cast.a)

    def opened() -> Any:
        visit(cast.a.host, f"/xem-truoc/{token}/")
        with unit_scope(cast.a.unit):
            return PreviewLink.objects.get(pk=row.pk).last_opened_at

    first = opened()
    clock.shift(timedelta(seconds=30))
    assert opened() == first
    clock.shift(timedelta(seconds=31))
    assert opened() > first


@pytest.mark.parametrize("number", [1, 3])
def test_a_previews_queries_do_not_grow(cast: Cast, number: int, django_assert_max_num_queries: Any) -> None:
    house = cast.a
    with unit_scope(house.unit):
        for count in range(number):
            tag = Tag.objects.create(name=f"Thẻ {count}", slug=f"the-{count}")
            house.draft.tags.add(tag)
    token = [_link(house)[1] for _count in range(number)][-1]
    visit(house.host, f"/xem-truoc/{token}/")
    with django_assert_max_num_queries(14):
        visit(house.host, f"/xem-truoc/{token}/")


def test_a_link_is_made_shown_once_and_revoked_on_its_screen(cast: Cast) -> None:
    author = Clerk(cast.a, Role.AUTHOR)
    path = f"/quan-tri/news/article/{cast.a.draft.pk}/lien-ket/"
    assert "Chưa có liên kết nào." in author.get(path).text
    response = author.post(path, {"label": f"Báo Huế {HOSTILE}", "days": "7"})
    address = html.unescape(re.findall(r'readonly value="([^"]*)"', response.text)[0])
    inside = "/" + address.split("/", 3)[3]
    assert inside.startswith("/xem-truoc/")
    assert "<script>alert" not in response.text
    assert "no-store" in response.headers["Cache-Control"]
    assert inside not in author.get(path).text, "shown once"
    assert visit(cast.a.host, inside).status_code == 200
    with unit_scope(cast.a.unit):
        row = PreviewLink.objects.get()
    assert row.expires_at - row.created_at > timedelta(days=6, hours=23)
    response = author.post(f"{path}{row.pk}/thu-hoi/", {})
    assert "Đã thu hồi" in response.text
    assert visit(cast.a.host, inside).status_code == 410
    with unit_scope(cast.a.unit):
        verbs = set(AuditEntry.objects.about(cast.a.draft).values_list("verb", flat=True))
    assert {"article.preview_link", "article.preview_revoke"} <= verbs


@pytest.mark.parametrize("data", [{}, {"label": "x"}, {"label": "x", "days": "365"}, {"label": " ", "days": "1"}])
def test_a_link_without_a_name_or_an_end_is_refused(cast: Cast, data: dict[str, str]) -> None:
    author = Clerk(cast.a, Role.AUTHOR)
    response = author.post(f"/quan-tri/news/article/{cast.a.draft.pk}/lien-ket/", data)
    assert "Chưa tạo được" in response.text
    with unit_scope(cast.a.unit):
        assert not PreviewLink.objects.exists()


def test_what_citizens_can_read_gets_no_link_and_no_article_gets_too_many(cast: Cast) -> None:
    house = cast.a
    for article in (house.article, house.withdrawn):
        with pytest.raises(ValidationError):
            _link(house, article)
    for _number in range(LINKS_LIMIT):
        _link(house)
    with pytest.raises(ValidationError, match="Thu hồi bớt"):
        _link(house)


def test_the_others_links_are_neither_listed_nor_revoked(cast: Cast) -> None:
    row, token = _link(cast.b)
    own, _token = _link(cast.a)
    admin = Clerk(cast.a, Role.UNIT_ADMIN)
    assert "Phòng Văn hóa" in admin.get(f"/quan-tri/news/article/{cast.a.draft.pk}/lien-ket/").text
    assert admin.get(f"/quan-tri/news/article/{cast.b.draft.pk}/lien-ket/").status_code == 404
    for article, link in ((cast.b.draft, row), (cast.a.draft, row), (cast.a.article, own)):
        path = f"/quan-tri/news/article/{article.pk}/lien-ket/{link.pk}/thu-hoi/"
        assert admin.client.post(path, {}, headers={"host": cast.a.host}).status_code == 404
        assert admin.get(path).status_code in {404, 405}
    assert visit(cast.b.host, f"/xem-truoc/{token}/").status_code == 200


def test_an_author_shares_their_own_drafts_only(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        Article.objects.filter(pk=house.draft.pk).update(created_by=house.people[Role.EDITOR])
    author = Clerk(house, Role.AUTHOR)
    path = f"/quan-tri/news/article/{house.draft.pk}/lien-ket/"
    assert author.get(path).status_code == 403
    assert author.client.post(path, {"label": "x", "days": "1"}, headers={"host": house.host}).status_code == 403


def test_no_log_shows_the_key(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord(
        "django.request", 40, "x", 1, "%s: %s", ("Not Found", "/xem-truoc/abcdefghij_-123/"), None
    )
    assert SecretPathFilter().filter(record)
    assert record.getMessage() == "Not Found: /xem-truoc/…/"
    plain = logging.LogRecord("x", 40, "x", 1, "%s rows", (3,), None)
    assert SecretPathFilter().filter(plain)
    assert plain.getMessage() == "3 rows"
