"""Reads of what units add to the catalogue."""

from typing import TYPE_CHECKING

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from services.models import Counter, LocalAnswer, LocalFee


class CounterQuerySet(TenantQuerySet["Counter"]):
    """Counters."""


class LocalAnswerQuerySet(TenantQuerySet["LocalAnswer"]):
    """A unit's own words on procedures."""


class LocalFeeQuerySet(TenantQuerySet["LocalFee"]):
    """Fees fixed by resolutions."""
