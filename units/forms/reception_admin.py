"""What clerks type about citizen reception: one session, a regular one, why a session is called off."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.actions.reception import check_session, tidy
from units.forms.recurrence import RecurrenceFields
from units.models import Person, ReceptionSeries, ReceptionSession
from units.people.posts import PostsBetween

CAPACITY_LIMIT: Final = 100
_HELPS: Final = {
    "receiver": gettext_lazy("Chức vụ ghi theo ngày tiếp. Không có trong danh sách thì ghi ở ô dưới."),
    "receiver_text": gettext_lazy("Ví dụ: Trưởng Công an phường. Chỉ điền khi không chọn ở ô trên."),
    "place": gettext_lazy("Ví dụ: Phòng tiếp công dân, tầng 1."),
    "capacity": gettext_lazy("Người đến trực tiếp không tính vào số này. Giờ hẹn chia đều theo số lượt."),
    "takes_bookings": gettext_lazy("Bỏ dấu thì trang chỉ ghi “Đến trực tiếp”."),
    "note": gettext_lazy("Một câu, hiện dưới buổi tiếp. Ví dụ: Mang theo biên nhận hồ sơ."),
}
# The receiver is a row of the unit: its choices are asked for when a form is made, never at import.
_SHAPE: Final = ("starts_at", "ends_at", "receiver_text", "place", "capacity", "takes_bookings", "note")


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ShapeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a session and a series share: hours, who, where, how many."""

    receiver: Any = forms.ModelChoiceField(
        label=gettext_lazy("Người tiếp"), queryset=None, required=False, empty_label=gettext_lazy("Không chọn")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_receivers(timezone.localdate())
        if "capacity" in self.fields:
            self.fields["capacity"].widget.attrs |= {"min": 0, "max": CAPACITY_LIMIT}
        for name, words in _HELPS.items():
            if name in self.fields:
                self.fields[name].help_text = words

    def _offer_receivers(self, today: date) -> None:
        """The leaders of today under their posts, and whoever stands there already."""
        if "receiver" not in self.fields:
            return
        posts = PostsBetween.read(today, today)
        ranks = [held.person_id for held in posts.leaders(today)]
        field: Any = self.fields["receiver"]
        field.queryset = Person.objects.filter(pk__in=[*ranks, self.instance.receiver_id]).order_by("order", "pk")
        field.label_from_instance = lambda who: f"{posts.title(who.pk, today)} {who.full_name}".strip()
        if self.instance.pk is None and ranks:
            field.initial = ranks[0]

    def clean_capacity(self) -> int:
        """No more than a room can take."""
        number = int(self.cleaned_data["capacity"])
        if number > CAPACITY_LIMIT:
            raise ValidationError(_("Nhiều nhất %(number)d lượt một buổi.") % {"number": CAPACITY_LIMIT})
        return number

    def clean(self) -> dict[str, Any]:
        """The receiver is no field of Meta, so it is handed over here; hours in words of ours, not the constraint's."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begin, end = data.get("starts_at"), data.get("ends_at")
        if begin and end and end <= begin:
            self.add_error("ends_at", _("Giờ kết thúc phải sau giờ bắt đầu, trong cùng ngày."))
        self.instance.receiver = data.get("receiver")
        return data

    def check_row(self) -> None:
        """What the action would refuse, said at its field."""
        tidy(self.instance)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook behind clean()
        if not self.errors:
            try:
                self.check_row()
            except ValidationError as error:
                self.add_error(None, error)


class SessionForm(ShapeForm):
    """One session; once citizens have seen it, a sentence says what changed and why."""

    change_note = forms.CharField(
        label=gettext_lazy("Thay đổi gì, vì sao"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Người dân đọc câu này; người đã đăng ký được báo. Bắt buộc khi đổi ngày, giờ, nơi, người."
        ),
    )

    class Meta:
        model = ReceptionSession
        fields: ClassVar = ["day", "kind", "subject", *_SHAPE]
        widgets: ClassVar[dict[str, Any]] = {
            "day": _date_input(), "starts_at": _clock(), "ends_at": _clock(), "kind": forms.RadioSelect,
        }  # fmt: skip
        help_texts: ClassVar = {
            "kind": gettext_lazy("Đột xuất: mời dân về một việc, hoặc việc gấp. Không áp dụng hạn đăng trước."),
            "subject": gettext_lazy("Ví dụ: Bồi thường khi mở rộng đường. Buổi định kỳ để trống."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.published_at is None:
            self.fields.pop("change_note", None)

    def check_row(self) -> None:
        """As the action."""
        check_session(session=self.instance, note=self.cleaned_data.get("change_note", ""))


class SeriesForm(RecurrenceFields, ShapeForm):
    """A regular reception: how often, in an office's own words, and the hours."""

    class Meta:
        model = ReceptionSeries
        fields: ClassVar = ["starts_on", "ends_on", "is_active", *_SHAPE]
        widgets: ClassVar[dict[str, Any]] = {
            "starts_on": _date_input(), "ends_on": _date_input(), "starts_at": _clock(), "ends_at": _clock(),
        }  # fmt: skip
        help_texts: ClassVar = {
            "ends_on": gettext_lazy("Để trống nếu chưa biết."),
            "is_active": gettext_lazy("Bỏ dấu để ngừng lập buổi mới. Buổi đã công bố vẫn còn."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "starts_on" in self.fields and self.instance.pk is None:
            self.fields["starts_on"].initial = timezone.localdate()
        for name, value in self.rule_initial(self.instance.rule).items():
            if name in self.fields:
                self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        """What was chosen becomes the rule; what is missing is said at its field."""
        data = super().clean()
        if data.get("rule"):
            self.instance.rule = data["rule"]
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Ngày cuối phải sau ngày đầu."))
        return data


class CancelForm(forms.Form):
    """Why a session is called off."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do hoãn"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Người dân đọc câu này. Ví dụ: Lãnh đạo đi chống bão; tiếp bù ngày 03/12/2026."),
        error_messages={"required": gettext_lazy("Ghi lý do hoãn. Người dân đọc được câu này.")},
    )


class RestoreForm(forms.Form):
    """A word on a session that is held after all."""

    note = forms.CharField(
        label=gettext_lazy("Câu báo cho người dân"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Để trống thì ghi: Vẫn tiếp như lịch đã công bố."),
    )


class PublishForm(forms.Form):
    """Which planned sessions go on the public page."""

    sessions = forms.MultipleChoiceField(
        label=gettext_lazy("Các buổi"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Đánh dấu ít nhất một buổi.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sessions"]
        field.choices = choices
