"""Many lines of the week's grid at once: pasted, copied from the week before, recurring ones."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.actions.schedule import fill_series, open_week
from units.actions.schedule_grid import Line, LineRefused, save_lines
from units.actions.schedule_weeks import copy_week, copyable
from units.admin.schedule_grid_page import MENU_LINE, WeekPage, clerk_at, grid_url, monday_at, writing_clerk
from units.forms.schedule_grid import CopyForm, LinesFormSet, PasteForm
from units.forms.schedule_lines import lay_errors
from units.models import ScheduleEntry
from units.rules.schedule import span_words
from units.rules.schedule_lines import LinesRefused, PastedLine, read_lines

PREFIX = "dong"


class PasteScreens:
    """A mixin of the schedule's admin."""

    admin_site: AdminSite

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def paste_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """Paste, look at what was understood, save all or nothing."""
        page = WeekPage.at(request, writing_clerk(request), monday_at(year, week))
        if request.method == "POST" and f"{PREFIX}-TOTAL_FORMS" in request.POST:
            return self._save_lines(page)
        if request.method == "POST":
            return self._look_at_lines(page)
        return self._paste_page(page, form=PasteForm(monday=page.monday))

    def _paste_page(self, page: WeekPage, **more: Any) -> HttpResponse:
        return self._many_page(page, "paste.html", _("Dán nhiều dòng"), choices=page.choices, **more)

    def _many_page(self, page: WeekPage, template: str, title: str, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(page.request), "opts": MENU_LINE, "title": title, "page": page,
            "back": grid_url(page.monday), "clerk": page.clerk, **more,
        }  # fmt: skip
        return TemplateResponse(page.request, f"admin/units/schedulegrid/{template}", context)

    def _look_at_lines(self, page: WeekPage) -> HttpResponse:
        form = PasteForm(page.request.POST, monday=page.monday)
        if not form.is_valid():
            return self._paste_page(page, form=form)
        day = date.fromisoformat(form.cleaned_data["day"]) if form.cleaned_data["day"] else None
        try:
            lines = read_lines(form.cleaned_data["text"], page.monday, day)
        except LinesRefused as refused:
            form.add_error("text", str(refused))
            return self._paste_page(page, form=form)
        return self._preview(page, _formset(page, _as_sent(lines)), [line.doubts for line in lines])

    def _preview(self, page: WeekPage, formset: Any, doubts: list[tuple[str, ...]]) -> HttpResponse:
        formset.is_valid()
        rows = [
            {"form": form, "doubts": said, "is_guest": bool(form.cleaned_data.get("chair")) and not form.chair_choice}
            for form, said in zip(formset.forms, doubts, strict=False)
        ]
        wrong = sum(1 for row in rows if row["form"].errors)
        return self._paste_page(page, formset=formset, rows=rows, wrong=wrong)

    def _save_lines(self, page: WeekPage) -> HttpResponse:
        formset: Any = _formset(page, page.request.POST)
        if not formset.is_valid():
            return self._preview(page, formset, [()] * len(formset.forms))
        forms = [form for form in formset.forms if not form.cleaned_data.get("leave_out")]
        lines = [Line(form.fill(), **form.guests()) for form in forms]
        try:
            number = save_lines(lines=lines, actor=page.clerk.user, as_proposal=not page.clerk.is_office)
        except LineRefused as refused:
            lay_errors(forms[refused.number], refused.reason)
            return self._preview(page, formset, [()] * len(formset.forms))
        messages.success(page.request, _("Đã ghi %(number)d việc.") % {"number": number})
        return HttpResponseRedirect(grid_url(page.monday))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def copy_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """Choose what comes along from the week before."""
        monday = monday_at(year, week)
        page = WeekPage.at(request, _office(request), monday)
        before = monday - timedelta(days=7)
        rows = copyable(before)
        choices = [(str(row.pk), _line_words(row)) for row in rows]
        form = CopyForm(
            request.POST if request.method == "POST" else None,
            rows=choices,
            initial={"lines": [key for key, _words in choices]},
        )
        if request.method == "POST" and form.is_valid():
            pks = {int(key) for key in form.cleaned_data["lines"]}
            try:
                number = copy_week(source=before, target=monday, chosen=pks, actor=page.clerk.user)
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                said = _("Đã chép %(number)d việc. Việc đã có sẵn và ngày nghỉ lễ thì không chép.")
                messages.success(request, said % {"number": number})
                return HttpResponseRedirect(grid_url(monday))
        return self._many_page(page, "copy.html", _("Chép lịch tuần trước"), form=form, before=before, rows=rows)

    @method_decorator(require_POST)
    def series_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """Enter the recurring meetings that are not there yet."""
        monday = monday_at(year, week)
        clerk = _office(request)
        try:
            number = fill_series(week=open_week(day=monday), actor=clerk.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            words = _("Đã thêm %(number)d việc lặp lại.") if number else _("Việc lặp lại của tuần này đã có đủ.")
            messages.success(request, words % {"number": number} if number else words)
        return HttpResponseRedirect(grid_url(monday))


def _office(request: HttpRequest) -> Any:
    clerk = clerk_at(request)
    if not clerk.is_office:
        raise PermissionDenied
    return clerk


def _formset(page: WeekPage, data: Any) -> Any:
    kwargs = {"monday": page.monday, "choices": page.choices}
    return _EachNew(data, prefix=PREFIX, form_kwargs=kwargs)


class _EachNew(LinesFormSet):  # type: ignore[misc, valid-type]  # made by a factory
    """Every form of it has a new entry of its own."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The week's, and an entry."""
        return {**super().get_form_kwargs(index), "entry": ScheduleEntry()}


def _as_sent(lines: list[PastedLine]) -> dict[str, str]:
    """The lines as the form of the preview would send them, so that it says at once what is wrong."""
    sent = {f"{PREFIX}-TOTAL_FORMS": str(len(lines)), f"{PREFIX}-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        sent[f"{PREFIX}-{number}-day"] = line.day.isoformat() if line.day else ""
        for name in ("time", "title", "chair", "place", "attendees"):
            sent[f"{PREFIX}-{number}-{name}"] = getattr(line, name)
    return sent


def _line_words(row: ScheduleEntry) -> str:
    at = span_words(row.starts_at, row.ends_at) or str(row.get_session_display()).lower()
    return f"{WEEKDAYS[row.day.weekday()]} {date_short(row.day)}, {at}: {row.title}"
