"""Pages about people: leaders, one leader, those of before, the chart, hotlines; another unit's people are not here.

Longer than most: the pages share their rows, and a leader's coming and leaving shows on all of them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.people import division_of, hotline_of, make_person, person_of, post_of
from tests.factories.visits import body_of, visit
from units.actions.people import leave_posts, turn_appointments
from units.actions.people_press import save_hotline
from units.enums import Module
from units.enums.people import PostLevel
from units.models import Appointment, Division, Hotline, Person, Post, Site
from units.people.organisation_chart import narrow_chart, wide_chart
from units.people.pages import people_of
from units.tasks.people import turn_all_appointments

pytestmark = pytest.mark.anywhere

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _clock(cast: Cast) -> Any:
    """The cast's own clock ticks; ours stands."""
    with time_machine.travel(NOW, tick=False):
        yield


def _queries(host: str, path: str) -> int:
    visit(host, path)
    caches["pages"].clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert visit(host, path).status_code == 200
    return len(seen)


def _staff(house: House, number: int, first: int = 0) -> None:
    """So many divisions, each with a head, and so many deputies."""
    for count in range(first, first + number):
        with unit_scope(house.unit):
            division = Division.objects.create(name=f"Phòng số {count}", order=count, phone="0234 382 1111")
            Post.objects.create(title=f"Trưởng phòng số {count}", level=PostLevel.HEAD, division=division, order=50)
        head = post_of(house, f"Trưởng phòng số {count}")
        make_person(house, f"Người Trưởng {count}", post=head)
        make_person(house, f"Người Phó {count}", post=post_of(house, f"Phó Chủ tịch {count}"))


def test_leaders_stand_with_post_duties_and_office_contacts(cast: Cast) -> None:
    person_of(cast.a)
    page = body_of(visit(cast.a.host, "/lanh-dao/"))
    for words in (
        f"Trần Văn Mẫu {cast.a.marker}",
        "Chủ tịch Ủy ban nhân dân",
        "Điều hành chung",
        'href="tel:02343820000"',
    ):
        assert words in page
    assert '"@type": "GovernmentOrganization"' in page
    assert f"Phòng Văn hóa {cast.a.marker}" in page


def test_an_empty_unit_says_what_is_missing(cast: Cast) -> None:
    assert "Chưa có danh sách lãnh đạo" in body_of(visit("kim-long.localhost", "/lanh-dao/"))
    assert "Chưa có sơ đồ tổ chức" in body_of(visit("kim-long.localhost", "/lanh-dao/so-do/"))
    assert "chưa có danh bạ" in body_of(visit("kim-long.localhost", "/danh-ba/"))
    assert "Chưa công bố người phát ngôn" in body_of(visit("kim-long.localhost", "/nguoi-phat-ngon/"))
    assert "Chưa có số nào" in body_of(visit("kim-long.localhost", "/duong-day-nong/"))


def test_one_leader_has_a_lasting_page(cast: Cast) -> None:
    person = person_of(cast.a)
    page = body_of(visit(cast.a.host, person.get_absolute_url()))
    for words in (
        "Phụ trách",
        "Tiểu sử",
        "từ 01/7/2025 đến nay",
        "/lich-cong-tac/cua/",
        "/tiep-cong-dan/",
        '"@type": "Person"',
    ):
        assert words in page
    moved = visit(cast.a.host, f"/lanh-dao/ten-cu-{person.pk}/")
    assert (moved.status_code, moved.headers["Location"]) == (301, person.get_absolute_url())


def test_another_units_leader_is_not_here(cast: Cast) -> None:
    theirs = person_of(cast.b)
    for path in (theirs.get_absolute_url(), f"/lanh-dao/{theirs.slug}-{10**18 - 1}/", f"/lanh-dao/x-{'9' * 40}/"):
        assert visit(cast.a.host, path).status_code == 404
    person_of(cast.a)
    for path in ("/lanh-dao/", "/lanh-dao/so-do/", "/danh-ba/"):
        assert cast.b.marker not in body_of(visit(cast.a.host, path))


def test_who_never_led_or_is_hidden_has_no_page(cast: Cast) -> None:
    clerk = make_person(cast.a, "Công chức Mẫu", post=post_of(cast.a, "Công chức", level=PostLevel.STAFF))
    hidden = make_person(cast.a, "Người Ẩn", is_shown=False)
    coming = make_person(
        cast.a, "Người Sắp Đến", post=post_of(cast.a, "Phó Chủ tịch"), starts_on=TODAY + timedelta(days=3)
    )
    for person in (clerk, hidden, coming):
        assert visit(cast.a.host, person.get_absolute_url()).status_code == 404
    page = body_of(visit(cast.a.host, "/lanh-dao/"))
    assert "Người Ẩn" not in page
    assert "Người Sắp Đến" not in page


