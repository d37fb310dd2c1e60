"""Digests: what is new since the last one, once to each subscriber.

A digest is claimed by moving ``next_due_at`` half an hour on, in one conditional update, before it is sent, and finished
by moving it to the next morning afterwards. Of two workers one gets it. A worker killed while it holds a claim loses
nothing: the row falls due again. If it dies in the moment between the mail server's "250 OK" and the finishing update,
the reader gets the same digest twice, with the same Message-ID, which mail programs show once; that was chosen over
losing it. A mail server that is down moves nothing but the half hour.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any, Final

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.mailing import mail_to_reader
from news.actions.subscriptions import leave_path
from news.enums import Rhythm
from news.models import Article, Subscription
from news.rules import digests as rules
from news.tasks.subscriptions import send_digests
from portal.core.audit import record
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id
from units.chrome import absolute_url
from units.models import Unit

logger = logging.getLogger(__name__)
BATCH: Final = 100
CLAIM: Final = timedelta(minutes=30)
# What is being published at this moment may not be visible yet; it comes with the next digest.
MARGIN: Final = timedelta(minutes=2)
_PERMANENT: Final = 500


def send_due_digests() -> int:
    """Send the digests of the unit in scope that are due; returns how many went out.

    At most BATCH at once; the rest follows in a task of its own. When the mail server does not answer, the others wait.
    """
    now = timezone.now()
    rows = list(Subscription.objects.due(now).prefetch_related("categories")[: BATCH + 1])
    if not rows:
        return 0
    unit = Unit.objects.prefetch_related("domains").defer("boundary").get(pk=current_unit_id())
    connection = get_connection()
    sent = 0
    try:
        for row in rows[:BATCH]:
            sent += _deliver(unit, row, connection)
    except (SMTPException, OSError) as error:
        logger.warning("mail server unavailable, digests of %s wait: %s", unit.slug, error)
        return sent
    finally:
        with suppress(SMTPException, OSError):
            connection.close()
    if len(rows) > BATCH:
        start_after_commit(send_digests, unit_id=unit.pk)
    return sent


def _deliver(unit: Unit, row: Subscription, connection: Any) -> bool:
    """One subscriber: claim, send if there is something new, finish; mail server errors are raised."""
    now = timezone.now()
    claim = now + CLAIM
    mine = Subscription.objects.confirmed().filter(pk=row.pk)
    if not mine.filter(next_due_at=row.next_due_at).update(next_due_at=claim):
        return False
    held = mine.filter(next_due_at=claim)
    following = {"next_due_at": rules.next_sending(row.rhythm, now)}
    until = now - MARGIN
    articles = Article.objects.new_for(row, until)[: rules.DIGEST_ITEMS + 1]
    if not articles:
        held.update(**following)
        return False
    mail = _digest(unit, row, list(articles))
    mail.connection = connection
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        if not _is_refused(error):
            raise
        _count_refusal(row, following)
        return False
    held.update(last_sent_at=until, refusals=0, **following)
    return True


def _is_refused(error: SMTPException) -> bool:
    """Whether the server said no for good, and to this one mail; anything else may pass with time."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= _PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= _PERMANENT and error.smtp_code // 10 != 53  # noqa: PLR2004 - 53x: our own login


def _count_refusal(row: Subscription, following: dict[str, Any]) -> None:
    """Try again next time; after REFUSALS_TAKEN times the address is taken off."""
    if row.refusals + 1 >= rules.REFUSALS_TAKEN:
        record(verb="subscription.undeliverable", target=row, actor=None)
        row.delete()
    else:
        Subscription.objects.filter(pk=row.pk).update(refusals=row.refusals + 1, **following)


def _digest(unit: Unit, row: Subscription, articles: list[Article]) -> EmailMultiAlternatives:
    """The mail: at most DIGEST_ITEMS titles with their summaries, and how to leave."""
    leave_url = absolute_url(unit, leave_path(row))
    shown = articles[: rules.DIGEST_ITEMS]
    items = [{"article": article, "url": absolute_url(unit, article.get_absolute_url())} for article in shown]
    context = {
        "unit": unit,
        "items": items,
        "has_more": len(articles) > len(shown),
        "is_weekly": row.rhythm == Rhythm.WEEKLY,
        "more_url": absolute_url(unit, "/tin-tuc/"),
        "choose_url": absolute_url(unit, "/nhan-tin/"),
        "leave_url": leave_url,
        "today": timezone.localdate(),
    }
    first = shown[0].title
    subject = _("%(unit)s: %(title)s") % {"unit": unit.name, "title": first}
    if len(shown) > 1:
        subject = _("%(unit)s: %(title)s và %(number)d tin khác") % {
            "unit": unit.name, "title": first, "number": len(shown) - 1,
        }  # fmt: skip
    mail = mail_to_reader(unit, row.email, subject)
    mail.body = render_to_string("emails/digest.txt", context)
    mail.attach_alternative(render_to_string("emails/digest.html", context), "text/html")
    mail.extra_headers |= _headers(unit, row, leave_url)
    return mail


def _headers(unit: Unit, row: Subscription, leave_url: str) -> dict[str, str]:
    """Leaving with one press in the mail program (RFC 8058), and a name that a second copy of the same mail shares."""
    assert row.last_sent_at is not None  # noqa: S101 - a constraint of the table; told to the type checker
    return {
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<tin.{unit.canonical_host}>",
        "Precedence": "bulk",
        "Message-ID": f"<tin-{row.pk}-{int(row.last_sent_at.timestamp())}@{unit.canonical_host}>",
    }
