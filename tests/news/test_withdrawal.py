"""Taking an article away: what its address answers then, at once, and who may do it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from news import actions
from news.actions.previews import create_preview_link
from news.enums import ArticleStatus, WithdrawalKind
from news.models import Article, ArticleTransition, PreviewLink
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House, make_article, make_cast
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

LISTS = ("/", "/tin-tuc/", "/rss/", "/atom/", "/sitemap-1.xml", "/tin-tuc/tin-hoat-dong/")


def _path(article: Article) -> str:
    return f"/quan-tri/news/article/{article.pk}/go/"


def _withdraw(
    house: House, article: Article, kind: WithdrawalKind, note: str = "", into: Article | None = None
) -> bool:
    with unit_scope(house.unit):
        row = Article.objects.select_related("category").get(pk=article.pk)
        return actions.withdraw_article(article=row, actor=house.admin, kind=kind, note=note, merged_into=into)


def _stored(house: House, article: Article) -> Article:
    with unit_scope(house.unit):
        return Article.objects.get(pk=article.pk)


@pytest.fixture
def approver(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.APPROVER)


def test_published_in_error_answers_410_with_the_reason_and_nothing_of_the_text(cast: Cast) -> None:
    house, address = cast.a, cast.a.article.get_absolute_url()
    assert visit(house.host, address).status_code == 200
    assert _withdraw(house, house.article, WithdrawalKind.ERROR, "Bài lộ số điện thoại <b>riêng</b>.")
    gone = visit(house.host, address)
    page = body_of(gone)
    assert gone.status_code == 410
    assert "no-store" in gone.headers["Cache-Control"]
    assert "Bài lộ số điện thoại &lt;b&gt;riêng&lt;/b&gt;." in page
    assert 'action="/tim-kiem/"' in page
    assert 'href="/"' in page
    assert 'content="noindex"' in page
    for words in (house.article.title, house.article.summary, house.picture.url):
        assert words not in page
    other_slug = address.replace("le-hoi-den-long", "khac")
    assert visit(house.host, other_slug).status_code == 410


def test_no_longer_true_keeps_its_page_with_a_notice_and_leaves_every_list(cast: Cast) -> None:
    house, address = cast.a, cast.a.article.get_absolute_url()
    for path in LISTS:
        visit(house.host, path)
    assert _withdraw(house, house.article, WithdrawalKind.NOTICE, "Đã thay bằng quy định mới.")
    response = visit(house.host, address)
    page = body_of(response)
    assert response.status_code == 200
    assert page.index("Đã thay bằng quy định mới.") < page.index("<h1>")
    assert "đã được gỡ ngày 22/11/2026" in page
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page
    assert "application/ld+json" not in page
    again = visit(house.host, address)
    assert again.headers["X-Robots-Tag"] == "noindex", "from the cache as well"
    for path in LISTS:
        text = body_of(visit(house.host, path))
        assert house.article.title not in text, path
        assert address not in text, path


def test_an_expired_article_keeps_its_page_with_a_notice(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        Article.objects.filter(pk=house.article.pk).update(status=ArticleStatus.EXPIRED)
    response = visit(house.host, house.article.get_absolute_url())
    assert response.status_code == 200
    assert "Bài này đã hết hạn" in body_of(response)
    assert house.article.title not in body_of(visit(house.host, "/tin-tuc/"))


def test_merged_leads_to_the_other_article(cast: Cast) -> None:
    house = cast.a
    first, second, third = house.articles
    assert _withdraw(house, first, WithdrawalKind.MERGED, into=second)
    answer = visit(house.host, first.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (301, second.get_absolute_url())
    assert "no-store" in answer.headers["Cache-Control"], "it may be opened again"
    # The target is merged in its turn: no chain.
    assert _withdraw(house, second, WithdrawalKind.MERGED, into=third)
    for article in (first, second):
        answer = visit(house.host, article.get_absolute_url())
        assert (answer.status_code, answer.headers["Location"]) == (301, third.get_absolute_url())
    # The end of the way is taken away: honest, and no redirect into nothing.
    assert _withdraw(house, third, WithdrawalKind.ERROR)
    for article in (first, second, third):
        assert visit(house.host, article.get_absolute_url()).status_code == 410


def test_merging_into_what_was_merged_leads_to_where_that_leads(cast: Cast) -> None:
    house = cast.a
    first, second, third = house.articles
    assert _withdraw(house, second, WithdrawalKind.MERGED, into=third)
    assert _withdraw(house, first, WithdrawalKind.MERGED, into=second)
    assert _stored(house, first).merged_into_id == third.pk


@pytest.mark.parametrize("target", ["itself", "draft", "withdrawn", "the other's", "none", "what leads to it"])
def test_it_is_not_merged_into_what_citizens_can_not_read(cast: Cast, target: str) -> None:
    house = cast.a
    first, second, _third = house.articles
    if target == "what leads to it":
        assert _withdraw(house, second, WithdrawalKind.MERGED, into=first)
    targets = {
        "itself": first, "draft": house.draft, "withdrawn": house.withdrawn, "the other's": cast.b.article, "none": None,
        "what leads to it": second,
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        _withdraw(house, first, WithdrawalKind.MERGED, into=targets[target])
    assert "merged_into" in refused.value.message_dict
    assert _stored(house, first).status == ArticleStatus.PUBLISHED
    assert visit(house.host, first.get_absolute_url()).status_code == 200


def test_the_step_is_written_down_once(cast: Cast) -> None:
    house = cast.a
    with pytest.raises(ValidationError):
        _withdraw(house, house.article, WithdrawalKind.NOTICE, "  ")
    assert _withdraw(house, house.article, WithdrawalKind.NOTICE, "Không còn đúng.")
    assert not _withdraw(house, house.article, WithdrawalKind.ERROR)
    row = _stored(house, house.article)
    assert (row.withdrawal_kind, row.withdrawal_note) == (WithdrawalKind.NOTICE, "Không còn đúng.")
    assert row.withdrawn_at is not None
    with unit_scope(house.unit):
        step = ArticleTransition.objects.get(article=row)
        assert (step.verb, step.from_status, step.to_status) == ("withdraw", "PUBLISHED", "WITHDRAWN")
        assert (step.actor, step.reason) == (house.admin, "Không còn đúng.")
        assert AuditEntry.objects.about(row).filter(verb="article.withdraw").count() == 1


def test_only_who_may_publish_withdraws(cast: Cast) -> None:
    house = cast.a
    for role in (Role.AUTHOR, Role.EDITOR):
        clerk = Clerk(house, role)
        assert clerk.get(_path(house.article)).status_code == 403
        sent = clerk.client.post(_path(house.article), {"kind": "ERROR"}, headers={"host": house.host})
        assert sent.status_code == 403
        with unit_scope(house.unit), pytest.raises(PermissionDenied):
            actions.withdraw_article(article=house.article, actor=house.people[role])
    assert visit(house.host, house.article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("kind", WithdrawalKind)
def test_the_screen_withdraws_and_says_what_citizens_see(approver: Clerk, kind: WithdrawalKind) -> None:
    first, second, _third = approver.house.articles
    screen = approver.get(_path(first)).text
    for words in ("Nội dung không còn đúng", "Đã nhập vào một bài khác", "Đăng nhầm", second.title):
        assert words in screen
    response = approver.post(_path(first), {"kind": kind, "note": "Vì thế.", "merged_into": second.pk})
    assert "Đã gỡ bài" in response.text
    expected = {WithdrawalKind.ERROR: 410, WithdrawalKind.MERGED: 301, WithdrawalKind.NOTICE: 200}[kind]
    assert visit(approver.house.host, first.get_absolute_url()).status_code == expected


def test_the_screen_asks_for_what_is_missing_and_keeps_what_was_chosen(approver: Clerk) -> None:
    path = _path(approver.house.article)
    assert "Chọn vì sao gỡ bài." in approver.post(path, {"note": "x"}).text
    response = approver.post(path, {"kind": "NOTICE", "note": ""})
    assert "Viết một câu để người đọc biết" in response.text
    assert 'href="#id_note"' in response.text
    response = approver.post(path, {"kind": "MERGED", "note": "Giữ lại câu này."})
    assert "Tìm và chọn bài mà bài này nhập vào." in response.text
    assert "Giữ lại câu này." in response.text
    assert _stored(approver.house, approver.house.article).status == ArticleStatus.PUBLISHED


def test_searching_for_the_target_withdraws_nothing(approver: Clerk) -> None:
    house = approver.house
    with unit_scope(house.unit):
        for number in range(12):
            make_article(f"Bài rất mới {number}", category=house.category, slug=f"moi-{number}")
    path, wanted = _path(house.article), house.articles[2]
    assert wanted.title not in approver.get(path).text
    for words in ("Trồng cây", f"https://{house.host}{wanted.get_absolute_url()}"):
        response = approver.post(path, {"kind": "MERGED", "note": "Giữ câu này.", "q": words, "_search": "1"})
        assert wanted.title in response.text, words
        assert "Giữ câu này." in response.text
        assert 'value="MERGED" checked' in response.text
    assert "Không có bài đang đăng nào có từ này" in approver.post(path, {"q": "không có đâu", "_search": "1"}).text
    assert _stored(house, house.article).status == ArticleStatus.PUBLISHED


@pytest.mark.parametrize("value", ["", "abc", "-1", "0", "9" * 30, "1 OR 1=1", "\x00"])
def test_a_made_up_target_is_refused(approver: Clerk, value: str) -> None:
    response = approver.post(_path(approver.house.article), {"kind": "MERGED", "merged_into": value})
    assert response.status_code == 200
    assert "Chưa gỡ được" in response.text
    assert _stored(approver.house, approver.house.article).status == ArticleStatus.PUBLISHED


def test_the_others_articles_are_neither_withdrawn_nor_offered(cast: Cast, approver: Clerk) -> None:
    response = approver.client.get(_path(cast.b.article), headers={"host": cast.a.host})
    assert response.status_code == 404
    assert_nothing_of(cast.b, response, "")
    sent = approver.client.post(_path(cast.b.article), {"kind": "ERROR"}, headers={"host": cast.a.host})
    assert sent.status_code == 404
    response = approver.post(_path(cast.a.article), {"kind": "MERGED", "merged_into": cast.b.article.pk})
    assert "Chưa gỡ được" in response.text
    assert_nothing_of(cast.b, response, "")
    response = approver.post(_path(cast.a.article), {"q": "morvane", "_search": "1"})
    assert cast.b.marker not in response.text
    assert visit(cast.b.host, cast.b.article.get_absolute_url()).status_code == 200


def test_what_is_not_published_needs_no_withdrawal(approver: Clerk) -> None:
    response = approver.post(_path(approver.house.draft), {"kind": "ERROR"})
    assert "không cần gỡ" in response.text
    assert _stored(approver.house, approver.house.draft).status == ArticleStatus.DRAFT


def test_open_preview_links_are_closed_for_good(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        link, _token = create_preview_link(article=house.draft, actor=house.admin, label="x", days=3)
        actions.publish_article(article=house.draft, actor=None)
    assert _withdraw(house, house.draft, WithdrawalKind.ERROR)
    with unit_scope(house.unit):
        assert PreviewLink.objects.get(pk=link.pk).revoked_at is not None


@pytest.mark.parametrize("kind", [WithdrawalKind.NOTICE, WithdrawalKind.ERROR, WithdrawalKind.MERGED])
def test_answers_cost_a_constant_number_of_queries(
    cast: Cast, kind: WithdrawalKind, django_assert_max_num_queries: Any
) -> None:
    house = cast.a
    note = "Vì thế." if kind == WithdrawalKind.NOTICE else ""
    assert _withdraw(house, house.article, kind, note, house.articles[1] if kind == WithdrawalKind.MERGED else None)
    with django_assert_max_num_queries(14):
        visit(house.host, house.article.get_absolute_url())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["into each other", "withdraw twice"])
def test_two_people_at_once_have_one_outcome(clock: Any, way: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    house = make_cast().a
    first, second, _third = house.articles
    outcomes: list[Any] = []
    start = threading.Barrier(2)
    jobs = [(first, second), (second, first)] if way == "into each other" else [(first, second), (first, second)]

    def work(article: Article, target: Article) -> None:
        start.wait()
        try:
            outcomes.append(_withdraw(house, article, WithdrawalKind.MERGED, into=target))
        except ValidationError:
            outcomes.append(False)
        connection.close()

    threads = [threading.Thread(target=work, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    standing = {_stored(house, article).status for article in (first, second)}
    assert standing == {ArticleStatus.PUBLISHED, ArticleStatus.WITHDRAWN}, "never both, so never a loop"
    with unit_scope(house.unit):
        assert ArticleTransition.objects.filter(verb="withdraw").count() == 1


def test_while_it_is_written_anew_its_address_says_so_and_shows_no_draft(cast: Cast) -> None:
    house = cast.a
    address = house.article.get_absolute_url()
    assert _withdraw(house, house.article, WithdrawalKind.NOTICE, "Quy định đã đổi.")
    with unit_scope(house.unit):
        row = Article.objects.select_related("category").get(pk=house.article.pk)
        assert actions.reopen_article(article=row, actor=house.admin, reason="Viết lại")
        row.title, row.body = "Bản đang viết", "<p>Chưa ai được đọc dòng này.</p>"
        actions.save_article(article=row, actor=house.admin)
    answer = visit(house.host, address)
    assert answer.status_code == 404
    text = body_of(answer)
    assert "Bài này đang được xem lại" in text
    assert "Chưa ai được đọc dòng này" not in text
    assert "Bản đang viết" not in text


def test_an_article_withdrawn_before_reasons_were_asked_is_gone_in_words(cast: Cast) -> None:
    answer = visit(cast.a.host, cast.a.withdrawn.get_absolute_url())
    assert answer.status_code == 410
    assert "Bài này đã gỡ" in body_of(answer)
    assert cast.a.withdrawn.title not in body_of(answer)
