"""The directory of all units: found with and without marks, own people first, hidden ones never, hostile words harmless."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.people import make_person, person_of, post_of
from tests.factories.visits import body_of, visit
from units.enums import Module
from units.enums.people import PostLevel
from units.models import Appointment, Person, Post, Site
from units.people.pages import PAGE_SIZE


@pytest.fixture(autouse=True)
def _clock(cast: Cast) -> Any:
    """The cast's own clock ticks; ours stands."""
    with time_machine.travel(NOW, tick=False):
        yield


def _found(host: str, asked: str) -> str:
    return body_of(visit(host, f"/danh-ba/?{asked}")).split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "words", ["Trần Văn Mẫu", "tran van mau", "TRAN+VAN", "mẫu trần", "chu tich", "Chủ tịch Ủy ban"]
)
def test_names_and_posts_are_found_with_and_without_marks(cast: Cast, words: str) -> None:
    person_of(cast.a)
    assert f"Trần Văn Mẫu {cast.a.marker}" in _found(cast.a.host, f"q={words}")


def test_it_searches_all_units_own_people_first(cast: Cast) -> None:
    person_of(cast.a)
    theirs = person_of(cast.b)
    page = _found(cast.a.host, "q=tran+van+mau")
    assert page.index(cast.a.marker) < page.index(cast.b.marker)
    assert f'href="http://{cast.b.host}{theirs.get_absolute_url()}"' in page
    assert cast.a.marker in _found("localhost", "q=tran+van+mau"), "the province finds them too"
    assert cast.b.marker not in _found(cast.a.host, ""), "nothing asked: own people only"


def test_a_units_name_and_the_choice_of_a_unit(cast: Cast) -> None:
    person_of(cast.a)
    person_of(cast.b)
    for asked in ("q=chu+tich+phu+vinh", "q=mau&don-vi=phu-vinh", "don-vi=phu-vinh"):
        page = _found(cast.a.host, asked)
        assert cast.b.marker in page, asked
        assert cast.a.marker not in page, asked


def test_only_what_units_show_is_found(cast: Cast) -> None:
    make_person(cast.b, "Trần Người Ẩn", is_shown=False)
    make_person(cast.b, "Trần Đã Nghỉ", post=post_of(cast.b, "Phó một"), ends_on=NOW.date() - timedelta(days=1))
    make_person(cast.b, "Trần Sắp Đến", post=post_of(cast.b, "Phó hai"), starts_on=NOW.date() + timedelta(days=1))
    with unit_scope(cast.closed):
        post = Post.objects.create(title="Chủ tịch xã cũ", level=PostLevel.LEADER)
        old = Person.objects.create(full_name="Trần Xã Cũ")
        Appointment.objects.create(person=old, post=post, starts_on=NOW.date() - timedelta(days=900))
    page = _found(cast.a.host, "q=tran")
    assert "Không thấy ai" in page
    assert not re.search("Trần (Người|Đã|Sắp|Xã)", page)


def test_a_unit_that_switched_people_off_is_not_searched(cast: Cast) -> None:
    person_of(cast.b)
    with unit_scope(cast.b.unit):
        site = Site.objects.of_current_unit()
        site.modules = [name for name in site.modules if name != Module.PEOPLE]
        site.save()
    assert cast.b.marker not in _found(cast.a.host, "q=tran")
    assert "Không có đơn vị này" in _found(cast.a.host, "don-vi=phu-vinh")


def test_long_lists_are_paged_without_losing_anybody(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        posts = Post.objects.bulk_create(Post(title=f"Công chức {number}", order=number // 3) for number in range(95))
        people = Person.objects.bulk_create(
            Person(full_name=f"Phạm Đông {number:02}", slug="x", folded=f"pham dong {number:02}")
            for number in range(95)
        )
        Appointment.objects.bulk_create(
            Appointment(person=who, post=post, starts_on=NOW.date()) for who, post in zip(people, posts, strict=True)
        )
    path, seen, pages = "/danh-ba/?q=pham+dong", list[str](), 0
    while path:
        page = body_of(visit(cast.a.host, path))
        names = re.findall(r"Phạm Đông (\d\d)", page.split("<main")[1])
        assert len(names) <= PAGE_SIZE
        seen += names
        pages += 1
        following = re.search(r'href="([^"]+)" rel="next', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert pages == 3
    assert sorted(seen) == [f"{number:02}" for number in range(95)]


def test_hostile_questions_are_answered_calmly(cast: Cast) -> None:
    person_of(cast.a)
    assert "nhiều nhất 100" in _found(cast.a.host, "q=" + "a" * 3_500)
    for asked in (
        "q=%00tran",
        "q=%F0%9F%98%80",
        "q=%25_%27%22--",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=" + "a+" * 40,
    ):
        response = visit(cast.a.host, f"/danh-ba/?{asked}")
        assert response.status_code in (200, 400), asked
        assert "<script>alert" not in body_of(response)
    assert visit(cast.a.host, "/danh-ba/?q=" + "a" * 10_000).status_code in (200, 414)
    for place in ("x", "-1", "0", "9" * 30, "١٢"):
        assert visit(cast.a.host, f"/danh-ba/?q=tran&sau={place}").status_code == 404, place
    assert "Không có đơn vị này" in _found(cast.a.host, "don-vi=khong-co")


def test_a_percent_sign_is_a_letter_not_a_wildcard(cast: Cast) -> None:
    person_of(cast.a)
    assert "Không thấy ai" in _found(cast.a.host, "q=%25")


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    def count(asked: str) -> int:
        visit(cast.a.host, f"/danh-ba/?{asked}")
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as seen:
            visit(cast.a.host, f"/danh-ba/?{asked}")
        return len(seen)

    person_of(cast.a)
    person_of(cast.b)
    few = {asked: count(asked) for asked in ("q=tran+van", "don-vi=phu-vinh")}
    for number in range(5):
        for house in (cast.a, cast.b):
            make_person(house, f"Trần Văn {number}", post=post_of(house, f"Phó {number}"))
    assert {asked: count(asked) for asked in few} == few
    assert max(few.values()) <= 12


def test_answers_are_not_for_search_engines(cast: Cast) -> None:
    assert 'content="noindex' in body_of(visit(cast.a.host, "/danh-ba/?q=tran"))
    assert 'content="noindex' not in body_of(visit(cast.a.host, "/danh-ba/"))
