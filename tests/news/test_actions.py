"""Publishing, withdrawing, correcting: once, audited, and never by accident."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news import actions
from news.actions import visibility
from news.enums import ArticleStatus
from news.models import Article, Category, Page, Tag
from portal.core.models import AuditEntry
from portal.core.tenancy import ScopeError, unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import NOW, Cast, make_cast
from tests.factories.visits import body_of, visit


def _verbs(row: Article) -> list[str]:
    return list(AuditEntry.objects.about(row).order_by("pk").values_list("verb", flat=True))


def test_publishing_twice_at_once_happens_once(cast: Cast) -> None:
    """Two people with the same approved text open; the second hears that it is published already."""
    with unit_scope(cast.a.unit):
        Article.objects.filter(pk=cast.a.draft.pk).update(status=ArticleStatus.APPROVED)
        mine, yours = Article.objects.get(pk=cast.a.draft.pk), Article.objects.get(pk=cast.a.draft.pk)
        assert actions.publish_article(article=mine, actor=cast.a.admin) is True
        assert actions.publish_article(article=yours, actor=cast.operator) is False
        assert _verbs(mine) == ["article.publish"]
        assert AuditEntry.objects.about(mine).get().actor == cast.a.admin


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publishing_from_two_connections_happens_once(clock: time_machine.Traveller) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    outcomes: list[bool] = []
    start = threading.Barrier(2)

    def publish() -> None:
        with unit_scope(cast.a.unit):
            article = Article.objects.get(pk=cast.a.draft.pk)
            start.wait()
            outcomes.append(actions.publish_article(article=article, actor=None))
        connection.close()

    threads = [threading.Thread(target=publish) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]


def test_withdrawing_twice_happens_once(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        mine, yours = Article.objects.get(pk=cast.a.article.pk), Article.objects.get(pk=cast.a.article.pk)
        assert actions.withdraw_article(article=mine, actor=cast.a.admin) is True
        assert actions.withdraw_article(article=yours, actor=cast.a.admin) is False
        assert actions.withdraw_article(article=cast.a.draft, actor=cast.a.admin) is False
        assert _verbs(mine) == ["article.withdraw"]


def test_an_article_published_again_keeps_its_first_date(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        first = cast.a.article.published_at
        actions.withdraw_article(article=cast.a.article, actor=None)
        assert actions.publish_article(article=cast.a.article, actor=None)
        cast.a.article.refresh_from_db()
        assert (cast.a.article.status, cast.a.article.published_at) == (ArticleStatus.PUBLISHED, first)


@pytest.mark.parametrize("field", ["title", "summary", "body"])
def test_an_unfinished_article_is_not_published(cast: Cast, field: str) -> None:
    words = {"title": "tiêu đề", "summary": "tóm tắt", "body": "nội dung"}[field]
    setattr(cast.a.draft, field, "")
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match=words):
        actions.publish_article(article=cast.a.draft, actor=None)
    assert visit(cast.a.host, f"/tin-tuc/tin-hoat-dong/ban-nhap-{cast.a.draft.pk}/").status_code == 404


def test_the_others_article_is_not_published(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        for verb in (actions.publish_article, actions.withdraw_article):
            try:
                outcome = verb(article=cast.a.draft, actor=cast.b.admin)
            except ScopeError:
                outcome = False
            assert outcome is False
    with unit_scope(cast.a.unit):
        cast.a.draft.refresh_from_db()
        assert cast.a.draft.status == ArticleStatus.DRAFT
    with unit_scope(cast.b.unit):
        assert not AuditEntry.objects.filter(target_id=cast.a.draft.pk, verb="article.publish").exists()


def test_a_planned_article_appears_when_its_time_comes(cast: Cast, clock: time_machine.Traveller) -> None:
    with unit_scope(cast.a.unit):
        actions.publish_article(article=cast.a.draft, actor=None, at=NOW + timedelta(hours=1))
    assert cast.a.draft.title not in body_of(visit(cast.a.host, "/tin-tuc/?page=1"))
    assert visit(cast.a.host, cast.a.draft.get_absolute_url()).status_code == 404
    clock.shift(timedelta(hours=1, minutes=1))
    assert cast.a.draft.title in body_of(visit(cast.a.host, "/tin-tuc/?page=1"))


def test_saving_a_stale_copy_does_not_undo_what_happened_meanwhile(cast: Cast) -> None:
    """A clerk corrects a word while somebody else publishes: the text changes, the article stays published."""
    with unit_scope(cast.a.unit):
        stale = Article.objects.get(pk=cast.a.draft.pk)
        assert actions.publish_article(article=Article.objects.get(pk=stale.pk), actor=None)
        stale.title = "Tiêu đề đã sửa"
        actions.save_article(article=stale)
        now = Article.objects.get(pk=stale.pk)
    assert (now.title, now.status) == ("Tiêu đề đã sửa", ArticleStatus.PUBLISHED)
    assert now.published_at is not None


def test_saving_keeps_one_spelling_a_slug_and_a_clean_body(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = Article(
            category=cast.a.category,
            title="  Lễ   hô\u0323i\u0302 Huê\u0301 ",
            summary=" a\u200b ",
            body="<h1>x</h1><script>1</script>",
        )
        actions.save_article(article=article, tags=["Mưa lũ", "mưa  lũ ", "", "LỄ HỘI"], actor=cast.a.admin)
        stored = Article.objects.get(pk=article.pk)
        assert stored.slug.startswith("le-hoi-hue") or stored.slug.startswith("le-hoi")
        assert (stored.summary, stored.body, stored.created_by) == ("a", "<h2>x</h2>", cast.a.admin)
        assert "  " not in stored.title
        assert set(stored.tags.values_list("slug", flat=True)) == {"mua-lu", "le-hoi"}
        assert Tag.objects.filter(slug="le-hoi").count() == 1, "the unit's own tag is used again"
        assert _verbs(stored) == ["article.create"]


def test_a_published_address_never_changes(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = Article.objects.get(pk=cast.a.article.pk)
        before = article.get_absolute_url()
        article.title = "Một tiêu đề khác hẳn"
        actions.save_article(article=article)
        assert Article.objects.get(pk=article.pk).get_absolute_url() == before
        assert Article.objects.get(pk=article.pk).revised_at is not None
    assert visit(cast.a.host, before).status_code == 200


def test_a_moved_article_is_still_found_at_its_old_address(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = Article.objects.get(pk=cast.a.article.pk)
        before = article.get_absolute_url()
        article.category = cast.a.notices
        actions.save_article(article=article)
    answer = visit(cast.a.host, before)
    assert answer.status_code == 301
    assert visit(cast.a.host, answer.headers["Location"]).status_code == 200


def test_what_citizens_saw_is_never_deleted(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for row in (cast.a.article, cast.a.withdrawn):
            with pytest.raises(ValidationError, match="gỡ bài"):
                actions.delete_article(article=row, actor=cast.a.admin)
        key = cast.a.draft.pk
        actions.delete_article(article=cast.a.draft, actor=cast.a.admin)
        assert not Article.objects.filter(pk=key).exists()
        assert AuditEntry.objects.filter(verb="article.delete", target_id=key).exists()


def test_a_failed_change_leaves_neither_audit_nor_index_change(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_more: object) -> None:
        raise RuntimeError("index")

    with unit_scope(cast.a.unit):
        audits, changes = AuditEntry.objects.count(), IndexChange.objects.count()
        monkeypatch.setattr(visibility, "mark_changed", fail)
        with pytest.raises(RuntimeError):
            actions.publish_article(article=cast.a.draft, actor=None)
        assert (AuditEntry.objects.count(), IndexChange.objects.count()) == (audits, changes)
        assert Article.objects.get(pk=cast.a.draft.pk).status == ArticleStatus.DRAFT


def test_every_visible_change_is_queued_for_the_index(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        IndexChange.objects.all().delete()
        actions.publish_article(article=cast.a.draft, actor=None)
        actions.save_page(page=cast.a.page)
        queued = set(IndexChange.objects.values_list("unit_id", "model_label", "object_id"))
    assert queued == {
        (cast.a.unit.pk, "news.article", cast.a.draft.pk),
        (cast.a.unit.pk, "news.page", cast.a.page.pk),
    }


def test_loading_many_twice_adds_nothing(cast: Cast) -> None:
    def batch() -> list[Article]:
        return [
            Article(
                title=f"Bài  nhập {number}", summary="s", body="<p>x</p><script>1</script>", category=cast.a.category,
                status=ArticleStatus.PUBLISHED, published_at=timezone.now(), source_ref=f"nguon:{number}",
            )
            for number in range(3)
        ]  # fmt: skip

    with unit_scope(cast.a.unit):
        assert actions.load_articles(articles=batch()) == 3
        assert actions.load_articles(articles=[*batch(), *batch()]) == 0
        loaded = Article.objects.filter(source_ref__startswith="nguon:")
        assert loaded.count() == 3
        assert {(row.title[:9], row.slug[:9], row.body) for row in loaded} == {("Bài nhập ", "bai-nhap-", "<p>x</p>")}
    with unit_scope(cast.b.unit):
        own = [Article(title="x", category=cast.b.category, source_ref="nguon:0")]
        assert actions.load_articles(articles=own) == 1, "the same source may serve two units"


def test_the_database_itself_keeps_the_rules(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for wrong in (
            lambda: Article.objects.filter(pk=cast.a.draft.pk).update(status=ArticleStatus.PUBLISHED),
            lambda: Category.objects.create(name="x", slug="tin-hoat-dong"),
            lambda: Tag.objects.create(name="x", slug="le-hoi"),
            lambda: Page.objects.create(title="x", slug="lien-he"),
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                wrong()
    with unit_scope(cast.third):
        Category.objects.create(name="x", slug="tin-hoat-dong")
