"""The unit's media library."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news import querysets
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Picture(TenantModel):
    """A re-encoded picture in two sizes; it says what it shows, or that it is decoration (TT 32/2017 Điều 18)."""

    file = models.FileField(_("tệp"), max_length=200)
    small_file = models.FileField(_("tệp nhỏ"), max_length=200)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(_("mô tả ảnh"), max_length=250, blank=True)
    is_decorative = models.BooleanField(_("chỉ để trang trí"), default=False)
    caption = models.CharField(_("chú thích"), max_length=250, blank=True)
    credit = models.CharField(_("nguồn ảnh"), max_length=120, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(querysets.PictureQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | ~Q(alt_text=""), name="picture_described_or_decorative"
            )
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or str(self.file.name)

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
