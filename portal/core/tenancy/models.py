"""The abstract base of every row that belongs to one unit."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.guards import check_links, check_row
from portal.core.tenancy.querysets import TenantManager
from portal.core.tenancy.scope import ScopeError, current_unit_id


class TenantModel(models.Model):
    """A row of one unit: filled from the scope, immutable, unreachable from any other unit.

    The scoped manager is also the *base* manager: relation managers, ``refresh_from_db`` and the update behind
    ``save()`` go through it. There is no reverse accessor from Unit, so no join or count can start there.
    A subclass declares ``objects`` with its own queryset: ``TenantManager.from_queryset(ArticleQuerySet)()``.
    """

    is_tenant_model: ClassVar[bool] = True

    unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, editable=False, related_name="+", verbose_name=_("đơn vị")
    )

    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any) -> Self:
        """Remember the unit the row was loaded with: changing it later is refused."""
        row = super().from_db(db, field_names, values, **kwargs)
        if "unit_id" in row.__dict__:
            row.__dict__["_loaded_unit_id"] = row.__dict__["unit_id"]
        return row

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:  # noqa: DJ012 - loading stands before saving
        """Save inside the one unit in scope; raises ScopeError for any other row or link."""
        names = None if update_fields is None else list(update_fields)
        check_row(self, current_unit_id())
        check_links([self], names)
        super().save(*args, update_fields=names, **kwargs)
        self.__dict__["_loaded_unit_id"] = self.unit_id

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete inside the one unit in scope; raises ScopeError for another unit's row."""
        check_row(self, current_unit_id())
        # Django deletes by key alone, past every manager: a row whose key was swapped would take another unit's along.
        if self.pk is not None and not type(self)._base_manager.filter(pk=self.pk).exists():
            raise ScopeError(f"{type(self).__name__} {self.pk} does not belong to the unit in scope.")
        return super().delete(*args, **kwargs)
