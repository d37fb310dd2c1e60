"""Business verbs of the news room: each atomic, audited, and visible to citizens within two seconds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums import ArticleStatus
from news.models import Article, Category, Page, Picture, Tag
from news.rules import unique_names
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import PreparedPicture, prepare_picture, random_name
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line, slugify_vi
from portal.search.actions import mark_changed, mark_many_changed

ARTICLE = "news.Article"
PAGE = "news.Page"
# What a clerk writes. Status and dates of publishing are changed by their own verbs only, so that a copy of the row
# loaded before somebody published it does not take the article away again.
WRITTEN = (
    *("category", "title", "slug", "summary", "body", "author_name", "source_name", "picture", "is_pinned"),
    "is_notice",
    *("revised_at", "edited_at"),
)


def _changed(article: Article) -> None:
    bump_generation(article.unit_id)
    mark_changed(unit_id=article.unit_id, model_label=ARTICLE, object_id=article.pk)


@transaction.atomic
def save_article(*, article: Article, tags: Iterable[str] | None = None, actor: User | None = None) -> Article:
    """Create or change an article's text; a published one is marked as revised and re-indexed."""
    now = timezone.now()
    created = article.pk is None
    article.edited_at = now
    if created:
        article.created_by = actor
    elif article.status == ArticleStatus.PUBLISHED:
        article.revised_at = now
    article.save(update_fields=None if created else WRITTEN)
    if not created:
        article.refresh_from_db(fields=["status"])
    if tags is not None:
        article.tags.set(_tags(tags))
    record(verb="article.create" if created else "article.change", target=article, actor=actor)
    if article.status != ArticleStatus.DRAFT:
        _changed(article)
    return article


def _tags(names: Iterable[str]) -> list[Tag]:
    wanted = {slugify_vi(name): name for name in unique_names(names)}
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    missing = [Tag(name=one_line(name), slug=slug) for slug, name in wanted.items() if slug not in known]
    return [*known.values(), *Tag.objects.bulk_create(missing)]


@transaction.atomic
def publish_article(*, article: Article, actor: User | None, at: datetime | None = None) -> bool:
    """Put a draft or withdrawn article before citizens; False when it was published already (by somebody else).

    Raises ValidationError with a sentence for the clerk when title, summary or text is missing.
    """
    missing = [str(label) for label, value in _required(article).items() if not value]
    if missing:
        raise ValidationError(_("Chưa đăng được: còn thiếu %(fields)s.") % {"fields": ", ".join(missing)})
    now = timezone.now()
    first = article.published_at or at or now
    changed = Article.objects.filter(pk=article.pk).exclude(status=ArticleStatus.PUBLISHED).update(
        status=ArticleStatus.PUBLISHED, published_at=first, edited_at=now
    )  # fmt: skip
    if not changed:
        return False
    article.status, article.published_at = ArticleStatus.PUBLISHED, first
    record(verb="article.publish", target=article, actor=actor)
    _changed(article)
    return True


def _required(article: Article) -> dict[str, Any]:
    return {_("tiêu đề"): article.title, _("tóm tắt"): article.summary, _("nội dung"): article.body}


@transaction.atomic
def withdraw_article(*, article: Article, actor: User | None) -> bool:
    """Take a published article away from citizens; False when it was not published any more."""
    changed = Article.objects.filter(pk=article.pk, status=ArticleStatus.PUBLISHED).update(
        status=ArticleStatus.WITHDRAWN, edited_at=timezone.now()
    )
    if not changed:
        return False
    article.status = ArticleStatus.WITHDRAWN
    record(verb="article.withdraw", target=article, actor=actor)
    _changed(article)
    return True


@transaction.atomic
def delete_article(*, article: Article, actor: User | None) -> None:
    """Delete a draft for good. What citizens have seen is withdrawn, never deleted: raises ValidationError."""
    if article.published_at is not None:
        raise ValidationError(_("Bài đã từng đăng thì không xóa được; hãy gỡ bài."))
    record(verb="article.delete", target=article, actor=actor)
    article.delete()


@transaction.atomic
def add_picture(
    *,
    upload: IO[bytes],
    alt_text: str,
    is_decorative: bool = False,
    caption: str = "",
    credit: str = "",
    size: int | None = None,
    actor: User | None = None,
) -> Picture:
    """Check, re-encode and keep one picture; raises ValidationError with a sentence for the clerk."""
    if not is_decorative and not alt_text.strip():
        raise ValidationError(_("Ảnh cần lời mô tả cho người không nhìn thấy, hoặc đánh dấu “chỉ để trang trí”."))
    prepared = prepare_picture(upload, size=size)
    return keep_picture(
        prepared=prepared, alt_text=alt_text, is_decorative=is_decorative, caption=caption, credit=credit, actor=actor
    )


