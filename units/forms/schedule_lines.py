"""One line of the week's grid as a clerk types it, read into an entry."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import folded, one_line
from units.enums.schedule import DaySession, Visibility
from units.models import Division, Person, ScheduleEntry
from units.rules.schedule import span_words
from units.rules.schedule_typing import NotATime, When, read_when
from units.schedule.choices import Choice, Choices, SeveralMeant
from units.schedule.grid import attendee_words, chair_words, day_choices, place_words

SAME_AS_ABOVE: Final = frozenset({"nt", "nhu tren", "-nt-", '"', "''", "”", "〃"})
# What an action calls wrong, and at which field of the line it is said.
FIELD_OF: Final = {
    "starts_at": "time",
    "ends_at": "time",
    "session": "time",
    "room": "place",
    "chair_text": "chair",
    "persons": "attendees",
    "divisions": "attendees",
    "attendees_text": "attendees",
    "change_note": "note",
    "reason": "note",
    "visibility": "internal",
}
NAMES_SHOWN: Final = 6


def lay_errors(form: forms.Form, error: ValidationError) -> None:
    """Put what an action refused at the fields it concerns."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        at = FIELD_OF.get(name, name)
        form.add_error(at if at in form.fields else None, messages)


def split_names(text: str) -> list[str]:
    """“CT, PCT VX; Sở Xây dựng” → three names."""
    return [part for part in (one_line(part) for part in text.replace(";", ",").split(",")) if part]


def _several(error: SeveralMeant, typed: str) -> str:
    names = [f"{one.label} ({one.hint})" if one.hint else one.label for one in error.choices[:NAMES_SHOWN]]
    more = "…" if len(error.choices) > NAMES_SHOWN else ""
    return _("“%(typed)s” có thể là: %(names)s. Gõ rõ hơn một người.") % {
        "typed": typed, "names": ", ".join(names) + more,
    }  # fmt: skip


