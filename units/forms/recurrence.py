"""How something repeats, chosen in everyday words: used by recurring meetings and by regular citizen reception."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.rules.recurrence import (
    LAST_DAY,
    LONGEST_MONTH,
    POSITION_WORDS,
    WEEKDAY_WORDS,
    Repeat,
    check_rule,
    make_rule,
    read_rule,
)

__all__ = ["REPEAT_FIELDS", "RecurrenceFields", "make_rule", "month_days_of"]

REPEAT_WORDS: Final = (
    (Repeat.WEEKLY.value, gettext_lazy("Hằng tuần")),
    (Repeat.BIWEEKLY.value, gettext_lazy("Hai tuần một lần")),
    (Repeat.MONTH_DAY.value, gettext_lazy("Hằng tháng, theo ngày (ví dụ: ngày 10)")),
    (Repeat.MONTH_WEEKDAY.value, gettext_lazy("Hằng tháng, theo thứ (ví dụ: thứ Năm tuần đầu)")),
)
# In the order of the screen.
REPEAT_FIELDS: Final = ("repeat", "weekdays", "month_days", "position")
_LAST: Final = re.compile(r"(ngày )?cuối( tháng)?", re.IGNORECASE)


def month_days_of(text: str) -> list[int]:
    """The days that “10”, “10, 25”, “ngày 10 và 25”, “cuối tháng” name; raises ValueError for any other word."""
    found = []
    for word in re.split(r"\s*(?:,|;|và|&)\s*", text.strip()):
        bare = word.strip().lower()
        if _LAST.fullmatch(bare):
            found.append(LAST_DAY)
            continue
        number = int(bare.removeprefix("ngày").strip())
        if not 1 <= number <= LONGEST_MONTH:
            raise ValueError(text)
        found.append(number)
    return found


class RecurrenceFields(forms.Form):
    """The fields that make a rule; mix it in before the form that has ``starts_on``. ``cleaned_data["rule"]`` is the rule.

    On a ModelForm leave ``rule`` out of ``fields``: set ``instance.rule`` from it in ``save``. ``rule_initial(rule)`` fills the fields.
    """

    repeat = forms.ChoiceField(
        label=gettext_lazy("Lặp lại"),
        choices=REPEAT_WORDS,
        widget=forms.RadioSelect,
        initial=Repeat.WEEKLY.value,
        error_messages={"required": gettext_lazy("Chọn cách lặp lại.")},
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Vào thứ mấy"),
        choices=lambda: [(name, capfirst(words)) for name, words in WEEKDAY_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Không cần chọn khi lặp theo ngày trong tháng."),
    )
    month_days = forms.CharField(
        label=gettext_lazy("Vào ngày nào trong tháng"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Chỉ ghi khi lặp theo ngày. Ví dụ: 10; hoặc 10, 25; hoặc: cuối tháng. "
            "Tháng nào không có ngày đó thì bỏ qua."
        ),
    )
    position = forms.TypedChoiceField(
        label=gettext_lazy("Vào tuần nào trong tháng"),
        choices=lambda: [(str(number), capfirst(words)) for number, words in POSITION_WORDS.items()],
        coerce=int,
        empty_value="1",
        required=False,
        initial="1",
        help_text=gettext_lazy("Chỉ dùng khi lặp hằng tháng theo thứ. Tuần đầu là lần đầu tiên thứ ấy có trong tháng."),
    )

    def clean(self) -> dict[str, Any]:
        """Build the rule; say which field lacks what."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        repeat = data.get("repeat")
        if not repeat:
            return data
        try:
            data["rule"] = self._rule(repeat, data)
        except ValidationError as error:
            self.add_error(None, error)
            return data
        if starts_on := data.get("starts_on"):
            self._check_comes_round(data["rule"], starts_on)
        return data

    @staticmethod
    def _rule(repeat: str, data: dict[str, Any]) -> str:
        if repeat == Repeat.MONTH_DAY:
            try:
                days = month_days_of(data.get("month_days") or "")
            except ValueError as error:
                words = _("Ghi ngày bằng số từ 1 đến 31, ví dụ: 10; hoặc 10, 25.")
                raise ValidationError({"month_days": words}) from error
            return make_rule(repeat, month_days=days)
        weekdays = data.get("weekdays") or []
        if not weekdays:
            raise ValidationError({"weekdays": _("Chọn ít nhất một thứ trong tuần.")})
        return make_rule(repeat, weekdays=weekdays, position=int(data.get("position") or 1))

    def _check_comes_round(self, rule: str, starts_on: Any) -> None:
        try:
            check_rule(rule, starts_on)
        except (ValueError, OverflowError):
            self.add_error("starts_on", _("Với ngày bắt đầu này thì không có ngày nào để lặp. Xem lại ngày."))

    @staticmethod
    def rule_initial(rule: str) -> dict[str, Any]:
        """Values of the four fields for a stored rule; empty for none and for one that the fields do not write."""
        chosen = read_rule(rule) if rule else None
        if chosen is None:
            return {}
        days = ["cuối tháng" if number == LAST_DAY else str(number) for number in chosen.month_days]
        return {
            "repeat": chosen.repeat.value,
            "weekdays": list(chosen.weekdays),
            "month_days": ", ".join(days),
            "position": str(chosen.position),
        }
