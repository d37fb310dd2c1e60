"""Choosing the commune on the province's site: by today's or an old name, from the list, and the outlines for the browser."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.models import Procedure
from tests.factories.cast import Cast
from tests.factories.local_rows import answer_at, counter_at, lay_out, old_unit
from tests.factories.procedure_rows import BIRTH, make_procedure
from tests.factories.visits import body_of, visit
from units.actions import close_unit
from units.boundaries import holds, ring_of
from units.enums import Extent

PATH = f"/dich-vu-cong/{BIRTH}/noi-nop/"
PROVINCE = "hue.localhost"


@pytest.fixture
def birth(cast: Cast) -> Procedure:
    for house in (cast.a, cast.b):
        counter_at(house)
    return make_procedure()


def ask(words: str) -> Any:
    """What the province's site answers to a name."""
    return visit(_province(), f"{PATH}?ten={quote_plus(words)}")


def _province() -> str:
    from units.models import Unit

    return Unit.objects.provinces().get().canonical_host


def text_of(response: Any) -> str:
    main = body_of(response).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def follow(response: Any) -> str:
    """The text behind the one redirect that a single place brings."""
    assert response.status_code == 302, text_of(response)
    answer = visit(_province(), response.headers["Location"])
    assert answer.status_code == 200
    return text_of(answer)


@pytest.mark.parametrize("typed", ["Phường Thuận An", "thuan an", "p. Thuận An", "THUẬN AN", "thuận an, thành phố huế"])
def test_todays_name_leads_to_the_communes_counter(cast: Cast, birth: Procedure, typed: str) -> None:
    text = follow(ask(typed))
    assert f"Trung tâm một cửa {cast.a.marker}" in text
    assert "Xem thủ tục này trên trang Phường Thuận An" in text
    assert cast.b.marker not in text


@pytest.mark.parametrize(
    "typed", ["xã Phú Thuận cũ", "phu thuan", "Xã Phú Thuận", "xã cũ Phú Thuận", "Phú Thuận trước đây"]
)
def test_an_old_name_leads_to_the_successors_counter(cast: Cast, birth: Procedure, typed: str) -> None:
    text = follow(ask(typed))
    assert "Xã Phú Thuận nay thuộc Phường Thuận An." in text
    assert f"Trung tâm một cửa {cast.a.marker}" in text


def test_homonyms_are_told_apart_by_their_district(cast: Cast, birth: Procedure) -> None:
    old_unit(cast, "Xã Phú Vinh", [cast.third], code="20074", above="Huyện A Lưới")
    response = ask("phú vinh")
    assert response.status_code == 200
    text = text_of(response)
    assert "Có nhiều nơi tên “phú vinh”" in text
    assert "Xã Phú Vinh (trước đây thuộc Huyện A Lưới) Nay là Phường Kim Long" in text
    assert f"{PATH}?xa=phu-vinh" in body_of(response)
    assert "Trung tâm một cửa" not in text, "none is chosen for the citizen"
    assert "nay thuộc Phường Kim Long" in follow(ask("xã Phú Vinh cũ")), "“cũ” decides"
    assert "nay thuộc Phường Kim Long" in follow(ask("xa phu vinh huyen a luoi")), "so does the district"


def test_a_place_that_was_divided_names_both_parts(cast: Cast, birth: Procedure) -> None:
    old_unit(cast, "Xã Chia Đôi", [cast.a.unit, cast.b.unit], code="1", extent=Extent.PARTIAL)
    response = ask("chia doi")
    assert response.status_code == 200
    assert "Phường Thuận An (một phần) và" in text_of(response) or "và Phường Thuận An (một phần)" in text_of(response)
    html = body_of(response)
    assert "?xa=thuan-an&amp;cu=chia-doi" in html
    assert "?xa=phu-vinh&amp;cu=chia-doi" in html
    part = visit(_province(), f"{PATH}?xa=thuan-an&cu=chia-doi")
    assert "Một phần Xã Chia Đôi nay thuộc Phường Thuận An." in text_of(part)


def test_a_successor_that_was_merged_again_leads_on(cast: Cast, birth: Procedure) -> None:
    middle = old_unit(cast, "Xã Giữa", [cast.a.unit], code="2")
    old_unit(cast, "Xã Đầu", [middle], code="3")
    assert f"Trung tâm một cửa {cast.a.marker}" in follow(ask("xã Đầu"))


