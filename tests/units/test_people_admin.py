"""People in the administration: one form enters a leader completely; portraits, leaving, circles, the other unit's ids.

Longer than most: what clerks do with people is one screen, and each test one of its ways.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.people import division_of, hotline_of, make_person, person_of, post_of, spokesperson_of
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.factories.visits import body_of, visit
from units.actions.people import HeldLine, leave_posts, save_division, save_staff
from units.enums import Role
from units.enums.people import PostLevel
from units.models import Appointment, Division, Hotline, LegalTerm, Person, Post, Spokesperson

pytestmark = pytest.mark.anywhere

ADD = "/quan-tri/units/person/add/"


@pytest.fixture(autouse=True)
def _clock(cast: Cast) -> Any:
    """The cast's own clock ticks; ours stands."""
    with time_machine.travel(NOW, tick=False):
        yield


def _send(house: House, path: str, data: dict[str, Any], role: Role = Role.EDITOR) -> Any:
    client = Client()
    client.force_login(house.people[role])
    return client.post(path, data, headers={"host": house.host})


def _form(name: str, *lines: dict[str, Any], initial: int = 0, **more: Any) -> dict[str, Any]:
    """What the person's screen sends."""
    data: dict[str, Any] = {
        "full_name": name,
        "honorific": "MR",
        "order": "0",
        "is_shown": "on",
        "biography": "",
        **more,
    }
    data |= {"appointments-TOTAL_FORMS": len(lines), "appointments-INITIAL_FORMS": initial}
    data |= {"appointments-MIN_NUM_FORMS": 0, "appointments-MAX_NUM_FORMS": 30}
    for number, line in enumerate(lines):
        data |= {f"appointments-{number}-{key}": value for key, value in {"new_level": "LEADER", **line}.items()}
    return data


def test_one_form_enters_a_leader_completely(cast: Cast) -> None:
    """Name, a post that nobody had entered, dates, portrait and biography: one page, one button."""
    line = {"new_post": "Chủ tịch  Ủy ban nhân dân phường", "starts_on": "2026-04-01", "decision": "12/QĐ-UBND"}
    data = _form(
        "Nguyễn  Thị Mới", line, honorific="MRS", phone="0234 382 0000", email="moi@example.vn",
        biography="<p>Quê Huế<script>alert(1)</script></p>",
        portrait_upload=SimpleUploadedFile("anh cua toi.jpg", jpeg_with_position(), "image/jpeg"),
    )  # fmt: skip
    answer = _send(cast.a, ADD, data)
    assert answer.status_code == 302, body_of(answer)
    with unit_scope(cast.a.unit):
        person = Person.objects.get(full_name="Nguyễn Thị Mới")
        held = Appointment.objects.select_related("post").get(person=person)
        assert (held.post.title, held.post.level) == ("Chủ tịch Ủy ban nhân dân phường", PostLevel.LEADER)
        assert held.starts_on == date(2026, 4, 1)
        assert "script" not in person.biography
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"staff.add", "post.add", "appointment.add"} <= verbs
        stored = person.portrait
        assert "anh" not in str(stored.name).rsplit("/", 1)[1]
        with stored.open() as file:
            picture = Image.open(io.BytesIO(file.read()))
        assert picture.format == "WEBP"
        assert not picture.getexif(), "no place, no camera"
    page = body_of(visit(cast.a.host, "/lanh-dao/"))
    assert "Bà Nguyễn Thị Mới" in page
    assert stored.url in page
    assert visit(cast.a.host, stored.url).status_code == 200
    assert visit(cast.b.host, stored.url).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("anh.jpg", b"<svg onload=alert(1)></svg>", "không phải ảnh"),
        ("anh.png", b"%PDF-1.7 giay to", ""),
        ("anh.jpg", png_bytes()[:60], ""),
        ("anh.exe", b"MZ\x90\x00", ""),
    ],
)
def test_what_is_no_picture_is_refused(cast: Cast, name: str, content: bytes, words: str) -> None:
    answer = _send(cast.a, ADD, _form("Nguyễn Ảnh Hỏng", portrait_upload=SimpleUploadedFile(name, content)))
    assert answer.status_code == 200
    assert "Chưa lưu được" in body_of(answer)
    assert words in body_of(answer)
    with unit_scope(cast.a.unit):
        assert not Person.objects.filter(full_name="Nguyễn Ảnh Hỏng").exists()


