"""Reading feeds: over real HTTP, one worker at a time, repeatable, and the last answer stays when a feed goes away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal.celery import app
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from services.actions import dossiers as actions
from services.actions.dossiers import Claim, LostClaim, keep_found, read_due_feeds, read_feed
from services.dossiers import Reading, SourceRow
from services.dossiers.published import PublishedCsv
from services.models import Dossier, DossierFeed, Field, Procedure
from services.tasks.dossiers import dispatch_feeds, read_feed_now, read_feeds
from tests.factories.cast import NOW, Cast, House, make_cast
from tests.factories.dossiers import feed_bytes, keep, line, make_feed, numbers, row
from tests.factories.web import Web, serve
from units.models import Unit


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """A one-stop system on this machine."""
    with serve() as running:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{running.port}"]
        yield running


def read(house: House, feed: DossierFeed) -> DossierFeed:
    """Read it now, whenever it is due; gives it as it stands then."""
    with unit_scope(house.unit):
        DossierFeed.objects.filter(pk=feed.pk).update(next_at=None)
        read_feed(feed_id=feed.pk)
        return DossierFeed.objects.get(pk=feed.pk)


def dossier(unit: Unit, number: str) -> Dossier:
    with unit_scope(unit):
        return Dossier.objects.get(number=number)


def test_a_published_feed_is_read(cast: Cast, web: Web) -> None:
    feed = make_feed(
        cast.a.unit, web.put("/ho-so.csv", feed_bytes(line("H57-000001"), line("H57-000002", received="x")))
    )
    feed = read(cast.a, feed)
    assert numbers(cast.a.unit) == {"H57-000001"}
    assert numbers(cast.b.unit) == set()
    assert (feed.row_count, feed.problem_count, feed.last_error, feed.claimed_at) == (1, 1, "", None)
    assert feed.problems == [{"line": 3, "problem": "“x” không phải ngày. Viết 22/11/2026 hoặc 2026-11-22."}]
    assert feed.next_at is not None
    assert feed.next_at - NOW >= timedelta(minutes=29)


def test_a_dossier_that_moved_on_is_told_anew_and_stays_one(cast: Cast, web: Web) -> None:
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(line("H57-000001"))))
    read(cast.a, feed)
    web.put("/f", feed_bytes(line("h57 000001", finished="20/11/2026", status="Đã trả kết quả", office="Quầy số 1")))
    read(cast.a, feed)
    with unit_scope(cast.a.unit):
        (found,) = Dossier.objects.all()
    assert (found.status, found.finished_on, found.office) == ("RETURNED", date(2026, 11, 20), "Quầy số 1")


def test_a_field_is_written_as_the_catalogue_writes_it(cast: Cast) -> None:
    field = Field.objects.create(name="Hộ tịch")
    Procedure.objects.create(code="1.001193", name="Đăng ký khai sinh", field=field, valid_from=date(2025, 7, 1))
    day = date(2026, 11, 16)
    keep(
        cast.a.unit,
        [
            row("H57-000001", day, field_name="HỘ TỊCH"),
            row("H57-000002", day, procedure_code="1.001193"),
            row("H57-000003", day),
            row("H57-000004", day, field_name="Việc của xã"),
        ],
    )
    with unit_scope(cast.a.unit):
        names = list(Dossier.objects.order_by("number").values_list("field_name", flat=True))
    assert names == ["Hộ tịch", "Hộ tịch", "Lĩnh vực khác", "Việc của xã"]


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, b"x", "mã 404"), (500, b"", "mã 500"), (200, b"<html>dang nhap</html>", "trang web"), (200, b"a,b\n1,2\n", "thiếu cột"),
        (200, b'So ho so,Ngay nhan,Tinh trang\n"x', "không đúng dạng CSV"),
    ],
)  # fmt: skip
def test_a_feed_that_breaks_says_so_and_the_last_answer_stays(
    cast: Cast, web: Web, status: int, body: bytes, words: str
) -> None:
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(line("H57-000001"))))
    good = read(cast.a, feed)
    web.put("/f", body, status=status)
    bad = read(cast.a, feed)
    assert words in bad.last_error
    assert (bad.last_read_at, bad.claimed_at) == (good.last_read_at, None)
    assert numbers(cast.a.unit) == {"H57-000001"}
    web.put("/f", feed_bytes(line("H57-000001"), line("H57-000002")))
    assert read(cast.a, feed).last_error == ""
    assert numbers(cast.a.unit) == {"H57-000001", "H57-000002"}


def test_the_inside_of_the_network_is_not_asked(cast: Cast) -> None:
    with serve() as inside:
        feed = make_feed(cast.a.unit, inside.put("/f", feed_bytes(line("H57-000001"))))
        assert "mạng riêng" in read(cast.a, feed).last_error
        assert inside.asked == []


def test_a_file_without_end_is_not_read_to_its_end(cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.dossiers.published.MOST_BYTES", 1_000)
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(*(line(f"H57-{n:06d}") for n in range(100)))))
    assert "lớn quá" in read(cast.a, feed).last_error
    assert numbers(cast.a.unit) == set()


def test_the_same_file_again_changes_no_row_and_is_fresh(cast: Cast, web: Web) -> None:
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(line("H57-000001"))))
    read(cast.a, feed)
    with unit_scope(cast.a.unit):
        Dossier.objects.update(office="chưa ai chép lại")
    with time_machine.travel(NOW + timedelta(hours=2), tick=True):
        fresh = read(cast.a, feed)
    found = dossier(cast.a.unit, "H57-000001")
    assert found.office == "chưa ai chép lại"
    assert found.seen_at == fresh.last_read_at


def test_what_the_feed_no_longer_names_is_kept_and_then_dropped(cast: Cast) -> None:
    unit, received = cast.a.unit, date(2026, 10, 1)
    feed = keep(unit, [row("H57-000001", received, finished=date(2026, 11, 1)), row("H57-000002", received)])
    gone = [row("H57-000003", date(2026, 11, 2))]
    keep(unit, gone, feed)
    assert numbers(unit) == {"H57-000001", "H57-000002", "H57-000003"}
    # 400 days after it was finished (1 November 2026) the last one is 6 December 2027.
    for day, left in (
        ((2027, 12, 6), {"H57-000001", "H57-000002", "H57-000003"}),
        ((2027, 12, 7), {"H57-000002", "H57-000003"}),
    ):
        with time_machine.travel(NOW.replace(year=day[0], month=day[1], day=day[2])):
            keep(unit, gone, feed)
        assert numbers(unit) == left
    # The unfinished one goes 400 days after it was last named (22 November 2026).
    with time_machine.travel(NOW.replace(year=2027, month=12, day=28)):
        keep(unit, gone, feed)
    assert numbers(unit) == {"H57-000003"}


def test_a_feed_is_read_by_one_worker_at_a_time(cast: Cast, web: Web) -> None:
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(line("H57-000001"))))
    with unit_scope(cast.a.unit):
        DossierFeed.objects.update(claimed_at=timezone.now() - timedelta(minutes=14))
        assert read_feed(feed_id=feed.pk) is False
        assert web.asked == []
        # Fifteen minutes of silence: that worker was killed.
        DossierFeed.objects.update(claimed_at=timezone.now() - timedelta(minutes=16))
        assert read_feed(feed_id=feed.pk) is True
        assert read_feed(feed_id=feed.pk) is False, "not due again"
    assert numbers(cast.a.unit) == {"H57-000001"}


def test_a_killed_worker_leaves_whole_batches_and_the_next_one_the_rest(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "BATCH", 10)
    rows = [row(f"H57-{number:06d}", date(2026, 11, 16)) for number in range(35)]
    feed = make_feed(cast.a.unit)
    renewed = 0

    def killed(self: Claim) -> None:
        nonlocal renewed
        renewed += 1
        if renewed == 3:
            raise KeyboardInterrupt

    with unit_scope(cast.a.unit), monkeypatch.context() as patch:
        patch.setattr(Claim, "renew", killed)
        with pytest.raises(KeyboardInterrupt):
            keep_found(feed=feed, reading=Reading(rows=rows))
    assert len(numbers(cast.a.unit)) == 20
    with time_machine.travel(NOW + timedelta(minutes=16), tick=True):
        keep(cast.a.unit, rows, feed)
    assert len(numbers(cast.a.unit)) == 35


def test_a_worker_that_was_thought_dead_stops_when_it_wakes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 10)
    feed = make_feed(cast.a.unit)
    rows: list[SourceRow] = [row(f"H57-{number:06d}", date(2026, 11, 16)) for number in range(35)]
    with unit_scope(cast.a.unit):
        now = timezone.now()
        DossierFeed.objects.update(claimed_at=now)
        late = Claim(feed, now)
        late.renew()
        DossierFeed.objects.update(claimed_at=now + timedelta(minutes=20))
        with pytest.raises(LostClaim):
            actions.keep_reading(feed=feed, reading=Reading(rows=rows), claim=late)
        assert not Dossier.objects.exists()


def test_the_beat_wakes_the_units_whose_feeds_are_due(cast: Cast, web: Web, eager_tasks: None) -> None:
    url = web.put("/f", feed_bytes(line("H57-000001")))
    make_feed(cast.a.unit, url)
    make_feed(cast.b.unit, url, next_at=timezone.now() + timedelta(minutes=5))
    make_feed(cast.third, url, is_active=False)
    assert dispatch_feeds() == 1
    assert numbers(cast.a.unit) == {"H57-000001"}
    assert dispatch_feeds() == 0
    assert len(web.asked) == 1


def test_the_tasks_are_known_to_celery_and_carry_ids_only(cast: Cast, web: Web) -> None:
    feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(line("H57-000001"))))
    names = {"services.read_feeds", "services.read_feed_now", "services.dispatch_feeds", "services.count_all_months"}
    assert names <= set(app.tasks)
    assert read_feed_now(unit_id=cast.a.unit.pk, feed_id=feed.pk) is True
    assert read_feed_now(unit_id=cast.b.unit.pk, feed_id=feed.pk) is False, "another unit's feed"
    assert read_feeds(unit_id=cast.b.unit.pk) == 0
    assert read_feed_now(unit_id=cast.a.unit.pk, feed_id=999_999) is False, "a row that is gone is no error"


def test_two_units_may_have_dossiers_of_the_same_number(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", date(2026, 11, 16), office="Bàn 1")])
    keep(cast.b.unit, [row("H57-000001", date(2026, 11, 17), office="Bàn 2")])
    assert dossier(cast.a.unit, "H57-000001").office == "Bàn 1"
    assert dossier(cast.b.unit, "H57-000001").office == "Bàn 2"


def test_saving_a_feed_reads_it_anew_and_is_written_down(
    cast: Cast, django_capture_on_commit_callbacks: Any, web: Web, eager_tasks: None
) -> None:
    url = web.put("/f", feed_bytes(line("H57-000001")))
    with unit_scope(cast.a.unit), django_capture_on_commit_callbacks(execute=True):
        feed = actions.save_feed(feed=DossierFeed(url=url), actor=cast.a.admin)
    assert numbers(cast.a.unit) == {"H57-000001"}
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.about(feed).get().verb == "feed.add"
        with django_capture_on_commit_callbacks(execute=True):
            actions.ask_to_read(feed=feed, actor=cast.a.admin)
    assert len(web.asked) == 2
    with unit_scope(cast.a.unit):
        actions.delete_feed(feed=DossierFeed.objects.get(), actor=cast.a.admin)
    assert numbers(cast.a.unit) == set()


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_bounded_steps(cast: Cast, django_assert_max_num_queries: Any) -> None:
    reading = PublishedCsv().parse(feed_bytes(*(line(f"H57-{number:06d}") for number in range(20_000))))
    feed = make_feed(cast.a.unit)
    # Three queries a batch (claim, write, savepoints), and what SQLite's limit of parameters cuts a batch into.
    with unit_scope(cast.a.unit), django_assert_max_num_queries(20 * 20 + 40):
        keep_found(feed=feed, reading=reading)
    assert len(numbers(cast.a.unit)) == 20_000


@pytest.mark.postgres
def test_two_workers_at_once_ask_the_source_once(transactional_db: None, clock: Any, settings: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite writes one after the other")
    cast = make_cast()
    with serve() as web:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{web.port}"]
        feed = make_feed(cast.a.unit, web.put("/f", feed_bytes(*(line(f"H57-{n:06d}") for n in range(500)))))
        web.slow["/f"] = 0.3
        start, outcomes = threading.Barrier(4), []

        def work() -> None:
            with unit_scope(cast.a.unit):
                start.wait()
                outcomes.append(read_due_feeds() and read_feed(feed_id=feed.pk))
            connection.close()

        threads = [threading.Thread(target=work) for _count in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert len(web.asked) == 1
        assert len(outcomes) == 4
    assert len(numbers(cast.a.unit)) == 500
