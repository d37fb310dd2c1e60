"""The screens of sharing: what clerks see, press and are told; what a third unit gets; what citizens get."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news import actions
from news.enums.sharing import ShareMode, ShareState
from news.models import Article, Category, OriginalityMonth, ShareDelivery
from portal.core.models import User
from portal.core.tenancy import unit_scope
from portal.pages.views.sitemaps import PART_SIZE
from tests.factories.cast import NOW, Cast, House, make_article
from tests.factories.sharing import copies_at, everything, make_province_house, offer, push, receive
from tests.factories.visits import body_of, visit
from units.enums import Role
from units.models import Membership

pytestmark = pytest.mark.anywhere

HOME = "/quan-tri/news/article"
INBOX = f"{HOME}/trao-doi/"


@pytest.fixture
def city(cast: Cast) -> tuple[User, Category, Article]:
    return make_province_house(cast)


class Desk:
    """Somebody at the administration of one host."""

    def __init__(self, host: str, user: User) -> None:
        self.host = host
        self.client = Client()
        self.client.force_login(user)

    def get(self, path: str) -> Any:
        return self.client.get(path, headers={"host": self.host})

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(path, data, headers={"host": self.host}, follow=True)


@pytest.fixture
def city_desk(cast: Cast, city: Any) -> Desk:
    return Desk(cast.province.canonical_host, city[0])


def desk(house: House, role: Role = Role.APPROVER) -> Desk:
    return Desk(house.host, house.people[role])


# --- up ---------------------------------------------------------------------------------------------------------------


def test_from_the_offer_to_the_copy_by_hand(cast: Cast, city: Any, city_desk: Desk) -> None:
    editor = desk(cast.a, Role.EDITOR)
    pk = cast.a.article.pk
    assert "Đề nghị Thành phố Huế đăng" in editor.get(f"{HOME}/{pk}/change/").text
    response = editor.post(f"{HOME}/{pk}/de-nghi/", {"message": "Xin đăng giúp."})
    assert "Đã gửi Thành phố Huế." in response.text
    assert "Đang chờ" in editor.get(f"{HOME}/{pk}/change/").text

    inbox = city_desk.get(INBOX).text
    assert cast.a.article.title in inbox
    assert "Xin đăng giúp." in inbox
    (delivery,), _parcels = everything()
    preview = city_desk.get(f"{INBOX}{delivery.pk}/")
    assert f"Chi tiết {cast.a.marker}" in preview.text
    pictures = set(re.findall(r'src="(/quan-tri/[^"]+/anh/\d+/)"', preview.text))
    assert pictures, "the main picture and the one in the body are shown from this host"
    assert f"/media/u{cast.a.unit.pk}/" not in preview.text
    for path in pictures:
        answer = city_desk.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
        assert b"".join(answer.streaming_content).startswith(b"RIFF")

    response = city_desk.post(f"{INBOX}{delivery.pk}/", {"category": city[1].pk, "_publish": "1"})
    assert "Đã đăng bài lấy về." in response.text
    (copy,) = copies_at(cast.province)
    sent = editor.get(f"{INBOX}gui-di/{delivery.parcel_id}/").text
    assert f"http://{cast.province.canonical_host}{copy.get_absolute_url()}" in sent


def test_taking_to_edit_leads_to_the_draft(cast: Cast, city: Any, city_desk: Desk) -> None:
    delivery = offer(cast.a)
    response = city_desk.post(f"{INBOX}{delivery.pk}/", {"category": city[1].pk, "_take": "1"})
    (copy,) = copies_at(cast.province)
    assert response.redirect_chain[-1][0] == f"{HOME}/{copy.pk}/change/"
    assert copy.status == "DRAFT"


def test_declining_without_a_reason_is_asked_for_and_nothing_is_lost(cast: Cast, city_desk: Desk) -> None:
    delivery = offer(cast.a)
    response = city_desk.post(f"{INBOX}{delivery.pk}/", {"reason": " ", "_decline": "1"})
    assert "Ghi lý do để nơi gửi biết cần sửa gì." in response.text
    city_desk.post(f"{INBOX}{delivery.pk}/", {"reason": "Thiếu số liệu.", "_decline": "1"})
    assert "Thiếu số liệu." in desk(cast.a, Role.EDITOR).get(f"{HOME}/{cast.a.article.pk}/change/").text
    again = city_desk.post(f"{INBOX}{delivery.pk}/", {"category": "1", "_publish": "1"})
    assert again.status_code == 200
    assert copies_at(cast.province) == []


def test_who_may_do_what(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    (delivery,), _parcels = everything()
    author, editor, approver = (desk(cast.a, role) for role in (Role.AUTHOR, Role.EDITOR, Role.APPROVER))
    assert author.get(INBOX).status_code == 403
    assert author.get(f"{HOME}/{cast.a.article.pk}/de-nghi/").status_code == 403
    assert editor.get(f"{INBOX}{delivery.pk}/").status_code == 200
    taking = {"category": cast.a.category.pk, "_publish": "1"}
    assert editor.post(f"{INBOX}{delivery.pk}/", taking).status_code == 403
    assert everything()[0][0].state == ShareState.WAITING
    assert editor.get(f"{HOME}/{cast.a.article.pk}/gui-xuong/").status_code == 403
    assert approver.get(f"{HOME}/{cast.a.article.pk}/gui-xuong/").status_code == 404, "nobody stands below a commune"
    assert approver.post(f"{INBOX}{delivery.pk}/", taking).status_code == 200
    assert everything()[0][0].state == ShareState.TAKEN


# --- a third unit -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_third_units_people_find_nothing_under_the_identifiers(cast: Cast, city: Any, method: str) -> None:
    delivery = offer(cast.b)
    with unit_scope(cast.province):
        copy = actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
    waiting = offer(cast.b, cast.b.articles[1])
    a = desk(cast.a, Role.UNIT_ADMIN)
    paths = [
        *(f"{INBOX}{row.pk}/" for row in (delivery, waiting)),
        f"{INBOX}{delivery.pk}/anh/0/",
        f"{INBOX}gui-di/{delivery.parcel_id}/",
        *(f"{HOME}/{pk}/{verb}/" for pk in (cast.b.article.pk, copy.pk) for verb in ("de-nghi", "cho-dat")),
        f"{HOME}/{cast.b.article.pk}/gui-xuong/",
    ]
    for path in paths:
        response = getattr(a, method)(path, {"_publish": "1"}) if method == "post" else a.get(path)
        assert response.status_code in {404, 405}, path
        assert cast.b.marker not in response.text
        assert cast.b.word not in response.text
    for path in (INBOX, f"{INBOX}gui-di/", "/quan-tri/", f"{HOME}/tu-viet/"):
        assert cast.b.marker not in a.get(path).text
    assert everything()[0][1].state == ShareState.WAITING


def test_the_sender_can_not_open_the_receivers_screen(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    assert desk(cast.a).get(f"{INBOX}{delivery.pk}/").status_code == 404


# --- down -------------------------------------------------------------------------------------------------------------


def test_choosing_units_needs_no_script_and_keeps_what_is_ticked(cast: Cast, city: Any, city_desk: Desk) -> None:
    path = f"{HOME}/{city[2].pk}/gui-xuong/"
    assert cast.closed.name not in city_desk.get(path).text
    found = city_desk.post(path, {"find": "thuan an", "units": [cast.b.unit.pk], "mode": "OFFERED", "_find": "1"}).text
    assert re.search(rf'value="{cast.b.unit.pk}"[^>]* checked', found), "ticked ones stay, whatever is looked for"
    assert f'value="{cast.a.unit.pk}"' in found
    assert f'value="{cast.third.pk}"' not in found
    assert "summary" not in re.findall(r'<div class="(summary)"', found)


def test_the_confirmation_names_the_number_of_sites_and_only_sending_sends(
    cast: Cast, city: Any, city_desk: Desk
) -> None:
    path = f"{HOME}/{city[2].pk}/gui-xuong/"
    refused = city_desk.post(path, {"mode": "MANDATORY", "_review": "1"})
    assert "Chọn ít nhất một cấp hoặc một đơn vị nhận." in refused.text
    chosen = {"mode": "MANDATORY", "kinds": ["COMMUNE"], "units": [cast.a.unit.pk], "message": "Đăng ngay."}
    confirmation = city_desk.post(path, {**chosen, "_review": "1"}).text
    assert "<strong>3 đơn vị</strong>" in confirmation
    assert cast.third.name in confirmation
    assert everything() == ([], [])
    changed = city_desk.post(path, {**chosen, "_change": "1"}).text
    assert re.search(r'value="COMMUNE"[^>]* checked', changed)
    sent = city_desk.post(path, {**chosen, "_send": "1"}).text
    assert "Đã gửi đến 3 đơn vị." in sent
    assert len(everything()[0]) == 3
    twice = city_desk.post(path, {**chosen, "_send": "1"}).text
    assert "3 đơn vị đã có bài này từ trước." in twice
    assert len(everything()[0]) == 3


def test_units_that_are_not_below_are_refused(cast: Cast, city: Any, city_desk: Desk) -> None:
    path = f"{HOME}/{city[2].pk}/gui-xuong/"
    for key in (cast.closed.pk, cast.province.pk, 999_999, "x"):
        city_desk.post(path, {"mode": "MANDATORY", "units": [key], "_send": "1"})
    assert everything() == ([], [])


def test_a_mandatory_copy_is_read_only_and_says_why(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    approver = desk(cast.a)
    screen = approver.get(f"{HOME}/{copy.pk}/change/").text
    assert 'name="title"' not in screen
    assert "Bài bắt buộc đăng" in screen
    approver.post(f"{HOME}/{copy.pk}/change/", {"title": "Khác", "summary": "x", "body": "<p>x</p>", "_save": "1"})
    assert copies_at(cast.a.unit)[0].title == city[2].title
    response = approver.post(f"{HOME}/{copy.pk}/cho-dat/", {"category": cast.a.notices.pk, "is_pinned": "on"})
    assert "Đã đổi chỗ đặt bài." in response.text
    (copy,) = copies_at(cast.a.unit)
    assert (copy.category_id, copy.is_pinned) == (cast.a.notices.pk, True)
    foreign = approver.post(f"{HOME}/{copy.pk}/cho-dat/", {"category": cast.b.notices.pk})
    assert "Hãy chọn" in foreign.text or "hợp lệ" in foreign.text or foreign.context["form"].errors
    assert copies_at(cast.a.unit)[0].category_id == cast.a.notices.pk


def test_an_alert_is_shown_until_somebody_has_looked(cast: Cast, city: Any, city_desk: Desk) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.province):
        copy = actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
        copy.body = "<p>Thành phố viết lại.</p>"
        actions.save_article(article=copy)
    with unit_scope(cast.a.unit):
        source = Article.objects.select_related("category", "picture").get(pk=cast.a.article.pk)
        source.body += "<p>Bổ sung.</p>"
        actions.save_article(article=source)
    receive(cast.province)
    for path in (INBOX, "/quan-tri/", f"{INBOX}{delivery.pk}/", f"{HOME}/{copy.pk}/change/"):
        assert "Bài gốc đã sửa" in city_desk.get(path).text, path
    comparison = city_desk.get(f"{INBOX}{delivery.pk}/").context["diff"]
    assert not comparison.rows, "title and summary are the same"
    assert "Bổ sung" in comparison.body_html
    assert "Thành phố viết lại" in comparison.body_html
    city_desk.post(f"{INBOX}{delivery.pk}/", {"_seen": "1"})
    assert "Bài gốc đã sửa" not in city_desk.get("/quan-tri/").text


# --- citizens ---------------------------------------------------------------------------------------------------------


def test_a_copy_names_its_source_to_people_and_machines(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    text = body_of(visit(cast.a.host, copy.get_absolute_url()))
    source = f"http://{cast.province.canonical_host}{city[2].get_absolute_url()}"
    assert f'<link rel="canonical" href="{source}">' in text
    assert re.search(rf'Theo\s+<a href="{re.escape(source)}">Thành phố Huế</a>', text)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    news = json.loads(found)["@graph"][0]
    assert news["isBasedOn"] == source
    own = body_of(visit(cast.a.host, cast.a.article.get_absolute_url()))
    assert "isBasedOn" not in own
    assert f'<link rel="canonical" href="http://{cast.a.host}{cast.a.article.get_absolute_url()}">' in own


def test_the_site_map_leaves_copies_to_their_source(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    numbers = {row.pk // PART_SIZE + 1 for row in (copy, cast.a.article)}
    part = "".join(body_of(visit(cast.a.host, f"/sitemap-{number}.xml")) for number in sorted(numbers))
    assert cast.a.article.get_absolute_url() in part
    assert copy.get_absolute_url() not in part
    assert copy.title in body_of(visit(cast.a.host, "/rss/")), "readers of the unit get everything it publishes"


# --- costs ------------------------------------------------------------------------------------------------------------


def queries(place: Desk, path: str) -> int:
    place.get(path)
    with CaptureQueriesContext(connection) as found:
        assert place.get(path).status_code == 200
    return len(found)


def test_screens_cost_the_same_with_one_row_and_with_three(cast: Cast, city: Any, city_desk: Desk) -> None:
    offer(cast.a)
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.a.unit)
    parcel = next(row for row in everything()[1] if row.from_unit_id == cast.province.pk)
    article = f"{HOME}/{city[2].pk}/change/"
    paths = [
        INBOX,
        f"{INBOX}gui-di/",
        f"{INBOX}gui-di/{parcel.pk}/",
        article,
        "/quan-tri/",
        f"{article[:-7]}gui-xuong/",
    ]
    once = {path: queries(city_desk, path) for path in paths}
    offer(cast.a, cast.a.articles[1])
    offer(cast.b)
    push(cast, city[2], city[0], ShareMode.OFFERED, cast.b.unit, cast.third)
    with unit_scope(cast.province):
        second = make_article("Bài hai", category=city[1], slug="bai-hai")
    push(cast, second, city[0], ShareMode.OFFERED, cast.a.unit, cast.b.unit)
    thrice = {path: queries(city_desk, path) for path in paths}
    assert thrice == once
    assert max(number for path, number in once.items() if "trao-doi" in path or "gui-xuong" in path) <= 20, once


def test_own_articles_do_not_pay_for_sharing(cast: Cast) -> None:
    """The lock is asked for copies only."""
    with unit_scope(cast.a.unit), CaptureQueriesContext(connection) as found:
        assert not actions.is_locked_copy(cast.a.article)
    assert len(found) == 0


# --- own and copied ---------------------------------------------------------------------------------------------------


@pytest.fixture
def months(cast: Cast) -> None:
    for unit, own, copied in ((cast.a.unit, 300, 100), (cast.b.unit, 50, 150), (cast.province, 10, 0)):
        with unit_scope(unit):
            OriginalityMonth.objects.create(
                month=NOW.date().replace(day=1), articles_own=3, articles_copied=1, words_own=own, words_copied=copied,
                computed_at=NOW,
            )  # fmt: skip


def test_a_unit_sees_its_own_months_only(cast: Cast, months: None) -> None:
    text = desk(cast.a, Role.EDITOR).get(f"{HOME}/tu-viet/").text
    assert "75,0%" in text
    assert "25,0%" not in text
    assert "<svg" in text
    assert desk(cast.a).get(f"{HOME}/tu-viet/cac-don-vi/").status_code == 404
    assert desk(cast.a).get(f"{HOME}/tu-viet/cac-don-vi.csv").status_code == 404


def test_the_province_sees_all_units_sorted_and_as_a_file(cast: Cast, city_desk: Desk, months: None) -> None:
    text = city_desk.get(f"{HOME}/tu-viet/cac-don-vi/?thang=2026-11").text
    assert [text.index(share) for share in ("25,0%", "75,0%", "100,0%")] == sorted(
        text.index(share) for share in ("25,0%", "75,0%", "100,0%")
    )
    by_name = city_desk.get(f"{HOME}/tu-viet/cac-don-vi/?thang=2026-11&xep=name").text
    assert by_name.index("Xã Phú Vinh</th>") < by_name.index("Phường Thuận An</th>")
    assert city_desk.get(f"{HOME}/tu-viet/cac-don-vi/?thang=xxxx&xep=<script>").status_code == 200
    response = city_desk.get(f"{HOME}/tu-viet/cac-don-vi.csv?thang=2026-11")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert response.headers["Content-Disposition"] == 'attachment; filename="bai-tu-viet-2026-11.csv"'
    assert lines[1].startswith("19945;Xã Phú Vinh;11/2026;3;1;50;150;25,0;")
    assert len(lines) == 4


def test_a_province_member_of_another_unit_has_no_way_in(cast: Cast, city: Any) -> None:
    stranger = Desk(cast.province.canonical_host, cast.a.admin)
    assert stranger.get(f"{HOME}/tu-viet/cac-don-vi/").status_code == 302
    with unit_scope(cast.province):
        assert not Membership.objects.filter(user=cast.a.admin).exists()
        assert not ShareDelivery.objects.exists()
