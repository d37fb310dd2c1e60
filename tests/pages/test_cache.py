"""The page cache: the same page for everybody, of the right unit, fresh at once after a change."""

from __future__ import annotations

import gzip
from itertools import product
from typing import Any

import pytest
from django.core.cache import caches

from news.actions import publish_article, save_article, save_category, save_page, withdraw_article
from news.models import Article
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.findings import Findings
from tests.factories.visits import CACHED_PAGES, body_of, headers_of, public_paths, visit
from units.actions import save_site
from units.models import Unit

# The local cache also where Redis is there (below), so there is nothing to ask a second time.
pytestmark = pytest.mark.anywhere


def _keys() -> set[str]:
    """Every page kept; not the one key a generation that names old addresses with query strings (units.redirecting)."""
    kept = set(caches["pages"]._cache)  # type: ignore[attr-defined]  # LocMemCache's dictionary
    return {key for key in kept if not key.endswith(":old-addresses")}


@pytest.fixture(autouse=True)
def _local_cache(settings: Any) -> None:
    """Keys are counted, so this file looks into the local cache also where Redis is there."""
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages-test"},
    }
    caches["pages"].clear()


def _generation(house: House) -> int:
    return Unit.objects.get(pk=house.unit.pk).generation


def test_every_page_comes_from_the_cache_and_is_the_units_own(cast: Cast, django_assert_num_queries: Any) -> None:
    findings, paths_a, paths_b = Findings(), public_paths(cast.a), public_paths(cast.b)
    for name in CACHED_PAGES:
        with findings.at(name):
            first = visit(cast.a.host, paths_a[name])
            other = visit(cast.b.host, paths_b[name])
            with django_assert_num_queries(1):  # the host
                second = visit(cast.a.host, paths_a[name])
            assert second.content == first.content
            assert cast.a.marker in body_of(second)
            assert cast.b.marker not in body_of(second)
            assert cast.a.marker not in body_of(other)
            assert other.headers["ETag"] != first.headers["ETag"]
    findings.assert_none()


def test_headers_of_every_public_page(cast: Cast) -> None:
    findings, paths = Findings(), public_paths(cast.a)
    for name in CACHED_PAGES:
        with findings.at(name):
            _assert_headers(cast.a.host, paths[name])
    findings.assert_none()


def _assert_headers(host: str, path: str) -> None:
    for _time in ("made", "from the cache"):
        response = visit(host, path)
        assert response.status_code == 200
        assert "s-maxage=" in response.headers["Cache-Control"]
        assert "stale-while-revalidate=" in response.headers["Cache-Control"]
        assert response.headers["ETag"]
        assert response.headers["Last-Modified"].endswith("GMT")
        vary = {word.strip() for word in response.headers["Vary"].split(",")}
        assert {"Host", "Accept-Encoding"} <= vary
        assert "Cookie" not in vary
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in body_of(response)
        assert "nosniff" in response.headers["X-Content-Type-Options"]
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "'unsafe" not in response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_everybody_gets_the_same_page(cast: Cast) -> None:
    """Whoever comes first, a clerk or a citizen, fills the cache for both."""
    findings, paths = Findings(), public_paths(cast.a)
    for name, (first, second) in product(CACHED_PAGES, ((cast.a.admin, None), (None, cast.operator))):
        with findings.at(name, first and first.username):
            one, two = (visit(cast.a.host, paths[name], user=user) for user in (first, second))
            assert one.content == two.content
            assert one.headers["ETag"] == two.headers["ETag"]
            caches["pages"].clear()
            assert visit(cast.a.host, paths[name], user=second).content == one.content
            assert cast.a.admin.username not in body_of(one)
    findings.assert_none()


def test_etag_brings_304_without_a_body(cast: Cast) -> None:
    etag = visit(cast.a.host, "/").headers["ETag"]
    same = visit(cast.a.host, "/", headers={"if-none-match": etag})
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["ETag"] == etag
    assert "s-maxage" in same.headers["Cache-Control"]
    assert visit(cast.a.host, "/", headers={"if-none-match": 'W/"other"'}).status_code == 200
    assert visit(cast.b.host, "/", headers={"if-none-match": etag}).status_code == 200


