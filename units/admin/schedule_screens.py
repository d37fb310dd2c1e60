"""The week's grid: where the office types the schedule in, line by line, without the mouse."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.actions.schedule import ScheduleChanged
from units.actions.schedule_grid import Line, save_line
from units.actions.schedule_keeping import is_seen
from units.admin.schedule_grid_page import (
    MENU_LINE,
    WeekPage,
    clerk_at,
    grid_url,
    line_at,
    monday_at,
    number_in,
    wants_json,
    week_to_enter,
    writing_clerk,
)
from units.admin.schedule_moves import MoveScreens
from units.admin.schedule_pasting import PasteScreens
from units.forms.schedule_grid import QuickForm, take_as_seen
from units.forms.schedule_lines import lay_errors, words_of
from units.models import ScheduleEntry
from units.rules.schedule import span_words
from units.schedule.conflicts import conflicts_of
from units.schedule.grid import day_choices, mark_of, named_conflicts

WEEK = r"tuan/(?P<year>\d{4})/W(?P<week>\d{1,2})"


class GridScreens(MoveScreens, PasteScreens):
    """Screens below /quan-tri/units/scheduleentry/; a mixin of its admin, which adds ``grid_urls()`` to its own."""

    admin_site: AdminSite

    def grid_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/units/scheduleentry/, to stand before those of the stock admin."""
        view, name = self.admin_site.admin_view, "units_scheduleentry"
        return [
            path("tuan/", view(self.now_view), name=f"{name}_grid_now"),
            re_path(rf"^{WEEK}/$", view(self.grid_view), name=f"{name}_grid"),
            re_path(rf"^{WEEK}/bang/$", view(self.table_view), name=f"{name}_grid_table"),
            re_path(rf"^{WEEK}/kiem-tra/$", view(self.check_view), name=f"{name}_grid_check"),
            re_path(rf"^{WEEK}/dan-nhieu-dong/$", view(self.paste_view), name=f"{name}_grid_paste"),
            re_path(rf"^{WEEK}/chep-tuan-truoc/$", view(self.copy_view), name=f"{name}_grid_copy"),
            re_path(rf"^{WEEK}/viec-lap-lai/$", view(self.series_view), name=f"{name}_grid_series"),
            re_path(rf"^{WEEK}/tra-lai/$", view(self.undo_view), name=f"{name}_grid_undo"),
            re_path(r"^(?P<pk>\d{1,18})/doi/$", view(self.move_view), name=f"{name}_move"),
        ]

    @method_decorator(require_safe)
    def now_view(self, request: HttpRequest) -> HttpResponse:
        """The week that is worked on now."""
        clerk_at(request)
        return HttpResponseRedirect(grid_url(week_to_enter()))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def grid_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """The week with its quick line; a line that was sent is written."""
        monday = monday_at(year, week)
        if request.method == "POST":
            return self._write_line(request, WeekPage.at(request, writing_clerk(request), monday))
        page = WeekPage.at(request, clerk_at(request), monday)
        return self._grid_page(page, _empty_form(page) if page.clerk.may_write else None)

    def _grid_page(
        self, page: WeekPage, form: QuickForm | None, stale: ScheduleEntry | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(page.request),
            **page.context(),
            "opts": MENU_LINE,
            "title": page.title,
            "form": form,
            "choices": page.choices,
            "versions": _two_versions(page, form, stale) if form and stale else None,
            "above": form.above if form else None,
        }
        return TemplateResponse(page.request, "admin/units/schedulegrid/week.html", context, status=status)

    def _write_line(self, request: HttpRequest, page: WeekPage) -> HttpResponse:
        form, stale = _sent_form(page), None
        if form.is_valid():
            try:
                return self._written(page, _save(form, page))
            except ScheduleChanged as changed:
                stale = ScheduleEntry.objects.select_related("room", "chair").filter(pk=form.entry.pk).first()
                if wants_json(request):
                    form.add_error(None, changed)
            except ValidationError as refused:
                lay_errors(form, refused)
        if wants_json(request):
            return JsonResponse(
                {"errors": form.errors.get_json_data(), "stale": stale is not None}, status=409 if stale else 422
            )
        if stale is not None:
            # Whoever has seen both versions may send again over the newer one.
            take_as_seen(form, stale)
        return self._grid_page(page, form, stale, status=409 if stale else 200)

    def _written(self, page: WeekPage, entry: ScheduleEntry) -> HttpResponse:
        said = _("Đã gửi đề xuất “%(title)s”.") if not page.clerk.is_office else _("Đã ghi “%(title)s”.")
        words = said % {"title": entry.title}
        people = {one.pk for one in entry.persons.all()}
        found = [] if entry.stage != "ACCEPTED" else conflicts_of(entry, people, entry.room_id)
        warnings = named_conflicts(found, page.choices)
        if wants_json(page.request):
            answer = {"said": words, "warnings": warnings, "html": page.table_html(), "above": entry.pk}
            return JsonResponse(answer | {"day": entry.day.isoformat(), "line": words_of(entry, page.choices)})
        messages.success(page.request, words)
        for warning in warnings:
            messages.warning(page.request, warning)
        return HttpResponseRedirect(f"{grid_url(page.monday)}?ngay={entry.day.isoformat()}&sau={entry.pk}#nhap")

    @method_decorator(require_safe)
    def table_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """The table alone, for the light refresh; two queries where nothing has changed."""
        clerk, monday = clerk_at(request), monday_at(year, week)
        if request.GET.get("da-thay") == mark_of(monday, clerk):
            return JsonResponse({"same": True})
        page = WeekPage.at(request, clerk, monday)
        return JsonResponse({"html": page.table_html(), "mark": page.grid.mark})

    @method_decorator(require_safe)
    def check_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """What a half-typed line means and collides with. The title is not asked for: addresses stand in logs."""
        clerk, monday = writing_clerk(request), monday_at(year, week)
        page = WeekPage.at(request, clerk, monday)
        pk = number_in(request.GET.get("entry_id"))
        entry = clerk.find(pk) if pk else None
        form = QuickForm(
            {**request.GET.dict(), "title": "–"}, monday=monday, choices=page.choices, entry=entry or ScheduleEntry(),
            above=_above(page, request.GET.get("above_id")),
        )  # fmt: skip
        form.full_clean()
        if form.when is None or "day" not in form.cleaned_data:
            return JsonResponse({"errors": _told_early(form), "conflicts": [], "understood": ""})
        entry = form.fill_times_and_people()
        found = conflicts_of(entry, form.persons, entry.room_id)
        return JsonResponse({
            "errors": _told_early(form),
            "conflicts": named_conflicts(found, page.choices),
            "understood": _understood(form, entry),
        })  # fmt: skip


