"""History pages, and everything on the sites of units that have closed."""

from __future__ import annotations

from functools import cache

from portal.pages.demo.plan import COMMUNE, DEPARTMENT, PROVINCE, PagePlan
from portal.pages.demo.units_facts import UnitFacts, all_units, load, successions
from portal.pages.demo.wording import capital, choose, listed, lower_first, number, numeric

from .draft import Draft, paragraphs


@cache
def _by_key() -> dict[object, UnitFacts]:
    return {unit.key: unit for unit in all_units()}


def predecessors(unit: UnitFacts) -> list[UnitFacts]:
    """Units that `unit` took over in full."""
    return [_by_key()[old] for old, new, extent in successions() if new == unit.key and extent == "full"]


def successors(unit: UnitFacts) -> list[UnitFacts]:
    """Units that took over `unit`, in full or in part."""
    return [_by_key()[new] for old, new, _ in successions() if old == unit.key]


def parent(unit: UnitFacts) -> UnitFacts:
    """The unit above; the city itself has none."""
    return _by_key()[unit.parent]


def districts_of(unit: UnitFacts) -> list[UnitFacts]:
    """Former districts on the ground of a commune of today."""
    return list({parent(old).key: parent(old) for old in predecessors(unit)}.values())


def history_page(unit: UnitFacts) -> str:
    """How the unit came to be."""
    if unit.kind == PROVINCE:
        return paragraphs(
            "Thừa Thiên Huế trở thành thành phố Huế, trực thuộc Trung ương, từ ngày 01/01/2025.",
            "## Các mốc\n\n- 01/01/2025: thành phố Huế có 9 quận, thị xã, huyện và 133 phường, xã, thị trấn.\n"
            "- 01/3/2025: các sở được sắp xếp lại.\n- 01/7/2025: bỏ cấp huyện, còn 21 phường và 19 xã.",
            "Mã tỉnh 46 không đổi. Tên cũ của từng phường, xã tra được ở mục [Phường, xã](/phuong-xa/).",
        )
    olds = predecessors(unit)
    if unit.kind == DEPARTMENT:
        return _department_history(unit, olds)
    rows = "\n".join(f"| {old.name} | {old.code} | {parent(old).name} |" for old in olds)
    opening = choose(
        (f"{unit.name} được thành lập ngày 01/7/2025 theo Nghị quyết số 1675/NQ-UBTVQH15.",
         f"Ngày 01/7/2025, {listed([old.low for old in olds])} thành {unit.low}.",
         f"Trước tháng 7/2025, đất {unit.low} hôm nay thuộc {listed([item.low for item in districts_of(unit)])}."),
        unit.slug, "history") if len(olds) > 1 else (
        f"{unit.name} giữ nguyên địa giới của {olds[0].low} và đổi cấp quản lý từ ngày 01/7/2025.")  # fmt: skip
    renamed = load("units.json")["renamed_2025_01"]
    before = [f"{old.name} trước ngày 01/01/2025 là {renamed[old.code]}." for old in olds if old.code in renamed]
    return paragraphs(
        opening, f"! Đơn vị cũ của {unit.low}\n| Tên đến 30/6/2025 | Mã | Thuộc |\n{rows}", " ".join(before),
        f"Mã của {unit.low} là {unit.code}, diện tích {number(unit.area or 0)} km².",
    )  # fmt: skip


def _department_history(unit: UnitFacts, olds: list[UnitFacts]) -> str:
    if not olds:
        return paragraphs(
            f"{capital(unit.low)} làm việc ở cấp thành phố từ ngày 01/01/2025, khi Huế trực thuộc Trung ương.",
            "Đợt sắp xếp tháng 3/2025 không làm đổi tên cơ quan này.",
        )
    items = "\n".join(f"- {old.name} (đến {numeric(old.valid_to) if old.valid_to else ''})" for old in olds)
    return paragraphs(
        f"{unit.name} hoạt động từ ngày 01/3/2025, tiếp nhận chức năng của các cơ quan sau:", items,
        f"Văn bản của cơ quan trước còn hiệu lực vẫn áp dụng; hỏi {unit.low} khi cần bản sao.",
    )  # fmt: skip


