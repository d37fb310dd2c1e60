"""The catalogue: procedures as the national portal writes them, their history, and the words we put beside them.

One catalogue for all sites (listed in GLOBAL_MODELS): the import alone writes what the source says; the province's office adds
everyday names, summaries, forms and life events, which no import touches.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.text import one_line, slugify_vi
from services import querysets
from services.enums import Audience, OnlineLevel, RunState

# 1.004873, 2.000528; other ministries' numbers are as plain.
CODE = RegexValidator(r"\A[0-9A-Za-z]{1,8}(?:[.\-][0-9A-Za-z]{1,12}){0,4}\Z")
SLUG = RegexValidator(r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Field(models.Model):
    """A field of administration (lĩnh vực), as the source names it."""

    name = models.CharField(_("lĩnh vực"), max_length=250, unique=True)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=100, unique=True, validators=[SLUG])

    objects = models.Manager.from_queryset(querysets.FieldQuerySet)()

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling and a slug."""
        self.name = one_line(self.name)
        self.slug = self.slug or slugify_vi(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The field's page."""
        return reverse("services:field", args=[self.slug])


class Procedure(models.Model):
    """One administrative procedure.

    ``source`` keeps the imported row word for word (column → text); the fields beside it are read from that row by
    services.importing and never guessed: what can not be read stays readable in ``source``. The shapes of the JSON fields
    are dataclasses in services.rules (Step, PaperGroup, TimeLimit, Fee, Basis), stored by their ``as_json``.
    """

    code = models.CharField(_("mã thủ tục"), max_length=40, unique=True, validators=[CODE])
    name = models.TextField(_("tên thủ tục"))
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("lĩnh vực"))

    # --- who does it, for whom ---
    at_ministry = models.BooleanField(_("cấp bộ"), default=False)
    at_province = models.BooleanField(_("cấp tỉnh"), default=False)
    at_district = models.BooleanField(_("cấp huyện"), default=False)
    at_commune = models.BooleanField(_("cấp xã"), default=False)
    at_other = models.BooleanField(_("cơ quan khác"), default=False)
    ministry = models.CharField(_("bộ, ngành"), max_length=60, blank=True)
    agency = models.TextField(_("cơ quan thực hiện"), blank=True)
    audience = models.TextField(_("đối tượng"), blank=True)
    for_people = models.BooleanField(_("cho người dân"), default=False)
    for_business = models.BooleanField(_("cho doanh nghiệp, hộ kinh doanh"), default=False)

    # --- what is read from the source ---
    channels = models.JSONField(default=list, blank=True)  # values of Channel
    steps = models.JSONField(default=list, blank=True)
    papers = models.JSONField(default=list, blank=True)
    times = models.JSONField(default=list, blank=True)
    fees = models.JSONField(default=list, blank=True)
    fee_note = models.TextField(_("ghi chú lệ phí"), blank=True)
    result = models.TextField(_("kết quả"), blank=True)
    conditions = models.TextField(_("điều kiện"), blank=True)
    bases = models.JSONField(default=list, blank=True)
    decision_number = models.CharField(_("quyết định công bố"), max_length=80, blank=True)
    source_url = models.URLField(_("bản gốc"), max_length=500, blank=True)
    source = models.JSONField(default=dict, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    # --- online: from the source where it says so, else by the province's office ---
    online_level = models.CharField(
        _("mức trực tuyến"), max_length=8, choices=OnlineLevel, default=OnlineLevel.UNSTATED
    )
    online_reason = models.CharField(_("vì sao chỉ một phần"), max_length=300, blank=True)
    submit_url = models.URLField(_("địa chỉ nộp trực tuyến"), max_length=500, blank=True)

    # --- our words (no import touches them) ---
    everyday_names = models.TextField(
        _("tên thường gọi"), blank=True, help_text=_("Mỗi dòng một cách gọi, ví dụ: giấy độc thân")
    )
    summary = models.TextField(_("nói ngắn cho dễ hiểu"), blank=True)
    often_order = models.PositiveSmallIntegerField(
        _("thứ tự trong “Nhiều người cần”"), null=True, blank=True, help_text=_("Để trống: không hiện trong mục ấy")
    )
    checked_on = models.DateField(_("đối chiếu gần nhất"), null=True, blank=True)

    # --- life of the row ---
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    version_number = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = models.Manager.from_queryset(querysets.ProcedureQuerySet)()

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="procedure_has_code_and_name"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["field", "valid_to", "code"], name="procedure_field"),
            models.Index(fields=["often_order"], condition=Q(often_order__isnull=False), name="procedure_often"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name[:120]}"

    def get_absolute_url(self) -> str:
        """The lasting address, the same path on every unit's host."""
        return reverse("services:procedure", args=[self.code])

    @property
    def is_closed(self) -> bool:
        """No longer in the source's catalogue; the page stays and says so."""
        return self.valid_to is not None

    @property
    def short_name(self) -> str:
        """The name without the word “Thủ tục” in front, first letter capital."""
        name = one_line(self.name)
        bare = name[8:].lstrip() if name[:8].lower() == "thủ tục " else name
        return bare[:1].upper() + bare[1:]

    @property
    def everyday_list(self) -> list[str]:
        """Everyday names, in the office's order."""
        return [line.strip() for line in self.everyday_names.splitlines() if line.strip()]


