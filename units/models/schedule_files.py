"""Beside the schedule: tables read from files, and the secret addresses of leaders' calendars."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from units.enums.schedule import ImportStatus
from units.models.people import Person
from units.models.schedule import ScheduleWeek
from units.querysets import schedule as querysets


class ScheduleImport(TenantModel):
    """A week's table read from a Word or Excel file, waiting to be looked at; nothing of it is in the schedule yet."""

    week = models.ForeignKey(ScheduleWeek, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("tệp"), max_length=200)
    # As units.schedule.importing reads them: cells, what was understood, what is doubtful and why.
    lines = models.JSONField(default=list)
    status = models.CharField(_("trạng thái"), max_length=7, choices=ImportStatus, default=ImportStatus.PREVIEW)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("nạp lúc"), default=timezone.now)

    objects = TenantManager.from_queryset(querysets.ScheduleImportQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("nạp lịch từ tệp")
        verbose_name_plural = _("nạp lịch từ tệp")
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class CalendarAddress(TenantModel):
    """The secret address of one leader's whole schedule. The address is signed, not stored; ``key`` lets it be taken back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", verbose_name=_("của ai"))
    key = models.CharField(max_length=32, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(_("lập lúc"), default=timezone.now, editable=False)
    read_on = models.DateField(_("máy đọc lần cuối"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True, editable=False)

    objects = TenantManager.from_queryset(querysets.CalendarAddressQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("địa chỉ lịch riêng")
        verbose_name_plural = _("địa chỉ lịch riêng")
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.person_id)
