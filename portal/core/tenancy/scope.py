"""Which unit's rows may be touched now.

One dimension, ``unit``, on django-scopes' context variable. Three states:

* no scope: reading or writing a tenant row raises :class:`ScopeError`;
* :func:`unit_scope`: one unit, reading and writing;
* :func:`units_scope`: an explicit list of units, reading only.

The fourth, no filter at all, exists only in :mod:`portal.core.tenancy.escape`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, cast

from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

__all__ = ["HasKey", "ScopeError", "active_unit_ids", "current_unit_id", "unit_scope", "units_scope"]


class HasKey(Protocol):
    """Anything with a primary key: in practice ``units.models.Unit``, which this layer must not import."""

    @property
    def pk(self) -> int | None: ...  # noqa: D102 - the protocol's only member


def _key_of(unit: HasKey | int | None) -> int:
    key = unit if isinstance(unit, int) else getattr(unit, "pk", None)
    # True is an int to Python; a scope of unit 1 by accident would be a leak.
    if isinstance(key, bool) or not isinstance(key, int):
        raise ScopeError(f"A scope needs a saved unit or its id, not {unit!r}.")
    return key


@contextmanager
def unit_scope(unit: HasKey | int) -> Iterator[int]:
    """Open the scope of one unit (an instance or its id) for reading and writing; yields the id.

    Unlike the library's ``scope(unit=None)``, which means *all tenants*, nothing but a saved unit is taken.
    """
    key = _key_of(unit)
    with scope(unit=key):
        yield key


@contextmanager
def units_scope(units: Iterable[HasKey | int]) -> Iterator[tuple[int, ...]]:
    """Open a read-only scope over an explicit list of units (a province's overview); writing in it is refused."""
    keys = tuple(sorted({_key_of(unit) for unit in units}))
    with scope(unit=keys):
        yield keys


def active_unit_ids() -> tuple[int, ...] | None:
    """Ids of the units that may be read now; None only inside the escape hatch. Raises ScopeError without a scope."""
    state = cast("dict[str, object]", get_scope())
    if not state.get("_enabled", True):
        return None
    if "unit" not in state:
        raise ScopeError("No unit scope is active: open portal.core.tenancy.unit_scope(unit) first.")
    value = state["unit"]
    return cast("tuple[int, ...]", value) if isinstance(value, tuple) else (_key_of(cast("int", value)),)


def current_unit_id() -> int:
    """Id of the one unit that may be written now; raises ScopeError without a scope, in a list, or in the escape."""
    state = cast("dict[str, object]", get_scope())
    value = state.get("unit") if state.get("_enabled", True) else None
    if not isinstance(value, int):
        raise ScopeError("Writing needs the scope of exactly one unit.")
    return value
