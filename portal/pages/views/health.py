"""For watchdogs and load balancers, on any host."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from portal.celery import app as celery_app
from portal.search.actions import index_is_ready


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.set("readyz", "1", 10)
    if cache.get("readyz") != "1":
        raise RuntimeError("cache forgets")


def _broker() -> None:
    with celery_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


def _index() -> None:
    if not index_is_ready():
        raise RuntimeError("index missing")


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "cache": _cache, "broker": _broker, "index": _index}


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: database, cache, broker, index. 503 only without a database; the rest may be down and the portal reads on."""
    state: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check()
            state[name] = "ok"
        except Exception as error:  # noqa: BLE001 - whatever is broken is what this page reports
            state[name] = type(error).__name__
    return JsonResponse(state, status=200 if state["database"] == "ok" else 503)
