"""What of the feedback room is found by search: public reports and answered questions, under the unit that holds them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.html import escape
from haystack import indexes

from feedback.enums.cases import CaseKind, CaseStatus
from feedback.models import Case
from portal.core.tenancy import active_unit_ids
from portal.search.indexes import UnitIndex

KINDS: Final[dict[str, str]] = {CaseKind.REPORT: "report", CaseKind.QUESTION: "question"}
_READ: Final = (
    "code", "kind", "title", "text", "answer", "published_at", "holder_id", "place_text", "category__name", "commune__name",
)  # fmt: skip


class CaseIndex(UnitIndex, indexes.Indexable):
    """Public cases. Several units see one, but a document has one unit: the one that handles it, on whose site it is found.

    What was merged is found by what it was merged into.
    """

    kind = "report"

    def get_model(self) -> type[Case]:
        """Haystack's hook."""
        return Case

    def index_queryset(self, using: str | None = None) -> QuerySet[Case]:
        """The public ones that a unit in scope holds, without sealed parts; hits are read again in a scope of several."""
        rows = Case.objects.public().exclude(status=CaseStatus.MERGED)
        units = active_unit_ids()
        if units is not None:
            rows = rows.filter(holder_id__in=units)
        return rows.select_related("category", "commune").only(*_READ)

    def get_unit_id(self, obj: Case) -> int:
        """Who holds it."""
        return obj.holder_id

    def get_body(self, obj: Case) -> str:
        """The public text, where, and the answer; text, not markup."""
        place = ", ".join(filter(None, (obj.place_text, obj.commune.name if obj.commune else "")))
        category = obj.category.name if obj.category else ""
        return escape("\n".join(filter(None, (obj.text, obj.answer, category, place))))

    def get_aliases(self, obj: Case) -> Iterable[str]:
        """The code, typed either way."""
        return [obj.code, obj.code_words]

    def get_published_at(self, obj: Case) -> datetime | None:
        """When everybody could first read it."""
        return obj.published_at

    def full_prepare(self, obj: Case, **options: Any) -> dict[str, Any]:
        """As every index does, with the kind that this case is."""
        document = super().full_prepare(obj, **options)
        document["kind"] = KINDS[obj.kind]
        return document
