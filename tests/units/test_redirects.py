"""Old addresses: found however they are written, flat, without loops, and never to a stranger."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news import actions as news_actions
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.visits import visit
from units.actions import follow_address, keep_address, keep_addresses, move_address
from units.addresses import AddressKey, address_key
from units.enums import RedirectReason
from units.models import Domain, QueryShape, Redirect


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast without the rows that the sweeps want."""
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            Redirect.objects.all().delete()
    return cast


def keep(house: House, old: str, new: str) -> Redirect:
    with unit_scope(house.unit):
        return keep_address(old=old, new=new)


def lead(host: str, path: str) -> str | None:
    """Where an address leads for good; None when it does not."""
    response = visit(host, path)
    return response.headers["Location"] if response.status_code == 301 else None


@pytest.mark.parametrize(
    "asked",
    [
        "/?gd=1&cn=2&tc=3",
        "/?tc=3&gd=1&cn=2",
        "/?GD=1&cn=2&tc=3&utm_source=zalo&fbclid=x",
        "/?gd=1&cn=2&tc=3&lang=vi",
        "/index.php?gd=1&cn=2&tc=3",
        "/Default.aspx?cn=2&gd=1&tc=3",
    ],
)
def test_a_query_string_that_named_a_page_leads_to_it(cast: Cast, asked: str) -> None:
    target = cast.a.article.get_absolute_url()
    keep(cast.a, "http://xa-cu.gov.vn/?gd=1&cn=2&tc=3", target)
    assert lead(cast.a.host, asked) == target


@pytest.mark.parametrize("asked", ["/?gd=1&cn=2&tc=4", "/?gd=1&cn=2", "/", "/?truoc=1", "/?utm_source=zalo"])
def test_the_home_page_stays_for_every_other_query(cast: Cast, asked: str) -> None:
    keep(cast.a, "/?gd=1&cn=2&tc=3", "/tin-tuc/")
    assert visit(cast.a.host, asked).status_code == 200


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("/Tin-Cu/Bai-Viet.html", "/tin-cu/bai-viet.html"),
        ("/tin-cu/bai.aspx", "/tin-cu/bai.aspx/"),
        ("/2020/05/le-hoi/", "/2020/05/le-hoi"),
        ("/2020/05/le-hoi", "/2020//05///le-hoi/"),
        ("/tin-tức/lễ-hội/", "/tin-t%E1%BB%A9c/l%E1%BB%85-h%E1%BB%99i/"),
        ("/tin-t%e1%bb%a9c/l%e1%bb%85-h%e1%bb%99i/", "/tin-tức/lễ-hội"),
        ("/bai/ViewDetail.aspx?ItemID=5", "/bai/viewdetail.aspx?itemid=5&x=1"),
        ("/component/content/5", "/component/content/5?tmpl=component"),
        ("/2020/05/le-hoi/", "/2020/05/le-hoi/amp/"),
        ("/2020/05/le-hoi/", "/2020/05/le-hoi/feed/"),
        ("/category/tin/", "/category/tin/page/12/"),
    ],
)
def test_an_old_path_is_found_however_it_is_written(cast: Cast, old: str, asked: str) -> None:
    keep(cast.a, old, "/tin-tuc/")
    assert lead(cast.a.host, asked) == "/tin-tuc/"


def test_another_units_old_addresses_do_not_apply(cast: Cast) -> None:
    keep(cast.a, "/?p=12", "/tin-tuc/")
    keep(cast.a, "/bai-cu.html", "/tin-tuc/")
    assert visit(cast.b.host, "/?p=12").status_code == 200
    assert visit(cast.b.host, "/bai-cu.html").status_code == 404


def test_head_is_led_and_post_is_not(cast: Cast) -> None:
    keep(cast.a, "/bai-cu.html", "/tin-tuc/")
    client = Client()
    assert client.head("/bai-cu.html", headers={"host": cast.a.host}).status_code == 301
    assert client.post("/bai-cu.html", headers={"host": cast.a.host}).status_code == 404


def test_a_page_that_is_there_is_never_led_away(cast: Cast) -> None:
    path = cast.a.page.get_absolute_url()
    keep(cast.a, path, "/tin-tuc/")
    assert visit(cast.a.host, path).status_code == 200


def test_the_first_page_of_another_system_is_ours(cast: Cast) -> None:
    assert lead(cast.a.host, "/index.php") == "/"
    assert visit(cast.a.host, "/index.php?option=com_content").status_code == 404


def test_browsers_ask_again(cast: Cast) -> None:
    keep(cast.a, "/bai-cu.html", "/tin-tuc/")
    assert "max-age=0" in visit(cast.a.host, "/bai-cu.html").headers["Cache-Control"]


