"""The administration of Thuận An's host with Phú Vinh's rows and Phú Vinh's people: nothing to see, nothing to change."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.shared import SharedManager
from tests.factories.cases import make_public_case
from tests.factories.cast import Cast, House
from tests.factories.findings import Findings
from tests.factories.sweeps import ADMIN_SCREENS, READ_BY_ALL, assert_nothing_of, model_screens, who
from tests.factories.visits import body_of, visit
from units.enums import Role

pytestmark = pytest.mark.anywhere


def _row_of(house: House, model: Any) -> Any:
    from portal.core.tenancy import unit_scope

    if not issubclass(model, TenantModel) and not isinstance(model._default_manager, SharedManager):
        return model._default_manager.order_by("pk").last()
    with unit_scope(house.unit):
        return model._default_manager.order_by("pk").first()


def _key_of(house: House, model: Any) -> list[int]:
    row = _row_of(house, model)
    return [row.pk if row else 1]


def test_admin_screens_with_the_others_rows_lead_nowhere(cast: Cast) -> None:
    findings = Findings()
    make_public_case(cast.b)
    for screen, (model, action) in model_screens().items():
        arguments = _key_of(cast.b, model) if action in {"change", "delete", "history"} else []
        path = reverse(screen, args=arguments)
        # Above all units (Unit, Domain …): operators only. With a key: not there. Without: our own list or form.
        is_listed = issubclass(model, TenantModel) or model._meta.label_lower in READ_BY_ALL
        with findings.at(path):
            response = visit(cast.a.host, path, user=cast.a.admin)
            assert response.status_code in ({403, 404} if arguments or not is_listed else {200, 302, 403})
            assert_nothing_of(cast.b, response, path)
    findings.assert_none()


@pytest.mark.parametrize("visitor", ["own admin", "operator"])
def test_admin_lists_show_ones_own_rows(cast: Cast, visitor: str) -> None:
    findings = Findings()
    make_public_case(cast.b)
    lists = {name: model for name, (model, action) in model_screens().items() if action == "changelist"}
    for (screen, model), query in product(lists.items(), ("", f"?q={cast.b.word}", "?q=bravo")):
        with findings.at(screen, query):
            response = visit(cast.a.host, reverse(screen) + query, user=who(cast, visitor))
            assert response.status_code < 500
            text = body_of(response)
            assert cast.b.marker not in text
            row = _row_of(cast.b, model) if issubclass(model, TenantModel) else None
            assert row is None or f"/{row.pk}/change/" not in text
    findings.assert_none()


def test_admin_screens_without_rows_show_nothing_of_the_other(cast: Cast) -> None:
    findings = Findings()
    for name, (paths, statuses) in ADMIN_SCREENS.items():
        for path in paths:
            with findings.at(name, path):
                response = visit(cast.a.host, path, user=cast.a.admin)
                assert response.status_code in statuses
                assert_nothing_of(cast.b, response, path)
    findings.assert_none()


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
        assert_nothing_of(cast.b, response, path)


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


@pytest.mark.anywhere
def test_the_others_people_have_no_rights_here(cast: Cast) -> None:
    """A member of Phú Vinh, logged in, on Thuận An's host: the login page at best, even for their own rows."""
    findings = Findings()
    for screen in ("admin:index", *model_screens()):
        model, action = model_screens().get(screen, (None, ""))
        keys: list[list[int]] = [[]]
        if action in {"change", "delete", "history"}:
            keys = [_key_of(house, model) for house in (cast.a, cast.b)]
        # Rights come from the unit alone: the one that may most and the one that may least stand for all four.
        for key, role in product(keys, (Role.UNIT_ADMIN, Role.AUTHOR)):
            with findings.at(screen, key, role):
                response = visit(cast.a.host, reverse(screen, args=key), user=cast.b.people[role])
                assert response.status_code == 302
                assert response.headers["Location"].startswith("/quan-tri/login/")
                assert_nothing_of(cast.a, response, screen)
    findings.assert_none()


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
    assert_nothing_of(cast.b, response, "/quan-tri/")


def test_reverse_knows_every_swept_admin_screen() -> None:
    for screen in model_screens():
        try:
            reverse(screen)
        except NoReverseMatch:
            assert reverse(screen, args=[1])
