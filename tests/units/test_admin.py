"""Logging in, the editorial board and the site's face, as people meet them on screen."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.pictures import png_bytes
from units.enums import Role
from units.models import Membership, Site, SiteLink

LOGIN = "/quan-tri/login/"
PASSWORD = "mot-mat-khau-rat-dai"


def post(client: Client, host: str, path: str, data: dict[str, Any]) -> Any:
    return client.post(path, data, headers={"host": host}, follow=True)


def admin_of(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.a.admin)
    return client


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_member_logs_in_without_any_staff_flag(cast: Cast) -> None:
    user = with_password(cast.a.people[Role.AUTHOR])
    assert not user.is_staff
    response = post(
        Client(), cast.a.host, LOGIN, {"username": user.username, "password": PASSWORD, "next": "/quan-tri/"}
    )
    assert "Việc hôm nay" in response.text
    assert "Cộng tác viên" in response.text


def test_a_member_of_another_unit_is_told_why_and_stays_outside(cast: Cast) -> None:
    user = with_password(cast.b.people[Role.APPROVER])
    client = Client()
    response = post(client, cast.a.host, LOGIN, {"username": user.username, "password": PASSWORD})
    assert "chưa có vai trò ở đơn vị này" in response.text
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_close_the_door_with_words(cast: Cast) -> None:
    user = with_password(cast.a.people[Role.EDITOR])
    client = Client()
    first = post(client, cast.a.host, LOGIN, {"username": user.username, "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in first.text
    answers = [
        post(client, cast.a.host, LOGIN, {"username": user.username, "password": "sai"}) for _attempt in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Chờ 15 phút" in answers[-1].text
    response = post(client, cast.a.host, LOGIN, {"username": user.username, "password": PASSWORD})
    assert response.status_code == 429


def test_a_new_members_password_is_shown_once_and_works(cast: Cast) -> None:
    client = admin_of(cast)
    form = {"username": "tran.thi.moi", "full_name": "Trần Thị Mới", "email": "moi@example.vn", "role": "EDITOR"}
    response = post(client, cast.a.host, "/quan-tri/units/membership/add/", form)
    found = re.search(r'<code class="secret">([^<]+)</code>', response.text)
    assert found is not None
    password = found.group(1)
    assert password not in client.get("/quan-tri/units/membership/", headers={"host": cast.a.host}).text
    user = User.objects.get(username="tran.thi.moi")
    assert user.check_password(password)
    with unit_scope(cast.a.unit):
        assert Membership.objects.get(user=user).role == Role.EDITOR
        entry = AuditEntry.objects.get(verb="membership.grant", actor=cast.a.admin)
    assert password not in str(entry.detail)


def test_an_account_that_exists_gets_a_role_and_no_new_password(cast: Cast) -> None:
    user = with_password(cast.b.people[Role.AUTHOR])
    form = {"username": user.username, "full_name": "Tên khác", "email": "khac@example.vn", "role": "AUTHOR"}
    response = post(admin_of(cast), cast.a.host, "/quan-tri/units/membership/add/", form)
    assert "secret" not in response.text
    user.refresh_from_db()
    assert user.full_name != "Tên khác"
    assert user.check_password(PASSWORD)


def test_the_five_footer_facts_can_not_be_left_out(cast: Cast) -> None:
    path = f"/quan-tri/units/site/{cast.a.site.pk}/change/"
    response = post(admin_of(cast), cast.a.host, path, {"palette": "sen", "banner": "citadel-sen"})
    for name in ("responsible", "address", "phone", "email"):
        assert f'href="#id_{name}"' in response.text
    with unit_scope(cast.a.unit):
        assert Site.objects.of_current_unit().palette != "sen"


def test_the_site_form_keeps_what_it_shows(cast: Cast) -> None:
    path = f"/quan-tri/units/site/{cast.a.site.pk}/change/"
    form = {
        "responsible": "Trần Văn Minh Họa", "address": "1 Trấn Hải Thành", "phone": "0234 386 6000",
        "email": "thuanan@example.vn", "palette": "sen", "banner": "citadel-sen", "modules": ["news", "about"],
        "contact_lines": "Hộ tịch | Bàn 1",
    }  # fmt: skip
    assert "Đã lưu." in post(admin_of(cast), cast.a.host, path, form).text
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
    assert (site.palette, site.modules) == ("sen", ["news", "about"])
    assert site.contacts == [{"label": "Hộ tịch", "detail": "Bàn 1", "url": ""}]


def test_a_link_that_browsers_would_run_is_refused(cast: Cast) -> None:
    form = {"group": "GOVERNMENT", "label": "Xấu", "url": "javascript:alert(1)", "order": "0"}
    response = post(admin_of(cast), cast.a.host, "/quan-tri/units/sitelink/add/", form)
    assert 'href="#id_url"' in response.text
    with unit_scope(cast.a.unit):
        assert not SiteLink.objects.filter(label="Xấu").exists()


def test_members_see_only_the_screens_of_their_role(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.people[Role.APPROVER])
    desk = client.get("/quan-tri/", headers={"host": cast.a.host}).text
    assert "/quan-tri/news/article/" in desk
    for path in ("/quan-tri/units/membership/", "/quan-tri/core/auditentry/", "/quan-tri/units/unit/"):
        assert path not in desk
        assert client.get(path, headers={"host": cast.a.host}).status_code == 403


def test_the_audit_trail_speaks_words_and_nobody_changes_it(cast: Cast) -> None:
    client = admin_of(cast)
    response = client.get("/quan-tri/core/auditentry/", headers={"host": cast.a.host})
    assert "Tải ảnh" in response.text
    assert "picture.add" not in re.sub(r'href="[^"]*"', "", response.text)
    assert client.get("/quan-tri/core/auditentry/add/", headers={"host": cast.a.host}).status_code == 403


def test_an_own_emblem_and_banner_are_pictures_by_their_content(cast: Cast) -> None:
    path = f"/quan-tri/units/site/{cast.a.site.pk}/change/"
    client = admin_of(cast)
    form = {
        "responsible": "Trần Văn Minh Họa", "address": "1 Trấn Hải Thành", "phone": "0234 386 6000",
        "email": "thuanan@example.vn", "palette": "sen", "banner": "citadel-sen",
    }  # fmt: skip
    svg = SimpleUploadedFile("huy-hieu.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/png")
    narrow = SimpleUploadedFile("hep.png", png_bytes(size=(800, 300)), content_type="image/png")
    response = post(client, cast.a.host, path, {**form, "emblem_upload": svg, "banner_upload": narrow})
    assert "Tệp này không phải ảnh" in response.text
    assert "Ảnh chỉ rộng 800 điểm ảnh." in response.text
    good = SimpleUploadedFile("huy-hieu.png", png_bytes(), content_type="image/png")
    wide = SimpleUploadedFile("rong.png", png_bytes(size=(1700, 500)), content_type="image/png")
    post(client, cast.a.host, path, {**form, "emblem_upload": good, "banner_upload": wide})
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        assert str(site.emblem.name).endswith(".webp")
        assert str(site.banner_file.name).endswith(".webp")
    post(client, cast.a.host, path, {**form, "remove_emblem": "on", "remove_banner": "on"})
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        assert not site.emblem
        assert not site.banner_file
