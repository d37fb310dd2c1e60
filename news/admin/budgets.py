"""Budget tables in the administration: bring one in from Excel, by pasting or by hand, look it over, store it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from news.actions.budgets import TABLES_LIMIT, add_tables, delete_table, move_table, save_table
from news.actions.disclosure import may_change
from news.admin.budget_pages import draft_of, preview_of, rows_of, warnings_in
from news.budgets.figures import Column, Draft, Figures
from news.budgets.reading import TABLES_IN_A_FILE, ReadFile, read_text, read_xlsx
from news.budgets.refusals import BudgetFileRefusedError
from news.budgets.starts import start_named
from news.enums.documents import DocumentStatus
from news.forms.budget_editor import TableEditor, editor_of, editor_of_read, fit
from news.forms.budget_posts import editor_of_post
from news.forms.budgets import BudgetFileForm, BudgetPasteForm, BudgetStartForm
from news.models import BudgetTable, DisclosureEntry
from portal.core.admin_base import person_at
from units.middleware import unit_of
from units.rules import bare_name

AUDIT_WORDS: Final = {
    "budget_table.add": gettext_lazy("Thêm bảng số liệu"),
    "budget_table.save": gettext_lazy("Sửa bảng số liệu"),
    "budget_table.delete": gettext_lazy("Xóa bảng số liệu"),
    "budget_table.move": gettext_lazy("Đổi thứ tự bảng số liệu"),
}
SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(AUDIT_WORDS)
EMPTY: Final = Draft(figures=Figures((Column("Dự toán năm"), Column("Thực hiện")), ()))
WAYS: Final = {"xlsx": BudgetFileForm, "paste": BudgetPasteForm, "start": BudgetStartForm}


class BudgetScreens:
    """Mixed into DisclosureEntryAdmin: addresses below /quan-tri/news/disclosureentry/<pk>/bang/."""

    admin_site: AdminSite
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The tables' screens before the stock ones."""
        view, base = self.admin_site.admin_view, "<int:entry_pk>/bang/"
        mine = [
            path(base, view(self.tables_view), name="news_budgettable_list"),
            path(f"{base}them/", view(self.add_table_view), name="news_budgettable_add"),
            path(f"{base}<int:pk>/", view(self.change_table_view), name="news_budgettable_change"),
            path(f"{base}<int:pk>/xoa/", view(self.delete_table_view), name="news_budgettable_delete"),
            path(f"{base}<int:pk>/cho/", view(self.move_table_view), name="news_budgettable_move"),
        ]
        return [*mine, *super().get_urls()]  # type: ignore[misc]  # ModelAdmin's

    # --- The tables of an entry ----------------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def tables_view(self, request: HttpRequest, entry_pk: int) -> HttpResponse:
        """The entry's tables with what does not add up, and the ways to bring in one more."""
        entry = _entry(entry_pk)
        if not request.user.has_perm("news.view_disclosureentry"):
            raise PermissionDenied
        rows = rows_of(entry)
        more = {
            "title": _("Bảng số liệu"), "rows": rows, "may_change": may_change(person_at(request), entry),
            "may_add": self._may_add(request, entry) and len(rows) < TABLES_LIMIT,
            "is_published": entry.status == DocumentStatus.PUBLISHED, **_ways(),
        }  # fmt: skip
        return self._page(request, entry, "list.html", more)

    @staticmethod
    def _may_add(request: HttpRequest, entry: DisclosureEntry) -> bool:
        return may_change(person_at(request), entry) and not unit_of(request).is_closed

    def _page(self, request: HttpRequest, entry: DisclosureEntry, template: str, more: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "entry": entry, **more}
        return TemplateResponse(request, f"admin/news/budget/{template}", context)

    # --- A new one -----------------------------------------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def add_table_view(self, request: HttpRequest, entry_pk: int) -> HttpResponse:
        """Choose a way; look over what was read; store it. Nothing is stored before the last step."""
        entry = _entry(entry_pk)
        if not self._may_add(request, entry):
            raise PermissionDenied
        if request.method == "POST" and "do" in request.POST:
            return self._edit_new(request, entry)
        way = request.POST.get("way", "")
        form = WAYS[way](request.POST, request.FILES) if way in WAYS else None
        if form is not None and form.is_valid():
            try:
                editors, notes = _brought(way, form.cleaned_data, entry, unit_of(request).name)
            except BudgetFileRefusedError as refusal:
                form.add_error("file" if way == "xlsx" else "text", str(refusal))
            else:
                fit(editors)
                return self._editor(request, entry, editors, by=way, notes=notes)
        ways = _ways() | ({f"{way}_form": form} if form is not None else {})
        more = {"title": _("Thêm bảng"), "way": way, "bad_form": form if form is not None else None, **ways}
        return self._page(request, entry, "add.html", more)

    def _edit_new(self, request: HttpRequest, entry: DisclosureEntry) -> HttpResponse:
        """One step of looking over new tables: more rows, another look, or storing them all together."""
        number = request.POST.get("tables", "1")
        count = min(int(number), TABLES_IN_A_FILE) if number.isascii() and number.isdigit() and len(number) < 4 else 1  # noqa: PLR2004
        taken = [f"t{at}" for at in range(count) if count == 1 or f"t{at}-take" in request.POST]
        editors = [editor_of_post(request.POST, prefix=prefix) for prefix in taken]
        by = request.POST.get("by", "")
        by = by if by in WAYS else "start"
        if request.POST["do"] != "save" or not editors:
            if not editors:
                messages.error(request, _("Chưa chọn bảng nào để lưu. Nạp lại tệp rồi chọn."))
                return HttpResponseRedirect(reverse("admin:news_budgettable_add", args=[entry.pk]))
            _grow(request, editors)
            return self._editor(request, entry, editors, by=by)
        drafts = [editor.draft() for editor in editors]
        ready = [draft for draft in drafts if draft is not None]
        if len(ready) == len(drafts):
            try:
                made = add_tables(entry=entry, drafts=ready, actor=person_at(request), by=by)
            except ValidationError as error:
                editors[0].errors += error.messages
            else:
                messages.success(request, _("Đã lưu %(number)d bảng.") % {"number": len(made)})
                return self._to_list(entry)
        return self._editor(request, entry, editors, by=by, is_refused=True)

    # --- One that is there ----------------------------------------------------------------------------------------------

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def change_table_view(self, request: HttpRequest, entry_pk: int, pk: int) -> HttpResponse:
        """The table as fields; who came second is told and keeps what was typed."""
        entry, table = _entry(entry_pk), _table(entry_pk, pk)
        if not may_change(person_at(request), entry):
            raise PermissionDenied
        if request.method != "POST":
            editors = [editor_of(draft_of(table), prefix="t0")]
            fit(editors)
            return self._editor(request, entry, editors, table=table, seen=table.edited_at)
        editor = editor_of_post(request.POST, prefix="t0")
        seen = _moment(request.POST.get("seen", ""))
        if request.POST.get("do") != "save":
            _grow(request, [editor])
            return self._editor(request, entry, [editor], table=table, seen=seen)
        draft = editor.draft()
        if draft is not None:
            try:
                save_table(table=table, draft=draft, actor=person_at(request), seen=seen)
            except ValidationError as error:
                editor.errors += error.messages
            else:
                messages.success(request, _("Đã lưu “%(name)s”.") % {"name": draft.title})
                return self._to_list(entry)
        return self._editor(request, entry, [editor], table=table, seen=seen, is_refused=True)

    def _editor(
        self, request: HttpRequest, entry: DisclosureEntry, editors: Sequence[TableEditor], *, by: str = "",
        table: BudgetTable | None = None, seen: datetime | None = None, notes: Sequence[str] = (), is_refused: bool = False,
    ) -> HttpResponse:  # fmt: skip
        """The tables as fields, what does not add up, and how citizens will see them."""
        drafts = [] if is_refused else [_looked_over(editor) for editor in editors]
        more = {
            "title": _("Sửa bảng số liệu") if table else _("Xem lại trước khi lưu"), "editors": editors, "table": table,
            "by": by, "seen": seen.isoformat() if seen else "", "notes": notes, "is_several": len(editors) > 1,
            "warnings": [(editor, warnings_in(draft, entry)) for editor, draft in zip(editors, drafts, strict=False) if draft],
            "preview": preview_of([draft for draft in drafts if draft], entry), "is_refused": is_refused,
            "doubts": sum(editor.doubts for editor in editors), "is_published": entry.status == DocumentStatus.PUBLISHED,
        }  # fmt: skip
        return self._page(request, entry, "editor.html", more)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def delete_table_view(self, request: HttpRequest, entry_pk: int, pk: int) -> HttpResponse:
        """Ask, then delete what citizens do not see."""
        entry, table = _entry(entry_pk), _table(entry_pk, pk)
        if not may_change(person_at(request), entry):
            raise PermissionDenied
        if request.method == "POST":
            try:
                delete_table(table=table, actor=person_at(request))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                messages.success(request, _("Đã xóa “%(name)s”.") % {"name": table.title})
            return self._to_list(entry)
        return self._page(request, entry, "delete.html", {"title": _("Xóa bảng"), "table": table})

    @method_decorator(require_POST)
    def move_table_view(self, request: HttpRequest, entry_pk: int, pk: int) -> HttpResponse:
        """One place up or down."""
        entry, table = _entry(entry_pk), _table(entry_pk, pk)
        if not may_change(person_at(request), entry):
            raise PermissionDenied
        move_table(table=table, actor=person_at(request), up=request.POST.get("do") == "up")
        return self._to_list(entry)

    @staticmethod
    def _to_list(entry: DisclosureEntry) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:news_budgettable_list", args=[entry.pk]))


