"""Procedures of the one catalogue as the import leaves them, and what a house adds: a counter with its own words."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.core.tenancy import unit_scope
from services.models import Counter, Field, MistakeReport, Procedure
from tests.factories.cast import House

BIRTH = "1.001193"
BIRTH_NAME = "Thủ tục đăng ký khai sinh"

SOURCE = {
    "code": BIRTH, "name": BIRTH_NAME, "field": "Hộ tịch", "agency_level": "Cấp xã",
    "steps": "- Nộp hồ sơ\n- Nhận kết quả", "time_limit": "Trực tiếp: 1 (đơn vị không ghi)", "fee": "Trực tiếp: Miễn phí",
    "documents": "Giấy chứng sinh", "conditions": "Không có thông tin",
}  # fmt: skip


def _paper(words: str, originals: int | None = 1, copies: int | None = 0) -> dict[str, Any]:
    return {"words": words, "originals": originals, "copies": copies}


def birth_papers() -> list[dict[str, Any]]:
    """Two groups to bring and one of notes, as services.importing reads them."""
    return [
        {
            "title": "Giấy tờ phải nộp",
            "papers": [_paper("Tờ khai đăng ký khai sinh theo mẫu."), _paper("Giấy chứng sinh.", 1, 2)],
            "is_note": False,
        },
        {"title": "Giấy tờ phải xuất trình", "papers": [_paper("Thẻ căn cước của người đi làm.")], "is_note": False},
        {"title": "Lưu ý", "papers": [_paper("Ông bà đi thay không cần giấy ủy quyền.", None, None)], "is_note": True},
    ]


def make_procedure(code: str = BIRTH, name: str = BIRTH_NAME, **more: Any) -> Procedure:
    """One procedure of a commune's; ``more`` replaces columns, ``field`` is a field's name."""
    field_name = more.pop("field", "Hộ tịch")
    field = Field.objects.filter(name=field_name).first() or Field.objects.create(name=field_name)
    columns: dict[str, Any] = {
        "at_commune": True, "for_people": True, "channels": ["ONLINE", "DIRECT"], "valid_from": date(2026, 1, 5),
        "checked_on": date(2026, 11, 20), "fingerprint": "0" * 64, "source": {**SOURCE, "code": code, "name": name},
        "steps": [{"title": "Nộp hồ sơ", "words": "Tại quầy hoặc trên mạng."}, {"title": "", "words": "Nhận kết quả."}],
        "papers": birth_papers(), "result": "Giấy khai sinh", "decision_number": "163/QĐ-BTP",
        "times": [
            {"words": "1 (nguồn không ghi đơn vị)", "channel": channel, "number": 1.0, "unit": ""}
            for channel in ("ONLINE", "DIRECT")
        ],
        "fees": [{"words": "Miễn phí", "kind": "FREE", "channel": "DIRECT", "amount": None}],
        "bases": [{"number": "123/2015/NĐ-CP", "title": "Nghị định hướng dẫn Luật Hộ tịch"}],
        "source_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/mau",
    }  # fmt: skip
    return Procedure.objects.create(code=code, name=name, field=field, **{**columns, **more})


def procedure_of(house: House) -> Procedure:
    """Birth registration, and the house's own counter for it; made when first asked for."""
    with unit_scope(house.unit):
        if not Counter.objects.filter(is_main=True).exists():
            words = f"{house.marker} {house.word}"
            Counter.objects.create(
                name=f"Trung tâm một cửa {words}", address=f"Số 2 {words}", hours=f"7:30 – 11:30 {words}", is_main=True,
                phone="0234 300 0001",
            )  # fmt: skip
    return Procedure.objects.filter(code=BIRTH).first() or make_procedure()


def mistakes_of(house: House | None, unit: Any = None) -> list[MistakeReport]:
    """What was reported to a house, or to any unit, oldest first."""
    with unit_scope(house.unit if house else unit):
        return list(MistakeReport.objects.order_by("pk"))
