"""What a document consists of besides its own row, as actions take it: relations to earlier documents, files."""

from dataclasses import dataclass
from datetime import date

from news.enums.documents import FileRole, RelationKind
from news.models import Attachment, Document


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """What a document does to an earlier one.

    ``earlier`` may be left out: it is then found in the unit's own register by its number, whatever the spelling, when
    exactly one document there has it. Without ``takes_effect_on`` the later document's own first day counts.
    """

    kind: RelationKind
    earlier_number: str
    earlier: Document | None = None
    earlier_title: str = ""
    is_partial: bool = False
    what: str = ""
    takes_effect_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file of a document, already taken in (news.actions.take_attachment), and what it is there."""

    attachment: Attachment
    role: FileRole = FileRole.MAIN