def _entry(pk: int) -> DisclosureEntry:
    return get_object_or_404(DisclosureEntry.objects.select_related("duty"), pk=pk)


def _table(entry_pk: int, pk: int) -> BudgetTable:
    return get_object_or_404(BudgetTable.objects.filter(entry_id=entry_pk), pk=pk)


def _moment(text: str) -> datetime | None:
    """When the form was opened; a broken one counts as stale, never as fresh."""
    try:
        return parse_datetime(text) or datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    except ValueError:
        return datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _ways() -> dict[str, Any]:
    return {"xlsx_form": BudgetFileForm(), "paste_form": BudgetPasteForm(), "start_form": BudgetStartForm()}


def _looked_over(editor: TableEditor) -> Draft | None:
    """The table for sums and for the preview; what is not finished yet is no error on the first look."""
    if editor.given is not None:
        return editor.given if editor.given.figures.rows else None
    before = list(editor.errors)
    draft = editor.draft()
    editor.errors = before
    return draft


def _grow(request: HttpRequest, editors: Sequence[TableEditor]) -> None:
    """“rows:t0” and “column:t0” add to a table."""
    what, _colon, prefix = request.POST["do"].partition(":") if "do" in request.POST else ("", "", "")
    for editor in editors:
        if editor.prefix == prefix and what == "rows":
            after = request.POST.get(f"{prefix}-after", "")
            editor.add_rows(int(after) if after.isascii() and after.isdigit() and len(after) < 4 else None)  # noqa: PLR2004
        elif editor.prefix == prefix and what == "column":
            editor.add_column()


def _brought(
    way: str, data: dict[str, Any], entry: DisclosureEntry, unit_name: str
) -> tuple[list[TableEditor], Sequence[str]]:  # fmt: skip
    """What the chosen way gives to look over. Raises BudgetFileRefusedError."""
    if way == "start":
        start = start_named(data["start"])
        editor = editor_of(replace(start.draft() if start else EMPTY, title=entry.title[:300]), prefix="t0")
        editor.add_rows(None)
        return [editor], ()
    names = [unit_name, bare_name(unit_name), "Huế", "Việt Nam"]
    if way == "xlsx":
        found: ReadFile = read_xlsx(data["file"], size=data["file"].size, names=names)
    else:
        found = read_text(data["text"], names=names)
    return [editor_of_read(table, prefix=f"t{at}") for at, table in enumerate(found.tables)], found.notes
