"""Subscribing by e-mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news.enums import Rhythm
from news.models import Category
from news.rules.digests import consent_text

WHOLE = "tat-ca"
CHOSEN = "chon"


class SubscriptionForm(forms.Form):
    """An address, what to send and how often, and a consent that is never ticked beforehand."""

    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Ghi địa chỉ thư để nhận tin."),
            "invalid": _("Địa chỉ thư cần có dạng ten@nhacungcap.vn."),
        },
    )
    scope = forms.ChoiceField(
        label=_("Nhận tin nào"),
        choices=[(WHOLE, _("Mọi tin của đơn vị")), (CHOSEN, _("Chỉ các chuyên mục chọn dưới đây"))],
        initial=WHOLE,
        widget=forms.RadioSelect,
    )
    categories: Any = forms.ModelMultipleChoiceField(
        label=_("Chuyên mục"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    rhythm = forms.ChoiceField(
        label=_("Bao lâu một thư"),
        choices=[
            (Rhythm.WEEKLY, _("Mỗi tuần, sáng Thứ Hai")),
            (Rhythm.DAILY, _("Mỗi ngày, lúc 6:30, khi có tin mới")),
        ],
        initial=Rhythm.WEEKLY,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(error_messages={"required": _("Đánh dấu đồng ý thì đơn vị mới được gửi thư cho bạn.")})
    altcha = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories: Any = self.fields["categories"]
        categories.queryset = Category.objects.all()  # in their order; a slice could not be searched
        self.fields["consent"].label = consent_text(unit_name)

    def clean_email(self) -> str:
        """One spelling for comparing."""
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        """Whoever wants chosen categories must choose one."""
        data = super().clean() or {}
        if data.get("scope") == WHOLE:
            data["categories"] = []
        elif data.get("scope") == CHOSEN and not data.get("categories") and "categories" not in self.errors:
            self.add_error("categories", ValidationError(_("Chọn ít nhất một chuyên mục, hoặc chọn mọi tin.")))
        return data