class LineForm(forms.Form):
    """One line as typed. Needs the week's first day, the choices, the entry (new or stored) and, for “như trên”, the line above."""

    day = forms.ChoiceField(label=gettext_lazy("Ngày"), error_messages={"required": gettext_lazy("Chọn ngày.")})
    time = forms.CharField(label=gettext_lazy("Giờ"), required=False, max_length=60)
    title = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=300,
        error_messages={"required": gettext_lazy("Ghi nội dung công việc.")},
    )
    chair = forms.CharField(label=gettext_lazy("Chủ trì"), required=False, max_length=160)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), required=False, max_length=200)
    attendees = forms.CharField(label=gettext_lazy("Thành phần"), required=False, max_length=700)
    internal = forms.BooleanField(label=gettext_lazy("Nội bộ"), required=False)

    def __init__(
        self, *args: Any, monday: date, choices: Choices, entry: ScheduleEntry, above: ScheduleEntry | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.monday, self.choices_read, self.entry, self.above = monday, choices, entry, above
        kwargs["initial"] = words_of(entry, choices) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.when: When | None = None
        self.chair_choice: Choice | None = None
        self.room_choice: Choice | None = None
        self.persons: list[int] = []
        self.divisions: list[int] = []
        days: Any = self.fields["day"]
        days.choices = day_choices(monday)
        self._dress()

    def _dress(self) -> None:
        for name, words in (("time", "8h30"), ("chair", _("Chữ đầu: ct")), ("place", _("Chữ đầu: p1"))):
            self.fields[name].widget.attrs["placeholder"] = words
        for name, field in self.fields.items():
            attrs = field.widget.attrs
            if isinstance(field, forms.CharField):
                attrs.update(autocomplete="off", spellcheck="false" if name in {"time", "chair"} else "true")
            if name in {"chair", "attendees"}:
                attrs["list"] = "goi-y-nguoi"
            if name == "place":
                attrs["list"] = "goi-y-noi"
            if name == "title":
                attrs["list"] = "goi-y-viec"

    def _same_as_above(self, name: str) -> str:
        """What was typed; for “như trên” what the line above says."""
        typed = one_line(self.cleaned_data.get(name) or "")
        if folded(typed) not in SAME_AS_ABOVE:
            return typed
        if self.above is None:
            raise ValidationError(_("Chưa có dòng trên để lấy theo. Gõ rõ ra."))
        return str(words_of(self.above, self.choices_read)[name])

    def clean_time(self) -> str:
        """A time, a half of the day, or both with a day before them."""
        typed = self._same_as_above("time")
        try:
            self.when = read_when(typed)
            named = self.when.day_in(self.monday)
        except NotATime as problem:
            raise ValidationError(str(problem)) from problem
        if named:
            self.cleaned_data["day"] = named.isoformat()
            self.errors.pop("day", None)
        return typed

    def clean_chair(self) -> str:
        """Somebody of the list, by title, name or first letters; anybody else stays as written."""
        typed = self._same_as_above("chair")
        if typed and typed == self.initial.get("chair"):
            return typed
        try:
            self.chair_choice = self.choices_read.person(typed) if typed else None
        except SeveralMeant as several:
            raise ValidationError(_several(several, typed)) from several
        return typed

    def clean_place(self) -> str:
        """A room of the list, or any other place."""
        typed = self._same_as_above("place")
        try:
            self.room_choice = self.choices_read.room(typed) if typed else None
        except SeveralMeant as several:
            raise ValidationError(_several(several, typed)) from several
        return typed

    def clean_attendees(self) -> str:
        """Names of the list become people and divisions; the rest stays as written."""
        typed = self._same_as_above("attendees")
        left = []
        for name in split_names(typed):
            person = self.choices_read.attending(name)
            division = None if person else self.choices_read.division(name)
            if person:
                self.persons.append(person.pk)
            elif division:
                self.divisions.append(division.pk)
            else:
                left.append(name)
        return ", ".join(left)

    @property
    def day_meant(self) -> date:
        """The day that was chosen or typed; the form must be clean."""
        return date.fromisoformat(self.cleaned_data["day"])

    def fill_times_and_people(self) -> ScheduleEntry:
        """As far as the form understood it, not saved: what conflicts are searched for. The time must be clean."""
        entry, data = self.entry, self.cleaned_data
        assert self.when is not None  # noqa: S101 - told to the type checker; the caller has asked for it
        entry.day, entry.session = self.day_meant, self.when.session
        entry.starts_at, entry.ends_at = self.when.starts_at, self.when.ends_at
        if "chair" in data and self._is_new("chair"):
            entry.chair_id = self.chair_choice.pk if self.chair_choice else None
            entry.chair_text = "" if self.chair_choice else data["chair"]
        if "place" in data and self._is_new("place"):
            entry.room_id = self.room_choice.pk if self.room_choice else None
            entry.place = "" if self.room_choice else data["place"]
        return entry

    def _is_new(self, name: str) -> bool:
        return not self.entry.pk or self.cleaned_data[name] != self.initial.get(name)

    def fill(self) -> ScheduleEntry:
        """The entry as typed, not saved; the form must be clean."""
        entry, data = self.fill_times_and_people(), self.cleaned_data
        entry.title = data["title"]
        entry.attendees_text = data["attendees"]
        entry.visibility = Visibility.INTERNAL if data["internal"] else Visibility.PUBLIC
        return entry

    def guests(self) -> dict[str, Any]:
        """People and divisions of the line, for the action."""
        return {
            "persons": list(Person.objects.filter(pk__in=self.persons)) if self.persons else [],
            "divisions": list(Division.objects.filter(pk__in=self.divisions)) if self.divisions else [],
        }


def words_of(entry: ScheduleEntry, choices: Choices) -> dict[str, Any]:
    """The entry as it would have been typed; nothing for a new one."""
    if not entry.pk:
        return {}
    return {
        "day": entry.day.isoformat(),
        "time": span_words(entry.starts_at, entry.ends_at) or str(DaySession(entry.session).label).lower(),
        "title": entry.title,
        "chair": chair_words(entry, choices),
        "place": place_words(entry),
        "attendees": attendee_words(entry, choices),
        "internal": entry.visibility == Visibility.INTERNAL,
    }
