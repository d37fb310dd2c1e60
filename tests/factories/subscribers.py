"""Subscribers in any state, and what stands in their mails."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from news.enums import Rhythm
from news.models import Category, Subscription
from news.rules.digests import CONSENT_VERSION, next_sending
from portal.core.tenancy import unit_scope
from tests.factories.cast import House

FORM = "/nhan-tin/"


def form_data(email: str = "ba.buoi@example.vn", **more: Any) -> dict[str, Any]:
    """What the form sends: everything, weekly, agreed, without JavaScript."""
    return {"email": email, "scope": "tat-ca", "rhythm": "WEEKLY", "consent": "on", "altcha": "", **more}


def make_subscriber(
    house: House,
    email: str,
    *,
    rhythm: Rhythm = Rhythm.DAILY,
    categories: tuple[Category, ...] = (),
    since: datetime | None = None,
    confirmed: bool = True,
) -> Subscription:
    """A row, confirmed ``since`` (now) unless said otherwise; everything published after that is news to it."""
    now = since or timezone.now()
    dates = {"confirmed_at": now, "last_sent_at": now, "next_due_at": next_sending(rhythm, now)} if confirmed else {}
    with unit_scope(house.unit):
        row = Subscription.objects.create(
            email=email,
            rhythm=rhythm,
            whole_unit=not categories,
            asked_at=now,
            consent_version=CONSENT_VERSION,
            consented_at=now,
            **dates,
        )
        row.categories.set(categories)
    return row


def subscribers_of(house: House) -> list[Subscription]:
    """All rows of a unit, oldest first."""
    with unit_scope(house.unit):
        return list(Subscription.objects.order_by("pk").prefetch_related("categories"))


def words_of(mail: Any, kind: str = "plain") -> str:
    """The plain or the HTML words of a mail that arrived."""
    return str(mail.get_body((kind,)).get_content())


def path_in(mail: Any, part: str) -> str:
    """The path of the first address in a mail's plain text that contains ``part``."""
    text = mail.body if hasattr(mail, "body") else words_of(mail)
    found = next(address for address in re.findall(r"https?://\S+", text) if part in address)
    return urlsplit(found).path


def confirm_paths(house: House) -> list[str]:
    """Addresses of confirming what waits on a unit's site."""
    from news.actions.subscriptions import confirm_path

    with unit_scope(house.unit):
        return [confirm_path(row) for row in Subscription.objects.pending()]


def leave_paths(house: House) -> list[str]:
    """Addresses of leaving a unit's list."""
    from news.actions.subscriptions import leave_path

    with unit_scope(house.unit):
        return [leave_path(row) for row in Subscription.objects.confirmed()]
