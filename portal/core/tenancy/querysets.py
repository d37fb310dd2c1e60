"""Scoped reads and guarded writes (walls 2 and 3), at the level of managers and querysets.

Closes what stock django-scopes leaves open: ``exists``, ``explain`` and ``bulk_create`` without scope, methods of the
room's own queryset without scope, bulk writes that name another unit, ``raw``, and the library's per-manager escapes.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django_scopes.manager import DisabledQuerySet

from portal.core.tenancy.guards import check_bulk, check_update
from portal.core.tenancy.scope import ScopeError, active_unit_ids, current_unit_id

M = TypeVar("M", bound=models.Model)


def _refuse(*_args: object, **_kwargs: object) -> NoReturn:
    raise ScopeError("No unit scope is active: this read or write would touch every unit.")


class RefusedQuerySet(DisabledQuerySet):
    """What a tenant manager gives without a scope: only ``none()`` and ``using()`` work, all else raises."""

    error = exists = explain = contains = exclude = alias = distinct = defer = in_bulk = extra = _refuse
    bulk_create = bulk_update = create = get_or_create = update_or_create = abulk_create = acreate = _refuse
    select_related = prefetch_related = intersection = difference = resolve_expression = _refuse
    aexists = acount = aget = afirst = alast = aiterator = aupdate = adelete = aaggregate = _refuse
    __bool__ = __getitem__ = __iter__ = __len__ = __aiter__ = __and__ = __or__ = __xor__ = _refuse
    all = aggregate = annotate = count = earliest = complex_filter = select_for_update = filter = first = _refuse
    get = delete = dates = datetimes = iterator = last = latest = only = order_by = reverse = union = update = _refuse
    raw = values = values_list = _refuse

    def __repr__(self) -> str:
        """Name it without evaluating it, so that error pages and debuggers do not raise a second time."""
        return f"<RefusedQuerySet of {self.model.__name__}>"

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        """Refuse the methods of the room's own queryset (``published()`` …), which this class does not have."""
        if name.startswith("_"):
            raise AttributeError(name)
        return _refuse


class TenantQuerySet(models.QuerySet[M]):
    """Base of every room's queryset. Rows are filtered by the manager; this guards what would be written."""

    def _in_current_unit(self) -> Self:
        """These rows of the unit in scope now: a queryset made elsewhere remembers its rows, not whose turn it is."""
        return self.filter(unit_id=current_unit_id())

    def bulk_create(
        self,
        objs: Iterable[M],
        batch_size: int | None = None,
        ignore_conflicts: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        update_conflicts: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        update_fields: Collection[str] | None = None,
        unique_fields: Collection[str] | None = None,
    ) -> list[M]:
        """Insert many rows of the active unit; a row or link of another unit refuses the whole batch."""
        rows = list(objs)
        check_bulk(rows)
        # "ON CONFLICT (id) DO UPDATE" would overwrite the row that holds the id, whoever owns it.
        if update_conflicts and "unit" not in (unique_fields or ()):
            raise ScopeError("update_conflicts needs unique_fields that name the unit.")
        if {"unit", "unit_id"} & set(update_fields or ()):
            raise ScopeError("A row's unit never changes.")
        return super().bulk_create(
            rows, batch_size, ignore_conflicts, update_conflicts, update_fields, unique_fields
        )  # fmt: skip

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """Update many rows of the active unit; the unit itself can not be among the fields."""
        rows, names = tuple(objs), list(fields)
        if {"unit", "unit_id"} & set(names):
            raise ScopeError("A row's unit never changes.")
        check_bulk(rows)
        return super().bulk_update(rows, names, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Update rows of the active unit; refuses a new unit and links to another unit's rows."""
        check_update(self.model, kwargs)
        return super(TenantQuerySet, self._in_current_unit()).update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark against calls from templates

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows of the active unit; refused in a list scope and in the escape hatch."""
        return super(TenantQuerySet, self._in_current_unit()).delete()

    delete.alters_data = True  # type: ignore[attr-defined]  # as above
    delete.queryset_only = True  # type: ignore[attr-defined]  # a manager must not offer "delete everything"

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused: raw SQL carries no scope."""
        raise ScopeError("raw() carries no unit scope; write a queryset method.")


class TenantManager(models.Manager[M]):
    """Default *and* base manager of tenant models, so related managers, generic views and the admin are scoped too."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Rows of the units in scope; a refusing queryset without one."""
        try:
            units = active_unit_ids()
        except ScopeError:
            return RefusedQuerySet(self.model, using=self._db)
        rows = super().get_queryset()
        if units is None:
            return rows
        return rows.filter(unit_id=units[0]) if len(units) == 1 else rows.filter(unit_id__in=units)

    def raw(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused: raw SQL carries no scope."""
        raise ScopeError("raw() carries no unit scope; write a queryset method.")


__all__ = ["RefusedQuerySet", "TenantManager", "TenantQuerySet"]