def test_a_portrait_is_kept_replaced_and_taken_away(cast: Cast) -> None:
    person = person_of(cast.a)
    path = f"/quan-tri/units/person/{person.pk}/change/"
    with unit_scope(cast.a.unit):
        held = Appointment.objects.get(person=person)
    line = {"id": held.pk, "person": person.pk, "post": held.post_id, "starts_on": "2025-07-01"}
    _send(
        cast.a, path, _form("Trần Văn Mẫu", line, initial=1, portrait_upload=SimpleUploadedFile("a.png", png_bytes()))
    )
    with unit_scope(cast.a.unit):
        first = Person.objects.get(pk=person.pk).portrait.name
    _send(cast.a, path, _form("Trần Văn Mẫu", line, initial=1))
    with unit_scope(cast.a.unit):
        assert Person.objects.get(pk=person.pk).portrait.name == first
    _send(cast.a, path, _form("Trần Văn Mẫu", line, initial=1, remove_portrait="on"))
    with unit_scope(cast.a.unit):
        assert not Person.objects.get(pk=person.pk).portrait
        assert Appointment.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"starts_on": "2026-04-01"}, "Chọn chức vụ, hoặc ghi chức vụ mới."),
        ({"new_post": "Chủ tịch"}, "Chọn ngày bắt đầu giữ chức vụ."),
        ({"new_post": "Chủ tịch", "starts_on": "2026-04-01", "ends_on": "2026-03-01"}, "Ngày thôi giữ phải sau"),
        ({"new_post": "Chủ tịch", "starts_on": "2206-04-01"}, "còn quá xa"),
        ({"new_post": "Chủ tịch", "starts_on": "31/02/2026"}, "Chưa lưu được"),
        ({"post": "99999999999999999999", "starts_on": "2026-04-01"}, "Chưa lưu được"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_saved(cast: Cast, line: dict[str, str], words: str) -> None:
    answer = _send(cast.a, ADD, _form("Nguyễn Sai Dòng", line))
    assert answer.status_code == 200
    assert words in body_of(answer)
    with unit_scope(cast.a.unit):
        assert not Person.objects.exists()
        assert not Post.objects.exists()


def test_another_units_post_and_people_are_not_offered_or_taken(cast: Cast) -> None:
    theirs = person_of(cast.b)
    post = post_of(cast.b)
    assert cast.b.marker not in body_of(visit(cast.a.host, ADD, user=cast.a.admin))
    answer = _send(cast.a, ADD, _form("Nguyễn Lấn Sân", {"post": post.pk, "starts_on": "2026-04-01"}))
    assert answer.status_code == 200
    for path in (f"/quan-tri/units/person/{theirs.pk}/thoi-giu/", f"/quan-tri/units/person/{theirs.pk}/change/"):
        assert visit(cast.a.host, path, user=cast.a.admin).status_code == 404
    spokesperson = spokesperson_of(cast.b)
    for step in ("cong-bo", "thoi"):
        path = f"/quan-tri/units/spokesperson/{spokesperson.pk}/{step}/"
        assert _send(cast.a, path, {}, Role.UNIT_ADMIN).status_code == 404
    with unit_scope(cast.a.unit):
        assert not Person.objects.exists()


def test_the_same_post_twice_on_one_day_is_refused(cast: Cast) -> None:
    person, post = person_of(cast.a), post_of(cast.a)
    lines = [{"post": post.pk, "starts_on": day, "ends_on": ""} for day in ("2026-01-01", "2026-05-01")]
    assert "Trùng ngày" in body_of(_send(cast.a, ADD, _form("Nguyễn Hai Lần", *lines)))
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="trong những ngày ấy"):
        save_staff(person=person, held=[HeldLine(Appointment(post=post, starts_on=date(2026, 1, 1)))])


