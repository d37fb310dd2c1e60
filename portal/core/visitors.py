"""What strangers may send, and how often, without our knowing who they are.

A visitor is a hash of address and unit under a random salt that lives for one day; when it is deleted, nobody can tell
whose the hash was. Limits are counted in the database, so that they hold over all processes and when the cache is gone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.core.client_address import client_address
from portal.core.models import DaySalt, RateCounter, SpentProof
from portal.core.proof_of_work import spend_proof
from portal.core.tenancy import current_unit_id

COUNTERS_KEPT: Final = timedelta(hours=25)
EVERYBODY: Final = ""


class TooMany(Exception):
    """The sender, or all senders without proof together, have sent enough for this hour."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What a form tells besides its words: who (hashed), the proof of work, and signs of a machine."""

    address_hash: str
    proof: str = ""
    was_fast: bool = False
    was_trapped: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``number`` times per clock hour or calendar day; ``purpose`` tells limits of one visitor apart."""

    purpose: str
    number: int
    per_day: bool = False

    def window(self, now: datetime) -> datetime:
        """When the window that ``now`` lies in began."""
        local = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
        return local.replace(hour=0) if self.per_day else local


def _salt_of(day: date) -> str:
    row, _made = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    return row.salt


def hashed(text: str) -> str:
    """What stands for ``text`` (an address, a mailbox) today and in the unit in scope, and tomorrow for nothing."""
    material = f"{_salt_of(timezone.localdate())}:{current_unit_id()}:{text.lower()}"
    return hashlib.sha256(material.encode()).hexdigest()


def visitor_hash(request: HttpRequest) -> str:
    """What stands for the visitor today and in the unit in scope."""
    return hashed(client_address(request))


def take(limit: Limit, who: str = EVERYBODY) -> bool:
    """Count one more for ``who`` in the unit in scope; False when the limit was reached before.

    The row is raised by one conditional update, so that of two requests at once only as many pass as there is room for.
    """
    counter = {"purpose": limit.purpose, "who": who, "window": limit.window(timezone.now())}
    room = RateCounter.objects.filter(**counter, number__lt=limit.number)
    if room.update(number=F("number") + 1):
        return True
    try:
        with transaction.atomic():
            RateCounter.objects.create(**counter)
    except IntegrityError:
        pass  # it exists: full, or made by a request at the same moment
    return bool(room.update(number=F("number") + 1))


@dataclass(frozen=True, slots=True)
class Gate:
    """What strangers' forms come through, in numbers an hour: with a proof of work; without, each and all together.

    Without JavaScript there is no proof: it is taken as well, but fewer of one sender, under a lid over the whole unit.
    """

    purpose: str
    proved: int
    unproved: int
    unproved_all: int

    def let_in(self, proof: str, who: str) -> bool:
        """Count one more of ``who`` in the unit in scope; returns whether it came with a proof. Raises TooMany.

        Call it inside the transaction of what it lets in, as ``spend_proof`` asks.
        """
        proved = spend_proof(proof, self.purpose)
        if proved:
            has_room = take(Limit(self.purpose, self.proved), who)
        else:
            has_room = take(Limit(f"{self.purpose}-unproved", self.unproved), who) and take(
                Limit(f"{self.purpose}-unproved-all", self.unproved_all)
            )
        if not has_room:
            raise TooMany
        return proved


def forget_old_visitors() -> int:
    """Delete counters and spent proofs of the unit in scope whose time is over; returns how many rows."""
    now = timezone.now()
    counters, _rows = RateCounter.objects.older_than(now - COUNTERS_KEPT).delete()
    proofs, _rows = SpentProof.objects.expired(now).delete()
    return counters + proofs


def forget_old_salts() -> int:
    """Delete the salts of days that are over: from then on their hashes name nobody."""
    number, _rows = DaySalt.objects.filter(day__lt=timezone.localdate()).delete()
    return number
