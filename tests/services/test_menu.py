"""The menu of public services: what citizens come for, what this unit handles first, three taps from any home page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches

from portal.core.page_cache import bump_every_generation
from portal.core.tenancy import unit_scope
from services.models import LifeEvent, LifeEventProcedure, LocalAnswer, Procedure
from tests.factories.cast import Cast
from tests.factories.menu_rows import LONG_NAME, birth, childbirth, field_named, land, menu_rows, quarrel, single
from tests.factories.procedure_rows import BIRTH, make_procedure
from tests.factories.visits import body_of, visit
from units.actions import create_unit
from units.enums import Module, UnitKind
from units.models import Site

MENU = "/dich-vu-cong/"
FIELDS = "/dich-vu-cong/linh-vuc/"


def _html(host: str, path: str = MENU) -> str:
    response = visit(host, path)
    assert response.status_code == 200, path
    return body_of(response)


def _words(html: str) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _links(html: str) -> set[str]:
    return set(re.findall(r'href="([^"#]+)"', html))


def test_the_front_shows_events_fields_and_what_many_need(cast: Cast) -> None:
    menu_rows()
    html = _html(cast.a.host)
    words = _words(html)
    assert f"{cast.a.unit.name} nhận hồ sơ 3 thủ tục." in words
    assert '<form class="menusearch" action="/dich-vu-cong/" method="get"' in html
    assert html.index("menusearch") < html.index("Theo việc trong đời") < html.index("Nhiều người cần")
    assert "Sinh con" in words
    assert "Khai sinh, thẻ bảo hiểm" in words
    assert {"/dich-vu-cong/viec/sinh-con/", f"/dich-vu-cong/{BIRTH}/", "/dich-vu-cong/linh-vuc/ho-tich/"} <= _links(
        html
    )
    assert "Hộ tịch 2 thủ tục" in words
    # The everyday name first, the official one beneath; what the source does not say is said to be missing.
    assert "Làm giấy khai sinh Tên chính thức: Đăng ký khai sinh" in words
    assert "Miễn phí 1 (nguồn không ghi đơn vị) Phường, xã" in words


def test_a_commune_counts_its_own_and_the_province_everything(cast: Cast) -> None:
    menu_rows()
    assert "Đất đai 1 thủ tục" in _words(_html(cast.a.host))
    top = _words(_html("localhost"))
    assert "Đất đai 2 thủ tục" in top
    assert "4 thủ tục: cần giấy tờ gì" in top


def test_a_units_own_answer_corrects_what_its_kind_is_handed(cast: Cast) -> None:
    menu_rows()
    with unit_scope(cast.a.unit):
        LocalAnswer.objects.create(procedure=single(), is_handled=False)
        LocalAnswer.objects.create(procedure=land(), is_handled=True)
    assert "Giấy độc thân" not in _words(_html(cast.a.host, f"{FIELDS}ho-tich/"))
    assert "Tách thửa đất" in _words(_html(cast.a.host, f"{FIELDS}dat-dai/"))
    # The other commune has said nothing.
    assert "Giấy độc thân" in _words(_html(cast.b.host, f"{FIELDS}ho-tich/"))
    assert "Tách thửa đất" not in _words(_html(cast.b.host, f"{FIELDS}dat-dai/"))


def test_what_is_said_of_one_procedure_goes_before_its_field(cast: Cast) -> None:
    menu_rows()
    with unit_scope(cast.a.unit):
        LocalAnswer.objects.create(field=field_named("Hộ tịch"), is_handled=False)
        LocalAnswer.objects.create(procedure=birth(), is_handled=True)
    words = _words(_html(cast.a.host, f"{FIELDS}ho-tich/"))
    assert "Làm giấy khai sinh" in words
    assert "Giấy độc thân" not in words


def test_a_department_shows_the_fields_it_answers_for(cast: Cast) -> None:
    menu_rows()
    office = create_unit(
        code="S1", valid_from=date(2025, 7, 1), kind=UnitKind.DEPARTMENT, type_name="Sở", name="Sở Đất", slug="sodat",
        parent=cast.province,
    )  # fmt: skip
    host = office.domains.get().host
    assert "4 thủ tục: cần giấy tờ gì" in _words(_html(host))
    with unit_scope(office):
        LocalAnswer.objects.create(field=field_named("Đất đai"), is_handled=True)
    bump_every_generation()
    words = _words(_html(host))
    assert "Sở Đất nhận hồ sơ 1 thủ tục." in words
    assert "Thủ tục nhận ở đây Tách thửa đất" in words


def test_the_doors_have_addresses_of_their_own_and_are_cached(cast: Cast, django_assert_num_queries: Any) -> None:
    menu_rows()
    event = LifeEvent.objects.create(slug="mo-cong-ty", name="Mở công ty", audience="doanh-nghiep")
    LifeEventProcedure.objects.create(event=event, procedure=single())
    # Nothing is arranged here yet, so no card leads to it.
    LifeEvent.objects.create(slug="viec-rong", name="Việc rỗng", audience="doanh-nghiep")
    people, business = _html(cast.a.host), _html(cast.a.host, f"{MENU}doanh-nghiep/")
    assert "Mở công ty" not in people
    assert "Mở công ty" in business
    assert "Việc rỗng" not in business
    assert "Sinh con" not in business
    assert '<a href="/dich-vu-cong/doanh-nghiep/" aria-current="page">' in business
    with django_assert_num_queries(1):  # the host alone
        assert "Sinh con" in _html(cast.a.host)


def test_a_change_of_the_menu_is_seen_at_once_on_every_site(cast: Cast) -> None:
    from services.actions.menu import save_life_event

    event = childbirth()
    assert "Sinh con" in _html(cast.a.host)
    with unit_scope(cast.province):
        event.name = "Có con"
        save_life_event(event=event, actor=cast.operator)
    for host in (cast.a.host, cast.b.host, "localhost"):
        assert "Có con" in _html(host)
        assert "/dich-vu-cong/viec/sinh-con/" in _html(host)


def test_fields_stand_by_letter_and_those_of_life_events_first(cast: Cast) -> None:
    menu_rows()
    make_procedure("1.1", "Khai thuế", field="Thuế")
    make_procedure("1.2", "Việc dê", field="Dê")
    html = _html(cast.a.host, FIELDS)
    words = _words(html)
    assert words.index("Hay dùng Hộ tịch 2") < words.index("Theo chữ cái")
    listed = words[words.index("Theo chữ cái") :]
    # Đ is a letter of its own, behind D.
    assert listed.index("Dê 1") < listed.index("Đ Đất đai 1") < listed.index("H Hộ tịch 2") < listed.index("T Thuế 1")
    assert "1 lĩnh vực có thủ tục do nơi khác giải quyết" in words
    assert "/dich-vu-cong/linh-vuc/dat-dai/noi-khac/" in html


def test_the_rest_of_a_field_is_one_clearly_named_link_away(cast: Cast) -> None:
    menu_rows()
    here = _html(cast.a.host, f"{FIELDS}dat-dai/")
    assert "Hòa giải tranh chấp đất đai" in here
    assert "Tách thửa" not in here
    assert "Xem 1 thủ tục nơi khác giải quyết" in _words(here)
    there = _words(_html(cast.a.host, f"{FIELDS}dat-dai/noi-khac/"))
    assert "Tách thửa đất" in there
    assert "Nơi khác giải quyết: Cấp tỉnh" in there
    assert "Hòa giải" not in there
    assert visit("localhost", f"{FIELDS}dat-dai/noi-khac/").status_code == 404
    assert visit(cast.a.host, f"{FIELDS}ho-tich/noi-khac/").status_code == 404
    assert visit(cast.a.host, f"{FIELDS}khong-co/").status_code == 404


def test_a_field_that_is_not_handled_here_shows_the_others_procedures_at_once(cast: Cast) -> None:
    land()
    words = _words(_html(cast.a.host, f"{FIELDS}dat-dai/"))
    assert f"{cast.a.unit.name} không nhận hồ sơ" in words
    assert "Tách thửa đất" in words


def test_a_long_field_is_leafed_through_by_key_without_loss(cast: Cast) -> None:
    birth()
    single()
    for number in range(118):
        make_procedure(f"3.{number:06d}", f"Thủ tục số {number}", papers=[], source={})
    seen: list[str] = []
    path, pages = f"{FIELDS}ho-tich/", 0
    while path:
        html = _html(cast.a.host, path)
        seen += re.findall(r'proc__title"><a href="/dich-vu-cong/([^/]+)/"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path, pages = following[1] if following else "", pages + 1
    assert pages == 3
    assert seen[:2] == [BIRTH, "1.004873"]
    assert sorted(seen) == sorted(Procedure.objects.values_list("code", flat=True))
    for wrong in ("x", "1", "1-", "-1.1", "999999-1.1", "1-%3Cb%3E"):
        assert visit(cast.a.host, f"{FIELDS}ho-tich/?sau={wrong}").status_code == 404, wrong


def test_what_no_longer_counts_is_marked_and_stands_last(cast: Cast) -> None:
    childbirth()
    Procedure.objects.filter(code=BIRTH).update(valid_to=date(2026, 6, 30))
    event = _words(_html(cast.a.host, "/dich-vu-cong/viec/sinh-con/"))
    assert "Làm giấy khai sinh Tên chính thức: Đăng ký khai sinh Khi nào 1 Không còn trong danh mục" in event
    field = _words(_html(cast.a.host, f"{FIELDS}ho-tich/"))
    assert field.index("Giấy độc thân") < field.index("Làm giấy khai sinh")
    assert "Không còn trong danh mục" in field
    front = _words(_html(cast.a.host))
    assert "Làm giấy khai sinh" not in front
    assert "Hộ tịch 1 thủ tục" in front


def test_an_event_says_when_each_is_needed_and_what_is_done_elsewhere(cast: Cast) -> None:
    event = childbirth()
    event.intro = "Dòng một.\n\n<b>Dòng hai</b>"
    event.save()
    LifeEventProcedure.objects.create(event=event, procedure=land(), note="Khi có đất", order=30)
    html = _html(cast.a.host, event.get_absolute_url())
    words = _words(html)
    assert "&lt;b&gt;Dòng hai&lt;/b&gt;" in html
    assert words.index("Khi nào 1") < words.index("Khi nào 2") < words.index("Khi có đất")
    assert words.count("Nơi khác giải quyết") == 1
    assert "Nơi khác giải quyết" not in _words(_html("localhost", event.get_absolute_url()))
    assert visit(cast.a.host, "/dich-vu-cong/viec/khong-co/").status_code == 404


def test_a_name_of_a_thousand_characters_is_all_there(cast: Cast) -> None:
    make_procedure("1.9", LONG_NAME)
    assert len(LONG_NAME) > 1000
    words = _words(_html(cast.a.host, f"{FIELDS}ho-tich/"))
    assert ("Giao đất" + " ".join(LONG_NAME.split())[len("Thủ tục giao đất") :]) in words


@pytest.mark.parametrize(
    "path", [MENU, f"{MENU}doanh-nghiep/", FIELDS, f"{FIELDS}ho-tich/", "/dich-vu-cong/viec/sinh-con/"]
)
def test_switched_off_there_is_no_menu_and_nothing_leads_to_it(cast: Cast, path: str) -> None:
    childbirth()
    assert visit(cast.a.host, path).status_code == 200
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [module for module in site.modules if module != Module.SERVICES]
        site.save()
    caches["pages"].clear()
    assert visit(cast.a.host, path).status_code == 404
    for page in ("/", "/so-do-trang/"):
        assert not {link for link in _links(_html(cast.a.host, page)) if link.startswith("/dich-vu-cong/")}, page
    assert visit(cast.a.host, "/sitemap-thu-tuc-0.xml").status_code == 404
    assert "thu-tuc" not in body_of(visit(cast.a.host, "/sitemap.xml"))
    assert visit(cast.b.host, path).status_code == 200


def test_a_closed_unit_keeps_its_archive_only(cast: Cast) -> None:
    childbirth()
    host = cast.closed.canonical_host
    assert visit(host, MENU).status_code == 404
    assert not {link for link in _links(_html(host, "/")) if link.startswith("/dich-vu-cong/")}


def test_birth_registration_is_three_taps_from_every_home_page(cast: Cast) -> None:
    childbirth()
    for host in (cast.a.host, "localhost"):
        home = _html(host, "/")
        assert MENU in _links(home)
        assert "/dich-vu-cong/viec/sinh-con/" in _links(_html(host))
        assert f"/dich-vu-cong/{BIRTH}/" in _links(_html(host, "/dich-vu-cong/viec/sinh-con/"))


def test_any_procedure_is_three_taps_from_every_home_page(cast: Cast) -> None:
    """Without typing: the list of fields in the footer, the field, the procedure."""
    menu_rows()
    quarrel()
    assert FIELDS in _links(_html("localhost", "/"))
    fields = {link for link in _links(_html("localhost", FIELDS)) if link.startswith(FIELDS) and link != FIELDS}
    reached = set().union(*(_links(_html("localhost", field)) for field in fields))
    assert {row.get_absolute_url() for row in Procedure.objects.all()} <= reached


def test_what_people_look_for_most_leads_to_the_search_of_everything(cast: Cast) -> None:
    menu_rows()
    with unit_scope(cast.a.unit):
        Site.objects.update(popular_searches="khai sinh")
    caches["pages"].clear()
    assert 'href="/tim-kiem/?q=khai+sinh"' in _html(cast.a.host, "/")


def test_the_site_maps_name_what_the_unit_is_handed(cast: Cast) -> None:
    menu_rows()
    people = _html(cast.a.host, "/so-do-trang/")
    assert {MENU, FIELDS, "/dich-vu-cong/viec/sinh-con/"} <= _links(people)
    index = body_of(visit(cast.a.host, "/sitemap.xml"))
    assert "/sitemap-thu-tuc-0.xml" in index
    assert "/sitemap-thu-tuc-1.xml" in index
    assert "/dich-vu-cong/viec/sinh-con/</loc>" in body_of(visit(cast.a.host, "/sitemap-thu-tuc-0.xml"))
    mine, top = (body_of(visit(host, "/sitemap-thu-tuc-1.xml")) for host in (cast.a.host, "localhost"))
    assert f"/dich-vu-cong/{BIRTH}/</loc>" in mine
    assert "/dich-vu-cong/1.012784/</loc>" not in mine
    assert "/dich-vu-cong/1.012784/</loc>" in top
    assert visit(cast.a.host, "/sitemap-thu-tuc-2.xml").status_code == 404
