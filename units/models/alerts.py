"""The bar above every page when a storm comes."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line
from units import querysets
from units.enums import AlertLevel, AlertReach


class Alert(TenantModel):
    """A warning of one unit for its own site, or of the province for every site; it always ends."""

    level = models.CharField(_("mức"), max_length=9, choices=AlertLevel, default=AlertLevel.WARNING)
    title = models.CharField(_("mấy chữ đầu, in đậm"), max_length=60, blank=True)
    text = models.CharField(_("nội dung"), max_length=200)
    url = models.CharField(_("địa chỉ xem thêm"), max_length=300, blank=True)
    link_label = models.CharField(_("chữ của liên kết"), max_length=60, blank=True)
    reach = models.CharField(_("hiện ở đâu"), max_length=4, choices=AlertReach, default=AlertReach.OWN)
    starts_at = models.DateTimeField(_("hiện từ"), default=timezone.now)
    ends_at = models.DateTimeField(_("tự ẩn lúc"))

    objects = TenantManager.from_queryset(querysets.AlertQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tin khẩn")
        verbose_name_plural = _("tin khẩn")
        ordering: ClassVar = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="alert_ends_after_start")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ends_at"], name="alert_unit_ends")]

    def __str__(self) -> str:
        return self.text[:80]

    def save(self, *args: object, **kwargs: object) -> None:
        """One spelling, then save inside the unit's scope."""
        self.title, self.text, self.link_label = one_line(self.title), one_line(self.text), one_line(self.link_label)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def clean(self) -> None:
        """The end lies behind the beginning."""
        starts: Any = self.starts_at
        ends: Any = self.ends_at
        # A form that refused one of them leaves it empty.
        if starts and ends and ends <= starts:
            raise ValidationError({"ends_at": _("Lúc tự ẩn phải sau lúc bắt đầu hiện.")})

    @property
    def is_over(self) -> bool:
        """Citizens do not see it any more."""
        return self.ends_at <= timezone.now()