def _empty_form(page: WeekPage) -> QuickForm:
    """The quick line: for a new entry on the day of the last one, or with the entry of ``?sua=``."""
    asked = page.request.GET
    pk = number_in(asked.get("sua"))
    entry = line_at(page.clerk, pk) if pk else ScheduleEntry()
    day = asked.get("ngay", "")
    is_day = day in {value for value, _label in day_choices(page.monday)}
    above = _above(page, asked.get("sau"))
    initial = {} if pk else {"day": day if is_day else page.monday.isoformat(), "above_id": above.pk if above else None}
    return QuickForm(
        monday=page.monday, choices=page.choices, entry=entry, above=above, initial=initial,
        needs_note=bool(pk) and is_seen(entry),
    )  # fmt: skip


def _sent_form(page: WeekPage) -> QuickForm:
    sent = page.request.POST
    pk = number_in(sent.get("entry_id"))
    entry = line_at(page.clerk, pk) if pk else ScheduleEntry()
    return QuickForm(
        sent, monday=page.monday, choices=page.choices, entry=entry, above=_above(page, sent.get("above_id")),
        needs_note=bool(pk) and is_seen(entry),
    )  # fmt: skip


def _two_versions(page: WeekPage, form: QuickForm, stale: ScheduleEntry) -> list[tuple[str, str, str]]:
    """What the field is called, what somebody else has written meanwhile, what was typed here."""
    days, now = dict(day_choices(page.monday)), words_of(stale, page.choices)
    rows = []
    for name in ("day", "time", "title", "chair", "place", "attendees"):
        theirs, mine = str(now[name]), str(form[name].value() or "")
        rows.append((str(form[name].label), days.get(theirs, theirs), days.get(mine, mine)))
    return rows


def _above(page: WeekPage, pk: str | None) -> ScheduleEntry | None:
    number = number_in(pk)
    return page.clerk.find(number) if number else None


def _save(form: QuickForm, page: WeekPage) -> ScheduleEntry:
    entry = form.fill()
    if entry.pk:
        if form.cleaned_data["seen_at"] is None:
            raise ScheduleChanged
        entry.edited_at = form.cleaned_data["seen_at"]
    elif form.cleaned_data["uid"]:
        entry.uid = form.cleaned_data["uid"]
    line = Line(entry, **form.guests())
    note = form.cleaned_data.get("note", "")
    return save_line(line=line, actor=page.clerk.user, as_proposal=not page.clerk.is_office, note=note)


def _told_early(form: QuickForm) -> dict[str, list[str]]:
    """While typing only what was typed is judged, not what is still missing."""
    typed = {name for name in ("time", "chair", "place") if (form.data.get(name) or "").strip()}
    return {name: [str(one) for one in found] for name, found in form.errors.items() if name in typed}


def _understood(form: QuickForm, entry: ScheduleEntry) -> str:
    """“Thứ Hai 23/11, 8:00 – 9:30 · Chủ trì: PCT Văn xã (Trần Thị B) · Phòng họp 1”."""
    when = span_words(entry.starts_at, entry.ends_at) or str(entry.get_session_display()).lower()
    parts = [f"{WEEKDAYS[entry.day.weekday()]} {date_short(entry.day)}, {when}"]
    chair, room = form.chair_choice, form.room_choice
    if chair:
        parts.append(f"{chair.label} ({chair.hint})" if chair.hint != chair.label else chair.label)
    if room:
        parts.append(room.label)
    return " · ".join(parts)
