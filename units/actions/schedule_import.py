"""A week's table from a file: kept as a preview, corrected, then taken into the schedule whole or not at all."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line
from units.actions.schedule import open_week, propose_entry, save_entry
from units.actions.schedule_keeping import lock_weeks
from units.enums.schedule import ImportStatus, Visibility
from units.models import (
    Division,
    Person,
    ReceptionSession,
    Room,
    ScheduleEntry,
    ScheduleImport,
    ScheduleWeek,
    Unit,
)
from units.rules.schedule import read_time, session_of, time_words
from units.schedule.directory import directory_of_week
from units.schedule.grid import Clerk
from units.schedule.importing.lines import ReadLine
from units.schedule.importing.preview import Line, Standing, make_lines, mark_same

FILE_NAME_LIMIT: Final = 200
# Where the refusals of an entry's fields are shown in the preview.
_FIELD: Final = {
    "starts_at": "time", "ends_at": "time", "session": "time", "room": "place", "chair_text": "chair",
    "persons": "attendees", "attendees_text": "attendees", "preparing_text": "preparing",
}  # fmt: skip


EMPTY: Final[dict[str, Any]] = {"lines": [], "left_out": [], "proposing_id": None}


class ImportGone(ValidationError):
    """The preview was taken over or dropped meanwhile; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("Bản xem trước này đã được đưa vào lịch hoặc đã bỏ. Không làm gì thêm."))


class LinesRefused(ValidationError):
    """Some lines can not stand in the schedule, so none was written; ``wrong`` is number of line → field → sentence."""

    def __init__(self, wrong: dict[int, dict[str, str]]) -> None:
        self.wrong = wrong
        super().__init__(
            _("Chưa đưa vào lịch việc nào. Có %(number)d việc cần sửa, hoặc bỏ chọn.") % {"number": len(wrong)}
        )


class NowStanding(ValidationError):
    """Meanwhile the same was put into the schedule; the lines are marked and left out, nothing was written."""

    def __init__(self, number: int) -> None:
        words = _("Trong lúc xem, lịch đã có thêm %(number)d việc trùng; máy đã bỏ chọn. Xem lại rồi bấm lần nữa.")
        super().__init__(words % {"number": number})


def standing_in(monday: date, actor: User) -> list[Standing]:
    """What stands in the week as far as ``actor`` may see it; two queries."""
    rows = Clerk.of(actor).seen(monday).values_list("day", "session", "starts_at", "title")
    entries = [Standing(day, session, time_words(at) if at else "", title) for day, session, at, title in rows]
    sessions = ReceptionSession.objects.public().between(monday, monday + timedelta(days=6))
    return entries + [
        Standing(one.day, session_of(one.starts_at), time_words(one.starts_at), _("Tiếp công dân"), is_reception=True)
        for one in sessions
    ]


@transaction.atomic
def keep_import(
    *, file_name: str, read: Sequence[ReadLine], left_out: Sequence[str], monday: date, visibility: str,
    proposing: Division | None, actor: User,
) -> ScheduleImport:  # fmt: skip
    """Keep what was read as a preview of the week; nothing of it is in the schedule. Raises ValidationError as open_week."""
    week = open_week(day=monday)
    lines = make_lines(read, directory_of_week(monday), standing_in(monday, actor), visibility=visibility)
    kept = {
        "lines": lines,
        "left_out": list(left_out),
        "proposing_id": proposing.pk if proposing else None,
    }
    row = ScheduleImport.objects.create(
        week=week, file_name=one_line(file_name)[-FILE_NAME_LIMIT:] or "lich", lines=kept, made_by=actor
    )
    record(verb="schedule.import-read", target=row, actor=actor, detail={"week": week.label, "lines": len(lines)})
    return row


@transaction.atomic
def correct_import(*, row: ScheduleImport, lines: list[Line]) -> None:
    """Keep corrections of the preview. Raises ImportGone."""
    kept = {**row.lines, "lines": lines}
    if not ScheduleImport.objects.filter(pk=row.pk, status=ImportStatus.PREVIEW).update(lines=kept):
        raise ImportGone
    row.lines = kept


def forget_previews() -> int:
    """Empty the unit's previews that were left lying; returns how many. What was loaded stays as it was."""
    return ScheduleImport.objects.left_lying(timezone.now()).update(status=ImportStatus.DROPPED, lines=EMPTY)


@transaction.atomic
def drop_import(*, row: ScheduleImport, actor: User) -> None:
    """Forget a preview. Raises ImportGone."""
    if not ScheduleImport.objects.filter(pk=row.pk, status=ImportStatus.PREVIEW).update(status=ImportStatus.DROPPED):
        raise ImportGone
    record(verb="schedule.import-drop", target=row, actor=actor)


def load_import(*, row: ScheduleImport, actor: User) -> int:
    """Take the chosen lines into the schedule (the office), or propose them (everybody else); returns how many.

    All or nothing. Raises ImportGone when it was done before, LinesRefused, and NowStanding.
    """
    try:
        return _load(row, actor)
    except NowStanding:
        # Outside of the transaction that was taken back: the marks are kept for the next look.
        _mark(row, actor)
        raise


