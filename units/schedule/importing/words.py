"""A preview's lines in words, part by part."""

from datetime import date

from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from units.enums.schedule import DaySession, Visibility
from units.schedule.importing.directory import Directory
from units.schedule.importing.preview import Line

ID_OF = {"chair": "chair_id", "place": "room_id", "preparing": "preparing_id"}


def labels() -> dict[str, str]:
    """Names of parts."""
    return {
        "day": _("Ngày"), "time": _("Giờ"), "title": _("Nội dung"), "content": _("Chi tiết"), "chair": _("Chủ trì"),
        "attendees": _("Thành phần"), "place": _("Địa điểm"), "preparing": _("Chuẩn bị"), "vehicle": _("Xe"),
        "notes": _("Ghi chú"), "visibility": _("Ai xem được"),
    }  # fmt: skip


class LineWords:
    """Says in words what a line holds as ids."""

    def __init__(self, directory: Directory) -> None:
        self.people = {one.pk: one.label for one in directory.persons}
        self.rooms = {one.pk: one.label for one in directory.rooms}
        self.divisions = {one.pk: one.label for one in directory.divisions}
        self.units = {one.pk: one.label for one in directory.units}

    def guests(self, line: Line) -> str:
        """Everybody who takes part, as seat_guests reads it again."""
        words = [self.people[pk] for pk in line["person_ids"] if pk in self.people]
        words += [self.divisions[pk] for pk in line["division_ids"] if pk in self.divisions]
        words += [self.units[pk] for pk in line["unit_ids"] if pk in self.units]
        words += [piece["text"] for piece in line["guess"]]
        return "; ".join([*words, *([line["attendees"]] if line["attendees"] else [])])

    def of(self, line: Line, name: str) -> str:
        """One part of the line."""
        if name == "day":
            day = date.fromisoformat(line["day"]) if line["day"] else None
            return f"{WEEKDAYS[day.weekday()]} {date_short(day)}" if day else ""
        if name == "time":
            span = " – ".join(one for one in (line["starts"], line["ends"]) if one)
            return span or str(DaySession(line["session"]).label)
        if name == "attendees":
            return self.guests(line)
        if name == "visibility":
            return str(Visibility.INTERNAL.label) if line["visibility"] == Visibility.INTERNAL else ""
        known = {"chair": self.people, "place": self.rooms, "preparing": self.divisions}.get(name, {})
        return known.get(line[ID_OF[name]], str(line[name])) if name in ID_OF else str(line[name])
