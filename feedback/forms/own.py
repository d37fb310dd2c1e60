"""What a sender fills in on their own side of a case."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums import Satisfaction
from feedback.enums.cases import SolvedAnswer
from feedback.rules import cases as rules
from feedback.rules import own as own_rules
from feedback.rules.codes import read_code
from feedback.rules.words import plain
from units.forms.reception import PhoneField

_CODE_LIMIT: Final = 24


class LookupForm(forms.Form):
    """Code and telephone number; sent by POST, so that neither stands in an address."""

    code = forms.CharField(
        label=gettext_lazy("Mã tra cứu"),
        max_length=_CODE_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Gõ mã tra cứu, ví dụ ACE-4679."),
            "max_length": gettext_lazy("Mã gồm 7 chữ và số. Xem lại từng chữ."),
        },
    )
    phone = PhoneField(label=gettext_lazy("Số điện thoại đã ghi khi gửi"))

    def clean_code(self) -> str:
        """The code in its one spelling; a slip of the finger is told at once, which tells nothing of what was sent."""
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("Mã gồm 7 chữ và số. Xem lại từng chữ."))
        return code


class SupplyForm(forms.Form):
    """Words to add; files are taken by feedback.actions.uploads. One of both is enough."""

    text = forms.CharField(
        label=gettext_lazy("Nói thêm"),
        required=False,
        max_length=rules.TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"max_length": gettext_lazy("Dài quá %(limit_value)d chữ cái. Rút ngắn, giữ ý chính.")},
    )
    don = forms.SlugField(required=False, max_length=64, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Without tags and invisible characters."""
        return plain(self.cleaned_data["text"])


class SolvedForm(forms.Form):
    """“Đã giải quyết chưa?”, how satisfied, why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Việc này đã giải quyết xong chưa?"),
        choices=SolvedAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn “Đã xong” hoặc “Chưa xong”.")},
    )
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("Cách giải quyết thế nào?"),
        choices=Satisfaction.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Nói thêm"),
        required=False,
        max_length=own_rules.RATING_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Viết trong %(limit_value)d chữ cái.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["satisfaction"]
        choices.choices = Satisfaction.choices


class RateForm(SolvedForm):
    """The level alone, for what was said to be solved before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["answer"]
        self.fields["satisfaction"].required = True
        self.fields["satisfaction"].error_messages["required"] = _("Chọn một trong ba mức.")
