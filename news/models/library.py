"""What a unit shows at /thu-vien/: albums and videos."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.models.media import Picture
from news.querysets.library import AlbumPictureQuerySet, AlbumQuerySet, VideoQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import nfc, one_line, slugify_vi


class Shown(TenantModel):
    """What albums and videos share: a title, an address, whether citizens see it and since when."""

    title = models.CharField(_("tiêu đề"), max_length=200)
    slug = models.CharField(max_length=100, editable=False)
    description = models.TextField(_("lời giới thiệu"), blank=True)
    is_published = models.BooleanField(_("đăng lên thư viện"), default=False)
    published_at = models.DateTimeField(_("ngày đăng"), null=True, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta(TenantModel.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling and a slug; then save inside the unit's scope."""
        self.title, self.description = one_line(self.title), nfc(self.description).strip()
        self.slug = self.slug or slugify_vi(self.title)
        super().save(*args, **kwargs)


class Album(Shown):
    """Pictures that belong together, in the editor's order."""

    cover = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="cover_of", verbose_name=_("ảnh bìa")
    )

    objects = TenantManager.from_queryset(AlbumQuerySet)()

    class Meta(Shown.Meta):
        verbose_name = _("album ảnh")
        verbose_name_plural = _("album ảnh")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False), name="album_published_has_date"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "is_published", "-published_at", "-id"], name="album_unit_published")
        ]

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working."""
        return reverse("news:album-detail", args=[self.slug, self.pk])


class AlbumPicture(TenantModel):
    """One picture of an album; its own caption here, or the picture's."""

    album = models.ForeignKey(Album, on_delete=models.CASCADE, related_name="entries")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="album_entries")
    order = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(_("chú thích trong album"), max_length=250, blank=True)

    objects = TenantManager.from_queryset(AlbumPictureQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("ảnh của album")
        verbose_name_plural = _("ảnh của album")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["album", "picture"], name="picture_once_in_album")]

    def __str__(self) -> str:
        return f"{self.album}: {self.picture}"

    @property
    def shown_caption(self) -> str:
        """What stands below the picture."""
        return self.caption or self.picture.caption


class Video(Shown):
    """A video as a file of ours, or on a server of the province that we embed (VIDEO_EMBED_HOSTS)."""

    file = models.FileField(_("tệp video"), max_length=200, blank=True, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    embed_url = models.URLField(_("địa chỉ video"), max_length=300, blank=True)
    poster = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="poster_of",
        verbose_name=_("ảnh hiện trước khi phát"),
    )  # fmt: skip
    duration = models.PositiveIntegerField(_("độ dài (giây)"), null=True, blank=True)
    captions = models.FileField(_("phụ đề"), max_length=200, blank=True, editable=False)
    transcript = models.TextField(_("lời trong video"), blank=True)

    objects = TenantManager.from_queryset(VideoQuerySet)()

    class Meta(Shown.Meta):
        verbose_name = _("video")
        verbose_name_plural = _("video")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(published_at__isnull=False), name="video_published_has_date"
            ),
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(embed_url="")) | (~Q(file="") & Q(embed_url="")), name="video_file_or_embed"
            ),
            models.UniqueConstraint(fields=["unit", "sha256"], condition=~Q(sha256=""), name="video_file_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "is_published", "-published_at", "-id"], name="video_unit_published")
        ]

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working."""
        return reverse("news:video-detail", args=[self.slug, self.pk])

    @property
    def mime_type(self) -> str:
        """Type of our own file."""
        return "video/webm" if str(self.file.name).endswith(".webm") else "video/mp4"

    @property
    def duration_words(self) -> str:
        """``3:07`` or ``1:02:45``; empty when nobody knows."""
        if not self.duration:
            return ""
        hours, rest = divmod(self.duration, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
