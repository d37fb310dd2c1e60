"""Spokespersons: assigned, published within the lawful hours or late, the register of all units, who may publish."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, NOW, Cast, House
from tests.factories.people import spokesperson_of
from tests.factories.visits import body_of, visit
from units.actions.people_press import (
    delete_spokesperson,
    end_spokesperson,
    publish_spokesperson,
    save_legal_term,
    save_spokesperson,
)
from units.enums import Role
from units.enums.people import TermCode
from units.models import LegalTerm, Spokesperson

PAGE = "/nguoi-phat-ngon/"


@pytest.fixture(autouse=True)
def _clock(cast: Cast) -> Any:
    """The cast's own clock ticks; ours stands."""
    with time_machine.travel(NOW, tick=False):
        yield


def _assigned(house: House, hours: float, **more: Any) -> Spokesperson:
    with unit_scope(house.unit):
        return save_spokesperson(
            spokesperson=Spokesperson(
                name=f"Lê Phát {house.marker}", post="Chánh Văn phòng", phone="0234 382 0002", email="p@example.vn",
                assigned_at=NOW - timedelta(hours=hours), **more,
            )
        )  # fmt: skip


def _publish(house: House, row: Spokesperson) -> bool:
    with unit_scope(house.unit):
        return publish_spokesperson(spokesperson=row, actor=house.admin)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (23.9, "Đúng hạn: sau 24 giờ"),
        (24, "Đúng hạn: sau 24 giờ"),
        (24.1, "Muộn: sau 25 giờ"),
        (1_000, "Muộn: sau 1.000 giờ"),
    ],
)
def test_the_hours_from_assignment_to_publication_are_measured(cast: Cast, hours: float, words: str) -> None:
    row = _assigned(cast.a, hours)
    assert cast.a.marker not in body_of(visit(cast.a.host, PAGE)).split("<main")[1].split("</main>")[0]
    assert _publish(cast.a, row)
    assert not _publish(cast.a, row), "two at once: the first counts"
    page = body_of(visit(cast.a.host, PAGE))
    for text in (words, f"Lê Phát {cast.a.marker}", 'href="tel:02343820002"', "Giao nhiệm vụ", "Nghị định 244/2026"):
        assert text in page
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.filter(verb="spokesperson.publish").count() == 1


def test_before_the_decree_no_time_was_set(cast: Cast) -> None:
    row = _assigned(cast.a, 24 * 200)
    _publish(cast.a, row)
    page = body_of(visit(cast.a.host, PAGE))
    assert "Muộn" not in page
    assert "Sau 4.800 giờ" in page


