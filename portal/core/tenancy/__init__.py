"""Tenancy: a row of another unit is unreachable, not merely filtered (docs/decisions/0001-tenancy.md).

The scope lives here, the models in :mod:`portal.core.tenancy.models`, so that this package can be imported before
Django's apps are loaded.
"""

from portal.core.tenancy.scope import ScopeError, active_unit_ids, current_unit_id, unit_scope, units_scope

__all__ = ["ScopeError", "active_unit_ids", "current_unit_id", "unit_scope", "units_scope"]
