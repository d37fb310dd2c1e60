"""What it means for an article that another unit sent it.

A mandatory text is moved and pinned here, but neither edited nor withdrawn; a draft that is thrown away waits again.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.enums.sharing import ShareState
from news.models import Article, ShareDelivery


def is_locked_copy(article: Article) -> bool:
    """Whether the article came to this unit as mandatory; asks nothing for an own article."""
    return ShareDelivery.objects.locks(article)


def refuse_locked_copy(article: Article) -> None:
    """Raise ValidationError for a text that came as mandatory."""
    if is_locked_copy(article):
        raise ValidationError(_("Bài này là bài bắt buộc đăng. Chỉ đổi được chuyên mục và ghim; chữ do nơi gửi sửa."))


def give_back(article: Article) -> None:
    """Let the text a deleted draft was made of wait for a decision again; recalled where its source is gone meanwhile."""
    if article.origin_article_id is None:
        return
    delivery = ShareDelivery.objects.incoming().filter(local_article_id=article.pk).select_related("parcel").first()
    if delivery is None:
        return
    state = ShareState.RECALLED if delivery.parcel.is_withdrawn else ShareState.WAITING
    ShareDelivery.objects.incoming().filter(pk=delivery.pk).update(
        state=state, local_article_id=None, local_status="", local_path="", local_published_at=None, copy_hash="",
        taken_revision=0, is_edited=False, alert="", due_at=None, handled_by=None, handled_at=None,
    )  # fmt: skip
