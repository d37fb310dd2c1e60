"""Reads of citizen reception."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db.models import F, Q
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet
from units.enums.reception import BookingStatus, SessionStatus

if TYPE_CHECKING:
    from units.models import (
        ReceptionBooking,
        ReceptionSeries,
        ReceptionSession,
    )

COMING_LIMIT: Final = 40
PAST_PAGE: Final = 12
# More than any room holds in one session, walk-ins included.
LIST_LIMIT: Final = 300


class ReceptionSeriesQuerySet(TenantQuerySet["ReceptionSeries"]):
    """Regular sessions."""

    def running(self, day: date) -> Self:
        """Those that still make sessions on ``day`` or later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), is_active=True)


class ReceptionSessionQuerySet(TenantQuerySet["ReceptionSession"]):
    """Sessions."""

    def public(self) -> Self:
        """What citizens may see; cancelled ones stay, marked."""
        return self.filter(published_at__isnull=False)

    def between(self, first: date, last: date) -> Self:
        """Of the days from ``first`` to ``last``."""
        return self.filter(day__gte=first, day__lte=last)

    def coming(self, today: date) -> Self:
        """Of today and later, soonest first."""
        return self.filter(day__gte=today).order_by("day", "starts_at", "pk")

    def past(self, today: date) -> Self:
        """Before today, newest first."""
        return self.filter(day__lt=today).order_by("-day", "-pk")

    def behind(self, day: date, pk: int) -> Self:
        """Rows of days before ``day``, or of that day with a smaller key."""
        return self.filter(Q(day__lt=day) | Q(day=day, pk__lt=pk)).order_by("-day", "-pk")

    def held(self) -> Self:
        """Not cancelled."""
        return self.exclude(status=SessionStatus.CANCELLED)

    def unpublished(self, today: date) -> Self:
        """Planned, coming, and unknown to citizens yet."""
        rows = self.filter(published_at__isnull=True, status=SessionStatus.PLANNED, day__gte=today)
        return rows.order_by("day", "starts_at", "pk")

    def with_room(self, pk: int) -> Self:
        """The session while a place in it is free: what the conditional update of a registration asks for."""
        return self.public().filter(pk=pk, status=SessionStatus.PLANNED, takes_bookings=True, booked__lt=F("capacity"))

    def open_after(self, today: date) -> Self:
        """Published sessions one could register for, soonest first; the hour is looked at by the caller."""
        rows = self.public().filter(status=SessionStatus.PLANNED, takes_bookings=True, booked__lt=F("capacity"))
        return rows.coming(today)

    def with_people(self) -> Self:
        """With the receiver, for lists."""
        return self.select_related("receiver")


class ReceptionBookingQuerySet(TenantQuerySet["ReceptionBooking"]):
    """Registrations."""

    def active(self) -> Self:
        """Not given back."""
        return self.exclude(status=BookingStatus.CANCELLED)

    def of(self, session: "ReceptionSession") -> Self:
        """Of one session in the queue's order, those given back last; bounded."""
        return self.filter(session=session).order_by("number", "pk")[:LIST_LIMIT]

    def to_remind(self, now: datetime) -> Self:
        """Registered with an address for a session of tomorrow, or still to begin today, that was not spoken of yet."""
        local = timezone.localtime(now)
        today = local.date()
        to_come = Q(session__day=today + timedelta(days=1)) | Q(session__day=today, session__starts_at__gt=local.time())
        return self.filter(
            to_come, status=BookingStatus.BOOKED, reminded_at__isnull=True, session__status=SessionStatus.PLANNED,
            session__published_at__isnull=False,
        ).exclude(sealed_email="")  # fmt: skip

    def to_tell(self, today: date) -> Self:
        """Registered before the last change of a session that is still to come, and not told of it yet."""
        return self.filter(
            Q(told_at__isnull=True) | Q(told_at__lt=F("session__changed_at")),
            status=BookingStatus.BOOKED, session__changed_at__gt=F("made_at"), session__day__gte=today,
            forgotten_at__isnull=True,
        )  # fmt: skip

    def to_forget(self, last_day: date) -> Self:
        """Of sessions up to ``last_day``, whose names still stand."""
        return self.filter(session__day__lte=last_day, forgotten_at__isnull=True)