def test_a_new_chairman_beside_the_old_one_is_mentioned(cast: Cast) -> None:
    person_of(cast.a)
    client = Client()
    client.force_login(cast.a.people[Role.EDITOR])
    data = _form("Nguyễn Người Mới", {"post": post_of(cast.a).pk, "starts_on": "2026-11-01"})
    answer = client.post(ADD, data, headers={"host": cast.a.host}, follow=True)
    assert "cũng đang ghi cho Trần Văn Mẫu" in body_of(answer)


def test_leaving_is_one_date(cast: Cast) -> None:
    person = person_of(cast.a)
    path = f"/quan-tri/units/person/{person.pk}/thoi-giu/"
    screen = body_of(visit(cast.a.host, path, user=cast.a.people[Role.EDITOR]))
    assert "Thôi giữ chức vụ từ ngày" in screen
    with unit_scope(cast.a.unit):
        key = str(Appointment.objects.get(person=person).pk)
    too_early = _send(cast.a, path, {"from_day": "2025-07-01", "held": [key]})
    assert "phải sau ngày ấy" in body_of(too_early)
    assert "Chọn ít nhất một" in body_of(_send(cast.a, path, {"from_day": "2026-11-22"}))
    assert _send(cast.a, path, {"from_day": "2026-11-22", "held": [key]}).status_code == 302
    with unit_scope(cast.a.unit):
        assert Appointment.objects.get(person=person).ends_on == date(2026, 11, 21)
        assert AuditEntry.objects.filter(verb="appointment.end").count() == 1
    assert _send(cast.a, path, {"from_day": "2026-11-22", "held": [key]}).status_code == 302, "holds nothing any more"
    assert "cán bộ" in body_of(visit(cast.a.host, "/quan-tri/units/person/", user=cast.a.admin))
    assert _send(cast.a, path, {}, Role.AUTHOR).status_code == 403


def test_two_clerks_end_it_at_once(cast: Cast) -> None:
    person = person_of(cast.a)
    with unit_scope(cast.a.unit):
        keys = [row.pk for row in Appointment.objects.open_of(person.pk)]
        assert leave_posts(person=person, from_day=date(2026, 11, 1), keys=keys, actor=None) == 1
        assert leave_posts(person=person, from_day=date(2026, 11, 9), keys=keys, actor=None) == 0
        assert Appointment.objects.get(person=person).ends_on == date(2026, 10, 31), "the first counts"


