"""Reads of the media library: pictures, where they are used, attachments."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db.models import Q
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet
from portal.core.text import folded

if TYPE_CHECKING:
    from news.models import Article, ArticleAttachment, Attachment, Picture, PictureUse

RENDER_ATTEMPTS: Final = 4
# Longer than any picture takes: a worker that has not finished by then is dead.
RENDER_CLAIM: Final = timedelta(minutes=10)
USES_SHOWN: Final = 20


class PictureQuerySet(TenantQuerySet["Picture"]):
    """Pictures of a unit."""

    def ready(self) -> Self:
        """Described or decorative: what forms may offer and pages may show."""
        return self.filter(is_ready=True)

    def waiting(self) -> Self:
        """Uploaded, and nobody has said yet what they show; oldest first."""
        return self.filter(is_ready=False).order_by("pk")

    def found_by(self, words: str) -> Self:
        """Pictures whose words or file name contain each of ``words``, with or without marks."""
        rows = self
        for word in folded(words).split()[:8]:
            rows = rows.filter(words__contains=word)
        return rows

    def chooser_page(self, words: str, before: int | None, number: int) -> tuple[list["Picture"], bool]:
        """One page of what may be chosen, newest first, behind the picture ``before``; and whether more follow."""
        rows = self.ready().found_by(words).order_by("-pk")
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows[: number + 1])
        return found[:number], len(found) > number

    def with_files(self, names: Iterable[str]) -> Self:
        """Pictures whose large or small file has one of these names; one query over an index."""
        wanted = {name.replace("-nho.webp", ".webp") for name in names}
        return self.filter(file__in=wanted)

    def unrendered(self) -> Self:
        """What Celery still has to make renditions of, and no living worker has taken."""
        dead = timezone.now() - RENDER_CLAIM
        return self.filter(
            Q(render_claimed_at__isnull=True) | Q(render_claimed_at__lt=dead),
            rendered_at__isnull=True,
            render_attempts__lt=RENDER_ATTEMPTS,
        )


class PictureUseQuerySet(TenantQuerySet["PictureUse"]):
    """Pictures in bodies."""

    def of_picture(self, picture: "Picture") -> Self:
        """Where a picture stands in a text, with the texts; bounded."""
        rows = self.filter(picture=picture).select_related("article", "page")
        return rows.order_by("-is_current", "-pk")[:USES_SHOWN]


class AttachmentQuerySet(TenantQuerySet["Attachment"]):
    """Files for download."""

    def newest(self, number: int) -> list["Attachment"]:
        """The latest uploads."""
        return list(self.order_by("-pk")[:number])

    def with_file(self, name: str) -> "Attachment | None":
        """The row of a stored file, by its name."""
        return self.filter(file=name).first()


class ArticleAttachmentQuerySet(TenantQuerySet["ArticleAttachment"]):
    """Files below articles."""

    def of_article(self, article: "Article") -> Self:
        """The files of one article in its order, each with its row; one query."""
        return self.filter(article=article).select_related("attachment").order_by("order", "pk")
