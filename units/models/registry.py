"""Units, which took over from which, and the hosts they answer on."""

from datetime import date
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey

from portal.core.text import one_line, without_marks
from units import querysets, rules
from units.enums import Extent, UnitKind


class Unit(models.Model):
    """One unit of the province for as long as it exists; the tenant. Keyed by (code, valid from).

    Official codes are reused with a new meaning (19753 was Phường Thuận Lộc, is Phường Phú Xuân), so a code alone names
    nothing. ``generation`` counts changes of what the unit's pages show (portal.core.page_cache).
    """

    code = models.CharField(_("mã"), max_length=20)
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    kind = models.CharField(_("cấp"), max_length=12, choices=UnitKind)
    type_name = models.CharField(_("loại hình"), max_length=40)
    name = models.CharField(_("tên"), max_length=150)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=150, blank=True)
    slug = models.CharField(
        _("nhãn địa chỉ"), max_length=63, unique=True, validators=[RegexValidator(rules.HOST_LABEL)]
    )
    # What the name sorts and is found by, without marks: kept beside it because SQLite knows no Vietnamese collation.
    sort_name = models.CharField(max_length=150, editable=False)
    folded_name = models.CharField(max_length=150, editable=False, db_index=True)
    parent = TreeNodeForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("trực thuộc")
    )
    # Outline as SVG path data in the province's map (units.mapping), for “you are here”; empty where unknown.
    boundary = models.TextField(blank=True, editable=False)
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = models.Manager.from_queryset(querysets.UnitQuerySet)()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị")
        permissions: ClassVar = [("use_admin", "May open the unit's administration")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_valid_from"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="unit_one_current_per_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_valid_to_after_from"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "valid_to"], name="unit_kind_valid")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sorting and folded names beside the name."""
        self.name = one_line(self.name)
        self.sort_name = without_marks(rules.bare_name(self.name)).lower()
        self.folded_name = without_marks(self.name).lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    @property
    def is_closed(self) -> bool:
        """The unit no longer exists; its site stays readable."""
        return self.valid_to is not None and self.valid_to < timezone.localdate()

    @property
    def closed_on(self) -> date | None:
        """Last day of a closed unit."""
        return self.valid_to if self.is_closed else None

    @property
    def canonical_host(self) -> str:
        """The host the site answers on; uses prefetched domains where they are."""
        hosts = [domain.host for domain in self.domains.all() if domain.is_canonical]
        return hosts[0] if hosts else ""


class UnitSuccession(models.Model):
    """One unit took over from another, wholly or in part (Resolution 1675/NQ-UBTVQH15 and its like)."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    extent = models.CharField(_("phạm vi"), max_length=8, choices=Extent, default=Extent.FULL)

    objects = models.Manager.from_queryset(querysets.SuccessionQuerySet)()

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Domain(models.Model):
    """A host a unit answers on. One is canonical; the others redirect to it."""

    host = models.CharField(_("tên miền"), max_length=253, unique=True, validators=[RegexValidator(rules.HOST)])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="domains", verbose_name=_("đơn vị"))
    is_canonical = models.BooleanField(_("tên miền chính"), default=True)

    objects = models.Manager.from_queryset(querysets.DomainQuerySet)()

    class Meta:
        verbose_name = _("tên miền")
        verbose_name_plural = _("tên miền")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit"], condition=Q(is_canonical=True), name="domain_one_canonical")
        ]

    def __str__(self) -> str:
        return self.host

    def save(self, *args: object, **kwargs: object) -> None:
        """Hosts are stored as they are compared: lower case, no trailing dot."""
        self.host = self.host.strip().lower().rstrip(".")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
