"""What citizens type: to be received, and to find their registration again."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import letter_codes, phone_numbers
from portal.core.text import one_line
from units.rules import reception as rules

SUBJECT_MINIMUM: Final = 5
NAME_MINIMUM: Final = 2
_PHONE_WORDS: Final = {
    "letters": gettext_lazy("Số điện thoại chỉ có chữ số, ví dụ 0905 123 456."),
    "old": gettext_lazy("Số 11 chữ số này đã đổi sang 10 chữ số. Ghi số mới, ví dụ 0905 123 456."),
    "length": gettext_lazy("Số điện thoại cần đủ 10 chữ số, ví dụ 0905 123 456; máy bàn có cả mã vùng 0234."),
}


class PhoneField(forms.CharField):
    """A Vietnamese telephone number in any spelling; cleaned it is its digits."""

    default_error_messages = {"required": gettext_lazy("Ghi số điện thoại, ví dụ 0905 123 456.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "maxlength": "24"}
        super().__init__(max_length=24, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        """Digits, or a sentence on what is wrong with them."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return phone_numbers.read_phone(text)
        except phone_numbers.WrongPhone as error:
            raise ValidationError(str(_PHONE_WORDS[error.kind])) from error


def _words(value: str, least: int, message: str) -> str:
    """One line of at least ``least`` characters once invisible ones are gone."""
    text = one_line(value)
    if len(text) < least:
        raise ValidationError(message)
    return text


class BookingForm(forms.Form):
    """Who, which number, about what; each use of the data is agreed to by its own tick, none of them set beforehand.

    ``trang_web`` is a trap: people do not see it, machines fill it.
    """

    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=rules.NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": gettext_lazy("Ghi họ và tên."),
            "max_length": gettext_lazy("Họ tên dài quá %(limit_value)d chữ cái."),
        },
    )
    phone = PhoneField(label=gettext_lazy("Số điện thoại"))
    subject = forms.CharField(
        label=gettext_lazy("Cần gặp về việc gì"),
        max_length=rules.SUBJECT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Ghi một câu về việc cần gặp."),
            "max_length": gettext_lazy("Viết trong %(limit_value)d chữ cái. Nói kỹ hơn khi gặp."),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử, để nhận thư nhắc"),
        required=False,
        max_length=160,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Địa chỉ thư cần có dạng ten@vidu.vn. Không có thì để trống.")},
    )
    agree = forms.BooleanField(
        label=gettext_lazy("Đồng ý để cơ quan dùng họ tên, số điện thoại và việc cần gặp để xếp lịch, gọi khi hoãn"),
        error_messages={"required": gettext_lazy("Đánh dấu đồng ý thì mới xếp lịch được. Không thì đến trực tiếp.")},
    )
    agree_mail = forms.BooleanField(
        label=gettext_lazy("Đồng ý để cơ quan gửi thư nhắc và thư báo thay đổi vào địa chỉ thư này"), required=False
    )
    trang_web = forms.CharField(required=False, max_length=200)
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def clean_name(self) -> str:
        """One spelling."""
        return _words(self.cleaned_data["name"], NAME_MINIMUM, _("Ghi họ và tên."))

    def clean_subject(self) -> str:
        """One spelling, a few words at least."""
        return _words(self.cleaned_data["subject"], SUBJECT_MINIMUM, _("Ghi một câu về việc cần gặp."))

    def clean(self) -> dict[str, Any]:
        """An address is kept only with its own tick."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("email") and not data.get("agree_mail"):
            self.add_error("agree_mail", _("Đánh dấu ô này để nhận thư, hoặc xóa địa chỉ thư ở trên."))
        return data

    @property
    def was_trapped(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data["trang_web"])


class OwnBookingForm(forms.Form):
    """Code and telephone number; sent by POST, so that neither stands in an address."""

    code = forms.CharField(
        label=gettext_lazy("Mã đăng ký"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Gõ mã trên phiếu, ví dụ ACE-4679.")},
    )
    phone = PhoneField(label=gettext_lazy("Số điện thoại đã ghi khi đăng ký"))

    def clean_code(self) -> str:
        """The code in its one spelling; a slip of the finger is told at once, which tells nothing of who is registered."""
        code = letter_codes.read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("Mã gồm 7 chữ và số. Xem lại từng chữ trên phiếu."))
        return code


class DeskForm(forms.Form):
    """Somebody whom the desk writes down: name needed, a number when they have one."""

    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=rules.NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ghi họ và tên.")},
    )
    phone = PhoneField(label=gettext_lazy("Số điện thoại"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Việc cần gặp"),
        max_length=rules.SUBJECT_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Ghi việc cần gặp.")},
    )

    def clean_name(self) -> str:
        """One spelling."""
        return _words(self.cleaned_data["name"], NAME_MINIMUM, _("Ghi họ và tên."))

    def clean_subject(self) -> str:
        """One spelling."""
        return _words(self.cleaned_data["subject"], NAME_MINIMUM, _("Ghi việc cần gặp."))
