"""Words, sentences and capitals of a Vietnamese text, and where they stand in the tree."""

import re
from collections.abc import Iterator
from typing import Final

from portal.core.html_tree import Node
from portal.core.text import without_marks

EXCERPT: Final = 90
_SHOUTED_WORDS: Final = 4
_SHORT_TITLE: Final = 3
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"”’)]*\s+(?=[\"“‘(]?(\w))")
# A full stop after these ends no sentence.
_SHORT_FORMS: Final = re.compile(
    r"(?:^|[\s(])(?:TP|TX|TT|P|Q|H|X|Tr|tr|St|ThS|TS|BS|CN|KS|PGS|GS|NCS|Mr|Mrs|Dr|No|[A-ZĐ]|\d{1,3})\.\s*$"
)
# Words of capitals that are names of bodies, not shouting: no vowel with a mark, and short.
_SHORT_NAMES: Final = re.compile(r"[A-ZĐ0-9&./\-]{1,6}")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_DOUBLE: Final = re.compile(r"[ \u00a0]{2,}")
_NESTED: Final = frozenset({"ul", "ol", "table"})


def excerpt(words: str) -> str:
    """The beginning of ``words``, cut between words."""
    folded = " ".join(words.split())
    return folded if len(folded) <= EXCERPT else folded[:EXCERPT].rsplit(" ", 1)[0] + "…"


def same_words(one: str, other: str) -> bool:
    """Whether two lines say the same, whatever their capitals and end marks."""
    return " ".join(one.lower().split()).rstrip(".!…") == " ".join(other.lower().split()).rstrip(".!…")


def is_capital(word: str) -> bool:
    """Whether all letters of a word are capitals; a word without letters is not."""
    letters = _LETTERS.findall(word)
    return bool(letters) and all(letter.isupper() for letter in letters)


def is_shouting(words: str) -> bool:
    """Whether a whole line is in capitals; a short name of a body alone (UBND) is not."""
    parts = [word for word in words.split() if _LETTERS.search(word)]
    return len(parts) >= _SHORT_TITLE and all(is_capital(word) for word in parts)


def shouted(words: str) -> str:
    """The first stretch of at least four words in capitals, of which two at least are no short names; empty for none."""
    run: list[str] = []
    for word in [*words.split(), "."]:
        if is_capital(word):
            run.append(word)
            continue
        if len(run) >= _SHOUTED_WORDS and sum(not _SHORT_NAMES.fullmatch(item) for item in run) > 1:
            return " ".join(run)
        run = []
    return ""


def long_sentences(words: str, limit: int) -> Iterator[tuple[str, int]]:
    """Sentences of more than ``limit`` words, with their number of words."""
    for sentence in sentences(words):
        number = len(sentence.split())
        if number > limit:
            yield sentence, number


def sentences(words: str) -> list[str]:
    """The sentences of a paragraph; “TP. Huế” and “ngày 5. 12” are not torn apart."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(words):
        first = match.group(1)
        if not (first.isupper() or first.isdigit()):
            continue
        if _SHORT_FORMS.search(words[max(0, match.end() - 12) : match.end()]):
            continue
        found.append(words[start : match.end()].strip())
        start = match.end()
    return [sentence for sentence in [*found, words[start:].strip()] if sentence]


class Text:
    """A parsed body, with the number of each element among its kind, as a script finds it again."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._nodes = list(root.elements())
        self._numbers: dict[int, int] = {}
        counted: dict[str, int] = {}
        for node in self._nodes:
            self._numbers[id(node)] = counted.get(node.tag, 0)
            counted[node.tag] = counted.get(node.tag, 0) + 1

    def all(self, *tags: str) -> list[Node]:
        """The elements of these kinds, in the order of reading."""
        return [node for node in self._nodes if node.tag in tags]

    def number(self, node: Node) -> int:
        """The how-manieth of its kind, from 0."""
        return self._numbers[id(node)]

    @staticmethod
    def words(node: Node) -> str:
        """All words of an element."""
        return node.text()

    @staticmethod
    def own_words(node: Node) -> str:
        """The words of an element without those of paragraphs, lists and tables inside it, which are looked at themselves."""
        own = [
            child
            for child in node.children
            if isinstance(child, str) or child.tag not in _NESTED | {"p", "blockquote", "figure"}
        ]
        return Node("", {}, own).text()

    @staticmethod
    def is_bold_line(node: Node) -> bool:
        """A paragraph all bold that ends like a heading."""
        inner = node.child_elements()
        words = node.text()
        return (
            bool(words) and bool(inner) and not node.has_text() and all(child.tag == "strong" for child in inner)
            and not words.endswith((".", "!", "?", ",", ";"))
        )  # fmt: skip

    @staticmethod
    def has_double_spaces(node: Node) -> bool:
        """Two spaces in a row inside the words of the element itself."""
        return any(isinstance(child, str) and _DOUBLE.search(child.strip()) for child in node.children)

    def neighbours(self) -> Iterator[tuple[Node | None, Node | None]]:
        """Blocks of the text with the one before, the last with None after it."""
        before: Node | None = None
        for node in [*self.root.child_elements(), None]:
            yield before, node
            before = node


def fold_spaces(text: str) -> str:
    """One space for each run of them."""
    return _DOUBLE.sub(" ", text)


def as_sentence(words: str) -> str:
    """Capitals as in a sentence; short names of bodies stay, the first letter is a capital."""
    small = [word if is_kept(word) else word.lower() for word in re.split(r"(\s+)", words)]
    text = "".join(small)
    first = _LETTERS.search(text)
    return text if first is None else text[: first.start()] + text[first.start()].upper() + text[first.end() :]


def is_kept(word: str) -> bool:
    """A short name without any vowel but those of names of bodies: UBND, HĐND, TTHC, BHYT, and what has digits."""
    bare = word.strip("()[]“”\"'.,;:!?-–")
    return (
        not is_capital(bare)
        or bool(re.search(r"\d", bare))
        or bare in KNOWN_NAMES
        or not _VOWELS.search(without_marks(bare))
    )


_VOWELS: Final = re.compile("[AEIOUY]")
KNOWN_NAMES: Final = frozenset(
    {"UBND", "HĐND", "MTTQ", "BHYT", "BHXH", "CAND", "QĐND", "BCH", "ATGT", "VSATTP", "UBMTTQ", "TAND", "BĐBP"}
)
