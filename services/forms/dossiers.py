"""What somebody types to follow a dossier, and what the unit's office says about its feed."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.dossiers import source_choices
from services.models import DossierFeed
from services.rules import dossiers as rules

MINUTES_MINIMUM = 5
MINUTES_MAXIMUM = 1_440


class LookupForm(forms.Form):
    """A dossier's number in any spelling; ``cleaned_data["so"]`` is its key."""

    so = forms.CharField(
        label=gettext_lazy("Số hồ sơ"),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Gõ số hồ sơ in trên giấy hẹn."),
            "max_length": gettext_lazy("Số hồ sơ dài quá. Chỉ gõ số, không gõ cả câu."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_so(self) -> str:
        """The key of the number; what can be no number is told so before anything is looked up."""
        key = rules.dossier_key(str(self.cleaned_data["so"]))
        if len(key) not in rules.KEY_LENGTHS:
            raise ValidationError(_("Số hồ sơ cần ít nhất 6 chữ và số. Gõ đủ như trên giấy hẹn."))
        return key


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Where a unit's dossiers are published, and how often to look."""

    format = forms.ChoiceField(label=gettext_lazy("Cách đọc"))

    class Meta:
        model = DossierFeed
        fields: ClassVar = ["url", "format", "every_minutes", "is_active"]
        help_texts: ClassVar = {
            "url": gettext_lazy("Địa chỉ ai cũng mở được, không đòi đăng nhập. Tệp không có tên người."),
            "every_minutes": gettext_lazy("Từ 5 đến 1.440 phút. Thường 30 phút là đủ."),
            "is_active": gettext_lazy("Bỏ dấu để ngừng đọc. Hồ sơ đã đọc vẫn tra được."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = source_choices()  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """An address of the web."""
        url = str(self.cleaned_data["url"])
        if not url.startswith(("https://", "http://")):
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng https:// hoặc http://."))
        if DossierFeed.objects.filter(url=url).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Địa chỉ này đã có trong danh sách."))
        return url

    def clean_every_minutes(self) -> int:
        """Often enough to be of use, seldom enough not to burden the other side."""
        minutes = int(self.cleaned_data["every_minutes"])
        if not MINUTES_MINIMUM <= minutes <= MINUTES_MAXIMUM:
            raise ValidationError(_("Chọn từ 5 đến 1.440 phút."))
        return minutes
