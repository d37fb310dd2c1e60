"""What changed after citizens had seen it, in words: “Dời từ 8:00 · lúc 9:15, 24/11”. Internal fields are never told."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.templatetags.portal_text import date_short
from units.enums.schedule import ChangeKind, DaySession, EntryStatus
from units.models import ScheduleChange, ScheduleEntry
from units.rules.schedule import read_time, time_words

# Field → what citizens call it; what is not here (vehicle, notes, visibility, who proposed) stays inside.
FIELD_WORDS: Final[dict[str, Any]] = {
    "day": gettext_lazy("ngày"),
    "starts_at": gettext_lazy("giờ bắt đầu"),
    "ends_at": gettext_lazy("giờ kết thúc"),
    "session": gettext_lazy("buổi"),
    "title": gettext_lazy("nội dung"),
    "content": gettext_lazy("chi tiết"),
    "room": gettext_lazy("địa điểm"),
    "place": gettext_lazy("địa điểm"),
    "chair": gettext_lazy("chủ trì"),
    "chair_text": gettext_lazy("chủ trì"),
    "persons": gettext_lazy("thành phần"),
    "divisions": gettext_lazy("thành phần"),
    "invited_units": gettext_lazy("thành phần"),
    "attendees_text": gettext_lazy("thành phần"),
    "preparing": gettext_lazy("đơn vị chuẩn bị"),
    "preparing_text": gettext_lazy("đơn vị chuẩn bị"),
}
_WHEN: Final = frozenset({"day", "starts_at", "ends_at", "session"})


@dataclass(frozen=True, slots=True)
class Left:
    """A time that an entry was moved away from."""

    day: date
    starts_at: time | None
    session: str


@dataclass(frozen=True, slots=True)
class Told:
    """One change as the day's page tells it."""

    at: datetime
    what: str
    details: list[tuple[str, str, str]]  # field, before, after
    note: str


def _day(text: Any) -> date | None:
    with suppress(TypeError, ValueError):
        return date.fromisoformat(str(text)[:10])
    return None


def _time(text: Any) -> time | None:
    with suppress(TypeError, ValueError):
        return time.fromisoformat(str(text))
    with suppress(TypeError, ValueError):
        return read_time(str(text))
    return None


def _session(text: Any) -> str:
    """The half of the day, kept as people read it (“Sáng”)."""
    return next((half for half, label in DaySession.choices if text in {half, str(label)}), "")


def left_by(change: ScheduleChange, entry: ScheduleEntry) -> Left:
    """Where the entry stood before the change; what the change does not name is as it is now."""
    before = change.before
    day = _day(before.get("day")) or _day(change.after.get("day")) or entry.day
    starts_at = _time(before["starts_at"]) if "starts_at" in before else entry.starts_at
    return Left(day, starts_at, _session(before.get("session")) or entry.session)


def shown_changes(changes: Sequence[ScheduleChange]) -> list[ScheduleChange]:
    """Changes that may be told: what was before an entry was taken off the public page is not."""
    last = max((place for place, row in enumerate(changes) if row.kind == ChangeKind.WITHDRAWN), default=-1)
    return list(changes[last + 1 :])


def when_words(starts_at: time | None, session: str, day: date | None = None) -> str:
    """“8:00”, “buổi sáng”, with a day “8:00, 24/11”."""
    words = (
        time_words(starts_at) if starts_at else _("buổi %(half)s") % {"half": str(DaySession(session).label).lower()}
    )
    return f"{words}, {date_short(day)}" if day else words


def at_words(what: str, at: datetime | None, note: str = "") -> str:
    """“Hoãn · lúc 9:15, 24/11. Lý do.”."""
    words = what
    if at:
        local = timezone.localtime(at)
        moment = _("lúc %(time)s, %(day)s") % {"time": time_words(local.time()), "day": date_short(local)}
        words = f"{what} · {moment}"
    return f"{words}. {note}" if note else words


def _moved(entry: ScheduleEntry, changes: Sequence[ScheduleChange]) -> str:
    """“Dời từ 8:00” where the entry does not stand where citizens saw it first."""
    moves = [row for row in changes if _WHEN & row.before.keys()]
    if not moves:
        return ""
    first: dict[str, Any] = {}
    for row in moves:
        first = {**row.before, **first}
    was = left_by(ScheduleChange(before=first, after={}), entry)
    if was.day != entry.day:
        return _("Dời từ %(when)s") % {"when": when_words(was.starts_at, was.session, was.day)}
    if was.starts_at != entry.starts_at or (entry.starts_at is None and was.session != entry.session):
        return _("Dời từ %(when)s") % {"when": when_words(was.starts_at, was.session)}
    return ""


def _edited(changes: Sequence[ScheduleChange]) -> str:
    """“Sửa địa điểm, chủ trì”."""
    fields = dict.fromkeys(
        str(FIELD_WORDS[name]) for row in changes for name in row.after if name in FIELD_WORDS and name not in _WHEN
    )
    return _("Sửa %(fields)s") % {"fields": ", ".join(fields)} if fields else ""


def change_words(entry: ScheduleEntry, changes: Sequence[ScheduleChange]) -> tuple[str, str]:
    """The tag of a changed line and its words; both empty for one that stands as it was first put out."""
    last = changes[-1] if changes else None
    tag, words = _what(entry, changes)
    at = last.at if last else entry.changed_at
    note = entry.change_note or (last.note if last else "")
    return (tag, at_words(words, at, note)) if tag else ("", "")


def _what(entry: ScheduleEntry, changes: Sequence[ScheduleChange]) -> tuple[str, str]:
    """The gravest first: cancelled, moved, back as it was, other words, added later."""
    if entry.status == EntryStatus.CANCELLED:
        return _("Hoãn"), _("Hoãn")
    if moved := _moved(entry, changes):
        return _("Dời"), moved
    if changes and changes[-1].kind == ChangeKind.RESTORED:
        # Alone only where it was taken off the page before: that is not told.
        return (_("Họp lại"), _("Họp lại")) if changes[:-1] else (_("Bổ sung"), _("Đưa lại lên lịch"))
    if edited := _edited(changes):
        return _("Sửa"), edited
    if any(row.kind == ChangeKind.ADDED for row in changes):
        return _("Bổ sung"), _("Bổ sung")
    return (_("Đổi"), _("Có thay đổi")) if entry.status == EntryStatus.CHANGED else ("", "")


def _shown(name: str, text: Any) -> str:
    """A field's value as people read it."""
    if name == "day" and (day := _day(text)):
        return date_short(day)
    if name in {"starts_at", "ends_at"} and (at := _time(text)):
        return time_words(at)
    if name == "session" and (half := _session(text)):
        return str(DaySession(half).label)
    return "; ".join(str(one) for one in text) if isinstance(text, list) else str(text or "")


def told(changes: Sequence[ScheduleChange]) -> list[Told]:
    """The history of an entry for its day's page, newest last; public fields only."""
    rows = []
    for change in shown_changes(changes):
        details = [
            (str(FIELD_WORDS[name]), _shown(name, change.before.get(name)), _shown(name, change.after.get(name)))
            for name in FIELD_WORDS
            if name in change.before or name in change.after
        ]
        details = [one for one in dict.fromkeys(details) if one[1] != one[2]]
        rows.append(Told(change.at, str(ChangeKind(change.kind).label), details, change.note))
    return rows
