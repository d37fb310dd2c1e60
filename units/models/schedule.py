"""The leaders' work schedule: entered once by the office, read by leaders' phones, the public page and the archive."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line
from units.enums.schedule import (
    ChangeKind,
    DaySession,
    EntryStage,
    EntryStatus,
    Visibility,
    WeekStatus,
)
from units.models.people import Division, Person
from units.models.registry import Unit
from units.querysets import schedule as querysets
from units.rules.schedule import hours_of


class Room(TenantModel):
    """A room that meetings are held in; can be taken once at a time."""

    name = models.CharField(_("tên phòng"), max_length=120)
    place = models.CharField(_("ở đâu"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("số chỗ"), null=True, blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.RoomQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("phòng họp")
        verbose_name_plural = _("phòng họp")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling."""
        self.name = one_line(self.name)
        super().save(*args, **kwargs)


class ScheduleWeek(TenantModel):
    """One week's table of one unit, from Monday to Sunday; made when the first entry is."""

    monday = models.DateField(_("tuần từ thứ Hai ngày"))
    status = models.CharField(_("trạng thái"), max_length=10, choices=WeekStatus, default=WeekStatus.COLLECTING)
    note = models.CharField(_("ghi chú chung, công khai"), max_length=300, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True, editable=False)
    # What citizens see last changed then; "Cập nhật lúc" on the page.
    public_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.ScheduleWeekQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lịch tuần")
        verbose_name_plural = _("lịch tuần")
        ordering: ClassVar = ["-monday"]
        permissions: ClassVar = [
            ("consolidate_schedule", "May take proposals into the week's table and change it"),
            ("publish_schedule", "May approve and publish the week's table"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "monday"], name="schedule_week_once"),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="schedule_week_monday"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The ISO week as it stands in the address: “2026-W47”."""
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)


class ScheduleShape(models.Model):
    """What an entry and a recurring series have in common."""

    session = models.CharField(_("buổi"), max_length=9, choices=DaySession, default=DaySession.MORNING)
    starts_at = models.TimeField(_("từ giờ"), null=True, blank=True)
    ends_at = models.TimeField(_("đến giờ"), null=True, blank=True)
    title = models.CharField(_("nội dung công việc"), max_length=300)
    content = models.TextField(_("chi tiết"), blank=True)
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("phòng họp")
    )
    place = models.CharField(_("hoặc địa điểm khác"), max_length=200, blank=True)
    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chủ trì")
    )
    chair_text = models.CharField(_("hoặc người chủ trì khác"), max_length=160, blank=True)
    persons = models.ManyToManyField(Person, related_name="+", blank=True, verbose_name=_("lãnh đạo cùng dự"))
    divisions = models.ManyToManyField(Division, related_name="+", blank=True, verbose_name=_("phòng, ban dự"))
    invited_units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("đơn vị được mời"))
    attendees_text = models.CharField(_("thành phần khác"), max_length=500, blank=True)
    preparing = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị chuẩn bị")
    )
    preparing_text = models.CharField(_("hoặc đơn vị chuẩn bị khác"), max_length=160, blank=True)
    vehicle = models.CharField(_("xe (nội bộ)"), max_length=120, blank=True)
    notes = models.TextField(_("ghi chú (nội bộ)"), blank=True)
    visibility = models.CharField(_("ai xem được"), max_length=8, choices=Visibility, default=Visibility.PUBLIC)

    class Meta:
        abstract = True


class ScheduleSeries(TenantModel, ScheduleShape):
    """A recurring meeting (RFC 5545 rule); its entries are made week by week, each then lives by itself."""

    rule = models.CharField(_("lặp lại"), max_length=200)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    is_active = models.BooleanField(_("còn lặp"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.ScheduleSeriesQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("việc lặp lại")
        verbose_name_plural = _("việc lặp lại")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="schedule_series_dates"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ScheduleEntry(TenantModel, ScheduleShape):
    """One line of the schedule.

    ``published_at`` is set when citizens could see it for the first time; an internal entry never has one. From then on
    every change is kept as a ScheduleChange and shown with its time, and ``sequence`` grows (RFC 5545).
    """

    week = models.ForeignKey(ScheduleWeek, on_delete=models.PROTECT, related_name="entries", editable=False)
    day = models.DateField(_("ngày"))
    stage = models.CharField(_("bước"), max_length=8, choices=EntryStage, default=EntryStage.ACCEPTED)
    status = models.CharField(_("tình trạng"), max_length=9, choices=EntryStatus, default=EntryStatus.PLANNED)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("thay đổi lúc"), null=True, blank=True, editable=False)
    change_note = models.CharField(_("thay đổi gì, vì sao (công khai)"), max_length=300, blank=True)
    # Why two meetings at once were published all the same; empty where nothing overlaps.
    override_reason = models.CharField(_("lý do vẫn để trùng"), max_length=300, blank=True)
    proposing = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("phòng, ban đề xuất"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    return_reason = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    series = models.ForeignKey(
        ScheduleSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries", editable=False
    )
    series_day = models.DateField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.ScheduleEntryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("việc trên lịch")
        verbose_name_plural = _("lịch công tác")
        ordering: ClassVar = ["day", "starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "series_day"], name="schedule_series_day_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="schedule_entry_times",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "day", "starts_at"], name="schedule_unit_day"),
            models.Index(fields=["unit", "chair", "day"], name="schedule_unit_chair"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling."""
        self.title, self.place = one_line(self.title), one_line(self.place)
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        """Whether its time has passed, by the clock; a beginning without an end lasts as long as overlaps count it."""
        now = timezone.localtime()
        return (self.day, hours_of(self.session, self.starts_at, self.ends_at)[1]) < (now.date(), now.time())

    @property
    def shown_status(self) -> str:
        """DONE once it is over and was not put off. Nothing is stored for it: no task has to come round at night."""
        is_done = self.is_over and self.status != EntryStatus.CANCELLED
        return EntryStatus.DONE if is_done else self.status


class ScheduleChange(TenantModel):
    """One change of an entry after its week was published: what it was, what it became, when and by whom."""

    entry = models.ForeignKey(ScheduleEntry, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("thay đổi"), max_length=9, choices=ChangeKind)
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Field → value as text, of what changed only; shown to citizens where the field is public.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.CharField(_("lý do (công khai)"), max_length=300, blank=True)

    objects = TenantManager.from_queryset(querysets.ScheduleChangeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thay đổi lịch")
        verbose_name_plural = _("thay đổi lịch")
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.kind}"
