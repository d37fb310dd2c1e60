"""Administration of what the unit discloses: the list and the form."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import take_attachment
from news.actions.disclosure import PUBLISH, delete_disclosure, may_change, save_disclosure, what_is_missing
from news.actions.disclosure_terms import applies_to
from news.admin.budgets import BudgetScreens
from news.admin.disclosure_screens import DisclosureScreens
from news.admin.editor import editor_page
from news.admin.refusals import keep_refusal, refused
from news.enums.documents import DocumentStatus
from news.forms.disclosure import DisclosureForm, read_period
from news.models import DisclosureDuty, DisclosureEntry, Document
from news.rules.disclosure import is_periodic, period_words
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full
from units.middleware import unit_of

READ_ONLY = ("duty", "title", "period_shown", "nothing_arose", "document_number", "signer", "signed_on")
KEY_DIGITS = 18


class LateFilter(admin.SimpleListFilter):
    """In time or late."""

    title = gettext_lazy("đúng hạn")
    parameter_name = "han"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two choices."""
        return [("tre", _("Trễ")), ("dung", _("Đúng hạn"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of the chosen side."""
        if self.value() == "tre":
            return queryset.filter(days_late__gt=0)
        if self.value() == "dung":
            return queryset.filter(days_late=0, due_on__isnull=False, published_at__isnull=False)
        return queryset


@admin.register(DisclosureEntry)
class DisclosureEntryAdmin(DisclosureScreens, BudgetScreens, TenantAdmin):
    """The unit's entries, the newest period first."""

    form = DisclosureForm
    purpose = gettext_lazy("Những gì đơn vị đã công khai và bản nháp. Việc nào đến hạn: xem “Việc phải công khai”.")
    add_label = gettext_lazy("Công khai nội dung mới")
    change_form_template = "admin/news/disclosureentry/change_form.html"
    list_display = ("title", "period_shown", "state", "due_shown", "published_shown")
    list_filter = ("status", LateFilter, "duty__group")
    list_select_related = ("duty",)
    search_fields = ("title", "document_number", "document__number", "signer", "duty__title")
    search_help_text = gettext_lazy("Tìm theo tên, số văn bản, người ký")
    ordering = ("-year", "-part", "-pk")

    def get_urls(self) -> list[Any]:
        """The screens of the mixin before the stock ones."""
        return [*self.screen_urls(), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Lists need no long texts; every screen needs the duty."""
        rows: Any = super().get_queryset(request)
        return rows.select_related("duty", "document")

    # --- the list -----------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("Kỳ"), ordering="year")
    def period_shown(self, entry: DisclosureEntry) -> str:
        """``Quý III năm 2026``; a dash where there is no period."""
        return capfirst(period_words(entry.duty.period, entry.year, entry.part)) or "–"

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="status")
    def state(self, entry: DisclosureEntry) -> SafeString:
        """Draft, published or withdrawn, as a word in its colour."""
        return format_html('<span class="tag tag--{}">{}</span>', entry.status.lower(), entry.get_status_display())

    @admin.display(description=gettext_lazy("Hạn"), ordering="due_on")
    def due_shown(self, entry: DisclosureEntry) -> str:
        """The last day in time; a dash while nothing tells it."""
        return date_full(entry.due_on) or "–"

    @admin.display(description=gettext_lazy("Công khai"), ordering="published_at")
    def published_shown(self, entry: DisclosureEntry) -> str:
        """The day, and how late."""
        day = date_full(entry.published_at) or "–"
        return _("%(day)s (trễ %(late)d ngày)") % {"day": day, "late": entry.days_late} if entry.days_late else day

    # --- rights -------------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not on the site of a unit that is closed."""
        return not unit_of(request).is_closed and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: DisclosureEntry | None = None) -> bool:
        """Drafts for everybody who writes, what citizens saw for who publishes."""
        if obj is None:
            return request.user.has_perm("news.change_disclosureentry")
        return may_change(person_at(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: DisclosureEntry | None = None) -> bool:
        """Only what citizens never saw."""
        if obj is None:
            return request.user.has_perm("news.change_disclosureentry")
        return obj.published_at is None and may_change(person_at(request), obj)

    # --- the form -----------------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: DisclosureEntry | None = None) -> Any:
        """What fits the duty; who may only look sees the row."""
        if obj is not None and not self.has_change_permission(request, obj):
            return ((None, {"fields": READ_ONLY}),)
        duty = obj.duty if obj else _duty_of(request)
        what = ("period", "nothing_arose", "title") if duty and is_periodic(duty.period) else ("title",)
        return (
            (gettext_lazy("Công khai gì"), {"fields": what}),
            (gettext_lazy("Văn bản"), {"fields": ("number", "signer", "signed_on")}),
            (gettext_lazy("Tệp"), {"fields": ("new_files", "attachments")}),
            (gettext_lazy("Nội dung"), {"fields": ("body",)}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The period in words where the row is only looked at."""
        return () if obj is None or self.has_change_permission(request, obj) else ("period_shown",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form of the duty; after a refusal one that carries it as its error."""
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        duty = None if obj else _duty_of(request)
        if duty is not None:
            form = type(form)("NewDisclosureForm", (_NewForm, form), {"new_duty": duty})
        return refused(form, request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The period that was pressed, the document it is disclosed from."""
        found: dict[str, Any] = {"period": request.GET.get("ky", "")} if read_period(request.GET.get("ky", "")) else {}
        key = request.GET.get("van-ban", "")
        document = Document.objects.filter(pk=int(key)).first() if _is_key(key) else None
        if document is not None:
            post = ", ".join(word for word in (document.signer_name, document.signer_post) if word)
            found |= {"number": document.number, "signer": post, "signed_on": document.issued_on}
            found |= {"title": document.abstract[:250]}
        return found

    @editor_page
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form; a new entry begins with the choice of its duty. What an action refuses comes back in the form."""
        if object_id is None and self.has_add_permission(request) and _duty_of(request) is None:
            return HttpResponseRedirect(reverse("admin:news_disclosureentry_todo"))
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            keep_refusal(request, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Beside the form: the duty, where the entry stands, what is missing, what can be done next."""
        entry: DisclosureEntry | None = kwargs.get("obj")
        may_edit = entry is None or self.has_change_permission(request, entry)
        context |= {"duty": entry.duty if entry else _duty_of(request), "may_edit": may_edit}
        context["numbers"] = DisclosureForm.numbers() if may_edit else []
        if entry is not None:
            context |= {
                "steps": self.steps_for(request, entry), "state_words": self.state(entry),
                "missing": what_is_missing(entry) if entry.status != DocumentStatus.PUBLISHED else [],
                "may_publish": request.user.has_perm(PUBLISH),
            }  # fmt: skip
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: DisclosureEntry, form: Any, change: bool) -> None:
        """Save through the action, new files first."""
        data, user = form.cleaned_data, person_at(request)
        chosen, brought = data.get("attachments"), data.get("new_files") or []
        files = None
        if chosen is not None or brought:
            fresh = [take_attachment(upload=one, name=one.name, size=one.size, actor=user)[0] for one in brought]
            files = [*(chosen or []), *fresh]
        save_disclosure(entry=obj, actor=user, files=files, seen=form.seen_at() if change else None)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the entry itself: the next step stands there."""
        return HttpResponseRedirect(reverse("admin:news_disclosureentry_change", args=[obj.pk]))

    response_post_save_change = response_post_save_add

    def delete_model(self, request: HttpRequest, obj: DisclosureEntry) -> None:
        """Delete through the action."""
        try:
            delete_disclosure(entry=obj, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            raise PermissionDenied from error


class _NewForm:
    """In front of the entry's form: the duty a new entry is for."""

    new_duty: DisclosureDuty

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance") or DisclosureEntry()
        instance.duty = self.new_duty
        super().__init__(*args, **{**kwargs, "instance": instance})


def _is_key(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) <= KEY_DIGITS


def _duty_of(request: HttpRequest) -> DisclosureDuty | None:
    """The duty the address names, if this unit owes it; asked once a request."""
    if "disclosure_duty" not in request.__dict__:
        raw = request.GET.get("noi-dung", "")
        duty = DisclosureDuty.objects.filter(pk=int(raw)).first() if _is_key(raw) else None
        owed = duty is not None and applies_to(duty, unit_of(request).kind)
        request.__dict__["disclosure_duty"] = duty if owed else None
    found: DisclosureDuty | None = request.__dict__["disclosure_duty"]
    return found
