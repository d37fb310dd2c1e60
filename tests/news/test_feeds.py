"""Feeds, site maps, robots and structured data: what machines read must parse, whatever the titles say."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # our own answers are parsed

import html5lib
import pytest

from news.rules import FEED_SIZE
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, make_article
from tests.factories.visits import body_of, visit

pytestmark = pytest.mark.anywhere

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = [
    "Bão số 9 </script><script>alert(1)</script>",
    "A & B < C > D \"E\" 'F'",
    "]]> <!-- --> <![CDATA[ x",
    "Ký tự lạ \x0b\x1f\ufffe\uffff\u2028 hết",
    "🎆 Festival Huế",
    "{{ unit }} {% now 'Y' %}",
]


def _xml(host: str, path: str) -> ET.Element:
    response = visit(host, path)
    assert response.status_code == 200
    assert "xml" in response.headers["Content-Type"]
    return ET.fromstring(response.content)


def _titles(feed: ET.Element) -> list[str]:
    return [item.findtext("title") or "" for item in feed.iter("item")] + [
        entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("path", ["/rss/", "/atom/"])
def test_a_feed_has_the_newest_first_with_whole_addresses(cast: Cast, path: str) -> None:
    feed = _xml("thuan-an.localhost:8000", path)
    expected = [cast.a.notice, *cast.a.articles]
    assert _titles(feed) == [row.title for row in sorted(expected, key=lambda row: str(row.published_at), reverse=True)]
    links = [item.findtext("link") for item in feed.iter("item")] or [
        entry.find(f"{ATOM}link").attrib["href"]  # type: ignore[union-attr]  # it has one
        for entry in feed.iter(f"{ATOM}entry")
    ]
    for link in links:
        parts = urlsplit(link or "")
        assert parts.netloc == "thuan-an.localhost:8000"
        assert visit("thuan-an.localhost:8000", parts.path).status_code == 200


@pytest.mark.parametrize("path", ["/tin-tuc/thong-bao/rss/", "/tin-tuc/thong-bao/atom/"])
def test_a_categorys_feed_has_its_own_items(cast: Cast, path: str) -> None:
    assert _titles(_xml(cast.a.host, path)) == [cast.a.notice.title]


@pytest.mark.parametrize("path", ["/rss/", "/atom/", "/tin-tuc/tin-hoat-dong/rss/"])
def test_feeds_are_bounded(cast: Cast, path: str) -> None:
    with unit_scope(cast.a.unit):
        for number in range(FEED_SIZE + 5):
            make_article(f"Bài {number}", category=cast.a.category, published_at=NOW - timedelta(minutes=number + 1))
    assert len(_titles(_xml(cast.a.host, path))) == FEED_SIZE


@pytest.mark.parametrize("path", ["/rss/", "/atom/"])
def test_a_feed_without_items_is_still_a_feed(cast: Cast, path: str) -> None:
    assert _titles(_xml("kim-long.localhost", path)) == []


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_feeds_parse_whatever_the_title(cast: Cast, title: str) -> None:
    with unit_scope(cast.a.unit):
        row = make_article(
            title, category=cast.a.category, published_at=NOW - timedelta(minutes=1), summary=f"<b>{title}</b>"
        )
        row.refresh_from_db()
    for path in ("/rss/", "/atom/"):
        assert _titles(_xml(cast.a.host, path))[0] == row.title


def _json_ld(text: str) -> list[Any]:
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    scripts = [node for node in tree.iter("script") if node.attrib.get("type") == "application/ld+json"]
    return [json.loads(node.text or "") for node in scripts]


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_structured_data_parse_and_stay_inside_their_element(cast: Cast, title: str) -> None:
    with unit_scope(cast.a.unit):
        row = make_article(title, category=cast.a.category, published_at=NOW - timedelta(minutes=1))
        row.refresh_from_db()
        address = row.get_absolute_url()
    text = body_of(visit(cast.a.host, address))
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert "alert(1)" not in [node.text for node in tree.iter("script")]
    news, crumbs = _json_ld(text)[0]["@graph"]
    assert (news["@type"], crumbs["@type"]) == ("NewsArticle", "BreadcrumbList")
    assert news["headline"] == row.title[:110]
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2, 3, 4]
    assert crumbs["itemListElement"][-1]["name"] == row.title
    assert "".join(tree.find("head/title").itertext()).startswith(row.title)


def test_an_articles_structured_data_say_when_who_and_what(cast: Cast) -> None:
    article = cast.a.article
    news = _json_ld(body_of(visit(cast.a.host, article.get_absolute_url())))[0]["@graph"][0]
    assert news["datePublished"].startswith("2026-11-2")
    assert news["publisher"]["name"] == cast.a.unit.name
    assert news["mainEntityOfPage"] == f"http://{cast.a.host}{article.get_absolute_url()}"
    assert news["image"] == [f"http://{cast.a.host}{cast.a.picture.url}"]
    revised = _json_ld(body_of(visit(cast.a.host, cast.a.articles[2].get_absolute_url())))[0]["@graph"][0]
    assert revised["dateModified"] > revised["datePublished"]


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/tin-tuc/tin-hoat-dong/", "/gioi-thieu/lien-he/"])
def test_other_pages_have_structured_data_that_parse(cast: Cast, path: str) -> None:
    assert _json_ld(body_of(visit(cast.a.host, path)))


def _meta(text: str) -> dict[str, str]:
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    return {
        node.attrib.get("name") or node.attrib.get("property") or "": node.attrib.get("content", "")
        for node in tree.iter("meta")
    }


def test_an_article_carries_open_graph_and_six_dublin_core_elements(cast: Cast) -> None:
    article = cast.a.article
    address = f"http://{cast.a.host}{article.get_absolute_url()}"
    meta = _meta(body_of(visit(cast.a.host, article.get_absolute_url())))
    assert meta["og:type"] == "article"
    assert meta["og:title"] == article.title
    assert meta["og:url"] == address
    assert meta["og:image"] == f"http://{cast.a.host}{cast.a.picture.url}"
    assert meta["og:description"] == article.summary
    assert meta["article:published_time"].startswith("2026-11-22T04:30")
    assert meta["DC.title"] == article.title
    assert meta["DC.creator"] == article.author_name
    assert meta["DC.date"] == "2026-11-22"
    assert meta["DC.description"] == article.summary
    assert meta["DC.identifier"] == address
    assert cast.a.unit.name.lower() in meta["DC.publisher"].lower()


def test_every_page_has_the_six_dublin_core_elements_and_its_address(cast: Cast) -> None:
    from tests.factories.visits import CACHED_PAGES, public_paths

    seen: dict[str, str] = {}
    for name in CACHED_PAGES:
        path = public_paths(cast.a)[name]
        text = body_of(visit(cast.a.host, path))
        meta = _meta(text)
        for element in ("title", "creator", "date", "description", "publisher", "identifier"):
            assert meta[f"DC.{element}"], (name, element)
        assert f'<link rel="canonical" href="http://{cast.a.host}{path}">' in text, name
        title = re.search("<title>(.*?)</title>", text, re.DOTALL)
        assert title
        assert cast.a.unit.name.lower() in title.group(1).lower() or cast.a.unit.name_en in title.group(1), name
        seen.setdefault(title.group(1), name)
    assert len(seen) >= len(CACHED_PAGES) - 2, "pages are told apart by their titles"


def test_article_page_offers_print_share_tags_and_neighbours(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, cast.a.article.get_absolute_url()))
    address = f"thuan-an.localhost{cast.a.article.get_absolute_url()}".replace("/", "%2F")
    assert "data-print" in text
    assert f"facebook.com/sharer/sharer.php?u=http%3A%2F%2F{address}" in text
    assert f"zalo.me/share?url=http%3A%2F%2F{address}" in text
    assert "mailto:?subject=" in text
    assert 'href="/tin-tuc/the/le-hoi/"' in text
    assert cast.a.article.author_name in text
    assert cast.a.article.source_name in text
    assert cast.a.articles[1].title in text, "same category"
    assert cast.a.notice.title in text, "other news"
    scripts = re.findall(r'<script[^>]*src="([^"]+)"', text)
    assert scripts
    assert all(source.startswith("/static/") for source in scripts), "no script of a third party"


def test_the_site_map_lists_what_citizens_may_see(cast: Cast) -> None:
    index = _xml("thuan-an.localhost:8000", "/sitemap.xml")
    parts = [node.text or "" for node in index.iter(f"{MAP}loc")]
    assert parts[0] == "http://thuan-an.localhost:8000/sitemap-0.xml"
    found: list[str] = []
    for part in parts:
        tree = _xml("thuan-an.localhost:8000", urlsplit(part).path)
        assert tree.tag == f"{MAP}urlset"
        found += [node.text or "" for node in tree.iter(f"{MAP}loc")]
        for changed in tree.iter(f"{MAP}lastmod"):
            assert re.match(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$", changed.text or "")
    assert len(found) == len(set(found))
    paths = {urlsplit(address).path for address in found}
    rows: tuple[Any, ...] = (*cast.a.articles, cast.a.notice, cast.a.page, cast.a.english_page, cast.a.category)
    for row in rows:
        assert row.get_absolute_url() in paths
    assert not [path for path in paths if f"-{cast.a.draft.pk}/" in path or f"-{cast.a.withdrawn.pk}/" in path]
    for path in paths:
        assert visit("thuan-an.localhost:8000", path).status_code == 200, path


def test_parts_of_the_site_map_cover_every_article_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.pages.views import sitemaps

    monkeypatch.setattr(sitemaps, "PART_SIZE", 3)
    with unit_scope(cast.a.unit):
        rows = [make_article(f"Bài {number}", category=cast.a.category) for number in range(10)]
    parts = [urlsplit(node.text or "").path for node in _xml(cast.a.host, "/sitemap.xml").iter(f"{MAP}loc")]
    found = [node.text or "" for part in parts[1:] for node in _xml(cast.a.host, part).iter(f"{MAP}loc")]
    expected = [f"http://{cast.a.host}{row.get_absolute_url()}" for row in (*cast.a.articles, cast.a.notice, *rows)]
    assert sorted(found) == sorted(expected)


def test_a_site_without_articles_has_a_site_map(cast: Cast) -> None:
    parts = [node.text for node in _xml("kim-long.localhost", "/sitemap.xml").iter(f"{MAP}loc")]
    for part in parts:
        _xml("kim-long.localhost", urlsplit(part or "").path)


def test_robots_names_the_site_map_and_keeps_crawlers_out_of_searches(cast: Cast) -> None:
    response = visit("thuan-an.localhost:8000", "/robots.txt")
    text = body_of(response)
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://thuan-an.localhost:8000/sitemap.xml" in text
    assert "Disallow: /tim-kiem/" in text
    assert "Disallow: /quan-tri/" in text
    assert "Disallow: /\n" not in text


def test_security_txt_names_a_contact_and_is_not_expired(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/.well-known/security.txt"))
    assert f"Contact: mailto:{cast.a.site.email}" in text
    expires = re.search(r"Expires: (\d{4}-\d\d-\d\d)T", text)
    assert expires
    assert "2026-12-22" < expires.group(1) < "2027-11-22"


def test_results_are_not_for_other_search_engines(cast: Cast, search_index: Any) -> None:
    search_index()
    assert "noindex" in _meta(body_of(visit(cast.a.host, "/tim-kiem/?q=den")))["robots"]
    assert "noindex" in _meta(body_of(visit(cast.a.host, "/khong-co/")))["robots"]
