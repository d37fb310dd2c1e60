"""Units, the hosts they answer on, the face of their sites, and who works on them."""

from datetime import date
from typing import ClassVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from tree_queries.fields import TreeNodeForeignKey

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line, without_marks
from units import querysets, rules
from units.enums import Banner, Extent, LinkGroup, Module, Palette, Role, UnitKind


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


def all_modules() -> list[str]:
    """Every module switched on: what a new site starts with."""
    return [str(value) for value in Module.values]


class Site(TenantModel):
    """The face of one unit's site. The five footer facts are compulsory (Thông tư 32/2017/TT-BTTTT Điều 16)."""

    palette = models.CharField(_("màu nhấn"), max_length=8, choices=Palette, default=Palette.TIM)
    banner = models.CharField(_("tranh đầu trang"), max_length=16, choices=Banner, default=Banner.CITADEL_TIM)
    # Both are re-encoded by units.actions.sites before they are stored; empty means the drawn ones.
    emblem = models.FileField(_("biểu trưng riêng"), max_length=200, blank=True)
    banner_file = models.FileField(_("ảnh đầu trang riêng"), max_length=200, blank=True)
    over_line = models.CharField(_("dòng trên tên"), max_length=80, default="Ủy ban nhân dân", blank=True)
    hero_title = models.CharField(_("câu chào trang chủ"), max_length=120, blank=True)
    hero_lead = models.CharField(_("câu dưới câu chào"), max_length=160, blank=True)
    popular_searches = models.TextField(_("từ hay tìm"), blank=True)
    search_example = models.CharField(_("ví dụ trong ô tìm"), max_length=120, blank=True)
    intro = models.TextField(_("giới thiệu ngắn"), blank=True)

    responsible = models.CharField(_("người chịu trách nhiệm"), max_length=160)
    address = models.CharField(_("địa chỉ"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=80)
    email = models.CharField(_("thư điện tử"), max_length=160)
    hours = models.TextField(_("giờ làm việc"), blank=True)
    contacts = models.JSONField(_("gặp ai, việc gì"), default=list, blank=True)

    modules = models.JSONField(_("phần bật trên trang"), default=all_modules, blank=True)
    measurement_src = models.URLField(_("mã đo của Bộ (địa chỉ tệp)"), max_length=300, blank=True)
    trust_badge_url = models.URLField(_("trang xác nhận Tín nhiệm mạng"), max_length=300, blank=True)
    alert_text = models.CharField(_("tin khẩn đầu trang"), max_length=200, blank=True)
    alert_url = models.CharField(_("địa chỉ xem thêm"), max_length=300, blank=True)
    alert_until = models.DateTimeField(_("hiện đến"), null=True, blank=True)

    objects = TenantManager.from_queryset(querysets.SiteQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thông tin trang")
        verbose_name_plural = _("thông tin trang")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit"], name="site_one_per_unit")]

    def __str__(self) -> str:
        return str(_("Thông tin trang"))

    def clean(self) -> None:
        """The ministry's script is loaded by citizens' browsers, so only over HTTPS."""
        if self.measurement_src and not self.measurement_src.startswith("https://"):
            raise ValidationError({"measurement_src": _("Địa chỉ mã đo phải bắt đầu bằng https://")})

    @property
    def script_origin(self) -> str:
        """Origin of the ministry's measurement script, which the page's CSP must let in; empty without one."""
        parts = urlsplit(self.measurement_src)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    def has(self, module: Module) -> bool:
        """Whether the unit keeps this part switched on."""
        return module in cast("list[str]", self.modules)


class SiteLink(TenantModel):
    """One line of the link directory “Liên kết website”."""

    group = models.CharField(_("nhóm"), max_length=12, choices=LinkGroup)
    label = models.CharField(_("tên"), max_length=150)
    url = models.URLField(_("địa chỉ"), max_length=300, blank=True)
    # A site of this portal is named, not addressed: its host may change, the link follows.
    target_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trang của đơn vị")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = TenantManager.from_queryset(querysets.SiteLinkQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("liên kết website")
        verbose_name_plural = _("liên kết website")
        ordering: ClassVar = ["group", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "group", "url"], condition=~Q(url=""), name="sitelink_once"),
            models.CheckConstraint(
                condition=Q(url="", target_unit__isnull=False) | (~Q(url="") & Q(target_unit__isnull=True)),
                name="sitelink_one_target",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Either a web address or a site of this portal, not both."""
        if bool(self.url) == bool(self.target_unit_id):
            raise ValidationError(_("Nhập địa chỉ, hoặc chọn một đơn vị của cổng này; không nhập cả hai."))


class Membership(TenantModel):
    """A person's role on one unit's site; the only source of rights besides being an operator."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người dùng")
    )
    role = models.CharField(_("vai trò"), max_length=12, choices=Role, default=Role.AUTHOR)

    objects = TenantManager.from_queryset(querysets.MembershipQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thành viên ban biên tập")
        verbose_name_plural = _("ban biên tập")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
