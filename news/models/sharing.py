"""Texts that cross units on purpose: neither side ever reads the other's rows, both read the parcel between them.

The parcel carries the text as it was sent; the receiving unit makes an article of its own from it, in its own scope.
Citizens never see a parcel (docs/decisions/0001-tenancy.md; the rule of who does stands in news.querysets.sharing).
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.enums import ArticleStatus, WithdrawalKind
from news.enums.sharing import ShareAlert, ShareDirection, ShareMode, ShareState
from news.models.text import safe_html
from news.querysets.sharing import DeliveryManager, DeliveryQuerySet, ParcelManager, ParcelQuerySet
from portal.core.tenancy import ScopeError, current_unit_id


class SharedArticle(models.Model):
    """A published article as its unit shares it: the text of its newest revision, and where it stands there."""

    from_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    # A number, no link: the article itself stays in its unit.
    source_id = models.BigIntegerField()
    source_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(_("tiêu đề"), max_length=300)
    slug = models.CharField(max_length=100)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    author_name = models.CharField(max_length=120, blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    category_slug = models.CharField(max_length=80, blank=True)
    category_name = models.CharField(max_length=80, blank=True)
    # Paths, sizes and words of its pictures (news.actions.share_pictures); the receiving unit copies the files.
    pictures = models.JSONField(default=list, blank=True)
    main_picture = models.CharField(max_length=200, blank=True)
    attachments = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    canonical_url = models.URLField(max_length=500)
    # What citizens of the source were told, by revision: a copy that was late tells all of it. The newest twenty.
    notes = models.JSONField(default=list, blank=True)
    # The newest revision that changed more than a slip of the pen: a declined text may be offered anew after it.
    substantive_revision = models.PositiveIntegerField(default=1)
    is_withdrawn = models.BooleanField(default=False)
    withdrawal_kind = models.CharField(max_length=8, choices=WithdrawalKind, blank=True)
    withdrawal_note = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    objects = ParcelManager.from_queryset(ParcelQuerySet)()

    class Meta:
        verbose_name = _("bài trao đổi")
        verbose_name_plural = _("bài trao đổi")
        base_manager_name = "objects"
        default_manager_name = "objects"
        permissions: ClassVar = [
            ("offer_article", "May offer articles to the unit above"),
            ("share_article", "May take articles of other units and push own ones down"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["from_unit", "source_id"], name="parcel_once")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write in the sender's scope only; raises ScopeError elsewhere."""
        if self.from_unit_id != current_unit_id():
            raise ScopeError("A parcel is written by the unit that sends it.")
        super().save(*args, **kwargs)

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)


class ShareDelivery(models.Model):
    """One parcel at one receiving unit: how it was sent, what was decided, and which copy follows it there."""

    parcel = models.ForeignKey(SharedArticle, on_delete=models.CASCADE, related_name="deliveries")
    # The parcel's sender, on the row itself: a conditional update that joins could be claimed by two (PostgreSQL).
    from_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi gửi"))
    to_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi nhận"))
    direction = models.CharField(_("chiều"), max_length=4, choices=ShareDirection)
    mode = models.CharField(_("cách gửi"), max_length=9, choices=ShareMode, default=ShareMode.OFFERED)
    state = models.CharField(_("kết quả"), max_length=8, choices=ShareState, default=ShareState.WAITING)
    message = models.TextField(_("lời nhắn"), blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_revision = models.PositiveIntegerField(default=1)
    reason = models.TextField(_("lý do từ chối"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    # --- the copy, written by the receiving unit: what the sender may know of it ---
    local_article_id = models.BigIntegerField(null=True, blank=True)
    local_status = models.CharField(max_length=10, choices=ArticleStatus, blank=True)
    local_path = models.CharField(max_length=400, blank=True)
    local_published_at = models.DateTimeField(null=True, blank=True)
    taken_revision = models.PositiveIntegerField(default=0)
    # Fingerprint of the copy as it was made: a copy that still has it was not edited, so it may follow.
    copy_hash = models.CharField(max_length=64, blank=True)
    is_edited = models.BooleanField(default=False)
    withdrawn_by_source = models.BooleanField(default=False)
    alert = models.CharField(max_length=10, choices=ShareAlert, blank=True)
    # Set while the machine has something to do here; a sweep finds what a killed worker left.
    due_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        verbose_name = _("lượt gửi bài")
        verbose_name_plural = _("lượt gửi bài")
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel", "to_unit"], name="delivery_once"),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="delivery_to_another_unit"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to_unit", "state", "-sent_at"], name="delivery_inbox"),
            models.Index(fields=["from_unit", "-sent_at"], name="delivery_sent"),
            models.Index(fields=["to_unit", "local_article_id"], name="delivery_copy"),
            models.Index(fields=["to_unit"], condition=~Q(alert=""), name="delivery_alert"),
            models.Index(fields=["to_unit", "due_at"], condition=Q(due_at__isnull=False), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel} → {self.to_unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write in the sender's or the receiver's scope only; raises ScopeError elsewhere."""
        if current_unit_id() not in {self.to_unit_id, self.from_unit_id}:
            raise ScopeError("A delivery is written by its sender and its receiver.")
        super().save(*args, **kwargs)
