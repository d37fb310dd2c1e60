"""Proof of work instead of picture puzzles: the altcha protocol, version 2, served and checked by ourselves.

The browser looks for a number (static/js/proof.js); the server makes the challenge and checks the answer with one HMAC.
A challenge is bound to the unit and to what it is for, ends after twenty minutes, and counts once: the database
remembers the spent ones, so neither a lost cache nor a second process lets one in twice.
"""

import base64
import binascii
import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any, Final

from altcha import Challenge, create_challenge, verify_solution
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.core.models import SpentProof
from portal.core.tenancy import current_unit_id

ALGORITHM: Final = "PBKDF2/SHA-256"
# Rounds of one try, and how many tries: about a second on an old phone, since the number to find is bounded.
COST: Final = 1_000
TRIES: Final = (100, 500)
LIFETIME: Final = timedelta(minutes=20)
PAYLOAD_LIMIT: Final = 4_000


def _secret(part: str, key: str | bytes = "") -> str:
    return salted_hmac(f"portal.core.proof_of_work.{part}", "v2", secret=key or None, algorithm="sha256").hexdigest()


def make_challenge(purpose: str) -> dict[str, Any]:
    """A challenge for ``purpose`` in the unit in scope, as the browser takes it."""
    low, high = TRIES
    challenge = create_challenge(
        ALGORITHM,
        COST,
        counter=low + secrets.randbelow(high - low),
        expires_at=timezone.now() + LIFETIME,
        data={"unit": current_unit_id(), "for": purpose},
        hmac_secret=_secret("challenge"),
        hmac_key_secret=_secret("answer"),
    )
    made: dict[str, Any] = challenge.to_dict()
    return made


def _read(payload: str) -> Challenge | None:
    """The challenge inside an answer, unchecked; None for what is no answer at all."""
    if not payload or len(payload) > PAYLOAD_LIMIT:
        return None
    try:
        return Challenge.from_dict(json.loads(base64.b64decode(payload, validate=True))["challenge"])
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_solved(payload: str) -> bool:
    """Whether the answer is right under today's key or one that was replaced a moment ago."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        found = verify_solution(
            payload, _secret("challenge", key), hmac_key_secret=_secret("answer", key), hmac_algorithm="SHA-256"
        )
        if found.verified:
            return True
    return False


def spend_proof(payload: str, purpose: str) -> bool:
    """Whether ``payload`` is a right answer to one of our challenges for ``purpose`` in this unit, and the first use of it.

    Call it inside the transaction of what it lets in: if that is undone, the answer counts again.
    """
    challenge = _read(payload)
    if challenge is None or challenge.parameters.data != {"unit": current_unit_id(), "for": purpose}:
        return False
    if not _is_solved(payload):
        return False
    digest = hashlib.sha256(str(challenge.signature).encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentProof.objects.create(digest=digest, expires_at=timezone.now() + LIFETIME)
    except IntegrityError:
        return False
    return True
