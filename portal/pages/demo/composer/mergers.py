"""Articles on what became of the old communes: one per commune of today, in many wordings."""

from __future__ import annotations

from portal.pages.demo.units_facts import UnitFacts
from portal.pages.demo.wording import capital, choose, listed, lower_first, number

from .draft import Draft, paragraphs
from .festivals import tidy_lines

NATIONAL = "Nghị quyết số 1675/NQ-UBTVQH15"
# Slots: U u b unit; O olds with types, o bare olds, k how many, D old districts, x one old name, A area, c code, V neighbours
FORMS = (
    ("Nhà ở {o1} cũ, nay ghi địa chỉ là gì", "Từ 01/7/2025, {O} thuộc {u}.",
     "Câu trả lời ngắn: ghi “{U}, thành phố Huế”.\n\n## Ghi thế nào\n\nSố nhà, tên đường, thôn hoặc tổ dân phố ở {u} giữ nguyên. Chỉ đổi "
     "phần tên xã, phường và bỏ tên {D}.\n\n| Trước 01/7/2025 | Từ 01/7/2025 |\n{rows}\n\nGiấy tờ đã cấp mang tên "
     "{o1} vẫn có giá trị khi còn hạn."),
    ("{k} đơn vị cũ làm nên {u}", "{O} đã nhập lại thành {u}.",
     "{law}\n\n{U} rộng {A} km². Trước đó nơi này là:\n\n{list}\n\nCông việc của {D} không còn cấp trung gian, nên người "
     "{b} nộp hồ sơ thẳng ở {u} hoặc ở thành phố.\n\n{road}"),
    ("Sổ đỏ ghi {x1} có phải đổi không", "Không bắt buộc. Người {b} đổi khi có việc khác về đất.",
     "Nhiều người ở {u} hỏi câu này sau khi {O} nhập lại.\n\n> Sổ ghi {x1} vẫn dùng được. Khi tách thửa, sang tên "
     "hoặc thế chấp thì làm luôn một thể.\n\n## Những giấy tờ khác ở {b}\n\n- Căn cước: đổi khi hết hạn hoặc khi muốn.\n"
     "- Giấy khai sinh: giữ nguyên nơi đăng ký cũ là {x1}.\n- Hộ kinh doanh: cập nhật khi thay đổi nội dung khác.\n\n{law}"),
    ("Mã đơn vị của {u} là {c}", "Mã {c} dùng khi khai trực tuyến và trong hóa đơn.",
     "Ô “phường, xã” trên biểu mẫu điện tử cần chọn {U}, mã {c}.\n\n{reuse}\n\nCác mã của {O} đã đóng cuối ngày 30/6/2025. "
     "Phần mềm cũ còn hiện tên cũ thì chọn tên mới, hoặc gọi {u} để được giúp."),
    ("Tìm người quen ở {x1} thì tìm vào đâu", "{X1} nay thuộc {u}.",
     "Người đi xa về {b} hay nhớ tên cũ. Danh sách để tra nhanh:\n\n{list}\n\nTất cả nay là {u}. Trong ô tìm của Cổng, gõ "
     "“{o1}” cũng ra trang này.\n\n{V}\n\n{road}"),
    ("Từ {D} đến {u}: những mốc cần nhớ", "{law}",
     "1. Đến hết 30/6/2025: {O} thuộc {D}.\n2. Từ 01/7/2025: {u} hoạt động, rộng {A} km².\n3. Hiện nay: hồ sơ cũ của "
     "{o1} lưu tại {u}.\n\n{V}\n\nCần bản sao giấy tờ {x1} đã cấp, bạn nêu năm cấp để tìm nhanh."),
    ("{U} giáp những đâu", "{V}",
     "{V}\n\nDiện tích {A} km². Trong lòng {u} là đất của {O}.\n\n## Vì sao cần biết\n\nNgười ở đường giáp ranh "
     "quanh {b} đôi khi không rõ mình thuộc bên nào. Xem giấy báo của tổ dân phố hoặc tra theo số nhà trên bản đồ."),
    ("Hồ sơ nộp dở ở {x1} nay ai giải quyết", "{U} tiếp tục, người dân không nộp lại từ đầu.",
     "Hồ sơ {O} nhận trước 01/7/2025 chuyển về {u}.\n\n## Bạn cần làm\n\n- Giữ giấy hẹn cũ.\n- Đến {u} hoặc gọi, "
     "đọc số hồ sơ.\n- Không tìm thấy giấy hẹn thì mang căn cước.\n\n{law}"),
    ("Tên {b} từ đâu mà có", "{name}",
     "{name}\n\nCác đơn vị cũ gồm {O}. {law}\n\nTên thôn, tên làng ở {b} vẫn như trước, chỉ đơn vị hành chính đổi.\n\n{V}\n\n{road}"),
    ("Bảng tra tên cũ, tên mới của {u}", "Tra {k} tên cũ của {u} trong một bảng.",
     "! Tên cũ của {u}\n| Tên đến 30/6/2025 | Nay là |\n{rows}\n\n{E} đã kết thúc cùng ngày. {reuse}\n\n{V}\n\n{road}"),
    ("Khai địa chỉ ở {b} sau sáp nhập: vài ví dụ", "{U}, thành phố Huế: chỉ còn hai cấp.",
     "Ví dụ đúng: “Thôn (tổ) …, {U}, thành phố Huế”.\n\nVí dụ thừa: viết {D} vào giữa {b} và thành phố.\n\nVí dụ sai: giữ {x1} mà bỏ "
     "thành phố, hoặc ghi cả {x1} lẫn {u}.\n\n{law} Nơi từng là {O} đều theo cách này."),
    ("Một năm dùng tên {b}: người dân hay hỏi gì", "{O} đã là một đơn vị hơn một năm.",
     "## Học bạ của con ghi {x1}, có sao không?\n\nKhông sao, trường ở {b} không yêu cầu đổi.\n\n## Thẻ bảo hiểm y tế thì sao?\n\n"
     "Thẻ theo số căn cước, người ở {b} đi khám bình thường.\n\n## Trụ sở cũ của {o1} còn mở không?\n\nTùy nơi; bảng trước "
     "cửa ghi việc nào {u} còn làm ở đó.\n\n{law}"),
    ("{U}: {A} km² và {k} cái tên cũ", "{law}",
     "{U} có diện tích {A} km². {V}\n\nAi còn giữ con dấu, biển hiệu ghi {O} thì thay dần khi cần.\n\n{reuse}\n\n{road}"),
)  # fmt: skip
UNCHANGED = -1
_JOINED = ("Từ", "Đi", "Th", "Qu", "Đư", "Cá")