def test_a_change_ends_the_304(cast: Cast) -> None:
    etag = visit(cast.a.host, "/").headers["ETag"]
    with unit_scope(cast.a.unit):
        article = cast.a.draft
        assert publish_article(article=article, actor=None)
    assert visit(cast.a.host, "/", headers={"if-none-match": etag}).status_code == 200


def test_head_has_the_headers_of_get_and_no_body(cast: Cast) -> None:
    from django.test import Client

    get = visit(cast.a.host, "/tin-tuc/")
    for _time in ("from the cache", "made"):
        head = Client().head("/tin-tuc/", headers={"host": cast.a.host})
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == get.headers["Content-Length"]
        assert head.headers["ETag"] == get.headers["ETag"]
        caches["pages"].clear()
    assert visit(cast.a.host, "/tin-tuc/").content == get.content, "a HEAD must not store an empty page"


def test_gzip_only_for_who_asks(cast: Cast) -> None:
    plain = visit(cast.a.host, "/")
    zipped = visit(cast.a.host, "/", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) == len(zipped.content) < len(plain.content)
    assert gzip.decompress(zipped.content) == plain.content


def test_search_is_never_cached(cast: Cast, search_index: Any) -> None:
    search_index()
    for path in ("/tim-kiem/", f"/tim-kiem/?q={cast.a.word}"):
        response = visit(cast.a.host, path)
        assert "no-store" in response.headers["Cache-Control"]
    assert _keys() == set()


def test_errors_and_redirects_are_never_cached(cast: Cast) -> None:
    for path in ("/khong-co/", "/tin-tuc", "/tin-tuc/ngay/?ngay=2026-11-22", "/tin-tuc/ngay/2026/02/30/"):
        response = visit(cast.a.host, path)
        assert response.status_code in {301, 302, 404}
        assert "no-store" in response.headers["Cache-Control"], path
    assert _keys() == set()


@pytest.mark.parametrize("query", ["?utm_source=zalo", "?fbclid=1", "?x=1&truoc=", "?_=3", "?ten=hue", "?page=1"])
def test_unknown_parameters_do_not_fill_the_cache(cast: Cast, query: str) -> None:
    path = "/phuong-xa/" if "ten" in query else "/tin-tuc/"
    for _time in range(2):
        assert visit(cast.a.host, path + query).status_code == 200
    assert _keys() == set()


def test_an_endless_address_does_not_fill_the_cache(cast: Cast) -> None:
    visit(cast.a.host, "/tin-tuc/?truoc=" + "0" * 400 + "-1")
    assert _keys() == set()


@pytest.mark.parametrize("host", ["THUAN-AN.localhost", "Thuan-An.LocalHost", "thuan-an.localhost."])
def test_spellings_of_a_host_do_not_fill_the_cache(cast: Cast, host: str) -> None:
    visit(cast.a.host, "/")
    before = _keys()
    assert visit(host, "/").status_code == 200
    assert _keys() == before


def test_spellings_of_an_article_address_do_not_fill_the_cache(cast: Cast) -> None:
    address = cast.a.article.get_absolute_url()
    other = address.replace(f"-{cast.a.article.pk}/", f"-000{cast.a.article.pk}/")
    response = visit(cast.a.host, other)
    assert response.status_code == 301
    assert response.headers["Location"] == address


def test_keys_carry_unit_and_generation(cast: Cast) -> None:
    visit(cast.a.host, "/")
    visit(cast.b.host, "/")
    expected = {f"u{house.unit.pk}:g{_generation(house)}:" for house in (cast.a, cast.b)}
    assert len({key for key in _keys() if any(mark in key for mark in expected)}) == 2


def test_a_change_raises_ones_own_generation_and_the_provinces(cast: Cast) -> None:
    def state() -> dict[str, int]:
        return dict(Unit.objects.values_list("slug", "generation"))

    before = state()
    bump_generation(cast.a.unit.pk)
    after = state()
    assert {slug for slug in after if after[slug] != before[slug]} == {"thuan-an", "hue"}


