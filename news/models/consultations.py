"""Consultations on drafts: what is asked, until when, and what came of it."""

from typing import Any, ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.enums.documents import ConsultationOutcome, DocumentStatus
from news.models.attachments import Attachment
from news.models.documents import Document, DocumentField
from news.models.text import safe_html
from news.querysets.consultations import (
    ConsultationFileQuerySet,
    ConsultationPartQuerySet,
    ConsultationQuerySet,
    ConsultationRuleQuerySet,
)
from portal.core.richtext import clean_html
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line, slugify_vi


class ConsultationRule(models.Model):
    """How long a draft must be open at least and when its summary is due, in days, between two dates."""

    least_days = models.PositiveSmallIntegerField(_("nhận góp ý ít nhất (ngày)"))
    summary_days = models.PositiveSmallIntegerField(_("đăng tổng hợp trong (ngày) sau khi đóng"))
    valid_from = models.DateField(_("áp dụng từ"), unique=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250)

    objects = models.Manager.from_queryset(ConsultationRuleQuerySet)()

    class Meta:
        verbose_name = _("thời hạn lấy ý kiến")
        verbose_name_plural = _("thời hạn lấy ý kiến")
        ordering: ClassVar = ["-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="consultation_rule_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.least_days}, {self.summary_days}"


class Consultation(TenantModel):
    """A draft on which the public is asked between two days (NĐ 42/2022 Điều 8; Luật Ban hành VBQPPL).

    Opinions are kept by the feedback room, which finds the consultation by kind and key (portal.core.subjects). The closing
    summary is compulsory: ``summary_due_on`` is when it must be public, reminders go four weeks and one week before it and
    when it is overdue.
    """

    title = models.CharField(_("dự thảo về việc gì"), max_length=300)
    slug = models.CharField(max_length=100, editable=False)
    intro = RichTextField(_("tóm tắt, điểm cần góp ý"), blank=True)
    # The whole draft as it was pasted; its articles (parts) are read from it when it is saved (news.rules.drafts).
    draft = RichTextField(_("toàn văn dự thảo"), blank=True)
    field = models.ForeignKey(
        DocumentField, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    drafting_office = models.CharField(_("đơn vị soạn thảo"), max_length=200)
    contact = models.CharField(_("nơi nhận góp ý bằng giấy, điện thoại hỏi"), max_length=300, blank=True)
    opens_on = models.DateField(_("nhận góp ý từ ngày"))
    closes_on = models.DateField(_("đến hết ngày"))
    status = models.CharField(_("trạng thái"), max_length=9, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    withdrawal_note = models.CharField(_("lý do gỡ"), max_length=300, blank=True, editable=False)
    secrecy_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("đăng lúc"), null=True, blank=True, editable=False)

    summary_due_on = models.DateField(_("hạn đăng bản tổng hợp, tiếp thu"), null=True, blank=True)
    summary = RichTextField(_("tổng hợp, tiếp thu, giải trình"), blank=True)
    summary_published_at = models.DateTimeField(_("đăng tổng hợp lúc"), null=True, blank=True, editable=False)
    reminded_stage = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # 1: four weeks, 2: one week, 3: overdue

    outcome = models.CharField(
        _("kết quả"), max_length=9, choices=ConsultationOutcome, blank=True, default=ConsultationOutcome.NONE
    )
    outcome_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations",
        verbose_name=_("văn bản được ban hành"),
    )  # fmt: skip
    outcome_number = models.CharField(_("hoặc số ký hiệu văn bản"), max_length=80, blank=True)
    outcome_note = models.CharField(_("ghi chú kết quả"), max_length=300, blank=True)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người phụ trách"),
    )  # fmt: skip
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(ConsultationQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lấy ý kiến dự thảo")
        verbose_name_plural = _("lấy ý kiến dự thảo")
        permissions: ClassVar = [("publish_consultation", "May publish consultations, their summaries and outcomes")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_dates"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "status", "-closes_on", "-id"], name="consultation_unit_newest"),
            models.Index(
                fields=["summary_due_on"],
                condition=Q(status="PUBLISHED", summary_published_at__isnull=True),
                name="consultation_summary_due",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling, clean texts, a slug; then save inside the unit's scope."""
        self.title, self.drafting_office = one_line(self.title), one_line(self.drafting_office)
        self.intro, self.draft = clean_html(self.intro), clean_html(self.draft)
        self.summary = clean_html(self.summary)
        self.slug = self.slug or slugify_vi(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working."""
        return reverse("news:consultation-detail", args=[self.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """Opinions are taken today."""
        return self.status == DocumentStatus.PUBLISHED and self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def intro_html(self) -> SafeString:
        """The introduction for templates."""
        return safe_html(self.intro)

    @property
    def draft_html(self) -> SafeString:
        """The whole draft for templates: for one whose articles could not be told apart."""
        return safe_html(self.draft)

    @property
    def summary_html(self) -> SafeString:
        """The summary for templates."""
        return safe_html(self.summary)


class ConsultationPart(TenantModel):
    """One article (Điều) of the draft that can be spoken of by itself."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    # What tells it from the others when the draft is pasted anew: "dieu-3"; opinions keep pointing at the same row.
    label = models.CharField(max_length=60, editable=False)
    heading = models.CharField(_("điều, mục"), max_length=250)
    body = RichTextField(_("nội dung"), blank=True)

    objects = TenantManager.from_queryset(ConsultationPartQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("điều của dự thảo")
        verbose_name_plural = _("điều của dự thảo")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "label"], name="consultation_part_once")
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling and a clean text."""
        self.heading, self.body = one_line(self.heading), clean_html(self.body)
        super().save(*args, **kwargs)

    @property
    def body_html(self) -> SafeString:
        """The text for templates."""
        return safe_html(self.body)


class ConsultationFile(TenantModel):
    """A file of the draft: its text, the report with it, the comparison table."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="consultation_links")
    order = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(ConsultationFileQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp của dự thảo")
        verbose_name_plural = _("tệp của dự thảo")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "attachment"], name="consultation_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.attachment_id}"
