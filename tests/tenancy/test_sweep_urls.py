"""Every URL name on Thuận An's host with Phú Vinh's identifiers: 404, and nothing of Phú Vinh in the answer.

The names are read from the resolver. A new name fails `test_every_url_name_is_swept` until it is swept here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from portal.core.tenancy.models import TenantModel
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, headers_of, visit
from units.enums import Role

Paths = Callable[[House], list[str]]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Paths made of the other's identifiers, and the statuses that are right for them on our host."""

    paths: Paths
    statuses: tuple[int, ...] = (404,)


def _own(path: str) -> Sweep:
    """A page without identifiers: it answers, and must show nothing of the other."""
    return Sweep(lambda _house: [path], (200,))


def _article_paths(house: House) -> list[str]:
    rows = [*house.articles, house.notice, house.draft, house.withdrawn]
    return [f"/tin-tuc/{row.category.slug}/{row.slug}-{row.pk}/" for row in rows]


def _media_paths(house: House) -> list[str]:
    return [house.picture.url, house.picture.small_url]


def _foreign_slugs(house: House) -> list[str]:
    """Addresses that exist on the other's site only."""
    return [f"/tin-tuc/chi-o-{house.unit.slug}/"]


SWEEPS: dict[str, Sweep] = {
    "pages:home": _own("/"),
    "pages:english": _own("/en/"),
    "pages:search": Sweep(
        lambda house: ["/tim-kiem/", f"/tim-kiem/?q={house.word}", "/tim-kiem/?q=den+long", "/tim-kiem/?q=lien+he"],
        (200,),
    ),
    "pages:unit-directory": Sweep(lambda house: ["/phuong-xa/", "/phuong-xa/?ten=phu+vinh"], (200,)),
    "pages:site-map": _own("/so-do-trang/"),
    "pages:sitemap-xml": _own("/sitemap.xml"),
    "pages:sitemap-part": Sweep(lambda house: ["/sitemap-0.xml", "/sitemap-1.xml"], (200,)),
    "pages:robots": _own("/robots.txt"),
    "pages:accessibility": _own("/tro-nang/"),
    "pages:security-txt": _own("/.well-known/security.txt"),
    "pages:media": Sweep(_media_paths),
    "pages:healthz": _own("/healthz"),
    "pages:readyz": _own("/readyz"),
    "news:article-list": Sweep(
        lambda house: ["/tin-tuc/", f"/tin-tuc/?truoc=9999999999999999-{house.article.pk}"], (200,)
    ),
    "news:feed": _own("/rss/"),
    "news:atom": _own("/atom/"),
    "news:article-day-form": Sweep(lambda house: ["/tin-tuc/ngay/?ngay=2026-11-22"], (302,)),
    "news:article-day": _own("/tin-tuc/ngay/2026/11/22/"),
    "news:article-month": _own("/tin-tuc/ngay/2026/11/"),
    "news:tag": Sweep(lambda house: [f"/tin-tuc/the/chi-o-{house.unit.slug}/"]),
    "news:category": Sweep(_foreign_slugs),
    "news:category-feed": Sweep(lambda house: [f"{path}rss/" for path in _foreign_slugs(house)]),
    "news:category-atom": Sweep(lambda house: [f"{path}atom/" for path in _foreign_slugs(house)]),
    "news:article-detail": Sweep(_article_paths),
    "news:page-index": _own("/gioi-thieu/"),
    "news:page-detail": Sweep(lambda house: [f"/gioi-thieu/chi-o-{house.unit.slug}/"]),
    "news:page-detail-en": Sweep(lambda house: [f"/en/about/chi-o-{house.unit.slug}/"]),
}

# Addresses with slugs that both units have: they show our own rows only.
SHARED: dict[str, str] = {
    "news:category": "/tin-tuc/tin-hoat-dong/",
    "news:category-feed": "/tin-tuc/tin-hoat-dong/rss/",
    "news:category-atom": "/tin-tuc/thong-bao/atom/",
    "news:tag": "/tin-tuc/the/le-hoi/",
    "news:page-detail": "/gioi-thieu/lien-he/",
    "news:page-detail-en": "/en/about/contact/",
}