def test_a_normal_visit_costs_no_query_more(cast: Cast) -> None:
    visit(cast.a.host, "/tin-tuc/")
    before = _queries(cast.a, "/tin-tuc/")
    keep(cast.a, "/bai-cu.html", "/tin-tuc/")
    assert _queries(cast.a, "/tin-tuc/") == before == 1  # the host


def test_a_query_string_costs_one_query_a_generation(cast: Cast) -> None:
    keep(cast.a, "/?p=12", "/tin-tuc/")
    visit(cast.a.host, "/?q=1")
    assert _queries(cast.a, "/?p=12") == 2  # the host, the address


def test_a_missing_page_costs_one_query_more(cast: Cast) -> None:
    before = _queries(cast.a, "/khong-co/")
    for number in range(30):
        keep(cast.a, f"/cu-{number}/", "/tin-tuc/")
    assert _queries(cast.a, "/khong-co/") == before


def _queries(house: House, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        visit(house.host, path)
    return len(seen)


# --- chains and loops --------------------------------------------------------------------------------------------------


def test_chains_are_flattened_whichever_end_comes_first(cast: Cast) -> None:
    keep(cast.a, "/b/", "/tin-tuc/")
    keep(cast.a, "/a/", "/b")
    keep(cast.a, "/0/", "/A/")
    assert {lead(cast.a.host, path) for path in ("/0/", "/a/", "/b/")} == {"/tin-tuc/"}
    keep(cast.a, "/tin-tuc", "/gioi-thieu/")
    with unit_scope(cast.a.unit):
        assert set(Redirect.objects.values_list("target", flat=True)) == {"/gioi-thieu/"}


def test_a_loop_is_refused_with_a_sentence(cast: Cast) -> None:
    keep(cast.a, "/a/", "/b/")
    keep(cast.a, "/b/", "/c/")
    for old, new in (("/c/", "/a/"), ("/c", "/B/"), ("/d/", "/D"), ("/?p=1", "/?p=1&utm_source=x")):
        with pytest.raises(ValidationError, match="vòng tròn"):
            keep(cast.a, old, new)


def test_a_loop_inside_one_list_is_refused(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        report = keep_addresses(
            pairs=[("/1/", "/2/"), ("/2/", "/3/"), ("/3/", "/1/"), ("/4/", "/5/"), ("/5/", "/tin-tuc/")],
            reason=RedirectReason.HAND,
        )
        targets = dict(Redirect.objects.values_list("old_path", "target"))
    assert targets["/4"] == targets["/5"] == "/tin-tuc/"
    assert report.refused
    seen = "/1/"
    for _step in range(5):
        seen = lead(cast.a.host, seen) or seen
    assert visit(cast.a.host, seen).status_code == 404


def test_moving_there_and_back_leaves_no_loop(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        for old, new in (("/x/", "/y/"), ("/y/", "/x/"), ("/x/", "/y/")):
            move_address(old=old, new=new, reason=RedirectReason.SLUG)
        assert list(Redirect.objects.values_list("old_path", "target")) == [("/x", "/y/")]


def test_what_led_below_an_address_follows_it(cast: Cast) -> None:
    keep(cast.a, "/?p=1", "/tin-tuc/cu/bai-12/")
    keep(cast.a, "/cu", "/tin-tuc/cu/")
    keep(cast.a, "/khac", "/tin-tuc/cu-hon/")
    with unit_scope(cast.a.unit):
        follow_address(old="/tin-tuc/cu/", new="/tin-tuc/moi/")
        targets = dict(Redirect.objects.values_list("old_path", "target"))
    assert targets == {"/": "/tin-tuc/moi/bai-12/", "/cu": "/tin-tuc/moi/", "/khac": "/tin-tuc/cu-hon/"}


# --- nobody is led to a stranger ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "new",
    [
        "https://xau.example/",
        "//xau.example/",
        "/\\xau.example",
        "\\\\xau.example",
        "javascript:alert(1)",
        "https://{host}@xau.example/",
        "https://{host}.xau.example/",
        "ftp://{host}/",
        "tin-tuc/",
        "/quan-tri/",
        "https:///xau.example",
        "",
    ],
)
def test_targets_outside_the_portal_are_refused(cast: Cast, new: str) -> None:
    with pytest.raises(ValidationError) as caught:
        keep(cast.a, "/cu/", new.format(host=cast.a.host))
    assert caught.value.messages[0].endswith(".")


def test_a_target_can_not_break_the_header(cast: Cast) -> None:
    keep(cast.a, "/cu/", "/tin-tuc/?a=1\r\nSet-Cookie: x=1")
    assert "\n" not in str(lead(cast.a.host, "/cu/"))
    assert not visit(cast.a.host, "/cu/").cookies


@pytest.mark.parametrize(
    "old", ["", "/", "https://xa.vn/", "/index.php", "/quan-tri/news/", "javascript:1", "/" + "a" * 500]
)
def test_addresses_that_can_not_lead_away_are_refused(cast: Cast, old: str) -> None:
    with pytest.raises(ValidationError):
        keep(cast.a, old, "/tin-tuc/")


def test_a_site_of_the_portal_is_a_target_until_it_leaves(cast: Cast) -> None:
    keep(cast.a, "/cu/", f"https://{cast.b.host}/tin-tuc/")
    assert lead(cast.a.host, "/cu/") == f"http://{cast.b.host}/tin-tuc/"
    Domain.objects.filter(host=cast.b.host).update(host="khac.example")
    assert lead(cast.a.host, "/cu/") is None


def test_ones_own_site_with_its_host_is_an_own_path(cast: Cast) -> None:
    assert keep(cast.a, "/cu/", f"https://{cast.a.host}/tin-tuc/?x=1").target == "/tin-tuc/?x=1"


# --- by themselves -------------------------------------------------------------------------------------------------------


def test_a_renamed_category_keeps_its_addresses(cast: Cast) -> None:
    category, article = cast.a.category, cast.a.article
    old_article = article.get_absolute_url()
    keep(cast.a, "/?cat=7", "/tin-tuc/tin-hoat-dong/")
    keep(cast.a, "/?p=12", old_article)
    with unit_scope(cast.a.unit):
        category.slug = "tin-phuong"
        news_actions.save_category(category=category)
        new_article = type(article).objects.get(pk=article.pk).get_absolute_url()
    for tail in ("", "rss/", "atom/"):
        assert lead(cast.a.host, f"/tin-tuc/tin-hoat-dong/{tail}") == f"/tin-tuc/tin-phuong/{tail}"
    assert lead(cast.a.host, "/?cat=7") == "/tin-tuc/tin-phuong/"
    assert lead(cast.a.host, old_article) == new_article
    assert lead(cast.a.host, "/?p=12") == new_article
    assert visit(cast.b.host, "/tin-tuc/tin-hoat-dong/").status_code == 200


def test_a_renamed_page_and_tag_keep_their_addresses(cast: Cast) -> None:
    page, tag = cast.a.page, cast.a.tag
    with unit_scope(cast.a.unit):
        page.slug, tag.slug = "lien-he-voi-phuong", "le-hoi-hue"
        news_actions.save_page(page=page)
        news_actions.save_tag(tag=tag, actor=None)
    assert lead(cast.a.host, "/gioi-thieu/lien-he/") == "/gioi-thieu/lien-he-voi-phuong/"
    assert lead(cast.a.host, "/tin-tuc/the/le-hoi/") == "/tin-tuc/the/le-hoi-hue/"


def test_an_article_that_moves_takes_its_old_addresses_along(cast: Cast) -> None:
    article = cast.a.article
    keep(cast.a, "/?p=12", article.get_absolute_url())
    with unit_scope(cast.a.unit):
        article.category = cast.a.notices
        news_actions.save_article(article=article)
    assert lead(cast.a.host, "/?p=12") == article.get_absolute_url()
    assert "/thong-bao/" in article.get_absolute_url()


def test_a_new_category_under_an_old_name_answers_itself(cast: Cast) -> None:
    from news.models import Category

    keep(cast.a, "/tin-tuc/cu/", "/tin-tuc/")
    with unit_scope(cast.a.unit):
        news_actions.save_category(category=Category(name="Cũ", slug="cu"))
        keep_address(old="/x/", new="/tin-tuc/cu/")
    assert visit(cast.a.host, "/tin-tuc/cu/").status_code == 200
    assert lead(cast.a.host, "/x/") == "/tin-tuc/cu/"


def test_keys() -> None:
    assert address_key("HTTPS://Xa.vn/A//B/?b=2&a=1#x") == AddressKey("/a/b", "a=1&b=2")
    assert address_key("/index.php?p=1").path == "/"


def test_shapes_are_few(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        pairs: list[Any] = [(f"/?p={number}", "/tin-tuc/") for number in range(50)]
        keep_addresses(pairs=pairs, reason=RedirectReason.IMPORT)
        assert QueryShape.objects.count() == 1
        assert keep_addresses(pairs=pairs, reason=RedirectReason.IMPORT).unchanged == 50
