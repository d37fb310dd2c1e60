"""Life events in the administration: kept on the province's site, read elsewhere; procedures by code or by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.models import User
from portal.core.tenancy import unit_scope
from services.models import LifeEvent, LifeEventProcedure
from tests.factories.cast import Cast, make_user
from tests.factories.menu_rows import SINGLE, birth, childbirth, land, single
from tests.factories.procedure_rows import BIRTH, make_procedure
from units.enums import Role
from units.models import Membership

pytestmark = pytest.mark.anywhere

LIST = "/quan-tri/services/lifeevent/"
WORDS = {
    "name": "Sinh con",
    "summary": "Khai sinh",
    "intro": "Trong 60 ngày.",
    "icon": "baby",
    "audience": "nguoi-dan",
    "order": "10",
}


@pytest.fixture
def clerk(cast: Cast) -> User:
    """An editor of the province's own site."""
    person = make_user("tinh-bien-tap")
    with unit_scope(cast.province):
        Membership.objects.create(user=person, role=Role.EDITOR)
    return person


def _client(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _send(person: User, path: str, lines: list[tuple[str, str, str]], host: str = "localhost", **words: str) -> Any:
    """Save the form; lines are place, code or name, when it is needed."""
    places, said, notes = zip(*lines, strict=True) if lines else ((), (), ())
    data = {**WORDS, **words, "entries_place": places, "entries_words": said, "entries_note": notes}
    return _client(person).post(path, data, headers={"host": host})


def _entries(event: LifeEvent) -> list[tuple[str, str]]:
    rows = LifeEventProcedure.objects.filter(event=event).order_by("order")
    return list(rows.values_list("procedure__code", "note"))


def test_an_event_is_made_of_codes_and_names_in_the_order_of_their_numbers(cast: Cast, clerk: User) -> None:
    birth(), single(), land()
    lines = [
        ("3", "tách thửa", "Khi có đất"),
        ("1", SINGLE, "Trước hết"),
        ("2", f"{BIRTH} Đăng ký khai sinh", "Rồi"),
        ("4", "", ""),
    ]
    assert _send(clerk, f"{LIST}add/", lines).status_code == 302
    event = LifeEvent.objects.get()
    assert event.slug == "sinh-con"
    assert _entries(event) == [(SINGLE, "Trước hết"), (BIRTH, "Rồi"), ("1.012784", "Khi có đất")]
    page = _client(clerk).get(f"{LIST}{event.pk}/change/", headers={"host": "localhost"})
    assert f'value="{SINGLE} Cấp Giấy xác nhận tình trạng hôn nhân"' in page.content.decode()


def test_a_name_that_several_have_brings_their_codes_and_loses_nothing(cast: Cast, clerk: User) -> None:
    birth()
    make_procedure("1.000689", "Thủ tục đăng ký khai sinh kết hợp nhận cha, mẹ, con")
    response = _send(clerk, f"{LIST}add/", [("1", "khai sinh", "Khi sinh con"), ("2", "không có gì như vậy", "")])
    html = response.content.decode()
    assert response.status_code == 200
    assert not LifeEvent.objects.exists()
    assert "khớp 2 thủ tục. Ghi mã của một thủ tục: 1.000689" in html
    assert "Không có thủ tục nào mang mã hay tên “không có gì như vậy”" in html
    assert 'value="khai sinh"' in html
    assert 'value="Khi sinh con"' in html
    # The whole official name is one procedure's alone.
    assert _send(clerk, f"{LIST}add/", [("1", "đăng ký khai sinh", "")]).status_code == 302
    assert _entries(LifeEvent.objects.get()) == [(BIRTH, "")]


def test_emptied_lines_leave_the_event_and_the_address_stays(cast: Cast, clerk: User) -> None:
    event = childbirth()
    path = f"{LIST}{event.pk}/change/"
    assert (
        _send(clerk, path, [("1", "", "Khi nào 1"), ("2", SINGLE, "Khi cưới")], name="Có con", slug="khac").status_code
        == 302
    )
    event.refresh_from_db()
    assert (event.name, event.slug) == ("Có con", "sinh-con")
    assert _entries(event) == [(SINGLE, "Khi cưới")]


@pytest.mark.parametrize("icon", ["", "khong-co", 'baby"><script>'])
def test_an_icon_is_one_of_those_shown(cast: Cast, clerk: User, icon: str) -> None:
    assert _send(clerk, f"{LIST}add/", [], icon=icon).status_code == 200
    assert not LifeEvent.objects.exists()


def test_elsewhere_it_is_read_and_not_changed(cast: Cast) -> None:
    event = childbirth()
    path = f"{LIST}{event.pk}/change/"
    page = _client(cast.a.admin).get(path, headers={"host": cast.a.host})
    assert page.status_code == 200
    assert f"{BIRTH} Đăng ký khai sinh (Khi nào 1)" in page.content.decode()
    assert 'name="name"' not in page.content.decode()
    assert _send(cast.a.admin, path, [], host=cast.a.host, name="Của xã").status_code == 403
    assert _send(cast.a.admin, f"{LIST}add/", [], host=cast.a.host, name="Của xã").status_code == 403
    assert (
        _client(cast.a.admin)
        .post(f"{LIST}{event.pk}/delete/", {"post": "yes"}, headers={"host": cast.a.host})
        .status_code
        == 403
    )
    event.refresh_from_db()
    assert event.name == "Sinh con"
    # The commune's administrator is nobody on the province's host; an operator may anywhere.
    assert _send(cast.a.admin, path, [], name="Của xã").status_code in {302, 403}
    assert _send(cast.operator, path, [], host=cast.a.host, name="Của vận hành").status_code == 302
    event.refresh_from_db()
    assert event.name == "Của vận hành"


def test_the_screens_cost_the_same_at_one_row_and_at_three(cast: Cast, clerk: User) -> None:
    counts = []
    for number in (1, 3):
        event = childbirth()
        for count in range(number):
            row = make_procedure(f"{number}.{count:06d}", f"Việc {count}")
            LifeEventProcedure.objects.create(event=event, procedure=row, order=count)
            LifeEvent.objects.create(slug=f"viec-{number}-{count}", name=f"Việc {count}")
        client = _client(clerk)
        measured = []
        for path in (LIST, f"{LIST}{event.pk}/change/"):
            client.get(path, headers={"host": "localhost"})
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path, headers={"host": "localhost"}).status_code == 200
            measured.append(len(asked))
        counts.append(measured)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30
