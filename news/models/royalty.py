"""Rates: what a genre earns, what is added, which part of the province's rate a unit pays.

A rate table belongs to the unit that issued it, so it is a tenant row like any other: the write guard keeps every
other unit's hands off. That the province's table is everybody's default is a *reading* rule, and is said in one place
(``news.actions.royalty_terms``), which opens a read-only list scope of exactly two units: the own one and its province.
"""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from news.enums.royalty import RateStatus, SupplementEffect, WorkKind
from news.models.text import SLUG
from news.querysets.royalty import FactorQuerySet, GenreQuerySet, SupplementQuerySet, TableQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line
from units.enums import UnitKind

LARGEST_COEFFICIENT = 1000
LARGEST_PERCENT = 1000


def coefficient_field(name: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A coefficient: two decimal places, never negative."""
    checks = [MinValueValidator(0), MaxValueValidator(LARGEST_COEFFICIENT)]
    return models.DecimalField(name, max_digits=6, decimal_places=2, validators=checks, **options)


def percent_field(name: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A percentage: two decimal places, never negative."""
    checks = [MinValueValidator(0), MaxValueValidator(LARGEST_PERCENT)]
    return models.DecimalField(name, max_digits=6, decimal_places=2, validators=checks, **options)


class RoyaltyTable(TenantModel):
    """One decision's rates, from a day to a day. A unit without a table of its own is paid by its province's."""

    name = models.CharField(_("tên bảng"), max_length=160)
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    decision_date = models.DateField(_("ngày quyết định"), null=True, blank=True)
    base_amount = models.PositiveIntegerField(_("đơn vị hệ số (đồng)"), validators=[MinValueValidator(1)])
    article_ceiling = models.PositiveIntegerField(_("mức cao nhất một bài (đồng)"), null=True, blank=True)
    supplement_ceiling = percent_field(_("tổng mức cộng thêm không quá (%)"), null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("trả trong vòng (ngày)"), default=60)
    status = models.CharField(_("trạng thái"), max_length=8, choices=RateStatus, default=RateStatus.DRAFT)

    objects = TenantManager.from_queryset(TableQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bảng mức nhuận bút")
        verbose_name_plural = _("bảng mức nhuận bút")
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], condition=Q(status="IN_FORCE"), name="royaltytable_one_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="royaltytable_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Names in one spelling."""
        self.name, self.decision_number = one_line(self.name), one_line(self.decision_number)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class RoyaltyGenre(TenantModel):
    """One line of a table. ``code`` stays the same from table to table, so an article keeps its genre when rates change."""

    table = models.ForeignKey(RoyaltyTable, on_delete=models.CASCADE, related_name="genres")
    code = models.CharField(_("mã"), max_length=40, validators=[SLUG])
    name = models.CharField(_("thể loại"), max_length=120)
    kind = models.CharField(_("trả cho"), max_length=5, choices=WorkKind, default=WorkKind.TEXT)
    coefficient_min = coefficient_field(_("hệ số thấp nhất"), default=0)
    coefficient_max = coefficient_field(_("hệ số cao nhất"))
    coefficient_default = coefficient_field(_("hệ số thường dùng"), null=True, blank=True)
    pays_copies = models.BooleanField(_("trả cả bài lấy lại từ đơn vị khác"), default=False)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = TenantManager.from_queryset(GenreQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thể loại")
        verbose_name_plural = _("thể loại")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "code"], name="royaltygenre_code_in_table"),
            models.CheckConstraint(
                condition=Q(coefficient_max__gte=F("coefficient_min")), name="royaltygenre_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoyaltySupplement(TenantModel):
    """What changes an amount: added on top, or only a part of it (a translation). The clerk chooses within the range.

    Those that stack are added up; of those that do not, only the highest counts. The table may cap the sum.
    """

    table = models.ForeignKey(RoyaltyTable, on_delete=models.CASCADE, related_name="supplements")
    code = models.CharField(_("mã"), max_length=40, validators=[SLUG])
    name = models.CharField(_("mức"), max_length=120)
    effect = models.CharField(_("cách tính"), max_length=8, choices=SupplementEffect, default=SupplementEffect.ADD)
    percent_min = percent_field(_("thấp nhất (%)"), default=0)
    percent_max = percent_field(_("cao nhất (%)"))
    stacks = models.BooleanField(_("cộng được với mức khác"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = TenantManager.from_queryset(SupplementQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("mức cộng thêm")
        verbose_name_plural = _("mức cộng thêm")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "code"], name="royaltysupplement_code_in_table"),
            models.CheckConstraint(
                condition=Q(percent_max__gte=F("percent_min")), name="royaltysupplement_range_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoyaltyFactor(TenantModel):
    """The province says which part of its rates a unit, or a kind of unit, pays (Ninh Thuận: 20 %). A row of the province."""

    target_kind = models.CharField(_("cho mọi đơn vị loại"), max_length=12, choices=UnitKind, blank=True)
    target_unit = models.ForeignKey(
        "units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cho một đơn vị"),
    )
    percent = percent_field(_("phần trăm mức của tỉnh"))
    valid_from = models.DateField(_("áp dụng từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    decision_number = models.CharField(_("số quyết định"), max_length=60, blank=True)

    objects = TenantManager.from_queryset(FactorQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tỷ lệ của đơn vị")
        verbose_name_plural = _("tỷ lệ của các đơn vị")
        ordering: ClassVar = ["-valid_from", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(target_kind="", target_unit__isnull=False)
                | (~Q(target_kind="") & Q(target_unit__isnull=True)),
                name="royaltyfactor_one_target",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="royaltyfactor_days_in_order",
            ),
            models.UniqueConstraint(
                fields=["unit", "target_kind", "valid_from"],
                condition=~Q(target_kind=""),
                name="royaltyfactor_once_a_kind",
            ),
            models.UniqueConstraint(
                fields=["unit", "target_unit", "valid_from"],
                condition=Q(target_unit__isnull=False),
                name="royaltyfactor_once_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_unit or self.get_target_kind_display()}: {self.percent.normalize():f} %"
