"""Wall 1: the host decides whose site it is; every other host is refused, never served by somebody else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories.cast import Cast
from tests.factories.visits import body_of, headers_of, visit
from units.models import Unit


@pytest.mark.parametrize(
    "host",
    [
        *("khong-co.localhost", "example.org", "127.0.0.1:8000", "[::1]", "localhost.evil.example", "evil-localhost"),
        *(
            "thuan-an.localhost.evil.example",
            "xthuan-an.localhost",
            "thuan-an.phu-vinh.localhost",
            "a" * 60 + ".localhost",
            "...",
        ),
    ],
)
def test_an_unknown_host_gets_404_and_no_name(cast: Cast, host: str) -> None:
    response = visit(host, "/")
    text = body_of(response)
    assert response.status_code == 404
    assert "Location" not in response.headers
    assert "Chưa có trang nào ở địa chỉ này" in text
    assert "no-store" in response.headers["Cache-Control"]
    for name in (*Unit.objects.values_list("name", flat=True), cast.a.marker, "thuan-an"):
        assert name not in text + headers_of(response).replace(host, "")


def test_an_unknown_host_has_no_administration_and_no_media(cast: Cast) -> None:
    for path in ("/quan-tri/", "/quan-tri/login/", cast.a.picture.url, "/rss/", "/tim-kiem/?q=x"):
        response = visit("khong-co.localhost", path, user=cast.operator)
        assert response.status_code == 404, path


@pytest.mark.parametrize(
    "host", ["thuan-an.localhost:8000", "THUAN-AN.localhost", "thuan-an.localhost.", "Thuan-An.Localhost.:80"]
)
def test_other_spellings_of_a_host_are_the_same_site(cast: Cast, host: str) -> None:
    response = visit(host, "/")
    assert response.status_code == 200
    assert cast.a.marker in body_of(response)
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', body_of(response))
    assert canonical
    port = host.rpartition(":")[2] if ":" in host else ""
    assert canonical.group(1) in {
        f"http://thuan-an.localhost{f':{port}' if port else ''}/",
        "http://thuan-an.localhost/",
    }


@pytest.mark.parametrize(
    "host",
    ["thuan an.localhost", "thuan-an.localhost:abc", "<script>", "a@b", "http://x", "x/y", "thuan_an.local!host"],
)
def test_a_malformed_host_gets_400(cast: Cast, host: str) -> None:
    response = visit(host, "/")
    assert response.status_code == 400
    assert "Traceback" not in body_of(response)
    assert host not in body_of(response)


def test_no_host_at_all_is_answered(cast: Cast) -> None:
    response = Client(SERVER_NAME="khong-co").get("/")
    assert response.status_code == 404


def test_an_alias_leads_to_the_canonical_host(cast: Cast) -> None:
    path = "/tin-tuc/?truoc=5-1&a=%C4%91%20b"
    response = visit("thuanan.localhost:8000", path)
    assert response.status_code == 301
    assert response.headers["Location"] == f"http://thuan-an.localhost:8000{path}"
    assert visit("thuanan.localhost", "/").headers["Location"] == "http://thuan-an.localhost/"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_alias_keeps_the_method_of_what_is_sent(cast: Cast, method: str) -> None:
    response = getattr(Client(), method)("/quan-tri/login/", headers={"host": "thuanan.localhost"})
    assert response.status_code == 308
    assert response.headers["Location"] == "http://thuan-an.localhost/quan-tri/login/"


def test_a_forwarded_host_is_not_believed(cast: Cast) -> None:
    response = visit(cast.a.host, "/", headers={"x-forwarded-host": cast.b.host, "forwarded": f"host={cast.b.host}"})
    assert cast.a.marker in body_of(response)
    assert cast.b.marker not in body_of(response)


def test_a_closed_units_site_stays_readable_and_names_its_successor(cast: Cast) -> None:
    for path in ("/", "/tin-tuc/", "/gioi-thieu/", "/so-do-trang/", "/phuong-xa/"):
        response = visit("phu-thuan.localhost:8000", path)
        text = " ".join(body_of(response).split())
        assert response.status_code == 200, path
        assert "Xã Phú Thuận đã ngừng hoạt động, ngày làm việc cuối là 30/6/2025" in text
        assert '<a href="http://thuan-an.localhost:8000/">Phường Thuận An</a>' in text


def test_a_unit_that_closes_next_year_is_not_closed_yet(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.third.pk).update(valid_to=date(2027, 6, 30))
    assert "đã ngừng hoạt động" not in body_of(visit("kim-long.localhost", "/"))


def test_closing_shows_at_once(cast: Cast) -> None:
    from units.actions import close_unit

    assert "đã ngừng hoạt động" not in body_of(visit("kim-long.localhost", "/"))
    assert close_unit(unit=cast.third, last_day=date(2026, 11, 20))
    assert "đã ngừng hoạt động" in body_of(visit("kim-long.localhost", "/"))
    assert not close_unit(unit=cast.third, last_day=date(2026, 11, 21)), "closing twice"


@pytest.mark.parametrize("host", ["localhost", "thuan-an.localhost", "khong-co.localhost", "10.0.0.7:8000"])
def test_health_answers_on_any_host(cast: Cast, host: str) -> None:
    alive = visit(host, "/healthz")
    assert (alive.status_code, alive.content) == (200, b"ok\n")
    ready = visit(host, "/readyz")
    assert ready.status_code == 200
    assert ready.json()["database"] == "ok"


def test_alive_asks_nothing_of_the_database(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert visit("khong-co.localhost", "/healthz").status_code == 200


def test_ready_without_index_still_serves(cast: Cast, search_index: Any) -> None:
    state = visit("localhost", "/readyz")
    assert state.status_code == 200
    assert state.json()["index"] != "ok"
    search_index()
    assert visit("localhost", "/readyz").json()["index"] == "ok"


def test_a_site_whose_row_is_missing_still_answers(db: None) -> None:
    """An operator may add a unit by hand; its site has defaults until somebody fills it in."""
    from units.enums import UnitKind
    from units.models import Domain

    unit = Unit.objects.create(
        code="1", valid_from=date(2025, 1, 1), kind=UnitKind.COMMUNE, type_name="Xã", name="Xã Mới", slug="moi"
    )
    Domain.objects.create(host="moi.localhost", unit=unit)
    assert visit("moi.localhost", "/").status_code == 200
