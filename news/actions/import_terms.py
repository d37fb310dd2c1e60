"""How a file is taken over, and what one thing of it is known by."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from news.importing import SourceText
from news.models import Tag
from news.rules import unique_names
from portal.core.text import one_line, slugify_vi

SOURCE_REF_LIMIT: Final = 80


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is taken over; ``categories`` and ``authors`` map names of the old system to ours."""

    category: str = "tin-nhap"
    drafts: bool = False
    media_folder: Path | None = None
    fetch_media: bool = False
    limit: int | None = None
    is_preview: bool = False
    categories: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)


def reference_of(source: str, key: str) -> str:
    """The article's ``source_ref``: where it came from and its id there."""
    whole = f"{source}:{key}"
    if len(whole) <= SOURCE_REF_LIMIT:
        return whole
    return f"{source[:30]}:{hashlib.sha256(whole.encode()).hexdigest()[:40]}"


def digest_of(text: SourceText) -> str:
    """What a later export is compared with."""
    return hashlib.sha256(f"{text.title}\0{text.summary}\0{text.body}".encode()).hexdigest()[:32]


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The unit's tags of these names, made where they are missing."""
    wanted = {slugify_vi(name): name for name in unique_names(names)}
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=wanted)}
    missing: Any = [Tag(name=one_line(name), slug=slug) for slug, name in wanted.items() if slug not in known]
    return [*known.values(), *Tag.objects.bulk_create(missing)]
