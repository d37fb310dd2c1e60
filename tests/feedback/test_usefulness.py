"""“Bài này có giúp được bạn không?”: one mark a day, nobody named, sums that editors read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback import rules
from feedback.models import PageRating, RatingTotal
from feedback.tasks.readers import forget_senders
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House, make_cast
from tests.factories.readers import RATE_PATH
from tests.factories.visits import body_of, visit
from units.enums import Role

LIST = "/quan-tri/feedback/ratingtotal/"


def _rate(house: House, level: str, *, address: str = "198.51.100.7", key: int = 0, **more: str) -> Any:
    client = Client(REMOTE_ADDR=address)
    path = RATE_PATH.format(pk=key or house.article.pk)
    return client.post(path, {"level": level, **more}, headers={"host": house.host})


def _total(house: House) -> tuple[int, int, int]:
    with unit_scope(house.unit):
        row = RatingTotal.objects.get(subject_key=house.article.pk, subject_kind="news.article")
    return row.very, row.satisfied, row.unsatisfied


def test_the_cached_page_asks_by_plain_links(cast: Cast) -> None:
    for path, kind, key in (
        (cast.a.article.get_absolute_url(), "news.article", cast.a.article.pk),
        (cast.a.page.get_absolute_url(), "news.page", cast.a.page.pk),
    ):
        text = body_of(visit(cast.a.host, path))
        for level in ("VERY", "SATISFIED", "UNSATISFIED"):
            assert f'href="/danh-gia/{kind}/{key}/?muc={level}"' in text
        assert "csrf" not in text
    english = body_of(visit(cast.a.host, cast.a.english_page.get_absolute_url()))
    assert "danh-gia" not in english


def test_without_javascript_one_small_page(cast: Cast) -> None:
    path = RATE_PATH.format(pk=cast.a.article.pk)
    page = visit(cast.a.host, f"{path}?muc=SATISFIED")
    assert page.status_code == 200
    assert "checked" in body_of(page)
    response = _rate(cast.a, "UNSATISFIED", reason="OUTDATED", text="Số máy đã đổi, xem http://x.vn")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{path}da-nhan/"
    assert visit(cast.a.host, response.headers["Location"]).status_code == 200
    with unit_scope(cast.a.unit):
        row = PageRating.objects.get()
    assert (row.reason, row.text) == ("OUTDATED", "Số máy đã đổi, xem [liên kết đã bỏ]")
    assert _total(cast.a) == (0, 0, 1)


def test_an_empty_or_wrong_mark_is_told_so(cast: Cast) -> None:
    for level in ("", "BỪA"):
        response = _rate(cast.a, level)
        assert response.status_code == 422
    assert "Chọn một trong ba mức" in _rate(cast.a, "").content.decode()
    assert _rate(cast.a, "UNSATISFIED", text="x" * 301).status_code == 422
    with unit_scope(cast.a.unit):
        assert not PageRating.objects.exists()


def test_one_mark_a_day_the_last_one_counts(cast: Cast, clock: time_machine.Traveller) -> None:
    _rate(cast.a, "VERY")
    _rate(cast.a, "UNSATISFIED", reason="UNCLEAR")
    assert _total(cast.a) == (0, 0, 1)
    _rate(cast.a, "VERY", address="198.51.100.8")
    assert _total(cast.a) == (1, 0, 1)
    clock.shift(timedelta(days=1))
    _rate(cast.a, "SATISFIED")
    assert _total(cast.a) == (1, 1, 1)


def test_a_reason_belongs_to_the_lowest_level_only(cast: Cast) -> None:
    _rate(cast.a, "VERY", reason="UNCLEAR", text="Không đâu")
    with unit_scope(cast.a.unit):
        row = PageRating.objects.get()
    assert (row.reason, row.text) == ("", "")


def test_in_place_the_mark_counts_before_the_reason(cast: Cast) -> None:
    client = Client(REMOTE_ADDR="198.51.100.9")
    path = RATE_PATH.format(pk=cast.a.article.pk)
    host = {"host": cast.a.host}
    asked = client.post(f"{path}?phan=1", {"level": "UNSATISFIED"}, headers=host).content.decode()
    assert "Vì sao chưa hài lòng?" in asked
    assert _total(cast.a) == (0, 0, 1)
    thanks = client.post(f"{path}ly-do/?phan=1", {"reason": "", "text": "Ghi rõ giờ"}, headers=host).content.decode()
    assert "Cảm ơn bạn" in thanks
    with unit_scope(cast.a.unit):
        row = PageRating.objects.get()
    assert (row.reason, row.text) == ("OTHER", "Ghi rõ giờ")
    content = client.post(f"{path}?phan=1", {"level": "SATISFIED"}, headers=host).content.decode()
    assert "Vì sao" not in content
    # A reason without a low mark of one's own changes nobody's row.
    Client(REMOTE_ADDR="198.51.100.10").post(f"{path}ly-do/", {"reason": "OTHER", "text": "Của ai"}, headers=host)
    with unit_scope(cast.a.unit):
        assert not PageRating.objects.filter(text="Của ai").exists()


def test_a_script_that_rates_is_stopped(cast: Cast) -> None:
    statuses = [_rate(cast.a, "VERY").status_code for _number in range(rules.RATINGS_PER_HOUR + 1)]
    assert statuses.count(302) == rules.RATINGS_PER_HOUR
    assert statuses[-1] == 429
    assert _total(cast.a) == (1, 0, 0)


def test_the_form_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    path = RATE_PATH.format(pk=cast.a.article.pk)
    assert client.post(path, {"level": "VERY"}, headers={"host": cast.a.host}).status_code == 403


def test_nobody_is_named_and_the_hash_goes_with_its_day(cast: Cast, clock: time_machine.Traveller) -> None:
    _rate(cast.a, "VERY", address="198.51.100.77")
    with unit_scope(cast.a.unit):
        row = PageRating.objects.get()
    assert row.address_hash
    assert "198.51.100" not in str(row.__dict__)
    clock.shift(timedelta(days=1))
    forget_senders(unit_id=cast.a.unit.pk)
    with unit_scope(cast.a.unit):
        assert PageRating.objects.get().address_hash == ""


def test_ones_own_pages_only(cast: Cast) -> None:
    a, b = cast.a, cast.b
    for suffix in ("", "da-nhan/"):
        assert visit(a.host, RATE_PATH.format(pk=b.article.pk) + suffix).status_code == 404
        assert visit(a.host, f"/danh-gia/news.page/{b.page.pk}/{suffix}").status_code == 404
    assert _rate(a, "VERY", key=b.article.pk).status_code == 404
    assert _rate(a, "VERY", key=a.draft.pk).status_code == 404
    with unit_scope(b.unit):
        assert not RatingTotal.objects.exists()


def test_editors_read_the_lowest_first_by_month(cast: Cast, clock: time_machine.Traveller) -> None:
    a = cast.a
    _rate(a, "VERY", address="192.0.2.1", key=a.articles[1].pk)
    for number in range(3):
        _rate(a, "UNSATISFIED", address=f"192.0.2.{number}", reason="UNCLEAR", text=f"Lời {number} {a.marker}")
    _rate(cast.b, "UNSATISFIED", address="192.0.2.9", reason="OTHER", text=f"Lời {cast.b.marker}")
    for role in Role:
        text = body_of(visit(a.host, LIST, user=a.people[role]))
        assert text.index(a.article.title) < text.index(a.articles[1].title)
        assert "0% của 3 lượt" in text
        assert cast.b.marker not in text
    with unit_scope(a.unit):
        row = RatingTotal.objects.get(subject_key=a.article.pk)
    with unit_scope(cast.b.unit):
        foreign = RatingTotal.objects.get()
    voices = body_of(visit(a.host, f"{LIST}{row.pk}/change/", user=a.people[Role.AUTHOR]))
    assert all(f"Lời {number} {a.marker}" in voices for number in range(3))
    assert "Khó hiểu" in voices
    assert visit(a.host, f"{LIST}{foreign.pk}/change/", user=a.admin).status_code == 404
    clock.shift(timedelta(days=31))
    assert a.article.title not in body_of(visit(a.host, LIST, user=a.admin))
    assert a.article.title in body_of(visit(a.host, f"{LIST}?thang=2026-11", user=a.admin))
    assert visit(a.host, f"{LIST}?thang=bua", user=a.admin).status_code == 200


def test_nothing_can_be_changed(cast: Cast) -> None:
    _rate(cast.a, "VERY")
    with unit_scope(cast.a.unit):
        row = RatingTotal.objects.get()
    client = Client()
    client.force_login(cast.a.admin)
    for path in (f"{LIST}add/", f"{LIST}{row.pk}/delete/"):
        assert client.get(path, headers={"host": cast.a.host}).status_code == 403
    assert client.post(f"{LIST}{row.pk}/change/", {"very": 9}, headers={"host": cast.a.host}).status_code == 403


def test_lists_cost_the_same_with_one_and_with_three(cast: Cast) -> None:
    a = cast.a
    client = Client()
    client.force_login(a.admin)
    client.get(LIST, headers={"host": a.host})  # warm
    counts = []
    for number in (1, 3):
        for article in a.articles[:number]:
            _rate(a, "UNSATISFIED", key=article.pk, reason="OTHER")
        with unit_scope(a.unit):
            row = RatingTotal.objects.first()
        assert row is not None
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, headers={"host": a.host})
            client.get(f"{LIST}{row.pk}/change/", headers={"host": a.host})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_right(clock: time_machine.Traveller) -> None:
    from concurrent.futures import ThreadPoolExecutor

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()

    def rate(number: int) -> int:
        try:
            return int(_rate(cast.a, "VERY", address=f"192.0.2.{number % 4}").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(rate, range(16))) == {302}
    assert _total(cast.a) == (4, 0, 0)
