"""Reads of the catalogue."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from portal.core.text import folded
from services.enums import Audience, RunState
from units.enums import UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.models import (
        CatalogueRun,
        Field,
        LifeEvent,
        LifeEventProcedure,
        LocalAnswer,
        Procedure,
        ProcedureForm,
        ProcedureVersion,
    )

# More names of one field than the largest one has, more forms than any procedure has.
NEAR = 400
MOST_FORMS = 60
# What a list of the administration shows of a search; a person who sees so many adds a word.
MOST_FOUND = 900
# What a list of procedures never shows.
HEAVY = ("source", "steps", "papers", "conditions", "bases", "result", "agency")
# Places in a list after the office's own “Nhiều người cần”, whose numbers are small (PositiveSmallIntegerField).
RANK_KNOWN, RANK_OTHER, RANK_CLOSED = 40_000, 50_000, 60_000
# The national catalogue has some 270 fields; a list of them is never longer.
FIELDS_LIMIT = 600
EVENTS_LIMIT = 60
ENTRIES_LIMIT = 60


class FieldQuerySet(models.QuerySet["Field"]):
    """Fields."""


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Procedures."""

    def current(self) -> Self:
        """In force: not closed."""
        return self.filter(valid_to__isnull=True)

    def published(self) -> Self:
        """What citizens find in lists and search (portal.search asks by this name)."""
        return self.current()

    def light(self) -> Self:
        """For lists: without the long columns, with the field."""
        return self.select_related("field").defer(*HEAVY)

    def handled_at(self, kind: str) -> Self:
        """Procedures that a unit of this kind (UnitKind) may be handed; the province shows everything."""
        if kind == UnitKind.COMMUNE:
            return self.filter(at_commune=True)
        if kind == UnitKind.DISTRICT:
            return self.filter(Q(at_district=True) | Q(at_commune=True))
        if kind == UnitKind.DEPARTMENT:
            return self.filter(at_province=True)
        return self

    def named_like(self, words: "Sequence[str]") -> Self:
        """Procedures whose code, names or field hold all of these folded words (portal.core.text.folded), bounded.

        The database compares marks and capitals; the catalogue is small enough to compare here, in one query.
        """
        names = self.order_by("code").values_list("pk", "code", "name", "everyday_names", "field__name")
        found = [pk for pk, *texts in names if all(word in folded(" ".join(texts)) for word in words)]
        return self.filter(pk__in=found[:MOST_FOUND])

    def for_audience(self, audience: str) -> Self:
        """One door of the menu (Audience)."""
        return self.filter(for_business=True) if audience == Audience.BUSINESS else self.filter(for_people=True)

    def behind_door(self, audience: str) -> Self:
        """What stands in the foreground behind one door: for people theirs, for businesses what is not also everybody's."""
        if audience != Audience.BUSINESS:
            return self.for_audience(audience)
        events = Q(event_entries__event__audience=audience)
        return self.filter(events | Q(for_business=True, for_people=False)).distinct()

    def handled_here(self, kind: str, answers: "models.QuerySet[LocalAnswer]") -> Self:
        """What one unit is handed: what its kind may be, corrected by its own answers (the unit's rows, in its scope).

        A department is handed what is done in the province in the fields it answers for (LocalAnswer.field); the province,
        above all others, shows everything.
        """
        if kind == UnitKind.PROVINCE:
            return self
        own, fields = Q(procedure__isnull=False), Q(field__isnull=False)
        taken, refused = answers.filter(is_handled=True), answers.filter(is_handled=False)
        if kind == UnitKind.DEPARTMENT:
            by_kind = Q(at_province=True, field__in=taken.filter(fields).values("field"))
        elif kind == UnitKind.DISTRICT:
            by_kind = Q(at_district=True) | Q(at_commune=True)
        else:
            by_kind = Q(at_commune=True)
        by_kind &= ~Q(field__in=refused.filter(fields).values("field"))
        # What is said of one procedure goes before what is said of its field.
        named = Q(pk__in=taken.filter(own).values("procedure"))
        return self.filter(by_kind | named).exclude(pk__in=refused.filter(own).values("procedure"))

    def ranked(self) -> Self:
        """Needed most often first: annotated with ``rank`` (see RANK_…), then by code; what no longer counts last."""
        rank = Case(
            When(valid_to__isnull=False, then=Value(RANK_CLOSED)),
            When(often_order__isnull=False, then=F("often_order")),
            When(~Q(everyday_names=""), then=Value(RANK_KNOWN)),
            default=Value(RANK_OTHER),
            output_field=models.IntegerField(),
        )
        return self.annotate(rank=rank).order_by("rank", "code")

    def behind(self, rank: int, code: str) -> Self:
        """Of :meth:`ranked` rows those after one; for “Xem tiếp”."""
        return self.filter(Q(rank__gt=rank) | Q(rank=rank, code__gt=code))

    def often(self) -> Self:
        """“Nhiều người cần”, in the office's order."""
        return self.current().filter(often_order__isnull=False).order_by("often_order", "code")

    def by_field(self, audience: str = "") -> list[dict[str, Any]]:
        """For each field of these rows: its name, slug, how many, and how often life events (of one door) lead there."""
        rows = self.order_by().values("field_id", field_name=F("field__name"), field_slug=F("field__slug"))
        door = Q(event_entries__event__audience=audience) if audience else Q()
        uses = Count("event_entries", filter=door, distinct=True)
        counted = rows.annotate(number=Count("pk", distinct=True), uses=uses)
        return [dict(row) for row in counted[:FIELDS_LIMIT]]

    def near(self, procedure: "Procedure") -> Self:
        """Others of its life events (``in_event``) and of its field, names only; bounded."""
        siblings = self.model._default_manager.filter(pk=OuterRef("pk"), life_events__procedures=procedure)
        rows = self.current().exclude(pk=procedure.pk).annotate(in_event=Exists(siblings))
        return (
            rows.filter(Q(field_id=procedure.field_id) | Q(in_event=True)).only("code", "name").order_by("code")[:NEAR]
        )


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """What procedures said before."""

    def of_procedure(self, procedure: "Procedure") -> Self:
        """One procedure's earlier versions, newest first."""
        return self.filter(procedure=procedure).order_by("-number")


