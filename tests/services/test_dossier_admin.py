"""Feeds in the administration: the unit's administrator keeps them, sees what is wrong with which line, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from services.models import DossierFeed
from tests.factories.cast import Cast, House
from tests.factories.dossiers import feed_bytes, figures_of, line, make_feed, numbers
from tests.factories.visits import body_of, visit
from tests.factories.web import serve
from units.enums import Role

pytestmark = pytest.mark.anywhere

LIST = "/quan-tri/services/dossierfeed/"


def post(house: House, path: str, user: Any = None, **data: Any) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(user or house.admin)
    return client.post(path, data, headers={"host": house.host})


def form(url: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "format": "CSV", "every_minutes": "30", "is_active": "on", **more}


def test_an_administrator_adds_a_feed_and_reads_it_now(
    cast: Cast, settings: Any, eager_tasks: None, django_capture_on_commit_callbacks: Any
) -> None:
    with serve() as web:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{web.port}"]
        url = web.put("/f.csv", feed_bytes(line("H57-000001"), line("H57-000002", received="hôm qua")))
        with django_capture_on_commit_callbacks(execute=True):
            assert post(cast.a, f"{LIST}add/", **form(url)).status_code == 302
        with unit_scope(cast.a.unit):
            feed = DossierFeed.objects.get()
        assert numbers(cast.a.unit) == {"H57-000001"}
        text = body_of(visit(cast.a.host, f"{LIST}{feed.pk}/change/", user=cast.a.admin))
        assert "Dòng 3: “hôm qua” không phải ngày" in text
        assert "Tệp cần có gì" in text
        web.put("/f.csv", b"", status=503)
        with django_capture_on_commit_callbacks(execute=True):
            assert post(cast.a, f"{LIST}{feed.pk}/doc-ngay/").status_code == 302
    text = body_of(visit(cast.a.host, f"{LIST}{feed.pk}/change/", user=cast.a.admin))
    assert "mã 503" in text
    desk = body_of(visit(cast.a.host, "/quan-tri/", user=cast.a.admin))
    assert "Nguồn hồ sơ chưa đọc được" in desk
    assert "mã 503" in desk
    with unit_scope(cast.a.unit):
        assert set(AuditEntry.objects.about(feed).values_list("verb", flat=True)) == {"feed.add", "feed.read"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"url": "ftp://motcua.example/f.csv"}, "địa chỉ"), ({"url": ""}, "Chưa lưu được"), ({"every_minutes": "1"}, "Chọn từ 5"),
        ({"every_minutes": "99999"}, "Chưa lưu được"), ({"format": "SQL"}, "Chưa lưu được"), ({"url": "https://cu.example/f.csv"}, "đã có trong danh sách"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_feed_is_said(cast: Cast, data: dict[str, str], words: str) -> None:
    make_feed(cast.a.unit, "https://cu.example/f.csv")
    response = post(cast.a, f"{LIST}add/", **{**form("https://moi.example/f.csv"), **data})
    assert response.status_code == 200
    assert words in body_of(response)
    with unit_scope(cast.a.unit):
        assert DossierFeed.objects.count() == 1


def test_another_units_feed_is_not_there(cast: Cast) -> None:
    figures_of(cast.a)
    figures_of(cast.b)
    with unit_scope(cast.b.unit):
        feed = DossierFeed.objects.get()
        before = DossierFeed.objects.values().get()
    assert cast.b.marker not in body_of(visit(cast.a.host, LIST, user=cast.a.admin))
    for path in ("change", "delete", "history"):
        assert visit(cast.a.host, f"{LIST}{feed.pk}/{path}/", user=cast.a.admin).status_code == 404
    assert post(cast.a, f"{LIST}{feed.pk}/doc-ngay/").status_code == 404
    assert post(cast.a, f"{LIST}{feed.pk}/change/", **form("https://moi.example/f.csv")).status_code == 404
    assert post(cast.a, f"{LIST}{feed.pk}/delete/", post="yes").status_code == 404
    with unit_scope(cast.b.unit):
        assert DossierFeed.objects.values().get() == before


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.APPROVER])
def test_only_the_units_administrator_keeps_feeds(cast: Cast, role: Role) -> None:
    feed = make_feed(cast.a.unit)
    user = cast.a.people[role]
    assert visit(cast.a.host, LIST, user=user).status_code == 403
    assert post(cast.a, f"{LIST}add/", user, **form("https://moi.example/f.csv")).status_code == 403
    assert post(cast.a, f"{LIST}{feed.pk}/doc-ngay/", user).status_code == 404


def test_deleting_a_feed_says_how_much_goes(cast: Cast) -> None:
    figures_of(cast.a)
    with unit_scope(cast.a.unit):
        feed = DossierFeed.objects.get()
    assert "<li>Hồ sơ đã đọc: 2</li>" in body_of(visit(cast.a.host, f"{LIST}{feed.pk}/delete/", user=cast.a.admin))
    assert post(cast.a, f"{LIST}{feed.pk}/delete/", post="yes").status_code == 302
    assert numbers(cast.a.unit) == set()


def test_reading_now_needs_a_press(cast: Cast) -> None:
    feed = make_feed(cast.a.unit, next_at=timezone.now() + timedelta(minutes=20))
    assert visit(cast.a.host, f"{LIST}{feed.pk}/doc-ngay/", user=cast.a.admin).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_screens(cast: Cast, django_assert_max_num_queries: Any, number: int) -> None:
    for count in range(number):
        make_feed(cast.a.unit, f"https://motcua.example/{count}.csv")
    for path in (LIST, f"{LIST}add/", "/quan-tri/services/satisfactionanswer/"):
        with django_assert_max_num_queries(30):
            assert visit(cast.a.host, path, user=cast.a.admin).status_code == 200
