"""Forms of the schedule: one entry as clerks think of it, and a recurring meeting."""

from datetime import date, time, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import folded, one_line
from units.actions.schedule_checks import AHEAD, FIRST_DAY, ScheduleChanged, check_entry, check_times, tidy
from units.enums.people import PostLevel
from units.enums.schedule import DaySession
from units.forms.recurrence import RecurrenceFields
from units.models import Person, Room, ScheduleEntry, ScheduleSeries, Unit
from units.people.posts import PostsBetween
from units.rules.schedule import read_time, session_of, time_words

UNITS_LIMIT: Final = 40
# Offered when somebody picks instead of typing; every half hour of an office's day.
CLOCK: Final = tuple(f"{minutes // 60}:{minutes % 60:02d}" for minutes in range(7 * 60, 21 * 60, 30))
NO_PERSON: Final = gettext_lazy("Không chọn")


class ClockField(forms.CharField):
    """A clock time as people type it: “8h”, “8h30”, “14 giờ 30”, “8:30”; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **kwargs)
        self.widget.attrs.update({"list": "gio-chon", "autocomplete": "off", "size": "10"})

    def clean(self, value: Any) -> Any:
        """The time; words that are none are refused with an example."""
        text = str(super().clean(value) or "")
        if not text:
            return None
        try:
            return read_time(text)
        except ValueError as error:
            words = _("“%(text)s” không phải giờ. Ví dụ: 8h, 8h30, 14 giờ 30.") % {"text": text[:20]}
            raise ValidationError(words) from error

    def prepare_value(self, value: Any) -> Any:
        """“8:30” for a stored time; what was typed stays."""
        return time_words(value) if isinstance(value, time) else value


class UnitsField(forms.CharField):
    """Units of the portal, a name a line; names without marks are found too. Cleans to a list of rows."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The rows; a name that nobody or more than one bears is refused, with the way out."""
        lines = [one_line(line) for line in str(super().clean(value) or "").splitlines()]
        wanted = list(dict.fromkeys(filter(None, lines)))
        if not wanted:
            return []
        if len(wanted) > UNITS_LIMIT:
            raise ValidationError(_("Nhiều nhất %(most)d đơn vị.") % {"most": UNITS_LIMIT})
        known: dict[str, list[Unit]] = {}
        for unit in Unit.objects.filter(valid_to__isnull=True):
            known.setdefault(folded(unit.name), []).append(unit)
        missing = [name for name in wanted if len(known.get(folded(name), ())) != 1]
        if missing:
            raise ValidationError(
                _("Không tìm thấy: %(names)s. Ghi đúng tên đơn vị, mỗi tên một dòng; hoặc ghi ở “Thành phần khác”.")
                % {"names": "; ".join(name[:80] for name in missing)}
            )
        return [known[folded(name)][0] for name in wanted]


