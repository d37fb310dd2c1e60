"""Wall 3: in Thuận An's scope nothing of Phú Vinh is written, linked, moved or deleted, by whatever door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from news.models import Article, Category, Picture, Tag
from portal.core.tenancy import ScopeError, unit_scope
from portal.core.tenancy.escape import unscoped
from tests.factories.cast import Cast

REFUSED = (ScopeError, ObjectDoesNotExist)


def _fresh(row: Any) -> Any:
    """The row as the database holds it, whatever the scope."""
    with unscoped():
        return type(row).objects.get(pk=row.pk)


def _b_category(cast: Cast) -> Category:
    return _fresh(cast.b.category)


def _moved(cast: Cast) -> None:
    row = _fresh(cast.a.category)
    row.unit = cast.b.unit
    row.save()


def _moved_and_back(cast: Cast) -> None:
    row = _fresh(cast.b.category)
    row.unit = cast.a.unit
    row.save()


def _saved_with_fields(cast: Cast) -> None:
    row = _b_category(cast)
    row.name = "Của tôi"
    row.save(update_fields=["name"])


def _linked_by_save(cast: Cast) -> None:
    row = _fresh(cast.a.article)
    row.category = cast.b.category
    row.save()


def _linked_by_save_fields(cast: Cast) -> None:
    row = _fresh(cast.a.article)
    row.picture_id = cast.b.picture.pk
    row.save(update_fields=["picture_id"])


def _swapped_delete(cast: Cast) -> None:
    row = _fresh(cast.a.tag)
    row.pk = cast.b.tag.pk
    row.delete()


def _bulk_conflicts(cast: Cast) -> None:
    row = Tag(pk=cast.b.tag.pk, name="Của tôi", slug="cua-toi")
    Tag.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["name"])


def _bulk_conflicts_by_position(cast: Cast) -> None:
    row = Tag(pk=cast.b.tag.pk, name="Của tôi", slug="cua-toi")
    Tag.objects.bulk_create([row], None, False, True, ["name"], ["id"])


def _bulk_update_unit(cast: Cast) -> None:
    row = _fresh(cast.a.category)
    row.unit = cast.b.unit
    Category.objects.bulk_update([row], ["unit"])


def _bulk_update_link(cast: Cast) -> None:
    row = _fresh(cast.a.article)
    row.category = cast.b.category
    Article.objects.bulk_update([row], ["category"])


WRITES: dict[str, Callable[[Cast], object]] = {
    "save": lambda cast: _b_category(cast).save(),
    "save some fields": _saved_with_fields,
    "delete": lambda cast: _fresh(cast.b.tag).delete(),
    "delete by key alone": lambda cast: Tag(pk=cast.b.tag.pk).delete(),
    "delete after a swap of keys": _swapped_delete,
    "create for the other": lambda cast: Category.objects.create(name="x", slug="x", unit=cast.b.unit),
    "create linked": lambda cast: Article.objects.create(title="x", category=cast.b.category),
    "get_or_create": lambda cast: Category.objects.get_or_create(slug="x", unit=cast.b.unit, defaults={"name": "x"}),
    "update_or_create": lambda cast: Article.objects.update_or_create(
        pk=cast.a.article.pk, defaults={"category": cast.b.category}
    ),
    "bulk_create": lambda cast: Category.objects.bulk_create([Category(name="x", slug="x", unit=cast.b.unit)]),
    "bulk_create linked": lambda cast: Article.objects.bulk_create([Article(title="x", category=cast.b.category)]),
    "bulk_create over a foreign row": _bulk_conflicts,
    "bulk_create over a foreign row, by position": _bulk_conflicts_by_position,
    "bulk_update a foreign row": lambda cast: Category.objects.bulk_update([_b_category(cast)], ["name"]),
    "bulk_update unit": _bulk_update_unit,
    "bulk_update link": _bulk_update_link,
    "update unit": lambda cast: Category.objects.update(unit=cast.b.unit),
    "update unit id": lambda cast: Category.objects.update(unit_id=cast.b.unit.pk),
    "update link": lambda cast: Article.objects.update(category=cast.b.category),
    "update link id": lambda cast: Article.objects.update(picture_id=cast.b.picture.pk),
    "update link by expression": lambda cast: Article.objects.update(category=F("id")),
    "change the unit": _moved,
    "take over a row": _moved_and_back,
    "link by save": _linked_by_save,
    "link by save of one field": _linked_by_save_fields,
    "m2m add": lambda cast: cast.a.article.tags.add(cast.b.tag),
    "m2m add id": lambda cast: cast.a.article.tags.add(cast.b.tag.pk),
    "m2m set": lambda cast: cast.a.article.tags.set([cast.a.tag, cast.b.tag]),
    "m2m reverse add": lambda cast: cast.a.tag.articles.add(cast.b.article),
    "m2m reverse set": lambda cast: cast.a.tag.articles.set([cast.b.article]),
    "m2m on a foreign row": lambda cast: cast.b.article.tags.add(cast.a.tag),
    "m2m clear a foreign row": lambda cast: cast.b.article.tags.clear(),
    "m2m remove": lambda cast: cast.b.article.tags.remove(cast.b.tag),
    "m2m reverse clear": lambda cast: cast.b.tag.articles.clear(),
    "reverse of a foreign row": lambda cast: cast.b.category.articles.add(cast.a.article),
    "reverse set of a foreign row": lambda cast: cast.b.picture.articles.set([cast.a.article]),
    "reverse create": lambda cast: cast.b.category.articles.create(title="x"),
    "raw": lambda cast: Article.objects.raw("UPDATE news_article SET title = 'x'"),
    "raw of a queryset": lambda cast: Article.objects.all().raw("SELECT 1"),
}


def _snapshot(cast: Cast) -> dict[str, Any]:
    """Everything of Phú Vinh, and which links of Thuận An there are."""
    with unscoped():
        state: dict[str, Any] = {
            model.__name__: list(model.objects.filter(unit=cast.b.unit).order_by("pk").values())
            for model in (Article, Category, Tag, Picture)
        }
        state["links"] = sorted(Article.tags.through.objects.values_list("article_id", "tag_id"))
        state["own"] = list(Article.objects.order_by("pk").values_list("pk", "unit_id", "category_id", "picture_id"))
        state["units"] = list(Category.objects.order_by("pk").values_list("pk", "unit_id"))
    return state


@pytest.mark.parametrize("name", WRITES)
def test_writing_to_another_unit_is_refused(cast: Cast, name: str) -> None:
    before = _snapshot(cast)
    with unit_scope(cast.a.unit), pytest.raises(REFUSED), transaction.atomic():
        WRITES[name](cast)
    assert _snapshot(cast) == before


SILENT: dict[str, Callable[[Cast], object]] = {
    "reverse add": lambda cast: cast.a.category.articles.add(cast.b.article),
    "reverse set": lambda cast: cast.a.picture.articles.add(cast.b.article),
    "reverse clear of a foreign row": lambda cast: cast.b.picture.articles.clear(),
    "update by key": lambda cast: Article.objects.filter(pk=cast.b.article.pk).update(title="x"),
    "delete by key": lambda cast: Tag.objects.filter(pk=cast.b.tag.pk).delete(),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_not_refused_touches_nothing(cast: Cast, name: str) -> None:
    before = _snapshot(cast)
    with unit_scope(cast.a.unit):
        SILENT[name](cast)
    assert _snapshot(cast) == before


def test_saving_under_a_foreign_key_does_not_overwrite(cast: Cast) -> None:
    before = _snapshot(cast)
    swapped = _fresh(cast.a.tag)
    swapped.pk = cast.b.tag.pk
    cases: tuple[tuple[Tag, dict[str, Any]], ...] = (
        (swapped, {}),
        (swapped, {"force_update": True}),
        (Tag(pk=cast.b.tag.pk, name="x", slug="y"), {}),
    )
    for row, options in cases:
        with (
            unit_scope(cast.a.unit),
            pytest.raises((IntegrityError, DatabaseError, ScopeError)),
            transaction.atomic(),
        ):
            row.save(**options)
    assert _snapshot(cast) == before


@pytest.mark.parametrize("opened_in", ["other unit", "escape hatch"])
def test_a_queryset_made_elsewhere_writes_only_in_the_present_scope(cast: Cast, opened_in: str) -> None:
    """A queryset kept in a variable remembers its rows, not whose turn it is."""
    before = _snapshot(cast)
    with unit_scope(cast.b.unit) if opened_in == "other unit" else unscoped():
        tags = Tag.objects.filter(pk=cast.b.tag.pk)
    with unit_scope(cast.a.unit):
        tags.update(name="Của tôi")
        tags.delete()
    assert _snapshot(cast) == before


def test_writing_without_a_scope_is_refused(cast: Cast) -> None:
    row = _fresh(cast.a.article)
    tag = _fresh(cast.a.tag)
    for write in (
        row.save,
        row.delete,
        lambda: row.tags.add(tag),
        lambda: row.tags.clear(),
        lambda: Category(name="x", slug="x").save(),
        lambda: cast.a.category.articles.add(row),
    ):
        with pytest.raises(ScopeError):
            write()


def test_own_rows_can_be_written_by_every_door(cast: Cast) -> None:
    """The guard refuses nothing that is right."""
    with unit_scope(cast.a.unit):
        row = Category(name="Mới", slug="moi")
        row.save()
        assert row.unit_id == cast.a.unit.pk
        articles = Article.objects.bulk_create(
            [Article(title=f"Bài {n}", slug=f"bai-{n}", category=row) for n in (1, 2)]
        )
        assert [article.unit_id for article in articles] == [cast.a.unit.pk] * 2
        for article in articles:
            article.title += "!"
        # Links are changed by update() or save(): bulk_update sets them by an expression that nobody can check.
        assert Article.objects.bulk_update(articles, ["title"]) == 2
        assert Article.objects.filter(title__endswith="!").count() == 2
        assert Article.objects.filter(pk__in=[a.pk for a in articles]).update(category=row, picture=None) == 2
        articles[0].tags.set([cast.a.tag])
        cast.a.tag.articles.add(articles[1])
        assert set(cast.a.tag.articles.all()) >= set(articles)
        cast.a.picture.articles.add(articles[0])
        found, made = Tag.objects.get_or_create(slug="le-hoi", defaults={"name": "x"})
        assert (found, made) == (cast.a.tag, False)
        articles[0].tags.clear()
        articles[0].delete()
        assert Article.objects.filter(pk=articles[1].pk).delete()[0] >= 1