_ALONE = (
    "{U} giữ tên, đổi cấp quản lý: giấy tờ không phải làm lại",
    "{U} giữ nguyên địa giới từ ngày 01/7/2025.",
    "{U} không nhập với đơn vị nào trong đợt sắp xếp. Tên và mã {c} vẫn như trước, chỉ bỏ {D} ở giữa.\n\n## Ghi địa chỉ\n\n"
    "“Số nhà, đường hoặc thôn, {U}, thành phố Huế”.\n\n## Ai cần đi sửa giấy\n\nGần như không ai ở {b}. Sổ đỏ, căn cước, "
    "khai sinh còn nguyên giá trị. Phần mềm nào bắt chọn {D} thì đó là phần mềm cũ.\n\n{V}\n\n{law}",
)
_NAMES = {
    "hoa-chau": "Hóa Châu là tên châu và tên thành thời Trần, lỵ sở xứ Thuận Hóa nhiều thế kỷ.",
    "kim-tra": "Kim Trà là tên huyện ghi trong Ô châu cận lục, bao vùng Hương Trà ngày nay.",
    "dan-dien": "Đan Điền là tên huyện thời Lê – Nguyễn của vùng Quảng Điền.",
    "my-thuong": "Mỹ Thượng ghép từ Phú Mỹ và Phú Thượng, hai trong ba đơn vị nhập lại.",
    "phong-quang": "Phong Quảng ghép Phong Điền với Quảng Điền, hai vùng cùng có đất ở đây.",
    "phong-dinh": "Phong Dinh nối chữ Phong quen thuộc của vùng với chữ Dinh, dinh phủ thời chúa.",
    "long-quang": "Long Quảng ghép Thượng Long và Thượng Quảng.",
    "vinh-loc": "Vinh Lộc nối chữ Vinh của các xã ven biển với chữ Lộc của Phú Lộc.",
    "hung-loc": "Hưng Lộc mang chữ Lộc của vùng Phú Lộc, ba đơn vị cũ Lộc Bổn, Lộc Sơn, Xuân Lộc đều có chữ ấy.",
    "thanh-thuy": "Thanh Thủy là tên làng có cầu ngói, nay thành tên phường.",
    "chan-may-lang-co": "Chân Mây và Lăng Cô là hai vịnh, đặt liền nhau thành tên xã.",
}
_HOW_MANY = {1: "Một", 2: "Hai", 3: "Ba", 4: "Bốn", 5: "Năm", 6: "Sáu"}


