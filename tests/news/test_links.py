"""The link check: own links looked up, others asked gently, dead only when that is certain, gone when the text is mended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from news.actions import links as link_actions
from news.actions import save_article, save_page
from news.actions.link_answers import OutsideAsker
from news.models import Article, DeadLink, LinkRound
from news.tasks.links import begin_all_link_rounds, check_links, find_link_work
from portal.core.fetching import FetchError
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House, make_article
from tests.factories.visits import body_of, visit
from tests.factories.web import Web, serve
from units.actions import keep_address
from units.enums import Role


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast without the rows that the sweeps want."""
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            DeadLink.objects.all().delete()
    return cast


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """Another site, on this machine."""
    with serve() as running:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{running.port}"]
        settings.LINK_PAUSE_SECONDS = 0
        yield running


def write(house: House, *urls: str, title: str = "Bài có liên kết") -> Article:
    body = "".join(f'<p><a href="{url}">xem</a></p>' for url in urls)
    with unit_scope(house.unit):
        return make_article(title, category=house.category, body=body)


def check(house: House) -> dict[str, str]:
    """A whole round; link → state."""
    with unit_scope(house.unit):
        link_actions.begin_round()
        while link_actions.go_on_with_round():
            pass
        return dict(DeadLink.objects.values_list("url", "state"))


def test_own_links_are_looked_up_without_asking(cast: Cast, web: Web) -> None:
    a, b = cast.a, cast.b
    with unit_scope(a.unit):
        keep_address(old="/bai-cu.html", new="/tin-tuc/")
        keep_address(old="/?p=5", new="/tin-tuc/")
    good = [
        a.article.get_absolute_url(), a.category.get_absolute_url(), a.tag.get_absolute_url(), a.page.get_absolute_url(),
        a.english_page.get_absolute_url(), "/", "/tin-tuc/", "/tim-kiem/?q=x", "/rss/", a.picture.url, "/bai-cu.html", "/?p=5",
        f"https://{b.host}{b.article.get_absolute_url()}", f"http://{a.host}/", "#cuoi", "mailto:a@b.vn", "tel:113",
    ]  # fmt: skip
    bad = [
        a.draft.get_absolute_url(), "/tin-tuc/khong-co/", "/gioi-thieu/khong-co/", "/khong-co.html", b.picture.url,
        b.article.get_absolute_url(), f"https://{b.host}/khong-co/", "/media/u1/khong.webp", "tin-tuc/",
    ]  # fmt: skip
    write(a, *good, *bad)
    found = check(a)
    assert set(found) == set(bad)
    assert set(found.values()) == {"DEAD"}
    assert web.asked == []


def test_another_site_is_dead_after_two_days_only(cast: Cast, web: Web) -> None:
    dead = web.put("/mat", status=404)
    write(cast.a, dead, web.put("/con"))
    assert check(cast.a) == {dead: "SUSPECT"}
    assert check(cast.a) == {dead: "SUSPECT"}  # the same day tells nothing new
    with time_machine.travel(NOW + timedelta(days=1), tick=True), unit_scope(cast.a.unit):
        assert link_actions.recheck_suspects() == 1
        link = DeadLink.objects.get()
    assert (link.state, link.times_failed, link.status) == ("DEAD", 2, 404)


def test_a_link_that_works_again_is_forgotten(cast: Cast, web: Web) -> None:
    url = web.put("/luc-co-luc-khong", status=404)
    write(cast.a, url)
    check(cast.a)
    web.put("/luc-co-luc-khong")
    cache.clear()  # Redis counts real seconds
    with time_machine.travel(NOW + timedelta(days=2), tick=True):
        assert check(cast.a) == {}


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_who_refuses_machines_is_not_called_dead(cast: Cast, web: Web, status: int) -> None:
    url = web.put("/chan", status=status)
    write(cast.a, url)
    for days in (0, 1, 8):
        with time_machine.travel(NOW + timedelta(days=days), tick=True):
            assert check(cast.a) == {url: "UNSURE"}


def test_slow_servers_are_unsure(cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_args: Any, **_more: Any) -> None:
        raise FetchError(FetchError.TIMEOUT)

    monkeypatch.setattr("news.actions.link_answers.fetch", slow)
    write(cast.a, "https://cham.example/")
    assert check(cast.a) == {"https://cham.example/": "UNSURE"}


def test_head_first_then_get(cast: Cast, web: Web) -> None:
    web.put("/tot")
    write(cast.a, web.url("/tot"), web.put("/mat", status=404))
    check(cast.a)
    assert [(method, path) for method, path, _headers in web.asked] == [
        ("HEAD", "/tot"),
        ("HEAD", "/mat"),
        ("GET", "/mat"),
    ]


def test_one_address_is_asked_once_a_day_for_all_units(cast: Cast, web: Web) -> None:
    url = web.put("/chung", status=404)
    write(cast.a, url)
    write(cast.a, url, title="Bài khác")
    write(cast.b, url)
    check(cast.a)
    assert check(cast.b) == {url: "SUSPECT"}
    assert web.paths("HEAD") == ["/chung"]
    with unit_scope(cast.a.unit):
        assert DeadLink.objects.count() == 2


def test_a_run_asks_a_bounded_number_and_the_next_goes_on(
    cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_actions, "TEXTS_AT_ONCE", 1)
    for number in range(4):
        write(cast.a, web.put(f"/{number}", status=404), title=f"Bài {number}")
    with unit_scope(cast.a.unit):
        link_actions.begin_round()
        runs = 0
        while link_actions.go_on_with_round(asker=OutsideAsker(limit=2)):
            runs += 1
        assert DeadLink.objects.count() == 4
        assert LinkRound.objects.get().finished_at is not None
    assert runs >= 1
    assert len(web.paths("HEAD")) == 4


