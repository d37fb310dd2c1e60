"""What the sweeps share: the admin's screens, who visits, and what must not be seen."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, headers_of

# Screens of the admin that belong to no model.
ADMIN_SCREENS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "admin:index": (("/quan-tri/",), (200,)),
    "admin:login": (("/quan-tri/login/",), (200, 302)),
    "admin:logout": (("/quan-tri/logout/",), (405,)),
    "admin:password_change": (("/quan-tri/password_change/",), (200,)),
    "admin:password_change_done": (("/quan-tri/password_change/done/",), (200,)),
    "admin:jsi18n": (("/quan-tri/jsi18n/",), (200,)),
    "admin:app_list": (("/quan-tri/news/", "/quan-tri/units/", "/quan-tri/core/"), (200, 404)),
}


def model_screens() -> dict[str, tuple[type, str]]:
    """URL name → (model, action) of every screen of every registered model."""
    screens = {}
    for model in admin.site._registry:
        for action in ("changelist", "add", "history", "delete", "change"):
            screens[f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}"] = (model, action)
    return screens


# Swept by tests of their own, or reached by other patterns of the same screen.
ADMIN_OTHERS = {
    "admin:autocomplete": "test_choosers_and_shortcuts_…",
    "admin:view_on_site": "test_choosers_and_shortcuts_…",
    "admin:<path:object_id>/": "the old address of change: it redirects there",
    "admin:(?P<url>.*)$": "the admin's own 404",
}


VISITORS = ("anonymous", "own admin", "other's admin", "operator")


def who(cast: Cast, visitor: str) -> Any:
    """The account of a visitor to Thuận An's site; None for anonymous."""
    return {"own admin": cast.a.admin, "other's admin": cast.b.admin, "operator": cast.operator}.get(visitor)


def assert_nothing_of(house: House, response: Any, path: str) -> None:
    """No text, header or file name of the house stands in the answer."""
    text = body_of(response) + headers_of(response)
    for secret in (house.marker, house.marker.lower(), str(house.picture.file.name)):
        if secret in path:  # the 404 page names the address that was asked for
            continue
        assert secret not in text, f"{path} shows {secret}"
    # The word of the search is said back to whoever typed it.
    if f"q={house.word}" not in path:
        assert house.word not in text, f"{path} shows {house.word}"
