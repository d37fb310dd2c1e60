"""The local answer: the same procedure, each unit's own counter, hours, words and fees; nobody else's."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.core.tenancy import ScopeError, unit_scope
from services.actions import local as actions
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from tests.factories.cast import Cast
from tests.factories.local_rows import NEW_YEAR, answer_at, counter_at, fee_at
from tests.factories.procedure_rows import BIRTH, make_procedure
from tests.factories.visits import body_of, visit

PATH = f"/dich-vu-cong/{BIRTH}/noi-nop/"
PROVINCE = "localhost"


def words_at(host: str, path: str = PATH) -> str:
    """What a person reads of the answer."""
    response = visit(host, path)
    assert response.status_code == 200, path
    main = body_of(response).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def birth(cast: Cast) -> Procedure:
    return make_procedure()


# --- whose answer ---


def test_the_same_procedure_has_two_communes_own_answers(cast: Cast, birth: Procedure) -> None:
    for house in (cast.a, cast.b):
        desk = counter_at(house, "Bàn hộ tịch")
        answer_at(house, birth, counter=desk, hours="Cả sáng Thứ Bảy")
    for house, other in ((cast.a, cast.b), (cast.b, cast.a)):
        text = words_at(house.host)
        assert f"Bàn hộ tịch {house.marker}" in text
        assert f"Công chức tư pháp {house.marker}" in text
        assert "Cả sáng Thứ Bảy" in text
        assert "Đơn vị xem lại ngày 22/11/2026." in text
        assert other.marker not in text
        assert other.word not in text


def test_without_own_words_the_main_counter_speaks_and_without_one_the_office(cast: Cast, birth: Procedure) -> None:
    assert f"Trụ sở cơ quan Địa chỉ Số 1 đường Mẫu {cast.a.marker}" in words_at(cast.a.host)
    counter_at(cast.a)
    counter_at(cast.a, "Bàn phụ", order=9)
    text = words_at(cast.a.host)
    assert f"Trung tâm một cửa {cast.a.marker}" in text
    assert "Bàn phụ" not in text


def test_a_closed_counter_gives_way_to_the_main_one(cast: Cast, birth: Procedure) -> None:
    counter_at(cast.a)
    desk = counter_at(cast.a, "Bàn đã đóng")
    answer_at(cast.a, birth, counter=desk)
    with unit_scope(cast.a.unit):
        Counter.objects.filter(pk=desk.pk).update(is_open=False)
    text = words_at(cast.a.host)
    assert "Trung tâm một cửa" in text
    assert "Bàn đã đóng" not in text


def test_an_answer_for_the_field_stands_behind_the_procedures_own(cast: Cast, birth: Procedure) -> None:
    other = make_procedure("1.000656", "Thủ tục đăng ký khai tử")
    answer_at(cast.a, None, field=birth.field, officer_post="Cả lĩnh vực")
    answer_at(cast.a, birth, officer_post="Riêng khai sinh")
    assert "Riêng khai sinh" in words_at(cast.a.host)
    assert "Cả lĩnh vực" in words_at(cast.a.host, f"/dich-vu-cong/{other.code}/noi-nop/")


def test_who_takes_it_where_the_commune_does_not(cast: Cast) -> None:
    make_procedure("2.000528", "Việc cấp tỉnh", at_commune=False, at_province=True, agency="Sở Tư pháp")
    with unit_scope(cast.province):
        actions.save_counter(counter=Counter(name="Trung tâm thành phố", address="1 Lê Lợi", hours="8:00"))
    text = words_at(cast.a.host, "/dich-vu-cong/2.000528/noi-nop/")
    assert "Phường Thuận An không nhận hồ sơ này." in text
    assert "Trung tâm thành phố, 1 Lê Lợi" in text
    assert "Xem trên trang Thành phố Huế" in text


def test_a_commune_may_say_that_it_does_not_take_it(cast: Cast, birth: Procedure) -> None:
    counter = counter_at(cast.a)
    answer_at(cast.a, birth, is_handled=False, counter=counter, notes="Nộp ở trạm y tế.")
    text = words_at(cast.a.host)
    assert "Phường Thuận An không nhận hồ sơ này." in text
    assert "Nộp ở trạm y tế." in text
    assert counter.address not in text
    with unit_scope(cast.a.unit):
        assert LocalAnswer.objects.get().counter is None


def test_a_closed_units_page_leads_to_its_successors_counter(cast: Cast, birth: Procedure) -> None:
    response = visit(cast.closed.canonical_host, PATH)
    text = body_of(response)
    assert "Xã Phú Thuận đã kết thúc ngày 30/6/2025. Nay nộp tại:" in text
    assert f'href="http://{cast.a.host}/dich-vu-cong/{BIRTH}/"' in text


def test_quiet_half_days_are_words_not_colours(cast: Cast, birth: Procedure) -> None:
    counter_at(cast.a, loads={"1-am": "BUSY", "2-pm": "QUIET", "3-am": "QUIET", "9-am": "QUIET", "4-am": "nonsense"})
    text = words_at(cast.a.host)
    assert "Thường vắng: chiều Thứ Ba, sáng Thứ Tư." in text
    assert "Thứ Hai Thường đông Chưa rõ" in text
    assert "Thứ Năm Chưa rõ Chưa rõ" in text


def test_hostile_words_stay_words(cast: Cast, birth: Procedure) -> None:
    evil = "<script>alert(1)</script>"
    counter_at(cast.a, evil, notes=evil, map_url="https://example.vn/?a=1&b=2")
    answer_at(cast.a, birth, notes=evil, officer_post=evil)
    html = body_of(visit(cast.a.host, PATH))
    assert evil not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# --- fees ---


@pytest.mark.parametrize(
    ("today", "paid", "coming"),
    [
        (date(2026, 12, 31), "15.000 đồng", "Từ 01/01/2027: 8.000 đồng"),
        (date(2027, 1, 1), "8.000 đồng", ""),
        (date(2027, 1, 2), "8.000 đồng", ""),
    ],
)
def test_a_fee_changes_on_its_day(
    cast: Cast, birth: Procedure, clock: Any, today: date, paid: str, coming: str
) -> None:
    counter_at(cast.a)
    fee_at(cast.a.unit, birth, 15_000, date(2025, 7, 1), per="một bản")
    fee_at(cast.a.unit, birth, 8_000, NEW_YEAR, per="một bản")
    clock.move_to(f"{today}T08:00:00+07:00")
    text = words_at(cast.a.host).partition("Lệ phí ở đây")[2]
    assert text.strip().startswith(f"{paid} , một bản") or text.strip().startswith(f"{paid}, một bản")
    assert ("Từ 01/01/2027" in text) == bool(coming)
    if coming:
        assert "01/2025/NQ-HĐND, áp dụng từ 01/7/2025 đến hết 31/12/2026" in text
    else:
        assert "15.000" not in text


def test_the_provinces_fee_reaches_communes_without_their_own(cast: Cast, birth: Procedure) -> None:
    fee_at(cast.province, birth, 20_000, date(2025, 7, 1), reaches_all=True)
    fee_at(cast.province, birth, 99_000, date(2025, 7, 1), who="chỉ ở trung tâm")
    fee_at(cast.b.unit, birth, 0, date(2025, 7, 1))
    assert "20.000 đồng" in words_at(cast.a.host)
    assert "99.000" not in words_at(cast.a.host)
    own = words_at(cast.b.host)
    assert "Không thu" in own
    assert "20.000" not in own


def test_a_fee_of_the_province_shows_at_once_on_every_site(cast: Cast, birth: Procedure) -> None:
    assert "Lệ phí ở đây" not in words_at(cast.a.host)
    fee_at(cast.province, birth, 20_000, date(2025, 7, 1), reaches_all=True)
    assert "20.000 đồng" in words_at(cast.a.host), "the cached page is gone"


def test_a_new_fee_ends_the_old_one_the_day_before(cast: Cast, birth: Procedure) -> None:
    old = fee_at(cast.a.unit, birth, 15_000, date(2025, 7, 1))
    other_kind = fee_at(cast.a.unit, birth, 5_000, date(2025, 7, 1), per="một trang")
    fee_at(cast.a.unit, birth, 8_000, NEW_YEAR)
    with unit_scope(cast.a.unit):
        assert LocalFee.objects.get(pk=old.pk).valid_to == date(2026, 12, 31)
        assert LocalFee.objects.get(pk=other_kind.pk).valid_to is None
        between = fee_at(cast.a.unit, birth, 9_000, date(2026, 6, 1))
        assert between.valid_to == date(2026, 12, 31)
        assert LocalFee.objects.get(pk=old.pk).valid_to == date(2026, 5, 31)
        with pytest.raises(ValidationError, match="cùng loại"):
            fee_at(cast.a.unit, birth, 1, NEW_YEAR)


def test_a_commune_can_not_fix_a_fee_for_all(cast: Cast, birth: Procedure) -> None:
    with pytest.raises(ValidationError, match="Chỉ trang của tỉnh"):
        fee_at(cast.a.unit, birth, 1, NEW_YEAR, reaches_all=True)


# --- writing ---


def test_there_is_one_main_counter(cast: Cast) -> None:
    first = counter_at(cast.a)
    assert first.is_main, "the first counter is the main one"
    second = counter_at(cast.a, "Bàn hai", is_main=True)
    with unit_scope(cast.a.unit):
        assert list(Counter.objects.filter(is_main=True)) == [second]
        actions.delete_counter(counter=second)
        assert Counter.objects.get().is_main, "the next one takes its place"


def test_a_counter_that_procedures_lead_to_is_not_deleted(cast: Cast, birth: Procedure) -> None:
    desk = counter_at(cast.a)
    answer_at(cast.a, birth, counter=desk)
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="1 thủ tục đang dẫn tới"):
        actions.delete_counter(counter=desk)


def test_another_units_counter_can_not_be_named(cast: Cast, birth: Procedure) -> None:
    theirs = counter_at(cast.b)
    with pytest.raises(ScopeError):
        answer_at(cast.a, birth, counter=theirs)


def test_one_answer_is_copied_to_many_in_one_step(cast: Cast, birth: Procedure) -> None:
    others = [make_procedure(f"1.00000{number}", f"Việc {number}") for number in range(3)]
    answer = answer_at(cast.a, birth, notes="Chép đi")
    answer_at(cast.a, others[0], notes="Lời cũ")
    answer_at(cast.b, others[1], notes="Của xã khác")
    with unit_scope(cast.a.unit):
        assert actions.copy_answer(answer=answer, procedures=[birth, *others], actor=cast.a.admin) == 3
        rows = LocalAnswer.objects.exclude(pk=answer.pk)
        assert {row.notes for row in rows} == {"Chép đi"}
        assert rows.count() == 3
        assert AuditEntry.objects.filter(verb="localanswer.copy", actor=cast.a.admin).count() == 3
    with unit_scope(cast.b.unit):
        assert LocalAnswer.objects.get().notes == "Của xã khác"


# --- cost ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_answers_queries_do_not_grow(cast: Cast, birth: Procedure, number: int) -> None:
    for count in range(number):
        counter_at(cast.a, f"Bàn {count}")
        answer_at(cast.a, make_procedure(f"1.00000{count}", f"Việc {count}"))
        fee_at(cast.a.unit, birth, 1_000 + count, date(2025, 7, 1), per=f"loại {count}")
        fee_at(cast.province, birth, 2_000 + count, date(2025, 7, 1), per=f"loại {count}", reaches_all=True)
    answer_at(cast.a, birth)
    visit(cast.a.host, PATH)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        assert visit(cast.a.host, PATH).status_code == 200
    local = [row["sql"] for row in queries if "services_local" in row["sql"] or "services_counter" in row["sql"]]
    assert len(local) == 3
    assert len(queries) == 9
