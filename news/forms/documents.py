"""A document of the register, as an office clerk enters it in a minute; and why one is taken away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions.documents import NOTE_LIMIT
from news.enums.documents import DocumentGroup
from news.forms.attachments import ACCEPTED_FILES, checked_files
from news.forms.document_files import DocumentFilesField, start_files
from news.forms.document_relations import RelationsField, start_relations
from news.forms.widgets import SeveralFilesField
from news.models import Document, DocumentType
from news.rules.document_guess import group_of, tidy_number, type_in_number

SUGGESTED: Final = 12
_ATTRS: Final[dict[str, dict[str, Any]]] = {
    "issuer": {"list": "don-vi-ban-hanh", "autocomplete": "off"},
    "signer_name": {"list": "nguoi-ky", "autocomplete": "off"},
    "signer_post": {"list": "chuc-vu", "autocomplete": "off"},
    "number": {"autocomplete": "off", "placeholder": "54/2023/QĐ-UBND"},
}
SECRECY_WORDS = gettext_lazy("Tôi đã đọc văn bản và tệp, không có bí mật nhà nước")


class DocumentForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The document's row, its files and relations, and the tick without which nothing is published."""

    new_files = SeveralFilesField(
        label=gettext_lazy("Tải tệp lên"), required=False,
        help_text=gettext_lazy("PDF đã ký, phụ lục, bản Word; mỗi tệp tối đa 30 MB. Chọn được nhiều tệp, tải sau cũng được."),
    )  # fmt: skip
    attached = DocumentFilesField(label=gettext_lazy("Tệp của văn bản"), required=False)
    relations = RelationsField(label=gettext_lazy("Văn bản này làm gì với văn bản trước"), required=False)
    secrecy = forms.BooleanField(
        label=gettext_lazy("Bí mật nhà nước"), required=False, help_text=SECRECY_WORDS
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Document
        fields = (
            *("number", "type", "issued_on", "issuer", "is_own", "signer_name", "signer_post", "abstract", "group"),
            *("effective_from", "own_end", "field", "notes", "source_url", "reach"),
        )
        widgets = {
            "abstract": forms.Textarea(attrs={"rows": 3}),
            "notes": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
            **{name: forms.TextInput(attrs=attrs) for name, attrs in _ATTRS.items()},
        }
        help_texts = {
            "number": gettext_lazy(
                "Viết thế nào cũng được, máy ghi lại cho đúng: 54/2023/qd-ubnd thành 54/2023/QĐ-UBND."
            ),
            "own_end": gettext_lazy("Chỉ khi văn bản ghi rõ. Bị thay thế hay bãi bỏ thì máy tự tính."),
            "effective_from": gettext_lazy("Để trống nếu văn bản không ghi."),
            "notes": gettext_lazy("Hai, ba câu ai cũng hiểu: việc gì đổi, từ khi nào, ai phải làm gì."),
            "source_url": gettext_lazy("Địa chỉ văn bản ở trang khác, khi không có tệp."),
            "group": gettext_lazy("Hạn đăng tính theo nhóm."),
        }
        error_messages = {
            "abstract": {"required": gettext_lazy("Nhập trích yếu.")},
            "issuer": {"required": gettext_lazy("Nhập cơ quan ban hành.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guessed_type: DocumentType | None = None
        self.typed_number = ""
        self._types: list[DocumentType] = []
        if "abstract" not in self.fields:
            return  # somebody who may only look
        self.fields["new_files"].widget.attrs["accept"] = ACCEPTED_FILES
        for name, words in (("type", _("Để máy đoán theo số ký hiệu")), ("group", _("Theo loại và số ký hiệu"))):
            self._let_guess(name, words)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.edited_at.isoformat()
            start_files(self.fields["attached"], self.instance)
            start_relations(self.fields["relations"], self.instance)

    def _let_guess(self, name: str, words: str) -> None:
        """A choice that may be left open: the number tells."""
        field: Any = self.fields[name]
        field.required = False
        if name == "type":
            field.empty_label = words
        else:
            field.choices = [("", words), *DocumentGroup.choices]
            if not self.instance.pk:
                self.initial["group"] = ""

    @property
    def wants_publishing(self) -> bool:
        """Whether the person pressed “Đăng”."""
        return "_publish" in self.data

    def seen_at(self) -> datetime | None:
        """The state of the row the form was filled from; None for a new one or a form that does not say."""
        try:
            return parse_datetime(self.cleaned_data.get("seen") or "")
        except ValueError:
            return None

    def _known_types(self) -> dict[str, int]:
        if not self._types:
            self._types = list(DocumentType.objects.all()[:200])
        return {row.abbreviation: row.pk for row in self._types if row.abbreviation}

    def clean_number(self) -> str:
        """One spelling."""
        self.typed_number = str(self.cleaned_data.get("number") or "")
        return tidy_number(self.typed_number, self._known_types())

    def clean_issued_on(self) -> Any:
        """Signed, so not in the future."""
        day = self.cleaned_data.get("issued_on")
        if day and day > timezone.localdate():
            raise ValidationError(_("Ngày ban hành không thể sau hôm nay."))
        return day

    def clean_new_files(self) -> list[Any]:
        """Each checked by its content; nothing is stored before all pass."""
        return checked_files(self.cleaned_data.get("new_files"))

    def clean(self) -> dict[str, Any]:
        """Fill what was left to the number; refuse to publish what is not whole or was not checked."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._guess(data)
        starts, ends = data.get("effective_from"), data.get("own_end")
        if starts and ends and ends < starts:
            self.add_error("own_end", _("Ngày hết hiệu lực không thể trước ngày có hiệu lực."))
        if starts and data.get("issued_on") and starts < data["issued_on"]:
            self.add_error("effective_from", _("Ngày có hiệu lực không thể trước ngày ban hành."))
        if self.wants_publishing:
            self._demand_whole(data)
        return data

    def _guess(self, data: dict[str, Any]) -> None:
        if data.get("type") is None and "type" not in self.errors:
            key = type_in_number(data.get("number") or "", self._known_types())
            self.guessed_type = next((row for row in self._types if row.pk == key), None)
            data["type"] = self.guessed_type
            if self.guessed_type is None:
                self.add_error("type", _("Chọn loại văn bản: số ký hiệu không cho biết."))
        if not data.get("group") and data.get("type") is not None:
            data["group"] = group_of(data.get("number") or "", data["type"].group)

    def _demand_whole(self, data: dict[str, Any]) -> None:
        if not data.get("secrecy"):
            self.add_error(
                "secrecy", _("Văn bản chưa đăng: đọc văn bản và tệp, rồi đánh dấu đã kiểm tra bí mật nhà nước.")
            )
        if not data.get("issued_on") and "issued_on" not in self.errors:
            self.add_error("issued_on", _("Nhập ngày ban hành để đăng."))
        has_file = bool(data.get("new_files")) or bool(data.get("attached"))
        if not has_file and not data.get("source_url") and not {"new_files", "attached"} & set(self.errors):
            self.add_error("new_files", _("Tải tệp của văn bản lên để đăng."))

    def save_m2m(self) -> None:
        """Nothing: actions keep files and relations."""

    @staticmethod
    def suggestions() -> dict[str, list[str]]:
        """Issuers, signers and posts of the unit's last documents, the newest first; one query."""
        rows = Document.objects.all().remembered()
        return {
            "issuers": _distinct(row[0] for row in rows),
            "signers": _distinct(row[1] for row in rows),
            "posts": _distinct(row[2] for row in rows),
        }


def _distinct(words: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(words) if one][:SUGGESTED]


class DocumentWithdrawalForm(forms.Form):
    """Why a document is taken away; everybody reads it."""

    note = forms.CharField(
        label=gettext_lazy("Vì sao gỡ văn bản"), max_length=NOTE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ai mở địa chỉ của văn bản cũng đọc được câu này. Ví dụ: Đăng nhầm bản chưa ký; bản đúng sẽ đăng trong ngày."),
        error_messages={"required": gettext_lazy("Viết một câu để người đọc biết vì sao gỡ văn bản này.")},
    )  # fmt: skip
