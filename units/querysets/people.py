"""Reads about people, posts and who held them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core.tenancy.querysets import TenantQuerySet
from portal.core.text import folded
from units.enums.people import PostLevel

if TYPE_CHECKING:
    from units.models import (
        Appointment,
        Division,
        Hotline,
        LegalTerm,
        Person,
        Post,
        Spokesperson,
    )

ONE_DAY: Final = timedelta(days=1)
# More than any office of a province has; pages show no more.
STAFF_LIMIT: Final = 400
DIVISIONS_LIMIT: Final = 200
FORMER_LIMIT: Final = 100
HELD_LIMIT: Final = 50
SPOKES_LIMIT: Final = 1_000
HOTLINES_LIMIT: Final = 60
TITLES_LIMIT: Final = 5_000


class LegalTermQuerySet(models.QuerySet["LegalTerm"]):
    """Numbers set by law."""

    def on(self, day: date) -> Self:
        """Those in force on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def number(self, code: str, day: date, kind: str = "") -> int | None:
        """The number in force on ``day`` for a kind of unit: its own before the one for all; None without a row."""
        found = self.on(day).filter(code=code, kind__in={"", kind}).order_by("-kind", "-valid_from")
        return found.values_list("number", flat=True).first()


class DivisionQuerySet(TenantQuerySet["Division"]):
    """Parts of the unit's apparatus."""

    def shown(self) -> Self:
        """What the site shows, in order; bounded."""
        return self.filter(is_shown=True).order_by("order", "pk")[:DIVISIONS_LIMIT]


class PersonQuerySet(TenantQuerySet["Person"]):
    """People of the unit."""

    def published(self) -> Self:
        """Who has a page: shown, and holds or has held a leader's post that has begun."""
        led = {"appointments__post__level": PostLevel.LEADER, "appointments__starts_on__lte": timezone.localdate()}
        return self.filter(is_shown=True, **led).distinct()

    def ever_leading(self) -> Self:
        """Who holds or has held a leader's post, shown in the directory or not: their schedule has a page."""
        return self.filter(appointments__post__level=PostLevel.LEADER).distinct()

    def leading_on(self, day: date) -> Self:
        """Who held a leader's post on ``day``, in the posts' order."""
        held = Q(appointments__starts_on__lte=day) & (
            Q(appointments__ends_on__isnull=True) | Q(appointments__ends_on__gte=day)
        )
        return (
            self.filter(held, appointments__post__level=PostLevel.LEADER)
            .annotate(rank=models.Min("appointments__post__order"))
            .order_by("rank", "order", "pk")
        )


class PostQuerySet(TenantQuerySet["Post"]):
    """Posts of the unit."""

    def titles(self) -> list[str]:
        """The different titles of the units in scope; bounded."""
        return list(self.order_by("title").values_list("title", flat=True).distinct()[:TITLES_LIMIT])


class AppointmentQuerySet(TenantQuerySet["Appointment"]):
    """Who held which post when."""

    def on(self, day: date) -> Self:
        """Those that hold on ``day``."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def between(self, first: date, last: date) -> Self:
        """Those that hold on some day of the span."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)

    def shown_on(self, day: date) -> Self:
        """What holds on ``day`` of people that the site shows, with person, post and division, leaders first."""
        rows = self.on(day).filter(person__is_shown=True).select_related("person", "post", "post__division")
        return rows.defer("person__biography").order_by("post__order", "person__order", "pk")

    def former_leaders(self, day: date) -> Self:
        """Leaders' posts that ended before ``day``, latest first; bounded."""
        rows = self.filter(ends_on__lt=day, post__level=PostLevel.LEADER, person__is_shown=True)
        rows = rows.select_related("person", "post").defer("person__biography")
        return rows.order_by("post__order", "-ends_on", "-starts_on", "pk")[:FORMER_LIMIT]

    def begun_of(self, person_id: int, day: date) -> Self:
        """What a person holds or held, latest first; bounded. What begins after ``day`` is not told yet."""
        rows = self.filter(person_id=person_id, starts_on__lte=day).select_related("post", "post__division")
        return rows.order_by(models.F("ends_on").desc(nulls_first=True), "-starts_on", "pk")[:HELD_LIMIT]

    def open_of(self, person_id: int) -> Self:
        """What a person holds without an end."""
        return (
            self.filter(person_id=person_id, ends_on__isnull=True).select_related("post").order_by("post__order", "pk")
        )

    def directory(self, day: date) -> Self:
        """Lines of the directory of all units in scope, by unit, then in each unit's order."""
        rows = self.shown_on(day).select_related("unit").defer("person__biography", "unit__boundary")
        return rows.order_by("unit__sort_name", "unit_id", "post__order", "pk")

    def matching(self, words: Sequence[str], titles: Sequence[str]) -> Self:
        """Lines in which each of ``words`` (without marks) stands in the name, the unit's name or the post's title.

        ``titles`` are all titles there are: no database of ours folds marks, but titles are few and fold quickly.
        """
        rows = self
        for word in words:
            named = [title for title in titles if word in folded(title)]
            rows = rows.filter(
                Q(person__folded__contains=word) | Q(unit__folded_name__contains=word) | Q(post__title__in=named)
            )
        return rows

    def behind(self, line: "Appointment") -> Self:
        """Lines after this one in the order of ``directory``."""
        unit, order = line.unit, line.post.order
        later_here = Q(post__order__gt=order) | Q(post__order=order, pk__gt=line.pk)
        here = Q(unit_id=unit.pk) & later_here
        same_name = Q(unit__sort_name=unit.sort_name, unit_id__gt=unit.pk)
        return self.filter(Q(unit__sort_name__gt=unit.sort_name) | same_name | here)

    def turning_on(self, first: date, last: date) -> Self:
        """What begins on one of these days, or ended on the day before one: pages and the index change without an edit."""
        return self.filter(Q(starts_on__range=(first, last)) | Q(ends_on__range=(first - ONE_DAY, last - ONE_DAY)))


class SpokespersonQuerySet(TenantQuerySet["Spokesperson"]):
    """Who speaks to the press."""

    def current(self, now: datetime) -> Self:
        """Published and in office."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), published_at__isnull=False)

    def published(self) -> Self:
        """Published and in office now, for search."""
        return self.current(timezone.now())

    def register(self, now: datetime) -> Self:
        """The register of the units in scope: published, in office, the spokesperson before those for one matter; bounded."""
        rows = self.current(now).select_related("unit").defer("unit__boundary")
        return rows.order_by("unit__sort_name", "unit_id", "-role", "assigned_at", "pk")[:SPOKES_LIMIT]

    def unpublished(self, now: datetime) -> Self:
        """Assigned and not public yet, the longest waiting first."""
        rows = self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), published_at__isnull=True)
        return rows.order_by("assigned_at", "pk")


class HotlineQuerySet(TenantQuerySet["Hotline"]):
    """Numbers to call."""

    def published(self) -> Self:
        """All of them: a number is entered to be called."""
        return self.all()

    def for_page(self, unit_id: int) -> Self:
        """The unit's own, then those that the province shows everywhere, of the units in scope; bounded."""
        own_first = models.Case(models.When(unit_id=unit_id, then=0), default=1, output_field=models.IntegerField())
        rows = self.filter(Q(unit_id=unit_id) | Q(for_all=True))
        return rows.order_by("for_all", own_first, "order", "pk")[:HOTLINES_LIMIT]
