"""Addresses of categories, tags, pages and articles outlive their names."""

from django.urls import reverse

from news.models import Article, Category, Page, Tag
from portal.core.models import User
from units.actions import follow_address, free_address, keep_address, move_address
from units.enums import RedirectReason

Named = Category | Page | Tag


def addresses_of(row: Named) -> list[str]:
    """Every address of a row; a category has its feeds too."""
    if isinstance(row, Category):
        return [
            reverse(name, args=[row.slug]) for name in ("news:category", "news:category-feed", "news:category-atom")
        ]
    return [row.get_absolute_url()]


def stored_addresses(row: Named) -> list[str]:
    """The addresses of the row as the database holds it; none for a new one."""
    fields = ("unit", "slug", "language") if isinstance(row, Page) else ("unit", "slug")
    stored = type(row).objects.only(*fields).filter(pk=row.pk).first() if row.pk else None
    return addresses_of(stored) if stored else []


def keep_moved(*, row: Named, before: list[str], actor: User | None) -> None:
    """After a save: the addresses ``before`` lead to those the row has now; nothing leads away from a new row's."""
    now = addresses_of(row)
    if before == now:
        return
    if not before:
        for path in now:
            free_address(path=path)
        return
    follow_address(old=before[0], new=now[0])
    for old, new in zip(before, now, strict=True):
        move_address(old=old, new=new, reason=RedirectReason.SLUG, actor=actor)


def keep_deleted(*, row: Named, leads_to: str, actor: User | None) -> None:
    """Before a deletion: let the row's addresses lead to ``leads_to``; empty leaves them to “not found”."""
    if leads_to:
        for path in addresses_of(row):
            keep_address(old=path, new=leads_to, reason=RedirectReason.HAND, actor=actor)


def follow_article(*, article: Article, before: Article) -> None:
    """After a save: what led to the article's address leads to its new one. The address itself carries the id and moves alone."""
    if (before.category_id, before.slug) != (article.category_id, article.slug):
        follow_address(old=before.get_absolute_url(), new=article.get_absolute_url())
