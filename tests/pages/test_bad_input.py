"""What strangers and broken programs send: a clear page of the right status, nothing stored, no traceback."""

from __future__ import annotations

import http.client
import io
import re
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from tests.factories.cast import Cast
from tests.factories.findings import Findings
from tests.factories.visits import body_of, visit
from units.querysets import DomainQuerySet

MEGABYTE = 1024 * 1024


def assert_clear(response: Any, status: int) -> None:
    """An error page for people: right status, Vietnamese, a heading, a way home, no inside of ours."""
    text = body_of(response)
    assert response.status_code == status
    assert response.headers["Content-Type"].startswith("text/html")
    assert "no-store" in response.headers["Cache-Control"]
    assert re.search('<html lang="(vi|en)"', text)
    assert text.count("<h1") == 1
    for inside in ("Traceback", "Exception", "site-packages", "django", "SELECT ", "/work/", "Error at"):
        assert inside not in text


NOT_THERE = (
    *("/tin-tuc/?page=-1", "/tin-tuc/?page=1000000000", "/tin-tuc/?page=abc", "/tin-tuc/?page="),
    *("/tin-tuc/?truoc=rac", "/tin-tuc/?truoc=1-x", "/tin-tuc/?truoc=-5", "/tin-tuc/?truoc=1"),
    *("/tin-tuc/?truoc=999999999999999999-1", "/tin-tuc/?truoc=1-999999999999999999999", "/tin-tuc/?sau=%C2%B2-1"),
    *("/tin-tuc/?truoc=0-1", "/tin-tuc/?sau=9999999999999999-1", "/tin-tuc/?truoc=1;DROP TABLE x--1"),
    *("/tin-tuc/ngay/2026/02/30/", "/tin-tuc/ngay/2026/13/01/", "/tin-tuc/ngay/0001/01/01/", "/tin-tuc/ngay/2026/00/10/"),
    *("/tin-tuc/ngay/9999/12/31/", "/tin-tuc/ngay/0000/01/01/", "/tin-tuc/ngay/2026/13/", "/tin-tuc/ngay/2026/"),
    *("/tin-tuc/ngay/?ngay=30/02/2026", "/tin-tuc/ngay/?ngay=2026-02-30", "/tin-tuc/ngay/?ngay=0001-01-01"),
    *("/tin-tuc/khong-co/", "/tin-tuc/the/khong-co/", "/tin-tuc/khong-co/rss/", "/gioi-thieu/khong-co/"),
    *("/tin-tuc/tin-hoat-dong/bai-999999/", "/tin-tuc/tin-hoat-dong/bai-99999999999999999999/", "/en/about/khong-co/"),
    *("/tin-tuc/tin-hoat-dong/bai-0/", "/sitemap-99.xml", "/sitemap-99999999999999999999.xml"),
    # Longer than any old address that could be known.
    *(f"/van-ban/so/{'9' * 450}/", f"/khong-co/{'a' * 900}"),
    *("/media/", "/media/u1/", "/media/../portal/settings/base.py", "/media/u1/..%2f..%2fdb.sqlite3", "/media/u1/x.svg"),
    *("/tim-kiem/?q=a&page=-1", "/tim-kiem/?q=a&page=1000000000", "/tim-kiem/?q=a&page=x", "/tim-kiem/?page=0"),
    *("/tim-kiem/?q=a&page=%C2%B2", "/tim-kiem/?q=zenlua&page=40", "/tim-kiem/?q=zenlua&page=0000010000000"),
    *("/.env", "/wp-login.php", "/tin-tuc/%FF%FE/", "/%C0%AE%C0%AE/", "/tin-tuc/tin%FFhoat/"),
    *("/en/khong-co/", "/tin-tuc/Tin-Hoat-Dong/x", "/%E2%80%AEabc/"),
)  # fmt: skip


def test_what_does_not_exist_is_404(cast: Cast, search_index: Any) -> None:
    search_index()
    findings = Findings()
    for path in NOT_THERE:
        with findings.at(path):
            assert_clear(visit(cast.a.host, path), 404)
    findings.assert_none()


@pytest.mark.parametrize("path", ["/khong-co/", "/tin-tuc/ngay/2026/02/30/"])
def test_the_404_page_offers_search_and_a_way_home_in_the_units_frame(cast: Cast, path: str) -> None:
    text = body_of(visit(cast.a.host, path))
    assert 'action="/tim-kiem/"' in text
    assert 'href="/"' in text
    assert cast.a.unit.name in text


@pytest.mark.parametrize(
    "path", ["/%00", "/tin-tuc/%00/", "/tim-kiem/?q=%00", "/tim-kiem/?q=a%00b", "/?%00=1", "/media/u1/a%00.webp"]
)
def test_nul_bytes_are_400(cast: Cast, path: str) -> None:
    assert_clear(visit(cast.a.host, path), 400)


@pytest.mark.parametrize("path", ["/tim-kiem/?q=" + "a" * 10_240, "/?" + "x=1&" * 2_560, "/" + "a" * 10_240])
def test_endless_addresses_are_414(cast: Cast, path: str) -> None:
    assert_clear(visit(cast.a.host, path), 414)


