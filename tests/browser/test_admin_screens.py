"""The administration's own screens in a real browser: axe finds nothing, nothing overflows, no script fails.

The screens are read from the admin site, so a new one is looked at as soon as it is registered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from portal.core.tenancy import unit_scope
from portal.core.tenancy.models import TenantModel
from tests.browser.conftest import Watch
from tests.browser.test_pages import _too_wide, _violations
from tests.factories.sweeps import ADMIN_SCREENS, model_screens

SCREENS_AT_LEAST = 60


def _paths(house: Any) -> dict[str, str]:
    """Every screen of the administration with rows of this house: name → path."""
    paths = {name: found[0][0] for name, found in ADMIN_SCREENS.items() if name not in {"admin:logout", "admin:jsi18n"}}
    for name, (model, action) in model_screens().items():
        row = _row(house, model)
        arguments = [] if action in {"changelist", "add"} else [row.pk if row else None]
        if arguments != [None]:
            paths[name] = reverse(name, args=arguments)
    for pattern in admin.site.get_urls():
        for below in getattr(pattern, "url_patterns", []):
            name = f"admin:{below.name}"
            if below.name and below.name.startswith("news_article_") and name not in paths:
                try:
                    paths[name] = reverse(name, args=[house.article.pk])
                except NoReverseMatch:
                    continue
    return paths


def _opened(site: Any, half: int) -> dict[str, str]:
    """Those of one half of them that answer a plain request with a page: name → path."""
    client = Client(raise_request_exception=False)
    client.force_login(site.cast.a.admin)
    opened = {}
    for name, path in list(_paths(site.cast.a).items())[half::2]:
        answer = client.get(path, headers={"host": site.cast.a.host})
        assert answer.status_code < 500, path
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            opened[name] = path
    return opened


def _row(house: Any, model: Any) -> Any:
    if not issubclass(model, TenantModel):
        return None
    with unit_scope(house.unit):
        return model._default_manager.order_by("pk").first()


@pytest.fixture
def seated(site: Any, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the administration of Thuận An as its administrator."""

    def sit_down(width: int, **options: Any) -> Page:
        page = open_page(width, **options)
        client = Client()
        client.force_login(site.cast.a.admin)
        cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url("/")}
        page.context.add_cookies([cookie])
        return page

    return sit_down


@pytest.mark.parametrize("half", [0, 1])
def test_every_admin_screen_is_free_of_barriers_and_fits(site: Any, seated: Callable[..., Page], half: int) -> None:
    """One walk for all of it, in two halves for two processors: axe at 1280, overflow at 820 as well, scripts that fail."""
    page = seated(1280, bypass_csp=True)
    watch = Watch()
    watch.over(page)
    wrong: dict[str, list[str]] = {}
    screens = _opened(site, half)
    for name, path in screens.items():
        watch.complaints.clear()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site.url(path))
        # The editor's own buttons are CKEditor's; ours begins at its text.
        whole = name == next(iter(screens))
        barriers = _violations(page, inside_frame=not whole)
        found = [line for line in barriers if "cke_" not in line] + _too_wide(page)
        page.set_viewport_size({"width": 820, "height": 1100})
        found += _too_wide(page) + [line for line in watch.complaints if "script error" in line]
        if found:
            wrong[name] = found
    assert wrong == {}
    assert len(screens) >= SCREENS_AT_LEAST // 2
