"""Vietnamese spelling made comparable: Unicode form, Đ variants, tone placement, i/y, and the form without marks.

Three strengths are offered. `clean` only repairs encoding and is safe to show. `exact_form` makes two spellings of the
same word equal and keeps its marks. `folded_form` also drops every mark, for people who type without them.
"""

import re
import unicodedata
from functools import lru_cache

MAX_WORD_LENGTH = 64
"""Characters kept of one word; longer ones are noise or an attack."""

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Zero-width and direction marks, soft hyphen, combining grapheme joiner, byte order mark.
_INVISIBLE = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_CONTROL = "".join(chr(code) for code in range(0x20) if chr(code) not in "\t\n\r") + "\x7f"
_CLEAN_TABLE: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(map(ord, _CONTROL), " "),
    # Eth and African D look like Đ and come out of old VNI/TCVN converters.
    **dict.fromkeys(map(ord, "\u00d0\u0189"), "\u0110"),
    **dict.fromkeys(map(ord, "\u00f0\u0256"), "\u0111"),
}
_WORD_TABLE: dict[int, str | None] = {**_CLEAN_TABLE, **dict.fromkeys(map(ord, _DASHES), "-"), ord("_"): " "}
_WORD = re.compile(r"[\w\u0300-\u036f]+")
# The only marks that carry a tone; the circumflex, breve and horn belong to the letter.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_TABLE = dict.fromkeys(map(ord, _TONES))
# kí/ký, lí/lý, mĩ/mỹ, sĩ/sỹ, tỉ/tỷ, hi/hy, quí/quý: one letter apart, the same word. Never tai/tay or ui/uy.
_SHORT_I = re.compile(r"^(h|k|l|m|s|t|v|qu)y$")


def nfc(text: str) -> str:
    """The composed Unicode form (macOS files and PDF copies are decomposed)."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC without invisible characters, control characters as spaces, and every look-alike of Đ made a real Đ."""
    return nfc(text.translate(_CLEAN_TABLE))


def split_words(text: str) -> list[str]:
    """Lower-case words of `text` in reading order, marks kept; every hyphen, slash and sign separates."""
    lowered = nfc(nfc(text).translate(_WORD_TABLE)).lower()
    return [word[:MAX_WORD_LENGTH] for word in _WORD.findall(lowered)]


def normalise_dashes(text: str) -> str:
    """Clean lower-case text with all dashes made hyphens, for reading document numbers."""
    return nfc(nfc(text).translate(_WORD_TABLE)).lower()


class _FoldTable(dict[int, str]):
    """A translation table filled on demand: one character in, exactly one out."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFD", character.lower())[:1] or character
        folded = {"\u0111": "d", "\u00f0": "d", "\u0256": "d"}.get(base, base)
        self[code] = folded
        return folded


_FOLD_TABLE = _FoldTable()


def fold_chars(text: str) -> str:
    """Lower-case text without marks and of the same length: position i answers to position i of `text` (NFC)."""
    return text.translate(_FOLD_TABLE)


def fold(text: str) -> str:
    """`text` without marks, in lower case, cleaned first: 'Đường Lê Lợi' → 'duong le loi'."""
    return "".join(c for c in fold_chars(clean(text)) if not unicodedata.combining(c))


def has_marks(text: str) -> bool:
    """Whether anybody took the trouble to type a Vietnamese mark (or a đ) in `text`."""
    return any(
        character in "\u0110\u0111" or unicodedata.combining(character)
        for character in unicodedata.normalize("NFD", clean(text))
    )


def _tone_at_end(word: str) -> str:
    """`word` with its tone moved behind its last letter, so hoà and hòa, thuỷ and thủy are one string.

    A syllable has one tone wherever it is written, so moving it loses nothing and needs no table of vowels.
    """
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(character for character in letters if character in _TONES)
    return unicodedata.normalize("NFC", letters.translate(_TONE_TABLE)) + tones


@lru_cache(maxsize=65536)
def exact_form(word: str) -> str:
    """The one spelling of a lower-case word, marks kept. Not for display: 'hòa' and 'hoà' → 'hoa' + grave."""
    moved = _tone_at_end(word)
    letters = moved.rstrip(_TONES)
    return _SHORT_I.sub(r"\1i", letters) + moved[len(letters) :]


@lru_cache(maxsize=65536)
def folded_form(word: str) -> str:
    """The one spelling of a lower-case word without any mark: 'ký', 'kí' and 'ky' → 'ki'; 'đường' → 'duong'."""
    return _SHORT_I.sub(r"\1i", fold(exact_form(word)))


def phrase_key(text: str) -> str:
    """Folded words of `text` joined by single spaces: the key under which a synonym is looked up."""
    return " ".join(map(folded_form, split_words(text)))
