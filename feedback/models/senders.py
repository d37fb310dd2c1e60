"""Who sends: the form being filled in and its files, the person behind a case (sealed), who joined it.

Nothing here is shown on a screen of the handling unit; reading it is an action of its own, logged with its reason.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import CaseKind, ConsentPurpose, FileKind
from feedback.models.cases import Case
from feedback.querysets import cases as case_querysets
from feedback.querysets import senders as querysets
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class CaseDraft(TenantModel):
    """A form between its steps. ``key`` stands in the address of each step: 128 random bits, known to its sender alone."""

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12, choices=CaseKind)
    # JSON of what was filled in so far, sealed: it holds name and telephone number.
    sealed_data = models.TextField(blank=True)
    step = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    # A number, no link: the case may be handled by another unit. Set in the transaction that makes the case.
    case_id = models.BigIntegerField(null=True)
    address_hash = models.CharField(max_length=64, blank=True)

    objects = TenantManager.from_queryset(querysets.CaseDraftQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đơn đang viết")
        verbose_name_plural = _("đơn đang viết")
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="case_draft_touched")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class CaseUpload(TenantModel):
    """A file of a draft, arriving in pieces. The row is there before the first byte is written, and outlives the file.

    ``path`` lies under PRIVATE_ROOT; ``received`` bytes of ``size`` are safely there. ``prepared`` names what re-encoding
    made of it (JSON: private_path, private_small, width, height, sha256); without it the file is not complete.
    """

    draft = models.ForeignKey(CaseDraft, on_delete=models.CASCADE, related_name="uploads")
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=FileKind)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    path = models.CharField(max_length=200, blank=True)
    prepared = models.JSONField(null=True, blank=True)
    refused_why = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # The sender's own mark of the file (a hash made in the browser): going on after a break finds it by this.
    client_mark = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(querysets.CaseUploadQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp đang tải lên")
        verbose_name_plural = _("tệp đang tải lên")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position + 1}"


class CaseSender(models.Model):
    """Who sent a case; empty where somebody gave no name. Wiped when the term is over (TermStep.KEEP_CONTACT)."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="sender")
    sealed_name = models.TextField(blank=True)
    sealed_phone = models.TextField(blank=True)
    sealed_email = models.TextField(blank=True)
    # Keyed hash of the telephone number: whoever has code and number finds the case, on any of our sites.
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    # Postal address of requests for information.
    sealed_address = models.TextField(blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = case_querysets.CasePartManager()
    everywhere = models.Manager()  # noqa: DJ012 - as Case.everywhere

    class Meta:
        verbose_name = _("người gửi")
        verbose_name_plural = _("người gửi")
        base_manager_name = "objects"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return str(_("Người gửi"))


class CaseConsent(models.Model):
    """One purpose somebody agreed to: when, and in which wording (feedback.rules.consent)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=8, choices=ConsentPurpose)
    version = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = case_querysets.CasePartManager()

    class Meta:
        verbose_name = _("đồng ý của người gửi")
        verbose_name_plural = _("đồng ý của người gửi")
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "purpose"], name="case_consent_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.version})"


class CaseJoin(models.Model):
    """“Tôi cũng gặp việc này”: somebody else with the same problem; the address only where they want to be told."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="joined")
    at = models.DateTimeField(default=timezone.now)
    sealed_email = models.TextField(blank=True)
    # Under the salt of its day; emptied when the day is over.
    address_hash = models.CharField(max_length=64, blank=True)

    objects = case_querysets.CasePartManager()

    class Meta:
        verbose_name = _("người cùng phản ánh")
        verbose_name_plural = _("người cùng phản ánh")
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "address_hash"], condition=~Q(address_hash=""), name="case_join_once_a_day"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=~Q(address_hash=""), name="case_join_hashed")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}"


class CaseForgetting(TenantModel):
    """Proof that contact data were deleted: which rule, which cases, when. Holds no personal data itself."""

    at = models.DateTimeField(_("lúc"), default=timezone.now)
    kind = models.CharField(_("loại việc"), max_length=12, choices=CaseKind)
    rule = models.CharField(_("theo quy định"), max_length=250)
    keep_days = models.PositiveSmallIntegerField(_("giữ (ngày)"))
    number = models.PositiveIntegerField(_("số người gửi"))
    # Codes of the cases, so that an auditor can look each of them up.
    codes = models.JSONField(default=list)

    objects = TenantManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("lần xóa thông tin người gửi")
        verbose_name_plural = _("các lần xóa thông tin người gửi")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "-at"], name="case_forgetting_unit")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y}: {self.number}"
