"""What the public pages of the schedule say around the table: titles, ways to other weeks, filters, empty states."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import date_full, date_short
from units.enums import Module
from units.models import Person, ScheduleWeek, Site, Unit
from units.rules.schedule import monday_of
from units.schedule.table import Line, WeekTable

FIRST_DAY: Final = date(2000, 1, 3)
LAST_DAY: Final = date(2099, 12, 28)
WEEK: Final = timedelta(days=7)
RECEPTION: Final = "tiep-cong-dan"
DEPUTIES: Final = "cap-pho"
_DEPUTY: Final = "Phó "
_SHARED_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Way:
    """One link: words and where they lead; ``is_current`` for the page that is open."""

    label: str
    url: str
    is_current: bool = False


def week_args(monday: date) -> list[Any]:
    """The ISO week as its address has it: 2026, "48"."""
    year, week, _day = monday.isocalendar()
    return [year, f"{week:02d}"]


def week_url(monday: date, name: str = "schedule-week") -> str:
    """The address of a week's page; empty for one that no address reaches."""
    return reverse(f"units:{name}", args=week_args(monday)) if FIRST_DAY <= monday <= LAST_DAY else ""


def week_label(monday: date) -> str:
    """“2026-W48”, as one leader's page takes it."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def day_url(day: date) -> str:
    """The address of a day's page."""
    return reverse("units:schedule-day", args=[day.year, f"{day.month:02d}", f"{day.day:02d}"])


def month_url(day: date) -> str:
    """The address of a month's page."""
    return reverse("units:schedule-month", args=[day.year, f"{day.month:02d}"])


def leader_url(person_id: int, slug: str, monday: date | None = None) -> str:
    """One leader's schedule: of this week, or of the week asked for."""
    path = reverse("units:schedule-leader", args=[slug or "lanh-dao", person_id])
    return f"{path}?tuan={week_label(monday)}" if monday else path


def week_title(table: WeekTable) -> str:
    """“Tuần 48: 23/11 – 27/11/2026”: from Monday to the last day shown."""
    last = table.days[-1].date
    begin = date_short(table.monday) if table.monday.year == last.year else date_full(table.monday)
    words = {"number": table.monday.isocalendar().week, "begin": begin, "end": date_full(last)}
    return _("Tuần %(number)d: %(begin)s – %(end)s") % words


def short_week_title(monday: date) -> str:
    """“Tuần 48”."""
    return _("Tuần %(number)d") % {"number": monday.isocalendar().week}


def beside(day: date, *, is_empty: bool) -> tuple[date | None, date | None]:
    """The days before and after; from an empty day only towards today, so that robots come to an end."""
    today, step = timezone.localdate(), timedelta(days=1)
    before = day - step if day.year > FIRST_DAY.year and (not is_empty or day >= today) else None
    after = day + step if day < LAST_DAY and (not is_empty or day <= today) else None
    return before, after


def months_beside(first: date, *, is_empty: bool) -> tuple[date | None, date | None]:
    """The months before and after, by the same rule."""
    this, last = timezone.localdate().replace(day=1), date(LAST_DAY.year, 12, 1)
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    can_go_back = before.year >= FIRST_DAY.year and (not is_empty or first >= this)
    can_go_on = first < last and (not is_empty or first <= this)
    return before if can_go_back else None, after if can_go_on else None


def crumbs(*steps: Way) -> list[dict[str, Any]]:
    """The way from the home page; the last step is the page itself."""
    first = [Way(_("Trang chủ"), "/"), Way(_("Lịch công tác"), reverse("units:schedule"))]
    rows = [{"label": step.label, "url": step.url} for step in (*first, *steps)]
    return [*rows[:-1], {**rows[-1], "url": None}]


def deputies_of(table: WeekTable) -> dict[int, str]:
    """Deputy → post in full; empty where there is one only, who needs no group."""
    found = {key: title for key, title in table.titles.items() if title.removeprefix("Quyền ").startswith(_DEPUTY)}
    return found if len(found) > 1 else {}


def narrowed(table: WeekTable, choice: str) -> WeekTable:
    """The same week with the lines of a filter only: citizen reception, or whoever is a deputy."""
    deputies = deputies_of(table)

    def wanted(line: Line) -> bool:
        return line.is_reception if choice == RECEPTION else bool(line.person_ids & set(deputies))

    days = [
        replace(day, halves=[replace(half, lines=[line for line in half.lines if wanted(line)]) for half in day.halves])
        for day in table.days
    ]
    return replace(table, days=days)


