"""Rate tables, the units' parts of them, and the people who are paid."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import royalty as people_actions
from news.actions import royalty_tables as actions
from news.actions.royalty_terms import RateBook
from news.enums.royalty import RateStatus
from news.forms.royalty_tables import (
    ContributorForm,
    FactorForm,
    GenreForm,
    LineFormSet,
    StartForm,
    SupplementForm,
    TableForm,
)
from news.models import Contributor, RoyaltyFactor, RoyaltyGenre, RoyaltySupplement, RoyaltyTable
from news.rules.royalty import first_of
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full, number_vi
from units.enums import UnitKind
from units.middleware import unit_of


class _Lines(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """Lines of a draft: whoever may change the table may change them."""

    formset = LineFormSet
    extra = 3

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the table."""
        return request.user.has_perm("news.view_royaltytable")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the table."""
        return request.user.has_perm("news.change_royaltytable") and (obj is None or obj.status == RateStatus.DRAFT)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As changing."""
        return self.has_change_permission(request, obj)


class GenreInline(_Lines):
    """Genres with their coefficients."""

    model = RoyaltyGenre
    form = GenreForm


class SupplementInline(_Lines):
    """Supplements with their percentages."""

    model = RoyaltySupplement
    form = SupplementForm


@admin.register(RoyaltyTable)
class RoyaltyTableAdmin(TenantAdmin):
    """The unit's own tables; the one it is paid by may be the province's, which is shown above the list."""

    form = TableForm
    change_list_template = "admin/news/royalty/tables.html"
    change_form_template = "admin/news/royalty/table.html"
    inlines = (GenreInline, SupplementInline)
    list_display = ("name", "decision", "base", "from_day", "to_day", "status_tag")
    ordering = ("-valid_from", "-pk")

    @admin.display(description=gettext_lazy("Quyết định"))
    def decision(self, table: RoyaltyTable) -> str:
        """Number and day."""
        day = _(" ngày %(day)s") % {"day": date_full(table.decision_date)} if table.decision_date else ""
        return f"{table.decision_number}{day}" if table.decision_number else "–"

    @admin.display(description=gettext_lazy("Đơn vị hệ số"), ordering="base_amount")
    def base(self, table: RoyaltyTable) -> str:
        """In đồng."""
        return f"{number_vi(table.base_amount)} đ"

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def from_day(self, table: RoyaltyTable) -> str:
        """As official documents write it."""
        return date_full(table.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, table: RoyaltyTable) -> str:
        """A dash while it has no end."""
        return date_full(table.valid_to) or "–"

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def status_tag(self, table: RoyaltyTable) -> SafeString:
        """The status as a word in its colour."""
        kind = "published" if table.status == RateStatus.IN_FORCE else "draft"
        return format_html('<span class="tag tag--{}">{}</span>', kind, table.get_status_display())

    def get_urls(self) -> list[Any]:
        """The steps of a table before the stock addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("mau/", wrap(self.template_view), name="news_royaltytable_template"),
            path("<int:pk>/buoc/", wrap(self.step_view), name="news_royaltytable_step"),
            *super().get_urls(),
        ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only; a confirmed table is read."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == RateStatus.DRAFT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts only."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == RateStatus.DRAFT)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The own tables, and what holds today."""
        start = StartForm(initial={"valid_from": first_of(timezone.localdate())})
        more = {"terms": RateBook().on(timezone.localdate()), "start_form": start, "unit_id": unit_of(request).pk}
        return super().changelist_view(request, {**more, **(extra_context or {})})

    def template_view(self, request: HttpRequest) -> HttpResponse:
        """Make a draft from the template of the old maxima (POST)."""
        if not request.user.has_perm("news.add_royaltytable"):
            raise PermissionDenied
        form = StartForm(request.POST)
        if request.method != "POST" or not form.is_valid():
            messages.error(request, _("Chọn ngày áp dụng rồi bấm “Lấy bảng mẫu”."))
            return HttpResponseRedirect(reverse("admin:news_royaltytable_changelist"))
        table = actions.take_template(valid_from=form.cleaned_data["valid_from"], actor=person_at(request))
        messages.success(request, _("Đã tạo bản nháp từ bảng mẫu. Sửa theo quyết định của tỉnh rồi ban hành."))
        return HttpResponseRedirect(reverse("admin:news_royaltytable_change", args=[table.pk]))

    def step_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Confirm a draft, take a table back, or copy one (POST)."""
        if not request.user.has_perm("news.change_royaltytable"):
            raise PermissionDenied
        table = get_object_or_404(RoyaltyTable, pk=pk)
        target = table
        if request.method == "POST":
            try:
                target = self._step(request, table)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(reverse("admin:news_royaltytable_change", args=[target.pk]))

    @staticmethod
    def _step(request: HttpRequest, table: RoyaltyTable) -> RoyaltyTable:
        verb, person = request.POST.get("do", ""), person_at(request)
        if verb == "confirm":
            actions.confirm_table(table=table, actor=person)
            messages.success(request, _("Đã ban hành. Bảng áp dụng từ %(day)s.") % {"day": date_full(table.valid_from)})
        elif verb == "withdraw":
            actions.withdraw_table(table=table, actor=person)
            messages.success(request, _("Đã đưa về bản nháp. Trong lúc này bảng không áp dụng."))
        elif verb == "copy":
            copy = actions.copy_table(table=table, valid_from=timezone.localdate(), actor=person)
            messages.success(request, _("Đã sao thành bản nháp mới. Sửa ngày áp dụng và các mức rồi ban hành."))
            return copy
        return table

    def save_model(self, request: HttpRequest, obj: RoyaltyTable, form: Any, change: bool) -> None:
        """Save the draft through its action."""
        actions.save_table(table=obj, actor=person_at(request))

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The lines; new ones stand behind the old ones."""
        rows = formset.save(commit=False)
        for gone in formset.deleted_objects:
            gone.delete()
        after = max((line.order for line in formset.queryset), default=0)
        for row in rows:
            if not row.pk:
                after += 1
                row.order = after
            row.save()

    def delete_model(self, request: HttpRequest, obj: RoyaltyTable) -> None:
        """Throw a draft away through its action."""
        actions.delete_table(table=obj, actor=person_at(request))

    def response_change(self, request: HttpRequest, obj: RoyaltyTable) -> HttpResponse:
        """Stay on the table: the next step is to confirm it."""
        messages.success(request, _("Đã lưu “%(name)s”.") % {"name": obj})
        return HttpResponseRedirect(reverse("admin:news_royaltytable_change", args=[obj.pk]))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """As after a change."""
        return self.response_change(request, obj)