class ProcedureFormQuerySet(models.QuerySet["ProcedureForm"]):
    """Forms to download."""

    def of_procedure(self, procedure: "Procedure") -> Self:
        """One procedure's forms in the office's order; bounded."""
        return self.filter(procedure=procedure)[:MOST_FORMS]

    def with_file(self, name: str) -> "ProcedureForm | None":
        """The form whose file this is, or None once it was taken away."""
        return self.filter(file=name).first()


class LifeEventQuerySet(models.QuerySet["LifeEvent"]):
    """Events of a life or a business."""

    def filled(self) -> Self:
        """Events that lead somewhere: with at least one procedure, in force or not."""
        return self.filter(entries__isnull=False).distinct()

    def in_order(self) -> Self:
        """All events that lead somewhere, those for people first; bounded."""
        return self.filled().order_by("-audience", "order", "pk")[:EVENTS_LIMIT]

    def for_audience(self, audience: str) -> Self:
        """One door's events that lead somewhere, in order; bounded."""
        return self.filled().filter(audience=audience).order_by("order", "pk")[:EVENTS_LIMIT]


class LifeEventProcedureQuerySet(models.QuerySet["LifeEventProcedure"]):
    """Procedures within events."""

    def of_event(self, event: "LifeEvent") -> Self:
        """The procedures of one event in the order they are needed, without their long columns; bounded."""
        heavy = [f"procedure__{name}" for name in HEAVY]
        rows = self.filter(event=event).select_related("procedure__field").defer(*heavy)
        return rows.order_by("order", "pk")[:ENTRIES_LIMIT]


class CatalogueRunQuerySet(models.QuerySet["CatalogueRun"]):
    """Imports of the catalogue."""

    def abandoned(self, before: datetime) -> Self:
        """Begun and not moved since: their process was killed."""
        return self.filter(state=RunState.RUNNING, seen_at__lt=before)

    def unfinished(self, before: datetime) -> Self:
        """Uploaded files that wait, or whose worker was killed."""
        waits = Q(state__in=(RunState.WAITING, RunState.RUNNING), seen_at__lt=before)
        return self.filter(waits).exclude(stored_name="").order_by("pk")

    def forgotten_previews(self, before: datetime) -> Self:
        """Looked at and never imported; their files are still kept."""
        return self.filter(is_preview=True, finished_at__lt=before).exclude(stored_name="")
