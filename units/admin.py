"""What a unit's administrator and the operators change about a site."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import PlainAdmin, TenantAdmin
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from portal.core.text import without_marks
from units import actions
from units.enums import Role
from units.forms import DomainForm, MembershipForm, SiteForm, SiteLinkForm, SuccessionForm, UnitChoiceField
from units.models import Domain, Membership, Site, SiteLink, Unit, UnitSuccession


def _person(request: HttpRequest) -> User | None:
    return None if isinstance(request.user, AnonymousUser) else request.user


@admin.register(Site)
class SiteAdmin(TenantAdmin):
    """One row a unit: the list leads straight to it."""

    form = SiteForm
    change_form_template = "admin/units/site/change_form.html"
    fieldsets = (
        (gettext_lazy("Chân trang"), {"fields": ("responsible", "address", "phone", "email")}),
        (gettext_lazy("Giờ làm việc, nơi gặp"), {"fields": ("hours", "contact_lines")}),
        (gettext_lazy("Tin khẩn đầu trang"), {"fields": ("alert_text", "alert_url", "alert_until")}),
        (
            gettext_lazy("Trang chủ"),
            {"fields": ("over_line", "hero_title", "hero_lead", "search_example", "popular_searches", "intro")},
        ),
        (
            gettext_lazy("Màu, tranh, biểu trưng"),
            {"fields": ("palette", "banner", "banner_upload", "remove_banner", "emblem_upload", "remove_emblem")},
        ),
        (gettext_lazy("Phần bật trên trang"), {"fields": ("modules",)}),
        (gettext_lazy("Mã đo và huy hiệu"), {"fields": ("measurement_src", "trust_badge_url")}),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is only one: go to it."""
        site = Site.objects.first()
        if site is None:
            return super().changelist_view(request, extra_context)
        return HttpResponseRedirect(reverse("admin:units_site_change", args=[site.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made with the unit."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: every unit has a site."""
        return False

    def save_model(self, request: HttpRequest, obj: Site, form: Any, change: bool) -> None:
        """Save through the action."""
        data = form.cleaned_data
        actions.save_site(site=obj, emblem=data["emblem_upload"], banner=data["banner_upload"], actor=_person(request))

    def get_fieldsets(self, request: HttpRequest, obj: Site | None = None) -> Any:
        """“Bỏ …” only where there is something of one's own."""
        kept = {"remove_emblem": bool(obj and obj.emblem), "remove_banner": bool(obj and obj.banner_file)}
        return [
            (title, {"fields": tuple(name for name in options["fields"] if kept.get(str(name), True))})
            for title, options in self.fieldsets
        ]

    def response_change(self, request: HttpRequest, obj: Site) -> HttpResponse:
        """Stay: there is nothing else to see."""
        messages.success(request, _("Đã lưu. Trang thay đổi trong vài giây."))
        return HttpResponseRedirect(reverse("admin:units_site_change", args=[obj.pk]))


@admin.register(SiteLink)
class SiteLinkAdmin(TenantAdmin):
    """“Liên kết website”."""

    form = SiteLinkForm
    purpose = gettext_lazy("Các trang liên kết hiện ở cuối trang chủ, xếp theo bốn nhóm.")
    add_label = gettext_lazy("Thêm liên kết")
    list_display = ("label", "group", "url", "target_unit", "order")
    list_filter = ("group",)
    list_select_related = ("target_unit",)
    fields = ("group", "label", "url", "target_unit", "order")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the units that exist today; their names are public."""
        if db_field.name == "target_unit":
            kwargs["queryset"] = Unit.objects.current().defer("boundary").order_by("kind", "sort_name")
            kwargs.setdefault("form_class", UnitChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SiteLink, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_site_link(link=obj, actor=_person(request))

    def delete_model(self, request: HttpRequest, obj: SiteLink) -> None:
        """Delete through the action."""
        actions.delete_site_link(link=obj, actor=_person(request))


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    """The editorial board."""

    purpose = gettext_lazy("Những người viết, duyệt và quản trị trang này. Vai trò mới có hiệu lực ngay.")
    add_label = gettext_lazy("Thêm người")
    list_display = ("user", "login_name", "role")
    list_filter = ("role",)
    list_select_related = ("user",)
    readonly_fields = ("user",)

    @admin.display(description=gettext_lazy("Tên đăng nhập"), ordering="user__username")
    def login_name(self, membership: Membership) -> str:
        """What the person logs in with."""
        return membership.user.username

    def get_form(self, request: HttpRequest, obj: Membership | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Adding asks for the person; changing only for the role."""
        if obj is None:
            kwargs["form"] = MembershipForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        """See get_form."""
        return ("user", "role") if obj else ("username", "full_name", "email", "role")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        """The person of a membership never changes."""
        return ("user",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Grant through the action; a new account's first password is shown once."""
        if change:
            actions.change_role(membership=obj, actor=_person(request))
            return
        data = form.cleaned_data
        membership, password = actions.grant_membership(
            username=data["username"], full_name=data["full_name"], email=data["email"], role=form.chosen_role(),
            actor=_person(request),
        )  # fmt: skip
        obj.pk, obj.unit_id, obj.user_id = membership.pk, membership.unit_id, membership.user_id
        if password:
            told = _("Mật khẩu đầu tiên của %(name)s, chỉ hiện một lần. Chép lại và trao tận tay:") % {
                "name": membership.user
            }
            messages.warning(request, format_html('{} <code class="secret">{}</code>', told, password))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Revoke through the action."""
        actions.revoke_membership(membership=obj, actor=_person(request))


class OperatorAdmin(PlainAdmin):
    """Tables above all units: seen and changed by operators only."""

    list_per_page = 50

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Units by name, each with its first day: names come back after mergers."""
        if db_field.remote_field.model is Unit:
            kwargs.setdefault("queryset", Unit.objects.order_by("sort_name", "valid_from"))
            kwargs.setdefault("form_class", UnitChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators only."""
        return bool(getattr(request.user, "is_operator", False))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators only."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators only."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators only."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: units and hosts are closed, not deleted."""
        return False


@admin.register(Unit)
class UnitAdmin(OperatorAdmin):
    """All units; new ones come by `manage.py units import`."""

    purpose = gettext_lazy("Mọi đơn vị, cả đã kết thúc. Đơn vị mới được nạp bằng lệnh: manage.py units import TỆP.csv")
    list_display = ("name", "code", "kind", "first_day", "last_day", "slug")
    list_filter = ("kind",)
    search_fields = ("folded_name", "code", "slug")
    ordering = ("sort_name",)
    fields = ("name", "name_en", "code", "kind", "type_name", "slug", "parent", "first_day", "last_day")
    readonly_fields = ("code", "kind", "slug", "first_day", "last_day", "parent")

    @admin.display(description=gettext_lazy("Có từ ngày"), ordering="valid_from")
    def first_day(self, unit: Unit) -> str:
        """As official documents write it."""
        return date_full(unit.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"), ordering="valid_to")
    def last_day(self, unit: Unit) -> str:
        """The same; a dash while it exists."""
        return date_full(unit.valid_to) or "–"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """With or without marks: names are kept folded."""
        return super().get_search_results(request, queryset, without_marks(search_term).lower())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the import command, which makes host and site too."""
        return False


@admin.register(Domain)
class DomainAdmin(OperatorAdmin):
    """Hosts; the canonical one answers, the others redirect."""

    purpose = gettext_lazy("Mỗi đơn vị có một tên miền chính. Các tên khác tự chuyển về tên chính.")
    add_label = gettext_lazy("Thêm tên miền")
    form = DomainForm
    list_display = ("host", "unit", "canonical_word")
    search_fields = ("host", "unit__folded_name")
    ordering = ("host",)
    list_select_related = ("unit",)

    @admin.display(description=gettext_lazy("Tên miền chính"), ordering="is_canonical")
    def canonical_word(self, domain: Domain) -> str:
        """Answers or redirects, in words."""
        return _("Tên chính") if domain.is_canonical else _("Chuyển về tên chính")


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(OperatorAdmin):
    """Which unit took over from which."""

    purpose = gettext_lazy("Đơn vị nào nhận việc của đơn vị đã kết thúc, toàn bộ hay một phần.")
    add_label = gettext_lazy("Thêm kế thừa")
    form = SuccessionForm
    list_display = ("before", "after", "extent")
    list_select_related = ("predecessor", "successor")
    search_fields = ("predecessor__folded_name", "successor__folded_name")
    ordering = ("predecessor__sort_name", "pk")

    @admin.display(description=gettext_lazy("Đơn vị cũ"), ordering="predecessor__sort_name")
    def before(self, link: UnitSuccession) -> str:
        """The unit that ended."""
        return link.predecessor.name

    @admin.display(description=gettext_lazy("Đơn vị mới"), ordering="successor__sort_name")
    def after(self, link: UnitSuccession) -> str:
        """The unit that took over."""
        return link.successor.name

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """With or without marks: names are kept folded."""
        return super().get_search_results(request, queryset, without_marks(search_term).lower())


def role_label(request: HttpRequest) -> str:
    """The person's role on this unit's site, in words."""
    person = _person(request)
    if person is None:
        return ""
    if person.is_operator:
        return _("Quản trị hệ thống")
    role = Membership.objects.role_of(person.pk)
    return str(Role(role).label) if role else ""


AUDIT_WORDS = {
    "unit.create": gettext_lazy("Tạo đơn vị"),
    "unit.update": gettext_lazy("Sửa đơn vị"),
    "unit.close": gettext_lazy("Kết thúc đơn vị"),
    "unit.succeed": gettext_lazy("Nhận việc của đơn vị cũ"),
    "site.update": gettext_lazy("Sửa thông tin trang"),
    "sitelink.save": gettext_lazy("Lưu liên kết"),
    "sitelink.delete": gettext_lazy("Xóa liên kết"),
    "membership.grant": gettext_lazy("Giao vai trò"),
    "membership.change": gettext_lazy("Đổi vai trò"),
    "membership.revoke": gettext_lazy("Thôi vai trò"),
}
admin.site.audit_words.update(AUDIT_WORDS)  # type: ignore[attr-defined]  # PortalAdminSite's
admin.site.role_label = role_label  # type: ignore[attr-defined]  # likewise