@admin.register(RoyaltyFactor)
class RoyaltyFactorAdmin(TenantAdmin):
    """Only the province's site has this screen: its rows are the province's."""

    form = FactorForm
    purpose = gettext_lazy(
        "Đơn vị không có bảng riêng trả theo bảng của tỉnh, nhân với tỷ lệ ở đây. Không có dòng nào: 100%."
    )
    add_label = gettext_lazy("Thêm tỷ lệ")
    list_display = ("target", "percent_word", "from_day", "to_day", "decision_number")
    list_select_related = ("target_unit",)
    ordering = ("-valid_from", "-pk")

    @admin.display(description=gettext_lazy("Cho đơn vị"))
    def target(self, factor: RoyaltyFactor) -> str:
        """The unit or the kind."""
        return str(factor.target_unit or factor.get_target_kind_display())

    @admin.display(description=gettext_lazy("Tỷ lệ"), ordering="percent")
    def percent_word(self, factor: RoyaltyFactor) -> str:
        """``20 %``."""
        return f"{people_actions.plain_number(factor.percent)} %"

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def from_day(self, factor: RoyaltyFactor) -> str:
        """As official documents write it."""
        return date_full(factor.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"))
    def to_day(self, factor: RoyaltyFactor) -> str:
        """A dash while it has no end."""
        return date_full(factor.valid_to) or "–"

    def has_module_permission(self, request: HttpRequest) -> bool:
        """On the province's host only."""
        return unit_of(request).kind == UnitKind.PROVINCE and super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the province's host only."""
        return unit_of(request).kind == UnitKind.PROVINCE and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """On the province's host only."""
        return unit_of(request).kind == UnitKind.PROVINCE and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On the province's host only."""
        return unit_of(request).kind == UnitKind.PROVINCE and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: RoyaltyFactor, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_factor(factor=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: RoyaltyFactor) -> None:
        """Delete through the action."""
        actions.delete_factor(factor=obj, actor=person_at(request))


@admin.register(Contributor)
class ContributorAdmin(TenantAdmin):
    """The unit's writers."""

    form = ContributorForm
    purpose = gettext_lazy("Người nhận nhuận bút. Gõ bút danh mới khi chấm bài thì máy tự thêm vào đây.")
    add_label = gettext_lazy("Thêm người viết")
    list_display = ("pen_name", "real_name", "department", "staff_word", "user")
    list_select_related = ("user",)
    search_fields = ("pen_name", "real_name")
    ordering = ("key",)

    @admin.display(description=gettext_lazy("Thuộc đơn vị"), ordering="is_staff")
    def staff_word(self, person: Contributor) -> str:
        """Staff or from outside, in words."""
        return _("Người của đơn vị") if person.is_staff else _("Cộng tác ngoài")

    def save_model(self, request: HttpRequest, obj: Contributor, form: Any, change: bool) -> None:
        """Save through the action."""
        people_actions.save_contributor(contributor=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Contributor) -> None:
        """Delete through the action; whoever was paid is protected by the database."""
        people_actions.delete_contributor(contributor=obj, actor=person_at(request))
