"""The preview of an imported week as a form: what is doubtful is a field, everything else is words until it is opened."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import WEEKDAYS, date_short
from portal.core.text import nfc, one_line
from units.enums.schedule import DaySession, Visibility
from units.rules.schedule import read_time, session_of, time_words
from units.schedule.importing.directory import Directory
from units.schedule.importing.preview import Line, seat_guests
from units.schedule.importing.words import ID_OF, LineWords, labels

CELLS: Final = ("day", "time", "title", "chair", "attendees", "place", "more")
# Which cell of the table a part stands in.
CELL_OF: Final = {
    "day": "day", "time": "time", "title": "title", "content": "title", "chair": "chair", "attendees": "attendees",
    "place": "place", "preparing": "more", "vehicle": "more", "notes": "more", "visibility": "more",
}  # fmt: skip
# The server takes 2,000 fields at once.
FIELD_BUDGET: Final = 1_700
_SMALL: Final = 300


class ClockField(forms.CharField):
    """A clock time as offices write it, kept as “14:30”."""

    def clean(self, value: Any) -> str:
        """Raises ValidationError for 25h."""
        text = one_line(str(super().clean(value) or ""))
        if not text:
            return ""
        try:
            return time_words(read_time(text))
        except ValueError as error:
            raise ValidationError(_("Ghi giờ theo 24 giờ, ví dụ 8:00 hoặc 14:30.")) from error


@dataclass(slots=True)
class Part:
    """One thing of a line as it is shown: in words, or as fields to correct it."""

    name: str
    label: str
    words: str
    doubt: str = ""
    fields: list[Any] = field(default_factory=list)  # bound fields
    errors: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One line as it is shown."""

    line: Line
    use: Any  # bound field
    is_open: bool
    parts: dict[str, Part]

    @property
    def cells(self) -> Iterator[tuple[str, list[Part]]]:
        """Parts by cell; what is empty and certain is left out."""
        for cell in CELLS:
            shown = [one for one in self.parts.values() if CELL_OF[one.name] == cell]
            yield cell, [one for one in shown if one.words or one.fields or one.errors or one.doubt]

    @property
    def doubtful(self) -> int:
        """How many parts are to be looked at."""
        return sum(bool(one.doubt or one.errors) for one in self.parts.values())


