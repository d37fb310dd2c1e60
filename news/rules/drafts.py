"""A draft's articles (Điều), read from its text, so that each can be spoken of by itself."""

import re
from dataclasses import dataclass
from typing import Final

from portal.core.richtext import plain_text
from portal.core.text import one_line, slugify_vi

HEADING_LIMIT: Final = 250
LABEL_LIMIT: Final = 60
PARTS_LIMIT: Final = 300
# Blocks as clean_html leaves them: nothing nested at this level but lists and tables, which never begin an article.
_BLOCK: Final = re.compile(r"<(p|h[2-4])>(.*?)</\1>", re.DOTALL)
# "Điều 3.", "Điều 12a:", "Điều 5 -"; not "Điều 3 của Nghị định này" within a sentence.
_ARTICLE: Final = re.compile(r"Điều\s+(\d{1,3}[a-zđ]?)\s*(?:[.:–-]|$)", re.IGNORECASE)
_CHAPTER: Final = re.compile(r"(?:Chương|Phần|Mục|Phụ lục)\s+(?:[IVXLC]{1,7}|\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DraftPart:
    """One article: ``label`` is the same whenever the draft is pasted again, ``body`` is clean HTML without the heading."""

    label: str
    heading: str
    body: str


def split_draft(html: str) -> list[DraftPart]:
    """The articles of a clean draft in order; what stands before the first is no part, nor are chapter headings.

    Empty for a draft without “Điều n.”: then people speak of the whole. Bounded by PARTS_LIMIT.
    """
    starts = [match for match in _BLOCK.finditer(html) if _ARTICLE.match(plain_text(match.group(2)))]
    parts: list[DraftPart] = []
    seen: set[str] = set()
    for number, start in enumerate(starts[:PARTS_LIMIT]):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(html)
        parts.append(_part(start, html[start.end() : end], seen))
    return parts


def _part(start: re.Match[str], rest: str, seen: set[str]) -> DraftPart:
    words = one_line(plain_text(start.group(2)))
    found = _ARTICLE.match(words)
    label = slugify_vi(f"dieu {found.group(1) if found else ''}")[:LABEL_LIMIT]
    # Two drafts in one paste have two “Điều 1”: the second is told by its place.
    while label in seen:
        label = f"{label[: LABEL_LIMIT - 2]}-b"
    seen.add(label)
    # An article written in one paragraph keeps its words in the body, shortened in the heading.
    inline = start.group(1) == "p" and len(words) > HEADING_LIMIT
    heading = words if len(words) <= HEADING_LIMIT else f"{words[: HEADING_LIMIT - 1].rsplit(' ', 1)[0]}…"
    return DraftPart(label, heading, (start.group() if inline else "") + _without_chapters(rest))


def _without_chapters(html: str) -> str:
    """The text of an article without the heading of the chapter that begins behind it."""
    chapter = next((block for block in _BLOCK.finditer(html) if _CHAPTER.match(plain_text(block.group(2)))), None)
    return (html[: chapter.start()] if chapter else html).strip()
