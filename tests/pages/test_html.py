"""Valid HTML on every public page type, and what validity alone does not say: one heading, alternatives, no inline code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET  # the type of html5lib's tree

import html5lib
import pytest

from tests.factories.cast import Cast
from tests.factories.findings import Findings
from tests.factories.schedule_pages import SCHEDULE_PAGES
from tests.factories.visits import body_of, public_paths, visit

pytestmark = pytest.mark.anywhere

NAMES = (
    *("reception", "reception form", "reception slip", "reception lookup"),
    *(
        "leaders",
        "leader",
        "organisation chart",
        "people",
        "people found",
        "people nothing",
        "spokespersons",
        "hotlines",
    ),
    *("home", "english", "list", "category", "tag", "day", "empty day", "month", "article", "plain article", "about"),
    *("about page", "english page", "search box", "search results", "search nothing", "directory", "directory answer"),
    *("directory nothing", "site map", "subscribe", "accessibility", "corrections", "library", "english list"),
    *("english missing", "english about", "consultations", "consultation", "opinion form"),
    *("documents", "documents filtered", "document"),
    *("disclosures", "disclosures of a year", "disclosure duty", "disclosure", "budget table"),
    *("services", "services business", "services fields", "services field", "services elsewhere", "services found"),
    *("services nothing", "life event"),
    *("procedure", "procedure sheet", "procedure history", "place", "mistake"),
    *("dossier", "dossier answer", "dossier unknown", "dossier months", "voice", "voice results", "voice poster"),
    "calendar",
    *SCHEDULE_PAGES,
)
ERRORS = {
    "404": ("thuan-an.localhost", "/khong-co/", 404),
    "400": ("thuan-an.localhost", "/%00", 400),
    "414": ("thuan-an.localhost", "/?" + "a" * 5000, 414),
    "unknown host": ("khong-co.localhost", "/", 404),
    "closed unit": ("phu-thuan.localhost", "/", 200),
    "empty site": ("kim-long.localhost", "/", 200),
    "empty list": ("kim-long.localhost", "/tin-tuc/", 200),
    "document not here": ("thuan-an.localhost", "/van-ban/so/99/2020/QĐ-UBND/", 404),
    "empty documents": ("kim-long.localhost", "/van-ban/", 200),
    "empty about": ("kim-long.localhost", "/gioi-thieu/", 200),
    "disclosures of units": ("localhost", "/cong-khai/cac-don-vi/", 200),
    "no disclosures": ("kim-long.localhost", "/cong-khai/", 200),
    "province": ("localhost", "/", 200),
    "no months": ("kim-long.localhost", "/dich-vu-cong/tra-cuu/thang/", 200),
    "no voices": ("kim-long.localhost", "/dich-vu-cong/hai-long/ket-qua/", 200),
    "months of units": ("localhost", "/dich-vu-cong/tra-cuu/thang/", 200),
    "voices of units": ("localhost", "/dich-vu-cong/hai-long/ket-qua/", 200),
    "place, to choose": ("localhost", "/dich-vu-cong/1.001193/noi-nop/?ten=phu", 200),
    "login": ("thuan-an.localhost", "/quan-tri/login/", 200),
}


def test_every_public_page_type_is_looked_at(cast: Cast) -> None:
    assert set(NAMES) == set(public_paths(cast.a))


_pages: dict[str, str] = {}
"""Texts of all pages by name: asked for once in a process, read by many tests."""


@pytest.fixture
def pages(request: pytest.FixtureRequest, db: None) -> dict[str, str]:
    """The texts of all pages by name."""
    if not _pages:
        cast = request.getfixturevalue("cast")
        request.getfixturevalue("search_index")()
        wanted = {name: (cast.a.host, path, 200) for name, path in public_paths(cast.a).items()} | ERRORS
        texts = {}
        for name, (host, path, status) in wanted.items():
            response = visit(host, path)
            assert response.status_code == status, name
            assert response.headers["Content-Type"] == "text/html; charset=utf-8"
            texts[name] = body_of(response)
        _pages.update(texts)
    assert set(_pages) == {*NAMES, *ERRORS}
    return _pages


@lru_cache(maxsize=200)
def _parsed(text: str) -> tuple[Any, list[Any]]:
    """The tree, and what the parser complained of: made once of each text, read by many tests."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    return parser.parse(text), [(place, code, data) for place, code, data in parser.errors]


def _tree(text: str) -> Any:
    return _parsed(text)[0]


def _nodes(text: str) -> list[Any]:
    return [node for node in _tree(text).iter() if isinstance(node.tag, str)]


def _parses_strictly(page: str) -> None:
    assert _parsed(page)[1] == []


