"""Counters, answers and fees in the administration: found without a long list, written once, copied in one step."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from tests.factories.cast import Cast, House
from tests.factories.local_rows import answer_at, counter_at, fee_at
from tests.factories.procedure_rows import BIRTH, make_procedure
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = pytest.mark.anywhere

ADMIN = "/quan-tri/services"


@pytest.fixture
def birth(cast: Cast) -> Procedure:
    return make_procedure(often_order=1, everyday_names="làm giấy khai sinh")


def browse(house: House, user: User, path: str, data: dict[str, Any] | None = None) -> Any:
    """GET, or POST where there is something to send."""
    client = Client()
    client.force_login(user)
    headers = {"host": house.host}
    return client.get(f"{ADMIN}{path}", headers=headers) if data is None else client.post(
        f"{ADMIN}{path}", data, headers=headers
    )  # fmt: skip


def editor_of(house: House) -> User:
    return house.people[Role.EDITOR]


def test_a_counter_is_written_with_its_quiet_half_days(cast: Cast) -> None:
    data = {
        "name": "Bàn một", "address": "Số 1", "hours": "7:30 – 11:30", "order": "0", "is_open": "on",
        "loads_1_am": "BUSY", "loads_5_pm": "QUIET", "loads_2_am": "", "loads_3_am": "nonsense", "loads_9_am": "BUSY",
    }  # fmt: skip
    response = browse(cast.a, editor_of(cast.a), "/counter/add/", data)
    assert response.status_code == 302, body_of(response)
    with unit_scope(cast.a.unit):
        counter = Counter.objects.get()
        assert counter.loads == {"1-am": "BUSY", "5-pm": "QUIET"}
        assert counter.is_main
        assert AuditEntry.objects.filter(verb="counter.save", actor=editor_of(cast.a)).exists()
    html = body_of(browse(cast.a, editor_of(cast.a), f"/counter/{counter.pk}/change/"))
    assert re.search(r'id="loads_1_am">.*?<option value="BUSY" selected>Thường đông', html, re.DOTALL)


def test_an_answer_is_written_by_code(cast: Cast, birth: Procedure) -> None:
    desk, theirs = counter_at(cast.a), counter_at(cast.b)
    form = body_of(browse(cast.a, editor_of(cast.a), f"/localanswer/add/?thu_tuc={BIRTH}"))
    assert "1.001193 – Đăng ký khai sinh" in form
    assert f'<option value="{desk.pk}">' in form
    assert f'<option value="{theirs.pk}">' not in form
    assert cast.b.marker not in form
    data = {"subject": BIRTH, "is_handled": "1", "counter": str(theirs.pk), "notes": "Mang bản gốc"}
    refused = browse(cast.a, editor_of(cast.a), "/localanswer/add/", data)
    assert refused.status_code == 200, "another unit's counter can not be chosen"
    assert_nothing_of(cast.b, refused, "refused")
    response = browse(cast.a, editor_of(cast.a), "/localanswer/add/", {**data, "counter": str(desk.pk)})
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/o-day/?linh_vuc=ho-tich")
    with unit_scope(cast.a.unit):
        answer = LocalAnswer.objects.get()
        assert (answer.procedure, answer.counter, answer.checked_on) == (birth, desk, date(2026, 11, 22))
    again = browse(cast.a, editor_of(cast.a), "/localanswer/add/", {**data, "counter": ""})
    assert "Đơn vị đã ghi thủ tục hoặc lĩnh vực này" in body_of(again)


def test_everyday_words_bring_a_few_to_choose_from(cast: Cast, birth: Procedure, search_index: Any) -> None:
    make_procedure("1.000656", "Thủ tục đăng ký khai tử")
    make_procedure("1.000894", "Thủ tục đăng ký kết hôn")
    search_index()
    data = {"subject": "dang ky", "is_handled": "1"}
    asked = body_of(browse(cast.a, editor_of(cast.a), "/localanswer/add/", data))
    assert "Chọn đúng thủ tục trong các thủ tục này." in asked
    assert set(re.findall(r'name="choice" value="([^"]+)"', asked)) == {BIRTH, "1.000656", "1.000894"}
    answered = browse(cast.a, editor_of(cast.a), "/localanswer/add/", {**data, "choice": "1.000656"})
    assert answered.status_code == 302
    with unit_scope(cast.a.unit):
        assert LocalAnswer.objects.get().procedure.code == "1.000656"  # type: ignore[union-attr]
    nothing = browse(cast.a, editor_of(cast.a), "/localanswer/add/", {**data, "subject": "khongcogi"})
    assert "Không thấy thủ tục nào." in body_of(nothing)
    foreign = browse(cast.a, editor_of(cast.a), "/localanswer/add/", {**data, "choice": "9.999999"})
    assert foreign.status_code == 200


def test_a_whole_field_and_not_here(cast: Cast, birth: Procedure) -> None:
    data = {"subject": BIRTH, "is_handled": "0", "is_for_field": "on", "notes": "Nộp ở tầng hai."}
    assert browse(cast.a, editor_of(cast.a), "/localanswer/add/", data).status_code == 302
    with unit_scope(cast.a.unit):
        answer = LocalAnswer.objects.get()
        assert (answer.field, answer.procedure, answer.is_handled) == (birth.field, None, False)
    shown = body_of(browse(cast.a, editor_of(cast.a), f"/localanswer/{answer.pk}/change/"))
    assert "Mọi thủ tục lĩnh vực Hộ tịch" in shown


@pytest.mark.parametrize(
    ("typed", "kept"), [("8.000", 8_000), ("1 500 000", 1_500_000), ("8000 đồng", 8_000), ("0", 0)]
)
def test_money_is_read_as_people_write_it(cast: Cast, birth: Procedure, typed: str, kept: int) -> None:
    data = {"subject": BIRTH, "amount": typed, "resolution": "1/2026/NQ-HĐND", "valid_from": "2027-01-01"}
    assert browse(cast.a, editor_of(cast.a), "/localfee/add/", data).status_code == 302
    with unit_scope(cast.a.unit):
        assert LocalFee.objects.get().amount == kept


@pytest.mark.parametrize("typed", ["", "tám nghìn", "-5", "8.00", "1e9", "9" * 13, "8,5"])
def test_what_is_no_money_is_said_so(cast: Cast, birth: Procedure, typed: str) -> None:
    data = {"subject": BIRTH, "amount": typed, "resolution": "1/2026/NQ-HĐND", "valid_from": "2027-01-01"}
    response = browse(cast.a, editor_of(cast.a), "/localfee/add/", data)
    assert response.status_code == 200
    with unit_scope(cast.a.unit):
        assert not LocalFee.objects.exists()


def test_only_the_province_speaks_for_all(cast: Cast, birth: Procedure) -> None:
    data = {
        "subject": BIRTH, "amount": "1", "resolution": "1/2026/NQ-HĐND", "valid_from": "2027-01-01", "reaches_all": "on",
    }  # fmt: skip
    assert "reaches_all" not in body_of(browse(cast.a, editor_of(cast.a), "/localfee/add/"))
    browse(cast.a, editor_of(cast.a), "/localfee/add/", data)
    with unit_scope(cast.a.unit):
        assert LocalFee.objects.get().reaches_all is False
    client = Client()
    client.force_login(cast.operator)
    host = {"host": cast.province.canonical_host}
    assert client.post(f"{ADMIN}/localfee/add/", data, headers=host).status_code == 302
    with unit_scope(cast.province):
        assert LocalFee.objects.get().reaches_all is True


def test_two_fees_of_a_kind_on_one_day_are_refused_in_the_form(cast: Cast, birth: Procedure) -> None:
    fee_at(cast.a.unit, birth, 5_000, date(2027, 1, 1))
    data = {"subject": BIRTH, "amount": "1", "resolution": "1/2026/NQ-HĐND", "valid_from": "2027-01-01"}
    assert "Đã có mức thu cùng loại" in body_of(browse(cast.a, editor_of(cast.a), "/localfee/add/", data))


def test_here_shows_what_is_written_and_what_is_missing(cast: Cast, birth: Procedure) -> None:
    counter_at(cast.a)
    empty = make_procedure("1.000656", "Thủ tục đăng ký khai tử", often_order=2)
    make_procedure("9.999999", "Việc của bộ", at_commune=False, at_ministry=True, often_order=3)
    answer_at(cast.a, birth, officer_post="", notes="Có lưu ý")
    html = body_of(browse(cast.a, editor_of(cast.a), "/localanswer/o-day/"))
    rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", html, re.DOTALL)
    assert len(rows) == 2, "what the commune does not handle is not listed"
    assert "người phụ trách" in rows[0].partition("Còn thiếu")[2]
    assert "lưu ý" in rows[0].partition("Còn thiếu")[0]
    assert "chưa có lời riêng" in rows[1]
    assert f"thu_tuc={empty.code}" in rows[1]
    by_field = body_of(browse(cast.a, editor_of(cast.a), "/localanswer/o-day/?linh_vuc=ho-tich"))
    assert by_field.count("chưa có lời riêng") == 1
    own = body_of(browse(cast.a, editor_of(cast.a), "/localanswer/o-day/?xem=da-ghi"))
    assert "Đăng ký khai sinh" in own
    assert "khai tử" not in own.partition("<tbody>")[2]
    assert browse(cast.a, editor_of(cast.a), "/localanswer/o-day/?linh_vuc=khong-co&xem=x").status_code == 200


def test_copying_from_the_screen(cast: Cast, birth: Procedure) -> None:
    others = [make_procedure(f"1.00000{number}", f"Việc {number}") for number in range(3)]
    elsewhere = make_procedure("3.000000", "Việc đất đai", field="Đất đai")
    answer = answer_at(cast.a, birth, notes="Chép đi")
    answer_at(cast.a, others[0], notes="Lời cũ")
    path = f"/localanswer/{answer.pk}/chep/"
    form = body_of(browse(cast.a, editor_of(cast.a), path))
    assert "Tất cả 2 thủ tục chưa ghi" in form
    assert "Việc đất đai" not in form
    assert browse(cast.a, editor_of(cast.a), path, {}).headers["Location"].endswith(path), "nothing chosen: asked again"
    browse(cast.a, editor_of(cast.a), path, {"con_lai": "on", "thu_tuc": [str(elsewhere.pk), "x"]})
    with unit_scope(cast.a.unit):
        notes = dict(LocalAnswer.objects.values_list("procedure__code", "notes"))
    assert notes == {BIRTH: "Chép đi", "1.000000": "Lời cũ", "1.000001": "Chép đi", "1.000002": "Chép đi"}


def test_another_units_answer_is_not_there(cast: Cast, birth: Procedure) -> None:
    theirs = answer_at(cast.b, birth)
    for data in (None, {"con_lai": "on"}):
        response = browse(cast.a, cast.a.admin, f"/localanswer/{theirs.pk}/chep/", data)
        assert response.status_code == 404
        assert_nothing_of(cast.b, response, "chep")


def test_authors_look_and_do_not_write(cast: Cast, birth: Procedure) -> None:
    answer = answer_at(cast.a, birth)
    author = cast.a.people[Role.AUTHOR]
    html = body_of(browse(cast.a, author, "/localanswer/o-day/"))
    assert "Đăng ký khai sinh" in html
    assert f"/localanswer/{answer.pk}/chep/" not in html
    for path in ("/localanswer/add/", f"/localanswer/{answer.pk}/chep/", "/counter/add/", "/localfee/add/"):
        assert browse(cast.a, author, path).status_code in {403, 404}, path


def _grow(cast: Cast, numbers: range) -> None:
    for count in numbers:
        counter_at(cast.a, f"Bàn {count}")
        procedure = make_procedure(f"1.00000{count}", f"Việc {count}", often_order=count + 2, field=f"Lĩnh vực {count}")
        same_field = make_procedure(f"2.00000{count}", f"Cùng lĩnh vực {count}")
        answer_at(cast.a, procedure)
        answer_at(cast.a, same_field)
        fee_at(cast.a.unit, procedure, 1, date(2026, 1, 1))


def _costs(cast: Cast, paths: list[str]) -> dict[str, int]:
    client, costs = Client(), {}
    client.force_login(editor_of(cast.a))
    for path in paths:
        client.get(f"{ADMIN}{path}", headers={"host": cast.a.host})
        caches["default"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{ADMIN}{path}", headers={"host": cast.a.host}).status_code == 200
        costs[path] = len(queries)
    return costs


def test_the_screens_queries_do_not_grow(cast: Cast, birth: Procedure) -> None:
    answer = answer_at(cast.a, birth)
    paths = [
        *("/localanswer/o-day/", "/localanswer/o-day/?xem=da-ghi", "/localanswer/o-day/?linh_vuc=ho-tich"),
        *(f"/localanswer/{answer.pk}/chep/", f"/localanswer/{answer.pk}/change/"),
        *("/localanswer/", "/localfee/", "/counter/"),
    ]
    _grow(cast, range(1))
    at_one = _costs(cast, paths)
    _grow(cast, range(1, 3))
    assert _costs(cast, paths) == at_one
    assert max(at_one.values()) <= 20, at_one
