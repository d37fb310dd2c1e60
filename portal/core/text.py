"""Vietnamese text as it is stored and as it appears in addresses."""

import re
import unicodedata
from typing import Final

# Đ has no Unicode decomposition; Ð (U+00D0, Eth) comes from old Vietnamese encodings.
_D_LETTERS: Final = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_CONTROL: Final = dict.fromkeys(i for i in (*range(32), *range(0x7F, 0xA0)) if i not in (9, 10, 13))
# No characters at all: half surrogates (from JSON escapes) stop the database, U+FFFE and U+FFFF every XML parser.
_NO_CHARACTERS: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
SLUG_LENGTH: Final = 80


def nfc(text: str) -> str:
    """Compose marks (NFC) and drop invisible and control characters: what the database holds is one spelling."""
    composed = unicodedata.normalize("NFC", _NO_CHARACTERS.sub("", text))
    return composed.translate(_INVISIBLE).translate(_CONTROL)


def one_line(text: str) -> str:
    """NFC, white space folded to single spaces, trimmed: titles, names."""
    return " ".join(nfc(text).split())


def without_marks(text: str) -> str:
    """Vietnamese without marks: ``Đường Huế`` → ``Duong Hue``."""
    decomposed = unicodedata.normalize("NFD", text.translate(_D_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def folded(text: str) -> str:
    """Without marks and capitals, on one line: what a search compares where the database's own search is too literal."""
    return without_marks(one_line(text)).lower()


def slugify_vi(text: str, limit: int = SLUG_LENGTH) -> str:
    """Address part without marks, at most ``limit`` characters, cut between words; ``bai`` when nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", without_marks(text).lower()).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rsplit("-", 1)[0][:limit].strip("-")
    return slug or "bai"
