"""What is forgotten when its purpose is over."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from feedback import rules
from feedback.models import Comment, PageRating


def today_began() -> datetime:
    """Midnight in the portal's time zone."""
    return datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())


def spam_limit() -> datetime:
    """Spam from before this moment is thrown away."""
    return timezone.now() - timedelta(days=rules.SPAM_KEPT_DAYS)


@transaction.atomic
def forget_senders() -> int:
    """Empty the address hashes of days that are over, and delete old spam, in the unit in scope; returns how many rows."""
    number = Comment.objects.hashed_before(today_began()).update(address_hash="")
    number += PageRating.objects.hashed_before(today_began()).update(address_hash="")
    deleted, _by_model = Comment.objects.spam_before(spam_limit()).delete()
    return number + deleted
