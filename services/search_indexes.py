"""What of the catalogue is found by search, on every site."""

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet
from django.utils.html import escape
from haystack import indexes

from portal.core.text import without_marks
from portal.search.indexes import SharedIndex
from portal.search.numbers import number_tokens
from services.models import Procedure

# Tags that searches prefer or put behind (services.finding).
COMMUNE: Final = "commune"
PROVINCE: Final = "province"
FAR: Final = "far"  # handed in at a ministry only
CENTRAL: Final = "central"  # one of several of the same name, the one for the capital
PEOPLE: Final = "people"
_CENTRAL_WORDS: Final = ("cap trung uong", "tai cuc ", "bo cong an)")

_READ: Final = (
    *("code", "name", "field__name", "everyday_names", "summary", "result", "for_people"),
    *("at_ministry", "at_province", "at_district", "at_commune", "at_other"),
)


class ProcedureIndex(SharedIndex, indexes.Indexable):
    """Procedures in force, under their official and their everyday names.

    Not the steps, papers and legal bases: they name half the catalogue's words and would answer every question a little.
    """

    kind = "procedure"

    def get_model(self) -> type[Procedure]:
        """Haystack's hook."""
        return Procedure

    def index_queryset(self, using: str | None = None) -> QuerySet[Procedure]:
        """Procedures in force, without the long columns: with them, reading costs more than indexing."""
        return Procedure.objects.published().select_related("field").only(*_READ)

    def get_title(self, obj: Procedure) -> str:
        """The official name without the word that they all begin with."""
        return obj.short_name

    def get_aliases(self, obj: Procedure) -> Iterable[str]:
        """Everyday names, and the code as it is typed in a hurry."""
        return [*obj.everyday_list, obj.code.replace(".", "")]

    def get_body(self, obj: Procedure) -> str:
        """Our summary, the field, what one gets, the code; text, not markup."""
        return escape("\n".join(filter(None, (obj.summary, obj.field.name, obj.result, obj.code))))

    def get_numbers(self, obj: Procedure) -> Iterable[str]:
        """The code, whatever stands between its parts."""
        return number_tokens(obj.code)

    def get_tags(self, obj: Procedure) -> Iterable[str]:
        """Who takes it and whom it is for."""
        name = without_marks(obj.name).lower()
        yes = {
            COMMUNE: obj.at_commune,
            PROVINCE: obj.at_province,
            FAR: obj.at_ministry and not (obj.at_commune or obj.at_province or obj.at_district or obj.at_other),
            CENTRAL: any(words in name for words in _CENTRAL_WORDS),
            PEOPLE: obj.for_people,
        }
        return [tag for tag, holds in yes.items() if holds]
