"""“Nạp lịch từ Word, Excel”: send a file, look at what was read, correct it, take it into the week's table."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.spreadsheets import XLSX_TYPE
from portal.core.templatetags.portal_text import datetime_long
from units.actions.schedule_import import (
    ImportGone,
    LinesRefused,
    correct_import,
    drop_import,
    keep_import,
    load_import,
)
from units.admin.schedule_files import week_urls
from units.admin.schedule_grid_page import grid_url
from units.enums.schedule import ImportStatus
from units.forms.schedule_import import ScheduleFileForm, monday_of_key, usual_week, week_key, week_words
from units.forms.schedule_import_lines import ScheduleLinesForm
from units.middleware import site_of
from units.models import ScheduleImport
from units.schedule.directory import directory_of_week
from units.schedule.files import DOCX_TYPE, file_response
from units.schedule.samples import sample_docx, sample_xlsx

SITE: Any = admin.site  # PortalAdminSite
_TAGS: Final = {ImportStatus.PREVIEW: "scheduled", ImportStatus.LOADED: "published", ImportStatus.DROPPED: "expired"}
_MOST_DIGITS: Final = 6


@admin.register(ScheduleImport)
class ScheduleImportAdmin(TenantAdmin):
    """Files that were read, newest first; a department's writer sees their own."""

    purpose = gettext_lazy("Lịch tuần đã có sẵn trong tệp Word, Excel thì nạp ở đây, khỏi gõ lại.")
    add_label = gettext_lazy("Nạp một tệp")
    list_display = ("file_name", "week_words", "state_tag", "number", "who", "moment")
    list_select_related = ("week", "made_by")
    ordering = ("-made_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """The office's all; a writer's own."""
        rows: Any = super().get_queryset(request)
        return rows if request.user.has_perm("units.consolidate_schedule") else rows.filter(made_by=person_at(request))

    @admin.display(description=gettext_lazy("tuần"))
    def week_words(self, row: ScheduleImport) -> str:
        """Its first and last day."""
        return f"{row.week.monday:%d/%m} – {row.week.sunday:%d/%m/%Y}"

    @admin.display(description=gettext_lazy("tình trạng"))
    def state_tag(self, row: ScheduleImport) -> SafeString:
        """As a word in its colour."""
        return format_html(
            '<span class="tag tag--{}">{}</span>', _TAGS[ImportStatus(row.status)], row.get_status_display()
        )

    @admin.display(description=gettext_lazy("số việc"))
    def number(self, row: ScheduleImport) -> int:
        """Lines of the file."""
        return len(row.lines["lines"])

    @admin.display(description=gettext_lazy("người nạp"))
    def who(self, row: ScheduleImport) -> str:
        """Who sent it."""
        return str(row.made_by or "")

    @admin.display(description=gettext_lazy("lúc"), ordering="made_at")
    def moment(self, row: ScheduleImport) -> str:
        """When."""
        return datetime_long(row.made_at)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: what came from where stays known; a preview is dropped."""
        return False

    def get_urls(self) -> list[Any]:
        """Samples beside the stock screens."""
        view = self.admin_site.admin_view
        return [
            *week_urls(),
            path("mau.xlsx", view(self.sample_xlsx_view), name="units_scheduleimport_sample_xlsx"),
            path("mau.docx", view(self.sample_docx_view), name="units_scheduleimport_sample_docx"),
            *super().get_urls(),
        ]

    # --- sending a file -------------------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Send a file; it is read at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        self._refuse_closed(request)
        person = person_at(request)
        form = ScheduleFileForm(
            request.POST or None, request.FILES or None, week=monday_of_key(request.GET.get("tuan", "")),
            is_office=person.has_perm("units.consolidate_schedule"),
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            row = self._keep(form, request)
            if row is not None:
                return self._to(row)
        form.for_better_week()
        week = form["week"].value()
        return self._page(request, "add.html", {"form": form, "week": week, "list_url": self._url("changelist")})

    def _keep(self, form: ScheduleFileForm, request: HttpRequest) -> ScheduleImport | None:
        data = form.cleaned_data
        try:
            return keep_import(
                file_name=data["file"].name, read=data["read"].lines, left_out=data["read"].left_out,
                monday=data["monday"], visibility=data["visibility"], proposing=data.get("proposing"),
                actor=person_at(request),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
            return None

    @staticmethod
    def _refuse_closed(request: HttpRequest) -> None:
        """A closed unit keeps its archive and takes nothing new."""
        if getattr(request, "unit", None) is not None and request.unit.is_closed:  # type: ignore[attr-defined]  # the host's
            raise PermissionDenied

    # --- the preview ----------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What was read, to correct, to take over, to drop."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_permission(request, row):
            raise Http404
        if request.method == "POST":
            if not self.has_change_permission(request, row):
                raise PermissionDenied
            return self._posted(request, row)
        return self._preview(request, row, self._form(request, row))

    def _form(self, request: HttpRequest, row: ScheduleImport) -> ScheduleLinesForm:
        asked = request.POST.getlist("mo") if request.method == "POST" else request.GET.getlist("mo")
        opened = {_number(one) for one in asked}
        return ScheduleLinesForm(
            request.POST if request.method == "POST" else None, lines=row.lines["lines"], monday=row.week.monday,
            directory=directory_of_week(row.week.monday), opened=opened,
        )  # fmt: skip

    def _posted(self, request: HttpRequest, row: ScheduleImport) -> HttpResponse:
        try:
            if "bo" in request.POST:
                drop_import(row=row, actor=person_at(request))
                messages.success(request, _("Đã bỏ bản xem trước. Lịch không đổi."))
                return HttpResponseRedirect(self._url("changelist"))
            form = self._form(request, row)
            if not form.is_valid():
                return self._preview(request, row, form)
            correct_import(row=row, lines=form.corrected())
            return self._load(request, row) if "nap" in request.POST else self._kept(request, row)
        except ImportGone as error:
            messages.info(request, " ".join(error.messages))
            return self._to(row)

    def _kept(self, request: HttpRequest, row: ScheduleImport) -> HttpResponse:
        """After corrections: on to the line that is to be opened, back to the one that is done."""
        url = self._url("change", row.pk)
        if opened := _number(request.POST.get("sua", "")):
            return HttpResponseRedirect(f"{url}?mo={opened}#viec-{opened}")
        if done := _number(request.POST.get("xong", "")):
            return HttpResponseRedirect(f"{url}#viec-{done}")
        messages.success(request, _("Đã lưu. Lịch chưa có gì mới cho đến khi bấm “Đưa vào lịch”."))
        return self._to(row)

    def _load(self, request: HttpRequest, row: ScheduleImport) -> HttpResponse:
        person = person_at(request)
        try:
            number = load_import(row=row, actor=person)
        except LinesRefused as error:
            row.refresh_from_db()
            form = ScheduleLinesForm(
                lines=row.lines["lines"], monday=row.week.monday, directory=directory_of_week(row.week.monday),
                opened=list(error.wrong),
            )  # fmt: skip
            form.refused = error.wrong
            return self._preview(request, row, form, " ".join(error.messages))
        except ImportGone:
            raise
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return self._to(row)
        office = person.has_perm("units.consolidate_schedule")
        words = _("Đã đưa %(number)d việc vào lịch tuần.") if office else _("Đã gửi Văn phòng %(number)d việc đề xuất.")
        messages.success(request, words % {"number": number})
        return HttpResponseRedirect(grid_url(row.week.monday))

    def _preview(
        self, request: HttpRequest, row: ScheduleImport, form: ScheduleLinesForm, refusal: str = ""
    ) -> HttpResponse:
        rows = form.rows()
        waiting = row.status == ImportStatus.PREVIEW and self.has_change_permission(request, row)
        context = {
            "row": row, "form": form, "rows": rows, "waiting": waiting, "state": self.state_tag(row), "refusal": refusal,
            "week": week_words(row.week.monday, timezone.localdate()), "left_out": row.lines.get("left_out", []),
            "doubtful": sum(one.doubtful for one in rows if not one.line["skip"]),
            "has_more": any(
                parts for one in rows if not one.is_open for cell, parts in one.cells if cell == "more"
            ),
            "same": sum(bool(one.line["same"]) for one in rows),
            "chosen": sum(not one.line["skip"] for one in rows), "list_url": self._url("changelist"),
            "week_url": grid_url(row.week.monday), "is_office": person_at(request).has_perm("units.consolidate_schedule"),
        }  # fmt: skip
        return self._page(request, "preview.html", context)

    # --- samples --------------------------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def sample_xlsx_view(self, request: HttpRequest) -> HttpResponse:
        """A table to fill in, with the week's days."""
        monday = self._sample_week(request)
        return file_response(
            f"mau-lich-{week_key(monday)}.xlsx", XLSX_TYPE, sample_xlsx(monday, site_of(request).unit.name)
        )

    @method_decorator(require_safe)
    def sample_docx_view(self, request: HttpRequest) -> HttpResponse:
        """The same for Word."""
        monday = self._sample_week(request)
        return file_response(
            f"mau-lich-{week_key(monday)}.docx", DOCX_TYPE, sample_docx(monday, site_of(request).unit.name)
        )

    def _sample_week(self, request: HttpRequest) -> Any:
        if not self.has_view_permission(request):
            raise PermissionDenied

        return monday_of_key(request.GET.get("tuan", "")) or usual_week(timezone.localdate())

    def _url(self, screen: str, *args: Any) -> str:
        return reverse(f"admin:units_scheduleimport_{screen}", args=args)

    def _to(self, row: ScheduleImport) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._url("change", row.pk))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return render(request, f"admin/units/scheduleimport/{template}", {**shared, **context})


def _number(text: str) -> int:
    """The number of a line; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS else 0


SITE.audit_words.update(
    {
        "schedule.import-read": gettext_lazy("Đọc lịch từ tệp"),
        "schedule.import-load": gettext_lazy("Đưa lịch từ tệp vào lịch tuần"),
        "schedule.import-drop": gettext_lazy("Bỏ lịch đọc từ tệp"),
    }
)
SITE.add_to_menu(
    "schedule",
    MenuItem(
        gettext_lazy("Nạp lịch từ Word, Excel"), "admin:units_scheduleimport_changelist", "upload",
        "units.view_scheduleimport", "units.scheduleimport", 50,
    ),
)  # fmt: skip
