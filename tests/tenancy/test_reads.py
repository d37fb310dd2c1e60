"""Walls 2: what is read without a scope, in another unit's scope, in a list scope, in a thread and behind a stream."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from news.models import Article, Category, Page, Picture, Tag
from portal.core.models import AuditEntry
from portal.core.tenancy import ScopeError, active_unit_ids, current_unit_id, unit_scope, units_scope
from portal.core.tenancy.escape import unscoped
from tests.factories.cast import Cast
from units.models import Membership, Site, SiteLink, Unit

TENANT_MODELS = (Article, Category, Tag, Picture, Page, Site, SiteLink, Membership, AuditEntry)


def _walk(rows: Any) -> list[Any]:
    async def go() -> list[Any]:
        return [row async for row in rows.aiterator()]

    return async_to_sync(go)()


def _awaited(method: Any) -> object:
    async def go() -> object:
        return await method()

    return async_to_sync(go)()


READS: dict[str, Callable[[Any], object]] = {
    "all": lambda rows: list(rows.all()),
    "iterate": lambda rows: list(rows.get_queryset()),
    "length": lambda rows: len(rows.get_queryset()),
    "truth": lambda rows: bool(rows.get_queryset()),
    "slice": lambda rows: rows.get_queryset()[:1],
    "filter": lambda rows: rows.filter(pk=1),
    "exclude": lambda rows: rows.exclude(pk=1),
    "get": lambda rows: rows.get(pk=1),
    "get_or_404": lambda rows: get_object_or_404(rows.model, pk=1),
    "exists": lambda rows: rows.exists(),
    "explain": lambda rows: rows.explain(),
    "count": lambda rows: rows.count(),
    "contains": lambda rows: rows.contains(rows.model()),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "aiterator": _walk,
    "aexists": lambda rows: _awaited(rows.aexists),
    "aget": lambda rows: _awaited(rows.aget),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: rows.values("pk"),
    "raw": lambda rows: rows.raw("SELECT * FROM news_article"),
    "bulk_create": lambda rows: rows.bulk_create([rows.model()]),
    "create": lambda rows: rows.create(),
    "update": lambda rows: rows.update(pk=1),
    "subquery": lambda rows: list(Unit.objects.filter(pk__in=rows.get_queryset())),
    "exists subquery": lambda rows: list(Unit.objects.filter(Exists(rows.filter(unit=OuterRef("pk"))))),
    "union": lambda rows: rows.get_queryset().union(rows.get_queryset()),
    "base manager": lambda rows: list(rows.model._base_manager.all()),
}


@pytest.mark.parametrize("name", READS)
def test_reading_without_a_scope_raises(cast: Cast, name: str) -> None:
    with pytest.raises(ScopeError):
        READS[name](Article.objects)


@pytest.mark.parametrize(
    "method", ["published", "front_page", "for_feed", "counts_by_day", "newest_first", "page_after"]
)
def test_the_rooms_own_methods_without_a_scope_raise(cast: Cast, method: str) -> None:
    with pytest.raises(ScopeError):
        getattr(Article.objects, method)()


def test_error_pages_can_show_a_refused_queryset(cast: Cast) -> None:
    assert repr(Article.objects.get_queryset()) == "<RefusedQuerySet of Article>"


@pytest.mark.parametrize("model", TENANT_MODELS)
def test_a_scope_shows_every_row_of_its_unit_and_no_other(cast: Cast, model: Any) -> None:
    with unscoped():
        total, expected = model.objects.count(), model.objects.filter(unit=cast.a.unit).count()
    with unit_scope(cast.a.unit):
        rows = list(model.objects.all())
    assert len(rows) == expected > 0
    assert {row.unit_id for row in rows} == {cast.a.unit.pk}
    assert total > expected, "the other unit has rows that could leak"


def test_a_foreign_row_can_not_be_fetched_refreshed_or_followed(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        with pytest.raises(Article.DoesNotExist):
            Article.objects.get(pk=cast.b.article.pk)
        with pytest.raises(Article.DoesNotExist):
            cast.b.article.refresh_from_db()
        assert Article.objects.in_bulk([cast.a.article.pk, cast.b.article.pk]).keys() == {cast.a.article.pk}
        # A link that was once written wrongly (a restored backup, a hand in the database) must not be followed.
        wrong = Article.objects.get(pk=cast.a.article.pk)
        wrong.category_id = cast.b.category.pk
        with pytest.raises(Category.DoesNotExist):
            _ = wrong.category


def test_related_managers_of_a_foreign_row_are_empty(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        assert not cast.b.category.articles.exists()
        assert not cast.b.tag.articles.exists()
        assert not cast.b.article.tags.exists()
    with unit_scope(cast.b.unit):
        assert cast.b.category.articles.exists()
        assert cast.b.article.tags.exists()


def test_units_have_no_way_into_the_rows_of_rooms(cast: Cast) -> None:
    tenant = [field for field in Unit._meta.get_fields() if getattr(field.related_model, "is_tenant_model", False)]
    assert tenant == []


@pytest.mark.parametrize("wrong", [None, True, False, "1", 1.0, Unit(), object()])
def test_a_scope_takes_nothing_but_a_saved_unit(wrong: Any) -> None:
    with pytest.raises(ScopeError), unit_scope(wrong):
        pytest.fail("opened")
    with pytest.raises(ScopeError), units_scope([wrong]):
        pytest.fail("opened")


def test_a_list_scope_reads_these_units_and_writes_nothing(cast: Cast) -> None:
    with units_scope([cast.a.unit, cast.b.unit]):
        assert {row.unit_id for row in Article.objects.all()} == {cast.a.unit.pk, cast.b.unit.pk}
        row = Article.objects.get(pk=cast.a.article.pk)
        for write in (
            row.save,
            row.delete,
            lambda: Article.objects.update(title="x"),
            lambda: Article.objects.all().delete(),
            lambda: Category.objects.create(name="x", slug="x"),
            lambda: Category.objects.bulk_create([Category(name="x", slug="x")]),
            lambda: row.tags.clear(),
        ):
            with pytest.raises(ScopeError):
                write()
    with units_scope([]):
        assert not Article.objects.exists()


def test_the_escape_hatch_reads_everything_and_writes_nothing(cast: Cast) -> None:
    with unscoped():
        assert {row.unit_id for row in Article.objects.all()} == {cast.a.unit.pk, cast.b.unit.pk}
        row = Article.objects.get(pk=cast.a.article.pk)
        for write in (
            row.save,
            row.delete,
            lambda: Article.objects.update(title="x"),
            lambda: Article.objects.all().delete(),
            lambda: Article.objects.bulk_update([row], ["title"]),
            lambda: Category.objects.bulk_create([Category(name="x", slug="x")]),
            lambda: row.tags.add(cast.a.tag),
        ):
            with pytest.raises(ScopeError):
                write()


def test_scopes_nest_and_close(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        with unit_scope(cast.b.unit.pk):
            assert current_unit_id() == cast.b.unit.pk
        assert active_unit_ids() == (cast.a.unit.pk,)
    with pytest.raises(ScopeError):
        active_unit_ids()


def test_a_scope_closes_when_its_body_fails(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), unit_scope(cast.a.unit):
        _ = 1 / 0
    with pytest.raises(ScopeError):
        current_unit_id()


def test_a_stream_read_after_the_scope_raises(cast: Cast) -> None:
    def stream() -> Iterator[str]:
        yield from (article.title for article in Article.objects.all())

    with unit_scope(cast.a.unit):
        body = stream()
    with pytest.raises(ScopeError):
        next(body)


def test_a_new_thread_has_no_scope(cast: Cast) -> None:
    outcome: list[object] = []

    def work() -> None:
        try:
            outcome.append(current_unit_id())
        except ScopeError as error:
            outcome.append(error)

    with unit_scope(cast.a.unit):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert isinstance(outcome[0], ScopeError)


def test_a_fresh_context_has_no_scope(cast: Cast) -> None:
    with unit_scope(cast.a.unit), pytest.raises(ScopeError):
        contextvars.Context().run(current_unit_id)