@transaction.atomic
def keep_picture(
    *,
    prepared: PreparedPicture,
    alt_text: str,
    is_decorative: bool = False,
    caption: str = "",
    credit: str = "",
    actor: User | None = None,
) -> Picture:
    """Store a picture that was checked and re-encoded already, under a random name that carries the unit."""
    name = random_name(current_unit_id(), "anh", ".webp")
    picture = Picture(
        alt_text=one_line(alt_text)[:250],
        is_decorative=is_decorative,
        caption=one_line(caption)[:250],
        credit=one_line(credit)[:120],
        width=prepared.width,
        height=prepared.height,
    )
    picture.file.save(name, ContentFile(prepared.large), save=False)
    picture.small_file.save(name.replace(".webp", "-nho.webp"), ContentFile(prepared.small), save=False)
    picture.save()
    record(verb="picture.add", target=picture, actor=actor)
    return picture


@transaction.atomic
def describe_picture(
    *, picture: Picture, alt_text: str, is_decorative: bool, caption: str, actor: User | None = None
) -> Picture:
    """Change what a picture says of itself; raises ValidationError when it would say nothing."""
    if not is_decorative and not alt_text.strip():
        raise ValidationError(_("Ảnh cần lời mô tả cho người không nhìn thấy, hoặc đánh dấu “chỉ để trang trí”."))
    wanted = (one_line(alt_text)[:250], is_decorative, one_line(caption)[:250])
    if wanted == (picture.alt_text, picture.is_decorative, picture.caption):
        return picture
    picture.alt_text, picture.is_decorative, picture.caption = wanted
    picture.save(update_fields=["alt_text", "is_decorative", "caption"])
    record(verb="picture.describe", target=picture, actor=actor)
    bump_generation(picture.unit_id)
    return picture


@transaction.atomic
def save_page(*, page: Page, actor: User | None = None) -> Page:
    """Create or change an about page."""
    page.revised_at = timezone.now()
    page.save()
    record(verb="page.save", target=page, actor=actor)
    bump_generation(page.unit_id)
    mark_changed(unit_id=page.unit_id, model_label=PAGE, object_id=page.pk)
    return page


@transaction.atomic
def save_category(*, category: Category, actor: User | None = None) -> Category:
    """Create or change a category; its lists and articles show it at once."""
    category.name = one_line(category.name)
    category.slug = category.slug or slugify_vi(category.name)
    category.save()
    # Articles carry a copy of it; only those that differ are touched.
    articles = Article.objects.filter(category=category).exclude(is_notice=category.is_notice)
    articles.update(is_notice=category.is_notice)
    record(verb="category.save", target=category, actor=actor)
    bump_generation(category.unit_id)
    return category


@transaction.atomic
def load_articles(*, articles: Sequence[Article]) -> int:
    """Insert many published articles at once (imports, load tests); those whose source is known already are skipped.

    Returns how many were new. Each is normalised and cleaned as if saved by hand, and queued for the index.
    """
    references = {article.source_ref for article in articles}
    known = set(Article.objects.filter(source_ref__in=references).values_list("source_ref", flat=True))
    fresh = {article.source_ref: article for article in articles if article.source_ref not in known}
    for article in fresh.values():
        article.normalise()
    rows = Article.objects.bulk_create(list(fresh.values()), batch_size=500)
    if rows:
        bump_generation(rows[0].unit_id)
        mark_many_changed(rows[0].unit_id, ARTICLE, [row.pk for row in rows])
    return len(rows)


@transaction.atomic
def delete_page(*, page: Page, actor: User | None) -> None:
    """Take an about page away for good; one with pages below it is protected by the database."""
    record(verb="page.delete", target=page, actor=actor)
    bump_generation(page.unit_id)
    mark_changed(unit_id=page.unit_id, model_label=PAGE, object_id=page.pk)
    page.delete()


@transaction.atomic
def delete_category(*, category: Category, actor: User | None) -> None:
    """Take an empty category away; one with articles is protected by the database."""
    record(verb="category.delete", target=category, actor=actor)
    bump_generation(category.unit_id)
    category.delete()


@transaction.atomic
def save_tag(*, tag: Tag, actor: User | None) -> Tag:
    """Change a tag's wording."""
    tag.save()
    record(verb="tag.save", target=tag, actor=actor)
    bump_generation(tag.unit_id)
    return tag


@transaction.atomic
def delete_tag(*, tag: Tag, actor: User | None) -> None:
    """Take a tag off all its articles."""
    record(verb="tag.delete", target=tag, actor=actor)
    bump_generation(tag.unit_id)
    tag.delete()


@transaction.atomic
def delete_picture(*, picture: Picture, actor: User | None) -> None:
    """Delete a picture that no article uses, and its files once that is certain."""
    record(verb="picture.delete", target=picture, actor=actor)
    names = [name for name in (picture.file.name, picture.small_file.name) if name]
    picture.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