@pytest.mark.parametrize(
    "path", ["/", "/tin-tuc/", "/tin-tuc/tin-hoat-dong/", "/rss/", "/atom/", "/tin-tuc/ngay/2026/11/22/"]
)
def test_what_is_published_is_visible_at_once(cast: Cast, path: str) -> None:
    assert cast.a.draft.title not in body_of(visit(cast.a.host, path))
    with unit_scope(cast.a.unit):
        assert publish_article(article=cast.a.draft, actor=None)
    assert cast.a.draft.title in body_of(visit(cast.a.host, path))
    assert cast.a.draft.title not in body_of(visit(cast.b.host, path))


def test_what_is_withdrawn_is_gone_at_once(cast: Cast) -> None:
    address = cast.a.article.get_absolute_url()
    assert visit(cast.a.host, address).status_code == 200
    assert cast.a.article.title in body_of(visit(cast.a.host, "/"))
    with unit_scope(cast.a.unit):
        assert withdraw_article(article=cast.a.article, actor=None)
    gone = visit(cast.a.host, address)
    assert gone.status_code == 410
    assert cast.a.article.title not in body_of(gone)
    for path in ("/", "/tin-tuc/", "/rss/", "/sitemap-1.xml"):
        page = body_of(visit(cast.a.host, path))
        assert cast.a.article.title not in page
        assert address not in page


def test_corrections_are_visible_at_once(cast: Cast) -> None:
    paths = public_paths(cast.a)
    for name in ("article", "category", "about page", "home"):
        visit(cast.a.host, paths[name])
    with unit_scope(cast.a.unit):
        article = Article.objects.get(pk=cast.a.article.pk)
        article.summary = "Tóm tắt đã sửa đúng."
        save_article(article=article)
        cast.a.category.name = "Chuyên mục đã đổi"
        save_category(category=cast.a.category)
        cast.a.page.title = "Liên hệ đã đổi"
        save_page(page=cast.a.page)
        cast.a.site.hero_title = "Lời chào đã đổi"
        save_site(site=cast.a.site)
    assert "Tóm tắt đã sửa đúng." in body_of(visit(cast.a.host, paths["article"]))
    assert "Chuyên mục đã đổi" in body_of(visit(cast.a.host, paths["category"]))
    assert "Liên hệ đã đổi" in body_of(visit(cast.a.host, paths["about page"]))
    assert "Lời chào đã đổi" in body_of(visit(cast.a.host, "/"))


def test_a_draft_costs_citizens_nothing(cast: Cast) -> None:
    """Saving drafts must not empty the cache."""
    before = _generation(cast.a)
    with unit_scope(cast.a.unit):
        save_article(article=cast.a.draft)
    assert _generation(cast.a) == before


def test_the_measurement_script_is_let_in_by_name_only(cast: Cast) -> None:
    cast.a.site.measurement_src = "https://do.example.gov.vn/ma/thuan-an.js"
    with unit_scope(cast.a.unit):
        save_site(site=cast.a.site)
    for _time in ("made", "from the cache"):
        policy = visit(cast.a.host, "/").headers["Content-Security-Policy"]
        assert "https://do.example.gov.vn" in policy
        assert "unsafe" not in policy
        assert "do.example.gov.vn" not in visit(cast.b.host, "/").headers["Content-Security-Policy"]


def test_feeds_may_be_read_by_other_sites(cast: Cast) -> None:
    for _time in ("made", "from the cache"):
        assert visit(cast.a.host, "/rss/").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in visit(cast.a.host, "/").headers


def test_the_administration_is_never_cached(cast: Cast) -> None:
    response = visit(cast.a.host, "/quan-tri/", user=cast.a.admin)
    assert response.status_code == 200
    assert {"no-store"} & {word.strip() for word in response.headers["Cache-Control"].split(",")}
    assert "s-maxage" not in headers_of(response)
    assert _keys() == set()
