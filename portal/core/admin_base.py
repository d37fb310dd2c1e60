"""Base of every admin screen: only the unit's rows, only the unit's choices, only what the role allows."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.core.tenancy.models import TenantModel


class TenantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """Admin of a tenant model. The scope is already open (host middleware); choices are built for each request."""

    list_per_page = 30
    show_full_result_count = False
    actions = None

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer and accept only rows of the unit in scope."""
        self._scope_choices(db_field, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer and accept only rows of the unit in scope."""
        self._scope_choices(db_field, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @staticmethod
    def _scope_choices(db_field: Any, kwargs: dict[str, Any]) -> None:
        target: Any = db_field.remote_field.model
        if issubclass(target, TenantModel):
            kwargs.setdefault("queryset", target._default_manager.all())
