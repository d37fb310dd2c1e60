"""Counters, local answers and local fees in the administration."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.templatetags.portal_text import date_full, number_vi
from portal.search.queries import SearchUnavailable
from services.actions import local as actions
from services.admin.local_here import LocalHereMixin
from services.finding import find_procedures
from services.forms.local import OFFERED, CounterForm, LocalAnswerForm, LocalFeeForm
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from units.enums import UnitKind
from units.middleware import unit_of
from units.models import Unit

_HEAVY_OF_PROCEDURE = ("source", "steps", "papers", "conditions", "bases", "result", "agency", "fees", "times")


def offer(unit: Unit, words: str) -> list[Procedure]:
    """A few procedures for what a clerk typed; none while the index can not be read (the code still works)."""
    try:
        return [hit.procedure for hit in find_procedures(words, unit=unit, page_size=OFFERED).hits]
    except SearchUnavailable:
        return []


class ByProcedureAdmin(TenantAdmin):
    """Rows about a procedure: the form finds it by code or by what people call it."""

    list_select_related: ClassVar = ["procedure"]
    search_fields: ClassVar = ["procedure__code", "procedure__name", "procedure__everyday_names"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the long columns of the catalogue."""
        rows = super().get_queryset(request).select_related("procedure")
        return rows.defer(*(f"procedure__{name}" for name in _HEAVY_OF_PROCEDURE))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A form that knows where to look for procedures."""
        # The names of form-only fields would be taken for unknown columns of the model.
        form: Any = super().get_form(request, obj, change, **{**kwargs, "fields": self.own_fields})
        form.finder = staticmethod(partial(offer, unit_of(request)))
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """``?thu_tuc=1.001193``, as “Thủ tục ở đây” leads here."""
        return {"subject": request.GET.get("thu_tuc", "")[:40]}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the row is about first; while that is asked for, the procedures found stand below the words."""
        about = ("procedure_line",) if obj else ("subject", "choice", *self.about_fields)
        names = [name for name in self.own_fields if self.has_field(request, name)]
        return [(None, {"fields": about}), (self.card_title, {"fields": names})]

    @property
    def own_fields(self) -> list[str]:
        """The form's columns of the model, in its order."""
        return list(self.form._meta.fields or ())

    about_fields: tuple[str, ...] = ()
    card_title: Any = ""

    def has_field(self, request: HttpRequest, name: str) -> bool:
        """Whether this unit may fill the field in."""
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the row is about never changes."""
        return ("procedure_line",) if obj else ()

    @admin.display(description=gettext_lazy("thủ tục"))
    def procedure_line(self, row: Any) -> SafeString | str:
        """Code and name, leading to the public page; the field where the row speaks of a whole one."""
        if row.procedure is None:
            return _("Mọi thủ tục lĩnh vực %(name)s") % {"name": row.field}
        url = row.procedure.get_absolute_url()
        return format_html('<a href="{}">{}</a> {}', url, row.procedure.code, row.procedure.short_name)


@admin.register(Counter)
class CounterAdmin(TenantAdmin):
    """Where the unit takes dossiers."""

    form = CounterForm
    purpose = gettext_lazy("Nơi nhận hồ sơ, hiện ở mọi trang thủ tục. Nơi chính dùng cho thủ tục không ghi nơi riêng.")
    add_label = gettext_lazy("Thêm nơi tiếp nhận")
    list_display = ("name", "address", "phone", "main_word", "state")
    fieldsets = (
        (None, {"fields": ("name", "address", "hours", "phone", "email", "map_url", "notes")}),
        (None, {"fields": ("loads",)}),
        (gettext_lazy("Dùng ở đâu"), {"fields": ("is_main", "is_open", "order")}),
    )

    @admin.display(description=gettext_lazy("Nơi chính"), ordering="is_main")
    def main_word(self, counter: Counter) -> str:
        """Whether it stands for every procedure without its own."""
        return _("Nơi chính") if counter.is_main else "–"

    @admin.display(description=gettext_lazy("Tình trạng"), ordering="is_open")
    def state(self, counter: Counter) -> SafeString:
        """In use or not, as a word in its colour."""
        words = _("Đang dùng") if counter.is_open else _("Ngừng dùng")
        return format_html('<span class="tag tag--{}">{}</span>', "published" if counter.is_open else "draft", words)

    def save_model(self, request: HttpRequest, obj: Counter, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_counter(counter=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Counter) -> None:
        """Delete through the action; the stock screen has refused one that procedures lead to."""
        actions.delete_counter(counter=obj, actor=person_at(request))


@admin.register(LocalAnswer)
class LocalAnswerAdmin(LocalHereMixin, ByProcedureAdmin):
    """What the unit says about procedures."""

    form = LocalAnswerForm
    purpose = gettext_lazy(
        "Lời riêng của đơn vị cho từng thủ tục. Không có lời riêng thì trang dùng nơi tiếp nhận chính."
    )
    add_label = gettext_lazy("Ghi cho một thủ tục")
    card_title = gettext_lazy("Ở đây")
    about_fields = ("is_for_field",)
    list_display = ("procedure_name", "handled_word", "counter", "officer_post", "checked")
    list_filter = ("is_handled",)
    list_select_related: ClassVar = ["procedure", "field", "counter"]
    ordering: ClassVar = ["field", "procedure__code"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With field and counter."""
        return super().get_queryset(request).select_related("field", "counter")

    @admin.display(description=gettext_lazy("Thủ tục"), ordering="procedure__code")
    def procedure_name(self, answer: LocalAnswer) -> str:
        """Code and name, or the field."""
        if answer.procedure is None:
            return _("Lĩnh vực %(name)s (mọi thủ tục)") % {"name": answer.field}
        return f"{answer.procedure.code} {answer.procedure.short_name[:120]}"

    @admin.display(description=gettext_lazy("Nhận ở đây"), ordering="is_handled")
    def handled_word(self, answer: LocalAnswer) -> str:
        """Yes or no."""
        return _("Nhận") if answer.is_handled else _("Không nhận")

    @admin.display(description=gettext_lazy("Xem lại"), ordering="checked_on")
    def checked(self, answer: LocalAnswer) -> str:
        """When somebody last looked at it."""
        return date_full(answer.checked_on) or "–"

    def save_model(self, request: HttpRequest, obj: LocalAnswer, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_answer(answer=obj, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: LocalAnswer) -> None:
        """Delete through the action."""
        actions.delete_answer(answer=obj, actor=person_at(request))

    def response_post_save_add(self, request: HttpRequest, obj: LocalAnswer) -> HttpResponseRedirect:
        """Back to “Thủ tục ở đây”, at the procedure's field: the next one waits there."""
        return self._to_here(obj)

    def response_post_save_change(self, request: HttpRequest, obj: LocalAnswer) -> HttpResponseRedirect:
        """The same."""
        return self._to_here(obj)

    def _to_here(self, answer: LocalAnswer) -> HttpResponseRedirect:
        slug = answer.procedure.field.slug if answer.procedure else answer.field.slug if answer.field else ""
        return HttpResponseRedirect(f"{reverse('admin:services_localanswer_here')}?linh_vuc={slug}")


@admin.register(LocalFee)
class LocalFeeAdmin(ByProcedureAdmin):
    """Fees fixed by resolutions."""

    form = LocalFeeForm
    purpose = gettext_lazy("Mức thu theo nghị quyết, có ngày áp dụng. Trang thủ tục tự đổi mức vào ngày ấy.")
    add_label = gettext_lazy("Ghi mức thu")
    card_title = gettext_lazy("Mức thu")
    list_display = ("procedure_name", "amount_words", "per", "resolution", "first_day", "last_day", "state")
    ordering: ClassVar = ["-valid_from", "-pk"]

    def has_field(self, request: HttpRequest, name: str) -> bool:
        """Speaking for all communes is the province's."""
        return name != "reaches_all" or unit_of(request).kind == UnitKind.PROVINCE

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Without the field that is the province's alone, elsewhere."""
        form = super().get_form(request, obj, change, **kwargs)
        if not self.has_field(request, "reaches_all"):
            form.base_fields.pop("reaches_all", None)
        return form

    @admin.display(description=gettext_lazy("Thủ tục"), ordering="procedure__code")
    def procedure_name(self, fee: LocalFee) -> str:
        """Code and name."""
        return f"{fee.procedure.code} {fee.procedure.short_name[:120]}"

    @admin.display(description=gettext_lazy("Mức thu"), ordering="amount")
    def amount_words(self, fee: LocalFee) -> str:
        """In đồng."""
        return _("%(number)s đồng") % {"number": number_vi(fee.amount)} if fee.amount else _("Không thu")

    @admin.display(description=gettext_lazy("Từ ngày"), ordering="valid_from")
    def first_day(self, fee: LocalFee) -> str:
        """As official documents write it."""
        return date_full(fee.valid_from)

    @admin.display(description=gettext_lazy("Đến hết ngày"), ordering="valid_to")
    def last_day(self, fee: LocalFee) -> str:
        """The same; a dash while no end is known."""
        return date_full(fee.valid_to) or "–"

    @admin.display(description=gettext_lazy("Tình trạng"))
    def state(self, fee: LocalFee) -> SafeString:
        """In force, coming or over, as a word in its colour."""
        today = timezone.localdate()
        if fee.valid_from > today:
            return format_html('<span class="tag tag--scheduled">{}</span>', _("Sắp áp dụng"))
        if fee.valid_to and fee.valid_to < today:
            return format_html('<span class="tag">{}</span>', _("Đã hết"))
        return format_html('<span class="tag tag--published">{}</span>', _("Đang áp dụng"))

    def save_model(self, request: HttpRequest, obj: LocalFee, form: Any, change: bool) -> None:
        """Save through the action; earlier rows that it ended are named."""
        actions.save_fee(fee=obj, actor=person_at(request))
        messages.info(request, _("Mức cũ cùng loại, nếu có, hết từ hôm trước ngày áp dụng mức này."))

    def delete_model(self, request: HttpRequest, obj: LocalFee) -> None:
        """Delete through the action."""
        actions.delete_fee(fee=obj, actor=person_at(request))


LINES = (
    MenuItem(
        gettext_lazy("Thủ tục ở đây"), "admin:services_localanswer_here", "clipboard-list", "services.view_localanswer",
        "services.localanswer", 10,
    ),
    MenuItem(
        gettext_lazy("Nơi tiếp nhận"), "admin:services_counter_changelist", "map-pin", "services.view_counter",
        "services.counter", 20,
    ),
    MenuItem(
        gettext_lazy("Mức thu tại địa phương"), "admin:services_localfee_changelist", "coins", "services.view_localfee",
        "services.localfee", 40,
    ),
)  # fmt: skip
AUDIT_WORDS = {
    "counter.save": gettext_lazy("Lưu nơi tiếp nhận"),
    "counter.delete": gettext_lazy("Xóa nơi tiếp nhận"),
    "localanswer.save": gettext_lazy("Ghi hướng dẫn tại đơn vị"),
    "localanswer.copy": gettext_lazy("Chép hướng dẫn sang thủ tục khác"),
    "localanswer.delete": gettext_lazy("Xóa hướng dẫn tại đơn vị"),
    "localfee.save": gettext_lazy("Ghi mức thu"),
    "localfee.delete": gettext_lazy("Xóa mức thu"),
}


def register(site: Any) -> None:
    """Put the screens into the menu and give their verbs words."""
    site.audit_words.update(AUDIT_WORDS)
    site.add_to_menu("services", *LINES)
