"""A cleaned HTML text as a sequence of blocks of words: what a reader compares, without the tags."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

# White space in front belongs to the word: putting the words together again gives the text back.
# Dates, times and sums are one word each: a reader sees 8:00 become 8:30, not 00 become 30.
_WORDS: Final = re.compile(r"\s*(?:\d+(?:[.,:/]\d+)+|\w+|[^\w\s])")
_KINDS: Final[dict[str, str]] = {
    "p": "p",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "li": "li",
    "blockquote": "quote",
    "pre": "pre",
    "tr": "row",
    "caption": "caption",
    "figcaption": "caption",
    **dict.fromkeys(("figure", "ul", "ol", "table"), "p"),
}
_MARKS: Final = {"strong": "strong", "em": "em", "u": "u", "s": "s", "sub": "sub", "sup": "sup"}
CELL_BREAK: Final = " ¦"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of punctuation with the space before it, how it is set, and where it leads."""

    text: str
    marks: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the text."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, row of a table, caption, or picture."""

    kind: str
    words: tuple[Word, ...] = ()
    image: Image | None = None

    @property
    def text(self) -> str:
        """The words as they read."""
        return "".join(word.text for word in self.words).strip()

    @property
    def key(self) -> str:
        """Equal for blocks that say the same, however they are set."""
        return f"\0{self.image.src}\0{self.image.alt}" if self.image else self.text


def words_of(text: str) -> list[str]:
    """Words and punctuation of plain text, each with one space in front where there was any; the first always."""
    found = [word if not word[0].isspace() else f" {word.lstrip()}" for word in _WORDS.findall(text)]
    if found and not found[0].startswith(" "):
        found[0] = f" {found[0]}"
    return found


@dataclass(slots=True)
class _Open:
    """The block that is being read."""

    kind: str = "p"
    words: list[Word] = field(default_factory=list)
    needs_space: bool = True


class _Reader(HTMLParser):
    """Reads cleaned HTML; never fails, whatever stands in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open = _Open()
        self._stack: list[str] = []
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a mark or a link; keep a picture."""
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._flush_unless_in_row()
            self.blocks.append(Block("img", image=Image(values.get("src", ""), values.get("alt", ""))))
        elif tag == "hr":
            self._flush_unless_in_row()
            self.blocks.append(Block("hr", (Word("———"),)))
        elif tag in {"br", "td", "th"}:
            self._begin_cell(is_cell=tag != "br")
        elif tag in _KINDS or tag in _MARKS or tag == "a":
            self._enter(tag, values)

    def _enter(self, tag: str, values: dict[str, str]) -> None:
        if tag in _KINDS:
            self._flush_unless_in_row()
        self._stack.append(tag)
        if tag == "a":
            self._links.append(values.get("href", ""))
        if tag in _KINDS:
            self._open.kind = self._kind()
            self._open.needs_space = True

    def _begin_cell(self, *, is_cell: bool) -> None:
        if is_cell and self._open.words:
            self._open.words.append(Word(CELL_BREAK))
        self._open.needs_space = True

    def handle_endtag(self, tag: str) -> None:
        """End a block, a mark or a link."""
        if tag not in self._stack:
            return
        while self._stack:
            last = self._stack.pop()
            if last == "a":
                self._links.pop()
            if last == tag:
                break
        if tag in _KINDS:
            self._flush_unless_in_row()
            self._open.kind = self._kind()

    def handle_data(self, data: str) -> None:
        """Words."""
        marks = frozenset(_MARKS[tag] for tag in self._stack if tag in _MARKS)
        link = self._links[-1] if self._links else ""
        found = _WORDS.findall(data)
        for number, raw in enumerate(found):
            spaced = raw[0].isspace() or (number == 0 and self._open.needs_space)
            self._open.words.append(Word(f" {raw.strip()}" if spaced else raw, marks, link))
        if data:
            self._open.needs_space = data[-1].isspace() or (self._open.needs_space and not found)

    def _kind(self) -> str:
        if "tr" in self._stack:
            return "row"
        for tag in reversed(self._stack):
            if tag == "li":
                return "number" if "ol" in self._stack else "li"
            if tag in _KINDS and not (tag == "p" and {"li", "blockquote"} & set(self._stack)):
                return _KINDS[tag]
        return "p"

    def _flush_unless_in_row(self) -> None:
        if "tr" in self._stack:
            self._open.needs_space = True
        else:
            self.flush()

    def flush(self) -> None:
        """Close the block that is open."""
        if self._open.words:
            self.blocks.append(Block(self._open.kind, tuple(self._open.words)))
        self._open = _Open(kind=self._kind())


def blocks_of(html: str) -> list[Block]:
    """The blocks of a cleaned HTML text, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks
