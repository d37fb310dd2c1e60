"""The English version of an article: written by one person, put before citizens by another."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.media import note_uses
from news.models import ArticleTranslation
from news.rules.prose_diff import words_changed
from news.rules.workflow import SMALL_EDIT_WORDS
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.search.actions import mark_changed

TRANSLATION = "news.ArticleTranslation"
WRITTEN = ("title", "slug", "summary", "body", "of_version", "edited_by", "edited_at")


def _show(translation: ArticleTranslation) -> None:
    bump_generation(translation.unit_id)
    mark_changed(unit_id=translation.unit_id, model_label=TRANSLATION, object_id=translation.pk)


@transaction.atomic
def save_translation(
    *, translation: ArticleTranslation, actor: User | None, base_revision: int | None = None
) -> ArticleTranslation:
    """Create or change an English text; it is then a translation of the Vietnamese text as it stands now.

    What citizens read and one person changes in substance (more than SMALL_EDIT_WORDS words) leaves the site until
    another person publishes it again. Raises ValidationError when somebody saved it since ``base_revision`` was read;
    nothing is written then.
    """
    translation.edited_by, translation.edited_at = actor, timezone.now()
    translation.of_version = translation.article.version_number
    created: bool = translation.pk is None
    was_published = False
    if created:
        translation.revision = 1
        translation.save()
    else:
        rows = ArticleTranslation.objects.filter(pk=translation.pk)
        if base_revision is not None:
            rows = rows.filter(revision=base_revision)
        if not rows.update(revision=F("revision") + 1):
            raise ValidationError(
                _("Người khác vừa lưu bản tiếng Anh này. Mở lại trang để xem bản của họ rồi sửa tiếp.")
            )
        before = ArticleTranslation.objects.get(pk=translation.pk)
        translation.save(update_fields=WRITTEN)
        translation.refresh_from_db(fields=["revision", "is_published"])
        was_published = before.is_published
        _ask_again(before, translation)
    record(verb="translation.create" if created else "translation.change", target=translation, actor=actor)
    note_uses(translation.article)
    if was_published:
        _show(translation)
    return translation


def _ask_again(before: ArticleTranslation, translation: ArticleTranslation) -> None:
    """Take a published text back to the approver when more than a slip of the pen was mended."""
    changed = words_changed(_whole(before), _whole(translation))
    if translation.is_published and changed > SMALL_EDIT_WORDS:
        ArticleTranslation.objects.filter(pk=translation.pk).update(is_published=False)
        translation.is_published = False


def _whole(translation: ArticleTranslation) -> str:
    return f"<p>{translation.title}</p><p>{translation.summary}</p>{translation.body}"


@transaction.atomic
def publish_translation(*, translation: ArticleTranslation, actor: User) -> bool:
    """Put an English text before citizens; False when it was there already.

    Raises ValidationError when a part is missing, or when ``actor`` wrote it: nobody approves their own text.
    """
    if not (translation.title and translation.summary and translation.body):
        raise ValidationError(_("Chưa đăng được: cần đủ tiêu đề, tóm tắt và nội dung tiếng Anh."))
    rows = ArticleTranslation.objects.filter(pk=translation.pk, is_published=False)
    # Asked of the row, not of the copy in hand: the writer may have saved once more meanwhile.
    if rows.filter(edited_by=actor).exists():
        raise ValidationError(_("Bạn là người sửa bản này sau cùng: người khác đăng."))
    first = translation.published_at or timezone.now()
    if not rows.exclude(edited_by=actor).update(is_published=True, published_at=first):
        return False
    translation.is_published, translation.published_at = True, first
    record(verb="translation.publish", target=translation, actor=actor)
    _show(translation)
    return True


@transaction.atomic
def withdraw_translation(*, translation: ArticleTranslation, actor: User | None) -> bool:
    """Take an English text away; its address then says that there is none and offers the Vietnamese."""
    if not ArticleTranslation.objects.filter(pk=translation.pk, is_published=True).update(is_published=False):
        return False
    translation.is_published = False
    record(verb="translation.withdraw", target=translation, actor=actor)
    _show(translation)
    return True
