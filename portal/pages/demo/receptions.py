"""Demo data: citizen reception of every unit of today; whoever is named is invented, and says so.

Communes receive every Thursday, departments on one and the province on two Thursdays of a month. What is over was held and
was published in time, once too late; the next month is published; in some units one session was called off and a special
one is due, and a few people have registered. Rows are written in bulk: two hundred sites must not take minutes.
"""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portal.core.models import User
from portal.core.tenancy import unit_scope
from portal.core.working_days import WorkingCalendar
from portal.pages.demo.wording import INVENTED_NAME, rng
from units.actions.reception_bookings import Wish, book_at_desk, is_open
from units.actions.reception_series import plan_sessions
from units.enums import UnitKind
from units.enums.reception import ReceptionKind, SessionStatus
from units.models import ReceptionSeries, ReceptionSession, Unit
from units.people.posts import PostsBetween
from units.rules import reception as rules
from units.rules.recurrence import Repeat, make_rule, occurrences

LIVELY: Final = ("hue", "thuan-an", "phu-xuan")
"""Units with a session called off, a special one, one published late, and people who registered."""
WEEKS_BEHIND: Final = 10
_MONDAY: Final = 2  # as databases count
_HOURS: Final = (time(7, 30), time(11))
_RULES: Final = {
    UnitKind.COMMUNE: (make_rule(Repeat.WEEKLY, weekdays=["TH"]),),
    UnitKind.DEPARTMENT: (make_rule(Repeat.MONTH_WEEKDAY, weekdays=["TH"], position=1),),
    UnitKind.PROVINCE: tuple(make_rule(Repeat.MONTH_WEEKDAY, weekdays=["TH"], position=turn) for turn in (2, 4)),
}
_PEOPLE: Final = (
    ("Lê Thị Sen", "0900000001", "Hỏi vì sao hồ sơ tách thửa nộp từ tháng 8 chưa có kết quả"),
    ("Trần Văn Đò", "0900000002", "Kiến nghị làm lại cống thoát nước đầu kiệt, mưa là ngập"),
    ("Hồ Thị Mai", "0900000003", "Xin được hướng dẫn hỗ trợ sửa nhà cho hộ cận nghèo"),
    ("Nguyễn Văn Lúa", "0900000004", "Phản ánh quán hát gây ồn sau 22 giờ"),
)


def load_receptions() -> int:
    """Load citizen reception where there is none yet; returns how many units got some."""
    made = 0
    today = timezone.localdate()
    calendar = WorkingCalendar.around(today - timedelta(days=180), today + timedelta(days=120))
    for unit in Unit.objects.current().filter(kind__in=_RULES).defer("boundary").order_by("pk"):
        with unit_scope(unit), transaction.atomic():
            if ReceptionSession.objects.exists() or ReceptionSeries.objects.exists():
                continue
            _fill(unit, today, calendar)
            made += 1
    return made


def _fill(unit: Unit, today: date, calendar: WorkingCalendar) -> None:
    head = next((held.person_id for held in PostsBetween.read(today, today).leaders(today)), None)
    shape: dict[str, Any] = {
        "starts_at": _HOURS[0], "ends_at": _HOURS[1], "receiver_id": head,
        "receiver_text": "" if head else "Chủ tịch Ủy ban nhân dân", "capacity": 10, "is_demo": True,
        "place": "Phòng tiếp công dân, tầng 1 trụ sở",
    }  # fmt: skip
    begins = today - timedelta(weeks=WEEKS_BEHIND)
    for rule in _RULES[UnitKind(unit.kind)]:
        series = ReceptionSeries.objects.create(rule=rule, starts_on=max(begins, unit.valid_from), **shape)
        _past(series, shape, today, calendar)
    plan_sessions(today=today)
    # Moved there from a holiday; the schedule's demo has its weekly meeting then.
    ReceptionSession.objects.filter(day__week_day=_MONDAY).delete()
    last = rules.month_of(rules.next_month(today))[1]
    coming = ReceptionSession.objects.unpublished(today).filter(day__lte=last)
    coming.update(published_at=_at(_before(calendar, today, rng(unit.slug, "công bố").randint(3, 8))))
    if unit.slug in LIVELY:
        _liven(unit, shape, today)


def _past(series: ReceptionSeries, shape: dict[str, Any], today: date, calendar: WorkingCalendar) -> None:
    turns = occurrences(series.rule, series.starts_on, series.starts_on, today - timedelta(days=3))
    ReceptionSession.objects.bulk_create(
        ReceptionSession(
            series=series, series_day=turn, day=day, status=SessionStatus.DONE,
            published_at=_at(_before(calendar, day, 2 if number == 1 else 7)), **shape,
        )
        for number, turn in enumerate(turns)
        for day in (turn if calendar.is_working(turn) else calendar.after(turn, 1),)
    )  # fmt: skip


def _before(calendar: WorkingCalendar, day: date, number: int) -> date:
    """The day on which ``number`` working days were left."""
    known = day
    while calendar.between(known, day) < number or not calendar.is_working(known):
        known -= timedelta(days=1)
    return known


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def _liven(unit: Unit, shape: dict[str, Any], today: date) -> None:
    """One called off, one special, people in the next one that is open."""
    rows = list(ReceptionSession.objects.public().coming(today)[:4])
    if len(rows) > 2:
        changed = {"status": SessionStatus.CANCELLED, "changed_at": timezone.now()}
        why = "Lãnh đạo dự kỳ họp Hội đồng nhân dân. Buổi bù thông báo sau (minh họa)."
        ReceptionSession.objects.filter(pk=rows[2].pk).update(cancel_reason=why, **changed)
    day = today + timedelta(days=2 + (5 - today.weekday()) % 7 if today.weekday() > 2 else 2)
    special = {**shape, "starts_at": time(14), "ends_at": time(16, 30), "capacity": 6}
    ReceptionSession.objects.create(
        day=day, kind=ReceptionKind.SPECIAL, published_at=timezone.now(),
        subject="Bồi thường, hỗ trợ khi mở rộng đường ven phá (minh họa)", **special,
    )  # fmt: skip
    actor = User.objects.filter(username=f"{unit.slug}.duyet").first()
    following = next((row for row in rows if is_open(row)), None)
    if actor is None or following is None:
        return
    for name, phone, subject in _PEOPLE:
        book_at_desk(
            session=following, actor=actor, wish=Wish(name=f"{name} {INVENTED_NAME}", phone=phone, subject=subject)
        )
