"""Warnings above every page."""

import re
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tenancy import current_unit_id
from units.enums import AlertReach
from units.models import Alert, Unit

AT_MOST: Final = timedelta(days=30)


class AlertForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A warning above every page. Only the province is offered every site."""

    class Meta:
        model = Alert
        fields = ("level", "title", "text", "url", "link_label", "reach", "starts_at", "ends_at")
        help_texts = {
            "title": gettext_lazy("Ví dụ: Bão số 9."),
            "text": gettext_lazy("Một câu nói việc người dân cần làm ngay."),
            "url": gettext_lazy("Trang nói rõ hơn, bắt đầu bằng / hoặc https://"),
            "link_label": gettext_lazy("Ví dụ: Xem nơi tránh trú. Để trống thì máy ghi “Xem việc cần làm”."),
            "starts_at": gettext_lazy("Đặt trước cũng được: đến giờ mới hiện."),
            "ends_at": gettext_lazy("Đến lúc này máy tự ẩn, nhiều nhất 30 ngày."),
        }
        widgets = {"level": forms.RadioSelect, "reach": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Unit.objects.provinces().filter(pk=current_unit_id()).exists():
            self.fields.pop("reach", None)

    def clean_url(self) -> str:
        """A path of this site or a web address; nothing a browser would run."""
        url: str = self.cleaned_data["url"].strip()
        if url and not re.match(r"^(?:https?://|/(?![/\\]))", url):
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng / hoặc https://"))
        return url

    def clean(self) -> dict[str, Any]:
        """A path means another page on every other site, so a warning for all names the whole address."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reach") == AlertReach.ALL and (data.get("url") or "").startswith("/"):
            self.add_error("url", _("Tin hiện trên mọi trang cần địa chỉ đầy đủ, bắt đầu bằng https://"))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends - starts > AT_MOST:
            self.add_error("ends_at", _("Tin khẩn hiện nhiều nhất 30 ngày. Cần lâu hơn thì viết thành bài ghim."))
        return data
