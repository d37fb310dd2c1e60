"""Categories, routes and terms of cases, each with its dates; texts that a unit has prepared."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import CaseKind, Priority, TemplateUse, TermStep
from feedback.querysets import case_rules as querysets
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Dated(models.Model):
    """A row that holds between two dates."""

    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)

    class Meta:
        abstract = True


class CaseCategory(Dated):
    """What a report is about, in citizens' words, with examples; for all units, or for those named."""

    name = models.CharField(_("tên"), max_length=80)
    slug = models.SlugField(_("nhãn địa chỉ"), max_length=60, unique=True)
    examples = models.CharField(_("ví dụ"), max_length=250, blank=True)
    icon = models.CharField(_("biểu tượng"), max_length=40, blank=True)
    priority = models.CharField(_("mức gấp khi nhận"), max_length=1, choices=Priority, default=Priority.NORMAL)
    # Shown before anything else where somebody chooses it: whom to call now.
    emergency_note = models.CharField(_("lời nhắc gọi khẩn cấp"), max_length=200, blank=True)
    units = models.ManyToManyField("units.Unit", blank=True, related_name="+", verbose_name=_("chỉ ở các đơn vị"))
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = models.Manager.from_queryset(querysets.CaseCategoryQuerySet)()

    class Meta:
        verbose_name = _("loại phản ánh")
        verbose_name_plural = _("loại phản ánh")
        ordering: ClassVar = ["order", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="case_category_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseRoute(Dated):
    """Who handles what, where: the most exact row wins (feedback.rules.routing)."""

    kind = models.CharField(_("loại việc"), max_length=12, choices=CaseKind, default=CaseKind.REPORT)
    category = models.ForeignKey(
        CaseCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("loại phản ánh")
    )
    commune = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("xảy ra ở")
    )
    intake = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gửi ở trang của")
    )  # fmt: skip
    # Empty: the commune where it happened; where that is unknown, the unit it was sent to.
    to_unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị xử lý")
    )

    # Everything that must be told apart, in one column: empty links count as alike, which a constraint over them does not.
    key = models.CharField(max_length=80, unique=True, editable=False)

    objects = models.Manager.from_queryset(querysets.CaseRouteQuerySet)()

    class Meta:
        verbose_name = _("phân công xử lý")
        verbose_name_plural = _("phân công xử lý")
        ordering: ClassVar = ["kind", "category", "-valid_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="case_route_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category or self.get_kind_display()} → {self.to_unit or _('nơi xảy ra')}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key beside what it is made of."""
        parts = (self.kind, self.category_id or 0, self.commune_id or 0, self.intake_id or 0, self.valid_from)
        self.key = ":".join(map(str, parts))
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class CaseTerm(Dated):
    """A number of days for one step of one kind of case; for one category or request, or for all."""

    kind = models.CharField(_("loại việc"), max_length=12, choices=CaseKind)
    step = models.CharField(_("bước"), max_length=12, choices=TermStep)
    category = models.ForeignKey(
        CaseCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("loại phản ánh")
    )
    # Of personal-data requests: a value of PersonalWish; of others: empty.
    wish = models.CharField(_("yêu cầu"), max_length=8, blank=True)
    days = models.PositiveSmallIntegerField(_("số ngày"))
    is_working = models.BooleanField(_("ngày làm việc"), default=True)

    # As CaseRoute.key.
    key = models.CharField(max_length=80, unique=True, editable=False)

    objects = models.Manager.from_queryset(querysets.CaseTermQuerySet)()

    class Meta:
        verbose_name = _("thời hạn xử lý")
        verbose_name_plural = _("thời hạn xử lý")
        ordering: ClassVar = ["kind", "step", "category", "wish", "-valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="case_term_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_step_display()}: {self.days}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key beside what it is made of."""
        self.key = ":".join(map(str, (self.kind, self.step, self.category_id or 0, self.wish, self.valid_from)))
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class AnswerTemplate(TenantModel):
    """A text that an office says often; ``{ma}``, ``{don_vi}``, ``{han}`` are filled in when it is taken."""

    use = models.CharField(_("dùng khi"), max_length=8, choices=TemplateUse)
    title = models.CharField(_("tên mẫu"), max_length=100)
    text = models.TextField(_("nội dung"), max_length=3000)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_active = models.BooleanField(_("còn dùng"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.AnswerTemplateQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("mẫu trả lời")
        verbose_name_plural = _("mẫu trả lời")
        ordering: ClassVar = ["use", "order", "title"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "use", "title"], name="answer_template_once")]

    def __str__(self) -> str:
        return self.title
