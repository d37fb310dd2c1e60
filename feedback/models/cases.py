"""A case: what one citizen sent, on its way through the offices (docs/decisions/0017-one-case-many-units.md).

It belongs to no single unit: the unit that received it, the one that handles it now, those that passed it on and the
province all see it, each through its own :class:`CaseParty`. Who sent it stands apart (feedback.models.senders).
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.enums import Satisfaction
from feedback.enums.cases import (
    OPEN,
    RUNNING,
    CaseKind,
    CaseStatus,
    Escalation,
    Moderation,
    PartyRole,
    Priority,
    RejectReason,
    SolvedAnswer,
)
from feedback.models.case_rules import CaseCategory
from feedback.querysets import cases as querysets
from feedback.rules.codes import code_words


class Case(models.Model):
    """One report, question or request.

    ``title`` and ``text`` are the working copy, with private numbers masked and links stripped on arrival, edited by the
    moderator, and the only words others ever read. What was really written is kept sealed in ``sealed_text``.
    """

    kind = models.CharField(_("loại việc"), max_length=12, choices=CaseKind)
    code = models.CharField(_("mã tra cứu"), max_length=12, unique=True)
    # The private link: its secret sealed, to be written into mails; its keyed hash, to be found by.
    sealed_token = models.TextField()
    token_hash = models.CharField(max_length=64, unique=True)
    # The draft it was sent from: pressing “Gửi” twice gives one case.
    draft_key = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - NULL repeats, "" would not

    intake_unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi tiếp nhận")
    )
    holder = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi xử lý"))
    category = models.ForeignKey(
        CaseCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("loại phản ánh")
    )
    commune = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("xảy ra ở")
    )
    place_text = models.CharField(_("chỗ nào"), max_length=200, blank=True)
    latitude = models.DecimalField(_("vĩ độ"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=8, decimal_places=5, null=True, blank=True)

    sealed_text = models.TextField()
    title = models.CharField(_("tiêu đề công khai"), max_length=150)
    text = models.TextField(_("nội dung công khai"))
    # Title and text without marks, lower case, cut: what similar cases and the inbox are searched by.
    folded = models.TextField(blank=True)
    # Values of CommentMark: what the machine noticed.
    marks = models.JSONField(default=list, blank=True)
    # Of requests: a value of InformationWay or PersonalWish; the rest of the form sealed (JSON).
    wish = models.CharField(max_length=8, blank=True)
    sealed_details = models.TextField(blank=True)
    # What a question is about, by kind and key (portal.core.subjects), as it was called then.
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_key = models.BigIntegerField(null=True, blank=True)
    subject_title = models.CharField(_("về"), max_length=250, blank=True)
    subject_path = models.CharField(max_length=400, blank=True)

    moderation = models.CharField(_("công khai"), max_length=8, choices=Moderation, default=Moderation.WAITING)
    # Whether the sender agreed to publication (ConsentPurpose.PUBLISH); without it nobody can publish.
    may_publish = models.BooleanField(default=False)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    status = models.CharField(_("tình trạng"), max_length=10, choices=CaseStatus, default=CaseStatus.RECEIVED)
    priority = models.CharField(_("mức gấp"), max_length=1, choices=Priority, default=Priority.NORMAL)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người xử lý"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("nhận lúc"), default=timezone.now)
    # When it came to the unit that holds it now: terms to accept and to transfer run from here.
    held_since = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    # The last day to answer; empty only where the clock has ended. While stopped_on is set, the clock stands.
    due_on = models.DateField(_("hạn trả lời"), null=True, blank=True)
    first_due_on = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(_("dừng tính hạn từ"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    escalation = models.CharField(max_length=8, choices=Escalation, default=Escalation.NONE)
    extended = models.PositiveSmallIntegerField(default=0)
    transferred = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)

    answer = models.TextField(_("trả lời"), blank=True)
    answer_post = models.CharField(_("người trả lời (chức vụ)"), max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    reject_reason = models.CharField(max_length=14, choices=RejectReason, blank=True)
    responsible = models.CharField(_("nơi có trách nhiệm"), max_length=200, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    closed_at = models.DateTimeField(null=True, blank=True)

    # “Đã giải quyết chưa?”: asked at the answer and four weeks later.
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    solved = models.CharField(max_length=3, choices=SolvedAnswer, blank=True)
    solved_at = models.DateTimeField(null=True, blank=True)
    satisfaction = models.CharField(max_length=12, choices=Satisfaction, blank=True)
    satisfaction_text = models.CharField(max_length=500, blank=True)
    joins = models.PositiveIntegerField(default=0)

    # Raised by every step: a screen that was opened before somebody else's step is refused.
    version = models.PositiveIntegerField(default=1)
    # Under the salt of its day (portal.core.visitors), emptied when the day is over.
    address_hash = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = querysets.CaseManager.from_queryset(querysets.CaseQuerySet)()
    # Without the rule of who sees what: for the sender's own door and for steps that cross units (feedback.actions only).
    everywhere = models.Manager.from_queryset(querysets.CaseQuerySet)()

    class Meta:
        verbose_name = _("phản ánh, câu hỏi, yêu cầu")
        verbose_name_plural = _("phản ánh, câu hỏi, yêu cầu")
        base_manager_name = "objects"
        default_manager_name = "objects"
        permissions: ClassVar = [
            ("handle_case", "May accept, ask, transfer, extend and answer"),
            ("assign_case", "May say who of the unit handles a case"),
            ("moderate_case", "May edit the public copy and publish it"),
            ("unmask_case", "May look at who sent a case, with a reason"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(moderation=Moderation.PUBLIC) | Q(may_publish=True), name="case_public_by_consent"
            ),
            models.CheckConstraint(
                condition=~Q(moderation=Moderation.PUBLIC) | Q(kind__in=[CaseKind.REPORT, CaseKind.QUESTION]),
                name="case_requests_stay_private",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.REJECTED) | ~Q(reject_reason=""), name="case_rejected_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.MERGED) | Q(merged_into__isnull=False), name="case_merged_into"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "status", "priority", "due_on"], name="case_inbox"),
            models.Index(fields=["holder", "moderation", "id"], name="case_moderation"),
            models.Index(fields=["status", "due_on"], name="case_due"),
            models.Index(fields=["status", "answered_at"], name="case_answered"),
            models.Index(fields=["category", "commune", "-id"], name="case_alike"),
            models.Index(fields=["commune", "-id"], name="case_commune"),
            models.Index(fields=["holder", "kind", "received_at"], name="case_figures"),
            models.Index(fields=["received_at"], condition=~Q(address_hash=""), name="case_hashed"),
        ]

    def __str__(self) -> str:
        return f"{code_words(self.code)} {self.title}"

    def get_absolute_url(self) -> str:
        """The public page; requests for information and personal data have none."""
        names = {CaseKind.REPORT: "feedback:report", CaseKind.QUESTION: "feedback:question"}
        return reverse(names[CaseKind(self.kind)], args=[self.code])

    @property
    def code_words(self) -> str:
        """The code as it is shown and said."""
        return code_words(self.code)

    @property
    def is_open(self) -> bool:
        """The office still owes something."""
        return self.status in OPEN

    def is_late(self, today: date) -> bool:
        """The clock runs, and the day to answer is over."""
        return self.status in RUNNING and self.due_on is not None and self.due_on < today


class CaseParty(models.Model):
    """One unit's part in a case, with copies of what lists are filtered and ordered by (feedback.actions.cases keeps them)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=PartyRole)
    since = models.DateTimeField(default=timezone.now)

    kind = models.CharField(max_length=12, choices=CaseKind)
    category = models.ForeignKey(CaseCategory, on_delete=models.PROTECT, null=True, related_name="+")
    commune = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=CaseStatus)
    is_public = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)

    objects = querysets.CasePartyManager.from_queryset(querysets.CasePartyQuerySet)()
    everywhere = models.Manager.from_queryset(querysets.CasePartyQuerySet)()  # as Case.everywhere

    class Meta:
        verbose_name = _("đơn vị liên quan")
        verbose_name_plural = _("đơn vị liên quan")
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "case"], name="case_party_once")]
        indexes: ClassVar = [
            models.Index(fields=["unit", "kind", "-published_at", "-case"], condition=Q(is_public=True), name="case_list"),
            models.Index(
                fields=["unit", "kind", "status", "-published_at", "-case"], condition=Q(is_public=True),
                name="case_list_status",
            ),
            models.Index(
                fields=["unit", "kind", "category", "-published_at", "-case"], condition=Q(is_public=True),
                name="case_list_category",
            ),
            models.Index(
                fields=["unit", "kind", "commune", "-published_at", "-case"], condition=Q(is_public=True),
                name="case_list_commune",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_role_display()}"

    @staticmethod
    def copies_of(case: Case) -> dict[str, Any]:
        """What is copied from a case into each of its parties."""
        return {
            "kind": case.kind, "category_id": case.category_id, "commune_id": case.commune_id, "status": case.status,
            "is_public": case.moderation == Moderation.PUBLIC, "published_at": case.published_at,
        }  # fmt: skip