class ScheduleLinesForm(forms.Form):
    """Corrections of a preview. Fields are named “<number>-<what>”."""

    def __init__(
        self,
        data: Any = None,
        *,
        lines: list[Line],
        directory: Directory,
        monday: date,
        opened: Collection[int] = (),
    ) -> None:
        super().__init__(data, auto_id="o_%s")
        self.lines, self.directory, self.monday = lines, directory, monday
        self.opened = set(opened)
        self.refused: dict[int, dict[str, str]] = {}
        self._people: list[tuple[int | str, str]] = [(one.pk, one.label) for one in directory.persons]
        self.words = LineWords(directory)
        for line in lines:
            self.fields[f"{line['n']}-use"] = forms.BooleanField(
                label=_("Đưa việc số %(number)d vào lịch") % {"number": line["n"]},
                required=False,
                initial=not line["skip"],
            )
        for line in lines:
            for name in self._editable(line):
                self._add(line, name)

    def _editable(self, line: Line) -> list[str]:
        """Parts of a line that are fields: all of an open line; else those that are doubtful, as long as they fit."""
        if line["n"] in self.opened:
            return list(CELL_OF)
        doubtful = [name for name in CELL_OF if name in line["doubts"] or (name == "day" and not line["day"])]
        return doubtful if len(self.fields) < FIELD_BUDGET else []

    def _put(self, line: Line, name: str, made: forms.Field) -> None:
        made.required = False
        self.fields[f"{line['n']}-{name}"] = made

    def _add(self, line: Line, name: str) -> None:
        add = getattr(self, f"_add_{name}", None)
        if add is not None:
            add(line)
            return
        wide = name in {"content", "notes"}
        widget = forms.Textarea(attrs={"rows": 2}) if wide or name == "title" else forms.TextInput()
        most = {"title": _SMALL, "vehicle": 120}.get(name, 4_000)
        self._put(line, name, forms.CharField(label=labels()[name], initial=line[name], max_length=most, widget=widget))

    def _add_day(self, line: Line) -> None:
        days = [self.monday + timedelta(days=count) for count in range(7)]
        choices = [
            ("", _("Chọn ngày")),
            *((day.isoformat(), f"{WEEKDAYS[day.weekday()]} {date_short(day)}") for day in days),
        ]
        self._put(line, "day", forms.ChoiceField(label=_("Ngày"), choices=choices, initial=line["day"]))

    def _add_time(self, line: Line) -> None:
        small = {"size": 6, "inputmode": "text"}
        self._put(
            line, "starts", ClockField(label=_("Từ giờ"), initial=line["starts"], widget=forms.TextInput(attrs=small))
        )
        self._put(
            line, "ends", ClockField(label=_("Đến giờ"), initial=line["ends"], widget=forms.TextInput(attrs=small))
        )
        label = _("Hoặc cả buổi")
        self._put(line, "session", forms.ChoiceField(label=label, choices=DaySession.choices, initial=line["session"]))

    def _add_chair(self, line: Line) -> None:
        self._put(line, "chair_id", self._who(line["chair"] or line["read"]["chair"], line["chair_id"], _("Chủ trì")))
        if line["n"] in self.opened:
            text = forms.CharField(label=_("Hoặc ghi người khác"), initial=line["chair"], max_length=160)
            self._put(line, "chair", text)

    def _who(self, words: str, chosen: int | None, label: str) -> forms.ChoiceField:
        keep = _("Giữ nguyên chữ: %(words)s") % {"words": words} if words else _("Không chọn")
        return forms.ChoiceField(label=label, choices=[("", keep), *self._people], initial=chosen or "")

    def _add_attendees(self, line: Line) -> None:
        if line["n"] in self.opened:
            text = forms.CharField(
                label=_("Thành phần (cách nhau bằng dấu chấm phẩy)"), initial=self.words.guests(line), max_length=2_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
            self._put(line, "attendees", text)
            return
        for number, piece in enumerate(line["guess"]):
            likely = piece["likely"][0] if len(piece["likely"]) == 1 else None
            self._put(line, f"guess{number}", self._who(piece["text"], likely, piece["text"]))

    def _add_place(self, line: Line) -> None:
        """The room is asked for where one may be meant, or where everything is open."""
        if self.directory.rooms and (line["n"] in self.opened or line["room_id"] or line["likely"].get("room")):
            rooms: list[tuple[int | str, str]] = [("", _("Không phải phòng trong danh sách"))]
            rooms += [(one.pk, one.label) for one in self.directory.rooms]
            chosen = forms.ChoiceField(label=_("Phòng họp"), choices=rooms, initial=line["room_id"] or "")
            self._put(line, "room_id", chosen)
        is_room = line["room_id"] and "place" not in line["doubts"]
        words = "" if is_room else line["place"] or line["read"]["place"]
        label = _("Hoặc địa điểm khác") if f"{line['n']}-room_id" in self.fields else _("Địa điểm")
        text = forms.CharField(label=label, initial=words, max_length=200)
        self._put(line, "place", text)

    def _add_preparing(self, line: Line) -> None:
        words = line["preparing"] or line["read"]["preparing"]
        keep = _("Giữ nguyên chữ: %(words)s") % {"words": words} if words else _("Không chọn")
        divisions: list[tuple[int | str, str]] = [
            ("", keep),
            *((one.pk, one.label) for one in self.directory.divisions),
        ]
        chosen = forms.ChoiceField(label=_("Đơn vị chuẩn bị"), choices=divisions, initial=line["preparing_id"] or "")
        self._put(line, "preparing_id", chosen)

    def _add_visibility(self, line: Line) -> None:
        label = _("Ai xem được")
        self._put(
            line, "visibility", forms.ChoiceField(label=label, choices=Visibility.choices, initial=line["visibility"])
        )

    # --- taking over what was typed ----------------------------------------------------------------------------------

    def corrected(self) -> list[Line]:
        """The lines with what was typed; a part that was changed is doubtful no longer. Only of a valid form."""
        return [self._corrected(line) for line in self.lines]

    def _corrected(self, line: Line) -> Line:
        new = {**line, "doubts": dict(line["doubts"]), "guess": list(line["guess"])}
        values = {
            name.partition("-")[2]: value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{line['n']}-") and (name.endswith("-use") or self.add_prefix(name) in self.data)
        }
        new["skip"] = not values.pop("use", False)
        self._take_guests(new, values)
        for name in [one for one in ("chair", "place", "preparing") if f"{ID_OF[one]}" in values or one in values]:
            self._take_choice(new, name, values)
        for name, value in values.items():
            new[name] = nfc(value).strip() if name in {"content", "notes"} else one_line(value)
        if new["starts"]:
            new["session"] = str(session_of(read_time(new["starts"])))
        _clear_doubts(line, new)
        return new

    def _take_choice(self, new: Line, name: str, values: dict[str, str]) -> None:
        """A person, room or division from the list; or words."""
        key = ID_OF[name]
        chosen = values.pop(key, None)
        words = values.pop(name, None)
        if chosen is not None:
            new[key] = int(chosen) if chosen else None
        if new[key]:
            new[name] = ""
        else:
            new[name] = one_line(words) if words is not None else new[name] or new["read"].get(name, "")

    def _take_guests(self, new: Line, values: dict[str, str]) -> None:
        text = values.pop("attendees", None)
        if text is not None and one_line(text) != one_line(self.words.guests(new)):
            seat_guests(new, text, self.directory)
        answers = {name: values.pop(name) for name in list(values) if name.startswith("guess")}
        if not answers:
            return
        words = [new["attendees"]] if new["attendees"] else []
        persons = list(new["person_ids"])
        for number, piece in enumerate(new["guess"]):
            chosen = answers.get(f"guess{number}", "")
            if chosen:
                persons.append(int(chosen))
            else:
                words.append(piece["text"])
        new["person_ids"], new["attendees"], new["guess"] = list(dict.fromkeys(persons)), "; ".join(words), []
        new["doubts"].pop("attendees", None)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """All lines for the template."""
        return [
            Row(
                line,
                self[f"{line['n']}-use"],
                line["n"] in self.opened,
                {name: self._part(line, name) for name in CELL_OF},
            )
            for line in self.lines
        ]

    def _part(self, line: Line, name: str) -> Part:
        part = Part(name, labels()[name], self.words.of(line, name), line["doubts"].get(name, ""))
        prefix = f"{line['n']}-"
        mine = {name, ID_OF.get(name, name)} | ({"starts", "ends", "session"} if name == "time" else set())
        for key in self.fields:
            what = key.removeprefix(prefix) if key.startswith(prefix) else ""
            if what in mine or (name == "attendees" and what.startswith("guess")):
                part.fields.append(self[key])
        refused = self.refused.get(line["n"], {}).get(name, "")
        part.errors = [refused] if refused else []
        return part


_STORED: Final = {
    "time": ("starts", "ends", "session"),
    "attendees": ("attendees", "person_ids", "division_ids", "guess"),
}


def _clear_doubts(old: Line, new: Line) -> None:
    for name in list(new["doubts"]):
        stored = _STORED.get(name, (name, ID_OF.get(name, name)))
        if any(old[one] != new[one] for one in stored):
            new["doubts"].pop(name)
