"""How much a stranger may send. Counted per unit; an hour is a clock hour (portal.core.visitors)."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

NAME_LIMIT: Final = 60
COMMENT_MINIMUM: Final = 5
COMMENT_LIMIT: Final = 2_000
RATING_TEXT_LIMIT: Final = 300

# One household behind one address may discuss; a machine may not.
COMMENTS_PER_HOUR: Final = 5
# Without JavaScript there is no proof of work, so the sender has fewer, and all such senders together have a lid:
# somebody with a thousand addresses fills the moderators' list with sixty comments an hour, not more.
UNPROVED_PER_HOUR: Final = 2
UNPROVED_UNIT_PER_HOUR: Final = 60
RATINGS_PER_HOUR: Final = 30

# Nobody reads the form and writes a sentence in less.
MINIMUM_FILL_SECONDS: Final = 4
# Spam is kept long enough to take a wrong verdict back.
SPAM_KEPT_DAYS: Final = 30


def today_began() -> datetime:
    """Midnight in the portal's time zone: hashes from before it name nobody any more."""
    return datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())


def spam_limit() -> datetime:
    """Spam from before this moment is thrown away."""
    return timezone.now() - timedelta(days=SPAM_KEPT_DAYS)