def test_a_leader_who_left_stays_among_those_of_before(cast: Cast) -> None:
    person = person_of(cast.a)
    with unit_scope(cast.a.unit):
        keys = [row.pk for row in Appointment.objects.open_of(person.pk)]
        assert leave_posts(person=person, from_day=date(2026, 11, 1), keys=keys, actor=cast.a.admin) == 1
        assert leave_posts(person=person, from_day=date(2026, 11, 5), keys=keys, actor=cast.a.admin) == 0, (
            "already ended"
        )
    page = body_of(visit(cast.a.host, "/lanh-dao/"))
    assert "Lãnh đạo qua các thời kỳ" in page
    assert "01/7/2025 – 31/10/2026" in page
    assert '<article class="leader">' not in page
    own = body_of(visit(cast.a.host, person.get_absolute_url()))
    assert "Đã thôi giữ chức vụ, ngày cuối 31/10/2026" in own
    assert "/lich-cong-tac/cua/" not in own
    assert "0234 382 0000 ALPHA" not in own, "the office's number is no longer theirs"


def test_the_last_day_counts_and_midnight_turns_the_page(cast: Cast) -> None:
    post = post_of(cast.a)
    old = make_person(cast.a, "Bà Chủ tịch Cũ", post=post, ends_on=TODAY)
    make_person(cast.a, "Ông Chủ tịch Mới", post=post, starts_on=TODAY + timedelta(days=1))
    page = body_of(visit(cast.a.host, "/lanh-dao/"))
    assert "Bà Chủ tịch Cũ" in page
    assert "Ông Chủ tịch Mới" not in page
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        cast.a.unit.refresh_from_db()
        before = cast.a.unit.generation
        with unit_scope(cast.a.unit):
            assert turn_appointments() == 2
        cast.a.unit.refresh_from_db()
        assert cast.a.unit.generation > before
        page = body_of(visit(cast.a.host, "/lanh-dao/"))
        assert page.index("Ông Chủ tịch Mới") < page.index("Lãnh đạo qua các thời kỳ")
        assert old.get_absolute_url() in page
        turn_all_appointments()


def test_an_acting_head_is_called_so(cast: Cast) -> None:
    person = person_of(cast.a)
    with unit_scope(cast.a.unit):
        Appointment.objects.filter(person=person).update(is_acting=True)
    assert "Quyền chủ tịch Ủy ban nhân dân" in body_of(visit(cast.a.host, "/lanh-dao/"))


def test_a_closed_unit_shows_who_led_it_on_its_last_day(cast: Cast) -> None:
    with unit_scope(cast.closed):
        post = Post.objects.create(title="Chủ tịch xã", level=PostLevel.LEADER)
        person = Person.objects.create(full_name="Chủ tịch Ngày Cuối")
        Appointment.objects.create(person=person, post=post, starts_on=date(2020, 1, 1), ends_on=cast.closed.valid_to)
        Hotline.objects.create(label="Số cũ của xã", number="0234 300 9999")
    host = cast.closed.canonical_host
    page = body_of(visit(host, "/lanh-dao/"))
    assert "Chủ tịch Ngày Cuối" in page
    assert "ngày cuối của đơn vị" in page
    assert "Số cũ của xã" not in body_of(visit(host, "/duong-day-nong/"))


def test_a_unit_that_switched_people_off_has_none_of_the_pages(cast: Cast) -> None:
    person = person_of(cast.a)
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [name for name in site.modules if name != Module.PEOPLE]
        site.save()
    for path in (
        "/lanh-dao/",
        "/lanh-dao/so-do/",
        person.get_absolute_url(),
        "/danh-ba/",
        "/nguoi-phat-ngon/",
        "/duong-day-nong/",
    ):
        assert visit(cast.a.host, path).status_code == 404, path


@pytest.mark.parametrize(
    "path", ["/lanh-dao/", "/lanh-dao/so-do/", "/danh-ba/", "/nguoi-phat-ngon/", "/duong-day-nong/"]
)
def test_queries_do_not_grow_with_people(cast: Cast, path: str) -> None:
    person_of(cast.a)
    hotline_of(cast.a)
    _staff(cast.a, 1)
    few = _queries(cast.a.host, path)
    _staff(cast.a, 4, first=1)
    assert _queries(cast.a.host, path) == few
    assert few <= 12


def test_the_home_page_leads_to_the_leaders_when_there_are_some(cast: Cast) -> None:
    assert 'href="/lanh-dao/"><' not in body_of(visit(cast.a.host, "/")).split("<footer")[0]
    person_of(cast.a)
    assert 'href="/lanh-dao/"' in body_of(visit(cast.a.host, "/")).split("<footer")[0]


