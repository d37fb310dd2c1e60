"""What a unit's administrator changes about the site."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from units import actions
from units.forms import MembershipForm, SiteForm, SiteLinkForm, UnitChoiceField
from units.forms.sites import ENGLISH_FIELDS
from units.models import Membership, Site, SiteLink, Unit


@admin.register(Site)
class SiteAdmin(TenantAdmin):
    """One row a unit: the list leads straight to it."""

    form = SiteForm
    change_form_template = "admin/units/site/change_form.html"
    fieldsets = (
        (gettext_lazy("Chân trang"), {"fields": ("responsible", "address", "phone", "email")}),
        (gettext_lazy("Giờ làm việc, nơi gặp"), {"fields": ("hours", "contact_lines")}),
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
        (gettext_lazy("Chữ trên trang tiếng Anh"), {"fields": ENGLISH_FIELDS, "classes": ("fold",)}),
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
        actions.save_site(
            site=obj, emblem=data["emblem_upload"], banner=data["banner_upload"], actor=person_at(request)
        )

    def get_fieldsets(self, request: HttpRequest, obj: Site | None = None) -> Any:
        """“Bỏ …” only where there is something of one's own."""
        kept = {"remove_emblem": bool(obj and obj.emblem), "remove_banner": bool(obj and obj.banner_file)}
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if kept.get(str(name), True))})
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
    fields = ("group", "label", "label_en", "url", "target_unit", "order")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the units that exist today; their names are public."""
        if db_field.name == "target_unit":
            kwargs["queryset"] = Unit.objects.current().defer("boundary").order_by("kind", "sort_name")
            kwargs.setdefault("form_class", UnitChoiceField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: SiteLink, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_site_link(link=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: SiteLink) -> None:
        """Delete through the action."""
        actions.delete_site_link(link=obj, actor=person_at(request))


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
            actions.change_role(membership=obj, actor=person_at(request))
            return
        data = form.cleaned_data
        membership, password = actions.grant_membership(
            username=data["username"], full_name=data["full_name"], email=data["email"], role=form.chosen_role(),
            actor=person_at(request),
        )  # fmt: skip
        obj.pk, obj.unit_id, obj.user_id = membership.pk, membership.unit_id, membership.user_id
        if password:
            told = _("Mật khẩu đầu tiên của %(name)s, chỉ hiện một lần. Chép lại và trao tận tay:") % {
                "name": membership.user
            }
            messages.warning(request, format_html('{} <code class="secret">{}</code>', told, password))

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Revoke through the action."""
        actions.revoke_membership(membership=obj, actor=person_at(request))
