"""Pages under /gioi-thieu/ of the city, departments and communes of today."""

from __future__ import annotations

from portal.pages.demo.plan import COMMUNE, PROVINCE, PagePlan
from portal.pages.demo.sites import address, email, phone, profile
from portal.pages.demo.units_facts import UnitFacts
from portal.pages.demo.wording import INVENTED, capital, choose, lower_first, number, person

from .draft import paragraphs
from .festivals import festivals
from .geography import map_page
from .heritage import monuments
from .past import history_page

_DUTY_OPEN = (
    "{U} làm những việc sau đây theo Luật Tổ chức chính quyền địa phương.", "Việc của {u}, nói gọn trong một trang.",
    "Bạn cần biết {u} lo việc gì, để gõ đúng cửa.", "Trang này liệt kê phần việc của {u} và nơi tiếp nhận.",
    "Từ 01/7/2025, {u} nhận thêm nhiều việc trước kia của cấp huyện.",
)  # fmt: skip
_DUTIES = (
    ("Giấy tờ của người dân", "khai sinh, kết hôn, khai tử, chứng thực, xác nhận tình trạng hôn nhân"),
    ("Đất đai, xây dựng", "cấp phép nhà ở riêng lẻ, xác nhận đất, hòa giải tranh chấp"),
    ("Chính sách xã hội", "người có công, hộ nghèo, người cao tuổi, trẻ em, người khuyết tật"),
    ("Kinh tế", "hộ kinh doanh, hợp tác xã, chợ, thu chi ngân sách"),
    ("Văn hóa, giáo dục, y tế", "trường mầm non đến trung học cơ sở, trạm y tế, lễ hội, di tích"),
    ("An toàn", "phòng chống thiên tai, cháy nổ, trật tự đường phố, đường làng"),
    ("Tiếp dân", "nhận phản ánh, kiến nghị, khiếu nại, tố cáo"),
)
_STAFF = (
    "Đứng đầu là Chủ tịch, có các Phó Chủ tịch giúp việc.",
    "Bộ máy {u} gồm lãnh đạo, các phòng và trung tâm.",
    "{U} có Hội đồng nhân dân, Ủy ban nhân dân và các đơn vị giúp việc.",
    "Bộ máy của {u} gọn trong mấy bộ phận dưới đây.",
)


def _duties(unit: UnitFacts) -> str:
    slots = {"U": capital(unit.low), "u": unit.low}
    opening = choose(_DUTY_OPEN, unit.slug, "duty").format(**slots)
    start = int(unit.code) % len(_DUTIES)
    turned = _DUTIES[start:] + _DUTIES[:start]
    work = profile(unit)["work"]
    if start % 2:
        rows = "\n".join(f"| {name} | {what} |" for name, what in turned)
        return paragraphs(opening, f"| Lĩnh vực | Việc cụ thể |\n{rows}", f"Nghề chính trên địa bàn là {work}.")
    items = "\n".join(f"- **{name}:** {what}." for name, what in turned)
    return paragraphs(
        opening, items, f"Người {unit.bare} sống nhiều bằng {work}, nên phần việc liên quan được ưu tiên."
    )


def _department_duties(unit: UnitFacts) -> str:
    lines = [line.strip() for line in profile(unit)["duty"].split(";")]
    opening = choose(
        (f"{unit.name} có các nhiệm vụ chính sau.", f"Phần việc của {unit.low} gồm {len(lines)} nhóm.",
         f"Khi nào bạn cần đến {unit.low}? Xem danh sách dưới đây."), unit.slug, "duty")  # fmt: skip
    items = "\n".join(f"- {line}." for line in lines)
    return paragraphs(opening, items, "Thủ tục cụ thể xem ở mục [Dịch vụ công](/dich-vu-cong/).")


def _structure(unit: UnitFacts) -> str:
    slots = {"U": capital(unit.low), "u": unit.low}
    if unit.kind != COMMUNE:
        rooms = [pair.split(" = ") for pair in profile(unit)["contacts"].split("; ")]
        rows = "\n".join(f"| {what} | {where} |" for what, where in rooms)
        return paragraphs(
            f"{capital(unit.low)} gồm lãnh đạo, văn phòng và các phòng chuyên môn {INVENTED}.",
            f"| Việc | Nơi phụ trách |\n{rows}",
        )
    opening = choose(_STAFF, unit.slug, "staff").format(**slots)
    heads = ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Phòng Kinh tế" if unit.type_name == "Xã" else
             "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội", "Trung tâm Phục vụ hành chính công",
             "Trạm y tế", "Ban Chỉ huy quân sự")  # fmt: skip
    groups = "thôn" if unit.type_name == "Xã" else "tổ dân phố"
    items = "\n".join(f"{index}. {head}" for index, head in enumerate(heads, 1))
    return paragraphs(
        opening, f"## Các phòng\n\n{items}",
        f"## Dưới cơ sở\n\nMỗi {groups} của {unit.low} có người đứng đầu và tổ công tác. Tên và số điện thoại treo ở nhà sinh hoạt.",
    )  # fmt: skip


