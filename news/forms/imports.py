"""Input of imports."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENDINGS = (".xml", ".wxr", ".rss", ".atom", ".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".gz")


class ImportForm(forms.Form):
    """A file of another system, and how it is to be taken over."""

    file = forms.FileField(
        label=gettext_lazy("Tệp xuất từ trang cũ"),
        help_text=gettext_lazy(
            "WordPress: Công cụ → Xuất → Toàn bộ nội dung (.xml). Cũng nhận RSS, Atom, CSV UTF-8, JSON từng dòng; nén .gz được. "
            "Tối đa 12 MB; tệp lớn hơn nhờ người vận hành nạp bằng lệnh import_articles."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    fetch_media = forms.BooleanField(
        label=gettext_lazy("Tải ảnh và tệp từ trang cũ về"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Trang cũ phải còn chạy. Ảnh không tải được sẽ nêu tên trong báo cáo."),
    )
    drafts = forms.BooleanField(label=gettext_lazy("Nạp cả bản nháp"), required=False)

    def clean_file(self) -> Any:
        """Bounded, and of a kind that can be read."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_LIMIT_BYTES:
            raise ValidationError(_("Tệp lớn hơn 12 MB. Nén .gz rồi gửi lại, hoặc nhờ người vận hành nạp bằng lệnh."))
        if not str(upload.name).lower().endswith(ENDINGS):
            raise ValidationError(_("Chọn tệp .xml (WordPress, RSS, Atom), .csv hoặc .jsonl."))
        return upload
