"""The files of a document in its form: what is there with role and place, what the library has, what is brought now."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.actions.documents import FileDraft
from news.enums.documents import FileRole
from news.forms.widgets import TemplateWidget
from news.models import Attachment, Document, DocumentFile
from portal.core.pdf_signatures import signature_words

OFFERED: Final = 6
PLACE_LIMIT: Final = 999
_EDITABLE: Final = frozenset({"doc", "docx", "odt"})


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the list: whether it belongs to the document, its role, its place, what is known of its signature."""

    attachment: Attachment
    is_chosen: bool
    role: str
    order: int
    signature: str = ""
    is_intact: bool = False


class DocumentFileList(TemplateWidget):
    """The document's files, then the newest others of the unit's library."""

    template = "admin/news/document/files.html"
    signatures: dict[int, dict[str, Any]]

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.signatures = {}

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """Lines of what is there and of what is offered; two queries."""
        chosen = {key: (order, role) for key, order, role in value or []}
        rows = list(Attachment.objects.filter(pk__in=chosen)) if chosen else []
        rows.sort(key=lambda row: chosen[row.pk][0])
        others = [row for row in Attachment.objects.newest(OFFERED) if row.pk not in chosen]
        return {
            "roles": FileRole.choices,
            "chosen": [
                Line(row, is_chosen=True, role=chosen[row.pk][1], order=place,
                     signature=signature_words(self.signatures.get(row.pk, {})),
                     is_intact=self.signatures.get(row.pk, {}).get("is_intact") is True)
                for place, row in enumerate(rows, 1)
            ],
            "others": [
                Line(row, is_chosen=False, role=usual_role(row, has_main=bool(rows)), order=len(rows) + place)
                for place, row in enumerate(others, 1)
            ],
        }  # fmt: skip

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[int, int, str]] | None:
        """(key, place, role) of every marked file; None when the form did not show the list at all."""
        if f"{name}_shown" not in data:
            return None
        keys = [int(raw) for raw in data.getlist(name) if raw.isascii() and raw.isdigit() and len(raw) < 19]  # noqa: PLR2004 - what a key can be
        return [
            (key, _place(data.get(f"{name}_order_{key}", "")), str(data.get(f"{name}_role_{key}", ""))) for key in keys
        ]


def _place(raw: str) -> int:
    return min(int(raw), PLACE_LIMIT) if raw.isascii() and raw.isdigit() and len(raw) < 5 else PLACE_LIMIT  # noqa: PLR2004 - a place


class DocumentFilesField(forms.Field):
    """Files of the unit with role and place; None leaves the document's files as they are."""

    widget = DocumentFileList

    def clean(self, value: Any) -> list[FileDraft] | None:
        """Rows of the unit in scope; another unit's key, or a role that is none, is refused."""
        if value is None:
            return None
        rows = {row.pk: row for row in Attachment.objects.filter(pk__in=[key for key, _order, _role in value])}
        if rows.keys() != {key for key, _order, _role in value}:
            raise ValidationError(_("Có tệp không còn trong thư viện. Tải lại trang rồi chọn lại."))
        if any(role not in FileRole.values for _key, _order, role in value):
            raise ValidationError(_("Chọn mỗi tệp là văn bản, phụ lục hay bản soạn thảo."))
        return [FileDraft(rows[key], FileRole(role)) for key, _order, role in sorted(value, key=lambda line: line[1])]


def usual_role(attachment: Attachment, *, has_main: bool) -> FileRole:
    """What a file most likely is: a Word file the draft in it, the first other one the document, further ones appendices."""
    if attachment.extension in _EDITABLE:
        return FileRole.EDITABLE
    return FileRole.APPENDIX if has_main else FileRole.MAIN


def start_files(field: forms.Field, document: Document) -> None:
    """Show the document's files; one query."""
    links = list(DocumentFile.objects.filter(document=document).order_by("order", "pk"))
    field.initial = [(link.attachment_id, link.order, link.role) for link in links]
    widget: Any = field.widget
    widget.signatures = {link.attachment_id: link.signature for link in links}