def _leaders(unit: UnitFacts) -> str:
    if unit.kind == COMMUNE:
        posts: tuple[str, ...] = (
            "Chủ tịch Ủy ban nhân dân",
            "Phó Chủ tịch phụ trách kinh tế",
            "Phó Chủ tịch phụ trách văn hóa, xã hội",
        )
        posts += ("Giám đốc Trung tâm Phục vụ hành chính công",)
    elif unit.kind == PROVINCE:
        posts = ("Chủ tịch Ủy ban nhân dân", "Phó Chủ tịch phụ trách kinh tế", "Phó Chủ tịch phụ trách đô thị",
                 "Phó Chủ tịch phụ trách văn hóa, xã hội", "Chánh Văn phòng")  # fmt: skip
    else:
        posts = ("Người đứng đầu", "Cấp phó thứ nhất", "Cấp phó thứ hai")
    day = choose(("Thứ Năm", "Thứ Ba", "Thứ Tư", "Thứ Sáu"), unit.slug, "reception")
    rows = "\n".join(f"| {post} | {person(unit.slug, post)} |" for post in posts)
    return paragraphs(
        "Ảnh, tiểu sử, điện thoại và lịch của từng người: xem trang [Lãnh đạo](/lanh-dao/). "
        "Cần gọi cho ai khác: xem [Danh bạ](/danh-ba/).",
        f"Danh sách dưới đây là dữ liệu minh họa của Cổng, không phải lãnh đạo thật của {unit.low}.",
        f"| Chức vụ | Họ và tên |\n{rows}",
        f"Lịch tiếp công dân {INVENTED}: sáng {day} hằng tuần, từ 8:00, tại trụ sở {unit.low}.",
    )


def _contact(unit: UnitFacts) -> str:
    opening = choose(
        (f"Cần gặp {unit.low}, bạn dùng một trong bốn cách.", f"Các cách liên hệ với {unit.low}.",
         f"{capital(unit.low)} trả lời trong giờ làm việc.", f"Gọi, viết hay đến {unit.low}: thông tin ở đây."),
        unit.slug, "contact")  # fmt: skip
    return paragraphs(
        opening,
        f"- **Đến tận nơi:** {address(unit)}\n- **Gọi:** {phone(unit)}\n- **Thư điện tử:** {email(unit)}"
        f"{'' if unit.kind == PROVINCE else ' (địa chỉ minh họa)'}\n- **Gửi phản ánh:** [mục Phản ánh](/phan-anh/)",
        "Giờ làm việc: sáng 7:30 – 11:30, chiều 13:30 – 17:00, Thứ Hai đến Thứ Sáu.",
        "Đang nguy hiểm: gọi 113 (công an), 114 (cháy, cứu nạn), 115 (cấp cứu).",
    )


def _sights(unit: UnitFacts) -> str:
    places = [item.name for item in monuments() if item.code == unit.code][:8]
    feasts = [lower_first(item.name) for item in festivals() if item.code == unit.code][:5]
    lines = [f"- {name}" for name in places] + [f"- {capital(name)}" for name in feasts]
    if not lines:
        return ""
    return "## Nơi nên biết\n\n" + "\n".join(lines) if unit.kind == COMMUNE else ""


def about_pages(unit: UnitFacts) -> tuple[PagePlan, ...]:
    """The about pages of a unit of today, in the order of the menu."""
    commune = unit.kind == COMMUNE
    intro = profile(unit)["intro"].replace("{area}", number(unit.area or 0))
    pages = [
        PagePlan("gioi-thieu-chung", f"{capital(unit.low)}: giới thiệu chung", paragraphs(intro, _sights(unit)), 0),
        PagePlan(
            "chuc-nang-nhiem-vu", "Chức năng, nhiệm vụ", _duties(unit) if commune else _department_duties(unit), 1
        ),
        PagePlan("co-cau-to-chuc", "Cơ cấu tổ chức", _structure(unit), 2),
        PagePlan("lich-su-hinh-thanh", "Lịch sử hình thành", history_page(unit), 3),
        PagePlan("lanh-dao", "Lãnh đạo", _leaders(unit), 4),
        PagePlan("lien-he", "Liên hệ", _contact(unit), 6),
    ]
    if commune:
        pages.insert(5, PagePlan("ban-do", "Bản đồ, địa lý", map_page(unit), 5))
    return tuple(pages)
