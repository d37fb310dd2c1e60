"""The register of legal and steering documents."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.enums.documents import DocumentGroup, DocumentReach, DocumentStatus, Effect, FileRole, RelationKind
from news.models.attachments import Attachment
from news.querysets.documents import (
    DisclosureRuleQuerySet,
    DocumentFieldQuerySet,
    DocumentFileQuerySet,
    DocumentQuerySet,
    DocumentRelationQuerySet,
    DocumentTypeQuerySet,
)
from news.rules.document_numbers import key_serial, search_words
from news.rules.documents import effect_on, number_key, number_year
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import nfc, one_line, slugify_vi

SLUG = RegexValidator(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class DocumentType(models.Model):
    """A type of document (NĐ 30/2020 Điều 7, Luật Ban hành VBQPPL): name, abbreviation in numbers, usual group."""

    name = models.CharField(_("loại văn bản"), max_length=80, unique=True)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, unique=True, validators=[SLUG])
    abbreviation = models.CharField(_("viết tắt trong số ký hiệu"), max_length=12, blank=True)
    group = models.CharField(
        _("thường thuộc nhóm"), max_length=9, choices=DocumentGroup, default=DocumentGroup.STEERING
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = models.Manager.from_queryset(DocumentTypeQuerySet)()

    class Meta:
        verbose_name = _("loại văn bản")
        verbose_name_plural = _("loại văn bản")
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling and a slug."""
        self.name = one_line(self.name)
        self.slug = self.slug or slugify_vi(self.name)
        super().save(*args, **kwargs)


