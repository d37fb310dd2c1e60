"""A real Chromium before a real server: pytest-django's live server, one browser for the run, one context for a test.

Every `<slug>.localhost` leads to the live server's port. Without a Chromium the tests are skipped by name, and with
REQUIRE_BROWSER=1 they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.factories.cast import Cast, make_cast

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, and there is no Chromium")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def site(
    transactional_db: None, live_server: Any, clock: time_machine.Traveller, search_index: Callable[[], int]
) -> Site:
    """The cast on a live server, indexed."""
    cast = make_cast()
    search_index()
    return Site(cast, live_server.thread.port)


@dataclass(frozen=True, slots=True)
class Site:
    """Who is there, and on which port."""

    cast: Cast
    port: int

    def url(self, path: str, host: str = "thuan-an.localhost") -> str:
        """The address of a path on a unit's host."""
        return f"http://{host}:{self.port}{path}"


@dataclass(slots=True)
class Watch:
    """What the browser complained of: console errors, refused resources, script errors, failed requests."""

    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", lambda message: self._say(message.type, message.text, message.location.get("url", "")))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("requestfailed", lambda request: self._failed(request))
        page.on("response", lambda answer: self._answered(answer))

    def _say(self, kind: str, text: str, url: str) -> None:
        # A 404 page is looked at on purpose; its status is not a defect of the page.
        if (
            kind in {"error", "warning"}
            and "khong-co" not in url
            and "the server responded with a status of" not in text
        ):
            self.complaints.append(f"console {kind}: {text}")

    def _failed(self, request: Any) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):
            self.complaints.append(f"not loaded: {request.url} {request.failure}")

    def _answered(self, answer: Any) -> None:
        if answer.status >= 400 and "khong-co" not in answer.url:
            self.complaints.append(f"{answer.status}: {answer.url}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Make a page in a context of its own; options as of Browser.new_context, ``width`` in CSS pixels."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", **options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def _close_connections(request: pytest.FixtureRequest) -> Iterator[None]:
    """Our own connection must not outlive the test: PostgreSQL would not drop the database while it is open."""
    yield
    if "site" in request.fixturenames and connection.vendor != "sqlite":
        connection.close()
