"""/tiep-cong-dan/ as citizens read it: what is coming, who receives, how many places are left, what is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.reception import (
    head_of,
    past_session_of,
    reception_path,
    register,
    series_of,
    session_of,
    special_of,
)
from tests.factories.visits import body_of, visit
from units.actions import close_unit
from units.actions.reception import cancel_session
from units.enums import Module
from units.models import ReceptionSession, Site

GOOD = {"name": "Lê Thị Sen", "phone": "0905 123 456", "subject": "Hỏi về cống thoát nước", "agree": "on"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _page(house: House, path: str = "/tiep-cong-dan/") -> str:
    response = visit(house.host, path)
    assert response.status_code == 200, path
    return body_of(response)


def _post(house: House, path: str, data: dict[str, str], client: Client | None = None) -> Any:
    sender = client or Client(raise_request_exception=False)
    return sender.post(path, data, headers={"host": house.host})


def _form(session: ReceptionSession) -> str:
    return f"/tiep-cong-dan/dang-ky/{session.pk}/"


# --- the list -----------------------------------------------------------------------------------------------------------


def test_the_list_says_when_where_who_and_how_many_are_left(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    series_of(a, receiver=head, receiver_text="")
    session_of(a, receiver=head, capacity=6)
    special_of(a, days=8)
    session_of(a, days=11, seen=False, place="Chưa ai biết")
    page = _page(a)
    for words in (
        "Thứ Năm hằng tuần", "26/11", "7:30 – 11:00", head.full_name, f"Chủ tịch {a.word}", "còn 6 lượt", "Định kỳ",
        "Đột xuất", f"Mở đường {a.marker}", "Không cần hẹn trước với buổi định kỳ", "trước 4 ngày làm việc",
        "Công bố muộn: quy định ít nhất 5 ngày", "buổi đột xuất", "Luật Tiếp công dân 42/2013/QH13",
    ):  # fmt: skip
        assert words in page, words
    assert "Chưa ai biết" not in page
    assert "thiếu 4" in page


def test_who_receives_is_named_by_the_post_of_that_day(cast: Cast) -> None:
    a, head = cast.a, head_of(cast.a)
    with unit_scope(a.unit):
        head.appointments.update(ends_on=(NOW + timedelta(days=7)).date())
    session_of(a, receiver=head)
    session_of(a, days=11, receiver=head)
    cards = _page(a).split('<article class="rcard')[1:]
    assert f"Chủ tịch {a.word}" in cards[0]
    assert f"Chủ tịch {a.word}" not in cards[1].split("</article>")[0]


def test_what_was_called_off_stays_with_its_reason_and_what_is_over_is_listed(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    past_session_of(a, place="x")
    with unit_scope(a.unit):
        cancel_session(session=session, reason="Bão số <9>", actor=a.admin)
    page = _page(a)
    assert "Lý do hoãn: Bão số &lt;9&gt;" in page
    assert "Đăng ký gặp" not in page.split('<article class="rcard')[1].split("</article>")[0]
    assert "Các buổi đã qua" in page
    assert "Đã tiếp" in page


def test_places_left_are_never_stale(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    assert "còn 10 lượt" in _page(a)
    register(a, session)
    assert "còn 9 lượt" in _page(a)
    assert visit(a.host, "/tiep-cong-dan/").headers["Cache-Control"] == "no-store"


def test_older_sessions_are_reached_page_by_page(cast: Cast) -> None:
    for number in range(15):
        past_session_of(cast.a, days=3 + number // 2, receiver_text=f"Người số {number}.")
    first = _page(cast.a)
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = _page(cast.a, older)
    for number in range(15):
        assert (f"Người số {number}." in first) != (f"Người số {number}." in second), number


@pytest.mark.parametrize("place", ["x", "2026-99-99-1", "2026-11-22-" + "9" * 30, "2026-11-22", "1999-01-01-1", "%00"])
def test_junk_places_are_not_found(cast: Cast, place: str) -> None:
    past_session_of(cast.a)
    assert visit(cast.a.host, f"/tiep-cong-dan/?truoc={place}").status_code in {400, 404}


def test_an_empty_unit_says_what_to_do(cast: Cast) -> None:
    assert "Chưa công bố buổi nào sắp tới" in _page(cast.a)


def test_the_list_costs_the_same_at_one_row_and_at_three(cast: Cast) -> None:
    def queries() -> int:
        visit(cast.a.host, "/tiep-cong-dan/")
        with CaptureQueriesContext(connection) as found:
            _page(cast.a)
        return len(found)

    reception_path(cast.a)
    one = queries()
    for number in range(2):
        special_of(cast.a, days=8 + number, receiver=head_of(cast.a))
        past_session_of(cast.a, days=5 + number)
        series_of(cast.a)
    assert queries() == one <= 12


def test_a_closed_unit_keeps_its_archive_and_takes_nobody(cast: Cast) -> None:
    a, session = cast.a, session_of(cast.a)
    past_session_of(a)
    close_unit(unit=a.unit, last_day=(NOW - timedelta(days=1)).date())
    page = _page(a)
    assert "Đã tiếp" in page
    assert "Đăng ký gặp" not in page
    assert visit(a.host, _form(session)).status_code == 404


@pytest.mark.parametrize("path", ["", "dang-ky/1/", "da-dang-ky/", "tra-cuu/", "huy/"])
def test_switched_off_there_is_nothing(cast: Cast, path: str) -> None:
    with unit_scope(cast.a.unit):
        Site.objects.update(modules=[name for name in Module.values if name != Module.RECEPTION])
    assert visit(cast.a.host, f"/tiep-cong-dan/{path}").status_code == 404
