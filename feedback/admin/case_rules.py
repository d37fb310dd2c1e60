"""Categories, routes and terms of cases: tables of the whole province, kept by operators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions import case_rules as actions
from feedback.enums.cases import PersonalWish
from feedback.forms.case_rules import CaseCategoryForm, CaseRouteForm, CaseTermForm
from feedback.models import CaseCategory, CaseRoute, CaseTerm
from portal.core.admin_base import PlainAdmin, person_at
from portal.core.templatetags.portal_text import date_full


class DatedAdmin(PlainAdmin):
    """What the three lists share: from when until when."""

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def from_day(self, row: Any) -> str:
        """As official documents write it."""
        return date_full(row.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, row: Any) -> str:
        """A dash while it has no end."""
        return date_full(row.valid_to) or "–"


@admin.register(CaseCategory)
class CaseCategoryAdmin(DatedAdmin):
    """What citizens choose from."""

    form = CaseCategoryForm
    purpose = gettext_lazy("Người dân chọn một loại khi gửi phản ánh. Giữ ít loại, gọi tên như người dân nói.")
    add_label = gettext_lazy("Thêm loại phản ánh")
    list_display = ("name", "examples", "priority", "order", "from_day", "to_day")
    ordering = ("order", "name")

    def save_model(self, request: HttpRequest, obj: CaseCategory, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_category(category=obj, units=form.cleaned_data["units"], actor=person_at(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The units were written by the action."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: reports carry it; it gets a last day."""
        return False


@admin.register(CaseRoute)
class CaseRouteAdmin(DatedAdmin):
    """Who handles what, where."""

    form = CaseRouteForm
    purpose = gettext_lazy(
        "Việc gì, xảy ra ở đâu thì đơn vị nào xử lý. Dòng nêu rõ hơn được dùng trước; không có dòng nào thì phường, xã "
        "nơi xảy ra nhận việc."
    )
    add_label = gettext_lazy("Thêm phân công")
    list_display = ("what", "where", "who", "from_day", "to_day")
    list_filter = ("kind", "category")
    list_select_related = ("category", "commune", "intake", "to_unit")

    @admin.display(description=gettext_lazy("Việc gì"), ordering="category")
    def what(self, route: CaseRoute) -> str:
        """The category, or the kind for all of it."""
        return str(route.category or route.get_kind_display())

    @admin.display(description=gettext_lazy("Ở đâu"))
    def where(self, route: CaseRoute) -> str:
        """Where it happens and where it was sent."""
        places = [str(route.commune)] if route.commune else []
        if route.intake:
            places.append(_("gửi ở trang %(unit)s") % {"unit": route.intake})
        return ", ".join(places) or _("Mọi nơi")

    @admin.display(description=gettext_lazy("Đơn vị xử lý"))
    def who(self, route: CaseRoute) -> str:
        """The unit."""
        return str(route.to_unit or _("Phường, xã nơi xảy ra"))

    def save_model(self, request: HttpRequest, obj: CaseRoute, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_route(route=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: CaseRoute) -> None:
        """Delete through the action."""
        actions.delete_route(route=obj, actor=person_at(request))


@admin.register(CaseTerm)
class CaseTermAdmin(DatedAdmin):
    """Within how many days."""

    form = CaseTermForm
    purpose = gettext_lazy(
        "Số ngày cho từng bước. Quy định mới là một dòng mới; dòng cũ ghi ngày hết áp dụng. Hạn đã báo người gửi giữ nguyên."
    )
    add_label = gettext_lazy("Thêm thời hạn")
    list_display = ("what", "how_long", "from_day", "to_day", "source")
    list_filter = ("kind", "step")
    list_select_related = ("category",)
    list_per_page = 60

    @admin.display(description=gettext_lazy("Việc và bước"), ordering="kind")
    def what(self, term: CaseTerm) -> str:
        """Kind, step, and what it is limited to."""
        limited = [str(term.category)] if term.category else []
        limited += [str(PersonalWish(term.wish).label)] if term.wish in PersonalWish.values else []
        words = f"{term.get_kind_display()}: {term.get_step_display().lower()}"
        return f"{words} ({', '.join(limited)})" if limited else words

    @admin.display(description=gettext_lazy("Số ngày"), ordering="days")
    def how_long(self, term: CaseTerm) -> str:
        """With the kind of days."""
        words = _("%(days)d ngày làm việc") if term.is_working else _("%(days)d ngày")
        return words % {"days": term.days}

    def save_model(self, request: HttpRequest, obj: CaseTerm, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_term(term=obj, actor=person_at(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: past days stand on it; it gets a last day."""
        return False