# Screens of the admin that belong to no model.
ADMIN_SCREENS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "admin:index": (("/quan-tri/",), (200,)),
    "admin:login": (("/quan-tri/login/",), (200, 302)),
    "admin:logout": (("/quan-tri/logout/",), (405,)),
    "admin:password_change": (("/quan-tri/password_change/",), (200,)),
    "admin:password_change_done": (("/quan-tri/password_change/done/",), (200,)),
    "admin:jsi18n": (("/quan-tri/jsi18n/",), (200,)),
    "admin:app_list": (("/quan-tri/news/", "/quan-tri/units/", "/quan-tri/core/"), (200, 404)),
}


def _names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _names(pattern.url_patterns, below)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"


def _model_screens() -> dict[str, tuple[type, str]]:
    screens = {}
    for model in admin.site._registry:
        for action in ("changelist", "add", "history", "delete", "change"):
            screens[f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}"] = (model, action)
    return screens


# Swept by tests of their own below, or reached by other patterns of the same screen.
ADMIN_OTHERS = {
    "admin:autocomplete": "test_choosers_and_shortcuts_…",
    "admin:view_on_site": "test_choosers_and_shortcuts_…",
    "admin:<path:object_id>/": "the old address of change: it redirects there",
    "admin:(?P<url>.*)$": "the admin's own 404",
}


def test_every_url_name_is_swept() -> None:
    names = set(_names(get_resolver().url_patterns))
    swept = {*SWEEPS, *ADMIN_SCREENS, *_model_screens(), *ADMIN_OTHERS}
    assert names - swept == set(), "new URL names: sweep them with the other unit's identifiers"
    assert {name for name in SWEEPS if name not in names} == set(), "swept names that no longer exist"


def _assert_nothing_of(house: House, response: Any, path: str) -> None:
    text = body_of(response) + headers_of(response)
    for secret in (house.marker, house.marker.lower(), house.picture.file.name):
        if secret in path:  # the 404 page names the address that was asked for
            continue
        assert secret not in text, f"{path} shows {secret}"
    # The word of the search is said back to whoever typed it.
    if f"q={house.word}" not in path:
        assert house.word not in text, f"{path} shows {house.word}"


@pytest.fixture
def swept_cast(cast: Cast, search_index: Any) -> Cast:
    """The cast, with categories, a tag and pages that only Phú Vinh has, and everything indexed."""
    from news.models import Category, Page, Tag
    from portal.core.tenancy import unit_scope

    slug = f"chi-o-{cast.b.unit.slug}"
    with unit_scope(cast.b.unit):
        Category.objects.create(name=f"Riêng {cast.b.marker}", slug=slug)
        Tag.objects.create(name=f"Riêng {cast.b.marker}", slug=slug)
        Page.objects.create(title=f"Riêng {cast.b.marker}", slug=slug)
        Page.objects.create(title=f"Own {cast.b.marker}", slug=slug, language="en")
    assert search_index() >= 10
    return cast


VISITORS = ("anonymous", "own admin", "other's admin", "operator")


def _who(cast: Cast, visitor: str) -> Any:
    return {"own admin": cast.a.admin, "other's admin": cast.b.admin, "operator": cast.operator}.get(visitor)


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("name", SWEEPS)
def test_the_others_identifiers_lead_nowhere(swept_cast: Cast, name: str, visitor: str) -> None:
    sweep = SWEEPS[name]
    for path in sweep.paths(swept_cast.b):
        response = visit(swept_cast.a.host, path, user=_who(swept_cast, visitor))
        assert response.status_code in sweep.statuses, path
        _assert_nothing_of(swept_cast.b, response, path)


@pytest.mark.parametrize("name", SWEEPS)
def test_the_same_identifiers_are_found_at_home(swept_cast: Cast, name: str) -> None:
    """Otherwise the sweep would prove nothing."""
    b = swept_cast.b
    for path in SWEEPS[name].paths(b):
        response = visit(b.host, path)
        hidden = any(f"{row.slug}-{row.pk}/" in path for row in (b.draft, b.withdrawn))
        expected = 404 if hidden else 302 if name == "news:article-day-form" else 200
        assert response.status_code == expected, path


@pytest.mark.parametrize("name", SHARED)
def test_addresses_that_both_have_show_ones_own(swept_cast: Cast, name: str) -> None:
    for house, other in ((swept_cast.a, swept_cast.b), (swept_cast.b, swept_cast.a)):
        response = visit(house.host, SHARED[name])
        assert response.status_code == 200
        assert house.marker in body_of(response)
        _assert_nothing_of(other, response, SHARED[name])


