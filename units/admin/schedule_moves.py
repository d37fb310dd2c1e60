"""Moving a line of the week's grid: by mouse, by keyboard, by a plain form; and taking the last move back."""

from datetime import date, time

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.actions.schedule import ScheduleChanged, move_entry
from units.actions.schedule_keeping import is_seen
from units.admin.schedule_grid_page import (
    MENU_LINE,
    MOVED,
    WeekPage,
    grid_url,
    line_at,
    monday_at,
    moved_lately,
    wants_json,
    writing_clerk,
)
from units.forms.schedule_grid import MoveForm, take_as_seen
from units.forms.schedule_lines import lay_errors
from units.models import ScheduleEntry
from units.rules.schedule import monday_of, span_words
from units.schedule.grid import Clerk


def when_words(entry: ScheduleEntry) -> str:
    """“Thứ Tư 25/11, 8:00 – 9:30”, “Thứ Tư 25/11, chiều”."""
    at = span_words(entry.starts_at, entry.ends_at) or str(entry.get_session_display()).lower()
    return f"{WEEKDAYS[entry.day.weekday()]} {date_short(entry.day)}, {at}"


class MoveScreens:
    """A mixin of the schedule's admin."""

    admin_site: AdminSite

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def move_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        """Another day, half or time; what citizens have seen only with a sentence for them."""
        clerk = writing_clerk(request)
        entry = line_at(clerk, int(pk))
        was, monday, needs_note = _times(entry), monday_of(entry.day), is_seen(entry)
        if request.method != "POST":
            asked = {name: request.GET[name] for name in ("day", "session", "time") if name in request.GET}
            form = MoveForm(entry=entry, needs_note=needs_note, monday=monday, initial=asked)
            return self._move_page(request, entry, form)
        form = MoveForm(request.POST, entry=entry, needs_note=needs_note, monday=monday)
        if form.is_valid():
            try:
                _move(form, clerk)
                return self._moved(request, clerk, form.entry, was, monday)
            except ScheduleChanged as changed:
                return self._stale(request, clerk, form, changed)
            except ValidationError as refused:
                lay_errors(form, refused)
        fresh = line_at(clerk, int(pk))
        return self._move_page(request, fresh, form, status=422 if wants_json(request) else 200)

    def _move_page(self, request: HttpRequest, entry: ScheduleEntry, form: MoveForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "entry": entry, "was": when_words(entry), "is_seen": is_seen(entry)}
        if wants_json(request):
            html = render_to_string("admin/units/schedulegrid/move_form.html", context, request=request)
            return JsonResponse({"html": html}, status=status)
        context |= self.admin_site.each_context(request)
        context |= {"opts": MENU_LINE, "title": _("Dời việc"), "back": grid_url(monday_of(entry.day))}
        return TemplateResponse(request, "admin/units/schedulegrid/move.html", context, status=status)

    def _stale(self, request: HttpRequest, clerk: Clerk, form: MoveForm, changed: ScheduleChanged) -> HttpResponse:
        """Somebody else changed it: what it is now, and what was meant, side by side; sending again moves the newer one."""
        fresh = line_at(clerk, form.entry.pk)
        take_as_seen(form, fresh)
        form.add_error(None, changed)
        words = _("Bây giờ: “%(title)s”, %(when)s. Bạn định dời sang chỗ chọn dưới đây. Vẫn dời thì bấm lại.")
        form.add_error(None, words % {"title": fresh.title, "when": when_words(fresh)})
        return self._move_page(request, fresh, form, status=409)

    def _moved(
        self, request: HttpRequest, clerk: Clerk, entry: ScheduleEntry, was: dict[str, str], monday: date
    ) -> HttpResponse:
        words = _("Đã dời “%(title)s” sang %(when)s.") % {"title": entry.title, "when": when_words(entry)}
        request.session[MOVED] = {
            **was, "pk": entry.pk, "words": words, "at": timezone.now().isoformat(), "from_monday": monday.isoformat(),
            "to_monday": monday_of(entry.day).isoformat(), "edited_at": entry.edited_at.isoformat(),
        }  # fmt: skip
        return _answer(request, clerk, monday, words, entry.pk)

    @method_decorator(require_POST)
    def undo_view(self, request: HttpRequest, year: str, week: str) -> HttpResponse:
        """Take the last move back, unless somebody has changed the line since."""
        clerk, monday = writing_clerk(request), monday_at(year, week)
        moved = moved_lately(request, monday)
        if moved is None:
            raise Http404
        del request.session[MOVED]
        entry = clerk.find(moved["pk"])
        edited_at = parse_datetime(moved["edited_at"])
        if entry is None or not clerk.may_edit(entry) or entry.edited_at != edited_at:
            words = _("Việc này đã được sửa sau khi dời, nên không trả lại chỗ cũ được. Bấm “Dời” nếu vẫn cần.")
            return _answer(request, clerk, monday, words, None, is_bad=True)
        note = _("Giữ lịch như đã báo trước.") if is_seen(entry) else ""
        back, ends = _stored_time(moved["starts_at"]), _stored_time(moved["ends_at"])
        entry.starts_at, entry.ends_at = back, ends
        try:
            move_entry(
                entry=entry, actor=clerk.user, day=parse_date(moved["day"]) or entry.day, starts_at=back,
                session=moved["session"], note=note,
            )  # fmt: skip
        except ValidationError as refused:
            return _answer(request, clerk, monday, " ".join(refused.messages), None, is_bad=True)
        words = _("Đã trả “%(title)s” về %(when)s.") % {"title": entry.title, "when": when_words(entry)}
        return _answer(request, clerk, monday, words, entry.pk)


def _times(entry: ScheduleEntry) -> dict[str, str]:
    return {
        "day": entry.day.isoformat(),
        "session": entry.session,
        "starts_at": entry.starts_at.isoformat() if entry.starts_at else "",
        "ends_at": entry.ends_at.isoformat() if entry.ends_at else "",
    }


def _stored_time(text: str) -> time | None:
    return parse_time(text) if text else None


def _move(form: MoveForm, clerk: Clerk) -> None:
    """By the action, with the length that was typed or the one it had."""
    entry, data, when = form.entry, form.cleaned_data, form.when
    assert when is not None  # noqa: S101 - told to the type checker; a clean form has read its time
    if data["seen_at"] is None:
        raise ScheduleChanged
    entry.edited_at = data["seen_at"]
    if when.ends_at:
        entry.starts_at, entry.ends_at = when.starts_at, when.ends_at
    move_entry(
        entry=entry, actor=clerk.user, day=date.fromisoformat(data["day"]), starts_at=when.starts_at,
        session=when.session, note=data.get("note", ""),
    )  # fmt: skip


def _answer(
    request: HttpRequest, clerk: Clerk, monday: date, words: str, pk: int | None, *, is_bad: bool = False
) -> HttpResponse:
    if wants_json(request):
        page = WeekPage.at(request, clerk, monday)
        answer = {"said": words, "is_bad": is_bad, "html": page.table_html(), "pk": pk, "mark": page.grid.mark}
        return JsonResponse(answer)
    (messages.error if is_bad else messages.success)(request, words)
    return HttpResponseRedirect(grid_url(monday))
