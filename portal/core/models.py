"""People, the audit trail, and what limits strangers without knowing them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager, TenantQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import UserManager


class User(AbstractUser):
    """A person who logs in. What they may do on a site comes from their Membership there; an operator is above all."""

    full_name = models.CharField(_("họ và tên"), max_length=120, blank=True)

    if TYPE_CHECKING:
        objects: ClassVar[UserManager["User"]]

    class Meta(AbstractUser.Meta):
        verbose_name = "người dùng"
        verbose_name_plural = "người dùng"

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_operator(self) -> bool:
        """One of the two or three people who run all sites."""
        return self.is_active and self.is_superuser


class AuditQuerySet(TenantQuerySet["AuditEntry"]):
    """Reads of the audit trail."""

    def about(self, row: models.Model) -> "AuditQuerySet":
        """What happened to one row, newest first."""
        return self.filter(target_model=row._meta.label, target_id=row.pk).order_by("-id")


class AuditEntry(TenantModel):
    """Who did what to which row, when; written in the same transaction as the change itself."""

    at = models.DateTimeField(_("lúc"), auto_now_add=True)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người làm")
    )
    verb = models.CharField(_("việc"), max_length=60)
    target_model = models.CharField(_("loại dữ liệu"), max_length=80)
    target_id = models.BigIntegerField(_("mã dữ liệu"))
    target_name = models.CharField(_("tên dữ liệu"), max_length=200)
    detail = models.JSONField(_("chi tiết"), default=dict, blank=True)

    objects = TenantManager.from_queryset(AuditQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        indexes: ClassVar = [
            models.Index(fields=["unit", "-at"], name="audit_unit_at"),
            models.Index(fields=["unit", "target_model", "target_id"], name="audit_unit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_name}"


class DaySalt(models.Model):
    """One random number a day, under which visitors' addresses are hashed; deleted when the day is over.

    Without it nobody, we included, can tell whose hash a row carries or whether two days' visitors were the same.
    """

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = "muối trong ngày"
        verbose_name_plural = "muối trong ngày"

    def __str__(self) -> str:
        return self.day.isoformat()


TET_DAYS = 3
"""Fewer working days Tết never takes (Bộ luật Lao động 2019 Điều 112: five days, two of them at most on a weekend)."""


class HolidayQuerySet(models.QuerySet["Holiday"]):
    """Reads of the calendar's exceptions."""

    def between(self, first: date, last: date) -> "HolidayQuerySet":
        """Exceptions from ``first`` to ``last``, both included."""
        return self.filter(day__gte=first, day__lte=last).order_by("day")

    def tet_is_known(self, year: int) -> bool:
        """Whether the days off around Tết of a year are written: without them terms over Tết end a week too soon."""
        # Tết begins between 21 January and 20 February.
        rows = self.between(date(year, 1, 18), date(year, 3, 1)).filter(is_worked=False)
        return rows.count() >= TET_DAYS


class Holiday(models.Model):
    """One exception of the working calendar: a holiday, or a Saturday worked instead of another day."""

    day = models.DateField(_("ngày"), unique=True)
    name = models.CharField(_("tên ngày"), max_length=120)
    is_worked = models.BooleanField(_("làm bù (đi làm)"), default=False)
    source = models.CharField(_("căn cứ"), max_length=200, blank=True)

    objects = models.Manager.from_queryset(HolidayQuerySet)()

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class RateCounterQuerySet(TenantQuerySet["RateCounter"]):
    """Reads of what visitors sent."""

    def older_than(self, moment: datetime) -> "RateCounterQuerySet":
        """Counters of windows that began before ``moment``."""
        return self.filter(window__lt=moment)


class RateCounter(TenantModel):
    """How often one visitor (or everybody, ``who`` empty) did one thing within one window of time."""

    purpose = models.CharField(max_length=30)
    who = models.CharField(max_length=64, blank=True)
    window = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    objects = TenantManager.from_queryset(RateCounterQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "số lần gửi"
        verbose_name_plural = "số lần gửi"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "purpose", "who", "window"], name="rate_counter_once")
        ]
        indexes: ClassVar = [models.Index(fields=["window"], name="rate_counter_window")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.number}"


class SpentProofQuerySet(TenantQuerySet["SpentProof"]):
    """Reads of spent proofs of work."""

    def expired(self, moment: datetime) -> "SpentProofQuerySet":
        """Proofs that nobody can present any more, whether spent or not."""
        return self.filter(expires_at__lt=moment)


class SpentProof(TenantModel):
    """A solved challenge that was presented once and counts no second time."""

    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    objects = TenantManager.from_queryset(SpentProofQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = "bài kiểm tra đã dùng"
        verbose_name_plural = "bài kiểm tra đã dùng"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "digest"], name="spent_proof_once")]
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="spent_proof_expires")]

    def __str__(self) -> str:
        return self.digest
