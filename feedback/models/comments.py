"""A reader's comment, from arriving to being shown or not."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback import rules
from feedback.enums import CommentMark, CommentStatus, RefuseReason
from feedback.querysets import CommentQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Comment(TenantModel):
    """Plain words of a reader about one article; nobody but the moderators sees them before they are let in.

    The subject is named by kind and key (portal.core.subjects), with its title and address as they were then.
    """

    subject_kind = models.CharField(max_length=40, editable=False)
    subject_key = models.BigIntegerField(editable=False)
    subject_title = models.CharField(_("về bài"), max_length=250, editable=False)
    subject_path = models.CharField(max_length=400, editable=False)
    # The part of the subject that is meant (an article of a draft); empty for the whole.
    part_key = models.BigIntegerField(null=True, blank=True, editable=False)
    part_title = models.CharField(_("về phần"), max_length=250, blank=True, default="", db_default="", editable=False)
    name = models.CharField(_("người gửi"), max_length=rules.NAME_LIMIT, editable=False)
    text = models.TextField(_("góp ý"), editable=False)
    status = models.CharField(_("trạng thái"), max_length=8, choices=CommentStatus, default=CommentStatus.HELD)
    # Values of CommentMark.
    marks = models.JSONField(_("máy thấy"), default=list, blank=True, editable=False)
    created_at = models.DateTimeField(_("gửi lúc"), default=timezone.now, editable=False)
    # Under the salt of its day (portal.core.visitors), emptied when the day is over.
    address_hash = models.CharField(max_length=64, blank=True, editable=False)

    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        editable=False, verbose_name=_("người xem"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("xem lúc"), null=True, blank=True, editable=False)
    refuse_reason = models.CharField(
        _("lý do không hiện"), max_length=10, choices=RefuseReason, blank=True, editable=False
    )

    answer = models.TextField(_("trả lời của đơn vị"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(CommentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("góp ý")
        verbose_name_plural = _("góp ý của bạn đọc")
        permissions: ClassVar = [("moderate_comment", "May show, refuse and answer comments")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=CommentStatus.REFUSED) | ~Q(refuse_reason=""), name="comment_refused_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "subject_kind", "subject_key", "status", "-id"], name="comment_subject"),
            models.Index(fields=["unit", "status", "id"], name="comment_unit_status"),
            models.Index(fields=["created_at"], condition=~Q(address_hash=""), name="comment_hashed"),
            models.Index(fields=["created_at"], condition=Q(status=CommentStatus.SPAM), name="comment_spam"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    @property
    def mark_labels(self) -> list[str]:
        """What the machine noticed, in words."""
        return [str(CommentMark(mark).label) for mark in self.marks if mark in CommentMark.values]