def test_a_change_of_law_counts_from_its_day(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        now = LegalTerm.objects.get(code=TermCode.SPOKESPERSON_HOURS)
        now.valid_to = date(2026, 11, 30)
        save_legal_term(term=now, actor=cast.operator)
        stricter = LegalTerm(
            code=TermCode.SPOKESPERSON_HOURS, number=4, valid_from=date(2026, 12, 1), source="Luật mới"
        )
        save_legal_term(term=stricter, actor=cast.operator)
    old = _assigned(cast.a, 20)
    _publish(cast.a, old)
    with time_machine.travel(datetime(2026, 12, 2, 20, tzinfo=HANOI), tick=False):
        with unit_scope(cast.a.unit):
            new = save_spokesperson(
                spokesperson=Spokesperson(
                    name="Người Sau", post="Phó", phone="0234 382 0002", email="p@example.vn",
                    assigned_at=datetime(2026, 12, 2, 8, tzinfo=HANOI),
                )
            )  # fmt: skip
        _publish(cast.a, new)
        page = body_of(visit(cast.a.host, PAGE))
    assert "Đúng hạn: sau 20 giờ (hạn 24)" in page
    assert "Muộn: sau 12 giờ, hạn 4 giờ" in page


def test_the_time_of_assignment_can_not_be_moved_afterwards(cast: Cast) -> None:
    row = _assigned(cast.a, 30)
    _publish(cast.a, row)
    with unit_scope(cast.a.unit):
        row = Spokesperson.objects.get(pk=row.pk)
        row.assigned_at = NOW - timedelta(hours=1)
        with pytest.raises(ValidationError, match="không sửa được"):
            save_spokesperson(spokesperson=row, actor=cast.a.admin)
        with pytest.raises(ValidationError, match="không xóa"):
            delete_spokesperson(spokesperson=row, actor=cast.a.admin)


def test_nobody_is_published_ahead_of_time_or_after_it(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="chưa tới"):
        _publish(cast.a, _assigned(cast.a, -2))
    with pytest.raises(ValidationError, match="đã thôi"):
        _publish(cast.a, _assigned(cast.a, 5, ends_at=NOW - timedelta(hours=1)))


def test_one_whose_time_is_over_leaves_the_page(cast: Cast) -> None:
    row = spokesperson_of(cast.a)
    with unit_scope(cast.a.unit):
        with pytest.raises(ValidationError, match="phải sau"):
            end_spokesperson(spokesperson=row, at=NOW - timedelta(days=9), actor=cast.a.admin)
        assert end_spokesperson(spokesperson=row, at=NOW + timedelta(hours=1), actor=cast.a.admin)
        assert not end_spokesperson(spokesperson=row, at=NOW + timedelta(hours=2), actor=cast.a.admin)
    assert "Lê Thị Phát" in body_of(visit(cast.a.host, PAGE))
    # A page is kept for a minute, which Redis counts by the real clock.
    caches["pages"].clear()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert "Lê Thị Phát" not in body_of(visit(cast.a.host, PAGE))


def test_the_province_lists_all_units_and_who_has_none(cast: Cast) -> None:
    spokesperson_of(cast.a)
    waiting = spokesperson_of(cast.b, published=False)
    page = body_of(visit("localhost", PAGE)).split("<main")[1]
    assert f"Lê Thị Phát {cast.a.marker}" in page
    assert waiting.name not in page
    missing = page.split("đơn vị chưa công bố")[2]
    assert "Xã Phú Vinh" in missing.split("</ul>")[0]
    assert "Phường Kim Long" in missing.split("</ul>")[0]
    assert "Xã Phú Thuận" not in page, "closed units speak no more"
    own = body_of(visit(cast.a.host, PAGE))
    assert cast.b.marker not in own
    assert 'href="http://localhost/nguoi-phat-ngon/"' in own


def test_the_register_costs_the_same_for_many_units(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert visit("localhost", f"{PAGE}?x=1").status_code == 200
        return len(seen)

    spokesperson_of(cast.a)
    count()
    few = count()
    spokesperson_of(cast.b)
    for number in range(4):
        _publish(cast.a, _assigned(cast.a, number))
    count()
    assert count() == few
    assert few <= 12


def _post(house: House, role: Role, path: str, data: dict[str, str] | None = None) -> Any:
    client = Client()
    client.force_login(house.people[role])
    return client.post(path, data or {}, headers={"host": house.host})


def test_publishing_is_for_those_who_may(cast: Cast) -> None:
    row = _assigned(cast.a, 2)
    path = f"/quan-tri/units/spokesperson/{row.pk}/cong-bo/"
    assert _post(cast.a, Role.EDITOR, path).status_code == 403
    assert _post(cast.a, Role.APPROVER, path).status_code == 302
    with unit_scope(cast.a.unit):
        assert Spokesperson.objects.get(pk=row.pk).published_at == NOW
    # What citizens read is changed by who may publish it.
    change = {"name": "Người Khác", "post": "Phó", "phone": "0234 382 0002", "email": "p@example.vn", "role": "MAIN"}
    assert _post(cast.a, Role.EDITOR, f"/quan-tri/units/spokesperson/{row.pk}/change/", change).status_code == 403
    assert _post(cast.b, Role.APPROVER, path).status_code == 404, "the other unit's"


@pytest.mark.parametrize(
    ("hours", "words"), [(5, "Còn 19 giờ (hạn 24 giờ)"), (30, "Quá hạn 6 giờ"), (24 * 200, "Giao nhiệm vụ")]
)
def test_the_desk_says_how_many_hours_are_left(cast: Cast, hours: float, words: str) -> None:
    _assigned(cast.a, hours)
    page = body_of(visit(cast.a.host, "/quan-tri/", user=cast.a.people[Role.APPROVER]))
    assert "Người phát ngôn chưa công bố" in page
    assert words in page
    assert "Người phát ngôn chưa công bố" not in body_of(visit(cast.b.host, "/quan-tri/", user=cast.b.admin))


def test_what_the_decree_asks_for_is_compulsory(cast: Cast) -> None:
    answer = body_of(
        _post(cast.a, Role.EDITOR, "/quan-tri/units/spokesperson/add/", {"role": "MAIN", "phone": "không có"})
    )
    for words in (
        "Nhập họ và tên.",
        "Nhập chức vụ.",
        "cần đủ chữ số",
        "Nhập thư công vụ.",
        "Chọn ngày và giờ giao nhiệm vụ.",
    ):
        assert words in answer
