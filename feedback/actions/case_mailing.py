"""Mails about cases, as they leave the house."""

import logging
from datetime import datetime
from email.utils import formataddr, parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone

from feedback.actions.case_letters import wants_mail
from feedback.cases.letters import written_words
from feedback.enums.cases import LetterState
from feedback.models import CaseLetter, CaseSender
from feedback.rules import own as rules
from feedback.tasks.cases import CLAIM_LASTS
from portal.core.sealing import Unreadable, keyed_hash, unseal
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from units.models import Unit

logger = logging.getLogger(__name__)
AT_ONCE: Final = 50
_FOR_GOOD: Final = 500
"""Answers of a mail server from here on do not change by waiting."""


class _ServerDown(Exception):
    """Nothing goes out now; what waits goes on waiting."""


def send_waiting() -> int:
    """Send what waits in the unit in scope, each once; returns how many went out.

    A letter is claimed by a conditional update before it is sent, so of two workers one sends it; after a crash in the
    moment between sending and writing that down it may come twice, under the same Message-ID, never not at all.
    """
    unit = Unit.objects.prefetch_related("domains").defer("boundary").get(pk=current_unit_id())
    number = 0
    while batch := _waiting(timezone.now() - CLAIM_LASTS):
        for letter in batch:
            try:
                number += _send(letter, unit)
            except _ServerDown as error:
                logger.warning("mail server unavailable, mails about cases wait: %s", error)
                return number
    return number


def _waiting(before: datetime) -> list[CaseLetter]:
    rows = CaseLetter.objects.waiting(before).select_related(
        "case__holder", "case__intake_unit", "case__merged_into", "event__unit", "event__to_unit", "join", "staff"
    )
    skipped = [f"{name}__boundary" for name in ("case__holder", "case__intake_unit", "event__unit", "event__to_unit")]
    return list(rows.defer(*skipped)[:AT_ONCE])


def _send(letter: CaseLetter, unit: Unit) -> bool:
    """Claim one letter and send it; False where another worker has it, or nobody wants it any more."""
    mine = CaseLetter.objects.filter(pk=letter.pk, state=LetterState.WAITING)
    if not mine.filter(claimed_at=letter.claimed_at).update(claimed_at=timezone.now(), attempts=F("attempts") + 1):
        return False
    address = _address(letter) if letter.attempts < rules.LETTER_ATTEMPTS else ""
    state = _try(letter, unit, address) if address else LetterState.FAILED
    if state == LetterState.SENT:
        return bool(mine.update(state=state, sent_at=timezone.now()))
    if state == LetterState.FAILED:
        mine.update(state=state)
    return False


def _try(letter: CaseLetter, unit: Unit, address: str) -> LetterState:
    """What becomes of a letter; WAITING: the server does not want it now. Raises _ServerDown."""
    try:
        _mail(letter, unit, address).send()
    except Unreadable:
        return LetterState.FAILED
    except SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        return _refused(letter, for_good=all(code >= _FOR_GOOD for code in codes))
    except SMTPDataError:
        return _refused(letter, for_good=False)
    except (SMTPException, OSError) as error:
        # No fault of the letter's, so it counts as not tried. It stays claimed for a while: if it is the letter all the
        # same that makes the server hang up, others have their turn first.
        CaseLetter.objects.filter(pk=letter.pk).update(attempts=F("attempts") - 1)
        raise _ServerDown(str(error)) from error
    return LetterState.SENT


def _refused(letter: CaseLetter, *, for_good: bool) -> LetterState:
    """Later again, by the sweep, until it has been tried often enough."""
    if not for_good and letter.attempts + 1 < rules.LETTER_ATTEMPTS:
        return LetterState.WAITING
    logger.warning("letter %s about a case was refused by the mail server", letter.pk)
    return LetterState.FAILED


def _address(letter: CaseLetter) -> str:
    """Where it goes today; "" where nobody wants it any more, or the address is gone."""
    if letter.staff is not None:
        return letter.staff.email if letter.staff.is_active else ""
    try:
        if letter.join is not None:
            return unseal(letter.join.sealed_email)
        if not wants_mail(letter.case):
            return ""
        return unseal(CaseSender.everywhere.get(case_id=letter.case_id).sealed_email)
    except Unreadable:
        return ""


def _mail(letter: CaseLetter, unit: Unit, address: str) -> EmailMultiAlternatives:
    """The whole mail. Raises Unreadable where the private link can not be written."""
    written = written_words(letter, unit)
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    host = sender.rpartition("@")[2]
    mail = EmailMultiAlternatives(
        subject=one_line(written.subject), from_email=formataddr((unit.name, sender)), to=[address],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": f"<{keyed_hash(f'feedback.letter:{letter.pk}')[:32]}@{host}>",
        },
    )  # fmt: skip
    context = {"unit": unit, "written": written}
    mail.body = render_to_string("emails/case_mail.txt", context)
    mail.attach_alternative(render_to_string("emails/case_mail.html", context), "text/html")
    return mail
