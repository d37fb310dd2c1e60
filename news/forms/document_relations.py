"""What a document does to earlier ones, as rows of its form that work without scripts: kind, number, whole or part, from when."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.actions.document_relations import RELATION_LIMIT
from news.actions.documents import RelationDraft
from news.enums.documents import RelationKind
from news.forms.widgets import TemplateWidget
from news.models import Document, DocumentRelation
from news.rules.documents import number_key
from portal.core.text import one_line

BLANK_ROWS: Final = 2
OFFERED: Final = 10
_NAMES: Final = ("kind", "number", "earlier", "title", "part", "what", "from")


@dataclass(slots=True)
class Row:
    """One row as it was typed, what is wrong with it, and the documents its number may mean."""

    place: int
    kind: str = ""
    number: str = ""
    earlier: str = ""
    title: str = ""
    part: str = ""
    what: str = ""
    from_day: str = ""
    error: str = ""
    candidates: list[Document] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing but perhaps a kind was entered: such a row is no relation."""
        return not any((self.number.strip(), self.title.strip(), self.what.strip(), self.from_day))


class RelationRows(TemplateWidget):
    """The rows, and empty ones behind them; a script may add more."""

    template = "admin/news/document/relations.html"
    # What was sent, read once: cleaning writes beside the rows what is wrong with them, and the page shows those rows.
    sent: list[Row] | None = None

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """The rows as they were typed, and what can be chosen in each."""
        rows: list[Row] = list(value or [])
        first = len(rows)
        number = 1 if rows else BLANK_ROWS
        blanks = [Row(first + place) for place in range(number)] if first < RELATION_LIMIT else []
        return {
            "rows": rows + blanks,
            "kinds": RelationKind.choices,
            "next": first + len(blanks),
            "limit": RELATION_LIMIT,
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row] | None:
        """Every row that was sent; None when the form did not show them at all."""
        if self.sent is not None or f"{name}_rows" not in data:
            return self.sent
        raw = str(data.get(f"{name}_rows", ""))
        number = min(int(raw), RELATION_LIMIT + BLANK_ROWS) if raw.isascii() and raw.isdigit() and len(raw) < 4 else 0  # noqa: PLR2004 - a number of rows
        rows: list[Row] = []
        for place in range(number):
            sent = {key: str(data.get(f"{name}_{place}_{key}", "")) for key in _NAMES}
            row = Row(
                len(rows), kind=sent["kind"], number=sent["number"], earlier=sent["earlier"], title=sent["title"],
                part=sent["part"], what=sent["what"], from_day=sent["from"],
            )  # fmt: skip
            if not row.is_empty:
                rows.append(row)
        self.sent = rows
        return rows


class RelationsField(forms.Field):
    """Relations; None leaves the document's own as they are."""

    widget = RelationRows

    def clean(self, value: list[Row] | None) -> list[RelationDraft] | None:
        """Rows as drafts; raises one error for each wrong row, which also stands beside the row."""
        if value is None:
            return None
        drafts, errors = [], []
        for row in value:
            try:
                drafts.append(_draft(row))
            except ValidationError as error:
                row.error = " ".join(error.messages)
                errors.append(_("dòng %(place)d: %(words)s") % {"place": row.place + 1, "words": row.error})
        if errors:
            raise ValidationError(errors)
        return drafts


def _draft(row: Row) -> RelationDraft:
    """One row; raises ValidationError with what to do about it."""
    if not number_key(row.number):
        raise ValidationError(_("Nhập số ký hiệu của văn bản trước."))
    if row.kind not in RelationKind.values:
        raise ValidationError(_("Chọn văn bản này làm gì với văn bản trước."))
    return RelationDraft(
        kind=RelationKind(row.kind),
        earlier_number=one_line(row.number)[:80],
        earlier=_chosen(row),
        earlier_title=one_line(row.title)[:300],
        is_partial=row.part == "part" or row.kind == RelationKind.AMENDS,
        what=one_line(row.what)[:200],
        takes_effect_on=_day(row.from_day),
    )


def _chosen(row: Row) -> Document | None:
    """The document of the register that is meant: the only one with the number, or the one that was chosen among several."""
    row.candidates = list(Document.objects.with_number(row.number).for_register().order_by("-sort_on", "-pk")[:OFFERED])
    if len(row.candidates) <= 1:
        return row.candidates[0] if row.candidates else None
    if row.earlier == "none":
        return None
    found = next((one for one in row.candidates if str(one.pk) == row.earlier), None)
    if found is None:
        raise ValidationError(_("Sổ có nhiều văn bản mang số này. Chọn một văn bản."))
    return found


def _day(raw: str) -> date | None:
    if not raw.strip():
        return None
    try:
        return date.fromisoformat(raw.strip())
    except ValueError as error:
        raise ValidationError(_("Ngày không đúng. Chọn ngày, ví dụ 01/12/2026.")) from error


def start_relations(field: forms.Field, document: Document) -> None:
    """Show the document's relations; one query."""
    relations = DocumentRelation.objects.filter(document=document).order_by("pk")
    field.initial = [
        Row(
            place, kind=row.kind, number=row.earlier_number, earlier=str(row.earlier_id or ""), title=row.earlier_title,
            part="part" if row.is_partial else "", what=row.what,
            from_day=row.takes_effect_on.isoformat() if row.takes_effect_on else "",
        )
        for place, row in enumerate(relations)
    ]  # fmt: skip
