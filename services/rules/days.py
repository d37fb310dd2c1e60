"""Where days begin, for what is forgotten with them."""

from datetime import datetime, time

from django.utils import timezone


def today_began() -> datetime:
    """Midnight in the portal's time zone: hashes from before it name nobody any more."""
    return datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
