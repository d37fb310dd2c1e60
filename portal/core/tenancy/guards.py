"""The write guard (wall 3): no row and no link ever crosses from one unit to another.

Reads are filtered by the manager; writes in Django go by many doors that no manager sees (``save``, ``delete``, bulk
operations, relation managers), so each of them asks here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed

from portal.core.tenancy.scope import ScopeError, current_unit_id


def _is_tenant(model: Any) -> bool:
    # By mark, not by class: the abstract base imports the querysets, which import this module.
    return bool(getattr(model, "is_tenant_model", False))


def tenant_links(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    """The foreign keys of ``model`` that point at rows of a unit."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and _is_tenant(field.remote_field.model)
    ]


def _check_targets(target: Any, keys: Iterable[Any], what: str) -> None:
    wanted = {key for key in keys if key is not None}
    if wanted and target._default_manager.filter(pk__in=wanted).count() != len(wanted):
        raise ScopeError(f"{what} links to a row of another unit.")


def check_row(row: Any, unit_id: int) -> None:
    """Fill the row's unit from the scope, or refuse a row of another unit and a row whose unit was changed."""
    if row.unit_id is None:
        row.unit_id = unit_id
    loaded = row.__dict__.get("_loaded_unit_id", row.unit_id)
    if row.unit_id != unit_id or loaded != unit_id:
        raise ScopeError(f"{type(row).__name__} {row.pk} does not belong to the unit in scope.")


def check_links(rows: Sequence[Any], update_fields: Iterable[str] | None = None) -> None:
    """Refuse foreign keys to another unit's rows: one counting query for each key, however many rows."""
    if not rows:
        return
    names = None if update_fields is None else set(update_fields)
    for field in tenant_links(type(rows[0])):
        if names is None or field.name in names or field.attname in names:
            values = (getattr(row, field.attname) for row in rows)
            _check_targets(field.remote_field.model, values, f"{type(rows[0]).__name__}.{field.name}")


def check_bulk(rows: Sequence[Any]) -> None:
    """Guard a bulk write: every row and every link belongs to the one unit in scope."""
    unit_id = current_unit_id()
    for row in rows:
        check_row(row, unit_id)
    check_links(rows)


def check_update(model: type[models.Model], values: dict[str, Any]) -> None:
    """Guard ``QuerySet.update``: no new unit, no link to another unit, no link computed in SQL (unverifiable here)."""
    current_unit_id()
    if {"unit", "unit_id"} & set(values):
        raise ScopeError("A row's unit never changes.")
    for field in tenant_links(model):
        for name in {field.name, field.attname} & set(values):
            value = values[name]
            if hasattr(value, "resolve_expression") or hasattr(value, "as_sql"):
                raise ScopeError(f"{model.__name__}.{field.name} can not be set by an expression.")
            key = value.pk if isinstance(value, models.Model) else value
            _check_targets(field.remote_field.model, [key], f"{model.__name__}.{field.name}")


def _check_many_to_many(
    sender: Any, instance: Any, action: str, model: Any, pk_set: set[Any] | None, **_kwargs: Any
) -> None:
    if not action.startswith("pre_") or not (_is_tenant(instance) or _is_tenant(model)):
        return
    unit_id = current_unit_id()
    if _is_tenant(instance):
        check_row(instance, unit_id)
    if _is_tenant(model) and pk_set:
        _check_targets(model, pk_set, sender.__name__)


def connect() -> None:
    """Listen to every many-to-many change; relation managers write these tables past save() and managers."""
    m2m_changed.connect(_check_many_to_many, dispatch_uid="tenancy-many-to-many", weak=False)
