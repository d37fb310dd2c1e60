"""Writing articles: saving, deleting, loading many."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.addresses import follow_article
from news.actions.links import forget_mended
from news.actions.media import note_uses
from news.actions.saving import after_save, demand_may_write
from news.actions.share_locks import give_back
from news.actions.versions import COPIED, Change, claim_version, keep_version, stored_text
from news.actions.visibility import ARTICLE, show_changed
from news.enums import ArticleStatus, VersionReason
from news.models import Article, Tag
from news.rules import unique_names
from news.rules.workflow import SEEN_STATUSES
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.text import one_line, slugify_vi
from portal.search.actions import mark_many_changed

# What a clerk writes. Status and dates of publishing are changed by their own verbs only, so that a copy of the row
# loaded before somebody published it does not take the article away again.
WRITTEN = (
    *("category", "title", "slug", "summary", "body", "author_name", "source_name", "picture", "is_pinned"),
    *("pinned_until", "is_featured", "featured_until", "allow_comments", "expires_at", "owner", "review_by"),
    *("is_notice", "revised_at", "edited_at"),
)

# Where the article stands: the row in hand may have been loaded before somebody took a step.
_STANDING = (
    *("status", "published_at", "created_by_id", "submitted_by_id", "submitted_at", "approved_at", "is_urgent"),
    *("scheduled_for", "second_look_at", "second_look_due_at"),
)


@transaction.atomic
def save_article(
    *,
    article: Article,
    tags: Iterable[str] | None = None,
    actor: User | None = None,
    base_version: int | None = None,
    change: Change | None = None,
) -> Article:
    """Create or change an article's text; every save is a version.

    ``base_version`` is the version the writer had before their eyes: raises EditConflict when it is not the newest any more.
    A text that citizens have seen and that changes in substance needs a public note (ValidationError) and another person's
    second look; an approved one goes back to the approver. A person whose role, category or the article's place on its way
    does not allow the save hears so: PermissionDenied, ValidationError.
    """
    change, created = change or Change(), article.pk is None
    article.edited_at = timezone.now()
    # The number is claimed first: from here on the row is locked, and what is read of it stays true until the commit.
    number = 1 if created else claim_version(article, base_version)
    before = None if created else stored_text(article)
    demand_may_write(article=article, before=before, actor=actor)
    if before is None:
        article.created_by, article.version_number = actor, number
        article.save()
    number = _save_over(article, before, number) if before else number
    if tags is not None:
        article.tags.set(_tags(tags))
    names = [tag.name for tag in article.tags.all()]
    version = keep_version(article=article, number=number, actor=actor, change=change, tag_names=names, before=before)
    verb = "article.create" if created else "article.change"
    record(verb=verb, target=article, actor=actor, detail={"version": number})
    note_uses(article)
    if before is not None:
        after_save(article=article, before=before, version=version, change=change, actor=actor)
    if article.status in SEEN_STATUSES:
        show_changed(article)
    return article


def _save_over(article: Article, before: Article, number: int) -> int:
    """Write the text over the one that stands; an imported text that was never saved by hand is kept as version 1 first."""
    for name in _STANDING:
        setattr(article, name, getattr(before, name))
    if number == 1:
        baseline = Change(reason=VersionReason.BASELINE)
        names = [tag.name for tag in before.tags.all()]
        keep_version(article=before, number=1, actor=None, change=baseline, tag_names=names, before=None)
        number = claim_version(article, None)
    article.normalise()
    # “Sửa lần cuối” is about what citizens read: pinning or a new owner is no revision.
    if before.status == ArticleStatus.PUBLISHED and any(
        getattr(article, name) != getattr(before, name) for name in COPIED
    ):
        article.revised_at = article.edited_at
    article.save(update_fields=WRITTEN)
    follow_article(article=article, before=before)
    forget_mended(kind="article", pk=article.pk, body=article.body)
    return number


def _tags(names: Iterable[str]) -> list[Tag]:
    wanted = {slugify_vi(name): name for name in unique_names(names)}
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    missing = [Tag(name=one_line(name), slug=slug) for slug, name in wanted.items() if slug not in known]
    return [*known.values(), *Tag.objects.bulk_create(missing)]


@transaction.atomic
def delete_article(*, article: Article, actor: User | None) -> None:
    """Delete a draft for good. What citizens have seen is withdrawn, never deleted: raises ValidationError."""
    # Locked and read again: somebody may be publishing it at this moment.
    stands = Article.objects.select_for_update().filter(pk=article.pk).values_list("published_at", flat=True)
    if any(moment is not None for moment in stands):
        raise ValidationError(_("Bài đã từng đăng thì không xóa được; hãy gỡ bài."))
    record(verb="article.delete", target=article, actor=actor)
    give_back(article)
    article.delete()


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
    for row in rows:
        if "/media/" in row.body:
            note_uses(row)
    if rows:
        bump_generation(rows[0].unit_id)
        mark_many_changed(rows[0].unit_id, ARTICLE, [row.pk for row in rows])
    return len(rows)
