"""Digests: once, only what is new, only from one's own unit; mail servers that fail and workers that die lose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.enums import ArticleStatus, Rhythm
from news.models import Subscription
from news.rules import digests as rules
from news.rules.digests import next_sending
from news.tasks.subscriptions import dispatch_digests, send_digests
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast, House, make_article, make_cast
from tests.factories.mail_sink import MailSink, running_sink
from tests.factories.subscribers import make_subscriber, path_in, subscribers_of, words_of
from tests.factories.visits import visit

MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=HANOI)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    with running_sink() as (sink, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield sink


def _publish(house: House, title: str, at: datetime, **more: Any) -> Any:
    with unit_scope(house.unit):
        return make_article(
            f"{title} {house.marker}", published_at=at, **{"category": house.category, "slug": "tin-moi", **more}
        )


def _send(house: House) -> int:
    return int(send_digests(unit_id=house.unit.pk))


@pytest.mark.parametrize(
    ("after", "rhythm", "following"),
    [
        ("2026-11-22T07:30+07:00", Rhythm.DAILY, "2026-11-23T06:30+07:00"),
        ("2026-11-22T06:29+07:00", Rhythm.DAILY, "2026-11-22T06:30+07:00"),
        ("2026-11-22T06:30+07:00", Rhythm.DAILY, "2026-11-23T06:30+07:00"),
        ("2026-11-22T07:30+07:00", Rhythm.WEEKLY, "2026-11-23T06:30+07:00"),
        ("2026-11-23T06:30+07:00", Rhythm.WEEKLY, "2026-11-30T06:30+07:00"),
        ("2026-12-31T23:59+07:00", Rhythm.DAILY, "2027-01-01T06:30+07:00"),
    ],
)
def test_when_the_next_one_goes_out(after: str, rhythm: Rhythm, following: str) -> None:
    assert next_sending(rhythm, datetime.fromisoformat(after)) == datetime.fromisoformat(following)


def test_the_morning_after_what_is_new_arrives_once(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    a = cast.a
    make_subscriber(a, "moi.ngay@example.vn")
    make_subscriber(cast.b, "ben.kia@example.vn")
    new = _publish(a, "Cấp nước trở lại <b>&</b>", NOW + timedelta(hours=2), summary="Từ 17 giờ.")
    _publish(cast.b, "Chuyện bên kia", NOW + timedelta(hours=2))
    _publish(a, "Còn nháp", NOW + timedelta(hours=2), status=ArticleStatus.DRAFT)
    assert _send(a) == 0, "not before 6:30"
    clock.move_to(MONDAY)
    assert dispatch_digests() == 2
    assert (_send(a), _send(a), _send(cast.b)) == (1, 0, 1)
    mine, theirs = sink.mails
    assert (mine["To"], theirs["To"]) == ("moi.ngay@example.vn", "ben.kia@example.vn")
    text = words_of(mine, "plain")
    html = words_of(mine, "html")
    assert new.title in text
    assert f"http://thuan-an.localhost:8000{new.get_absolute_url()}" in text
    assert "&lt;b&gt;&amp;" in html
    for words in (text, html, str(mine["Subject"])):
        assert cast.b.marker not in words
        assert "Còn nháp" not in words
        assert "Lễ hội đèn lồng" not in words, "published before the subscription"
    assert "Phường Thuận An" in str(mine["From"])


def test_one_click_leaving_by_the_headers_of_the_mail(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller
) -> None:
    make_subscriber(cast.a, "thoi@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=2))
    clock.move_to(MONDAY)
    _send(cast.a)
    (mail,) = sink.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_in(mail, "/nhan-tin/thoi/")
    assert mail["List-Unsubscribe"].strip() == f"<http://thuan-an.localhost:8000{path}>"
    assert visit(cast.a.host, path).status_code == 200
    left = Client(enforce_csrf_checks=True).post(
        path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"host": cast.a.host},
    )
    assert left.status_code == 200
    assert subscribers_of(cast.a) == []


def test_https_addresses_where_the_portal_speaks_https(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.HTTPS, settings.PUBLIC_PORT = True, ""
    make_subscriber(cast.a, "a@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=2))
    clock.move_to(MONDAY)
    _send(cast.a)
    text = words_of(sink.mails[0], "plain")
    assert "https://thuan-an.localhost/tin-tuc/" in text
    assert "http://" not in text


def test_nothing_new_no_mail(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    make_subscriber(cast.a, "a@example.vn")
    clock.move_to(MONDAY)
    assert _send(cast.a) == 0
    (row,) = subscribers_of(cast.a)
    assert row.next_due_at == TUESDAY
    _publish(cast.a, "Hôm sau có tin", MONDAY + timedelta(hours=3))
    clock.move_to(TUESDAY)
    assert _send(cast.a) == 1
    assert "Hôm sau có tin" in str(sink.mails[0]["Subject"])


def test_weekly_on_mondays_with_everything_of_the_week(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller
) -> None:
    make_subscriber(cast.a, "tuan@example.vn", rhythm=Rhythm.WEEKLY, since=MONDAY + timedelta(hours=1))
    for day in range(1, 4):
        _publish(cast.a, f"Tin ngày {day}", MONDAY + timedelta(days=day))
    for day in range(1, 7):
        clock.move_to(MONDAY + timedelta(days=day))
        assert _send(cast.a) == 0
    clock.move_to(MONDAY + timedelta(days=7))
    assert _send(cast.a) == 1
    text = words_of(sink.mails[0], "plain")
    assert all(f"Tin ngày {day}" in text for day in range(1, 4))


def test_only_the_chosen_categories(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    make_subscriber(cast.a, "tb@example.vn", categories=(cast.a.notices,))
    _publish(cast.a, "Tin thường", NOW + timedelta(hours=1))
    _publish(cast.a, "Báo cắt nước", NOW + timedelta(hours=1), category=cast.a.notices)
    clock.move_to(MONDAY)
    assert _send(cast.a) == 1
    text = words_of(sink.mails[0], "plain")
    assert "Báo cắt nước" in text
    assert "Tin thường" not in text


def test_a_long_absence_gives_a_bounded_mail(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    make_subscriber(cast.a, "a@example.vn")
    for number in range(rules.DIGEST_ITEMS + 5):
        _publish(cast.a, f"Tin số {number:02d}", NOW + timedelta(minutes=number + 1))
    clock.move_to(MONDAY)
    _send(cast.a)
    text = words_of(sink.mails[0], "plain")
    assert text.count("Tin số") == rules.DIGEST_ITEMS
    assert "Còn tin khác" in text


def test_a_title_with_a_line_break_makes_no_header(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    from news.models import Article

    make_subscriber(cast.a, "a@example.vn")
    row = _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    with unit_scope(cast.a.unit):
        Article.objects.filter(pk=row.pk).update(title="Tin\r\nBcc: xau@example.com")
    clock.move_to(MONDAY)
    assert _send(cast.a) == 1
    assert sink.mails[0]["Bcc"] is None
    assert sink.to == ["a@example.vn"]


def test_a_mail_server_that_is_down_loses_nothing(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller, settings: Any
) -> None:
    for number in range(3):
        make_subscriber(cast.a, f"so{number}@example.vn")
    _publish(cast.a, "Tin chờ", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert _send(cast.a) == 0
    settings.EMAIL_PORT = port
    clock.shift(timedelta(minutes=45))
    assert dispatch_digests() == 1
    assert _send(cast.a) == 3
    assert sorted(sink.to) == ["so0@example.vn", "so1@example.vn", "so2@example.vn"]
    assert _send(cast.a) == 0


def test_a_worker_killed_before_sending_loses_nothing(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from news.actions import digests

    make_subscriber(cast.a, "a@example.vn")
    _publish(cast.a, "Tin còn nợ", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)

    def killed(*_arguments: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(digests, "_digest", killed)
        with pytest.raises(SystemExit):
            _send(cast.a)
    assert _send(cast.a) == 0, "still claimed"
    clock.shift(timedelta(minutes=31))
    assert _send(cast.a) == 1
    assert sink.to == ["a@example.vn"]


def test_a_worker_killed_after_sending_repeats_one_mail_under_the_same_id(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller
) -> None:
    row = make_subscriber(cast.a, "a@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)
    assert _send(cast.a) == 1
    with unit_scope(cast.a.unit):  # as if the finishing update had never happened
        Subscription.objects.filter(pk=row.pk).update(last_sent_at=row.last_sent_at, next_due_at=MONDAY)
    clock.shift(timedelta(minutes=31))
    assert _send(cast.a) == 1
    first, second = (str(mail["Message-ID"]) for mail in sink.mails)
    assert first == second


def test_who_leaves_while_the_worker_runs_gets_no_more(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller
) -> None:
    from news.actions import digests

    row = make_subscriber(cast.a, "a@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)
    with unit_scope(cast.a.unit):
        loaded = Subscription.objects.prefetch_related("categories").get(pk=row.pk)
        Subscription.objects.filter(pk=row.pk).delete()
        from django.core.mail import get_connection

        assert not digests._deliver(cast.a.unit, loaded, get_connection())
    assert sink.mails == []


def test_an_address_that_refuses_is_taken_off_at_last_and_holds_up_nobody(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller
) -> None:
    make_subscriber(cast.a, "hong@example.vn")
    make_subscriber(cast.a, "tot@example.vn")
    sink.refused = {"hong@example.vn"}
    for day in range(rules.REFUSALS_TAKEN):
        _publish(cast.a, f"Tin {day}", MONDAY + timedelta(days=day, hours=-3))
        clock.move_to(MONDAY + timedelta(days=day))
        assert _send(cast.a) == 1
    assert sink.to == ["tot@example.vn"] * rules.REFUSALS_TAKEN
    assert [row.email for row in subscribers_of(cast.a)] == ["tot@example.vn"]


def test_unconfirmed_ones_get_nothing(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    make_subscriber(cast.a, "chua@example.vn", confirmed=False)
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)
    assert dispatch_digests() == 0
    assert _send(cast.a) == 0
    assert sink.mails == []


def test_three_cost_three_times_one_and_no_more(cast: Cast, sink: MailSink, clock: time_machine.Traveller) -> None:
    """Claim, read, finish: a constant number for each subscriber, whatever there is to read."""
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    counts = []
    for number in (1, 3):
        for one in range(number):
            make_subscriber(cast.a, f"n{number}-{one}@example.vn", since=NOW)
        clock.move_to(MONDAY)
        with CaptureQueriesContext(connection) as queries:
            assert _send(cast.a) == number
        counts.append(len(queries))
        clock.move_to(NOW)
    assert counts[1] - counts[0] == 2 * 3


def test_a_large_unit_is_sent_in_parts(
    cast: Cast, sink: MailSink, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from news.actions import digests

    monkeypatch.setattr(digests, "BATCH", 2)
    for number in range(5):
        make_subscriber(cast.a, f"n{number}@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)
    assert [_send(cast.a) for _run in range(4)] == [2, 2, 1, 0]
    assert len(set(sink.to)) == 5


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_workers_at_once_send_each_digest_once(sink: MailSink, clock: time_machine.Traveller) -> None:
    from concurrent.futures import ThreadPoolExecutor

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    for number in range(5):
        make_subscriber(cast.a, f"n{number}@example.vn")
    _publish(cast.a, "Tin", NOW + timedelta(hours=1))
    clock.move_to(MONDAY)

    def work(_number: int) -> int:
        try:
            return _send(cast.a)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 5
    assert sorted(sink.to) == [f"n{number}@example.vn" for number in range(5)]
