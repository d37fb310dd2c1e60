"""Which private numbers stand in somebody's words, and the words without them: told before anything is sent."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from feedback.rules.words import private_numbers

_MOBILE: Final = re.compile(r"0[35789]\d{8}|84[35789]\d{8}|02\d{9}")
_PERSONAL_CODE: Final = re.compile(r"0\d{11}")
_GAP: Final = re.compile(r"\s+([,.;:!?)])")
_OLD_CARD_LENGTH: Final = 9
_SHOWN: Final = 3


class NumberKind(StrEnum):
    """What a number most likely is; wording stands in the template."""

    IDENTITY = "identity"
    PHONE = "phone"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """One number as it is written, what it most likely is, and how it would be shown to others."""

    written: str
    kind: NumberKind
    masked: str


def _kind(digits: str) -> NumberKind:
    if _MOBILE.fullmatch(digits):
        return NumberKind.PHONE
    if _PERSONAL_CODE.fullmatch(digits) or len(digits) == _OLD_CARD_LENGTH:
        return NumberKind.IDENTITY
    return NumberKind.ACCOUNT


def find_numbers(text: str) -> list[PrivateNumber]:
    """Identity cards, telephones and accounts in ``text``, in order; dates, sums and hotlines are none."""
    found = []
    for written in private_numbers(text):
        digits = "".join(char for char in written if char.isdigit())
        found.append(PrivateNumber(written, _kind(digits), f"{digits[:_SHOWN]} ••••"))
    return found


def take_out(text: str) -> str:
    """``text`` without these numbers; the words around them stay."""
    for number in sorted(private_numbers(text), key=len, reverse=True):
        text = text.replace(number, "")
    lines = (_GAP.sub(r"\1", " ".join(line.split())) for line in text.split("\n"))
    return "\n".join(lines).strip()
