"""What was taken over from other systems."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.enums.imports import ImportedState, ImportKind, ImportState
from news.querysets.imports import ImportedQuerySet, ImportRunQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class ImportRun(TenantModel):
    """One file that was, or is being, taken over; its report stays."""

    file_name = models.CharField(_("tên tệp"), max_length=200)
    # Below VAR_DIR/imports for what came through the administration; empty for files named on the command line.
    stored_name = models.CharField(max_length=200, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, editable=False)
    options = models.JSONField(default=dict, editable=False)
    is_preview = models.BooleanField(_("xem thử"), default=False)
    state = models.CharField(_("tình trạng"), max_length=8, choices=ImportState, default=ImportState.WAITING)
    done = models.PositiveIntegerField(_("đã xem"), default=0)
    total = models.PositiveIntegerField(_("tất cả"), default=0)
    report = models.JSONField(default=dict, editable=False)
    # A worker that is alive moves it; one that was killed does not, and another takes the run over.
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người nạp"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("lúc"), auto_now_add=True)
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    objects = TenantManager.from_queryset(ImportRunQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lần nạp bài")
        verbose_name_plural = _("nạp bài từ trang cũ")
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["seen_at"],
                condition=models.Q(state__in=[ImportState.WAITING, ImportState.RUNNING]),
                name="importrun_unfinished",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedItem(TenantModel):
    """One thing of another system and the row it became: what makes the second import of a file add nothing."""

    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="items")
    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=ImportKind)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=ImportedState, default=ImportedState.DONE)
    # A picture or file of the text could not be had: the next import of the file tries again.
    lacks_media = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(ImportedQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("mục đã nạp")
        verbose_name_plural = _("mục đã nạp")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "source", "kind", "key"], name="imported_once")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "source", "id"], condition=models.Q(state=ImportedState.LINKS), name="imported_links"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.key}"
