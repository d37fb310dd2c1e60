"""What a unit's administrator and the operators change about a site."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.admin_base import TenantAdmin
from portal.core.models import User
from units import actions
from units.forms import MembershipForm, SiteForm
from units.models import Domain, Membership, Site, SiteLink, Unit, UnitSuccession


def _person(request: HttpRequest) -> User | None:
    return None if isinstance(request.user, AnonymousUser) else request.user


@admin.register(Site)
class SiteAdmin(TenantAdmin):
    """One row a unit: the list leads straight to it."""

    form = SiteForm

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
        actions.save_site(site=obj, actor=_person(request))

    def response_change(self, request: HttpRequest, obj: Site) -> HttpResponse:
        """Stay: there is nothing else to see."""
        messages.success(request, _("Đã lưu. Trang thay đổi trong vài giây."))
        return HttpResponseRedirect(reverse("admin:units_site_change", args=[obj.pk]))


@admin.register(SiteLink)
class SiteLinkAdmin(TenantAdmin):
    """“Liên kết website”."""

    list_display = ("label", "group", "url", "target_unit", "order")
    list_filter = ("group",)
    list_select_related = ("target_unit",)
    fields = ("group", "label", "url", "target_unit", "order")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the units that exist today; their names are public."""
        if db_field.name == "target_unit":
            kwargs["queryset"] = Unit.objects.current().defer("boundary").order_by("kind", "sort_name")
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

    list_display = ("user", "role")
    list_filter = ("role",)
    list_select_related = ("user",)
    readonly_fields = ("user",)

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
            messages.warning(request, _("Mật khẩu đầu tiên, chỉ hiện một lần: %(word)s") % {"word": password})

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """Revoke through the action."""
        actions.revoke_membership(membership=obj, actor=_person(request))


class OperatorAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Tables above all units: seen and changed by operators only."""

    list_per_page = 50
    actions = None

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

    list_display = ("name", "code", "kind", "valid_from", "valid_to", "slug")
    list_filter = ("kind",)
    search_fields = ("folded_name", "code", "slug")
    ordering = ("sort_name",)
    fields = ("name", "name_en", "code", "kind", "type_name", "slug", "parent", "valid_from", "valid_to")
    readonly_fields = ("code", "kind", "slug", "valid_from", "valid_to", "parent")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """By the import command, which makes host and site too."""
        return False


@admin.register(Domain)
class DomainAdmin(OperatorAdmin):
    """Hosts; the canonical one answers, the others redirect."""

    list_display = ("host", "unit", "is_canonical")
    search_fields = ("host",)
    list_select_related = ("unit",)
    autocomplete_fields = ("unit",)


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(OperatorAdmin):
    """Which unit took over from which."""

    list_display = ("predecessor", "successor", "extent")
    list_select_related = ("predecessor", "successor")
    autocomplete_fields = ("predecessor", "successor")