def people_choices(day: date, keep: set[int]) -> list[tuple[str, str]]:
    """Leaders, then heads of divisions, who hold a post around ``day``, and whoever is chosen already; two queries."""
    posts = PostsBetween.read(day, day + timedelta(days=6))
    held = [one for rows in posts.by_person.values() for one in rows[:1]]
    shown = [one for one in held if one.level in {PostLevel.LEADER, PostLevel.HEAD} or one.person_id in keep]
    shown.sort(key=lambda one: (one.level != PostLevel.LEADER, one.order, one.person_id))
    names = dict(Person.objects.filter(pk__in=keep | {one.person_id for one in shown}).values_list("pk", "full_name"))
    found = [(str(one.person_id), f"{one.short_title} – {names.get(one.person_id, '')}") for one in shown]
    known = {one.person_id for one in shown}
    return found + [(str(pk), name) for pk, name in names.items() if pk not in known]


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What an entry and a series share: times typed, people by their posts, rooms in use."""

    starts_at = ClockField(
        label=gettext_lazy("Từ giờ"), help_text=gettext_lazy("Gõ 8h, 8h30, 14 giờ 30, hoặc chọn trong danh sách.")
    )
    ends_at = ClockField(label=gettext_lazy("Đến giờ"), help_text=gettext_lazy("Chưa biết thì để trống."))
    session = forms.ChoiceField(
        label=gettext_lazy("Buổi"),
        choices=DaySession.choices,
        required=False,
        help_text=gettext_lazy("Có giờ thì máy tự xếp buổi; không có giờ thì chọn buổi."),
    )
    invited_units = UnitsField(
        label=gettext_lazy("Đơn vị được mời"),
        required=False,
        max_length=4_000,
        help_text=gettext_lazy("Mỗi dòng một tên, ví dụ: Phường Phú Xuân."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "room" not in self.fields:
            return  # to be looked at only
        self._offer_people()
        rooms: Any = self.fields["room"]
        rooms.queryset = Room.objects.filter(Q(is_active=True) | Q(pk=self.instance.room_id))
        if self.instance.pk:
            self.initial["invited_units"] = "\n".join(str(unit) for unit in self.instance.invited_units.all())

    def _offer_people(self) -> None:
        chosen = {self.instance.chair_id} if self.instance.chair_id else set()
        if self.instance.pk:
            chosen |= set(self.instance.persons.values_list("pk", flat=True))
        choices = people_choices(getattr(self.instance, "day", None) or timezone.localdate(), chosen)
        chair: Any = self.fields["chair"]
        persons: Any = self.fields["persons"]
        # Any person of the unit may be sent; whether they hold a post on the day is judged with the day.
        chair.queryset = persons.queryset = Person.objects.all()
        chair.choices = [("", NO_PERSON), *choices]
        persons.choices = choices

    def clean_session(self) -> str:
        """The half of the day; the morning where nothing was chosen."""
        return self.cleaned_data.get("session") or DaySession.MORNING

    def guests(self) -> dict[str, Any]:
        """Who takes part, for the action."""
        return {name: list(self.cleaned_data[name]) for name in ("persons", "divisions", "invited_units")}


MEETING_WIDGETS: Final = {
    "persons": forms.CheckboxSelectMultiple,
    "divisions": forms.CheckboxSelectMultiple,
    "content": forms.Textarea(attrs={"rows": 3}),
    "notes": forms.Textarea(attrs={"rows": 3}),
    "visibility": forms.RadioSelect,
}


class EntryForm(MeetingForm):
    """One entry. ``seen_at`` says which state the clerk looked at; judged by the same rules as every other way in."""

    note = forms.CharField(
        label=gettext_lazy("Đổi gì, vì sao"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Người dân đọc câu này cạnh việc đã đổi. Ví dụ: Dời vì họp đột xuất ứng phó lũ."),
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    class Meta:
        model = ScheduleEntry
        # The admin names them, with choices of the unit in scope: at import there is no scope.
        fields: ClassVar = ()
        widgets: ClassVar = {**MEETING_WIDGETS, "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = (
            ScheduleEntry.objects.with_people().filter(pk=self.instance.pk).first() if self.instance.pk else None
        )
        self.initial["seen_at"] = self.instance.edited_at.isoformat() if self.instance.pk else ""
        if self.before is None or self.before.published_at is None:
            self.fields.pop("note", None)

    def clean(self) -> dict[str, Any]:
        """Everything that the fields can not say by themselves, each complaint at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.before is not None and data.get("seen_at") != self.before.edited_at.isoformat():
            raise ScheduleChanged
        return data

    def _post_clean(self) -> None:
        """Instead of the model's own checks: the schedule's, with what was typed put into the entry."""
        data = self.cleaned_data
        entry = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        if "day" not in data or "starts_at" in self.errors or "ends_at" in self.errors:
            return
        entry.starts_at, entry.ends_at, entry.session = data["starts_at"], data["ends_at"], data["session"]
        tidy(entry)
        if self.before is not None:
            entry.edited_at = self.before.edited_at  # as clean() has made sure
        try:
            check_entry(entry, before=self.before, persons=list(data.get("persons") or []), week=None)
        except ValidationError as error:
            self._lay(error)

    def _lay(self, error: ValidationError) -> None:
        for name, words in error.message_dict.items():
            where = name if name in self.fields else None
            if where is None or where not in self.errors:
                self.add_error(where, words)


class SeriesForm(RecurrenceFields, MeetingForm):
    """A recurring meeting; the rule is made from everyday choices."""

    class Meta:
        model = ScheduleSeries
        fields: ClassVar = ()
        widgets: ClassVar = {
            **MEETING_WIDGETS,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(self.rule_initial(self.instance.rule))

    def clean(self) -> dict[str, Any]:
        """Times, dates and the rule."""
        data = super().clean()
        for name, words in check_times(data.get("starts_at"), data.get("ends_at")).items():
            self.add_error(name, words)
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and not FIRST_DAY <= first <= timezone.localdate() + AHEAD:
            self.add_error("starts_on", _("Ngày này xa quá. Xem lại năm."))
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày cuối phải sau ngày đầu."))
        if data.get("room") and one_line(data.get("place") or ""):
            self.add_error("place", _("Chọn phòng họp, hoặc ghi địa điểm khác; không ghi cả hai."))
        if data.get("starts_at"):
            data["session"] = session_of(data["starts_at"])
        return data

    def _post_clean(self) -> None:
        if "rule" in self.cleaned_data:
            self.instance.rule = self.cleaned_data["rule"]
        super()._post_clean()  # type: ignore[misc]  # BaseForm's own hook