def test_marks_decide_where_they_were_typed(cast: Cast, birth: Procedure) -> None:
    old_unit(cast, "Phường Thuận Hòa", [cast.a.unit], code="4")
    old_unit(cast, "Phường Thuận Hóa", [cast.b.unit], code="5")
    assert f"Trung tâm một cửa {cast.a.marker}" in follow(ask("Thuận Hoà"))
    assert f"Trung tâm một cửa {cast.b.marker}" in follow(ask("thuận hóa"))
    assert ask("thuan hoa").status_code == 200, "without marks both are named"


@pytest.mark.parametrize("typed", ["khongcogi", "<script>alert(1)</script>", "%", "'; --", "x" * 500, "\u200b\u0301"])
def test_what_is_no_name_brings_the_list_back(cast: Cast, birth: Procedure, typed: str) -> None:
    response = visit(_province(), f"{PATH}?ten={quote_plus(typed)}")
    assert response.status_code == 200
    html = body_of(response)
    assert "<script>alert" not in html
    assert '<option value="thuan-an">Phường Thuận An</option>' in html


def test_nobody_is_told_of_a_taking_that_never_was(cast: Cast, birth: Procedure) -> None:
    for path in (f"{PATH}?xa=phu-vinh&cu=phu-thuan", f"{PATH}?xa=phu-vinh&cu=khong-co"):
        assert "nay thuộc" not in text_of(visit(_province(), path))


@pytest.mark.parametrize("slug", ["khong-co", "phu-thuan", "hue", "../", "x" * 300])
def test_an_unknown_commune_brings_the_list_back(cast: Cast, birth: Procedure, slug: str) -> None:
    response = visit(_province(), f"{PATH}?xa={quote_plus(slug)}")
    assert response.status_code == 200
    assert "Không có phường, xã này" in text_of(response)


def test_a_communes_own_site_takes_no_choice(cast: Cast, birth: Procedure) -> None:
    text = text_of(visit(cast.a.host, f"{PATH}?xa=phu-vinh&ten=phu+vinh"))
    assert cast.a.marker in text
    assert cast.b.marker not in text


def test_a_closed_commune_is_not_offered(cast: Cast, birth: Procedure) -> None:
    from datetime import date

    close_unit(unit=cast.third, last_day=date(2026, 10, 31))
    html = body_of(visit(_province(), PATH))
    assert 'value="thuan-an"' in html
    assert 'value="kim-long"' not in html


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(cast: Cast, birth: Procedure, number: int) -> None:
    for count in range(number):
        old_unit(cast, f"Xã Cũ {count}", [cast.a.unit, cast.b.unit], code=f"c{count}", extent=Extent.PARTIAL)
        answer_at(cast.a, make_procedure(f"1.00000{count}", f"Việc {count}"))
    counts, host = {}, _province()
    for name, query in (("page", ""), ("choices", "?ten=cu"), ("answer", "?xa=thuan-an&cu=phu-thuan")):
        visit(host, PATH + query)
        caches["pages"].clear()
        caches["default"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert visit(host, PATH + query).status_code == 200
        counts[name] = len(queries)
    assert counts == {"page": 9, "choices": 11, "answer": 11}


# --- the outlines ---


def test_the_outlines_are_public_and_hold_nothing_but_outlines(cast: Cast) -> None:
    lay_out(cast)
    response = visit(cast.a.host, "/dich-vu-cong/ranh-gioi.json")
    assert response.headers["Content-Type"] == "application/json"
    assert "s-maxage" in response.headers["Cache-Control"]
    data = json.loads(body_of(response))
    assert data["scale"] == 10_000
    rings = {unit["slug"]: [ring_of(ring) for ring in unit["rings"]] for unit in data["units"]}
    assert set(rings) == {"thuan-an", "phu-vinh"}
    assert holds(rings["thuan-an"], (1_076_200, 165_200))
    assert not holds(rings["phu-vinh"], (1_076_200, 165_200))
    assert {key for unit in data["units"] for key in unit} == {"name", "slug", "rings"}
