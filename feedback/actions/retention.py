"""What is forgotten when its purpose is over."""

from django.db import transaction

from feedback.models import Comment, PageRating
from feedback.rules.limits import spam_limit, today_began


@transaction.atomic
def forget_senders() -> int:
    """Empty the address hashes of days that are over, and delete old spam, in the unit in scope; returns how many rows."""
    number = Comment.objects.hashed_before(today_began()).update(address_hash="")
    number += PageRating.objects.hashed_before(today_began()).update(address_hash="")
    deleted, _by_model = Comment.objects.spam_before(spam_limit()).delete()
    return number + deleted
