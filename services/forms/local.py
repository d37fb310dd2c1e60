"""Forms of what a unit adds to the catalogue: counters, own words on procedures, fees."""

import re
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.fields import TenantChoiceField
from portal.core.templatetags.portal_text import WEEKDAYS
from portal.core.text import one_line
from services.enums import Load
from services.local_facts import HALVES, WORKED_DAYS
from services.models import Counter, LocalAnswer, LocalFee, Procedure

OFFERED: Final = 8
_MONEY: Final = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,12}")
_YES, _NO = "1", "0"
Finder = Callable[[str], Sequence[Procedure]]


class LoadsWidget(forms.Widget):
    """Five days by two halves, a small list in each: no grid to drag, no colours to guess."""

    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        """No single control carries the label; the group's legend does."""
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """A table with a select in each cell."""
        known = value if isinstance(value, dict) else {}
        rows = [
            {
                "day": str(WEEKDAYS[day - 1]),
                "cells": [
                    {"name": f"{name}_{day}_{half}", "value": known.get(f"{day}-{half}", ""), "half": half}
                    for half in HALVES
                ],
            }
            for day in WORKED_DAYS
        ]
        return render_to_string("admin/services/counter/loads.html", {"rows": rows, "choices": Load.choices})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        """Half-day → load; what is not one of the three is left out."""
        found = {f"{day}-{half}": str(data.get(f"{name}_{day}_{half}", "")) for day in WORKED_DAYS for half in HALVES}
        return {key: load for key, load in found.items() if load in Load.values}


class CounterForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A counter with its quiet and busy half-days."""

    loads = forms.Field(
        label=gettext_lazy("giờ vắng, giờ đông"), required=False, widget=LoadsWidget,
        help_text=gettext_lazy("Người dân chọn lúc vắng để đến. Chưa biết thì để “Chưa ghi”."),
    )  # fmt: skip

    class Meta:
        model = Counter
        fields = (
            *("name", "address", "hours", "phone", "email", "map_url", "notes", "loads", "is_main", "is_open", "order"),
        )
        widgets: ClassVar = {
            "hours": forms.Textarea(attrs={"rows": 3}), "notes": forms.Textarea(attrs={"rows": 3}),
        }  # fmt: skip
        help_texts: ClassVar = {
            "name": gettext_lazy("Ví dụ: Trung tâm Phục vụ hành chính công phường Thuận An"),
            "hours": gettext_lazy("Mỗi buổi một dòng. Ví dụ: Sáng 7:30 – 11:30, Thứ Hai đến Thứ Sáu"),
            "map_url": gettext_lazy("Chép địa chỉ chỗ này từ một trang bản đồ"),
            "is_main": gettext_lazy("Thủ tục nào không ghi nơi riêng thì nộp ở đây. Mỗi đơn vị có một nơi chính."),
        }
        error_messages: ClassVar = {
            "name": {"required": gettext_lazy("Ghi tên nơi tiếp nhận.")},
            "address": {"required": gettext_lazy("Ghi địa chỉ.")},
            "hours": {"required": gettext_lazy("Ghi giờ làm việc.")},
        }

    def clean_loads(self) -> dict[str, str]:
        """What the widget read."""
        return dict(self.cleaned_data["loads"] or {})

    def clean_is_open(self) -> bool:
        """A counter that procedures lead to is not closed under them."""
        is_open = bool(self.cleaned_data["is_open"])
        if not is_open and self.instance.pk:
            used = LocalAnswer.objects.filter(counter=self.instance).count()
            if used:
                words = _("%(number)d thủ tục đang dẫn tới nơi này. Chuyển sang nơi khác trước.")
                raise ValidationError(words % {"number": used})
        return is_open


class ProcedureWordsForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Names a procedure by its code or by what people call it: 2,600 lines in one list are for nobody.

    ``finder`` (set by the screen) gives procedures by words. What is not a code brings a few to choose from.
    """

    finder: ClassVar[Finder | None] = None
    subject = forms.CharField(
        label=gettext_lazy("thủ tục"), max_length=200, strip=True,
        help_text=gettext_lazy("Gõ mã hoặc tên thường gọi, ví dụ: 1.001193, khai sinh"),
        error_messages={"required": gettext_lazy("Gõ mã hoặc tên thủ tục.")},
    )  # fmt: skip
    choice = forms.ChoiceField(
        label=gettext_lazy("chọn một thủ tục"), required=False, widget=forms.RadioSelect, choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["subject"], self.fields["choice"]
            return
        self._chosen: Procedure | None = None
        words = one_line(str(self.data.get(self.add_prefix("subject"), "") or self.initial.get("subject", "")))
        self._offered = {row.code: row for row in self._meant_by(words)}
        choices: Any = [(row.code, f"{row.code} – {row.short_name[:160]}") for row in self._offered.values()]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        if len(choices) == 1:
            self._tick(choices[0][0])
        if not choices:
            self.fields["choice"].widget = forms.HiddenInput()

    def _meant_by(self, words: str) -> list[Procedure]:
        """The one with this code, else a few that go by these words."""
        exact = Procedure.objects.light().filter(code=words).first() if words else None
        if exact:
            return [exact]
        finder = type(self).finder
        return list(finder(words))[:OFFERED] if words and finder else []

    def _tick(self, code: str) -> None:
        """The only one offered is the one that is meant."""
        self.fields["choice"].initial = code
        if self.is_bound:
            self.data = {**dict(self.data.items()), self.add_prefix("choice"): code}

    def clean(self) -> dict[str, Any]:
        """One procedure: the code that was typed, or the one that was chosen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk or "subject" in self.errors:
            return data
        self._chosen = self._offered.get(data.get("choice") or "")
        if self._chosen is None and self._offered:
            self.add_error("choice", _("Chọn đúng thủ tục trong các thủ tục này."))
        elif self._chosen is None:
            self.add_error("subject", _("Không thấy thủ tục nào. Gõ mã, hoặc gõ ít chữ hơn."))
        return data

    @property
    def procedure(self) -> Procedure | None:
        """What the row is about."""
        return self.instance.procedure if self.instance.pk else self._chosen


class LocalAnswerForm(ProcedureWordsForm):
    """The unit's own words on one procedure, or on all of its field."""

    is_for_field = forms.BooleanField(
        label=gettext_lazy("ghi cho mọi thủ tục cùng lĩnh vực"), required=False,
        help_text=gettext_lazy("Lời riêng của từng thủ tục, nếu có, vẫn đứng trước."),
    )  # fmt: skip
    is_handled = forms.TypedChoiceField(
        label=gettext_lazy("nhận hồ sơ ở đây không"), coerce=lambda value: value == _YES, widget=forms.RadioSelect,
        choices=((_YES, gettext_lazy("Nhận ở đây")), (_NO, gettext_lazy("Không nhận ở đây"))), initial=_YES,
    )  # fmt: skip

    class Meta:
        model = LocalAnswer
        fields = ("is_handled", "counter", "officer_post", "phone", "hours", "notes")
        field_classes: ClassVar = {"counter": TenantChoiceField}
        widgets: ClassVar = {
            "hours": forms.Textarea(attrs={"rows": 2}), "notes": forms.Textarea(attrs={"rows": 4}),
        }  # fmt: skip
        help_texts: ClassVar = {
            "counter": gettext_lazy("Không chọn: nơi tiếp nhận chính."),
            "notes": gettext_lazy("Ví dụ: mang bản gốc để đối chiếu. Không nhận ở đây thì ghi nộp ở đâu."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["is_for_field"]
            self.initial["is_handled"] = _YES if self.instance.is_handled else _NO
        if "counter" in self.fields:
            self.fields["counter"].queryset = Counter.objects.open()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Once for each procedure and field."""
        data = super().clean()
        if self.instance.pk or self.procedure is None:
            return data
        if data.get("is_for_field"):
            rows = LocalAnswer.objects.filter(field_id=self.procedure.field_id)
        else:
            rows = LocalAnswer.objects.filter(procedure=self.procedure)
        if rows.exists():
            self.add_error("subject", _("Đơn vị đã ghi thủ tục hoặc lĩnh vực này. Tìm dòng ấy trong danh sách để sửa."))
        elif data.get("is_for_field"):
            self.instance.field_id = self.procedure.field_id
        else:
            self.instance.procedure = self.procedure
        return data


class LocalFeeForm(ProcedureWordsForm):
    """A fee with the resolution that fixed it and its days."""

    amount = forms.CharField(
        label=gettext_lazy("mức thu (đồng)"), max_length=20, help_text=gettext_lazy("Ví dụ: 8.000. Không thu thì ghi 0."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Ghi mức thu. Không thu thì ghi 0.")},
    )  # fmt: skip

    class Meta:
        model = LocalFee
        fields = (*("amount", "per", "channel", "who", "resolution", "valid_from", "valid_to", "reaches_all"),)
        widgets: ClassVar = {
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar = {
            "valid_to": gettext_lazy("Để trống khi chưa có ngày hết. Ghi mức mới thì mức cũ tự hết từ hôm trước."),
            "reaches_all": gettext_lazy("Mọi phường, xã dùng mức này, trừ nơi có mức riêng."),
        }
        error_messages: ClassVar = {
            "resolution": {"required": gettext_lazy("Ghi số nghị quyết hoặc quyết định.")},
            "valid_from": {"required": gettext_lazy("Ghi ngày bắt đầu áp dụng.")},
        }

    def clean_amount(self) -> int:
        """Whole đồng; 8.000, 8 000 and 8000 are the same."""
        raw = one_line(str(self.cleaned_data["amount"])).lower().removesuffix("đồng").removesuffix("đ").strip()
        if not _MONEY.fullmatch(raw):
            raise ValidationError(_("Ghi số tiền bằng chữ số, ví dụ: 8.000"))
        return int(re.sub(r"\D", "", raw))

    def clean(self) -> dict[str, Any]:
        """One fee of a kind begins on a day."""
        data = super().clean()
        if self.procedure is None:
            return data
        if not self.instance.pk:
            self.instance.procedure = self.procedure
        names = ("channel", "per", "who")
        if data.get("valid_from") and all(name in data for name in names):
            rows = LocalFee.objects.filter(
                procedure=self.procedure, valid_from=data["valid_from"], reaches_all=bool(data.get("reaches_all")),
                **{name: data[name] for name in names},
            )  # fmt: skip
            if rows.exclude(pk=self.instance.pk).exists():
                self.add_error("valid_from", _("Đã có mức thu cùng loại áp dụng từ ngày này. Sửa mức ấy."))
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("Ngày hết phải sau ngày bắt đầu áp dụng."))
        return data
