"""Input of importing a week: the file with its week, read while the form is checked."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.antivirus import refuse_infected
from units.enums.schedule import Visibility
from units.models import Division
from units.rules.schedule import monday_of, monday_of_week
from units.schedule.importing import ReadFile, ScheduleFileRefusedError, SheetNotNamedError, read_schedule_file

WEEKS_BACK: Final = 8
WEEKS_AHEAD: Final = 12
FRIDAY: Final = 4


def week_key(monday: date) -> str:
    """“2026-W48”."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of_key(key: str) -> date | None:
    """The Monday of “2026-W48”; None for anything else, also week 54."""
    year, mark, week = key.partition("-W")
    if not (mark and year.isascii() and year.isdigit() and week.isascii() and week.isdigit()):
        return None
    try:
        return monday_of_week(int(year), int(week)) if year.startswith("20") and len(year) == 4 else None  # noqa: PLR2004 - figures of a year
    except ValueError:
        return None


def week_words(monday: date, today: date) -> str:
    """“Tuần 48: 23/11 – 29/11/2026 (tuần sau)”."""
    week = monday.isocalendar().week
    words = _("Tuần %(week)d: %(first)s – %(last)s") % {
        "week": week, "first": f"{monday:%d/%m}", "last": f"{monday + timedelta(days=6):%d/%m/%Y}",
    }  # fmt: skip
    beside = {0: _("tuần này"), 7: _("tuần sau"), -7: _("tuần trước")}.get((monday - monday_of(today)).days)
    return f"{words} ({beside})" if beside else words


def usual_week(today: date) -> date:
    """The week an office brings in: from Friday on the next one."""
    return monday_of(today) + timedelta(days=7 if today.weekday() >= FRIDAY else 0)


class ScheduleFileForm(forms.Form):
    """A Word or Excel file, its week, and who may see what stands in it."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Word hoặc Excel"),
        help_text=gettext_lazy(
            "Tệp DOCX hoặc XLSX như cơ quan vẫn làm. Máy đọc rồi cho xem lại; chưa ghi gì vào lịch."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}),
    )
    week = forms.ChoiceField(label=gettext_lazy("Tuần"))
    sheet = forms.ChoiceField(label=gettext_lazy("Trang tính trong tệp"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Ai xem được"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
        help_text=gettext_lazy("Cho cả tệp; ở bước xem lại sửa được từng việc. Xe và ghi chú luôn là nội bộ."),
    )
    proposing: Any = forms.ModelChoiceField(
        label=gettext_lazy("Phòng, ban đề xuất"), queryset=None, required=False,
        empty_label=gettext_lazy("Không chọn"),
    )  # fmt: skip

    def __init__(self, *args: Any, is_office: bool, week: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.better_week: date | None = None
        mondays = {monday_of(today) + timedelta(weeks=count) for count in range(-WEEKS_BACK, WEEKS_AHEAD + 1)}
        asked = monday_of_key(str(self.data.get(self.add_prefix("week"), "")))
        mondays |= {one for one in (week, asked) if one}
        self._week.choices = [(week_key(one), week_words(one, today)) for one in sorted(mondays)]
        self.initial.setdefault("week", week_key(week or usual_week(today)))
        if is_office:
            del self.fields["proposing"]
        else:
            field: Any = self.fields["proposing"]
            field.queryset = Division.objects.all()
        self._offer_sheets([one for one in [self.data.get(self.add_prefix("sheet"), "")] if one])

    @property
    def _week(self) -> forms.ChoiceField:
        field = self.fields["week"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to the type checker
        return field

    def _offer_sheets(self, names: list[str]) -> None:
        """The choice of a sheet is shown only where it is needed."""
        field: Any = self.fields["sheet"]
        field.choices = [("", _("Máy tự tìm")), *((name, name) for name in names)]
        field.widget = forms.Select(choices=field.choices) if names else forms.HiddenInput()

    def clean_file(self) -> Any:
        """No virus."""
        upload = self.cleaned_data["file"]
        refuse_infected(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        """Read the file into ``read``."""
        data: dict[str, Any] = super().clean() or {}
        upload, monday = data.get("file"), monday_of_key(data.get("week", ""))
        if upload is None or monday is None:
            return data
        data["monday"] = monday
        try:
            data["read"] = self._read(upload, monday, data.get("sheet", ""))
        except SheetNotNamedError as error:
            self._offer_sheets(error.names)
            self.add_error("file", str(error))
        except ScheduleFileRefusedError as error:
            self.better_week = error.monday
            self.add_error("file", str(error))
        return data

    @staticmethod
    def _read(upload: Any, monday: date, sheet: str) -> ReadFile:
        return read_schedule_file(upload.file, size=upload.size, monday=monday, sheet=sheet)

    def for_better_week(self) -> None:
        """Show the week that the file is of as chosen."""
        if self.better_week is None:
            return
        key, data, choices = week_key(self.better_week), QueryDict(mutable=True), self._choices()
        data.update(self.data)
        data[self.add_prefix("week")] = key
        self.data = data
        if key not in dict(choices):
            self._week.choices = [*choices, (key, week_words(self.better_week, timezone.localdate()))]

    def _choices(self) -> list[tuple[str, str]]:
        choices: Any = self._week.choices
        return list(choices)
