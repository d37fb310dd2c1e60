"""The yardstick: a Django project with one view, no middleware, no database, returning the bytes of our pages."""

import os
from pathlib import Path

from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF="tests.bench.bare", MIDDLEWARE=[], INSTALLED_APPS=[]
    )

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGES = {file.stem: file.read_bytes() for file in Path(os.environ.get("BENCH_VAR", "/nonexistent")).glob("*.page")}


def page(request: HttpRequest, name: str) -> HttpResponse:
    """The same bytes as the portal's page."""
    return HttpResponse(PAGES.get(name, b"ok"))


urlpatterns = [path("<str:name>", page)]
application = get_wsgi_application()
