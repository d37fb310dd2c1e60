"""Dossiers whose state a unit publishes, and the monthly counts made of them. No names: the feed has none."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from services import querysets
from services.enums import DossierStatus, FeedFormat


class DossierFeed(TenantModel):
    """Where a unit's one-stop system publishes its dossiers; read by a task, one at a time."""

    url = models.URLField(_("địa chỉ tệp"), max_length=500)
    # A name of the registry (services.dossiers): CSV, JSON, or what the installation added in DOSSIER_SOURCES.
    format = models.CharField(_("cách đọc"), max_length=20, default=FeedFormat.CSV)
    is_active = models.BooleanField(_("đang đọc"), default=True)
    every_minutes = models.PositiveSmallIntegerField(_("đọc lại sau (phút)"), default=30)
    # Null: as soon as possible.
    next_at = models.DateTimeField(_("lần đọc tới"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_tried_at = models.DateTimeField(_("đọc lần cuối"), null=True, blank=True, editable=False)
    # Also the ``seen_at`` of every dossier that this reading named.
    last_read_at = models.DateTimeField(_("đọc được lần cuối"), null=True, blank=True, editable=False)
    last_error = models.CharField(_("lỗi"), max_length=300, blank=True, editable=False)
    row_count = models.PositiveIntegerField(_("số hồ sơ"), default=0, editable=False)
    # Bounded: [{"line": 3, "problem": "…"}, …]; ``problem_count`` counts all of them.
    problems = models.JSONField(default=list, blank=True, editable=False)
    problem_count = models.PositiveIntegerField(_("số dòng có lỗi"), default=0, editable=False)
    # What was read last: the same body again changes no row.
    body_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = TenantManager.from_queryset(querysets.DossierFeedQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("nguồn tình trạng hồ sơ")
        verbose_name_plural = _("nguồn tình trạng hồ sơ")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "url"], name="dossier_feed_once")]
        indexes: ClassVar = [models.Index(fields=["next_at"], condition=Q(is_active=True), name="dossier_feed_due")]

    def __str__(self) -> str:
        return self.url


class Dossier(TenantModel):
    """One dossier as the feed last told it."""

    feed = models.ForeignKey(DossierFeed, on_delete=models.CASCADE, related_name="dossiers")
    number = models.CharField(_("số hồ sơ"), max_length=60)
    # Upper case, only letters and digits: what citizens type in any spelling (services.rules.dossier_key).
    key = models.CharField(max_length=60, editable=False)
    status = models.CharField(_("tình trạng"), max_length=10, choices=DossierStatus)
    status_words = models.CharField(_("tình trạng theo nguồn"), max_length=160, blank=True)
    office = models.CharField(_("nơi đang giữ"), max_length=200, blank=True)
    procedure_code = models.CharField(_("mã thủ tục"), max_length=40, blank=True)
    field_name = models.CharField(_("lĩnh vực"), max_length=250, blank=True)
    received_on = models.DateField(_("ngày nhận"))
    due_on = models.DateField(_("ngày hẹn trả"), null=True, blank=True)
    finished_on = models.DateField(_("ngày có kết quả"), null=True, blank=True)
    seen_at = models.DateTimeField()

    objects = TenantManager.from_queryset(querysets.DossierQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "key"], name="dossier_once")]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="dossier_key"),
            models.Index(fields=["unit", "received_on"], name="dossier_received"),
            models.Index(fields=["unit", "finished_on"], name="dossier_finished"),
        ]

    def __str__(self) -> str:
        return self.number


class DossierMonth(TenantModel):
    """One month of one field at one unit, counted from the dossiers; ``field_name`` empty is the unit's whole."""

    month = models.DateField(_("tháng"))  # its first day
    field_name = models.CharField(_("lĩnh vực"), max_length=250, blank=True)
    received = models.PositiveIntegerField(_("nhận"), default=0)
    on_time = models.PositiveIntegerField(_("xong đúng hạn"), default=0)
    late = models.PositiveIntegerField(_("xong trễ"), default=0)
    running = models.PositiveIntegerField(_("đang giải quyết, còn hạn"), default=0)
    overdue = models.PositiveIntegerField(_("đang giải quyết, quá hạn"), default=0)
    counted_at = models.DateTimeField()

    objects = TenantManager.from_queryset(querysets.DossierMonthQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("kết quả giải quyết trong tháng")
        verbose_name_plural = _("kết quả giải quyết trong tháng")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "month", "field_name"], name="dossier_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y} {self.field_name}"
