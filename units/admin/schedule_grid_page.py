"""What every screen of the week's grid shares: who is there, which week, the page around the table, the table itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.core.admin_base import person_at
from portal.core.templatetags.portal_text import date_short
from units.models import ScheduleEntry
from units.rules.schedule import monday_of, monday_of_week
from units.schedule.choices import Choices
from units.schedule.grid import Clerk, WeekGrid, read_grid

# Which line of the menu is the current one on these screens.
MENU_LINE = {"label_lower": "units.scheduleentry.grid"}
MOVED = "schedule_moved"
"""Key of the session: the last move, for taking it back."""
UNDO_FOR = timedelta(minutes=15)
SATURDAY = 5
MOST_DIGITS = 18


def clerk_at(request: HttpRequest) -> Clerk:
    """Who is at the screen; refuses whoever may not see the schedule."""
    if not request.user.has_perm("units.view_scheduleentry"):
        raise PermissionDenied
    return Clerk.of(person_at(request))


def writing_clerk(request: HttpRequest) -> Clerk:
    """Whoever may write lines or propose them."""
    clerk = clerk_at(request)
    if not clerk.may_write:
        raise PermissionDenied
    return clerk


def monday_at(year: str, week: str) -> date:
    """The Monday of the week in the address; 404 for week 54 and for other centuries."""
    try:
        monday = monday_of_week(int(year), int(week))
    except ValueError as junk:
        raise Http404 from junk
    if not year.startswith("20") or len(week) != len("48"):
        raise Http404
    return monday


def week_to_enter() -> date:
    """The Monday of the week that is worked on: this one; on Saturday and Sunday the next."""
    today = timezone.localdate()
    return monday_of(today) + timedelta(days=7 if today.weekday() >= SATURDAY else 0)


def grid_url(monday: date, verb: str = "") -> str:
    """Address of a week's screen, or of one below it."""
    year, week, _day = monday.isocalendar()
    name = f"admin:units_scheduleentry_grid{f'_{verb}' if verb else ''}"
    return reverse(name, kwargs={"year": f"{year:04d}", "week": f"{week:02d}"})


def wants_json(request: HttpRequest) -> bool:
    """Whether the page's script asks; a plain form gets a page."""
    return request.headers.get("Accept") == "application/json"


def number_in(text: str | None) -> int | None:
    """A key out of a form or an address; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def line_at(clerk: Clerk, pk: int) -> ScheduleEntry:
    """A line that this clerk may change; 404 for another unit's, for one they do not see and for one that is closed."""
    entry = clerk.find(pk)
    if entry is None:
        raise Http404
    if not clerk.may_edit(entry):
        raise PermissionDenied
    return entry


def moved_lately(request: HttpRequest, monday: date) -> dict[str, Any] | None:
    """The last move of this person out of or within the week, as long as it can be taken back."""
    moved: dict[str, Any] | None = request.session.get(MOVED)
    at = parse_datetime(moved["at"]) if moved else None
    is_here = moved is not None and monday.isoformat() in {moved["from_monday"], moved["to_monday"]}
    return moved if is_here and at is not None and timezone.now() - at < UNDO_FOR else None


@dataclass(frozen=True)
class WeekPage:
    """One week at one clerk's screen."""

    request: HttpRequest
    clerk: Clerk
    monday: date
    choices: Choices

    @classmethod
    def at(cls, request: HttpRequest, clerk: Clerk, monday: date) -> "WeekPage":
        """With the week's choices read."""
        return cls(request, clerk, monday, Choices.read(monday))

    @cached_property
    def grid(self) -> WeekGrid:
        """The table, read when it is first needed: after writing."""
        return read_grid(self.monday, self.clerk, self.choices)

    @property
    def title(self) -> str:
        """“Lịch tuần 48 (23/11 – 29/11/2026)”."""
        year, week, _day = self.monday.isocalendar()
        last = self.monday + timedelta(days=6)
        return _("Lịch tuần %(week)d (%(first)s\u00a0–\u00a0%(last)s/%(year)d)") % {
            "week": week, "first": date_short(self.monday), "last": date_short(last), "year": last.year or year,
        }  # fmt: skip

    def context(self) -> dict[str, Any]:
        """For the page and for the table alone."""
        return {
            "page": self,
            "grid": self.grid,
            "clerk": self.clerk,
            "monday": self.monday,
            "moved": moved_lately(self.request, self.monday),
            "links": links_of(self.monday),
        }

    def table_html(self) -> str:
        """The table alone, for the page's script."""
        return render_to_string("admin/units/schedulegrid/table.html", self.context(), request=self.request)


def links_of(monday: date) -> dict[str, str]:
    """Addresses that the screen leads to; those of other screens only where they exist."""
    year, week, _day = monday.isocalendar()
    keys = {"year": f"{year:04d}", "week": f"{week:02d}"}
    links = {verb: grid_url(monday, verb) for verb in ("table", "check", "paste", "copy", "series", "undo")}
    links |= {
        "here": grid_url(monday),
        "before": grid_url(monday - timedelta(days=7)),
        "after": grid_url(monday + timedelta(days=7)),
        "now": reverse("admin:units_scheduleentry_grid_now"),
        "desk": _address("admin:units_scheduleweek_desk", keys),
        "import": _address("admin:units_scheduleimport_add"),
        "public": _address("units:schedule-week", keys),
        "xlsx": _address("admin:units_scheduleweek_xlsx", keys),
        "docx": _address("admin:units_scheduleweek_docx", keys),
    }
    return links


def _address(name: str, keys: dict[str, str] | None = None) -> str:
    try:
        return reverse(name, kwargs=keys)
    except NoReverseMatch:
        return ""
