"""Following a dossier: any spelling of the number, the right units, words instead of codes, and no way to try them all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.core.models import Holiday
from portal.core.tenancy import unit_scope
from services.enums import DossierStatus as Status
from services.models import Dossier, Field, Procedure
from services.rules.dossiers import LOOKUPS_PER_HOUR
from tests.factories.cast import NOW, Cast
from tests.factories.dossiers import ask, keep, row
from tests.factories.visits import body_of, visit
from units.models import Site

# The clock stands at Sunday, 22 November 2026, 7:30.
MONDAY, THURSDAY = date(2026, 11, 16), date(2026, 11, 26)


def page_of(cast: Cast, number: str = "H57-000001", host: str = "") -> str:
    return " ".join(body_of(ask(host or cast.a.host, number)).split())


@pytest.mark.parametrize(
    "typed", ["H57.36-261116-0042", "h57 36 261116 0042", "h5736261116 0042", " H57/36/261116/0042 "]
)
def test_a_number_is_found_in_any_spelling(cast: Cast, typed: str) -> None:
    keep(cast.a.unit, [row("H57.36-261116-0042", MONDAY, THURSDAY, office="Bàn số 3")])
    response = ask(cast.a.host, typed)
    assert response.status_code == 200
    text = body_of(response)
    assert "Bàn số 3" in text
    assert "H57.36-261116-0042" in text


def test_another_units_dossier_is_not_answered_on_a_communes_site(cast: Cast) -> None:
    keep(cast.b.unit, [row("H57-000001", MONDAY, THURSDAY, office=f"Bàn {cast.b.marker}", field_name=cast.b.word)])
    text = page_of(cast)
    assert "Chưa thấy hồ sơ này" in text
    assert cast.b.marker not in text
    assert cast.b.word not in text
    assert cast.b.unit.name not in text
    # The province answers for all of its units, and names the one that has it.
    text = page_of(cast, host=cast.province.canonical_host)
    assert f"Bàn {cast.b.marker}" in text
    assert f'href="http://{cast.b.host}/"' in text


def test_a_closed_units_dossiers_are_not_answered_any_more(cast: Cast) -> None:
    keep(cast.closed, [row("H57-000001", MONDAY, THURSDAY)])
    assert "Chưa thấy hồ sơ này" in page_of(cast, host=cast.province.canonical_host)
    assert ask(cast.closed.canonical_host, "H57-000001").status_code == 404


@pytest.mark.parametrize(
    ("due", "finished", "status", "words"),
    [
        (THURSDAY, None, Status.PROCESSING, '<p class="standing__days">4</p> <div><p class="standing__words">ngày làm việc còn lại'),
        (date(2026, 11, 22), None, Status.PROCESSING, "Hôm nay là ngày hẹn trả"),
        (date(2026, 11, 18), None, Status.RECEIVED, '<p class="standing__days">2</p> <div><p class="standing__words">ngày làm việc trễ hẹn'),
        (date(2026, 11, 20), None, Status.PROCESSING, "Đã qua ngày hẹn trả"),
        (None, None, Status.PROCESSING, "Nguồn không ghi ngày hẹn trả"),
        (date(2026, 11, 18), None, Status.SUPPLEMENT, "Thời gian chờ bổ sung không tính vào thời hạn"),
        (date(2026, 11, 20), date(2026, 11, 20), Status.RETURNED, "Đã xong, đúng hạn"),
        (date(2026, 11, 17), date(2026, 11, 20), Status.DONE, "Đã xong, trễ 3 ngày làm việc"),
        (date(2026, 11, 20), date(2026, 11, 21), Status.DONE, "Đã xong, sau ngày hẹn"),
        (date(2026, 11, 20), date(2026, 11, 20), Status.REFUSED, "Đã có văn bản trả lời, đúng hạn"),
        (THURSDAY, date(2026, 11, 20), Status.WITHDRAWN, "Người nộp đã rút hồ sơ"),
    ],
)  # fmt: skip
def test_standing_is_counted_in_working_days(
    cast: Cast, due: date | None, finished: date | None, status: Status, words: str
) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, due, finished, status=status)])
    assert words in page_of(cast)


def test_holidays_are_no_working_days(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    Holiday.objects.create(day=date(2026, 11, 24), name="Ngày nghỉ thử", is_worked=False)
    assert '<p class="standing__days">3</p>' in page_of(cast)


def test_words_of_the_source_are_shown_where_we_have_none(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY, status=Status.OTHER, status_words="Chuyển Sở <b>ký số</b>")])
    text = page_of(cast)
    assert "Chuyển Sở &lt;b&gt;ký số&lt;/b&gt;" in text


def test_the_procedure_is_linked_where_the_catalogue_has_it(cast: Cast) -> None:
    field = Field.objects.create(name="Hộ tịch")
    Procedure.objects.create(code="1.001193", name="Đăng ký khai sinh", field=field, valid_from=date(2025, 7, 1))
    keep(
        cast.a.unit,
        [
            row("H57-000001", MONDAY, THURSDAY, procedure_code="1.001193"),
            row("H57-000002", MONDAY, procedure_code="9.999999"),
        ],
    )
    assert 'href="/dich-vu-cong/1.001193/"' in page_of(cast)
    text = page_of(cast, "H57-000002")
    assert "9.999999" in text
    assert 'href="/dich-vu-cong/9.999999/"' not in text


def test_an_old_feed_still_answers_and_says_since_when(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    assert "Tính đến 7:30, 22/11/2026." in page_of(cast)
    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        text = page_of(cast)
    assert "Tính đến 7:30, 22/11/2026. Từ đó chưa có số liệu mới" in text


def test_a_dossier_that_its_feed_no_longer_names_says_so(cast: Cast) -> None:
    feed = keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        keep(cast.a.unit, [row("H57-000002", MONDAY, THURSDAY)], feed)
        assert "Sau đó nguồn không còn nêu hồ sơ này" in page_of(cast)


def test_an_unknown_number_gets_help(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-100005", MONDAY, THURSDAY)])
    text = page_of(cast, "H57-IOOOO5")
    assert "chữ O và số 0" in text
    assert '<a href="/dich-vu-cong/tra-cuu/?so=H57-100005">H57-100005</a>' in text
    assert f'href="http://{cast.province.canonical_host}/dich-vu-cong/tra-cuu/?so=H57IOOOO5"' in text
    assert "Số hồ sơ nằm ở đâu" in text
    assert "/tra-cuu/?so=H57-" not in page_of(cast, "H57-999999"), "no number that is not near is given away"


@pytest.mark.parametrize("typed", ["", "   ", "abc", "H57", "x" * 121, "'; drop table --", "\u202e\u200b\ufffe"])
def test_what_is_no_number_is_told_so(cast: Cast, typed: str) -> None:
    response = ask(cast.a.host, typed)
    assert response.status_code in {200, 422}
    assert "Số hồ sơ nằm ở đâu" in body_of(response)
    if response.status_code == 422:
        assert "rfield__error" in body_of(response)


def test_what_somebody_typed_is_shown_as_text(cast: Cast) -> None:
    text = body_of(ask(cast.a.host, '"><script>alert(1)</script>000000'))
    assert "<script>alert" not in text


def test_numbers_can_not_be_tried_without_end(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY, office="Bàn số 3")])
    statuses = [ask(cast.a.host, f"H57-{number:06d}").status_code for number in range(LOOKUPS_PER_HOUR + 2)]
    assert statuses == [200] * LOOKUPS_PER_HOUR + [429, 429]
    refused = ask(cast.a.host, "H57-000001")
    assert refused.status_code == 429
    text = body_of(refused)
    assert "Mỗi giờ tra được 60 số" in text
    assert "Bàn số 3" not in text, "a number that exists is refused like one that does not"
    # The form alone costs nothing, another site has its own count, and the next hour is open again.
    assert visit(cast.a.host, "/dich-vu-cong/tra-cuu/").status_code == 200
    assert ask(cast.b.host, "H57-000001").status_code == 200
    with time_machine.travel(NOW + timedelta(hours=1), tick=True):
        assert "Bàn số 3" in body_of(ask(cast.a.host, "H57-000001"))


def test_it_is_neither_cached_nor_for_robots(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    for response in (visit(cast.a.host, "/dich-vu-cong/tra-cuu/"), ask(cast.a.host, "H57-000001")):
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert 'name="robots" content="noindex, nofollow"' in body_of(response)
        assert not response.cookies


def test_a_unit_without_a_feed_says_so(cast: Cast) -> None:
    assert "chưa công bố tình trạng hồ sơ ở đây" in body_of(visit(cast.a.host, "/dich-vu-cong/tra-cuu/"))
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    assert "chưa công bố tình trạng hồ sơ ở đây" not in body_of(visit(cast.a.host, "/dich-vu-cong/tra-cuu/"))


def test_a_unit_that_has_switched_services_off_has_no_lookup(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        Site.objects.update(modules=[])
    assert visit(cast.a.host, "/dich-vu-cong/tra-cuu/").status_code == 404


def test_only_reading_is_allowed(cast: Cast) -> None:
    client = Client()
    assert client.post("/dich-vu-cong/tra-cuu/", {"so": "H57-000001"}, headers={"host": cast.a.host}).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("is_province", [False, True])
def test_queries_of_an_answer(cast: Cast, django_assert_num_queries: Any, number: int, is_province: bool) -> None:
    """The same number in one unit or three, with or without a procedure."""
    for unit in (cast.a.unit, cast.b.unit, cast.third)[:number]:
        keep(unit, [row("H57-000001", MONDAY, THURSDAY, procedure_code="1.001193")])
    host = cast.province.canonical_host if is_province else cast.a.host
    ask(host, "H57-000001")  # the day's salt and the visitor's counter are made once
    with django_assert_num_queries(11 if is_province else 10):
        assert ask(host, "H57-000001").status_code == 200


def test_every_dossier_is_found_by_its_key_only_inside_its_unit(cast: Cast) -> None:
    keep(cast.a.unit, [row("H57-000001", MONDAY, THURSDAY)])
    with unit_scope(cast.b.unit):
        assert Dossier.objects.all().with_key("H57000001") == []
