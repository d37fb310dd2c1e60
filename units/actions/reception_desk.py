"""The reception desk: the only place where names and numbers are read, and each reading is noted."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.core import phone_numbers
from portal.core.audit import record
from portal.core.models import AuditEntry, User
from portal.core.sealing import readable
from units.enums.reception import BookingStatus
from units.models import ReceptionBooking, ReceptionSession
from units.rules import reception as rules

OPENED = "reception.open_list"


@dataclass(frozen=True, slots=True)
class Line:
    """One registration as the desk sees it."""

    booking: ReceptionBooking
    name: str
    phone: str
    has_email: bool
    about: str
    is_told: bool

    @property
    def is_walk_in(self) -> bool:
        """Came without registering: nothing to give back."""
        return self.booking.consent_version == rules.DESK_CONSENT and self.booking.status == BookingStatus.CAME


@transaction.atomic
def open_list(*, session: ReceptionSession, actor: User) -> list[Line]:
    """The people of one session in the queue's order; that this person opened it today is written down once."""
    today = timezone.localdate()
    seen = AuditEntry.objects.about(session).filter(verb=OPENED, actor=actor, at__date=today)
    if not seen.exists():
        record(verb=OPENED, target=session, actor=actor)
    return [_line(session, row) for row in ReceptionBooking.objects.of(session)]


def _line(session: ReceptionSession, row: ReceptionBooking) -> Line:
    at = rules.about_when(session.starts_at, session.ends_at, session.capacity, row.number)
    changed = session.changed_at
    return Line(
        booking=row,
        name=readable(row.sealed_name),
        phone=phone_numbers.phone_words(readable(row.sealed_phone)),
        has_email=bool(row.sealed_email),
        about=f"{at.hour}:{at.minute:02d}",
        is_told=changed is None or row.made_at >= changed or (row.told_at is not None and row.told_at >= changed),
    )


def to_call(lines: list[Line]) -> list[Line]:
    """Who is to be called about the session's last change: registered before it, no e-mail, not called yet."""
    return [
        line for line in lines
        if not line.is_told and not line.has_email and line.booking.status == BookingStatus.BOOKED and line.phone
    ]  # fmt: skip


@transaction.atomic
def mark(*, booking: ReceptionBooking, status: BookingStatus, actor: User) -> bool:
    """Note that somebody came or did not; False before the session's day, and for a place given back.

    Raises ValueError for any other mark.
    """
    if status not in {BookingStatus.CAME, BookingStatus.ABSENT}:
        raise ValueError("only CAME and ABSENT are marked")
    if booking.session.day > timezone.localdate():
        return False
    rows = ReceptionBooking.objects.filter(pk=booking.pk).active().exclude(status=status)
    if not rows.update(status=status, ended_at=timezone.now()):
        return False
    record(verb="reception.mark", target=booking, actor=actor, detail={"status": str(status)})
    return True


@transaction.atomic
def note_call(*, booking: ReceptionBooking, actor: User) -> bool:
    """Note that the desk has told somebody by telephone of the session's change."""
    now = timezone.now()
    rows = ReceptionBooking.objects.to_tell(timezone.localdate()).filter(pk=booking.pk)
    # The condition looks into the session, so the key is asked first: an update can not join.
    if not ReceptionBooking.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(told_at=now):
        return False
    record(verb="reception.called", target=booking, actor=actor)
    return True