def _law(unit: UnitFacts, turn: int) -> str:
    forms = (
        f"Căn cứ là {NATIONAL}, có hiệu lực với {unit.low} từ 01/7/2025.",
        f"{unit.name} thành lập theo {NATIONAL}.",
        f"Ngày 01/7/2025 là ngày đầu {unit.low} làm việc theo {NATIONAL}.",
        f"Việc sắp xếp {unit.low} ghi trong {NATIONAL}.",
        f"{NATIONAL} là văn bản để đối chiếu khi cần chứng minh {unit.low} thay tên cũ.",
    )
    return forms[turn % len(forms)]


def _borders(unit: UnitFacts, near: list[UnitFacts], turn: int) -> str:
    names = listed([item.low for item in near])
    forms = (
        f"{unit.name} giáp {names}.", f"Chung ranh giới với {unit.low} có {names}.",
        f"Bước qua ranh giới {unit.low} là {listed([item.low for item in near], 'hoặc')}.",
        f"Hàng xóm của {unit.low}: {names}.",
    )  # fmt: skip
    return forms[turn % len(forms)]


def _reuse(unit: UnitFacts, olds: list[UnitFacts], turn: int) -> str:
    """Codes are reused with a new meaning: say whose code it was, when the name differs."""
    for old in olds:
        if old.code == unit.code and old.bare != unit.bare:
            forms = (
                f"Mã {unit.code} trước đây là của {old.low}, nên hồ sơ năm cũ có thể hiện tên ấy.",
                f"Cần để ý: trước 01/7/2025, số {unit.code} là mã của {old.low}.",
                f"Cùng số {unit.code} nhưng sổ trước tháng 7/2025 hiểu là {old.low}.",
            )
            return forms[turn % len(forms)]
    return f"Mã {unit.code} giữ từ một đơn vị cũ cùng tên, chỉ địa giới rộng hơn."


def merger_draft(
    unit: UnitFacts, olds: list[UnitFacts], districts: list[UnitFacts], near: list[UnitFacts], road: str, form: int
) -> Draft:
    """What became of the units that made up `unit`."""
    title, summary, body = FORMS[form % len(FORMS)] if form != UNCHANGED else _ALONE
    turn = int(unit.code)
    district = listed([item.low for item in districts])
    others = [old for old in olds if old.bare != unit.bare] or olds
    slots = {
        "U": unit.name, "u": unit.low, "b": unit.bare, "O": listed([old.low for old in olds]), "D": district, "E": capital(district),
        "o1": others[0].bare, "x1": others[-1].low, "X1": others[-1].name, "k": _HOW_MANY[len(olds)],
        "A": number(unit.area or 0), "c": unit.code, "law": _law(unit, turn), "V": _borders(unit, near, turn),
        "list": "\n".join(f"- {old.name}, mã {old.code}" for old in olds), "reuse": _reuse(unit, olds, turn),
        "road": f"Đường đi trong vùng {unit.bare}: {lower_first(road) if road[:2] in _JOINED else road}",
        "rows": "\n".join(f"| {old.name} | {unit.name} |" for old in olds),
        "name": _NAMES.get(unit.slug, f"Tên {unit.bare} đã có trước năm 2025 ở vùng này và được chọn cho {unit.low}."),
    }  # fmt: skip
    if form % len(FORMS) in (9, 12):
        slots["k"] = slots["k"].lower()
    scene = choose(("paper", "bridge", "paper", "nonla"), "scene", unit.slug)
    picture = "Giấy tờ ghi tên cũ và tên mới" if scene == "paper" else unit.name
    return Draft(
        title=capital(title.format(**slots)), summary=capital(tidy_lines(summary.format(**slots))),
        body=paragraphs(tidy_lines(body.format(**slots))), scene=scene, tags=("sắp xếp đơn vị", "địa chỉ", unit.bare),
        caption=f"{picture}. Tranh minh họa.", ref=f"merger-{unit.code}",
        source=NATIONAL,
    )  # fmt: skip
