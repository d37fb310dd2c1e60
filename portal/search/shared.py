"""Rows that all sites share stand beside the units' rows, under a unit number that no unit has."""

from contextlib import AbstractContextManager
from typing import Any, Final

from django.apps import apps
from django.conf import settings

from portal.core.tenancy import unit_scope, units_scope

SHARED: Final = 0
"""What shared rows carry as unit_id in the index; keys of units start at 1. In the outbox they have no unit."""
EVERYWHERE: Final = "everywhere"
"""Tag of a unit's own document that other units' sites find too, where they ask for it (`SearchOptions.everywhere_of`)."""


def shared_label(model_label: str) -> str:
    """The lower-case label of a model whose rows belong to no unit; raises ValueError for any other.

    GLOBAL_MODELS is the wall: what is not listed there with a reason is never found on other sites.
    """
    try:
        label = apps.get_model(model_label)._meta.label
    except LookupError as error:
        raise ValueError(f"There is no model {model_label}.") from error
    if label not in settings.GLOBAL_MODELS:
        raise ValueError(f"{label} is not in GLOBAL_MODELS: its rows belong to units.")
    return label.lower()


def is_shared(index: Any) -> bool:
    """Whether this search index (a UnitIndex) holds rows that all sites share."""
    return bool(index.shared)


def space_of(unit_id: int) -> AbstractContextManager[object]:
    """The scope in which rows under this number are read: the unit's own, or for shared rows one without any unit.

    Whatever a shared index reads, no unit's row can be among it.
    """
    return units_scope(()) if unit_id == SHARED else unit_scope(unit_id)