_ARCHIVE = (
    ("Trang lưu trữ: {U}", "{U} có từ {from} đến {to}. {h}"),
    ("{U} trong ba dòng", "Mã {c}, thuộc {p}. Kết thúc ngày {to}. {h}"),
    ("{U} đã nhập vào đâu", "{h} Trước đó đơn vị này thuộc {p}, mã {c}, đến hết {to}."),
    ("Ghi lại về {u}", "Từ {from}, {u} là một phần của {p}. Ngày cuối làm việc là {to}. {h}"),
    ("Tìm hồ sơ của {u} ở đâu", "Hồ sơ của {u} (mã {c}) lưu tại nơi tiếp nhận. {h} Mốc chuyển giao: {to}."),
    ("{U}, tên gọi đến {to}", "Tên này dùng trong giấy tờ đến {to}. Sau ngày ấy, {h2}"),
    ("Người ở {u} nay đến đâu làm giấy tờ", "{h} Số nhà, tên thôn, tên đường không đổi. {U} thuộc {p} đến {to}."),
    ("Mốc thời gian của {u}", "- {from}: {u} (mã {c}) thuộc {p}.\n- {to}: ngày cuối.\n- Sau đó: {h2}"),
    ("{U} cũ và đơn vị hôm nay", "| Mục | Nội dung |\n| Mã cũ | {c} |\n| Cấp trên | {p} |\n| Đến ngày | {to} |\n\n{h}"),
    ("Chào từ trang của {u}", "Trang này không cập nhật nữa từ {to}. {h} Bài cũ vẫn đọc được, địa chỉ giữ nguyên."),
    ("{U}: hỏi nhanh, đáp nhanh", "## Còn hoạt động không?\n\nKhông, từ sau {to}.\n\n## Nay là đâu?\n\n{h}"),
    ("Dấu mốc {to} của {u}", "Hết ngày {to}, con dấu của {u} ngừng dùng. {h} Mã {c} đã đóng cùng ngày."),
)


_RENEWED = ("{U} trước tháng 3/2025: trang lưu trữ", "Trang này giữ bài của {u} đến {to}. {h}")


def _archive_slots(unit: UnitFacts) -> dict[str, str]:
    names = [item.name if item.kind == DEPARTMENT else item.low for item in successors(unit)]
    heirs = listed(names)
    same = unit.kind == DEPARTMENT and names == [unit.name]
    fate = (
        f"Từ ngày 01/3/2025, {unit.name} được tổ chức lại, nhận thêm phần việc của cơ quan khác và giữ tên cũ." if same else
        f"Địa bàn của {unit.low} nay thuộc {heirs}." if unit.kind not in (DEPARTMENT, COMMUNE)
        else f"Phần việc của {unit.name} nay do {heirs} làm." if unit.kind == DEPARTMENT
        else f"{unit.name} nay là một phần của {heirs}." if successors(unit)[0].bare != unit.bare
        else f"{unit.name} đã thuộc {heirs} mới."
    )  # fmt: skip
    above = parent(unit)
    return {
        "U": unit.name, "u": unit.name if unit.kind == DEPARTMENT else unit.low, "c": unit.code, "h": fate,
        "h2": lower_first(fate), "p": above.low,
        "from": numeric(unit.valid_from), "to": numeric(unit.valid_to) if unit.valid_to else "",
    }  # fmt: skip


def archive_draft(unit: UnitFacts, number_in_row: int) -> Draft:
    """The one archive article of a closed unit."""
    renewed = unit.kind == DEPARTMENT and successors(unit)[0].name == unit.name
    title, body = _RENEWED if renewed else _ARCHIVE[number_in_row % len(_ARCHIVE)]
    slots = _archive_slots(unit)
    return Draft(
        title=capital(title.format(**slots)), summary=slots["h"], body=body.format(**slots), scene="paper",
        tags=("lưu trữ", "sắp xếp đơn vị"), caption=f"Hồ sơ của {slots['u']}. Tranh minh họa.",
        ref=f"archive-{unit.slug}", source="Cổng thông tin thành phố Huế",
    )  # fmt: skip


def closed_page(unit: UnitFacts) -> PagePlan:
    """The about page of a closed unit: what it was, until when, which unit now."""
    slots = _archive_slots(unit)
    members = [item for item in all_units() if item.parent == unit.key]
    inner = f"## Gồm có\n\n{listed([item.name for item in members])}." if members else ""
    opening = choose(
        ("{U} là đơn vị thuộc {p}, mã {c}.", "Mã {c} từng là mã của {u}, thuộc {p}.", "{U} (mã {c}) làm việc từ {from} đến {to}."),
        unit.slug, "closed").format(**slots)  # fmt: skip
    body = paragraphs(opening, f"Đơn vị kết thúc ngày {slots['to']}. {slots['h']}", inner)
    return PagePlan("gioi-thieu-chung", f"{unit.name}: thông tin lưu trữ", body, 0)


def old_unit_page(unit: UnitFacts) -> tuple[PagePlan, ...]:
    """Pages of a district or commune while it was still in force (a plan of before July 2025)."""
    members = [item for item in all_units() if item.parent == unit.key and item.kind == COMMUNE]
    inner = f"## Các phường, xã, thị trấn\n\n{listed([item.name for item in members])}." if members else ""
    above = parent(unit)
    text = choose(
        (f"{unit.name} thuộc {above.low}, mã đơn vị {unit.code}.", f"Mã {unit.code} là mã của {unit.low}, thuộc {above.low}."),
        unit.slug, "old")  # fmt: skip
    return (PagePlan("gioi-thieu-chung", f"{unit.name}: giới thiệu chung", paragraphs(text, inner), 0),)