@transaction.atomic
def _load(row: ScheduleImport, actor: User) -> int:
    if not ScheduleImport.objects.filter(pk=row.pk, status=ImportStatus.PREVIEW).update(status=ImportStatus.LOADED):
        raise ImportGone
    lock_weeks([row.week_id])
    row.refresh_from_db()
    chosen = [line for line in row.lines["lines"] if not line["skip"]]
    if not chosen:
        raise ValidationError(_("Chưa chọn việc nào. Đánh dấu ít nhất một việc rồi đưa vào lịch."))
    again = _come_meanwhile(chosen, row.week.monday, actor)
    if again:
        raise NowStanding(len(again))
    writer = _Writer(row.week, row.lines.get("proposing_id"), actor, chosen)
    wrong = {line["n"]: errors for line in chosen if (errors := writer.write(line))}
    if wrong:
        raise LinesRefused(wrong)
    detail = {"week": row.week.label, "entries": len(chosen)}
    record(verb="schedule.import-load", target=row, actor=actor, detail=detail)
    return len(chosen)


def _come_meanwhile(chosen: list[Line], monday: date, actor: User) -> list[Line]:
    """Lines that were no repetition when they were read or looked at, and are now."""
    standing = standing_in(monday, actor)
    fresh = [line for line in chosen if not line["same"]]
    return [line for line in fresh if mark_same({**line}, standing)]


@transaction.atomic
def _mark(row: ScheduleImport, actor: User) -> None:
    row.refresh_from_db()
    standing = standing_in(row.week.monday, actor)
    for line in row.lines["lines"]:
        if not line["same"] and not line["skip"]:
            mark_same(line, standing)
    ScheduleImport.objects.filter(pk=row.pk, status=ImportStatus.PREVIEW).update(lines=row.lines)


class _Writer:
    """Writes lines as entries; people, divisions, rooms and units are read once for all of them."""

    def __init__(self, week: ScheduleWeek, proposing_id: int | None, actor: User, lines: Sequence[Line]) -> None:
        self.week, self.proposing_id, self.actor = week, proposing_id, actor
        self.is_office = actor.has_perm("units.consolidate_schedule")
        self.persons = Person.objects.in_bulk(
            {pk for one in lines for pk in (*one["person_ids"], one["chair_id"]) if pk}
        )
        divisions = {pk for one in lines for pk in (*one["division_ids"], one["preparing_id"], proposing_id) if pk}
        self.divisions = Division.objects.in_bulk(divisions)
        self.rooms = Room.objects.in_bulk({one["room_id"] for one in lines if one["room_id"]})
        self.units = Unit.objects.in_bulk({pk for one in lines for pk in one["unit_ids"]})

    def write(self, line: Line) -> dict[str, str]:
        """What is wrong with the line, by field of the preview; empty when it is written."""
        if not line["day"]:
            return {"day": _("Chọn ngày.")}
        write = save_entry if self.is_office else propose_entry
        try:
            with transaction.atomic():
                write(
                    entry=self._entry(line),
                    actor=self.actor,
                    persons=[self.persons[pk] for pk in line["person_ids"] if pk in self.persons],
                    divisions=[self.divisions[pk] for pk in line["division_ids"] if pk in self.divisions],
                    invited_units=[self.units[pk] for pk in line["unit_ids"] if pk in self.units],
                )
        except ValidationError as error:
            return _by_field(error)
        return {}

    def _entry(self, line: Line) -> ScheduleEntry:
        starts, ends = (read_time(line[name]) if line[name] else None for name in ("starts", "ends"))
        more: dict[str, Any] = {} if self.is_office else {"proposing": self.divisions.get(self.proposing_id)}
        return ScheduleEntry(
            week=self.week, day=date.fromisoformat(line["day"]), session=line["session"], starts_at=starts, ends_at=ends,
            title=line["title"], content=line["content"], room=self.rooms.get(line["room_id"]),
            place="" if line["room_id"] in self.rooms else line["place"], chair=self.persons.get(line["chair_id"]),
            chair_text="" if line["chair_id"] in self.persons else line["chair"], attendees_text=_attendees(line),
            preparing=self.divisions.get(line["preparing_id"]),
            preparing_text="" if line["preparing_id"] in self.divisions else line["preparing"],
            vehicle=line["vehicle"], notes=line["notes"],
            visibility=Visibility(line["visibility"]), **more,
        )  # fmt: skip


def _attendees(line: Line) -> str:
    """Free words, with the pieces nobody was chosen for."""
    return "; ".join([one for one in (line["attendees"], *(piece["text"] for piece in line["guess"])) if one])


def _by_field(error: ValidationError) -> dict[str, str]:
    if not hasattr(error, "error_dict"):
        return {"title": " ".join(error.messages)}
    return {_FIELD.get(name, name): " ".join(messages) for name, messages in error.message_dict.items()}
