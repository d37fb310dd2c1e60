"""Citizen reception: sessions, who receives, and who has registered (Luật Tiếp công dân 2013 Điều 24; NĐ 154/2026)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from units.enums.reception import BookingStatus, ReceptionKind, SessionStatus
from units.models.people import Person
from units.querysets import reception as querysets


class ReceptionShape(models.Model):
    """What a session and a series of sessions have in common."""

    starts_at = models.TimeField(_("từ giờ"))
    ends_at = models.TimeField(_("đến giờ"))
    receiver = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người tiếp")
    )
    receiver_text = models.CharField(_("hoặc người tiếp khác (chức vụ)"), max_length=200, blank=True)
    place = models.CharField(_("nơi tiếp"), max_length=200)
    capacity = models.PositiveSmallIntegerField(_("số lượt đăng ký trước, nhiều nhất"), default=10)
    takes_bookings = models.BooleanField(_("cho đăng ký trước trên mạng"), default=True)
    note = models.CharField(_("lưu ý cho người dân"), max_length=300, blank=True)

    class Meta:
        abstract = True


class ReceptionSeries(TenantModel, ReceptionShape):
    """Regular sessions by a rule (RFC 5545): the 10th of every month, every Thursday."""

    rule = models.CharField(_("lặp lại"), max_length=200)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    is_active = models.BooleanField(_("còn áp dụng"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.ReceptionSeriesQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lịch tiếp công dân định kỳ")
        verbose_name_plural = _("lịch tiếp công dân định kỳ")
        ordering: ClassVar = ["starts_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="reception_series_times"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="reception_series_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.rule


class ReceptionSession(TenantModel, ReceptionShape):
    """One session. ``booked`` is raised by one conditional update, so that a session is never over its limit."""

    day = models.DateField(_("ngày"))
    kind = models.CharField(_("loại"), max_length=7, choices=ReceptionKind, default=ReceptionKind.REGULAR)
    subject = models.CharField(_("về việc gì (buổi đột xuất)"), max_length=250, blank=True)
    status = models.CharField(_("tình trạng"), max_length=9, choices=SessionStatus, default=SessionStatus.PLANNED)
    cancel_reason = models.CharField(_("lý do hoãn (công khai)"), max_length=300, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    change_note = models.CharField(_("thay đổi gì (công khai)"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True, editable=False)
    booked = models.PositiveSmallIntegerField(default=0, editable=False)
    series = models.ForeignKey(
        ReceptionSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions", editable=False
    )
    series_day = models.DateField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.ReceptionSessionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("buổi tiếp công dân")
        verbose_name_plural = _("buổi tiếp công dân")
        ordering: ClassVar = ["day", "starts_at", "pk"]
        permissions: ClassVar = [("keep_reception_desk", "May see who registered and keep the reception desk's list")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "series_day"], name="reception_series_day_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="reception_session_times"),
            models.CheckConstraint(condition=Q(booked__lte=F("capacity")), name="reception_not_over_limit"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "day", "starts_at"], name="reception_unit_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.starts_at:%H:%M}"

    @property
    def is_cancelled(self) -> bool:
        """Called off."""
        return self.status == SessionStatus.CANCELLED


class ReceptionBooking(TenantModel):
    """Somebody who wants to be received. Name, phone and e-mail are sealed (portal.core.sealing), seen at the desk only."""

    session = models.ForeignKey(ReceptionSession, on_delete=models.PROTECT, related_name="bookings")
    code = models.CharField(_("mã"), max_length=12)
    number = models.PositiveSmallIntegerField(_("số thứ tự"))
    sealed_name = models.TextField()
    sealed_phone = models.TextField()
    sealed_email = models.TextField(blank=True)
    # Keyed hash: whoever has code and phone sees their registration; nobody can read the phone from it.
    phone_hash = models.CharField(max_length=64, blank=True)
    subject = models.CharField(_("việc cần gặp"), max_length=300)
    status = models.CharField(_("tình trạng"), max_length=9, choices=BookingStatus, default=BookingStatus.BOOKED)
    consented_at = models.DateTimeField(editable=False)
    consent_version = models.CharField(max_length=20, editable=False)
    made_at = models.DateTimeField(_("đăng ký lúc"), default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When they were told of the session's last change (mail sent, or the desk called); older than it: still to be told.
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When name, phone, e-mail and subject were wiped; the row stays for counting.
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(querysets.ReceptionBookingQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đăng ký gặp")
        verbose_name_plural = _("đăng ký gặp")
        ordering: ClassVar = ["number", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "code"], name="booking_code_once"),
            # A place that was given back is taken again, and so are its number and its time.
            models.UniqueConstraint(
                fields=["session", "number"], condition=~Q(status="CANCELLED"), name="booking_number_once"
            ),
            models.UniqueConstraint(
                fields=["session", "phone_hash"],
                condition=~Q(status="CANCELLED") & ~Q(phone_hash=""),
                name="booking_phone_once",
            ),
        ]

    def __str__(self) -> str:
        return self.code
