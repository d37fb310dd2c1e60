"""Personal data as it is stored: sealed with a key made of SECRET_KEY, so that a copied database alone tells nobody's name.

Fernet (AES-CBC with HMAC) under a key derived by HKDF. What was sealed under a key that was replaced is still read as long
as that key stands in SECRET_KEY_FALLBACKS; without it the text is lost, and readers are told so (:func:`readable`).
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

_SEAL: Final = b"portal.core.sealing.seal.v1"
_HASH: Final = b"portal.core.sealing.hash.v1"


class Unreadable(ValueError):
    """A sealed text that none of today's keys opens: damaged, or sealed under a key that is gone."""


@lru_cache(maxsize=16)
def _derived(secret: bytes, purpose: bytes) -> bytes:
    """32 bytes for one purpose out of a secret of any length."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret)


def _secrets() -> list[bytes]:
    """Today's key, then those that were replaced."""
    return [force_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _box() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, _SEAL))) for key in _secrets()])


def seal(text: str) -> str:
    """``text`` sealed under today's key, another string each time; nothing stays nothing."""
    return _box().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """What :func:`seal` was given. Raises Unreadable."""
    if not sealed:
        return ""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise Unreadable("sealed under a key that is gone, or damaged") from error


def readable(sealed: str) -> str:
    """The same for a screen: where it can not be opened, words that say so instead of an error page."""
    try:
        return unseal(sealed)
    except Unreadable:
        return _("(không đọc được)")


def keyed_hash(text: str) -> str:
    """What stands for ``text`` in a column that is searched: always the same under one key, and tells nothing without it."""
    return _hashed(text, _secrets()[0])


def keyed_hashes(text: str) -> list[str]:
    """What may stand for ``text`` in rows of any age: under today's key and under those that were replaced."""
    return [_hashed(text, key) for key in _secrets()]


def _hashed(text: str, key: bytes) -> str:
    return hmac.new(_derived(key, _HASH), text.encode(), hashlib.sha256).hexdigest()
