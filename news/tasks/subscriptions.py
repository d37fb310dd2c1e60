"""Mail to subscribers: the question whether they want it, the digests, and forgetting who never answered."""

import logging
from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from news.models import Subscription
from news.rules import digests as rules
from portal.core.tasks import TenantTask, fan_out, unit_ids_with

logger = logging.getLogger(__name__)
SWEEP_BATCH = 100


@shared_task(base=TenantTask, name="news.mail_confirmation")
def mail_confirmation(*, subscription_id: int) -> bool:
    """Ask one address whether it wants the unit's news; a mail server that is down leaves it to the sweep."""
    from news.actions.subscriptions import mail_confirmation as mail

    try:
        return mail(subscription_id=subscription_id)
    except (SMTPException, OSError) as error:
        logger.warning("mail server unavailable, confirmation %s waits: %s", subscription_id, error)
        return False


@shared_task(base=TenantTask, name="news.mail_confirmations")
def mail_confirmations() -> int:
    """Send the questions of one unit that an earlier task could not send; stops when the mail server is still down."""
    from news.actions.subscriptions import mail_confirmation as mail

    since = timezone.now() - rules.CONFIRM_WITHIN
    number = 0
    try:
        for pk in Subscription.objects.unmailed(since).order_by("pk").values_list("pk", flat=True)[:SWEEP_BATCH]:
            number += mail(subscription_id=pk)
    except (SMTPException, OSError) as error:
        logger.warning("mail server unavailable, confirmations wait: %s", error)
    return number


@shared_task(base=TenantTask, name="news.send_digests")
def send_digests() -> int:
    """Send one unit's digests that are due."""
    from news.actions.digests import send_due_digests

    return send_due_digests()


@shared_task(base=TenantTask, name="news.forget_unconfirmed")
def forget_unconfirmed() -> int:
    """Delete one unit's subscriptions that nobody confirmed."""
    from news.actions.subscriptions import forget_unconfirmed as forget

    return forget()


@shared_task(name="news.dispatch_digests")
def dispatch_digests() -> int:
    """Every quarter of an hour: units with a digest due. At 6:30 that is everybody's, at other times what had to wait."""
    now = timezone.now()
    return fan_out(send_digests, unit_ids_with(lambda: Subscription.objects.due(now)))


@shared_task(name="news.sweep_subscriptions")
def sweep_subscriptions() -> int:
    """Units with questions not sent yet, and with rows to forget."""
    now = timezone.now()
    since = now - rules.CONFIRM_WITHIN
    started = fan_out(mail_confirmations, unit_ids_with(lambda: Subscription.objects.unmailed(since)))
    lapsed = unit_ids_with(lambda: Subscription.objects.lapsed(now - rules.UNCONFIRMED_KEPT))
    return started + fan_out(forget_unconfirmed, lapsed)
