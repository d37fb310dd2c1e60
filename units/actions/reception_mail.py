"""Mail to people who registered with an address: the day before, and when the session was called off or moved."""

from email.utils import formataddr, parseaddr
from smtplib import SMTPRecipientsRefused
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import letter_codes
from portal.core.sealing import Unreadable, unseal
from portal.core.templatetags.portal_text import date_long
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from units.chrome import absolute_url
from units.enums.reception import BookingStatus, SessionStatus
from units.models import ReceptionBooking, Unit
from units.people.posts import PostsBetween
from units.reception.cards import receiver_words
from units.rules import reception as rules

ROWS_AT_ONCE: Final = 100


def remind() -> int:
    """Mail everybody in the unit in scope whose session is tomorrow, or still to come today; returns how many.

    A row is claimed by setting its time, in the same transaction as the mail: two workers send one mail, and after a crash
    a mail may come twice, never not at all. Mail errors are raised; the rest waits for the next beat.
    """
    rows = ReceptionBooking.objects.to_remind(timezone.now()).select_related("session__receiver").order_by("pk")
    return sum(_remind(row) for row in rows[:ROWS_AT_ONCE])


@transaction.atomic
def _remind(row: ReceptionBooking) -> bool:
    free = ReceptionBooking.objects.filter(pk=row.pk, status=BookingStatus.BOOKED, reminded_at__isnull=True)
    if not free.update(reminded_at=timezone.now()):
        return False
    words = {"day": date_long(row.session.day)}
    return _mail(row, _("Nhắc lịch tiếp công dân: %(day)s") % words, "emails/reception_reminder")


def tell() -> int:
    """Mail everybody in the unit in scope of their session's last change; returns how many. As ``remind``."""
    rows = ReceptionBooking.objects.to_tell(timezone.localdate()).exclude(sealed_email="")
    found = rows.select_related("session__receiver").order_by("pk")[:ROWS_AT_ONCE]
    return sum(_tell(row) for row in found)


@transaction.atomic
def _tell(row: ReceptionBooking) -> bool:
    free = ReceptionBooking.objects.filter(pk=row.pk, status=BookingStatus.BOOKED, told_at=row.told_at)
    if not free.update(told_at=timezone.now()):
        return False
    is_off = row.session.status == SessionStatus.CANCELLED
    subject = _("Hoãn buổi tiếp công dân %(day)s") if is_off else _("Thay đổi buổi tiếp công dân %(day)s")
    return _mail(row, subject % {"day": date_long(row.session.day)}, "emails/reception_change")


def _mail(row: ReceptionBooking, subject: str, template: str) -> bool:
    """Send one mail; False where the address can not be opened any more, or nobody is there."""
    try:
        address, name = unseal(row.sealed_email), unseal(row.sealed_name)
    except Unreadable:
        return False
    unit = Unit.objects.prefetch_related("domains").defer("boundary").get(pk=current_unit_id())
    context = _context(unit, row, name)
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMultiAlternatives(
        subject=one_line(subject), from_email=formataddr((unit.name, sender)), to=[address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )  # fmt: skip
    mail.body = render_to_string(f"{template}.txt", context)
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused:
        # No such mailbox: the address is dropped, so that the desk's list of people to call takes over and no other waits.
        ReceptionBooking.objects.filter(pk=row.pk).update(sealed_email="", told_at=row.told_at)
        return False
    return True


def _context(unit: Unit, row: ReceptionBooking, name: str) -> dict[str, Any]:
    session = row.session
    posts = PostsBetween.read(session.day, session.day)
    return {
        "unit": unit,
        "name": name,
        "session": session,
        "is_off": session.status == SessionStatus.CANCELLED,
        "receiver": receiver_words(session, posts),
        "number": row.number,
        "about": rules.about_when(session.starts_at, session.ends_at, session.capacity, row.number),
        "code": letter_codes.code_words(row.code),
        "url": absolute_url(unit, reverse("units:reception-own")),
        "list_url": absolute_url(unit, reverse("units:reception")),
    }
