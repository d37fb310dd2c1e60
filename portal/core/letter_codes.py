"""Short codes that people read aloud and type on a telephone: no look-alike letters, a check letter at the end."""

import re
import secrets
import unicodedata
from typing import Final

# No two that look or sound alike on a screen or through a telephone: no B/8, D/O/0/Q, G/6, I/1/L, M/N, S/5, U/V, V/W, Z/2.
LETTERS: Final = "ACEFHJKNPRTVXY34679"
CODE_LENGTH: Final = 7
_PLACE: Final = {letter: place for place, letter in enumerate(LETTERS)}
# Nineteen letters, a prime: one wrong letter or two that changed places are always noticed.
_WEIGHTS: Final = (7, 6, 5, 4, 3, 2, 1)


def check_letter(body: str) -> str:
    """The last letter that makes the weighted sum of a code come out at nothing."""
    total = sum(weight * _PLACE[letter] for weight, letter in zip(_WEIGHTS, body, strict=False))
    return LETTERS[-total % len(LETTERS)]


def read_code(text: str) -> str:
    """The code in its one spelling, however it was typed; "" for what can be none of ours."""
    code = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    if len(code) != CODE_LENGTH or not set(code) <= set(LETTERS):
        return ""
    return code if check_letter(code[:-1]) == code[-1] else ""


def code_words(code: str) -> str:
    """As it is shown and said: “ACE-4679”."""
    return f"{code[:3]}-{code[3:]}"


def new_code() -> str:
    """A random code; whoever keeps codes tries again where it is taken (47 million)."""
    body = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH - 1))
    return body + check_letter(body)
