"""A page of a large archive walks an index; what the planner says is tested, how long it takes belongs to `make bench`."""

from __future__ import annotations

import pytest
from django.db import connection

from news.models import Article, Category
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's planner reads small tables whole, whatever their indexes"
)


def plan(rows: object) -> str:
    return str(rows.explain())  # type: ignore[attr-defined]  # a queryset, already cut to its page


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        ("news", "article_notice_status_date"),
        ("notices", "article_notice_status_date"),
        ("pinned", "article_pinned_status_date"),
        ("all", "article_unit_status_date"),
        ("category", "article_category_date"),
    ],
)
def test_the_newest_of_a_kind_come_from_an_index_in_order(cast: Cast, kind: str, index: str) -> None:
    with unit_scope(cast.a.unit):
        rows = Article.objects.published().for_list()
        chosen = {
            "news": lambda: rows.news(),
            "notices": lambda: rows.notices(),
            "pinned": lambda: rows.filter(is_pinned__in=[True]),
            "all": lambda: rows,
            "category": lambda: rows.in_category(Category.objects.in_order()[0]),
        }[kind]()
        told = plan(chosen.newest_first()[:7])
    assert index in told
    assert "TEMP B-TREE" not in told, "nothing is sorted"
    assert "SCAN news_article" not in told
