"""Counters, local answers and local fees of the demo: addresses and hours of each site, everything else invented and marked.

Thuận An and Phú Xuân answer differently for the same procedures, so that the local answer can be seen to be local.
"""

import json
from datetime import date
from pathlib import Path
from typing import Final

from portal.core.tenancy import unit_scope
from portal.pages.demo.plan import COMMUNE_FROM
from services.actions.local import save_answer, save_counter, save_fee
from services.enums import Channel, Load
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from units.actions import keep_rings
from units.enums import UnitKind
from units.models import Site, Unit, UnitArea

AREAS: Final = Path(__file__).parent / "data" / "areas.json"
NOTE: Final = "Nơi và giờ minh họa: gọi trước khi đến."
# Mondays and the day before rest are busy in every office; the quiet halves differ from unit to unit.
_PATTERNS: Final = (("2-pm", "3-pm", "4-am"), ("3-am", "4-pm"), ("2-am", "4-am", "5-pm"))
BIRTH, SINGLE, COPY = "1.001193", "1.004873", "2.000815"
_DESKS: Final = {
    "thuan-an": ("Bàn hộ tịch, tầng một (minh họa)", "Công chức tư pháp – hộ tịch, bàn 1"),
    "phu-xuan": ("Quầy số 3 và số 4 (minh họa)", "Công chức tư pháp – hộ tịch, quầy 3"),
}
_NOTES: Final = {
    "thuan-an": {
        BIRTH: "Nhà ở xa phá thì gọi trước, cán bộ hẹn giờ và nhận cả chiều Thứ Sáu tại nhà sinh hoạt cộng đồng (minh họa).",
        SINGLE: "Từng đăng ký thường trú nơi khác thì mang giấy xác nhận của nơi ấy, đỡ phải chờ xác minh.",
        COPY: "Một lần chứng thực nhiều nhất 50 bản. Nhiều hơn thì hẹn lấy hôm sau (minh họa).",
    },
    "phu-xuan": {
        BIRTH: "Sinh tại bệnh viện thì giấy chứng sinh điện tử đã có ở đây, không cần mang bản giấy (minh họa).",
        SINGLE: "Nhận trên mạng cả tuần; đến quầy thì lấy số ở cửa chính (minh họa).",
        COPY: "Chứng thực lấy ngay trong buổi, trừ Thứ Hai rất đông.",
    },
}
CITY_RESOLUTION: Final = "00/2025/NQ-HĐND (số minh họa)"
NEXT_RESOLUTION: Final = "00/2026/NQ-HĐND (số minh họa)"
NEXT: Final = date(2027, 1, 1)


def load_areas() -> int:
    """Keep where each commune of today lies; returns how many were new."""
    known = set(UnitArea.objects.values_list("unit__code", flat=True))
    areas: dict[str, list[list[int]]] = json.loads(AREAS.read_text(encoding="utf-8"))
    # The codes were used before, with another meaning (19753 was Phường Thuận Lộc).
    units = Unit.objects.current().filter(
        kind=UnitKind.COMMUNE, code__in=set(areas) - known, valid_from__gte=COMMUNE_FROM
    )
    return sum(keep_rings(unit=unit, rings=areas[unit.code]) for unit in units)


def load_counters() -> int:
    """A main counter for the province and every commune of today, then what differs; returns how many counters were made.

    Answers and fees need the catalogue: without it they wait for the next load.
    """
    load_areas()
    made = 0
    for number, unit in enumerate(Unit.objects.current().filter(kind__in=(UnitKind.PROVINCE, UnitKind.COMMUNE))):
        with unit_scope(unit):
            if not Counter.objects.exists():
                save_counter(counter=_main_counter(unit, number))
                made += 1
            if unit.slug in _DESKS and not LocalAnswer.objects.exists():
                _answers(unit)
            if not LocalFee.objects.exists():
                _fees(unit)
    return made


def _main_counter(unit: Unit, number: int) -> Counter:
    site = Site.objects.of_current_unit()
    loads = {f"1-{half}": Load.BUSY.value for half in ("am", "pm")}
    loads |= dict.fromkeys(_PATTERNS[number % len(_PATTERNS)], Load.QUIET.value)
    loads = {f"{day}-{half}": Load.NORMAL.value for day in range(1, 6) for half in ("am", "pm")} | loads
    place = f"{unit.name[:1].lower()}{unit.name[1:]}"
    return Counter(
        name=f"Trung tâm Phục vụ hành chính công {place}", address=site.address, hours=site.hours, phone=site.phone,
        notes=NOTE, loads=loads, is_main=True,
    )  # fmt: skip


def _answers(unit: Unit) -> None:
    procedures = {row.code: row for row in Procedure.objects.filter(code__in=(BIRTH, SINGLE, COPY))}
    if not procedures:
        return
    desk, officer = _DESKS[unit.slug]
    main = Counter.objects.for_page()[0]
    counter = save_counter(
        counter=Counter(name=desk, address=main.address, hours=main.hours, phone=main.phone, loads=main.loads, order=1)
    )
    for code, notes in _NOTES[unit.slug].items():
        if code in procedures:
            row = LocalAnswer(procedure=procedures[code], counter=counter, officer_post=officer, notes=notes)
            save_answer(answer=row)


def _fees(unit: Unit) -> None:
    """The city's fees for all, one that changes at New Year; one ward that has its own."""
    procedures = {row.code: row for row in Procedure.objects.filter(code__in=(SINGLE, COPY))}
    if unit.kind == UnitKind.PROVINCE and SINGLE in procedures:
        common = {"procedure": procedures[SINGLE], "per": "một bản", "reaches_all": True}
        direct = {**common, "channel": Channel.DIRECT}
        save_fee(fee=LocalFee(amount=15_000, resolution=CITY_RESOLUTION, valid_from=COMMUNE_FROM, **direct))
        save_fee(fee=LocalFee(amount=8_000, resolution=NEXT_RESOLUTION, valid_from=NEXT, **direct))
        online = {**common, "channel": Channel.ONLINE}
        save_fee(fee=LocalFee(amount=0, resolution=CITY_RESOLUTION, valid_from=COMMUNE_FROM, **online))
    if unit.slug == "phu-xuan" and SINGLE in procedures:
        own = LocalFee(
            procedure=procedures[SINGLE], amount=10_000, per="một bản", resolution="00/2026/NQ-HĐND (số minh họa)",
            valid_from=date(2026, 7, 1),
        )  # fmt: skip
        save_fee(fee=own)
