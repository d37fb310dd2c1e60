"""People in the administration: divisions, posts, and one screen that enters a leader completely."""

from typing import Any, Final

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.text import folded
from units.actions.people import delete_staff_row, other_holders, save_division, save_post, save_staff
from units.admin import people_press
from units.admin.people_screens import LeavingScreens
from units.enums.people import PostLevel
from units.forms.people import AppointmentForm, AppointmentFormSet, DivisionForm, PersonForm, PostForm
from units.models import Appointment, Division, Person, Post
from units.people.pages import post_title

# CKEditor 4 does not start without both; only these screens get them (docs/decisions/0002-ckeditor.md).
editor_page = method_decorator(csp_update({"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}))
TAG: Final = '<span class="tag tag--{}">{}</span>'
__all__ = ["DivisionAdmin", "PersonAdmin", "PostAdmin", "people_press"]


def _holding() -> Any:
    rows = Appointment.objects.on(timezone.localdate()).select_related("post", "person").order_by("post__order", "pk")
    return Prefetch("appointments", queryset=rows, to_attr="holding")


class _StaffAdmin(TenantAdmin):
    """What the three screens share: deleting goes through the action, which says why it can not."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete through the action."""
        try:
            delete_staff_row(row=obj, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            raise PermissionDenied from error


@admin.register(Division)
class DivisionAdmin(_StaffAdmin):
    """“Phòng, ban”."""

    form = DivisionForm
    purpose = gettext_lazy("Các phòng, ban, trung tâm của đơn vị. Sơ đồ tổ chức và danh bạ tự lấy từ đây.")
    add_label = gettext_lazy("Thêm phòng, ban")
    list_display = ("name", "kind", "parent", "phone", "shown")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name")
    search_help_text = gettext_lazy("Tìm theo tên phòng, ban")

    @admin.display(description=gettext_lazy("Trên trang"), ordering="is_shown")
    def shown(self, row: Division) -> SafeString:
        """Whether citizens see it."""
        return shown_tag(is_shown=row.is_shown)

    def save_model(self, request: HttpRequest, obj: Division, form: Any, change: bool) -> None:
        """Save through the action."""
        save_division(division=obj, actor=person_at(request))


@admin.register(Post)
class PostAdmin(_StaffAdmin):
    """“Chức vụ”."""

    form = PostForm
    purpose = gettext_lazy("Các ghế của đơn vị. Người thay nhau giữ; ghi ai giữ từ ngày nào ở mục Lãnh đạo, cán bộ.")
    add_label = gettext_lazy("Thêm chức vụ")
    list_display = ("title", "short_title", "level", "division", "holders")
    list_filter = ("level",)
    search_fields = ("title", "short_title")
    search_help_text = gettext_lazy("Tìm theo tên chức vụ")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With today's holders, for the list."""
        return super().get_queryset(request).select_related("division").prefetch_related(_holding())

    @admin.display(description=gettext_lazy("Ai đang giữ"))
    def holders(self, row: Any) -> str:
        """Their names; a dash for an empty seat."""
        return ", ".join(one.person.full_name for one in row.holding) or "–"

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        """Save through the action."""
        save_post(post=obj, actor=person_at(request))


class AppointmentInline(admin.StackedInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the person holds and held; whoever may change the person may change it."""

    model = Appointment
    form = AppointmentForm
    formset = AppointmentFormSet
    fk_name = "person"
    extra = 1
    max_num = 30
    verbose_name_plural = gettext_lazy("Giữ chức vụ nào, từ ngày, đến ngày")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Choices without the pop-up links of the stock admin, as PlainAdmin's."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the posts' names."""
        return super().get_queryset(request).select_related("post")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the person."""
        return bool(request.user.has_perm("units.view_person"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the person."""
        return bool(request.user.has_perm("units.change_person"))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing the person."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A line entered by mistake; one who leaves gets an end instead."""
        return self.has_change_permission(request, obj)


@admin.register(Person)
class PersonAdmin(LeavingScreens, _StaffAdmin):
    """“Lãnh đạo, cán bộ”."""

    form = PersonForm
    inlines = (AppointmentInline,)
    purpose = gettext_lazy(
        "Ai làm ở đây, giữ chức vụ nào từ ngày nào. Lãnh đạo có trang riêng và có cột trên lịch công tác."
    )
    add_label = gettext_lazy("Thêm người")
    change_form_template = "admin/units/person/change_form.html"
    list_display = ("full_name", "posts_now", "shown")
    list_filter = ("is_shown", "appointments__post__level")
    search_fields = ("folded",)
    search_help_text = gettext_lazy("Tìm theo tên, có dấu hay không dấu")
    fieldsets = (
        (None, {"fields": ("full_name", "honorific")}),
        (gettext_lazy("Liên hệ của cơ quan"), {"fields": ("phone", "email")}),
        (gettext_lazy("Ảnh, tiểu sử"), {"fields": ("portrait_upload", "remove_portrait", "biography")}),
        (
            gettext_lazy("Hiện trên trang, tài khoản"),
            {"fields": ("is_shown", "order", "account"), "classes": ("fold",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With today's posts, without long texts in lists."""
        return super().get_queryset(request).prefetch_related(_holding())

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody is asked to remove a portrait that is not there."""
        if obj is not None and obj.portrait:
            return self.fieldsets
        return tuple(
            (name, {**part, "fields": tuple(one for one in part["fields"] if one != "remove_portrait")})
            for name, part in self.fieldsets
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Names are kept without marks beside themselves."""
        return super().get_search_results(request, queryset, folded(search_term))

    @admin.display(description=gettext_lazy("Chức vụ hôm nay"))
    def posts_now(self, row: Any) -> SafeString | str:
        """What they hold; plainly said when it is nothing, for then no page shows them."""
        words = ", ".join(post_title(one) for one in row.holding)
        return words or format_html(TAG, "draft", _("Không giữ chức vụ"))

    @admin.display(description=gettext_lazy("Trên trang"), ordering="is_shown")
    def shown(self, row: Person) -> SafeString:
        """Whether citizens see them."""
        return shown_tag(is_shown=row.is_shown)

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The editor's page; what only the action could see is said above the form."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The way to the page that citizens see, and to “thôi giữ chức vụ”."""
        row: Any = kwargs.get("obj")
        if row is not None:
            context |= {
                "steps": self.steps_for(request, row),
                "has_page": Person.objects.published().filter(pk=row.pk).exists(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Nothing yet: the person and what they hold are saved together."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """One action saves everything; a seat that somebody else seems to keep is mentioned."""
        held = []
        dropped: list[Appointment] = []
        for formset in formsets:
            formset.save(commit=False)
            dropped += formset.deleted_objects
            gone = set(formset.deleted_forms)
            held += [one.held_line() for one in formset.forms if one.has_changed() and one not in gone]
        save_staff(
            person=form.instance, actor=person_at(request), portrait=form.cleaned_data.get("portrait_upload"),
            without_portrait=bool(form.cleaned_data.get("remove_portrait")), held=held, dropped=dropped,
        )  # fmt: skip
        for line in held:
            if line.appointment.post.level == PostLevel.LEADER and (names := other_holders(line.appointment)):
                words = _("“%(post)s” cũng đang ghi cho %(names)s. Người ấy đã thôi thì bấm “Thôi giữ chức vụ”.")
                messages.warning(request, words % {"post": line.appointment.post.title, "names": ", ".join(names)})

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the list, where the next person is one button away."""
        return HttpResponseRedirect(reverse("admin:units_person_changelist"))


def shown_tag(*, is_shown: bool) -> SafeString:
    """Shown or hidden, as a word in its colour."""
    return format_html(TAG, "published", _("Đang hiện")) if is_shown else format_html(TAG, "draft", _("Đang ẩn"))