def test_divisions_make_no_circle(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        one = save_division(division=Division(name="Một"))
        two = save_division(division=Division(name="Hai", parent=one))
        three = save_division(division=Division(name="Ba", parent=two))
        one.parent = three
        with pytest.raises(ValidationError, match="vòng tròn"):
            save_division(division=one)
    data = {"name": "Một", "kind": "DIVISION", "parent": three.pk, "order": "0", "is_shown": "on"}
    answer = _send(cast.a, f"/quan-tri/units/division/{one.pk}/change/", data)
    assert "đang thuộc chính phòng, ban này" in body_of(answer)
    theirs = division_of(cast.b)
    answer = _send(cast.a, "/quan-tri/units/division/add/", {**data, "name": "Bốn", "parent": theirs.pk})
    assert answer.status_code == 200
    assert "Đã có phòng, ban tên này" in body_of(
        _send(cast.a, "/quan-tri/units/division/add/", {**data, "name": " hai".title()})
    )


def test_what_is_in_use_is_not_deleted(cast: Cast) -> None:
    person = person_of(cast.a)
    for path in (f"person/{person.pk}", f"post/{post_of(cast.a).pk}"):
        _send(cast.a, f"/quan-tri/units/{path}/delete/", {"post": "yes"}, Role.UNIT_ADMIN)
    with unit_scope(cast.a.unit):
        assert Person.objects.filter(pk=person.pk).exists()
        assert Post.objects.exists()
        loner = save_staff(person=Person(full_name="Người Nhập Nhầm"))
    assert _send(cast.a, f"/quan-tri/units/person/{loner.pk}/delete/", {"post": "yes"}, Role.EDITOR).status_code == 403
    assert (
        _send(cast.a, f"/quan-tri/units/person/{loner.pk}/delete/", {"post": "yes"}, Role.UNIT_ADMIN).status_code == 302
    )
    with unit_scope(cast.a.unit):
        assert not Person.objects.filter(pk=loner.pk).exists()
        assert AuditEntry.objects.filter(verb="staff.delete").exists()


def test_a_writer_looks_but_changes_nothing(cast: Cast) -> None:
    person_of(cast.a)
    assert visit(cast.a.host, "/quan-tri/units/person/", user=cast.a.people[Role.AUTHOR]).status_code == 200
    assert _send(cast.a, ADD, _form("Ai Đó"), Role.AUTHOR).status_code == 403


def test_numbers_to_call(cast: Cast) -> None:
    data = {"label": "Trực ban", "number": "113", "order": "0", "for_all": "on"}
    assert _send(cast.a, "/quan-tri/units/hotline/add/", data).status_code == 302
    with unit_scope(cast.a.unit):
        assert not Hotline.objects.get().for_all, "a commune is not offered every site, nor given it"
    assert "ít nhất ba chữ số" in body_of(_send(cast.a, "/quan-tri/units/hotline/add/", {**data, "number": "gọi tôi"}))


def test_the_law_is_kept_by_operators(cast: Cast) -> None:
    path = "/quan-tri/units/legalterm/"
    assert visit(cast.a.host, path, user=cast.a.admin).status_code == 403
    assert visit(cast.a.host, path, user=cast.operator).status_code == 200
    client = Client()
    client.force_login(cast.operator)
    data = {"code": "SPOKESPERSON_HOURS", "kind": "", "number": "12", "valid_from": "2027-01-01", "source": "Luật mới"}
    assert client.post(f"{path}add/", data, headers={"host": cast.a.host}).status_code == 302
    again = client.post(f"{path}add/", data, headers={"host": cast.a.host})
    assert "Đã có dòng bắt đầu từ ngày này" in body_of(again)
    assert LegalTerm.objects.filter(number=12).count() == 1


def test_the_desk_asks_for_leaders_until_there_is_one(cast: Cast) -> None:
    desk = lambda: body_of(visit(cast.a.host, "/quan-tri/", user=cast.a.admin))  # noqa: E731 - asked twice
    assert "Chưa nhập lãnh đạo nào" in desk()
    person_of(cast.a)
    assert "Chưa nhập lãnh đạo nào" not in desk()


def test_screens_cost_the_same_for_many_people(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.admin)

    def count(path: str) -> int:
        client.get(path, headers={"host": cast.a.host})
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path, headers={"host": cast.a.host}).status_code == 200
        return len(seen)

    person = person_of(cast.a)
    spokesperson_of(cast.a)
    hotline_of(cast.a)
    paths = [
        *(f"/quan-tri/units/{name}/" for name in ("person", "post", "division", "spokesperson", "hotline")),
        f"/quan-tri/units/person/{person.pk}/change/",
    ]
    few = {path: count(path) for path in paths}
    for number in range(3):
        post = post_of(cast.a, f"Phó Chủ tịch {number}")
        make_person(cast.a, f"Nguyễn Văn {number}", post=post)
        with unit_scope(cast.a.unit):
            Division.objects.create(name=f"Phòng {number}", parent=Division.objects.first())
            Spokesperson.objects.create(name=f"Ai {number}", post="x", phone="1", email="x", assigned_at=NOW)
            save_staff(person=person, held=[HeldLine(Appointment(post=post, starts_on=NOW.date() - timedelta(days=9)))])
    assert {path: count(path) for path in paths} == few
    assert max(few.values()) <= 30, few
