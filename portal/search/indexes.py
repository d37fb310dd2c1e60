r"""The base of every room's search index.

A room writes, in its `search_indexes.py`::

    class ArticleIndex(UnitIndex, indexes.Indexable):
        kind = "article"
        related = ("category",)

        def get_model(self): return Article
        def get_title(self, obj): return obj.title
        def get_body(self, obj): return f"{obj.summary}\n{obj.body}"
"""

import html
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from haystack import indexes

from portal.search.folding import clean
from portal.search.shared import SHARED, shared_label

EXTRACT_LENGTH = 2_000
"""Characters kept for showing; the whole text is searchable."""
BODY_LENGTH = 400_000
"""Characters indexed; no real document of a commune is longer."""

_BLOCK = re.compile(
    r"<(?:/|)(?:p|div|h[1-6]|li|ul|ol|tr|td|th|table|figure|figcaption|blockquote|pre|br|hr)\b[^>]*>", re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


def plain_text(markup: str) -> str:
    """Text of cleaned HTML: block elements end a line, inline ones vanish, entities are characters again."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", markup)))
    lines = (_BLANKS.sub(" ", line).strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


class UnitIndex(indexes.SearchIndex):
    """One kind of row of one unit; rooms subclass it together with haystack's `Indexable`.

    Both querysets go through the model's scoped manager, so they raise ScopeError outside a unit's scope.
    """

    kind: str = ""
    """A short word stored with each hit; pages turn it into a label."""
    shared: bool = False
    """Whether the rows belong to all sites (`SharedIndex`)."""
    related: tuple[str, ...] = ()
    """Foreign keys that `get_url` and `get_body` read, so that indexing does not ask for each row anew."""

    text = indexes.CharField(document=True)
    title = indexes.CharField()
    extract = indexes.CharField()
    unit_id = indexes.IntegerField()
    kind_name = indexes.CharField(index_fieldname="kind")
    url = indexes.CharField()
    published_at = indexes.DateTimeField(null=True)

    def get_title(self, obj: Any) -> str:
        """Plain text of the title."""
        return str(obj.title)

    def get_body(self, obj: Any) -> str:
        """Everything else that should be found, HTML allowed; the first lines are shown under the hit."""
        raise NotImplementedError

    def get_url(self, obj: Any) -> str:
        """Path on the unit's own host."""
        return str(obj.get_absolute_url())

    def get_published_at(self, obj: Any) -> datetime | None:
        """When citizens could first read it."""
        return getattr(obj, "published_at", None)

    def get_unit_id(self, obj: Any) -> int:
        """Whose row it is."""
        return int(obj.unit_id)

    def get_aliases(self, obj: Any) -> Iterable[str]:
        """Other names people know it by, in plain text; each counts as much as the title, and more when typed in full."""
        return ()

    def get_numbers(self, obj: Any) -> Iterable[str]:
        """What `portal.search.numbers.number_tokens` makes of the numbers it goes by."""
        return ()

    def get_tags(self, obj: Any) -> Iterable[str]:
        """Single words that searches may prefer (`SearchOptions.boosts`) and nobody reads; EVERYWHERE is one."""
        return ()

    def everywhere_queryset(self) -> QuerySet[Any]:
        """Of `read_queryset`, the rows that other units' sites may show; none unless the room says so.

        Asked at the moment of reading, so that the tag EVERYWHERE alone opens nothing.
        """
        return self.read_queryset().none()

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """What belongs into the index: the published rows of the active scope."""
        model: type[Model] = self.get_model()
        published: QuerySet[Any] = model._default_manager.published()  # type: ignore[attr-defined]
        return published.select_related(*self.related) if self.related else published

    def read_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """What a hit may be shown for: the same rows, asked again at the moment of reading."""
        return self.index_queryset(using)

    def full_prepare(self, obj: Any, **_options: Any) -> dict[str, Any]:
        """The document as the engine takes it, made without Haystack's field-by-field detour."""
        title = " ".join(plain_text(html.escape(self.get_title(obj), quote=False)).split())
        body = plain_text(self.get_body(obj))[:BODY_LENGTH]
        base = indexes.SearchIndex.prepare(self, obj)
        base.update(
            text=f"{title}\n{body}",
            title=title,
            extract=body[:EXTRACT_LENGTH],
            unit_id=self.get_unit_id(obj),
            aliases=[clean(name) for name in self.get_aliases(obj)],
            numbers=list(self.get_numbers(obj)),
            tags=list(self.get_tags(obj)),
            kind=self.kind,
            url=self.get_url(obj),
            published_at=self.get_published_at(obj),
        )
        self.prepared_data = base
        return base


class SharedIndex(UnitIndex):
    """One kind of row that all sites share, of a model in GLOBAL_MODELS (any other is refused).

    Mark changes with `portal.search.actions.mark_shared_changed`. The querysets are read in a scope without any unit.
    """

    shared = True

    def get_unit_id(self, obj: Any) -> int:
        """No unit's; raises ValueError for a model whose rows belong to units."""
        shared_label(obj._meta.label)
        return SHARED
