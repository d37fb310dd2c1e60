"""Reads of albums and videos."""

from typing import TYPE_CHECKING, Final, Self

from django.db.models import Count, Q
from django.utils import timezone

from news.rules import Cursor
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Album, AlbumPicture, Video

ALBUM_LIMIT: Final = 100
SHELF_SIZE: Final = 12


class AlbumQuerySet(TenantQuerySet["Album"]):
    """Albums."""

    def published(self) -> Self:
        """What citizens may see now."""
        return self.filter(is_published=True, published_at__lte=timezone.now())

    def for_list(self) -> Self:
        """With the cover and the number of pictures, in the same query."""
        return self.select_related("cover").annotate(number=Count("entries"))

    def shelf(self, before: Cursor | None = None) -> tuple[list["Album"], bool]:
        """One page of the published ones, newest first, behind ``before``; and whether older ones follow."""
        rows = self.published().for_list().order_by("-published_at", "-pk")
        if before:
            rows = rows.filter(Q(published_at__lt=before.at) | Q(published_at=before.at, pk__lt=before.pk))
        found = list(rows[: SHELF_SIZE + 1])
        return found[:SHELF_SIZE], len(found) > SHELF_SIZE


class AlbumPictureQuerySet(TenantQuerySet["AlbumPicture"]):
    """Pictures of albums."""

    def of_album(self, album: "Album") -> Self:
        """The pictures of one album in its order, bounded; only described ones."""
        rows = self.filter(album=album, picture__is_ready=True).select_related("picture")
        return rows.order_by("order", "pk")[:ALBUM_LIMIT]


class VideoQuerySet(TenantQuerySet["Video"]):
    """Videos."""

    def published(self) -> Self:
        """What citizens may see now."""
        return self.filter(is_published=True, published_at__lte=timezone.now())

    def for_list(self) -> Self:
        """With the picture shown before playing."""
        return self.select_related("poster").defer("transcript")

    def shelf(self, before: Cursor | None = None) -> tuple[list["Video"], bool]:
        """One page of the published ones, newest first, behind ``before``; and whether older ones follow."""
        rows = self.published().for_list().order_by("-published_at", "-pk")
        if before:
            rows = rows.filter(Q(published_at__lt=before.at) | Q(published_at=before.at, pk__lt=before.pk))
        found = list(rows[: SHELF_SIZE + 1])
        return found[:SHELF_SIZE], len(found) > SHELF_SIZE