def test_a_killed_round_goes_on_where_it_was(cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_actions, "TEXTS_AT_ONCE", 1)
    urls = [web.put(f"/{number}", status=404) for number in range(3)]
    for url in urls:
        write(cast.a, url, title=url)

    class Dies(OutsideAsker):
        def __call__(self, url: str) -> Any:
            if url == urls[1]:
                raise SystemExit
            return super().__call__(url)

    with unit_scope(cast.a.unit):
        link_actions.begin_round()
        with pytest.raises(SystemExit):
            link_actions.go_on_with_round(asker=Dies(limit=50))
        assert link_actions.go_on_with_round() is False  # the dead worker's claim still holds
        LinkRound.objects.update(seen_at=timezone.now() - timedelta(minutes=16))
    with time_machine.travel(NOW + timedelta(minutes=1), tick=True):
        find_link_work()
        check_links(unit_id=cast.a.unit.pk)
    with unit_scope(cast.a.unit):
        assert set(DeadLink.objects.values_list("url", flat=True)) == set(urls)
    assert web.paths("HEAD").count("/0") == 1


def test_every_unit_gets_its_round(
    cast: Cast, web: Web, eager_tasks: None, django_capture_on_commit_callbacks: Any
) -> None:
    write(cast.b, "/khong-co/")
    with django_capture_on_commit_callbacks(execute=True):
        begin_all_link_rounds()
    with unit_scope(cast.b.unit):
        check_links(unit_id=cast.b.unit.pk)
        assert DeadLink.objects.filter(url="/khong-co/").exists()
    with unit_scope(cast.a.unit):
        assert not DeadLink.objects.filter(url="/khong-co/").exists()


def test_a_mended_text_leaves_the_list_at_once(cast: Cast, web: Web) -> None:
    article = write(cast.a, "/khong-co/", "/cung-khong/")
    with unit_scope(cast.a.unit):
        page = cast.a.page
        page.body = '<p><a href="/mat/">x</a></p>'
        save_page(page=page)
    check(cast.a)
    with unit_scope(cast.a.unit):
        article = Article.objects.get(pk=article.pk)
        article.body = article.body.replace("/khong-co/", "/tin-tuc/")
        save_article(article=article)
        assert set(DeadLink.objects.values_list("url", flat=True)) == {"/cung-khong/", "/mat/"}
        page.body = "<p>Không còn.</p>"
        save_page(page=page)
        assert set(DeadLink.objects.values_list("url", flat=True)) == {"/cung-khong/"}


def test_a_withdrawn_article_has_no_links_to_mend(cast: Cast, web: Web) -> None:
    article = write(cast.a, "/khong-co/")
    check(cast.a)
    with unit_scope(cast.a.unit):
        Article.objects.filter(pk=article.pk).update(status="DRAFT", published_at=None)
    with time_machine.travel(NOW + timedelta(days=7), tick=True):
        assert check(cast.a) == {}


# --- at the desk ------------------------------------------------------------------------------------------------------

LIST = "/quan-tri/news/deadlink/"


def _client(house: House, role: Role) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def test_an_editor_sees_them_and_can_leave_one(cast: Cast, web: Web) -> None:
    article = write(cast.a, "/khong-co/")
    check(cast.a)
    client, host = _client(cast.a, Role.EDITOR), {"host": cast.a.host}
    text = body_of(client.get(LIST, headers=host))
    assert "/khong-co/" in text
    assert f"/quan-tri/news/article/{article.pk}/change/" in text
    assert "1 liên kết trong bài không mở được nữa" in body_of(client.get("/quan-tri/", headers=host))
    with unit_scope(cast.a.unit):
        link = DeadLink.objects.get()
    client.post(f"{LIST}{link.pk}/bo-qua/", headers=host)
    assert "/khong-co/" not in body_of(client.get(LIST, headers=host)).split("<tbody>")[-1]
    assert "/khong-co/" in body_of(client.get(f"{LIST}?tinh-trang=IGNORED", headers=host))
    assert check(cast.a) == {"/khong-co/": "IGNORED"}
    client.post(f"{LIST}{link.pk}/tinh-lai/", headers=host)
    assert check(cast.a) == {"/khong-co/": "DEAD"}


def test_authors_and_other_units_reach_none(cast: Cast, web: Web) -> None:
    write(cast.b, "/khong-co/")
    check(cast.b)
    with unit_scope(cast.b.unit):
        link = DeadLink.objects.get()
    for word in ("thu-lai", "bo-qua", "tinh-lai"):
        answer = _client(cast.a, Role.UNIT_ADMIN).post(f"{LIST}{link.pk}/{word}/", headers={"host": cast.a.host})
        assert answer.status_code == 404
        answer = _client(cast.b, Role.AUTHOR).post(f"{LIST}{link.pk}/{word}/", headers={"host": cast.b.host})
        assert answer.status_code == 403
    assert visit(cast.a.host, LIST, user=cast.a.admin).status_code == 200
    assert "/khong-co/" not in body_of(visit(cast.a.host, LIST, user=cast.a.admin))


def test_a_link_is_tried_again_on_request(cast: Cast, web: Web) -> None:
    url = web.put("/x", status=404)
    write(cast.a, url)
    check(cast.a)
    web.put("/x")
    with unit_scope(cast.a.unit):
        assert link_actions.recheck(link_id=DeadLink.objects.get().pk)
        assert not DeadLink.objects.exists()
