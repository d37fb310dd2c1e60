"""The week's grid: the quick line, the move, lines pasted at once, lines copied from the week before."""

import uuid
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.enums.schedule import DaySession
from units.forms.schedule_lines import LineForm
from units.models import ScheduleEntry
from units.rules.schedule import span_words
from units.rules.schedule_lines import MOST_CHARACTERS, MOST_LINES
from units.rules.schedule_typing import NotATime, When, read_when, split_day
from units.schedule.grid import day_choices


class QuickForm(LineForm):
    """The quick line: the same, with what holds a repeated or a stale sending off."""

    note = forms.CharField(
        label=gettext_lazy("Lý do thay đổi (người dân đọc được)"),
        required=False,
        max_length=300,
        error_messages={"required": gettext_lazy("Việc này người dân đã thấy. Ghi một câu vì sao đổi.")},
    )
    entry_id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    above_id = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_note = needs_note
        self.fields["note"].required = needs_note
        if not needs_note:
            del self.fields["note"]
        if not self.is_bound:
            self.initial.setdefault("uid", uuid.uuid4())
            if self.entry.pk:
                self.initial.update(entry_id=self.entry.pk, seen_at=self.entry.edited_at.isoformat())

    def clean_seen_at(self) -> datetime | None:
        """When the stored line was read; None for a new one."""
        return moment(self.cleaned_data.get("seen_at") or "")


def take_as_seen(form: forms.Form, entry: ScheduleEntry) -> None:
    """The person is shown the newer version of the entry: sending the form again means it."""
    sent: Any = form.data
    form.data = {**sent.dict(), "seen_at": entry.edited_at.isoformat()}


def moment(text: str) -> datetime | None:
    """A moment as our hidden fields write it; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


class MoveForm(forms.Form):
    """Another day, half or time for one line; what citizens have seen needs a sentence for them."""

    day = forms.ChoiceField(label=gettext_lazy("Sang ngày"))
    session = forms.ChoiceField(label=gettext_lazy("Buổi"), choices=DaySession.choices)
    time = forms.CharField(
        label=gettext_lazy("Giờ"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Gõ 14h hoặc 14h–15h30. Để trống: cả buổi, không ghi giờ."),
    )
    note = forms.CharField(
        label=gettext_lazy("Lý do dời (người dân đọc được)"),
        max_length=300,
        help_text=gettext_lazy("Ví dụ: Trùng cuộc họp của tỉnh."),
        error_messages={"required": gettext_lazy("Việc này người dân đã thấy. Ghi một câu vì sao dời.")},
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, entry: ScheduleEntry, needs_note: bool, monday: date, **kwargs: Any) -> None:
        self.entry, self.monday = entry, monday
        # It stands in a dialog above the quick line, which has fields of the same names.
        kwargs["auto_id"] = "doi_%s"
        kwargs["initial"] = {
            "day": entry.day.isoformat(),
            "session": entry.session,
            "time": span_words(entry.starts_at, entry.ends_at).replace(" ", ""),
            "seen_at": entry.edited_at.isoformat(),
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.when: When | None = None
        days: Any = self.fields["day"]
        days.choices = day_choices(monday)
        self.fields["time"].widget.attrs["autocomplete"] = "off"
        if not needs_note:
            del self.fields["note"]

    clean_seen_at = QuickForm.clean_seen_at

    def clean(self) -> dict[str, Any]:
        """The time lies in the half of the day that was chosen; without one the half itself counts."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        half = data.get("session")
        typed = split_day(data.get("time") or "")[2]
        if half is None or "time" in self.errors:
            return data
        try:
            self.when = read_when(typed) if typed else When(half)
        except NotATime as problem:
            self.add_error("time", str(problem))
            return data
        if self.when.starts_at and half not in {self.when.session, DaySession.ALL_DAY}:
            words = _("Giờ này không phải buổi %(half)s. Gõ giờ khác, hoặc để trống.")
            self.add_error("time", words % {"half": str(DaySession(half).label).lower()})
        return data


class PasteForm(forms.Form):
    """Lines from Excel or Word, as they come."""

    day = forms.ChoiceField(label=gettext_lazy("Ngày của những dòng không ghi ngày"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Các dòng"),
        required=False,
        max_length=MOST_CHARACTERS * 10,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, monday: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days: Any = self.fields["day"]
        days.choices = [("", _("Tự chọn từng dòng")), *day_choices(monday)]


class PastedLineForm(LineForm):
    """One pasted line, to be looked at; a ticked one is left out."""

    leave_out = forms.BooleanField(label=gettext_lazy("Bỏ dòng này"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser shows the first choice where none was made: that must be none, not Monday.
        days: Any = self.fields["day"]
        days.choices = [("", _("Chọn ngày")), *day_choices(self.monday)]

    def full_clean(self) -> None:
        """A line that is left out may be as wrong as it likes."""
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("leave_out"):
            self.errors.clear()


LinesFormSet = forms.formset_factory(
    PastedLineForm, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


class CopyForm(forms.Form):
    """Which lines of the week before come along."""

    lines = forms.MultipleChoiceField(
        label=gettext_lazy("Việc tuần trước"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Đánh dấu ít nhất một việc."),
            "invalid_choice": gettext_lazy("Danh sách tuần trước vừa đổi. Xem lại rồi chép."),
        },
    )

    def __init__(self, *args: Any, rows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.choices = rows