def test_search_finds_at_home_what_it_hides_abroad(swept_cast: Cast) -> None:
    path = f"/tim-kiem/?q={swept_cast.b.word}"
    assert swept_cast.b.marker in body_of(visit(swept_cast.b.host, path))
    abroad = body_of(visit(swept_cast.a.host, path))
    assert swept_cast.b.marker not in abroad
    assert swept_cast.b.article.get_absolute_url() not in abroad


def test_the_province_shows_no_row_of_a_commune(swept_cast: Cast) -> None:
    for sweep in SWEEPS.values():
        for path in sweep.paths(swept_cast.b):
            response = visit("localhost", path)
            assert response.status_code < 500
            _assert_nothing_of(swept_cast.b, response, path)


# --- the administration ----------------------------------------------------------------------------------------------


def _row_of(house: House, model: Any) -> Any:
    from portal.core.tenancy import unit_scope

    if not issubclass(model, TenantModel):
        return model._default_manager.order_by("pk").last()
    with unit_scope(house.unit):
        return model._default_manager.order_by("pk").first()


def _key_of(house: House, model: Any) -> list[int]:
    row = _row_of(house, model)
    return [row.pk if row else 1]


@pytest.mark.parametrize("screen", _model_screens())
def test_admin_screens_with_the_others_rows_lead_nowhere(cast: Cast, screen: str) -> None:
    model, action = _model_screens()[screen]
    arguments = _key_of(cast.b, model) if action in {"change", "delete", "history"} else []
    path = reverse(screen, args=arguments)
    response = visit(cast.a.host, path, user=cast.a.admin)
    # Above all units (Unit, Domain …): operators only. With a key: not there. Without: our own list or form.
    expected = {403, 404} if arguments or not issubclass(model, TenantModel) else {200, 302, 403}
    assert response.status_code in expected, path
    _assert_nothing_of(cast.b, response, path)


@pytest.mark.parametrize("screen", [name for name, (_m, action) in _model_screens().items() if action == "changelist"])
@pytest.mark.parametrize("visitor", ["own admin", "operator"])
def test_admin_lists_show_ones_own_rows(cast: Cast, screen: str, visitor: str) -> None:
    model, _action = _model_screens()[screen]
    for query in ("", f"?q={cast.b.word}", "?q=bravo"):
        response = visit(cast.a.host, reverse(screen) + query, user=_who(cast, visitor))
        assert response.status_code < 500
        text = body_of(response)
        assert cast.b.marker not in text
        if issubclass(model, TenantModel):
            assert f"/{_row_of(cast.b, model).pk}/change/" not in text


@pytest.mark.parametrize("name", ADMIN_SCREENS)
def test_admin_screens_without_rows_show_nothing_of_the_other(cast: Cast, name: str) -> None:
    paths, statuses = ADMIN_SCREENS[name]
    for path in paths:
        response = visit(cast.a.host, path, user=cast.a.admin)
        assert response.status_code in statuses, path
        _assert_nothing_of(cast.b, response, path)


def test_choosers_and_shortcuts_give_nothing_of_the_other(cast: Cast) -> None:
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(type(cast.b.article))
    paths = [
        "/quan-tri/autocomplete/?app_label=units&model_name=domain&field_name=unit&term=phu",
        "/quan-tri/autocomplete/?app_label=news&model_name=article&field_name=category&term=tin",
        f"/quan-tri/r/{kind.pk}/{cast.b.article.pk}/",
        f"/quan-tri/news/article/{cast.b.article.pk}/",
        f"/quan-tri/news/article/{cast.b.article.pk}/change/?_popup=1&_to_field=id",
        "/quan-tri/khong-co/",
    ]
    for path in paths:
        response = visit(cast.a.host, path, user=cast.a.admin)
        if response.status_code == 302:
            response = visit(cast.a.host, response.headers["Location"], user=cast.a.admin)
        assert response.status_code in {403, 404}, path
        _assert_nothing_of(cast.b, response, path)