@pytest.mark.parametrize(
    "query", ["q=%FF", "q=%C3%28", "q=%ED%A0%80", "q=a&page=1&%FF=%FE", "q=%E1%BB", "q=%F0%9F%98%80"]
)
def test_broken_utf8_in_a_query_is_searched_for_and_not_found(cast: Cast, search_index: Any, query: str) -> None:
    search_index()
    response = visit(cast.a.host, f"/tim-kiem/?{query}")
    assert response.status_code == 200
    assert "Traceback" not in body_of(response)


@pytest.mark.parametrize(
    "query",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' OR 1=1 --",
        "{{7*7}}",
        "*",
        "(((",
        "AND OR NOT",
        "a" * 1500,
        "title:x unit_id:2",
        "\u202e\u0301",
    ],
)
def test_hostile_searches_are_said_back_harmlessly(cast: Cast, search_index: Any, query: str) -> None:
    search_index()
    response = Client(raise_request_exception=False).get("/tim-kiem/", {"q": query}, headers={"host": cast.a.host})
    text = body_of(response)
    assert response.status_code == 200
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert cast.b.marker not in text


def test_a_wrong_slug_leads_to_the_right_address(cast: Cast) -> None:
    article = cast.a.article
    for wrong in (f"/tin-tuc/tin-hoat-dong/x-{article.pk}/", f"/tin-tuc/khac/le-hoi-den-long-{article.pk}/"):
        response = visit(cast.a.host, wrong)
        assert response.status_code == 301
        assert response.headers["Location"] == article.get_absolute_url()


def test_other_methods_on_pages_are_405(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    for method in ("put", "delete", "patch", "post"):
        response = getattr(client, method)("/tin-tuc/", headers={"host": cast.a.host})
        assert response.status_code in {403, 405}, method


def test_a_form_without_its_token_is_403(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = client.post("/quan-tri/login/", {"username": "a", "password": "b"}, headers={"host": cast.a.host})
    assert_clear(response, 403)


def test_a_declared_50_mb_upload_is_413_before_anything_is_looked_up(django_assert_num_queries: Any, db: None) -> None:
    request = RequestFactory().post(
        "/quan-tri/news/article/add/", data=b"x" * (50 * MEGABYTE), content_type="multipart/form-data; boundary=x",
        headers={"host": "thuan-an.localhost"},
    )  # fmt: skip
    handler = WSGIHandler()
    with django_assert_num_queries(0):
        response = handler.get_response(request)
    assert_clear(response, 413)


class _Endless(io.RawIOBase):
    """A body of a given length made while it is read, so that the test holds none of it."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.left, self.read_bytes = length, 0

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        self.left -= size
        self.read_bytes += size
        return b"x" * size


@pytest.mark.parametrize("declared", ["52428800", None, "-1", "abc", "99999999999999999999999"])
def test_a_streamed_body_never_lands_in_memory_or_on_disk(db: None, declared: str | None) -> None:
    body = _Endless(50 * MEGABYTE)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/quan-tri/login/", "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0),
        "wsgi.input": body, "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http", "wsgi.multithread": False,
        "wsgi.multiprocess": True, "wsgi.run_once": False, "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }  # fmt: skip
    if declared is not None:
        environ["CONTENT_LENGTH"] = declared
    status: list[str] = []
    handler: Any = WSGIHandler()
    # As Django's test client does: the end of a request must not close the test's own transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        response = handler(environ, lambda line, headers: status.append(line))
        content = b"".join(response)
        response.close()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
    expected = {"52428800": "413", "99999999999999999999999": "413", "abc": "400"}.get(declared or "", "40")
    assert status[0].startswith(expected)
    assert b"Traceback" not in content
    assert body.read_bytes <= 50 * MEGABYTE


@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_a_really_streamed_50_mb_upload_gets_its_page(live_server: Any) -> None:
    """Over a socket: the browser must see our page and not a broken connection."""
    connection = http.client.HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=30)
    connection.putrequest("POST", "/quan-tri/news/article/add/")
    connection.putheader("Content-Type", "multipart/form-data; boundary=x")
    connection.putheader("Content-Length", str(50 * MEGABYTE))
    connection.endheaders()
    for _piece in range(50):
        connection.send(b"x" * MEGABYTE)
    response = connection.getresponse()
    assert response.status == 413
    assert "<h1" in response.read().decode()
    connection.close()


def test_too_many_fields_are_400(cast: Cast) -> None:
    data = {f"f{number}": "x" for number in range(2_100)}
    response = Client(raise_request_exception=False).post("/quan-tri/login/", data, headers={"host": cast.a.host})
    assert_clear(response, 400)


def test_without_a_database_the_page_is_500_and_clear(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    from django.db import OperationalError

    def gone(*_args: object) -> None:
        raise OperationalError("server closed the connection: password=bi-mat")

    monkeypatch.setattr(DomainQuerySet, "for_host", gone)
    with django_assert_num_queries(0):
        response = visit(cast.a.host, "/")
    assert "bi-mat" not in body_of(response)
    assert_clear(response, 500)


def test_a_failing_view_is_500_and_clear(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from news.querysets import ArticleQuerySet

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("bi-mat")

    monkeypatch.setattr(ArticleQuerySet, "page_after", broken)
    response = visit(cast.a.host, "/tin-tuc/")
    assert "bi-mat" not in body_of(response)
    assert_clear(response, 500)
