"""What becomes of a stranger's words: links and private numbers are taken out, advertising is recognised.

All of it happens before the words are stored, so neither a leak nor a hasty moderator can show what was taken out.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from feedback.enums import CommentMark
from portal.core.text import nfc, without_marks

LINK_WORDS: Final = "[liên kết đã bỏ]"
MAIL_WORDS: Final = "[địa chỉ thư đã bỏ]"

_ENDINGS: Final = "com|net|org|info|biz|vn|xyz|top|club|vip|win|bet|casino|online|site|shop|store|live|link|me|io|co|cc|tv|ly|app|asia"
_DOT: Final = r"(?:\s?\.\s?|\s?[\[({]\s?(?:\.|dot|chấm)\s?[\])}]\s?|\s+dot\s+)"
_MARKUP_LINK: Final = re.compile(
    r"\[url[^\]]*\].*?\[/url\]|\[[^\]\n]{0,80}\]\([^)\n]{1,300}\)", re.IGNORECASE | re.DOTALL
)
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,2000})?>", re.IGNORECASE
)
_TAG: Final = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-z!?][^<>]{0,2000}>?", re.IGNORECASE | re.DOTALL)
_MAIL: Final = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LINK: Final = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\d?\.|\b(?:javascript|vbscript|data|mailto|tel):)\S+"
    rf"|\b[a-z0-9][a-z0-9-]{{0,62}}(?:\.[a-z0-9-]{{1,63}})*{_DOT}(?:{_ENDINGS})\b(?:\.[a-z]{{2}}\b)?(?:[/:?#]\S*)?",
    re.IGNORECASE,
)
# Eight to nineteen digits, also in groups: identity cards (9, 12), telephones, bank accounts and cards.
_NUMBER: Final = re.compile(r"(?<![\w/])\+?\d(?:[ .\-–()]{0,2}\d){7,18}(?![\w/])")
_DATE: Final = re.compile(r"\d{1,2}[.\- ]\d{1,2}[.\- ]\d{4}|\d{4}[.\-]\d{1,2}[.\-]\d{1,2}|\d{4} ?[-–] ?\d{4}")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
_MONEY_AFTER: Final = re.compile(r"\s*(?:đồng|đ\b|vnđ|vnd|₫|usd|người|hộ|m2|m²|ha\b)", re.IGNORECASE)
_HOTLINE: Final = re.compile(r"1[89]00")
IDENTITY_LENGTHS: Final = frozenset({9, 12})

_BIDI: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
_PILED_MARKS: Final = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]+"
)
_MANY_LINES: Final = re.compile(r"\n{3,}")
_SAME_LETTER: Final = re.compile(r"(\S)\1{14,}")
NON_LATIN_SHARE: Final = 0.5

# Words that nobody needs under a government article. Without marks and in lower case, as `without_marks` writes them.
_ADVERTISING: Final = re.compile(
    r"\b(?:nha cai|keo nha cai|ca do bong da|ca cuoc bong da|casino|no hu|tai xiu online|xoc dia online|lo de online"
    r"|game bai|doi thuong|danh bai online|song bac|baccarat|slot game|jackpot|bong88|fb88|w88|188bet|8xbet|bet88"
    r"|kubet|sunwin|hitclub|go88|789club|vay tien nhanh|vay nong|vay tin chap|dao han the|rut tien the"
    r"|kiem tien online|viec nhe luong cao|tuyen ctv|viagra|cialis|sugar baby|gai goi|phim sex|phim 18"
    r"|dich vu seo|tang like|mua followers?|forex|binary option|dau tu sinh loi|lai suat 0)\b"
)
# These alone may stand in an honest complaint; beside a link they do not.
_SUSPICIOUS: Final = re.compile(
    r"\b(?:ca do|ca cuoc|lo de|tai xiu|xoc dia|zalo|telegram|inbox|khuyen mai|uu dai|giam gia)\b"
)


@dataclass(frozen=True, slots=True)
class CleanWords:
    """Words fit to be stored, and what was noticed on the way."""

    text: str
    marks: frozenset[CommentMark]

    @property
    def is_spam(self) -> bool:
        """Whether they go to the heap that nobody has to look at."""
        return bool(self.marks & {CommentMark.ADVERTISING, CommentMark.FOREIGN, CommentMark.REPEATING})


def _masked(match: re.Match[str]) -> str:
    """The number with all but its first three digits hidden; dates, sums and hotlines stay as they are."""
    found = match.group()
    digits = [char for char in found if char.isdigit()]
    after = match.string[match.end() :]
    if _DATE.fullmatch(found) or _HOTLINE.match(found):
        return found
    if _THOUSANDS.fullmatch(found) and (_MONEY_AFTER.match(after) or len(digits) not in IDENTITY_LENGTHS):
        return found
    return f"{''.join(digits[:3])} ••••"


def mask_numbers(text: str) -> str:
    """Hide what looks like an identity card, a telephone, a bank account or a bank card."""
    return _NUMBER.sub(_masked, text)


def private_numbers(text: str) -> list[str]:
    """What :func:`mask_numbers` would hide, as it is written, each once and in order."""
    hidden = (match.group() for match in _NUMBER.finditer(text) if _masked(match) != match.group())
    return list(dict.fromkeys(hidden))


def strip_links(text: str) -> str:
    """Put words in the place of every address of a web page or a mailbox, however it is written."""
    text = _MARKUP_LINK.sub(LINK_WORDS, text)
    return _LINK.sub(LINK_WORDS, _MAIL.sub(MAIL_WORDS, text))


def plain(text: str) -> str:
    """One spelling, no tags, no control of direction, no towers of marks, no fields of empty lines."""
    text = _PILED_MARKS.sub(r"\1", nfc(text).translate(_BIDI)).replace("\r\n", "\n").replace("\r", "\n")
    text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


def _is_foreign(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    foreign = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return bool(letters) and foreign > len(letters) * NON_LATIN_SHARE


def clean_words(raw: str) -> CleanWords:
    """Everything above, in the order that leaves no gap: tags first, so that none splits a link."""
    text = plain(raw)
    without_links = strip_links(text)
    masked = mask_numbers(without_links)
    marks = set()
    if without_links != text or "href" in raw.lower():
        marks.add(CommentMark.LINKS)
    if masked != without_links:
        marks.add(CommentMark.MASKED)
    folded = without_marks(text).lower()
    if _ADVERTISING.search(folded) or (CommentMark.LINKS in marks and _SUSPICIOUS.search(folded)):
        marks.add(CommentMark.ADVERTISING)
    if _is_foreign(text):
        marks.add(CommentMark.FOREIGN)
    if _SAME_LETTER.search(text):
        marks.add(CommentMark.REPEATING)
    return CleanWords(masked, frozenset(marks))
