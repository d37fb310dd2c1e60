"""“Bài này có giúp được bạn không?”: single voices, and their sums by page and month."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import rules
from feedback.enums import RatingReason, Satisfaction
from feedback.querysets import RatingQuerySet, RatingTotalQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class PageRating(TenantModel):
    """One reader's mark for one page. Nothing in it tells who the reader was."""

    subject_kind = models.CharField(max_length=40, editable=False)
    subject_key = models.BigIntegerField(editable=False)
    level = models.CharField(_("mức"), max_length=12, choices=Satisfaction)
    reason = models.CharField(_("lý do"), max_length=10, choices=RatingReason, blank=True)
    text = models.CharField(_("lời góp"), max_length=rules.RATING_TEXT_LIMIT, blank=True)
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    # First day of the month whose sum holds this mark.
    month = models.DateField()
    # One mark a day and page; under the salt of its day (portal.core.visitors), emptied when the day is over.
    address_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = TenantManager.from_queryset(RatingQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lượt đánh giá")
        verbose_name_plural = _("lượt đánh giá")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "subject_kind", "subject_key", "address_hash"],
                condition=~Q(address_hash=""),
                name="rating_once_a_day",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "subject_kind", "subject_key", "month", "-id"], name="rating_subject_month"),
            models.Index(fields=["at"], condition=~Q(address_hash=""), name="rating_hashed"),
        ]

    def __str__(self) -> str:
        return self.get_level_display()


class RatingTotal(TenantModel):
    """The marks of one page in one month, kept beside them so that no list ever counts them."""

    subject_kind = models.CharField(max_length=40, editable=False)
    subject_key = models.BigIntegerField(editable=False)
    subject_title = models.CharField(_("trang"), max_length=250, editable=False)
    subject_path = models.CharField(max_length=400, editable=False)
    month = models.DateField(_("tháng"), editable=False)
    very = models.PositiveIntegerField(_("rất hài lòng"), default=0, editable=False)
    satisfied = models.PositiveIntegerField(_("hài lòng"), default=0, editable=False)
    unsatisfied = models.PositiveIntegerField(_("chưa hài lòng"), default=0, editable=False)

    objects = TenantManager.from_queryset(RatingTotalQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đánh giá của bạn đọc")
        verbose_name_plural = _("đánh giá của bạn đọc")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "subject_kind", "subject_key", "month"], name="rating_total_once_a_month"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "month", "-unsatisfied", "-id"], name="rating_total_worst")]

    def __str__(self) -> str:
        return self.subject_title

    @property
    def number(self) -> int:
        """All marks of the month."""
        return self.very + self.satisfied + self.unsatisfied

    @property
    def content_share(self) -> int:
        """Per cent that were satisfied or more."""
        return round(100 * (self.very + self.satisfied) / self.number) if self.number else 0
