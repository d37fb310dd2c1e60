"""Tables above all units: for operators only."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import PlainAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from portal.core.text import without_marks
from units import actions
from units.forms import DomainForm, SuccessionForm, UnitChoiceField, UserForm
from units.models import Domain, Unit, UnitSuccession


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

    def save_model(self, request: HttpRequest, obj: Unit, form: Any, change: bool) -> None:
        """Save the names through the action."""
        actions.rename_unit(unit=obj, actor=person_at(request))


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

    def save_model(self, request: HttpRequest, obj: Domain, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_domain(domain=obj, actor=person_at(request))


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

    def save_model(self, request: HttpRequest, obj: UnitSuccession, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_succession(link=obj, actor=person_at(request))


@admin.register(User)
class UserAdmin(OperatorAdmin):
    """Everybody who can log in; roles are given on each unit's own site."""

    purpose = gettext_lazy("Mọi người đăng nhập được. Vai trò giao ở mục Ban biên tập trên trang của từng đơn vị.")
    form = UserForm
    list_display = ("username", "full_name", "email", "active_word")
    search_fields = ("username", "full_name", "email")
    ordering = ("username",)
    fields = ("username", "full_name", "email", "is_active", "new_password")
    readonly_fields = ("username",)

    @admin.display(description=gettext_lazy("Đăng nhập"), ordering="is_active")
    def active_word(self, user: User) -> str:
        """Whether the account is open, in words."""
        return _("Đang mở") if user.is_active else _("Đã khóa")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People are added to an editorial board; operators by `manage.py createsuperuser`."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save through the action; a new password is shown once."""
        password = actions.save_person(person=obj, reset=form.cleaned_data["new_password"], actor=person_at(request))
        if password:
            messages.warning(request, _("Mật khẩu mới, chỉ hiện một lần: %(word)s") % {"word": password})
