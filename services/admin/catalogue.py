"""Procedures in the administration: the source to read, our words to write, forms to download, what changed when."""

from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.text import folded
from services.actions.catalogue_care import delete_download, save_download, save_our_words
from services.admin.catalogue_filters import DoorFilter, FieldFilter, LevelFilter, OnlineFilter, StateFilter
from services.admin.catalogue_rights import may_care
from services.forms.catalogue import DownloadForm, ProcedureCareForm
from services.models import Procedure, ProcedureForm
from services.procedure_facts import levels_of
from services.procedure_history import COLUMN_NAMES, history_context
from services.rules.source_text import fold_lines

SHOWN: Final = 140
OPEN: Final = 600
"""Characters of one column of the source that stand open on the screen."""


@admin.register(Procedure)
class ProcedureAdmin(TenantAdmin):
    """The one catalogue of all sites; nobody adds or deletes by hand, the import does."""

    form = ProcedureCareForm
    purpose = gettext_lazy(
        "Nội dung lấy từ Cổng Dịch vụ công quốc gia, không sửa ở đây. Viết thêm tên thường gọi và lời nói ngắn cho dễ hiểu."
    )
    change_form_template = "admin/services/procedure_form.html"
    list_display = ("name_link", "field_link", "levels", "state")
    list_display_links = None
    list_filter = (FieldFilter, StateFilter, LevelFilter, DoorFilter, OnlineFilter)
    list_select_related = ("field",)
    search_fields = ("name",)  # shows the box; get_search_results below finds in any spelling
    ordering = ("code",)
    fieldsets: ClassVar[Any] = (
        (gettext_lazy("Lời của mình"), {"fields": ("everyday_names", "summary", "often_order", "checked_on")}),
        (gettext_lazy("Nộp trực tuyến"), {"fields": ("online_level", "online_reason", "submit_url")}),
    )

    # --- rights ---

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what disappears from the source is closed by the import."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators, and the province's office on its own site."""
        return may_care(request, "services.change_procedure")

    # --- the list ---

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the long columns; the change screen asks for them itself."""
        rows: Any = super().get_queryset(request)
        return rows.light()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Codes, names, everyday names and fields, with marks or without."""
        words = folded(search_term).split()
        return (queryset.named_like(words) if words else queryset), False

    @admin.display(description=gettext_lazy("thủ tục"), ordering="code")
    def name_link(self, procedure: Procedure) -> SafeString:
        """The name, shortened, leading to the screen; the code below it."""
        name, url = procedure.short_name, reverse("admin:services_procedure_change", args=[procedure.pk])
        shown = name if len(name) <= SHOWN else f"{name[:SHOWN]}…"
        return format_html('<a href="{}">{}</a><br><span class="meta">{}</span>', url, shown, procedure.code)

    @admin.display(description=gettext_lazy("lĩnh vực"), ordering="field__name")
    def field_link(self, procedure: Procedure) -> SafeString:
        """The field; press to see only its procedures."""
        return format_html('<a href="?linh-vuc={}">{}</a>', procedure.field.slug, procedure.field.name)

    @admin.display(description=gettext_lazy("cấp"))
    def levels(self, procedure: Procedure) -> str:
        """Who handles it."""
        return levels_of(procedure) or "–"

    @admin.display(description=gettext_lazy("tình trạng"), ordering="valid_to")
    def state(self, procedure: Procedure) -> SafeString:
        """In use, often needed or closed, as a word in its colour."""
        if procedure.is_closed:
            return format_html('<span class="tag tag--draft">{}</span>', _("Đã đóng"))
        words = _("Nhiều người cần") if procedure.often_order is not None else _("Đang dùng")
        return format_html('<span class="tag tag--published">{}</span>', words)

    # --- one procedure ---

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Our words, then what the source says, to read."""
        procedure: Procedure = kwargs.get("obj") or context["original"]
        extra = {
            "source_columns": source_columns(procedure),
            "number_of_forms": procedure.forms.count(),
            "may_care": self.has_change_permission(request, procedure),
        }
        return super().render_change_form(request, {**context, **extra}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Procedure, form: Any, change: bool) -> None:
        """Save through the action; only our own columns."""
        save_our_words(procedure=obj, changed=[*form.changed_data, "online_reason"], actor=person_at(request))

    def get_urls(self) -> list[Any]:
        """Versions and forms to download, beside the stock screens."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/phien-ban/", view(self.versions_view), name="services_procedure_versions"),
            path("<int:pk>/bieu-mau/", view(self.forms_view), name="services_procedure_forms"),
            *super().get_urls(),
        ]

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the source said before, as differences."""
        procedure = self._seen(request, pk)
        before = request.GET.get("truoc", "")
        number = int(before) if before.isascii() and before.isdigit() and len(before) < 9 else None  # noqa: PLR2004
        context = {**self._context(request, procedure), **history_context(request, procedure.code, number)}
        return render(request, "admin/services/procedure_versions.html", context)

    def forms_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The forms to download: add, change or take away one."""
        procedure = self._seen(request, pk)
        may = self.has_change_permission(request, procedure)
        if request.method == "POST" and not may:
            raise PermissionDenied
        chosen = self._chosen(request, procedure)
        if request.method == "POST" and "delete" in request.POST and chosen.pk:
            delete_download(form=chosen, actor=person_at(request))
            messages.success(request, _("Đã bỏ mẫu “%(title)s”.") % {"title": chosen.title})
            return HttpResponseRedirect(request.path)
        form = DownloadForm(request.POST or None, request.FILES or None, instance=chosen)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["upload"]
            save_download(form=form.instance, upload=upload, checked=form.checked, actor=person_at(request))
            messages.success(request, _("Đã lưu mẫu “%(title)s”.") % {"title": form.instance.title})
            return HttpResponseRedirect(request.path)
        context: dict[str, Any] = {"form": form, "chosen": chosen if chosen.pk else None, "may_care": may}
        context["downloads"] = list(ProcedureForm.objects.of_procedure(procedure))
        return render(request, "admin/services/procedure_forms.html", {**self._context(request, procedure), **context})

    def _seen(self, request: HttpRequest, pk: int) -> Procedure:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Procedure.objects.select_related("field"), pk=pk)

    @staticmethod
    def _chosen(request: HttpRequest, procedure: Procedure) -> ProcedureForm:
        """The form the screen is about: one of this procedure's, or a new one."""
        key = request.POST.get("mau") or request.GET.get("mau") or ""
        if not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 - a 64-bit number at most
            return ProcedureForm(procedure=procedure)
        return get_object_or_404(ProcedureForm, pk=key, procedure=procedure)

    def _context(self, request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "procedure": procedure}


def source_columns(procedure: Procedure) -> list[dict[str, Any]]:
    """What the source says, column by column and word for word; long ones folded."""
    names = [*COLUMN_NAMES, *(name for name in procedure.source if name not in COLUMN_NAMES)]
    return [
        {"label": COLUMN_NAMES.get(name, name), "text": fold_lines(procedure.source[name], OPEN)}
        for name in names
        if procedure.source.get(name)
    ]
