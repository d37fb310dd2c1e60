"""Spokespersons, hotlines and the numbers of the law in the administration; what “Việc hôm nay” says of people."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.admin_base import PlainAdmin, TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_short
from units.actions import people_press as actions
from units.enums import Module
from units.forms.people_press import EndForm, HotlineForm, LegalTermForm, SpokespersonForm
from units.middleware import site_of, unit_of
from units.models import Hotline, LegalTerm, Person, Spokesperson, Unit
from units.people.spokes_register import Hours, line_of

PUBLISH = "units.publish_spokesperson"
PANEL_ROWS = 5


def _state(row: Spokesperson) -> SafeString:
    now = timezone.now()
    if row.ends_at and row.ends_at <= now:
        kind, words = "expired", _("Đã thôi")
    elif row.published_at:
        kind, words = "published", _("Đã công bố")
    else:
        kind, words = "draft", _("Chưa công bố")
    return format_html('<span class="tag tag--{}">{}</span>', kind, words)


@admin.register(Spokesperson)
class SpokespersonAdmin(TenantAdmin):
    """“Người phát ngôn”: entered by the office, published by whoever may."""

    form = SpokespersonForm
    purpose = gettext_lazy("Ai cung cấp thông tin cho báo chí. Phải công bố trong thời hạn kể từ lúc giao nhiệm vụ.")
    add_label = gettext_lazy("Thêm người phát ngôn")
    change_form_template = "admin/units/spokesperson/change_form.html"
    list_display = ("name", "post", "role", "assigned", "state")
    ordering = ("-assigned_at", "-pk")

    @admin.display(description=gettext_lazy("Giao nhiệm vụ lúc"), ordering="assigned_at")
    def assigned(self, row: Spokesperson) -> str:
        """When the hours began."""
        return datetime_short(row.assigned_at)

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, row: Spokesperson) -> SafeString:
        """Waiting, public or over."""
        return _state(row)

    def get_urls(self) -> list[Any]:
        """Publishing and ending before the stock screens."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/cong-bo/", view(self.publish_view), name="units_spokesperson_publish"),
            path("<int:pk>/thoi/", view(self.end_view), name="units_spokesperson_end"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What citizens read is changed by who may publish it."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.published_at is None or bool(request.user.has_perm(PUBLISH)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only whom citizens never saw."""
        return super().has_delete_permission(request, obj) and obj is not None and obj.published_at is None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Above the form: where it stands, how many hours, what to do next."""
        row: Spokesperson | None = kwargs.get("obj")
        if row is not None:
            context |= {
                "line": line_of(row, unit_of(request), Hours.read()),
                "state_words": _state(row),
                "may_publish": request.user.has_perm(PUBLISH),
                "is_over": bool(row.ends_at and row.ends_at <= timezone.now()),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Spokesperson, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_spokesperson(spokesperson=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Spokesperson) -> None:
        """Delete through the action."""
        actions.delete_spokesperson(spokesperson=obj, actor=person_at(request))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the row itself: publishing stands there."""
        return HttpResponseRedirect(reverse("admin:units_spokesperson_change", args=[obj.pk]))

    @method_decorator(require_POST)
    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put them on the register now."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        row = get_object_or_404(Spokesperson.objects.all(), pk=pk)
        try:
            done = actions.publish_spokesperson(spokesperson=row, actor=person_at(request))
            messages.success(request, _("Đã công bố.") if done else _("Người khác vừa công bố."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:units_spokesperson_change", args=[pk]))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From when on they speak no more."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        row = get_object_or_404(Spokesperson.objects.all(), pk=pk)
        back, form = reverse("admin:units_spokesperson_change", args=[pk]), EndForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                done = actions.end_spokesperson(spokesperson=row, at=form.cleaned_data["at"], actor=person_at(request))
                messages.success(request, _("Đã ghi thôi nhiệm vụ.") if done else _("Việc này đã ghi từ trước."))
                return HttpResponseRedirect(back)
            except ValidationError as error:
                form.add_error("at", error)
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "form": form, "back_url": back,
            "subject": row.name, "title": _("Thôi nhiệm vụ phát ngôn"), "button": _("Ghi thôi nhiệm vụ"),
            "icon": "log-out", "list_url": reverse("admin:units_spokesperson_changelist"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/units/person/step.html", context)


@admin.register(Hotline)
class HotlineAdmin(TenantAdmin):
    """“Đường dây nóng”."""

    form = HotlineForm
    purpose = gettext_lazy("Các số để người dân gọi. Trang của tỉnh, thành phố có thể cho một số hiện trên mọi trang.")
    add_label = gettext_lazy("Thêm số")
    list_display = ("label", "number", "hours", "for_all")

    def get_fields(self, request: HttpRequest, obj: Hotline | None = None) -> Any:
        """What this unit may set: every site is offered to the province only."""
        return list(HotlineForm().fields)

    def save_model(self, request: HttpRequest, obj: Hotline, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_hotline(hotline=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Hotline) -> None:
        """Delete through the action."""
        actions.delete_hotline(hotline=obj, actor=person_at(request))


@admin.register(LegalTerm)
class LegalTermAdmin(PlainAdmin):
    """Numbers set by law; operators keep them."""

    form = LegalTermForm
    purpose = gettext_lazy(
        "Các con số do luật định, có ngày áp dụng. Luật đổi thì ghi ngày cuối của dòng cũ, thêm dòng mới."
    )
    add_label = gettext_lazy("Thêm thời hạn")
    list_display = ("code", "kind", "number", "valid_from", "valid_to", "source")
    list_filter = ("code",)

    def save_model(self, request: HttpRequest, obj: LegalTerm, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_legal_term(term=obj, actor=person_at(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: past measurements stand on it; it gets a last day."""
        return False


def people_panel(request: HttpRequest) -> dict[str, Any]:
    """Who was assigned to speak and is not public yet, with the hours left; that no leader has been entered; else nothing."""
    user, unit, now = request.user, unit_of(request), timezone.now()
    if not isinstance(user, User) or not user.has_perm("units.change_spokesperson") or unit.is_closed:
        return {}
    # One question for both, so that a desk where nothing waits pays for one.
    known = Unit.objects.filter(pk=unit.pk).values(
        waits=Exists(Spokesperson.objects.unpublished(now)), is_led=Exists(Person.objects.published())
    )[0]
    waiting = known["waits"]
    asks_for_leaders = not known["is_led"] and site_of(request).has(Module.PEOPLE) and user.has_perm("units.add_person")
    if not waiting and not asks_for_leaders:
        return {}
    hours = Hours.read() if waiting else Hours([])
    rows = list(Spokesperson.objects.unpublished(now)[:PANEL_ROWS]) if waiting else []
    return {
        "template": "admin/units/person/desk_panel.html",
        "order": 20,
        "lines": [line_of(row, unit, hours) for row in rows],
        "asks_for_leaders": asks_for_leaders,
    }


SITE: Any = admin.site  # PortalAdminSite
SITE.index_panels.append(people_panel)
SITE.add_to_menu(
    "people",
    MenuItem(gettext_lazy("Lãnh đạo, cán bộ"), "admin:units_person_changelist", "users", "units.view_person", "units.person", 10),
    MenuItem(gettext_lazy("Chức vụ"), "admin:units_post_changelist", "id-card", "units.change_post", "units.post", 20),
    MenuItem(gettext_lazy("Phòng, ban"), "admin:units_division_changelist", "building-2", "units.change_division", "units.division", 30),
    MenuItem(
        gettext_lazy("Người phát ngôn"), "admin:units_spokesperson_changelist", "megaphone", "units.change_spokesperson",
        "units.spokesperson", 40,
    ),
    MenuItem(gettext_lazy("Đường dây nóng"), "admin:units_hotline_changelist", "phone", "units.change_hotline", "units.hotline", 50),
)  # fmt: skip
SITE.add_to_menu(
    "system",
    MenuItem(
        gettext_lazy("Thời hạn theo luật"), "admin:units_legalterm_changelist", "scale", "", "units.legalterm", 56
    ),
)
SITE.audit_words.update(
    {
        "division.add": gettext_lazy("Thêm phòng, ban"),
        "division.change": gettext_lazy("Sửa phòng, ban"),
        "division.delete": gettext_lazy("Xóa phòng, ban"),
        "post.add": gettext_lazy("Thêm chức vụ"),
        "post.change": gettext_lazy("Sửa chức vụ"),
        "post.delete": gettext_lazy("Xóa chức vụ"),
        "staff.add": gettext_lazy("Thêm người"),
        "staff.change": gettext_lazy("Sửa thông tin người"),
        "staff.leave": gettext_lazy("Ghi thôi giữ chức vụ"),
        "staff.delete": gettext_lazy("Xóa người"),
        "appointment.add": gettext_lazy("Ghi giữ chức vụ"),
        "appointment.change": gettext_lazy("Sửa ngày giữ chức vụ"),
        "appointment.end": gettext_lazy("Kết thúc giữ chức vụ"),
        "appointment.delete": gettext_lazy("Xóa dòng giữ chức vụ"),
        "spokesperson.add": gettext_lazy("Thêm người phát ngôn"),
        "spokesperson.change": gettext_lazy("Sửa người phát ngôn"),
        "spokesperson.publish": gettext_lazy("Công bố người phát ngôn"),
        "spokesperson.end": gettext_lazy("Ghi thôi nhiệm vụ phát ngôn"),
        "spokesperson.delete": gettext_lazy("Xóa người phát ngôn"),
        "hotline.add": gettext_lazy("Thêm đường dây nóng"),
        "hotline.change": gettext_lazy("Sửa đường dây nóng"),
        "hotline.delete": gettext_lazy("Xóa đường dây nóng"),
        "legalterm.add": gettext_lazy("Thêm thời hạn theo luật"),
        "legalterm.change": gettext_lazy("Sửa thời hạn theo luật"),
    }
)
