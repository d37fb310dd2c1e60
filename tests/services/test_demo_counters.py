"""The demo's counters: every commune has one, what is invented says so, and loading twice changes nothing."""

from __future__ import annotations

from portal.core.tenancy import unit_scope
from portal.pages.demo.counters import SINGLE, load_counters
from services.models import Counter, LocalAnswer, LocalFee
from tests.factories.cast import Cast
from tests.factories.procedure_rows import make_procedure
from tests.factories.visits import body_of, visit
from units.models import Unit, UnitArea


def test_every_commune_has_a_counter_and_a_second_load_adds_none(cast: Cast) -> None:
    make_procedure(SINGLE, "Cấp Giấy xác nhận tình trạng hôn nhân")
    assert load_counters() == 4  # the province and three communes of today
    assert load_counters() == 0
    for unit in Unit.objects.current():
        with unit_scope(unit):
            assert Counter.objects.filter(is_main=True).count() == 1
    with unit_scope(cast.a.unit):
        assert LocalAnswer.objects.count() == 1
        assert Counter.objects.count() == 2
    with unit_scope(cast.province):
        assert all("(số minh họa)" in fee.resolution for fee in LocalFee.objects.all())
        assert LocalFee.objects.count() == 3
    assert set(UnitArea.objects.values_list("unit__code", flat=True)) == {"19900", "19945", "19774"}


def test_the_page_names_today_and_the_fee_to_come(cast: Cast) -> None:
    make_procedure(SINGLE, "Cấp Giấy xác nhận tình trạng hôn nhân")
    load_counters()
    html = body_of(visit(cast.a.host, f"/dich-vu-cong/{SINGLE}/noi-nop/"))
    assert "15.000 đồng" in html
    assert "Từ 01/01/2027:" in html
    assert "Bàn hộ tịch, tầng một (minh họa)" in html
