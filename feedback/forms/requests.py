"""What citizens fill in to ask for information, or about the data that are kept of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.cases import InformationWay, PersonalWish
from feedback.forms.questions import OnePageForm
from feedback.rules import cases as rules
from feedback.rules.codes import read_code
from feedback.rules.words import plain
from portal.core.text import one_line

PURPOSE_LIMIT = 300


class RequestForm(OnePageForm):
    """What both share: a name is needed, and one way of reaching the person; nothing of it is ever published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["agree_publish"]
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Ghi họ và tên.")

    def clean(self) -> dict[str, Any]:
        """One way of reaching the person at least."""
        data: dict[str, Any] = super().clean()
        self.need_contact()
        return data


class InformationForm(RequestForm):
    """A request for information, with what Luật Tiếp cận thông tin Điều 24 asks for."""

    wish = forms.ChoiceField(
        label=gettext_lazy("Nhận thông tin bằng cách nào"), choices=InformationWay, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một cách nhận thông tin.")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=gettext_lazy("Dùng thông tin để làm gì"), required=False, max_length=PURPOSE_LIMIT,
        error_messages={"max_length": gettext_lazy("Viết trong %(limit_value)d chữ cái.")},
    )  # fmt: skip
    address = forms.CharField(
        label=gettext_lazy("Nơi ở"), max_length=rules.ADDRESS_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={
            "required": gettext_lazy("Ghi nơi ở: số nhà, đường hoặc thôn, phường hoặc xã."),
            "max_length": gettext_lazy("Ghi nơi ở trong %(limit_value)d chữ cái."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "purpose", "wish", "name", "address"])
        self.fields["text"].label = _("Cần thông tin gì")
        self.fields["text"].error_messages["required"] = _("Viết rõ cần thông tin, văn bản nào.")

    def clean_address(self) -> str:
        """One line."""
        return one_line(plain(self.cleaned_data["address"]))

    def clean_purpose(self) -> str:
        """One line."""
        return one_line(plain(self.cleaned_data["purpose"]))

    def clean(self) -> dict[str, Any]:
        """By mail needs an address to send to."""
        data = super().clean()
        if data.get("wish") == InformationWay.MAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Ghi thư điện tử để nhận thông tin, hoặc chọn cách nhận khác."))
        return data


class PersonalForm(RequestForm):
    """A request about one's own data: which wish, which case, how one proves who one is."""

    wish = forms.ChoiceField(
        label=gettext_lazy("Cần làm gì"), choices=PersonalWish, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một việc cần làm.")},
    )  # fmt: skip
    code = forms.CharField(
        label=gettext_lazy("Mã tra cứu của việc đã gửi"), required=False, max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    proof = forms.ChoiceField(
        label=gettext_lazy("Chứng minh là chính mình bằng cách nào"), widget=forms.RadioSelect,
        choices=[
            ("CODE", gettext_lazy("Bằng mã tra cứu và số điện thoại đã ghi khi gửi")),
            ("OFFICE", gettext_lazy("Mang căn cước đến trụ sở")),
        ],
        error_messages={"required": gettext_lazy("Chọn một cách chứng minh.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["wish", "text", "proof", "code"])
        self.fields["text"].required = False
        self.fields["text"].label = _("Nói rõ hơn")

    def clean_code(self) -> str:
        """The code in its one spelling; a slip of the finger is told at once, which tells nothing of what was sent."""
        typed = self.cleaned_data["code"].strip()
        code = read_code(typed)
        if typed and not code:
            raise ValidationError(_("Mã gồm 7 chữ và số. Xem lại từng chữ."))
        return code

    def clean(self) -> dict[str, Any]:
        """What each wish and each proof needs."""
        data = super().clean()
        if data.get("wish") == PersonalWish.CORRECT and not data.get("text"):
            self.add_error("text", _("Viết rõ chỗ nào sai, đúng là thế nào."))
        if data.get("proof") == "CODE":
            if not data.get("code") and "code" not in self.errors:
                self.add_error("code", _("Ghi mã tra cứu, hoặc chọn cách chứng minh tại trụ sở."))
            if not data.get("phone") and "phone" not in self.errors:
                self.add_error("phone", _("Ghi số điện thoại đã dùng khi gửi."))
        return data
