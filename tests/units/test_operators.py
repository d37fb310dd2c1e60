"""What operators do above all units, and what leaves a trace when things are taken away."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.test import Client

from news.models import Category, Page, Tag
from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from units.models import Unit


def verbs(cast: Cast) -> list[str]:
    with unit_scope(cast.a.unit):
        return list(AuditEntry.objects.order_by("-pk").values_list("verb", flat=True)[:5])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_operator_gives_a_new_password_and_the_old_one_ends(cast: Cast) -> None:
    person = cast.a.admin
    person.set_password("cu-cu-cu-cu-cu-cu-cu")
    person.save()
    member, operator = client_of(person), client_of(cast.operator)
    assert member.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 200
    data = {"full_name": "Tên mới", "email": "a@vi-du.vn", "is_active": "on", "new_password": "on"}
    path = f"/quan-tri/core/user/{person.pk}/change/"
    response = operator.post(path, data, headers={"host": cast.a.host}, follow=True)
    assert "chỉ hiện một lần" in response.text
    person.refresh_from_db()
    assert person.full_name == "Tên mới"
    assert not check_password("cu-cu-cu-cu-cu-cu-cu", person.password)
    assert member.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 302
    assert "person.reset" in verbs(cast)


def test_a_locked_account_is_out_at_the_next_request(cast: Cast) -> None:
    member, operator = client_of(cast.a.admin), client_of(cast.operator)
    path = f"/quan-tri/core/user/{cast.a.admin.pk}/change/"
    operator.post(path, {"full_name": "x", "email": ""}, headers={"host": cast.a.host})
    assert member.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 302


def test_a_unit_administrator_sees_no_accounts(cast: Cast) -> None:
    client = client_of(cast.a.admin)
    assert client.get("/quan-tri/core/user/", headers={"host": cast.a.host}).status_code == 403
    path = f"/quan-tri/core/user/{cast.b.admin.pk}/change/"
    assert client.post(path, {"new_password": "on"}, headers={"host": cast.a.host}).status_code == 403


def test_a_new_unit_name_shows_at_once_and_is_remembered(cast: Cast) -> None:
    anybody, operator = Client(), client_of(cast.operator)
    anybody.get("/", headers={"host": cast.a.host})
    path = f"/quan-tri/units/unit/{cast.a.unit.pk}/change/"
    data = {"name": "Phường Đổi Tên", "name_en": "Renamed Ward", "type_name": "Phường"}
    operator.post(path, data, headers={"host": cast.a.host})
    assert "Phường Đổi Tên" in anybody.get("/", headers={"host": cast.a.host}).text
    assert "Renamed Ward" in anybody.get("/en/", headers={"host": cast.a.host}).text
    assert Unit.objects.get(pk=cast.a.unit.pk).sort_name == "doi ten"
    assert "unit.rename" in verbs(cast)


def test_what_is_deleted_leaves_a_trace_and_its_page_is_gone(cast: Cast) -> None:
    client, anybody = client_of(cast.a.admin), Client()
    with unit_scope(cast.a.unit):
        page = Page.objects.create(title="Trang sắp xóa", slug="trang-sap-xoa")
        tag = Tag.objects.create(name="Thẻ sắp xóa", slug="the-sap-xoa")
        category = Category.objects.create(name="Mục sắp xóa", slug="muc-sap-xoa")
    assert anybody.get("/gioi-thieu/trang-sap-xoa/", headers={"host": cast.a.host}).status_code == 200
    for model, row in (("page", page), ("tag", tag), ("category", category)):
        path = f"/quan-tri/news/{model}/{row.pk}/delete/"
        assert client.post(path, {"post": "yes"}, headers={"host": cast.a.host}).status_code == 302
    assert anybody.get("/gioi-thieu/trang-sap-xoa/", headers={"host": cast.a.host}).status_code == 404
    assert verbs(cast)[:3] == ["category.delete", "tag.delete", "page.delete"]
