"""Notices of a district or old commune while it was still working (plans of before July 2025)."""

from __future__ import annotations

from portal.pages.demo.units_facts import UnitFacts
from portal.pages.demo.wording import choose

from .draft import Draft
from .past import parent

_HOURS = (
    ("Giờ nhận hồ sơ tại {u}", "{U} nhận hồ sơ sáng 7:30 – 11:30, chiều 13:30 – 17:00, Thứ Hai đến Thứ Sáu."),
    (
        "{U} tiếp công dân sáng Thứ Năm",
        "Lãnh đạo {u} tiếp công dân tại trụ sở từ 8:00. Người đến nên mang bản sao giấy tờ liên quan.",
    ),
    (
        "Bộ phận một cửa của {u} làm việc thế nào",
        "Bạn lấy số, nộp giấy, nhận giấy hẹn ở {u}. Trễ hẹn thì có thư xin lỗi.",
    ),
    ("Nộp hồ sơ trên mạng cho {u}", "Chọn {p} rồi chọn {u} trên Cổng Dịch vụ công. Ảnh chụp giấy tờ cần rõ bốn góc."),
    (
        "{U}: gặp ai, việc gì",
        "- Hộ tịch, chứng thực của {u}: bàn 1.\n- Đất đai, xây dựng: bàn 2.\n- Chính sách xã hội: bàn 3.",
    ),
    (
        "Góp ý cho {u} bằng cách nào",
        "Thùng thư trước cửa {u} mở mỗi chiều Thứ Sáu. Ai cần trả lời thì ghi tên và số điện thoại.",
    ),
)
_WATCH = (
    ("{U} rà hộ cần giúp khi mưa lớn", "Tổ của {u} ghi tên nhà có người già, người bệnh, trẻ nhỏ để đón trước."),
    ("Dọn vệ sinh sáng Thứ Bảy ở {u}", "{U} mời mỗi nhà một người, mang chổi, bắt đầu 6:30."),
    ("Tiêm phòng cho trẻ ở {u}", "Trạm y tế của {u} tiêm vào ngày 10 hằng tháng. Mang sổ của bé."),
    ("{U} nhắc đóng chuồng, tiêm vắc-xin chó", "Thú y của {u} đi từng xóm. Chó thả rông bị nhắc tên trên loa."),
)


def old_unit_drafts(unit: UnitFacts) -> list[tuple[Draft, str]]:
    """Two short items with the category each belongs to."""
    slots = {"u": unit.low, "U": unit.name, "p": parent(unit).low}
    found = []
    for kind, pool, section in (("hours", _HOURS, "thong-bao"), ("watch", _WATCH, "tin-dia-phuong")):
        title, body = choose(pool, unit.slug, kind)
        text = body.format(**slots)
        found.append(
            (Draft(title.format(**slots), text.split("\n")[0].lstrip("- "), text, "paper" if kind == "hours" else "lotus",
                   ("thông báo", unit.bare), f"Việc của {unit.low}. Tranh minh họa.", f"old-{kind}-{unit.slug}",
                   unit.name), section)
        )  # fmt: skip
    return found