class DocumentField(models.Model):
    """A field of the register (lĩnh vực)."""

    name = models.CharField(_("lĩnh vực"), max_length=120, unique=True)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=100, unique=True, validators=[SLUG])
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = models.Manager.from_queryset(DocumentFieldQuerySet)()

    class Meta:
        verbose_name = _("lĩnh vực văn bản")
        verbose_name_plural = _("lĩnh vực văn bản")
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling and a slug."""
        self.name = one_line(self.name)
        self.slug = self.slug or slugify_vi(self.name)
        super().save(*args, **kwargs)


class DisclosureRule(models.Model):
    """Within how many working days after signing a document of a group must be public, between two dates."""

    group = models.CharField(_("nhóm văn bản"), max_length=9, choices=DocumentGroup)
    is_own = models.BooleanField(_("do chính đơn vị ban hành"), default=True)
    days = models.PositiveSmallIntegerField(_("số ngày làm việc"))
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250)

    objects = models.Manager.from_queryset(DisclosureRuleQuerySet)()

    class Meta:
        verbose_name = _("hạn đăng công khai")
        verbose_name_plural = _("hạn đăng công khai")
        ordering: ClassVar = ["group", "-is_own", "-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="disclosure_rule_dates"
            ),
            models.UniqueConstraint(fields=["group", "is_own", "valid_from"], name="disclosure_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.days}"


class Document(TenantModel):
    """One document of the unit's register.

    ``expires_on`` is its own last day or the one later documents gave it, ``partly_from`` since when parts of it are over;
    news.actions.documents keeps both true when relations change. ``days_late`` counts working days after ``due_on``.
    """

    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("loại văn bản"))
    group = models.CharField(_("nhóm"), max_length=9, choices=DocumentGroup, default=DocumentGroup.STEERING)
    number = models.CharField(_("số ký hiệu"), max_length=80, blank=True)
    # What numbers are compared by, whatever their spelling (news.rules.documents.number_key), and the year in them.
    key = models.CharField(max_length=80, blank=True, editable=False)
    serial = models.CharField(max_length=8, blank=True, editable=False)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    is_own = models.BooleanField(_("do chính đơn vị này ban hành"), default=True)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_post = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("năm"), editable=False)
    # What the register is ordered by, never shown: the day of issue; where only the year is known, the first day of it.
    sort_on = models.DateField(editable=False)
    effective_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    own_end = models.DateField(_("hết hiệu lực sau ngày (ghi trong văn bản)"), null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, editable=False)
    partly_from = models.DateField(null=True, blank=True, editable=False)
    field = models.ForeignKey(
        DocumentField, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    abstract = models.TextField(_("trích yếu"))
    slug = models.CharField(max_length=100, editable=False)
    # Number, type, issuer and abstract as words without marks (news.rules.document_numbers.search_words): what the register is searched in.
    search_text = models.TextField(blank=True, editable=False)
    notes = models.TextField(_("nói ngắn cho người dân"), blank=True)
    source_url = models.URLField(_("bản gốc ở nơi khác"), max_length=500, blank=True)
    reach = models.CharField(_("hiện ở đâu"), max_length=4, choices=DocumentReach, default=DocumentReach.OWN)

    status = models.CharField(_("trạng thái"), max_length=9, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    published_at = models.DateTimeField(_("đăng lúc"), null=True, blank=True, editable=False)
    secrecy_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawal_note = models.CharField(_("lý do gỡ"), max_length=300, blank=True)
    due_on = models.DateField(_("hạn đăng"), null=True, blank=True, editable=False)
    days_late = models.PositiveSmallIntegerField(_("đăng trễ (ngày làm việc)"), default=0, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    source_ref = models.CharField(max_length=120, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(DocumentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        permissions: ClassVar = [("publish_document", "May publish and withdraw documents")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "source_ref"], condition=~Q(source_ref=""), name="document_source_ref_in_unit"
            ),
            models.CheckConstraint(
                condition=~Q(status=DocumentStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="document_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(own_end__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(own_end__gte=F("effective_from")),
                name="document_end_after_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "status", "-sort_on", "-id"], name="document_unit_newest"),
            models.Index(fields=["unit", "key", "status"], name="document_unit_key"),
            models.Index(fields=["unit", "serial", "status"], name="document_unit_serial"),
            models.Index(fields=["unit", "reach", "status", "-sort_on", "-id"], name="document_unit_reach_newest"),
            models.Index(fields=["unit", "status", "-published_at"], name="document_unit_published"),
            models.Index(fields=["unit", "status", "issuer", "sort_on", "reach"], name="document_unit_issuer"),
            models.Index(fields=["unit", "status", "due_on"], name="document_unit_due"),
            models.Index(fields=["unit", "-edited_at"], name="document_unit_edited"),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.type.name}: {self.abstract[:100]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Normalise, then save inside the unit's scope."""
        self.normalise()
        super().save(*args, **kwargs)

    def normalise(self) -> None:
        """One spelling; the key, serial and year of the number, the place in the register, what is searched in, a slug."""
        self.number, self.issuer = one_line(self.number), one_line(self.issuer)
        self.signer_name, self.signer_post = one_line(self.signer_name), one_line(self.signer_post)
        self.abstract = nfc(self.abstract).strip()
        self.key = number_key(self.number)
        self.serial = key_serial(self.key)
        self.year = self.issued_on.year if self.issued_on else number_year(self.number) or self.year or 0
        self.sort_on = self.issued_on or date(min(max(self.year, 1), 9999), 1, 1)
        self.search_text = search_words(self.number, self.type.name, self.issuer, self.year, self.abstract)
        self.slug = self.slug or slugify_vi(f"{self.number} {self.abstract}"[:90])

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working."""
        return reverse("news:document-detail", args=[self.slug, self.pk])

    def effect(self, today: date | None = None) -> Effect:
        """Whether it is in force on ``today`` (the portal's today when not given)."""
        return effect_on(
            today or timezone.localdate(), starts=self.effective_from, ends=self.expires_on, partly=self.partly_from
        )


class DocumentFile(TenantModel):
    """A file of a document, in order; ``signature`` holds what is known of a digital signature in a PDF.

    The shape of ``signature``: {"is_signed": bool, "signers": [{"name", "organisation", "at"}], "is_intact": bool | None}.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="document_links")
    role = models.CharField(_("là"), max_length=8, choices=FileRole, default=FileRole.MAIN)
    order = models.PositiveSmallIntegerField(default=0)
    signature = models.JSONField(default=dict, blank=True, editable=False)

    objects = TenantManager.from_queryset(DocumentFileQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp của văn bản")
        verbose_name_plural = _("tệp của văn bản")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "attachment"], name="document_file_once")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.attachment_id}"


class DocumentRelation(TenantModel):
    """What ``document`` does to an earlier one, which is named by number and found by it, here or at the province.

    ``earlier`` is set where the earlier one stands in the same register.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("quan hệ"), max_length=8, choices=RelationKind)
    earlier = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="later_relations"
    )
    earlier_number = models.CharField(_("số ký hiệu văn bản trước"), max_length=80)
    earlier_key = models.CharField(max_length=80, editable=False)
    earlier_title = models.CharField(_("trích yếu văn bản trước"), max_length=300, blank=True)
    is_partial = models.BooleanField(_("chỉ một phần"), default=False)
    what = models.CharField(_("phần nào"), max_length=200, blank=True)
    takes_effect_on = models.DateField(_("từ ngày"), null=True, blank=True)

    objects = TenantManager.from_queryset(DocumentRelationQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("quan hệ văn bản")
        verbose_name_plural = _("quan hệ văn bản")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "kind", "earlier_key", "what"], name="document_relation_once"),
            models.CheckConstraint(
                condition=Q(earlier__isnull=True) | ~Q(earlier=F("document")), name="document_relation_not_itself"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "earlier_key"], name="document_relation_earlier")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.earlier_number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key beside the number."""
        self.earlier_number = one_line(self.earlier_number)
        self.earlier_key = number_key(self.earlier_number)
        super().save(*args, **kwargs)
