"""The schedule on “Việc hôm nay” and in the menu: what waits for whom."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_site import MenuItem
from portal.core.models import User
from units.admin.schedule_steps import OFFICE
from units.enums import Module
from units.enums.schedule import EntryStage, WeekStatus
from units.models import ScheduleEntry, ScheduleWeek
from units.rules.schedule import monday_of
from units.schedule.addresses import desk_url

THURSDAY: Final = 3
WAITING_LIMIT: Final = 99


def schedule_panel(request: HttpRequest) -> dict[str, Any]:
    """Proposals, weeks that are not published, an empty next week from Thursday on; a writer's returned proposals.

    Two queries. Silent where the part is off and where nobody has begun a schedule yet.
    """
    user, site = request.user, getattr(request, "site", None)
    if not isinstance(user, User) or not user.has_perm("units.view_scheduleentry"):
        return {}
    if site is None or not site.has(Module.SCHEDULE):
        return {}
    today = timezone.localdate()
    lines = _office_lines(today) if user.has_perm(OFFICE) else _writer_lines(user, today)
    return {"template": "admin/units/scheduleweek/desk_panel.html", "lines": lines} if lines else {}


def _line(icon: str, words: str, url: str, meta: str = "") -> dict[str, str]:
    return {"icon": icon, "words": words, "url": url, "meta": meta}


def _office_lines(today: date) -> list[dict[str, str]]:
    this, coming = monday_of(today), monday_of(today) + timedelta(days=7)
    lines = []
    waiting = ScheduleEntry.objects.waiting().filter(day__gte=this)
    days = list(waiting.order_by("day").values_list("day", flat=True)[:WAITING_LIMIT])
    if days:
        words = _("%(number)d đề xuất của phòng, ban chờ nhận") % {"number": len(days)}
        lines.append(_line("inbox", words, desk_url(days[0])))
    table = ScheduleEntry.objects.accepted().filter(week=OuterRef("pk"))
    newest = ScheduleWeek.objects.filter(monday__lte=coming).annotate(has_entries=Exists(table)).order_by("-monday")
    weeks = {week.monday: week for week in newest[:2]}
    if not weeks:
        return lines  # nobody keeps a schedule here
    lines += _week_line(weeks.get(this), this, _("tuần này"))
    if today.weekday() >= THURSDAY:
        lines += _week_line(weeks.get(coming), coming, _("tuần sau"))
    return lines


def _week_line(week: Any, monday: date, name: str) -> list[dict[str, str]]:
    """A week that is empty or not published; nothing for one that citizens can read."""
    if week is None or not week.has_entries:
        return [_line("calendar-plus", _("Lịch %(week)s còn trống") % {"week": name}, desk_url(monday))]
    if week.status == WeekStatus.PUBLISHED:
        return []
    state = _("Đã duyệt, chờ công bố") if week.status == WeekStatus.APPROVED else _("Chưa duyệt")
    return [_line("calendar-days", _("Lịch %(week)s chưa công bố") % {"week": name}, desk_url(monday), state)]


def _writer_lines(user: User, today: date) -> list[dict[str, str]]:
    rows = ScheduleEntry.objects.proposed_by(user.pk).filter(stage=EntryStage.RETURNED, day__gte=today)
    return [
        _line("undo-2", _("Trả lại: %(title)s") % {"title": row.title}, desk_url(row.day), row.return_reason)
        for row in rows.order_by("day")[:5]
    ]


SITE: Any = admin.site  # PortalAdminSite
SITE.index_panels.append(schedule_panel)
SITE.audit_words.update(
    {
        "schedule.save": gettext_lazy("Ghi việc trên lịch"),
        "schedule.propose": gettext_lazy("Đề xuất việc cho lịch"),
        "schedule.accept": gettext_lazy("Nhận đề xuất vào lịch"),
        "schedule.return": gettext_lazy("Trả lại đề xuất"),
        "schedule.cancel": gettext_lazy("Hoãn việc trên lịch"),
        "schedule.restore": gettext_lazy("Đưa việc trở lại lịch"),
        "schedule.withdraw": gettext_lazy("Gỡ việc khỏi lịch công khai"),
        "schedule.delete": gettext_lazy("Xóa việc trên lịch"),
        "schedule.open": gettext_lazy("Bắt đầu lịch tuần"),
        "schedule.series": gettext_lazy("Đưa việc lặp lại vào lịch"),
        "schedule.copy": gettext_lazy("Chép lịch tuần trước"),
        "schedule.note": gettext_lazy("Sửa ghi chú lịch tuần"),
        "schedule.approve": gettext_lazy("Duyệt lịch tuần"),
        "schedule.unapprove": gettext_lazy("Lịch sửa sau khi duyệt, phải duyệt lại"),
        "schedule.publish": gettext_lazy("Công bố lịch tuần"),
        "scheduleseries.save": gettext_lazy("Ghi việc lặp lại"),
        "scheduleseries.delete": gettext_lazy("Xóa việc lặp lại"),
        "room.save": gettext_lazy("Ghi phòng họp"),
        "room.delete": gettext_lazy("Xóa phòng họp"),
    }
)
SITE.add_to_menu(
    "schedule",
    MenuItem(
        gettext_lazy("Bàn lịch tuần"), "admin:units_scheduleweek_now", "calendar-days", "units.view_scheduleweek",
        "units.scheduleweek", 10,
    ),
    MenuItem(
        gettext_lazy("Nhập lịch tuần"), "admin:units_scheduleentry_grid_now", "pencil", "units.add_scheduleentry",
        "units.scheduleentry.grid", 15,
    ),
    MenuItem(
        gettext_lazy("Việc trên lịch"), "admin:units_scheduleentry_changelist", "list", "units.view_scheduleentry",
        "units.scheduleentry", 20,
    ),
    MenuItem(
        gettext_lazy("Việc lặp lại"), "admin:units_scheduleseries_changelist", "refresh-cw",
        "units.view_scheduleseries", "units.scheduleseries", 30,
    ),
    MenuItem(
        gettext_lazy("Phòng họp"), "admin:units_room_changelist", "building", "units.add_room", "units.room", 40
    ),
)  # fmt: skip
