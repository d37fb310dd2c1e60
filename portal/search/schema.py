"""The shape of one document in Whoosh, and how a prepared Haystack document becomes one.

`text` and `exact` hold title, other names and body together, folded and with marks; the two title fields and the two of
other names exist to rank. All are filled from one pass over the words (`analyzers.count_words`), since tokenising is what
indexing costs. `numbers` and `tags` hold ready terms.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from whoosh import fields, formats

from portal.search.analyzers import count_words, exact_analyzer, folded_analyzer

STORED = ("title", "extract", "kind", "url", "published_at", "aliases")


class WordCounts(fields.FieldType):
    """A field of words with their frequencies and no positions; takes text, or a mapping of word to count."""

    spelling = False

    def __init__(self, *, folded: bool) -> None:
        # Existence stores no value per posting; the weight Whoosh keeps anyway is the frequency.
        analyzer = folded_analyzer() if folded else exact_analyzer()
        # Scorable keeps a column of lengths; without one Whoosh looks for its file again for every posting it writes.
        super().__init__(formats.Existence(), analyzer, scorable=True)
        self.folded = folded

    def index(self, value: str | Mapping[str, int], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (word, frequency, weight, nothing) for each distinct word."""
        if isinstance(value, str):
            counts = count_words(value)
            value = counts.folded if self.folded else counts.exact
        for word, count in value.items():
            yield word.encode(), count, float(count), b""


def build_schema() -> fields.Schema:
    """The one schema of every room's documents."""
    return fields.Schema(
        **{
            ID: fields.ID(stored=True, unique=True),
            DJANGO_CT: fields.ID(stored=True),
            DJANGO_ID: fields.ID(stored=True),
            # No tiers: units are compared for equality only, as whole integers.
            "unit_id": fields.NUMERIC(int, bits=64, stored=True, shift_step=0),
            "text": WordCounts(folded=True),
            "exact": WordCounts(folded=False),
            "title_folded": WordCounts(folded=True),
            "title_exact": WordCounts(folded=False),
            "alias_folded": WordCounts(folded=True),
            "alias_exact": WordCounts(folded=False),
            "numbers": WordCounts(folded=True),
            "tags": WordCounts(folded=True),
            "kind": fields.ID(stored=True),
            "aliases": fields.STORED(),
            "title": fields.STORED(),
            "extract": fields.STORED(),
            "url": fields.STORED(),
            "published_at": fields.STORED(),
        }
    )


def to_document(prepared: Mapping[str, Any]) -> dict[str, Any]:
    """A Whoosh document from what `UnitIndex.full_prepare` returned."""
    aliases = "\n".join(prepared.get("aliases", ()))
    title, alias = count_words(prepared["title"]), count_words(aliases)
    both = count_words(f"{prepared['text']}\n{aliases}" if aliases else prepared["text"])
    document = {name: prepared[name] for name in (ID, DJANGO_CT, DJANGO_ID, "unit_id", *STORED) if name in prepared}
    return document | {
        "text": both.folded,
        "exact": both.exact,
        "title_folded": title.folded,
        "title_exact": title.exact,
        "alias_folded": alias.folded,
        "alias_exact": alias.exact,
        "numbers": dict.fromkeys(prepared.get("numbers", ()), 1),
        "tags": dict.fromkeys(prepared.get("tags", ()), 1),
    }
