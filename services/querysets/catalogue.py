"""Reads of the catalogue."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from services.enums import Audience
from units.enums import UnitKind

if TYPE_CHECKING:
    from services.models import (
        CatalogueRun,
        Field,
        LifeEvent,
        LifeEventProcedure,
        Procedure,
        ProcedureForm,
        ProcedureVersion,
    )

# What a list of procedures never shows.
HEAVY = ("source", "steps", "papers", "conditions", "bases", "result", "agency")


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

    def for_audience(self, audience: str) -> Self:
        """One door of the menu (Audience)."""
        return self.filter(for_business=True) if audience == Audience.BUSINESS else self.filter(for_people=True)


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """What procedures said before."""


class ProcedureFormQuerySet(models.QuerySet["ProcedureForm"]):
    """Forms to download."""


class LifeEventQuerySet(models.QuerySet["LifeEvent"]):
    """Events of a life or a business."""


class LifeEventProcedureQuerySet(models.QuerySet["LifeEventProcedure"]):
    """Procedures within events."""


class CatalogueRunQuerySet(models.QuerySet["CatalogueRun"]):
    """Imports of the catalogue."""