def deputies_label(titles: Iterable[str]) -> str:
    """“Các Phó Chủ tịch” where all deputies' titles begin alike, else “Cấp phó”."""
    words = [title.removeprefix("Quyền ").split()[:_SHARED_WORDS] for title in titles]
    same = takewhile(lambda column: len(set(column)) == 1, zip(*words, strict=False))
    common = [column[0] for column in same]
    return _("Các %(title)s") % {"title": " ".join(common)} if len(common) > 1 else _("Cấp phó")


def _leader_chip(table: WeekTable, key: int, chosen: int | None, label: str) -> Way:
    return Way(label, leader_url(key, table.slugs[key], table.monday), key == chosen)


def filters(table: WeekTable, *, choice: str = "", person_id: int | None = None) -> dict[str, list[Way]]:
    """Chips above a week: everything, leaders, deputies together, reception; below them each deputy, where one is chosen."""
    page = week_url(table.monday)
    group = deputies_of(table)
    deputies = [row for row in table.leaders if row[0] in group]
    chips = [Way(_("Tất cả"), page, not choice and person_id is None)]
    chips += [_leader_chip(table, row[0], person_id, row[1]) for row in table.leaders if row not in deputies]
    among = person_id in {row[0] for row in deputies}
    if deputies:
        label = deputies_label(group.values())
        chips.append(Way(label, f"{page}?loc={DEPUTIES}", choice == DEPUTIES))
    chips.append(Way(_("Tiếp công dân"), f"{page}?loc={RECEPTION}", choice == RECEPTION))
    each = deputies if among or choice == DEPUTIES else []
    more = [_leader_chip(table, row[0], person_id, _deputy_label(row, each)) for row in each]
    return {"chips": chips, "more_chips": more}


def _deputy_label(row: tuple[int, str, str], all_of_them: list[tuple[int, str, str]]) -> str:
    """The title where it names one person, else the name."""
    alike = [other for other in all_of_them if other[1] == row[1]]
    return row[1] if len(alike) == 1 else row[2]


def has_lines(table: WeekTable) -> bool:
    """Whether anything stands in the week."""
    return any(half.lines for day in table.days for half in day.halves)


def steps(table: WeekTable, this_monday: date, *, person: Person | None = None) -> dict[str, str]:
    """The weeks before and after. From an empty week no way leads further into emptiness (robots would never end)."""
    has_some = table.is_published or has_lines(table)
    before = table.monday - WEEK if has_some or table.monday >= this_monday else None
    after = table.monday + WEEK if has_some or table.monday < this_monday else None
    return {name: _step(day, person) for name, day in (("prev_url", before), ("next_url", after))}


def _step(monday: date | None, person: Person | None) -> str:
    if monday is None or not FIRST_DAY <= monday <= LAST_DAY:
        return ""
    return leader_url(person.pk, person.slug, monday) if person else week_url(monday)


def empty_week(table: WeekTable, unit: Unit, this_monday: date) -> dict[str, str] | None:
    """What a week says in which nothing was put out; None for one that has something. One query, where it is empty."""
    if table.is_published or has_lines(table):
        return None
    last = ScheduleWeek.objects.last_published(table.monday)
    way = {"url": week_url(last.monday), "link_label": _("Xem tuần gần nhất đã công bố")} if last else {}
    if unit.is_closed:
        text = _("Đơn vị đã kết thúc hoạt động. Lịch các tuần trước vẫn còn lưu.")
    elif table.monday < this_monday:
        text = _("Tuần này không có lịch nào được công bố.")
    else:
        text = _("Lịch thường được công bố vào cuối tuần trước. Cần gặp lãnh đạo, xem lịch tiếp công dân.")
    title = _("Không có lịch của tuần này") if table.monday < this_monday else _("Chưa có lịch của tuần này")
    return {"title": title, "text": text, **way}


def outputs(table: WeekTable) -> list[Way]:
    """Where else the same schedule stands."""
    monday = table.monday
    ways = [
        Way(_("Cả tháng"), month_url(monday + timedelta(days=3))),
        Way(_("Các tuần trước"), reverse("units:schedule-archive")),
    ]
    if not has_lines(table) and not table.is_published:
        return ways
    files = (("schedule-xlsx", _("Tải tệp Excel")), ("schedule-docx", _("Tải tệp Word")))
    return [*ways, *(Way(words, week_url(monday, name)) for name, words in files)]


def reception_url(unit: Unit, site: Site) -> str:
    """Where to ask for a meeting; empty where the unit keeps that part switched off or is closed."""
    return reverse("units:reception") if site.has(Module.RECEPTION) and not unit.is_closed else ""


def this_monday() -> date:
    """The Monday of today's week in Vietnam."""
    return monday_of(timezone.localdate())
