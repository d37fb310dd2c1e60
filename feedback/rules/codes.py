"""Codes of cases, and the secret of the private link."""

import secrets
from typing import Final

from portal.core.letter_codes import code_words, new_code, read_code

TOKEN_BYTES: Final = 20

__all__ = ["code_words", "new_code", "new_token", "read_code"]


def new_token() -> str:
    """160 random bits, as they stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)
