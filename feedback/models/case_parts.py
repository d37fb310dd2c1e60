"""What belongs to a case: its timeline, its pictures, the mails it caused, the numbers it is counted in."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import CaseKind, EventKind, FileKind, FileState, LetterKind, LetterState
from feedback.models.cases import Case
from feedback.querysets import cases as querysets
from feedback.querysets.case_letters import CaseLetterQuerySet, CaseMonthQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class CaseEvent(models.Model):
    """One step of a case. Never changed, never deleted; ``text`` is read by everybody where ``is_public``."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("việc"), max_length=12, choices=EventKind)
    at = models.DateTimeField(_("lúc"), default=timezone.now)
    # Who acted: the unit in scope then; the person only where it was one (never shown to citizens).
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Plain words, cleaned; a paragraph per line.
    text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    # Facts of the step: old and new day, reason code, assignee's post … Nothing that tells who the sender is.
    detail = models.JSONField(default=dict, blank=True)

    objects = querysets.CasePartManager.from_queryset(querysets.CaseEventQuerySet)()

    class Meta:
        verbose_name = _("diễn biến")
        verbose_name_plural = _("diễn biến")
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["case", "at", "id"], name="case_event_order")]

    def __str__(self) -> str:
        return self.get_kind_display()


class CaseFile(models.Model):
    """A picture or video. All paths but ``public_path`` lie under PRIVATE_ROOT and are sent by views that ask who one is."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    event = models.ForeignKey(CaseEvent, on_delete=models.CASCADE, null=True, blank=True, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.READY)
    is_from_sender = models.BooleanField(default=True)
    # As it came: only of a video that is still to be re-encoded; deleted afterwards.
    raw_path = models.CharField(max_length=200, blank=True)
    # Re-encoded, no EXIF, not blurred: the kept original.
    private_path = models.CharField(max_length=200, blank=True)
    private_small = models.CharField(max_length=200, blank=True)
    # The copy that everybody may see, under MEDIA_ROOT of the unit in whose scope it was let in; "" until then.
    public_path = models.CharField(max_length=200, blank=True)
    public_small = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    # What the moderator blurred: [[x, y, width, height], …] in thousandths of width and height.
    boxes = models.JSONField(default=list, blank=True)
    description = models.CharField(_("mô tả ảnh"), max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    objects = querysets.CasePartManager.from_queryset(querysets.CaseFileQuerySet)()
    everywhere = models.Manager.from_queryset(querysets.CaseFileQuerySet)()  # as Case.everywhere

    class Meta:
        verbose_name = _("ảnh, video của phản ánh")
        verbose_name_plural = _("ảnh, video của phản ánh")
        base_manager_name = "objects"
        default_manager_name = "objects"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(public_path=""), name="case_file_public_has_copy"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "position"], name="case_file_order"),
            models.Index(fields=["claimed_at"], condition=Q(state="WAITING"), name="case_file_waiting"),
            models.Index(fields=["public_path"], condition=~Q(public_path=""), name="case_file_public"),
            models.Index(fields=["public_small"], condition=~Q(public_small=""), name="case_file_public_small"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position + 1}"


class CaseLetter(TenantModel):
    """A mail to be sent in the name of the unit it belongs to: written with the step it tells of, sent by a worker."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(CaseEvent, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=LetterKind)
    # Exactly one of: the case's sender (both empty), a joiner, a member of the staff.
    join = models.ForeignKey("feedback.CaseJoin", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(CaseLetterQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thư về phản ánh")
        verbose_name_plural = _("thư về phản ánh")
        indexes: ClassVar = [
            models.Index(fields=["made_at"], condition=Q(state="WAITING"), name="case_letter_waiting"),
            models.Index(fields=["case"], name="case_letter_case"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class CaseMonth(models.Model):
    """What a unit did with the cases of one kind that came to it in one month; public numbers, kept by a worker."""

    unit = models.ForeignKey("units.Unit", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=CaseKind)
    month = models.DateField()
    received = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    transferred = models.PositiveIntegerField(default=0)
    very = models.PositiveIntegerField(default=0)
    satisfied = models.PositiveIntegerField(default=0)
    unsatisfied = models.PositiveIntegerField(default=0)
    # Of calendar days from receiving to the first answer; empty where nothing was answered.
    median_days = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    # How many cases took n days, as [[days, number], …]: medians over several months are made of it.
    spread = models.JSONField(default=list, blank=True)
    computed_at = models.DateTimeField(default=timezone.now)

    objects = models.Manager.from_queryset(CaseMonthQuerySet)()

    class Meta:
        verbose_name = _("kết quả xử lý theo tháng")
        verbose_name_plural = _("kết quả xử lý theo tháng")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "kind", "month"], name="case_month_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "month"], name="case_month_kind")]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%m/%Y}"