def test_choosers_in_the_article_form_offer_ones_own(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/quan-tri/news/article/add/", user=cast.a.admin))
    assert cast.a.category.name in text
    assert cast.b.category.name not in text


def test_filters_of_the_article_list_offer_ones_own(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/quan-tri/news/article/", user=cast.a.admin))
    assert cast.a.category.name in text
    assert cast.b.category.name not in text
    by_foreign_key = visit(
        cast.a.host, f"/quan-tri/news/article/?category__id__exact={cast.b.category.pk}", user=cast.a.admin
    )
    assert cast.b.marker not in body_of(by_foreign_key)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("screen", ["admin:index", *_model_screens()])
def test_the_others_people_have_no_rights_here(cast: Cast, role: Role, screen: str) -> None:
    """A member of Phú Vinh, logged in, on Thuận An's host: the login page at best, even for their own rows."""
    model, action = _model_screens().get(screen, (None, ""))
    keys: list[list[int]] = [[]]
    if action in {"change", "delete", "history"}:
        keys = [_key_of(house, model) for house in (cast.a, cast.b)]
    for key in keys:
        response = visit(cast.a.host, reverse(screen, args=key), user=cast.b.people[role])
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/quan-tri/login/")
        _assert_nothing_of(cast.a, response, screen)


@pytest.mark.parametrize("who", ["outsider", "stranger"])
def test_outsiders_get_the_login_page(cast: Cast, who: str) -> None:
    for house in (cast.a, cast.b):
        response = visit(house.host, "/quan-tri/news/article/", user=getattr(cast, who))
        assert response.status_code == 302
        assert "/quan-tri/login/" in response.headers["Location"]


def test_a_session_of_one_host_gives_no_rights_on_another(cast: Cast) -> None:
    """Sessions lie in one table; a cookie carried over by hand must open nothing."""
    from django.test import Client

    client = Client()
    client.force_login(cast.b.admin)
    assert client.get("/quan-tri/", headers={"host": cast.b.host}).status_code == 200
    cookie = client.cookies["sessionid"]
    assert not cookie["domain"], "a cookie of the whole domain would be sent to every unit"
    assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 302
    posted = client.post(
        f"/quan-tri/news/article/{cast.a.article.pk}/delete/", {"post": "yes"}, headers={"host": cast.a.host}
    )
    assert posted.status_code in {302, 403}
    cast.a.article.pk  # noqa: B018 - the row is asked for below
    assert visit(cast.a.host, cast.a.article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("action", ["change", "delete"])
def test_posting_to_the_others_rows_changes_nothing(cast: Cast, action: str) -> None:
    from django.test import Client

    from portal.core.tenancy import unit_scope

    client = Client()
    client.force_login(cast.a.admin)
    path = reverse(f"admin:news_article_{action}", args=[cast.b.draft.pk])
    data = {"title": "Của tôi", "summary": "x", "body": "x", "category": cast.a.category.pk, "post": "yes"}
    response = client.post(path, data, headers={"host": cast.a.host})
    assert response.status_code in {403, 404}
    with unit_scope(cast.b.unit):
        cast.b.draft.refresh_from_db()
    assert cast.b.draft.title.startswith("Bản nháp")


def test_the_index_tells_nothing_of_what_one_did_elsewhere(cast: Cast) -> None:
    """Somebody who works for two units sees on each host only what was done there."""
    from django.test import Client

    from portal.core.tenancy import unit_scope
    from units.models import Membership

    with unit_scope(cast.a.unit):
        Membership.objects.create(user=cast.b.admin, role=Role.UNIT_ADMIN)
    client = Client()
    client.force_login(cast.b.admin)
    page = cast.b.page
    data = {"title": page.title, "body": "<p>x</p>", "slug": page.slug, "language": "vi", "order": 5, "parent": ""}
    path = reverse("admin:news_page_change", args=[page.pk])
    saved = client.post(path, {**data, "is_published": "on"}, headers={"host": cast.b.host})
    assert saved.status_code == 302, body_of(saved)[:500]
    # The confirmation lies in a cookie of that host; a browser shows it there.
    assert client.get(saved.headers["Location"], headers={"host": cast.b.host}).status_code == 200
    response = client.get("/quan-tri/", headers={"host": cast.a.host})
    assert response.status_code == 200
    _assert_nothing_of(cast.b, response, "/quan-tri/")


def test_reverse_knows_every_swept_admin_screen() -> None:
    for screen in _model_screens():
        try:
            reverse(screen)
        except NoReverseMatch:
            assert reverse(screen, args=[1])
