"""The face of a unit's site, and who works on it."""

from typing import TYPE_CHECKING, ClassVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from units import querysets
from units.enums import Banner, LinkGroup, Module, Palette, Role
from units.models.registry import Unit


def all_modules() -> list[str]:
    """What a new site starts with: everything but comments, which a unit opens when somebody there will read them."""
    return [str(value) for value in Module.values if value != Module.COMMENTS]


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

    # The English words of the same things, shown under /en/; where one is empty the Vietnamese stands, marked as such.
    over_line_en = models.CharField(_("dòng trên tên"), max_length=80, blank=True, default="", db_default="")
    hero_title_en = models.CharField(_("câu chào trang chủ"), max_length=120, blank=True, default="", db_default="")
    hero_lead_en = models.CharField(_("câu dưới câu chào"), max_length=160, blank=True, default="", db_default="")
    intro_en = models.TextField(_("giới thiệu ngắn"), blank=True, default="", db_default="")
    responsible_en = models.CharField(
        _("người chịu trách nhiệm"), max_length=160, blank=True, default="", db_default=""
    )
    address_en = models.CharField(_("địa chỉ"), max_length=200, blank=True, default="", db_default="")
    hours_en = models.TextField(_("giờ làm việc"), blank=True, default="", db_default="")

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

    def in_english(self, name: str) -> str:
        """The English words of a field, or the Vietnamese ones where nobody wrote any."""
        return str(getattr(self, f"{name}_en") or getattr(self, name))

    def has(self, module: Module) -> bool:
        """Whether the unit keeps this part switched on."""
        return module in cast("list[str]", self.modules)


class SiteLink(TenantModel):
    """One line of the link directory “Liên kết website”."""

    group = models.CharField(_("nhóm"), max_length=12, choices=LinkGroup)
    label = models.CharField(_("tên"), max_length=150)
    label_en = models.CharField(_("tên tiếng Anh"), max_length=150, blank=True, default="", db_default="")
    url = models.URLField(_("địa chỉ"), max_length=300, blank=True)
    # A site of this portal is named, not addressed: its host may change, the link follows.
    target_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trang của đơn vị")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    if TYPE_CHECKING:
        target_host: str | None  # only on rows of ``for_site``

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