class ProcedureVersion(models.Model):
    """What the source said until it changed: the whole old row, and which columns were different afterwards."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.JSONField()
    changed_columns = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField()
    run = models.ForeignKey("CatalogueRun", on_delete=models.PROTECT, null=True, blank=True, related_name="versions")

    objects = models.Manager.from_queryset(querysets.ProcedureVersionQuerySet)()

    class Meta:
        verbose_name = _("phiên bản thủ tục")
        verbose_name_plural = _("phiên bản thủ tục")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_once")]

    def __str__(self) -> str:
        return f"{self.procedure_id} #{self.number}"


class ProcedureForm(models.Model):
    """A form (mẫu đơn, tờ khai) to download for one procedure; checked by content, stored under a random name."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="forms")
    title = models.CharField(_("tên mẫu"), max_length=250)
    file = models.FileField(_("tệp"), max_length=200, blank=True, editable=False)
    extension = models.CharField(max_length=5, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    url = models.URLField(_("hoặc địa chỉ nơi đăng mẫu"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = models.Manager.from_queryset(querysets.ProcedureFormQuerySet)()

    class Meta:
        verbose_name = _("mẫu đơn, tờ khai")
        verbose_name_plural = _("mẫu đơn, tờ khai")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class LifeEvent(models.Model):
    """Something that happens in a life or a business, with the procedures it brings, in the order they are needed."""

    name = models.CharField(_("việc trong đời"), max_length=80)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, unique=True, validators=[SLUG])
    summary = models.CharField(_("một dòng dưới tên"), max_length=140, blank=True)
    intro = models.TextField(_("nói trước"), blank=True)
    icon = models.CharField(_("biểu tượng"), max_length=40, default="file-text")
    audience = models.CharField(_("dành cho"), max_length=12, choices=Audience, default=Audience.PEOPLE)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    procedures = models.ManyToManyField(Procedure, through="LifeEventProcedure", related_name="life_events")

    objects = models.Manager.from_queryset(querysets.LifeEventQuerySet)()

    class Meta:
        verbose_name = _("việc trong đời")
        verbose_name_plural = _("việc trong đời")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("services:life-event", args=[self.slug])


class LifeEventProcedure(models.Model):
    """One procedure within a life event."""

    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="entries")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="event_entries")
    note = models.CharField(_("khi nào cần"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = models.Manager.from_queryset(querysets.LifeEventProcedureQuerySet)()

    class Meta:
        verbose_name = _("thủ tục của việc")
        verbose_name_plural = _("thủ tục của việc")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "procedure"], name="life_event_procedure_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.procedure_id}"


class CatalogueRun(models.Model):
    """One import of the catalogue: what it read, what it changed, which lines were bad and why.

    Only one run at a time may write (the constraint says so); ``seen_at`` moves with every batch, so that a run whose
    process was killed is told from one that works.
    """

    state = models.CharField(_("tình trạng"), max_length=8, choices=RunState, default=RunState.WAITING)
    is_preview = models.BooleanField(_("xem thử"), default=False)
    is_partial = models.BooleanField(_("tệp chỉ có một phần danh mục"), default=False)
    may_close = models.BooleanField(_("cho phép đóng nhiều thủ tục"), default=False)
    # Below VAR_DIR/imports for what came through the administration; empty for files named on the command line.
    stored_name = models.CharField(max_length=60, blank=True, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    refusal = models.TextField(_("vì sao không nạp được"), blank=True, editable=False)
    started_at = models.DateTimeField(_("bắt đầu"), auto_now_add=True)
    finished_at = models.DateTimeField(_("xong"), null=True, blank=True)
    file_name = models.CharField(_("tệp"), max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(_("số dòng"), default=0)
    added = models.PositiveIntegerField(_("thêm"), default=0)
    changed = models.PositiveIntegerField(_("sửa"), default=0)
    unchanged = models.PositiveIntegerField(_("giữ nguyên"), default=0)
    # The source is the same, our reading of it is a newer one: no new version.
    reread = models.PositiveIntegerField(_("đọc lại"), default=0)
    closed = models.PositiveIntegerField(_("đóng"), default=0)
    reopened = models.PositiveIntegerField(_("mở lại"), default=0)
    # Bounded by the import: [{"line": 7, "code": "1.000110", "problem": "…", "is_refused": true}, …]
    problems = models.JSONField(default=list, blank=True)
    problem_count = models.PositiveIntegerField(_("dòng có vấn đề"), default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = models.Manager.from_queryset(querysets.CatalogueRunQuerySet)()

    class Meta:
        verbose_name = _("lần nạp danh mục")
        verbose_name_plural = _("lần nạp danh mục")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=RunState.RUNNING, is_preview=False),
                name="catalogue_run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%d/%m/%Y})"
