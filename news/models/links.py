"""Links in texts that lead nowhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.enums.imports import LinkFault, LinkState
from news.querysets.links import DeadLinkQuerySet, LinkRoundQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class DeadLink(TenantModel):
    """One link of one text that did not answer well; it goes when the text is mended or the link answers again."""

    url = models.CharField(_("liên kết"), max_length=1000)
    url_digest = models.CharField(max_length=32, editable=False)
    # The text it stands in: an article or an about page, by kind and key.
    found_kind = models.CharField(max_length=8)
    found_id = models.BigIntegerField()
    found_title = models.CharField(_("ở bài"), max_length=300)
    state = models.CharField(_("tình trạng"), max_length=8, choices=LinkState, default=LinkState.SUSPECT)
    fault = models.CharField(_("vì sao"), max_length=10, choices=LinkFault)
    status = models.PositiveSmallIntegerField(_("mã trả lời"), null=True, blank=True)
    times_failed = models.PositiveSmallIntegerField(default=1)
    first_seen = models.DateTimeField(_("thấy từ"), default=timezone.now)
    last_checked = models.DateTimeField(_("thử lần cuối"), default=timezone.now)

    objects = TenantManager.from_queryset(DeadLinkQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("liên kết hỏng")
        verbose_name_plural = _("liên kết hỏng")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "found_kind", "found_id", "url_digest"], name="deadlink_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "-id"], name="deadlink_unit_state"),
            models.Index(fields=["last_checked"], condition=Q(state=LinkState.SUSPECT), name="deadlink_to_try_again"),
        ]

    def __str__(self) -> str:
        return self.url


class LinkRound(TenantModel):
    """How far the unit's link check has come: one row a unit, so that a killed worker's round goes on where it was."""

    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    next_kind = models.CharField(max_length=8, default="article")
    after_id = models.BigIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    # Whoever works on it moves this; it is claimed by a conditional update.
    seen_at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(LinkRoundQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lượt kiểm tra liên kết")
        verbose_name_plural = _("lượt kiểm tra liên kết")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit"], name="linkround_one_a_unit")]
        indexes: ClassVar = [
            models.Index(fields=["seen_at"], condition=Q(finished_at__isnull=True), name="linkround_unfinished")
        ]

    def __str__(self) -> str:
        return str(self.started_at or "–")
