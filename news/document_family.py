"""What later documents did to a document and it to earlier ones: both ways, and as one line in time.

Read in the unit's own register; an earlier one that stands there in the province's shared documents is linked to its site, any
other is named by its number. Drafts and withdrawn documents never show: neither as doer nor by title.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.document_register import EFFECT_TAGS, Register
from news.enums.documents import DocumentStatus, Effect, RelationKind
from news.models import Document, DocumentRelation
from news.rules.documents import number_year
from portal.core.tenancy import unit_scope

GENERATIONS: Final = 3
"""How far the line in time is followed: amendments of what this document amends are two steps away."""
MEMBER_LIMIT: Final = 60
CHAIN: Final = (RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS)
PASSIVE: Final = {
    RelationKind.REPLACES: gettext_lazy("Bị thay thế bởi"),
    RelationKind.AMENDS: gettext_lazy("Được sửa đổi, bổ sung bởi"),
    RelationKind.REPEALS: gettext_lazy("Bị bãi bỏ bởi"),
    RelationKind.GUIDES: gettext_lazy("Được hướng dẫn bởi"),
    RelationKind.BASED_ON: gettext_lazy("Là căn cứ của"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Another document as a page names it; ``url`` is empty where it stands in no register that is read here."""

    number: str
    title: str
    url: str = ""
    issued_by: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One relation as a sentence: what is done, to or by which document, in which part, from when."""

    kind: RelationKind
    words: str
    other: Mention
    is_partial: bool
    what: str
    takes_effect_on: date | None


@dataclass(slots=True)
class Step:
    """One document on the line in time."""

    mention: Mention
    day: date | None
    year: int | None
    effect: Effect | None
    is_current: bool
    starts: date | None = None
    does: list[Link] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The look of the effect's tag; "" where nothing is known."""
        return EFFECT_TAGS[self.effect] if self.effect else ""


class Family:
    """Relations around one document of the unit's register; four queries at most, whatever their number."""

    def __init__(self, register: Register, document: Document) -> None:
        self.register, self.document = register, document
        self.members: dict[int, Document] = {document.pk: document}
        self.relations: dict[int, DocumentRelation] = {}
        self._read()
        self.shared = self._shared_by_number()

    def _read(self) -> None:
        fresh = {self.document.pk: self.document}
        for generation in range(GENERATIONS):
            rows = DocumentRelation.objects.all().touching(
                list(fresh), [row.key for row in fresh.values()], None if generation == 0 else CHAIN
            )
            found: dict[int, Document] = {}
            for relation in rows:
                self.relations[relation.pk] = relation
                if relation.kind in CHAIN:
                    found |= {row.pk: row for row in self._public(relation)}
            fresh = {key: row for key, row in found.items() if key not in self.members}
            self.members |= fresh
            if not fresh or len(self.members) > MEMBER_LIMIT:
                break

    @staticmethod
    def _public(relation: DocumentRelation) -> Iterable[Document]:
        yield relation.document
        if relation.earlier and relation.earlier.status == DocumentStatus.PUBLISHED:
            yield relation.earlier

    def _shared_by_number(self) -> dict[str, Document]:
        """What the province shares down of the earlier documents that are not in the unit's own register; one query."""
        province = self.register.province
        keys = {row.earlier_key for row in self.relations.values() if row.earlier is None}
        if not province or not keys:
            return {}
        with unit_scope(province):
            rows = Document.objects.published().shared_down().filter(key__in=keys).for_list()[:MEMBER_LIMIT]
            return {row.key: row for row in rows}

    def _earlier(self, relation: DocumentRelation) -> Document | None:
        """The earlier document as citizens may see it: in the family, in the own register, or shared by the province."""
        if relation.earlier:
            return relation.earlier if relation.earlier.status == DocumentStatus.PUBLISHED else None
        same = [row for row in self.members.values() if row.key == relation.earlier_key]
        return same[0] if len(same) == 1 else self.shared.get(relation.earlier_key)

    def _mention(self, row: Document) -> Mention:
        is_own = row.unit_id == self.register.unit.pk
        issued_by = "" if is_own or not self.register.province else self.register.province.name
        return Mention(row.number or row.type.name, row.abstract, self.register.url_of(row), issued_by)

    def _earlier_mention(self, relation: DocumentRelation) -> Mention:
        row = self._earlier(relation)
        return self._mention(row) if row else Mention(relation.earlier_number, relation.earlier_title)

    def _link(self, relation: DocumentRelation, other: Mention, *, is_passive: bool = False) -> Link:
        kind = RelationKind(relation.kind)
        words = str(PASSIVE[kind] if is_passive else kind.label)
        return Link(kind, words, other, relation.is_partial, relation.what, relation.takes_effect_on)

    def outgoing(self) -> list[Link]:
        """What this document does to earlier ones, by kind in the order of the law."""
        rows = [row for row in self.relations.values() if row.document_id == self.document.pk]
        return [self._link(row, self._earlier_mention(row)) for row in sorted(rows, key=_by_kind)]

    def incoming(self) -> list[Link]:
        """What later documents do to this one."""
        rows = [row for row in self.relations.values() if self._concerns(row)]
        return [self._link(row, self._mention(row.document), is_passive=True) for row in sorted(rows, key=_by_kind)]

    def _concerns(self, relation: DocumentRelation) -> bool:
        if relation.document_id == self.document.pk:
            return False
        by_number = relation.earlier_id is None and relation.earlier_key == self.document.key != ""
        return relation.earlier_id == self.document.pk or by_number

    def timeline(self) -> list[Step]:
        """The document among those it amends, replaces or repeals and those that do it to them, oldest first.

        Empty where there is nothing but the document itself.
        """
        chain = [row for row in self.relations.values() if row.kind in CHAIN]
        steps = {row.pk: self._step(row) for row in self.members.values()}
        named: dict[str, Step] = {}
        for relation in sorted(chain, key=lambda row: row.pk):
            earlier = self._earlier(relation)
            mention = self._earlier_mention(relation)
            if relation.document_id in steps:
                steps[relation.document_id].does.append(self._link(relation, mention))
            if earlier is None:
                named.setdefault(
                    relation.earlier_key, Step(mention, None, number_year(mention.number), None, is_current=False)
                )
            elif earlier.pk not in steps:
                steps[earlier.pk] = self._step(earlier)
        line = sorted([*steps.values(), *named.values()], key=_when)
        return line if len(line) > 1 else []

    def _step(self, row: Document) -> Step:
        is_current = row.pk == self.document.pk
        year = row.year or None
        return Step(
            self._mention(row), row.issued_on, year, row.effect(self.register.today), is_current, row.effective_from
        )


def _by_kind(relation: DocumentRelation) -> tuple[int, int]:
    return list(RelationKind).index(RelationKind(relation.kind)), relation.pk


def _when(step: Step) -> tuple[date, str]:
    return step.day or date(step.year or 1, 1, 1), step.mention.number


def effect_words(document: Document, effect: Effect, incoming: Iterable[Link]) -> str:
    """Whether the document is in force on the day of reading, in a sentence."""
    if effect == Effect.OVER:
        by = next((link.other.number for link in incoming if not link.is_partial), "")
        return _("Hết hiệu lực. Xem %(number)s.") % {"number": by} if by else _("Hết hiệu lực.")
    if effect == Effect.PARTLY:
        return _("Còn hiệu lực, trừ những phần đã được sửa hoặc bãi bỏ.")
    if effect == Effect.COMING:
        return _("Chưa có hiệu lực.")
    if effect == Effect.UNSTATED:
        return _("Văn bản không ghi ngày có hiệu lực.")
    return _("Đang có hiệu lực.")
