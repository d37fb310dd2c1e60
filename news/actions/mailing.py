"""Mail to readers: who it comes from, and that no machine should answer it."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from portal.core.text import one_line
from units.models import Unit


def mail_to_reader(unit: Unit, address: str, subject: str) -> EmailMultiAlternatives:
    """An empty mail of the unit to one reader; the caller fills in the words and sends it."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return EmailMultiAlternatives(
        subject=one_line(subject),
        from_email=formataddr((unit.name, sender)),
        to=[address],
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
    )
