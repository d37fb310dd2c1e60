"""Reads of the work schedule."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet
from units.enums.schedule import ChangeKind, DaySession, EntryStage, EntryStatus, ImportStatus, Visibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from units.models import (
        CalendarAddress,
        Room,
        ScheduleChange,
        ScheduleEntry,
        ScheduleImport,
        ScheduleSeries,
        ScheduleWeek,
    )


PREVIEW_KEPT = timedelta(days=30)


class RoomQuerySet(TenantQuerySet["Room"]):
    """Meeting rooms."""

    def active(self) -> Self:
        """Those in use."""
        return self.filter(is_active=True)


class ScheduleWeekQuerySet(TenantQuerySet["ScheduleWeek"]):
    """Weeks' tables."""

    def of_day(self, day: date) -> "ScheduleWeek | None":
        """The week that ``day`` lies in; None where nobody has begun it."""
        return self.filter(monday=day - timedelta(days=day.weekday())).first()

    def published(self) -> Self:
        """Put out for citizens at least once."""
        return self.filter(published_at__isnull=False)

    def last_published(self, before: date) -> "ScheduleWeek | None":
        """The newest published week that begins before that day."""
        return self.published().filter(monday__lt=before).order_by("-monday").first()

    def published_years(self) -> list[int]:
        """The years that published weeks begin in, newest first; a hundred at most, for addresses have no more."""
        return [day.year for day in self.published().dates("monday", "year", order="DESC")]

    def published_in(self, year: int) -> Self:
        """Published weeks that begin in a year, newest first; 53 at most."""
        return self.published().filter(monday__year=year).order_by("-monday")


class ScheduleSeriesQuerySet(TenantQuerySet["ScheduleSeries"]):
    """Recurring meetings."""

    def active_on(self, first: date, last: date) -> Self:
        """Series that may have an occurrence in the span."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), is_active=True, starts_on__lte=last)


class ScheduleEntryQuerySet(TenantQuerySet["ScheduleEntry"]):
    """Lines of the schedule."""

    def between(self, first: date, last: date) -> Self:
        """Of the days from ``first`` to ``last``."""
        return self.filter(day__gte=first, day__lte=last)

    def public(self) -> Self:
        """What citizens may see: public, in the table, and put out by whoever may publish; cancelled ones included."""
        return self.filter(visibility=Visibility.PUBLIC, stage=EntryStage.ACCEPTED, published_at__isnull=False)

    def seen(self) -> Self:
        """What citizens see, and what they saw until it was taken off the public page: a neutral line stays of that."""
        return self.filter(stage=EntryStage.ACCEPTED, published_at__isnull=False)

    def of_person(self, person_id: int) -> Self:
        """Where the person chairs or attends; by a subquery, so that nothing stands twice."""
        attends = self.model.persons.through.objects.filter(person_id=person_id).values("scheduleentry_id")
        return self.filter(Q(chair_id=person_id) | Q(pk__in=attends))

    def accepted(self) -> Self:
        """In the week's table, public or internal, cancelled ones included."""
        return self.filter(stage=EntryStage.ACCEPTED)

    def waiting(self) -> Self:
        """Proposed by a department, not yet looked at by the office."""
        return self.filter(stage=EntryStage.PROPOSED)

    def proposed_by(self, user_id: int) -> Self:
        """What one clerk has proposed, whatever became of it."""
        return self.filter(proposed_by_id=user_id)

    def unpublished(self) -> Self:
        """What the next publishing puts out; a cancelled entry that citizens never saw stays inside."""
        rows = self.accepted().filter(visibility=Visibility.PUBLIC, published_at__isnull=True)
        return rows.exclude(status=EntryStatus.CANCELLED)

    def withdrawn(self) -> Self:
        """Seen by citizens once, then taken off: only a neutral line says so."""
        return self.filter(visibility=Visibility.INTERNAL, published_at__isnull=False)

    def in_order(self) -> Self:
        """By day, half of the day, time: an entry without a clock time stands first in its half."""
        half = Case(
            When(session__in=[DaySession.MORNING, DaySession.ALL_DAY], then=Value(0)),
            When(session=DaySession.AFTERNOON, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by("day", half, F("starts_at").asc(nulls_first=True), "pk")

    def with_people(self) -> Self:
        """With everything a line shows, in a constant number of queries."""
        return self.select_related("room", "chair", "preparing").prefetch_related(
            "persons", "divisions", "invited_units", "changes"
        )


class ScheduleChangeQuerySet(TenantQuerySet["ScheduleChange"]):
    """What changed after publishing."""

    def told_between(self, entries: "Sequence[int]", days: "Sequence[date]") -> Self:
        """Changes of the entries with these keys, and moves of others away from ``days``; oldest first, with the entry.

        Moves made in the year before and the month after are looked through: nobody moves a meeting of two years ago.
        """
        begin = timezone.make_aware(datetime.combine(min(days), time.min) - timedelta(days=370))
        end = timezone.make_aware(datetime.combine(max(days), time.min) + timedelta(days=31))
        left = Q(kind=ChangeKind.MOVED, at__gte=begin, at__lte=end, before__day__in=[day.isoformat() for day in days])
        return self.filter(Q(entry__in=entries) | left).select_related("entry").order_by("at", "pk")

    def moved_away(self, first: date, last: date) -> Self:
        """Moves out of the days from ``first`` to ``last`` of entries that are public and now stand on another day."""
        days = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
        rows = self.filter(kind=ChangeKind.MOVED, before__day__in=days, entry__visibility=Visibility.PUBLIC)
        return rows.exclude(entry__day__gte=first, entry__day__lte=last).select_related("entry")

    def withdrawals(self, first: date, last: date) -> Self:
        """What was taken off the public page of the days from ``first`` to ``last``: the time may be said, nothing else."""
        return self.filter(
            kind=ChangeKind.WITHDRAWN,
            entry__day__gte=first,
            entry__day__lte=last,
            entry__visibility=Visibility.INTERNAL,
        )


class ScheduleImportQuerySet(TenantQuerySet["ScheduleImport"]):
    """Tables read from files."""

    def left_lying(self, now: datetime) -> Self:
        """Previews that nobody has come back to for a month."""
        return self.filter(status=ImportStatus.PREVIEW, made_at__lt=now - PREVIEW_KEPT)


class CalendarAddressQuerySet(TenantQuerySet["CalendarAddress"]):
    """Secret calendar addresses."""

    def live(self) -> Self:
        """Those not taken back."""
        return self.filter(revoked_at__isnull=True)
