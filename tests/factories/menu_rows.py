"""Rows of the menu: procedures of several fields and levels, life events; one catalogue, as in life."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.models import Field, LifeEvent, LifeEventProcedure, Procedure
from tests.factories.procedure_rows import BIRTH, make_procedure

SINGLE = "1.004873"
LAND = "1.012784"
LONG_NAME = "Thủ tục " + "giao đất, cho thuê đất, chuyển mục đích sử dụng đất " * 20


def birth() -> Procedure:
    """Birth registration at the commune, with everyday names, in “Nhiều người cần”."""
    row = Procedure.objects.filter(code=BIRTH).first() or make_procedure()
    Procedure.objects.filter(pk=row.pk).update(everyday_names="làm giấy khai sinh\nkhai sinh cho con", often_order=10)
    row.refresh_from_db()
    return row


def single() -> Procedure:
    """The certificate of being single, at the commune."""
    found = Procedure.objects.filter(code=SINGLE).first()
    name = "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"
    return found or make_procedure(SINGLE, name, everyday_names="giấy độc thân")


def land() -> Procedure:
    """Dividing a plot: the province's, no commune takes it; in a field that communes have too."""
    found = Procedure.objects.filter(code=LAND).first()
    more = {"field": "Đất đai", "at_commune": False, "at_province": True, "for_business": True}
    return found or make_procedure(LAND, "Tách thửa hoặc hợp thửa đất", everyday_names="tách thửa đất", **more)


def quarrel() -> Procedure:
    """Conciliation of a quarrel about land: the commune's part of the field."""
    found = Procedure.objects.filter(code="1.012812").first()
    return found or make_procedure("1.012812", "Hòa giải tranh chấp đất đai", field="Đất đai")


def childbirth(number: int = 2) -> LifeEvent:
    """The event “Sinh con” with birth registration and more."""
    event, _made = LifeEvent.objects.get_or_create(
        slug="sinh-con",
        defaults={"name": "Sinh con", "summary": "Khai sinh, thẻ bảo hiểm", "icon": "baby", "order": 10},
    )
    for place, row in enumerate([birth(), single()][:number], 1):
        LifeEventProcedure.objects.get_or_create(
            event=event, procedure=row, defaults={"note": f"Khi nào {place}", "order": place * 10}
        )
    return event


def menu_rows() -> LifeEvent:
    """Everything that the menu's pages show; made when first asked for."""
    land()
    quarrel()
    return childbirth()


def field_named(name: str) -> Field:
    """A field by its name."""
    return Field.objects.get(name=name)


def plan_file(folder: Path, **changes: Any) -> Path:
    """A shipped list of one event, as services/data/menu.json is made; ``changes`` replace its parts."""
    event = {
        "slug": "sinh-con", "name": "Sinh con", "icon": "baby", "audience": "nguoi-dan", "summary": "Khai sinh",
        "intro": "Trong 60 ngày.", "procedures": [[BIRTH, "Khi làm giấy khai sinh"], [SINGLE, "Khi kết hôn"]],
    }  # fmt: skip
    plan = {"events": [event], "names": {BIRTH: ["làm giấy khai sinh"], SINGLE: ["giấy độc thân"]}, "often": [BIRTH]}
    path = folder / "menu.json"
    path.write_text(json.dumps({**plan, **changes}, ensure_ascii=False), encoding="utf-8")
    return path
