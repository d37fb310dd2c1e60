"""The unit's pictures, and where its texts show them."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.enums import Licence
from news.querysets.media import PictureQuerySet, PictureUseQuerySet
from portal.core.pictures import SMALL_WIDTH, rendition_name
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import folded


class Picture(TenantModel):
    """A re-encoded picture in two sizes and its renditions; it says what it shows, or that it is decoration.

    TT 32/2017 Điều 18 asks for the words. A picture that came in bulk waits without them (``is_ready`` is false): no form
    offers it and no page shows it until somebody has described it.
    """

    file = models.FileField(_("tệp"), max_length=200, db_index=True)
    small_file = models.FileField(_("tệp nhỏ"), max_length=200)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(_("mô tả ảnh"), max_length=250, blank=True)
    is_decorative = models.BooleanField(_("chỉ để trang trí"), default=False)
    is_ready = models.BooleanField(_("đã mô tả"), default=True, editable=False)
    caption = models.CharField(_("chú thích"), max_length=250, blank=True)
    credit = models.CharField(_("tác giả, nguồn ảnh"), max_length=120, blank=True)
    licence = models.CharField(_("quyền sử dụng"), max_length=10, choices=Licence, blank=True)
    licence_note = models.CharField(_("ghi thêm về quyền sử dụng"), max_length=200, blank=True)
    # What must stay in sight where the picture is cropped, in percent from the left and from the top.
    focal_x = models.PositiveSmallIntegerField(_("điểm chính, từ trái (%)"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("điểm chính, từ trên (%)"), default=50)
    # Of the bytes that were uploaded: the same file sent twice is recognised. Empty for pictures made by the portal itself.
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_name = models.CharField(_("tên tệp gốc"), max_length=160, blank=True, editable=False)
    original_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    # Its words without marks and capitals: “den long” finds “Đèn lồng” on every database.
    words = models.TextField(blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # {"webp": [[width, bytes], …], "avif": […]}: on the row itself, so that a list of pictures asks nothing more.
    renditions = models.JSONField(default=dict, blank=True, editable=False)
    rendered_at = models.DateTimeField(null=True, blank=True, editable=False)
    render_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    render_attempts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = TenantManager.from_queryset(PictureQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_ready=False) | Q(is_decorative=True) | ~Q(alt_text=""),
                name="picture_described_or_decorative",
            ),
            models.CheckConstraint(condition=Q(focal_x__lte=100, focal_y__lte=100), name="picture_focal_point_inside"),
            models.UniqueConstraint(fields=["unit", "sha256"], condition=~Q(sha256=""), name="picture_file_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "is_ready", "-id"], name="picture_unit_ready"),
            models.Index(fields=["unit", "id"], condition=Q(rendered_at__isnull=True), name="picture_unrendered"),
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or self.original_name or str(self.file.name)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the words for searching true, then save inside the unit's scope."""
        texts = (self.alt_text, self.caption, self.credit, self.original_name)
        self.words = folded(" ".join(text for text in texts if text))
        names = None if update_fields is None else {*update_fields, "words"}
        super().save(*args, update_fields=names, **kwargs)

    @property
    def url(self) -> str:
        """Address of the large file."""
        return str(self.file.url)

    @property
    def small_url(self) -> str:
        """Address of the small file."""
        return str(self.small_file.url)

    @property
    def alt(self) -> str:
        """Text for the ``alt`` attribute; empty for decoration."""
        return "" if self.is_decorative else self.alt_text

    @property
    def webp_srcset(self) -> str:
        """Every WebP file there is, with its width: the two stored ones, and what Celery has made since."""
        files = [(min(SMALL_WIDTH, self.width), self.small_url), (self.width, self.url)]
        return self._srcset(files + self._made("webp"))

    @property
    def avif_srcset(self) -> str:
        """The AVIF files; empty until Celery has made them."""
        return self._srcset(self._made("avif"))

    @property
    def focal_classes(self) -> str:
        """Classes that keep the focal point in sight where the picture is cropped (css/picture.css); empty for the middle."""
        x, y = round(self.focal_x / 10), round(self.focal_y / 10)
        return "" if (x, y) == (5, 5) else f"fx-{x} fy-{y}"

    @property
    def stored_names(self) -> list[str]:
        """Names of all its files in the storage."""
        names = [str(self.file.name), str(self.small_file.name)]
        names += [
            rendition_name(str(self.file.name), width, kind)
            for kind, made in self.renditions.items()
            for width, _size in made
        ]
        return [name for name in names if name]

    def _made(self, kind: str) -> list[tuple[int, str]]:
        storage: Any = self.file.storage
        made = self.renditions.get(kind, [])
        return [(width, storage.url(rendition_name(str(self.file.name), width, kind))) for width, _size in made]

    @staticmethod
    def _srcset(files: list[tuple[int, str]]) -> str:
        return ", ".join(f"{url} {width}w" for width, url in sorted(dict(files).items()))


class PictureUse(TenantModel):
    """A picture inside the body of an article or page, noted at each save: nobody reads every body to know it.

    An article's row stays when a later text drops the picture (``is_current`` turns false): its versions still show it.
    """

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="body_uses")
    article = models.ForeignKey(
        "news.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="picture_uses"
    )
    page = models.ForeignKey("news.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="picture_uses")
    is_current = models.BooleanField(default=True)

    objects = TenantManager.from_queryset(PictureUseQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("chỗ dùng ảnh")
        verbose_name_plural = _("chỗ dùng ảnh")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, page__isnull=True) | Q(article__isnull=True, page__isnull=False),
                name="pictureuse_in_one_text",
            ),
            models.UniqueConstraint(
                fields=["picture", "article"], condition=Q(article__isnull=False), name="pictureuse_article_once"
            ),
            models.UniqueConstraint(
                fields=["picture", "page"], condition=Q(page__isnull=False), name="pictureuse_page_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.article or self.page)
