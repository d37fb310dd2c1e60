"""Input of the units room."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import one_line
from units.enums import Module, Role
from units.models import Membership, Site

PHONE = re.compile(r"\d(?:[\s.]?\d){7,10}")
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The face of the unit's site; the five footer facts can not be left out."""

    modules = forms.MultipleChoiceField(
        label=gettext_lazy("Phần bật trên trang"),
        choices=Module.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contact_lines = forms.CharField(
        label=gettext_lazy("Gặp ai, việc gì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Mỗi dòng một việc: việc | nơi gặp. Ví dụ: Hộ tịch, chứng thực | Bàn 1, 2"),
    )

    class Meta:
        model = Site
        fields = (
            *("palette", "banner", "over_line", "hero_title", "hero_lead", "search_example", "popular_searches"),
            *("intro", "responsible", "address", "phone", "email", "hours", "modules"),
            *("alert_text", "alert_url", "alert_until", "measurement_src", "trust_badge_url"),
        )
        help_texts = {
            "responsible": gettext_lazy("Họ tên, chức vụ. Hiện ở chân mọi trang."),
            "popular_searches": gettext_lazy("Mỗi dòng một từ, nhiều nhất bốn."),
            "hours": gettext_lazy("Ví dụ: Sáng 7:30 – 11:30, dòng sau: Chiều 13:30 – 17:00"),
            "alert_text": gettext_lazy("Một câu, chỉ dùng khi khẩn cấp. Để trống là không hiện."),
            "measurement_src": gettext_lazy("Địa chỉ tệp mã đo do Bộ cấp, bắt đầu bằng https://"),
        }
        widgets = {
            "popular_searches": forms.Textarea(attrs={"rows": 4}),
            "hours": forms.Textarea(attrs={"rows": 3}),
            "intro": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.instance.contacts or []
        self.fields["contact_lines"].initial = "\n".join(f"{row['label']} | {row['detail']}" for row in rows)

    def clean_alert_url(self) -> str:
        """A path of this site or a web address; nothing a browser would run."""
        url: str = self.cleaned_data["alert_url"].strip()
        if url and not re.match(r"^(?:https?://|/(?!/))", url):
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng / hoặc https://"))
        return url

    def clean_phone(self) -> str:
        """At least eight digits."""
        phone = one_line(self.cleaned_data["phone"])
        if not PHONE.search(phone):
            raise ValidationError(_("Số điện thoại cần đủ chữ số, ví dụ 0234 382 0000."))
        return phone

    def save(self, commit: bool = True) -> Site:
        """Turn the contact lines into rows."""
        lines = [line.partition("|") for line in self.cleaned_data["contact_lines"].splitlines() if line.strip()]
        self.instance.contacts = [
            {"label": one_line(label)[:80], "detail": one_line(detail)[:80], "url": ""} for label, _bar, detail in lines
        ][:12]
        site: Site = super().save(commit)
        return site


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A new member of the editorial board: an account that exists, or a new one."""

    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=60,
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: nguyen.van.a"),
    )
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử"))

    class Meta:
        model = Membership
        fields = ("role",)

    def clean_username(self) -> str:
        """Lower case ASCII, so that two names never look the same."""
        username: str = self.cleaned_data["username"].strip().lower()
        if not USERNAME.match(username):
            raise ValidationError(_("Dùng chữ thường không dấu, chữ số, dấu chấm; ít nhất 3 ký tự."))
        return username

    def chosen_role(self) -> Role:
        """The role as the enum."""
        return Role(self.cleaned_data["role"])
