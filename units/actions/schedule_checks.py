"""What an entry of the schedule must be like before it is written, in words a clerk understands."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import date_full
from portal.core.text import nfc, one_line
from units.enums.schedule import DaySession, EntryStage, EntryStatus, Visibility
from units.models import Appointment, Person, ScheduleEntry, ScheduleWeek
from units.people.posts import PostsBetween
from units.rules.schedule import EVENING, NOON, monday_of, session_of
from units.schedule.conflicts import Conflict

TEXT_LIMIT: Final = 4_000
NOTE_LIMIT: Final = 300
# Further ahead is a slip of the finger; further back is before anything was kept here.
AHEAD: Final = timedelta(days=730)
FIRST_DAY: Final = date(2000, 1, 3)
LINES: Final = ("title", "place", "chair_text", "attendees_text", "preparing_text", "vehicle", "change_note")
TEXTS: Final = ("content", "notes")
CHOICES: Final = (
    ("session", DaySession),
    ("visibility", Visibility),
    ("stage", EntryStage),
    ("status", EntryStatus),
)


class ScheduleChanged(ValidationError):
    """Somebody else changed the entry since it was read; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Người khác vừa sửa việc này. Tải lại trang, xem nội dung mới rồi sửa tiếp."))


class WeekHasConflicts(ValidationError):
    """Somebody or some room is taken twice and no reason was given; ``conflicts`` says who, which and when."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = list(conflicts)
        super().__init__(
            _("Còn %(number)d chỗ trùng lịch. Sửa giờ, hoặc ghi lý do vẫn để trùng, rồi công bố.")
            % {"number": len(self.conflicts)}
        )


def needed_reason(text: str, words: str) -> str:
    """The reason on one line; raises ValidationError with ``words`` where none is given, and for one too long."""
    reason = one_line(text)
    if not reason:
        raise ValidationError({"reason": words})
    return short_note(reason, "reason")


def short_note(text: str, field: str = "note") -> str:
    """A public note on one line; raises ValidationError for one that is too long."""
    note = one_line(text)
    if len(note) > NOTE_LIMIT:
        raise ValidationError({field: _("Viết ngắn lại, nhiều nhất %(most)d chữ.") % {"most": NOTE_LIMIT}})
    return note


def check_day(day: date) -> None:
    """Refuse a day that can only be a slip: before 2000, or more than two years ahead."""
    if not FIRST_DAY <= day <= timezone.localdate() + AHEAD:
        raise ValidationError({"day": _("Ngày %(day)s xa quá. Xem lại năm.") % {"day": date_full(day)}})


def tidy(entry: ScheduleEntry) -> None:
    """One spelling of every text, and the half of the day that the clock time says."""
    for name in LINES:
        setattr(entry, name, one_line(getattr(entry, name)))
    for name in TEXTS:
        setattr(entry, name, nfc(getattr(entry, name)).strip())
    if entry.starts_at is not None:
        entry.session = session_of(entry.starts_at)


def _check_texts(entry: ScheduleEntry) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if not entry.title:
        wrong["title"] = _("Ghi nội dung công việc.")
    for name in LINES:
        field: Any = entry._meta.get_field(name)
        most = field.max_length
        if len(getattr(entry, name)) > most:
            wrong[name] = _("Viết ngắn lại, nhiều nhất %(most)d chữ.") % {"most": most}
    for name in TEXTS:
        if len(getattr(entry, name)) > TEXT_LIMIT:
            wrong[name] = _("Viết ngắn lại, nhiều nhất %(most)d chữ.") % {"most": TEXT_LIMIT}
    for name, enum in CHOICES:
        if getattr(entry, name) not in enum.values:
            wrong[name] = _("Chọn một mục trong danh sách.")
    return wrong


def check_times(starts_at: time | None, ends_at: time | None) -> dict[str, Any]:
    """What is wrong with beginning and end, by field; empty when nothing is."""
    if ends_at is None:
        return {}
    if starts_at is None:
        return {"starts_at": _("Có giờ kết thúc thì ghi cả giờ bắt đầu.")}
    if ends_at > starts_at:
        return {}
    if starts_at >= EVENING and ends_at <= NOON:
        return {
            "ends_at": _(
                "Việc kéo qua nửa đêm thì tách thành hai ngày: ngày đầu đến 23:59, ngày sau từ 0:00. "
                "Ghi thành hai việc."
            )
        }
    return {"ends_at": _("Giờ kết thúc phải sau giờ bắt đầu.")}


def _check_place(entry: ScheduleEntry, *, is_new_room: bool) -> dict[str, Any]:
    if entry.room_id and entry.place:
        return {"place": _("Chọn phòng họp, hoặc ghi địa điểm khác; không ghi cả hai.")}
    if is_new_room and entry.room and not entry.room.is_active:
        return {"room": _("Phòng “%(room)s” không còn dùng. Chọn phòng khác.") % {"room": entry.room.name}}
    return {}


def _check_people(entry: ScheduleEntry, persons: Sequence[Person]) -> dict[str, Any]:
    """Whoever stands in the table holds a post on that day."""
    posts = PostsBetween.read(entry.day, entry.day)
    wrong: dict[str, Any] = {}
    absent = [one for one in persons if posts.on(one.pk, entry.day) is None]
    chair = entry.chair
    if chair is not None and posts.on(chair.pk, entry.day) is None:
        wrong["chair"] = _why_absent(chair, entry.day)
    if absent:
        wrong["persons"] = [_why_absent(one, entry.day) for one in absent]
    return wrong


def _why_absent(person: Person, day: date) -> str:
    held = Appointment.objects.filter(person=person)
    words = {"name": person.full_name, "day": date_full(day)}
    left = held.filter(ends_on__lt=day).order_by("-ends_on").values_list("ends_on", flat=True).first()
    if left:
        words["last"] = date_full(left)
        return _("%(name)s thôi giữ chức vụ từ sau ngày %(last)s, không có trong lịch ngày %(day)s.") % words
    comes = held.filter(starts_on__gt=day).order_by("starts_on").values_list("starts_on", flat=True).first()
    if comes:
        words["first"] = date_full(comes)
        return _("%(name)s giữ chức vụ từ ngày %(first)s, chưa có trong lịch ngày %(day)s.") % words
    return _("%(name)s chưa có chức vụ nào. Ghi chức vụ ở mục Lãnh đạo, cán bộ trước.") % words


def check_present(rows: Sequence[ScheduleEntry]) -> None:
    """Raise ValidationError where somebody has left since the entry was written; ``rows`` come with chair and persons."""
    if not rows:
        return
    posts = PostsBetween.read(min(row.day for row in rows), max(row.day for row in rows))
    wrong = [
        f"“{row.title}”: {_why_absent(person, row.day)}"
        for row in rows
        for person in {one.pk: one for one in (row.chair, *row.persons.all()) if one is not None}.values()
        if posts.on(person.pk, row.day) is None
    ]
    if wrong:
        raise ValidationError(wrong)


def check_entry(
    entry: ScheduleEntry, *, before: ScheduleEntry | None, persons: Sequence[Person], week: ScheduleWeek | None
) -> None:
    """Raise ValidationError, by field, for an entry that can not stand in the table; ``before`` is what is stored now.

    A new entry must lie in ``week``, where one was chosen; room and people are judged when they or the day change.
    """
    wrong = _check_texts(entry) | check_times(entry.starts_at, entry.ends_at)
    wrong |= _check_place(entry, is_new_room=before is None or before.room_id != entry.room_id)
    check_day(entry.day)
    if before is None and week is not None and monday_of(entry.day) != week.monday:
        wrong["day"] = _("Ngày %(day)s không nằm trong tuần %(first)s – %(last)s.") % {
            "day": date_full(entry.day), "first": f"{week.monday:%d/%m}", "last": f"{week.sunday:%d/%m/%Y}",
        }  # fmt: skip
    known = set() if before is None else {one.pk for one in before.persons.all()}
    same_people = before is not None and before.chair_id == entry.chair_id and {one.pk for one in persons} <= known
    if before is None or before.day != entry.day or not same_people:
        wrong |= _check_people(entry, persons)
    if wrong:
        raise ValidationError(wrong)
