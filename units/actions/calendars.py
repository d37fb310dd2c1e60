"""Secret calendar addresses: made for a leader, shown to the office, taken back when a phone is lost."""

import secrets
from datetime import date
from typing import Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from units.models import Appointment, CalendarAddress, Person

SALT: Final = "units.calendar-address"
TOKEN_LIMIT: Final = 120


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_of(address: CalendarAddress) -> str:
    """What stands in the address: the key and its signature, so that the database alone opens nothing."""
    return _signer().sign(address.key)


def find_address(token: str) -> CalendarAddress | None:
    """The live address behind a token, of the unit in scope; None for a forged, foreign or revoked one."""
    if len(token) > TOKEN_LIMIT:
        return None
    try:
        key = _signer().unsign(token)
    except signing.BadSignature:
        return None
    return CalendarAddress.objects.live().select_related("person").filter(key=key).first()


def is_in_office(person: Person, today: date) -> bool:
    """Whether the person holds any post today: who has left reads no internal schedule any more."""
    return Appointment.objects.on(today).filter(person=person).exists()


@transaction.atomic
def make_address(*, person: Person, actor: User) -> CalendarAddress:
    """A new secret address for a leader; an older one stops working at once. Raises ValidationError for who has left."""
    today = timezone.localdate()
    if not is_in_office(person, today):
        raise ValidationError(
            _("%(name)s hiện không giữ chức vụ nào, nên không lập được lịch riêng.") % {"name": person}
        )
    CalendarAddress.objects.live().filter(person=person).update(revoked_at=timezone.now())
    address = CalendarAddress.objects.create(person=person, key=secrets.token_hex(16), made_by=actor)
    record(verb="calendar.make", target=address, actor=actor, detail={"person": person.pk})
    return address


@transaction.atomic
def revoke_address(*, address: CalendarAddress, actor: User) -> bool:
    """Take an address back; False where somebody did so before."""
    if not CalendarAddress.objects.live().filter(pk=address.pk).update(revoked_at=timezone.now()):
        return False
    record(verb="calendar.revoke", target=address, actor=actor, detail={"person": address.person_id})
    return True


def note_read(address: CalendarAddress, today: date) -> None:
    """Remember the day, not the moment, on which a calendar asked: enough to see that nobody uses an address."""
    if address.read_on != today:
        CalendarAddress.objects.filter(pk=address.pk).update(read_on=today)
