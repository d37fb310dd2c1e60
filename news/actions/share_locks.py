"""Texts that came as mandatory: the unit moves and pins them, but neither edits nor withdraws them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.models import Article, ShareDelivery


def is_locked_copy(article: Article) -> bool:
    """Whether the article came to this unit as mandatory; asks nothing for an own article."""
    return ShareDelivery.objects.locks(article)


def refuse_locked_copy(article: Article) -> None:
    """Raise ValidationError for a text that came as mandatory."""
    if is_locked_copy(article):
        raise ValidationError(_("Bài này là bài bắt buộc đăng. Chỉ đổi được chuyên mục và ghim; chữ do nơi gửi sửa."))
