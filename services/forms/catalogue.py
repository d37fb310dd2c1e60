"""Input of the catalogue's care: the office's own words, forms to download, a catalogue file."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.antivirus import refuse_infected
from portal.core.documents import CheckedDocument, check_document
from portal.core.text import nfc, one_line
from services.enums import OnlineLevel
from services.models import Procedure, ProcedureForm

MOST_NAMES: Final = 30
MOST_NAME: Final = 80
MOST_SUMMARY: Final = 1_500
ENDINGS: Final = (".csv", ".gz")


class ProcedureCareForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What the office says beside the source. The source itself has no field here."""

    class Meta:
        model = Procedure
        fields = (
            *("everyday_names", "summary", "often_order", "online_level", "online_reason", "submit_url", "checked_on"),
        )
        widgets = {
            "everyday_names": forms.Textarea(attrs={"rows": 4}),
            "summary": forms.Textarea(attrs={"rows": 6}),
            "checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "everyday_names": gettext_lazy(
                "Mỗi dòng một cách người dân hay gọi, ví dụ: giấy độc thân. Người dân gõ cách nào cũng tìm thấy."
            ),
            "summary": gettext_lazy(
                "Hai ba câu ngắn, từ dễ. Ai cần làm, làm để được gì, mang gì, chờ bao lâu. Không chép văn bản."
            ),
            "online_level": gettext_lazy("Chỉ ghi khi đã thử trên Cổng Dịch vụ công quốc gia."),
            "online_reason": gettext_lazy("Cần khi chọn “Một phần”: khâu nào còn phải đến."),
            "submit_url": gettext_lazy("Trang nộp của đúng thủ tục này. Để trống thì nút dẫn về bản gốc."),
            "checked_on": gettext_lazy("Ngày đối chiếu với bản gốc, hiện cuối trang thủ tục."),
        }

    def clean_everyday_names(self) -> str:
        """One name on each line, each once."""
        names = list(dict.fromkeys(one_line(line) for line in self.cleaned_data["everyday_names"].splitlines()))
        names = [name for name in names if name]
        if len(names) > MOST_NAMES or any(len(name) > MOST_NAME for name in names):
            raise ValidationError(
                _("Nhiều nhất %(names)d cách gọi, mỗi cách không quá %(most)d ký tự.")
                % {"names": MOST_NAMES, "most": MOST_NAME}
            )
        return "\n".join(names)

    def clean_summary(self) -> str:
        """Plain text, bounded."""
        text = nfc(self.cleaned_data["summary"]).strip()
        if len(text) > MOST_SUMMARY:
            raise ValidationError(_("Nói ngắn hơn: nhiều nhất %(most)d ký tự.") % {"most": MOST_SUMMARY})
        return text

    def clean_submit_url(self) -> str:
        """A web page that citizens can open safely."""
        url = str(self.cleaned_data["submit_url"])
        if url and not url.startswith("https://"):
            raise ValidationError(_("Địa chỉ phải bắt đầu bằng https://"))
        return url

    def clean(self) -> dict[str, Any]:
        """A procedure that goes online in part says why."""
        data: dict[str, Any] = super().clean() or {}
        partial = data.get("online_level") == OnlineLevel.PARTIAL
        if partial and not one_line(data.get("online_reason") or ""):
            self.add_error("online_reason", _("Viết khâu nào còn phải đến trực tiếp."))
        if not partial:
            data["online_reason"] = ""
        return data


class DownloadForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One form (mẫu đơn) to download: a file checked by its content, or the address where it is published."""

    upload = forms.FileField(
        label=gettext_lazy("Tệp mẫu"),
        required=False,
        help_text=gettext_lazy("PDF, DOCX, XLSX, ODT. Tệp có macro hoặc phần tự chạy không được nhận."),
    )
    checked: CheckedDocument | None = None

    class Meta:
        model = ProcedureForm
        fields = ("title", "upload", "url", "order")

    def clean_title(self) -> str:
        """On one line."""
        return one_line(self.cleaned_data["title"])

    def clean_upload(self) -> Any:
        """Told by content, never by name; refused where it could run or is infected."""
        upload = self.cleaned_data["upload"]
        if upload:
            self.checked = check_document(upload, size=upload.size)
            refuse_infected(upload)
            upload.seek(0)
        return upload

    def clean(self) -> dict[str, Any]:
        """A file or an address, so that the line leads somewhere."""
        data: dict[str, Any] = super().clean() or {}
        has_file = bool(data.get("upload")) or bool(self.instance.file)
        if not has_file and not data.get("url") and "upload" not in self.errors and "url" not in self.errors:
            raise ValidationError(_("Tải lên một tệp, hoặc ghi địa chỉ nơi đăng mẫu."))
        return data


class CatalogueFileForm(forms.Form):
    """A catalogue file, and how it is meant."""

    file = forms.FileField(
        label=gettext_lazy("Tệp danh mục"),
        help_text=gettext_lazy("CSV UTF-8 có cột code và name; nén .gz được. Tối đa 12 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    is_partial = forms.BooleanField(
        label=gettext_lazy("Tệp chỉ là một phần danh mục"),
        required=False,
        help_text=gettext_lazy("Thủ tục không có trong tệp được giữ nguyên."),
    )
    may_close = forms.BooleanField(
        label=gettext_lazy("Cho phép đóng nhiều thủ tục"),
        required=False,
        help_text=gettext_lazy("Không chọn: tệp thiếu hơn một phần ba danh mục sẽ bị từ chối, đề phòng tệp bị đứt."),
    )

    def clean_file(self) -> Any:
        """Bounded, and of a kind that can be read."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_LIMIT_BYTES:
            raise ValidationError(_("Tệp lớn hơn 12 MB. Nén .gz rồi gửi lại, hoặc nhờ người vận hành nạp bằng lệnh."))
        if not str(upload.name).lower().endswith(ENDINGS):
            raise ValidationError(_("Chọn tệp .csv hoặc .csv.gz."))
        return upload
