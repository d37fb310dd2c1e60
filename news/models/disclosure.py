"""What a unit must disclose, what it has disclosed, and whether in time."""

from typing import Any, ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.enums.disclosure import DisclosureGroup, DisclosurePeriod, DueFrom, MoneyUnit
from news.enums.documents import DocumentStatus
from news.models.attachments import Attachment
from news.models.documents import SLUG, Document
from news.models.text import safe_html
from news.querysets.disclosure import (
    BudgetTableQuerySet,
    DisclosureDutyQuerySet,
    DisclosureEntryQuerySet,
    DisclosureFileQuerySet,
)
from portal.core.richtext import clean_html
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line, slugify_vi


class DisclosureDuty(models.Model):
    """One thing that some kinds of unit must publish, by which law, how often, and within how many days; a dated row."""

    code = models.CharField(_("mã"), max_length=60, validators=[SLUG])
    group = models.CharField(_("nhóm"), max_length=10, choices=DisclosureGroup)
    title = models.CharField(_("phải công khai gì"), max_length=250)
    explanation = models.TextField(_("giải thích cho người đọc và người nhập"), blank=True)
    # Values of units.enums.UnitKind; empty means every kind.
    kinds = models.JSONField(_("cấp phải công khai"), default=list, blank=True)
    period = models.CharField(_("kỳ"), max_length=12, choices=DisclosurePeriod)
    due_days = models.PositiveSmallIntegerField(_("hạn (ngày)"))
    in_working_days = models.BooleanField(_("đếm ngày làm việc"), default=True)
    due_from = models.CharField(_("hạn tính từ"), max_length=12, choices=DueFrom, default=DueFrom.SIGNED)
    form_numbers = models.CharField(_("biểu mẫu"), max_length=120, blank=True)
    has_table = models.BooleanField(_("có bảng số liệu"), default=False)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = models.Manager.from_queryset(DisclosureDutyQuerySet)()

    class Meta:
        verbose_name = _("nội dung phải công khai")
        verbose_name_plural = _("nội dung phải công khai")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="disclosure_duty_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="disclosure_duty_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DisclosureEntry(TenantModel):
    """What a unit has disclosed under one duty, for one period; with a document of the register, files or tables.

    ``part`` is the month, quarter or half; for 3, 6 and 9 months it is 3, 6 or 9; 0 is the whole year or no period.
    ``due_on`` and ``days_late`` are kept beside it so that lists need no reckoning (news.actions.disclosure).
    """

    duty = models.ForeignKey(
        DisclosureDuty, on_delete=models.PROTECT, related_name="entries", verbose_name=_("thuộc nội dung")
    )
    title = models.CharField(_("tên"), max_length=300)
    slug = models.CharField(max_length=100, editable=False)
    year = models.PositiveSmallIntegerField(_("năm"), null=True, blank=True)
    part = models.PositiveSmallIntegerField(_("kỳ trong năm"), default=0)
    nothing_arose = models.BooleanField(_("kỳ này không phát sinh"), default=False)
    body = RichTextField(_("nội dung"), blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures",
        verbose_name=_("văn bản trong kho văn bản"),
    )  # fmt: skip
    document_number = models.CharField(_("hoặc số ký hiệu văn bản"), max_length=80, blank=True)
    signer = models.CharField(_("người ký"), max_length=160, blank=True)
    signed_on = models.DateField(_("ngày ký, ban hành, phát sinh"), null=True, blank=True)
    status = models.CharField(_("trạng thái"), max_length=9, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    due_on = models.DateField(_("hạn công khai"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True, editable=False)
    days_late = models.PositiveSmallIntegerField(_("trễ (ngày)"), default=0, editable=False)
    withdrawal_note = models.CharField(_("lý do gỡ"), max_length=300, blank=True, editable=False)
    secrecy_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(DisclosureEntryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("mục công khai")
        verbose_name_plural = _("công khai")
        ordering: ClassVar = ["-year", "-part", "-pk"]
        permissions: ClassVar = [("publish_disclosureentry", "May publish and withdraw what the unit discloses")]
        indexes: ClassVar = [
            models.Index(fields=["unit", "duty", "status", "-year", "-part"], name="disclosure_unit_duty"),
            models.Index(fields=["unit", "status", "-published_at", "-id"], name="disclosure_unit_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling, a clean text, a slug."""
        self.title, self.body = one_line(self.title), clean_html(self.body)
        self.slug = self.slug or slugify_vi(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working."""
        return reverse("news:disclosure-detail", args=[self.slug, self.pk])

    @property
    def body_html(self) -> SafeString:
        """The text for templates."""
        return safe_html(self.body)


class DisclosureFile(TenantModel):
    """A file of a disclosure, in the clerk's order."""

    entry = models.ForeignKey(DisclosureEntry, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="disclosure_links")
    order = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(DisclosureFileQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp công khai")
        verbose_name_plural = _("tệp công khai")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "attachment"], name="disclosure_file_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.attachment_id}"


class BudgetTable(TenantModel):
    """One table of figures, entered or read from XLSX: shown as a table, drawn as a chart, given out as CSV.

    ``columns``: [{"title": str, "kind": "money" | "percent" | "text", "group": str, "of": [done, plan] | None}], the
    first column (the item) apart; ``of`` says of which two columns a percentage is the share.
    ``rows``: [{"number": "I.1", "label": str, "level": 0–4, "cells": [str number with "." | ""]}], in order.
    """

    entry = models.ForeignKey(DisclosureEntry, on_delete=models.CASCADE, related_name="tables")
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    title = models.CharField(_("tên bảng"), max_length=300)
    form_number = models.CharField(_("biểu mẫu số"), max_length=60, blank=True)
    money_unit = models.CharField(_("đơn vị tính"), max_length=8, choices=MoneyUnit, default=MoneyUnit.MILLION)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    # When figures that citizens had seen were changed; the page says so.
    figures_changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(BudgetTableQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bảng số liệu")
        verbose_name_plural = _("bảng số liệu")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title
