"""The census (wall 4): every concrete model is a TenantModel, or listed in GLOBAL_MODELS with a reason."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


def census(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """cong.E001: model neither tenant nor listed. cong.E002: tenant model with an unscoped default manager."""
    messages: list[CheckMessage] = []
    for model in apps.get_models():
        label = model._meta.label
        if issubclass(model, TenantModel):
            managers: tuple[object, object] = (model._default_manager, model._base_manager)
            if not all(isinstance(manager, TenantManager) for manager in managers):
                messages.append(
                    Error(
                        f"{label}: default and base manager must be a TenantManager.",
                        hint="Declare objects = TenantManager.from_queryset(…)() and inherit TenantModel.Meta.",
                        obj=model,
                        id="cong.E002",
                    )
                )
        elif label not in settings.GLOBAL_MODELS:
            messages.append(
                Error(
                    f"{label} belongs to no unit.",
                    hint="Make it a TenantModel, or list it in GLOBAL_MODELS with the reason.",
                    obj=model,
                    id="cong.E001",
                )
            )
    return messages


def register_checks() -> None:
    """Register the census with Django's check framework; called once from the app's ready()."""
    register(census, "tenancy")
