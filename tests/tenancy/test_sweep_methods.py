"""Every public method of every tenant queryset and manager, called without a scope, raises.

The list is read from the classes, so a new method of ours and a new one of Django's are both swept.
"""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db.models import QuerySet

from portal.core.tenancy import ScopeError
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager, TenantQuerySet
from tests.factories.findings import Findings

HARMLESS = {
    "none": "holds no rows, asks nothing",
    "using": "chooses a database; what follows is refused",
    "db_manager": "as using",
    "as_manager": "a class method that makes a manager class",
    "as_query": "not public API of rows: the compiled query object",
    "from_queryset": "a class method that makes a manager class",
    "get_queryset": "gives the refusing queryset itself",
    "check": "Django's system checks of the manager",
    "contribute_to_class": "Django's class building",
    "deconstruct": "Django's migrations",
}
DUMMIES: dict[str, Any] = {"number": 1, "limit": 1}


def _tenant_models() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def _methods(kind: type) -> list[str]:
    return sorted(
        name
        for name in dir(kind)
        if not name.startswith("_") and callable(getattr(kind, name)) and name not in HARMLESS
    )


def _names(model: type[TenantModel]) -> list[str]:
    manager = model._default_manager
    return sorted({*_methods(type(manager)), *_methods(manager._queryset_class)})  # type: ignore[attr-defined]


def _call(method: Any) -> Any:
    """Call with as many placeholders as it wants."""
    try:
        parameters = inspect.signature(method).parameters.values()
    except (TypeError, ValueError):
        return method()
    needed = [p for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    result = method(*[DUMMIES.get(parameter.name, []) for parameter in needed])
    if inspect.isasyncgen(result):
        result = result.__anext__()
    if inspect.isawaitable(result):

        async def wait() -> Any:
            return await result

        return async_to_sync(wait)()
    return list(result) if inspect.isgenerator(result) else result


def test_the_sweep_sees_the_rooms_methods() -> None:
    swept = {f"{model.__name__}.{name}" for model in _tenant_models() for name in _names(model)}
    assert {
        "Article.published",
        "Article.front_page",
        "Category.in_order",
        "Membership.role_of",
        "Page.aiterator",
    } <= swept
    assert len(_tenant_models()) >= 9


@pytest.mark.parametrize("model", _tenant_models(), ids=lambda model: model.__name__)
def test_no_method_works_without_a_scope(model: type[TenantModel]) -> None:
    """No database mark: a method that got as far as a query would fail with another error."""
    findings, manager = Findings(), model._default_manager
    for name in _names(model):
        # manager.all() hands out the refusing queryset itself, as Django's related managers need it to.
        holders = [manager] if hasattr(type(manager), name) and name != "all" else []
        for rows in (*holders, manager.get_queryset()):
            with findings.at(name, type(rows).__name__), pytest.raises(ScopeError):
                _call(getattr(rows, name))
    findings.assert_none()


@pytest.mark.parametrize("name", ["none", "using"])
def test_what_is_harmless_gives_no_rows(name: str) -> None:
    for model in _tenant_models():
        rows = getattr(model._default_manager, name)(*(["default"] if name == "using" else []))
        if name == "none":
            assert list(rows) == []
        else:
            with pytest.raises(ScopeError):
                list(rows)


def test_every_queryset_and_manager_of_a_tenant_model_is_ours() -> None:
    for model in _tenant_models():
        assert isinstance(model._default_manager, TenantManager)
        assert isinstance(model._base_manager, TenantManager)
        for manager in model._meta.managers:
            assert isinstance(manager, TenantManager), f"{model.__name__}.{manager.name} is not scoped"
            kind: type[QuerySet] = manager._queryset_class  # type: ignore[attr-defined]
            assert issubclass(kind, TenantQuerySet) or kind is QuerySet
