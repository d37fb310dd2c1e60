"""Subscribing by e-mail: asked for, confirmed by the address's owner, left with one click."""

from collections.abc import Sequence
from typing import Final

from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.mailing import mail_to_reader
from news.enums import Rhythm
from news.models import Category, Subscription
from news.rules import digests as rules
from news.tasks.subscriptions import mail_confirmation as mail_confirmation_task
from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id
from portal.core.visitors import Gate, Limit, hashed, take
from units.chrome import absolute_url
from units.models import Unit

_GATE: Final = Gate("subscribe", rules.ASKS_PER_HOUR, rules.UNPROVED_ASKS_PER_HOUR, rules.UNPROVED_UNIT_ASKS_PER_HOUR)
_MAILS: Final = Limit("subscribe-mails", rules.MAILS_PER_ADDRESS_A_DAY, per_day=True)

_confirm: Final = signing.Signer(salt="news.subscription.confirm")
_leave: Final = signing.Signer(salt="news.subscription.leave")


@transaction.atomic
def ask_subscription(
    *, email: str, categories: Sequence[Category], rhythm: Rhythm, address_hash: str, proof: str
) -> None:
    """Keep what somebody asked for and mail the address's owner, whether we know the address or not.

    ``categories`` empty means the whole unit. Nothing returned and nothing timed tells whether the address was known.
    Raises TooMany.
    """
    _GATE.let_in(proof, address_hash)
    if not take(_MAILS, hashed(email)):
        return
    now = timezone.now()
    row, _made = Subscription.objects.update_or_create(
        email=email,
        confirmed_at=None,
        defaults={
            "whole_unit": not categories,
            "rhythm": rhythm,
            "asked_at": now,
            "consent_version": rules.CONSENT_VERSION,
            "consented_at": now,
            "mailed_at": None,
        },
    )
    row.categories.set(categories)
    record(verb="subscription.ask", target=row, actor=None, detail={"consent": rules.CONSENT_VERSION})
    start_after_commit(mail_confirmation_task, unit_id=row.unit_id, subscription_id=row.pk)


def _confirm_value(row: Subscription) -> str:
    # Asking again changes the choices, so it must end the links of earlier mails.
    return f"{row.unit_id}.{row.pk}.{int(row.asked_at.timestamp() * 1_000_000)}"


def _leave_value(pk: int) -> str:
    return f"{current_unit_id()}.{pk}"


def _is_signed(signer: signing.Signer, value: str, token: str) -> bool:
    try:
        signer.unsign(f"{value}{signer.sep}{token}")
    except signing.BadSignature:
        return False
    return True


def confirm_path(row: Subscription) -> str:
    """Address of the page with the button that confirms; nothing of it is stored."""
    return reverse("news:subscription-confirm", args=[row.pk, _confirm.signature(_confirm_value(row))])


def leave_path(row: Subscription) -> str:
    """Address under which one leaves without logging in; it works as long as the row is there."""
    return reverse("news:subscription-leave", args=[row.pk, _leave.signature(_leave_value(row.pk))])


def may_leave(*, pk: int, token: str) -> bool:
    """Whether the address of leaving is one of ours, also when its row is already gone."""
    return _is_signed(_leave, _leave_value(pk), token)


def pending_subscription(*, pk: int, token: str) -> Subscription | None:
    """What waits to be confirmed under this address; None when it is wrong, too old, used or replaced."""
    since = timezone.now() - rules.CONFIRM_WITHIN
    row = Subscription.objects.pending().filter(pk=pk, asked_at__gte=since).first()
    return row if row and _is_signed(_confirm, _confirm_value(row), token) else None


@transaction.atomic
def confirm_subscription(*, pk: int, token: str) -> Subscription | None:
    """Begin (or change, where the address is subscribed already) what was asked for; None as in pending_subscription."""
    waiting = pending_subscription(pk=pk, token=token)
    if waiting is None or not Subscription.objects.pending().filter(pk=pk).select_for_update().exists():
        return None
    now = timezone.now()
    begun = {"confirmed_at": now, "next_due_at": rules.next_sending(waiting.rhythm, now)}
    known = Subscription.objects.confirmed().select_for_update().filter(email=waiting.email).first()
    if known is None:
        Subscription.objects.pending().filter(pk=pk).update(last_sent_at=now, **begun)
        row = waiting
    else:
        # The old row stays, and with it the links of leaving in the mails that were sent for it.
        known.categories.set(waiting.categories.all())
        choice = {name: getattr(waiting, name) for name in ("whole_unit", "rhythm", "consent_version", "consented_at")}
        Subscription.objects.filter(pk=known.pk).update(refusals=0, **choice, **begun)
        waiting.delete()
        row = known
    row.refresh_from_db()
    record(verb="subscription.confirm", target=row, actor=None, detail={"consent": row.consent_version})
    return row


@transaction.atomic
def leave(*, pk: int) -> bool:
    """Forget a subscriber; False when somebody did so before. The caller has checked the address of leaving."""
    row = Subscription.objects.filter(pk=pk).select_for_update().first()
    if row is None:
        return False
    record(verb="subscription.leave", target=row, actor=None)
    row.delete()
    return True


@transaction.atomic
def remove_subscription(*, subscription: Subscription, actor: User) -> None:
    """Take an address off at its owner's request."""
    record(verb="subscription.remove", target=subscription, actor=actor)
    subscription.delete()


@transaction.atomic
def forget_unconfirmed() -> int:
    """Delete what nobody confirmed within three days, in the unit in scope; returns how many."""
    rows = Subscription.objects.lapsed(timezone.now() - rules.UNCONFIRMED_KEPT)
    number = rows.count()
    rows.delete()
    return number


def mail_confirmation(*, subscription_id: int) -> bool:
    """Send the mail that asks for confirming, if it is still to be sent; the row is marked afterwards.

    Sent first, marked second: a worker killed in between costs a second copy of one mail, never the mail.
    Mail errors are raised; the row stays unmarked, and the sweep comes back to it.
    """
    since = timezone.now() - rules.CONFIRM_WITHIN
    row = Subscription.objects.unmailed(since).prefetch_related("categories").filter(pk=subscription_id).first()
    if row is None:
        return False
    unit = Unit.objects.prefetch_related("domains").defer("boundary").get(pk=row.unit_id)
    context = {
        "unit": unit,
        "row": row,
        "names": [category.name for category in row.categories.all()],
        "until": row.asked_at + rules.CONFIRM_WITHIN,
        "url": absolute_url(unit, confirm_path(row)),
    }
    mail = mail_to_reader(unit, row.email, _("Xác nhận nhận tin của %(unit)s") % {"unit": unit.name})
    mail.body = render_to_string("emails/subscription_confirm.txt", context)
    mail.attach_alternative(render_to_string("emails/subscription_confirm.html", context), "text/html")
    mail.send()
    Subscription.objects.filter(pk=row.pk, asked_at=row.asked_at).update(mailed_at=timezone.now())
    return True