def _nothing_runs_or_is_styled_inline(page: str) -> None:
    for node in _nodes(page):
        names = set(node.attrib)
        assert not {name for name in names if name.startswith("on")}, f"{node.tag} {node.attrib}"
        assert "style" not in names, f"{node.tag} {node.attrib}"
        assert node.tag != "style"
        if node.tag == "script":
            assert "src" in names or node.attrib.get("type") == "application/ld+json"
        target = node.attrib.get("href", "") or node.attrib.get("src", "")
        assert not target.lower().startswith(("javascript:", "data:text"))
        # Nothing is loaded from elsewhere; links may lead there.
        if node.tag in {"script", "img", "iframe", "source", "video", "audio", "object", "embed", "use"}:
            assert not re.match(r"^(https?:)?//", node.attrib.get("src", "") + node.attrib.get("href", ""))
        if node.tag == "link" and node.attrib.get("rel") in {"stylesheet", "preload", "icon"}:
            assert node.attrib["href"].startswith("/static/")


def _people_with_screen_readers_find_their_way(page: str) -> None:
    nodes = _nodes(page)
    root = next(node for node in nodes if node.tag == "html")
    assert root.attrib.get("lang") in {"vi", "en"}
    headings = [int(node.tag[1]) for node in nodes if re.fullmatch("h[1-6]", str(node.tag))]
    assert headings.count(1) == 1
    main = [node for node in nodes if node.tag == "main"]
    assert len(main) == 1
    assert len([node for node in main[0].iter() if node.tag == "h1"]) == 1
    for node in nodes:
        if node.tag == "img":
            assert "alt" in node.attrib, node.attrib
        if node.tag in {"input", "select", "textarea"} and node.attrib.get("type") not in {"hidden", "submit"}:
            labels = [
                other for other in nodes if other.tag == "label" and other.attrib.get("for") == node.attrib.get("id")
            ]
            assert labels or node.attrib.get("aria-label") or node.attrib.get("aria-labelledby"), node.attrib
        if node.tag == "a":
            words = "".join(node.itertext()).strip() + node.attrib.get("aria-label", "")
            pictures = [other.attrib.get("alt", "") for other in node.iter() if other.tag == "img"]
            assert words or any(pictures), f"a link without words: {node.attrib}"


def _ids_are_unique_and_references_lead_somewhere(page: str) -> None:
    nodes = _nodes(page)
    ids = Counter(node.attrib["id"] for node in nodes if "id" in node.attrib)
    assert {name: number for name, number in ids.items() if number > 1} == {}
    for node in nodes:
        wanted = " ".join(
            node.attrib.get(name, "") for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        )
        assert set(wanted.split()) <= set(ids), f"{node.tag} {node.attrib}"
        href = node.attrib.get("href", "")
        if node.tag == "a" and href.startswith("#") and len(href) > 1:
            assert href[1:] in ids, href


def _headings_skip_no_level(page: str) -> None:
    main = next(node for node in _nodes(page) if node.tag == "main")
    levels = [int(str(node.tag)[1]) for node in main.iter() if re.fullmatch("h[1-6]", str(node.tag))]
    for before, after in pairwise(levels):
        assert after <= before + 1, levels


def _no_template_word_is_left(page: str) -> None:
    text = "".join(_tree(page).itertext())
    for word in ("None", "{{", "{%", "&lt;", "&amp;amp;", "SafeString", "<Query"):
        assert word not in text, word


RULES = (
    *(_parses_strictly, _nothing_runs_or_is_styled_inline, _people_with_screen_readers_find_their_way),
    *(_ids_are_unique_and_references_lead_somewhere, _headings_skip_no_level, _no_template_word_is_left),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.strip("_"))
def test_every_page_keeps_the_rule(pages: dict[str, str], rule: Callable[[str], None]) -> None:
    findings = Findings()
    for name, text in pages.items():
        with findings.at(name):
            rule(text)
    findings.assert_none()


def test_own_links_lead_to_pages_that_are_there(cast: Cast, search_index: Any) -> None:
    """Every address on every page of a full site, on its own host, answers."""
    search_index()
    links: dict[str, str] = {}
    for name, path in public_paths(cast.a).items():
        for node in _nodes(body_of(visit(cast.a.host, path))):
            href = node.attrib.get("href", "") or node.attrib.get("src", "")
            # A number's address is an address whether the register has the document or not; then it says so, with 404.
            if href.startswith("/") and not href.startswith(("//", "/static/", "/van-ban/so/")):
                links.setdefault(href.split("#")[0], name)
    broken = {href: name for href, name in links.items() if visit(cast.a.host, href).status_code not in {200, 302}}
    assert broken == {}


def test_static_files_that_pages_name_are_there(pages: dict[str, str]) -> None:
    from django.contrib.staticfiles import finders

    named = set()
    for text in pages.values():
        named |= set(re.findall(r'(?:href|src)="/static/([^"#?]+)', text))
    assert named
    assert [name for name in named if not finders.find(name)] == []


def test_icons_that_pages_use_are_in_the_sprite(pages: dict[str, str]) -> None:
    from django.contrib.staticfiles import finders

    sprite = ET.parse(str(finders.find("icons/icons.svg"))).getroot()
    there = {node.attrib.get("id") for node in sprite.iter()}
    used = set()
    for text in pages.values():
        used |= set(re.findall(r"icons\.svg#([\w-]+)", text))
    assert used
    assert used <= there
