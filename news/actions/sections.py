"""Categories, tags and about pages."""

from django.db import transaction
from django.utils import timezone

from news.actions.addresses import keep_deleted, keep_moved, stored_addresses
from news.actions.links import forget_mended
from news.actions.media import note_uses
from news.models import Article, Category, Page, Tag
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.text import one_line, slugify_vi
from portal.search.actions import mark_changed

PAGE = "news.Page"


@transaction.atomic
def save_page(*, page: Page, actor: User | None = None) -> Page:
    """Create or change an about page."""
    page.revised_at = timezone.now()
    before = stored_addresses(page)
    page.save()
    keep_moved(row=page, before=before, actor=actor)
    forget_mended(kind="page", pk=page.pk, body=page.body)
    note_uses(page)
    record(verb="page.save", target=page, actor=actor)
    bump_generation(page.unit_id)
    mark_changed(unit_id=page.unit_id, model_label=PAGE, object_id=page.pk)
    return page


@transaction.atomic
def save_category(*, category: Category, actor: User | None = None) -> Category:
    """Create or change a category; its lists and articles show it at once."""
    category.name = one_line(category.name)
    category.slug = category.slug or slugify_vi(category.name)
    before = stored_addresses(category)
    category.save()
    keep_moved(row=category, before=before, actor=actor)
    # Articles carry a copy of it; only those that differ are touched.
    articles = Article.objects.filter(category=category).exclude(is_notice=category.is_notice)
    articles.update(is_notice=category.is_notice)
    record(verb="category.save", target=category, actor=actor)
    bump_generation(category.unit_id)
    return category


@transaction.atomic
def delete_page(*, page: Page, actor: User | None, leads_to: str = "") -> None:
    """Take an about page away for good; one with pages below it is protected by the database."""
    record(verb="page.delete", target=page, actor=actor)
    keep_deleted(row=page, leads_to=leads_to, actor=actor)
    bump_generation(page.unit_id)
    mark_changed(unit_id=page.unit_id, model_label=PAGE, object_id=page.pk)
    page.delete()


@transaction.atomic
def delete_category(*, category: Category, actor: User | None, leads_to: str = "") -> None:
    """Take an empty category away; one with articles is protected by the database."""
    record(verb="category.delete", target=category, actor=actor)
    keep_deleted(row=category, leads_to=leads_to, actor=actor)
    bump_generation(category.unit_id)
    category.delete()


@transaction.atomic
def save_tag(*, tag: Tag, actor: User | None) -> Tag:
    """Change a tag's wording."""
    before = stored_addresses(tag)
    tag.save()
    keep_moved(row=tag, before=before, actor=actor)
    record(verb="tag.save", target=tag, actor=actor)
    bump_generation(tag.unit_id)
    return tag


@transaction.atomic
def delete_tag(*, tag: Tag, actor: User | None, leads_to: str = "") -> None:
    """Take a tag off all its articles."""
    record(verb="tag.delete", target=tag, actor=actor)
    keep_deleted(row=tag, leads_to=leads_to, actor=actor)
    bump_generation(tag.unit_id)
    tag.delete()
