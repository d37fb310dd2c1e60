"""Vietnamese telephone numbers however they are typed, and how they are shown."""

import re
import unicodedata
from typing import Final

_MOBILE: Final = re.compile(r"0[35789]\d{8}")
_LANDLINE: Final = re.compile(r"02\d{9}")
_OLD_MOBILE: Final = re.compile(r"01[2689]\d{8}")


class WrongPhone(ValueError):
    """No telephone number; ``kind`` is "letters", "old" or "length"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read_phone(text: str) -> str:
    """The digits of a Vietnamese number however it was typed (+84, spaces, dots, full-width digits). Raises WrongPhone."""
    typed = re.sub(r"[\s.\-–()/]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}$))0?", "0", typed)
    if not digits.isascii() or not digits.isdigit():
        raise WrongPhone("letters")
    if _OLD_MOBILE.fullmatch(digits):
        raise WrongPhone("old")
    if not _MOBILE.fullmatch(digits) and not _LANDLINE.fullmatch(digits):
        raise WrongPhone("length")
    return digits


def phone_words(digits: str) -> str:
    """As people read it aloud: “0905 123 456”, “0234 3822 100”; whatever is no number stays as it is."""
    if _MOBILE.fullmatch(digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}" if _LANDLINE.fullmatch(digits) else digits


def masked_phone(digits: str) -> str:
    """Enough of it to know one's own again: “0905 ••• 456”."""
    return f"{digits[:4]} ••• {digits[-3:]}" if len(digits) > 7 else "•••"  # noqa: PLR2004 - both ends
