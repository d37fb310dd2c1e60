"""Files for download: below an article, and each one's name."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.forms.widgets import SeveralFilesField, TemplateWidget
from news.models import Article, ArticleAttachment, Attachment
from portal.core.documents import DOCUMENT_TYPES, check_document

ACCEPTED_FILES = ",".join(f".{ending}" for ending in DOCUMENT_TYPES)
OFFERED = 10
ORDER_LIMIT = 999


def checked_files(files: list[Any] | None) -> list[Any]:
    """Uploads of which each is a document by its content (portal.core.documents). Raises ValidationError, naming the file."""
    for file in files or []:
        try:
            check_document(file, size=file.size)
        except ValidationError as error:
            raise ValidationError([f"{file.name}: {words}" for words in error.messages]) from error
    return files or []


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the list in the form: whether it hangs below the article, and at which place."""

    attachment: Attachment
    is_chosen: bool
    order: int


class AttachmentList(TemplateWidget):
    """Files below the article with their places, then the newest others of the unit."""

    template = "admin/news/attachment/choice.html"

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """Lines of what hangs there and of what is offered; two queries."""
        chosen = dict(value or [])
        rows = list(Attachment.objects.filter(pk__in=chosen)) if chosen else []
        rows.sort(key=lambda row: chosen[row.pk])
        others = [row for row in Attachment.objects.newest(OFFERED) if row.pk not in chosen]
        return {
            "chosen": [Line(row, is_chosen=True, order=place) for place, row in enumerate(rows, 1)],
            "others": [Line(row, is_chosen=False, order=len(rows) + place) for place, row in enumerate(others, 1)],
            "library_url": reverse("admin:news_attachment_changelist"),
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[int, int]] | None:
        """(key, place) of every marked file; None when the form did not show the list at all."""
        if f"{name}_shown" not in data:
            return None
        keys = [int(raw) for raw in data.getlist(name) if raw.isascii() and raw.isdigit() and len(raw) < 19]  # noqa: PLR2004
        return [(key, _place(data.get(f"{name}_order_{key}", ""))) for key in keys]


def _place(raw: str) -> int:
    return min(int(raw), ORDER_LIMIT) if raw.isascii() and raw.isdigit() and len(raw) < 5 else ORDER_LIMIT  # noqa: PLR2004


class AttachmentsField(forms.Field):
    """Files of the unit in their order; None leaves an article's files as they are."""

    widget = AttachmentList

    def clean(self, value: Any) -> list[Attachment] | None:
        """Rows of the unit in scope; another unit's key is refused."""
        if value is None:
            return None
        places = dict(value)
        rows = {row.pk: row for row in Attachment.objects.filter(pk__in=places)}
        if rows.keys() != places.keys():
            raise ValidationError(_("Có tệp không còn trong thư viện. Tải lại trang rồi chọn lại."))
        return [rows[key] for key in sorted(places, key=lambda key: places[key])]


class AttachmentFields(forms.Form):
    """The files below an article, as a group of fields of the article's form."""

    attachments = AttachmentsField(label=gettext_lazy("Tệp đang có"), required=False)
    new_files = SeveralFilesField(
        label=gettext_lazy("Tải tệp mới"),
        required=False,
        help_text=gettext_lazy(
            "PDF, Word, Excel, PowerPoint, ODT, ODS, ODP; mỗi tệp tối đa 30 MB. Chọn được nhiều tệp."
        ),
    )

    def start_attachments(self, article: Article) -> None:
        """Show what hangs below the article."""
        self.fields["new_files"].widget.attrs["accept"] = ACCEPTED_FILES
        if article.pk:
            links = ArticleAttachment.objects.of_article(article)
            self.fields["attachments"].initial = [(link.attachment_id, link.order) for link in links]

    def clean_new_files(self) -> list[Any]:
        """Each checked by its content; nothing is stored before all pass."""
        return checked_files(self.cleaned_data.get("new_files"))


class AttachmentForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The name that readers see."""

    class Meta:
        model = Attachment
        fields = ("title",)
        help_texts = {"title": gettext_lazy("Ví dụ: Thông báo số 12 về cắt điện")}
        error_messages = {"title": {"required": gettext_lazy("Nhập tên tệp hiện cho người đọc.")}}