def test_site_maps_name_the_pages(cast: Cast) -> None:
    person = person_of(cast.a)
    assert "/danh-ba/" in body_of(visit(cast.a.host, "/so-do-trang/"))
    xml = body_of(visit(cast.a.host, "/sitemap-0.xml"))
    assert f"{person.get_absolute_url()}<" in xml
    assert "/lanh-dao/so-do/<" in xml


def test_the_chart_of_forty_divisions_fits_its_frame(cast: Cast) -> None:
    person_of(cast.a)
    _staff(cast.a, 40)
    with unit_scope(cast.a.unit):
        first = Division.objects.get(name="Phòng số 0")
        Division.objects.filter(name__in=[f"Phòng số {count}" for count in range(1, 6)]).update(parent=first)
        Division.objects.filter(name="Phòng số 7").update(name="Phòng " + "Rấtdàikhôngdấucách" * 8)
        people = people_of(cast.a.unit)
    for drawing in (wide_chart(people), narrow_chart(people)):
        assert len(drawing.boxes) == 40 + 41 + 1, "deputies and the chairman, forty divisions and the house's own"
        for box in drawing.boxes:
            assert box.x >= 0
            assert box.x + box.width <= drawing.width
            assert box.y + box.height <= drawing.height
            assert all(box.y < line.y < box.y + box.height for line in box.words)
        places = {(box.x, box.y) for box in drawing.boxes}
        assert len(places) == len(drawing.boxes), "no box upon another"
    page = body_of(visit(cast.a.host, "/lanh-dao/so-do/"))
    assert page.count("Phòng số 39") == 3, "in both drawings and in the list"
    assert 'style="' not in page
    assert not re.search(r'(?:x|y|width)="[^"]*,', page), "numbers in a drawing keep the point, whatever the language"


def test_boxes_of_the_wide_chart_do_not_overlap(cast: Cast) -> None:
    person_of(cast.a)
    _staff(cast.a, 9)
    with unit_scope(cast.a.unit):
        boxes = wide_chart(people_of(cast.a.unit)).boxes
    for at, one in enumerate(boxes):
        for two in boxes[at + 1 :]:
            apart = (
                one.x + one.width <= two.x
                or two.x + two.width <= one.x
                or one.y + one.height <= two.y
                or two.y + two.height <= one.y
            )
            assert apart, (one, two)


def test_a_circle_among_divisions_hangs_nothing(cast: Cast) -> None:
    """Our forms refuse it; rows made past them must not stop the page."""
    division_of(cast.a)
    with unit_scope(cast.a.unit):
        one, two = (Division.objects.create(name=f"Vòng {name}") for name in "AB")
        Division.objects.filter(pk=one.pk).update(parent=two)
        Division.objects.filter(pk=two.pk).update(parent=one)
    for path in ("/lanh-dao/so-do/", "/lanh-dao/", "/danh-ba/"):
        page = body_of(visit(cast.a.host, path))
        assert "Vòng A" in page
        assert "Vòng B" in page


def test_hotlines_are_the_units_and_the_provinces_for_everybody(cast: Cast) -> None:
    hotline_of(cast.a)
    hotline_of(cast.b)
    with unit_scope(cast.province):
        save_hotline(hotline=Hotline(label="Cấp cứu", number="115", for_all=True))
        save_hotline(hotline=Hotline(label="Chỉ của tỉnh", number="0234 300 0001"))
    with unit_scope(cast.b.unit):
        pushy = save_hotline(hotline=Hotline(label="Muốn hiện khắp nơi", number="0234 300 0002", for_all=True))
    assert not pushy.for_all, "only the province reaches every site"
    page = body_of(visit(cast.a.host, "/duong-day-nong/"))
    assert f"Trực ban {cast.a.marker}" in page
    assert 'href="tel:115"' in page
    for words in (cast.b.marker, "Chỉ của tỉnh", "Muốn hiện khắp nơi"):
        assert words not in page


def test_a_biography_runs_nothing(cast: Cast) -> None:
    person = make_person(
        cast.a, "Nguyễn Thử Mã", biography='<p onclick="x()">Quê Huế<script>alert(1)</script><img src=x onerror=y></p>'
    )
    page = body_of(visit(cast.a.host, person.get_absolute_url()))
    assert "Quê Huế" in page
    for bad in ("<script>alert", "onclick", "onerror"):
        assert bad not in page
    named = make_person(cast.a, "<b>Tên</b> </script><script>alert(2)</script>", post=post_of(cast.a, "Phó"))
    page = body_of(visit(cast.a.host, named.get_absolute_url()))
    assert "<script>alert(2)" not in page
    assert "<b>Tên" not in page


def test_english_pages_keep_standing(cast: Cast) -> None:
    person_of(cast.a)
    assert visit(cast.a.host, "/en/").status_code == 200
    assert 'lang="vi"' in body_of(visit(cast.a.host, "/lanh-dao/", headers={"accept-language": "en"}))
