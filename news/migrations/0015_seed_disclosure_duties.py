"""What units must disclose, by which law, within how many days; as far as the texts were at hand.

Thông tư 26/2026/TT-BTC (in force since 25/3/2026, from the budget year 2026) was read in a reprint: its Điều 25–27 say what
and by which forms, not within how many days. The days of Luật Ngân sách nhà nước 2015 Điều 15 and Thông tư 61/2017 go on as the
default. The fourteen items of Luật 10/2022/QH15 Điều 11 are told by their sense. Every row whose figure is an assumption says
so in ``source``; the province's office puts newer ones in as rows.
"""

from datetime import date
from typing import Any, Final

from django.db import migrations

UNCHECKED: Final = "mặc định, chờ văn bản mới"
DEMOCRACY: Final = "Luật 10/2022/QH15 Điều 11, Điều 13 (5 ngày làm việc; tên nội dung ghi theo ý, chờ đối chiếu)"
OLD: Final = "Thông tư 343/2016/TT-BTC; hạn theo Luật Ngân sách nhà nước 2015 Điều 15"
NEW: Final = "Thông tư 26/2026/TT-BTC Điều {article}; hạn theo Luật Ngân sách nhà nước 2015 Điều 15 ({unchecked})"
OFFICE_OLD: Final = "Thông tư 61/2017/TT-BTC (sửa đổi 90/2018)"
OFFICE_NEW: Final = "Thông tư 26/2026/TT-BTC Điều 27; hạn theo Thông tư 61/2017 ({unchecked})"
STEERING: Final = "Chỉ tiêu 10 ngày làm việc từ ngày phê duyệt, theo Nghị định 43/2011 (đã hết hiệu lực; {unchecked})"
PORTAL: Final = "Nghị định 224/2026/NĐ-CP Điều 9 (cập nhật ngay khi thay đổi; 5 ngày làm việc là {unchecked})"

LAW_2022: Final = date(2023, 7, 1)
BUDGETS_2017: Final = date(2017, 1, 1)
LAST_OF_2017: Final = date(2026, 3, 24)
BUDGETS_2026: Final = date(2026, 3, 25)
OFFICES_2017: Final = date(2017, 10, 1)
PORTALS_2026: Final = date(2026, 7, 1)
TARGETS: Final = date(2011, 6, 13)
BIDDING_2024: Final = date(2024, 1, 1)

COMMUNE: Final = ["COMMUNE"]
PROVINCE: Final = ["PROVINCE"]
OFFICE: Final = ["DEPARTMENT"]

# code, title, explanation, period
ITEMS: Final = (
    ("xa-01-ke-hoach", "Kế hoạch phát triển kinh tế – xã hội và kết quả thực hiện",
     "Kế hoạch hằng năm, phương án chuyển dịch cơ cấu kinh tế, kết quả thực hiện.", "YEAR"),
    ("xa-02-ngan-sach", "Ngân sách, hoạt động tài chính khác, kết quả thực hiện kiến nghị kiểm toán",
     "Số liệu, thuyết minh từng kỳ có ở nhóm Ngân sách; ở đây là các hoạt động tài chính khác và kiểm toán.", "EVENT"),
    ("xa-03-du-an", "Dự án, công trình đầu tư trên địa bàn: tiến độ, giải phóng mặt bằng, bồi thường, tái định cư",
     "Từng dự án: làm gì, bao nhiêu tiền, ai làm, đến đâu; phương án bồi thường, hỗ trợ, tái định cư.", "EVENT"),
    ("xa-04-dat-dai", "Quy hoạch, kế hoạch sử dụng đất; quản lý, sử dụng đất công ích",
     "Kế hoạch sử dụng đất hằng năm, bảng giá đất áp dụng, đất do phường, xã quản lý.", "YEAR"),
    ("xa-05-don-vi", "Đề án thành lập, nhập, chia, đặt tên, đổi tên đơn vị hành chính, thôn, tổ dân phố",
     "Đề án đưa ra lấy ý kiến và kết quả.", "EVENT"),
    ("xa-06-can-bo", "Nhiệm vụ, quyền hạn của cán bộ, công chức trực tiếp giải quyết công việc; quy tắc ứng xử",
     "Ai làm việc gì, gặp ở đâu, được và không được làm gì.", "STANDING"),
    ("xa-07-quy", "Các quỹ, khoản tài trợ, chương trình và khoản huy động Nhân dân đóng góp",
     "Thu bao nhiêu, chi vào việc gì, còn bao nhiêu.", "HALF_YEAR"),
    ("xa-08-ho-ngheo", "Bình xét hộ nghèo, hộ cận nghèo, vay vốn, trợ cấp xã hội",
     "Điều kiện, cách bình xét, kết quả. Chỉ nêu thông tin riêng của từng người trong phạm vi pháp luật cho phép.", "YEAR"),
    ("xa-09-ho-tro", "Hỗ trợ khi có thiên tai, dịch bệnh và các chính sách an sinh",
     "Mức hỗ trợ, ai được, cách bình xét, kết quả.", "EVENT"),
    ("xa-10-thanh-tra", "Kết quả thanh tra, kiểm tra, xử lý vụ việc tiêu cực; kết quả lấy phiếu tín nhiệm",
     "Kết luận thanh tra, kiểm tra liên quan cán bộ, công chức của phường, xã.", "EVENT"),
    ("xa-11-tiep-thu", "Tiếp thu, giải trình ý kiến của Nhân dân về những việc đã đưa ra lấy ý kiến",
     "Nhận bao nhiêu ý kiến, tiếp thu gì, không tiếp thu gì và vì sao.", "EVENT"),
    ("xa-12-phi", "Đối tượng, mức thu phí, lệ phí và nghĩa vụ tài chính khác do phường, xã trực tiếp thu",
     "Thu khoản nào, ai nộp, bao nhiêu, theo văn bản nào.", "STANDING"),
    ("xa-13-thu-tuc", "Thủ tục hành chính do phường, xã trực tiếp giải quyết",
     "Danh mục thủ tục có ở mục Dịch vụ công; ở đây là quyết định công bố.", "STANDING"),
    ("xa-14-khac", "Nội dung khác theo quy định: tuyển quân, bầu cử, việc phải báo cho Nhân dân",
     "Những việc pháp luật khác buộc công khai, hoặc phường, xã thấy cần.", "EVENT"),
)  # fmt: skip


def _row(
    code: str, group: str, title: str, explanation: str, kinds: list[str], period: str, **more: Any
) -> dict[str, Any]:
    usual = {
        "due_days": 5,
        "in_working_days": True,
        "due_from": "SIGNED",
        "form_numbers": "",
        "has_table": False,
        "valid_to": None,
    }
    return {
        "code": code, "group": group, "title": title, "explanation": explanation, "kinds": kinds, "period": period,
        **usual, **more,
    }  # fmt: skip


def _commune_items() -> list[dict[str, Any]]:
    return [
        _row(code, "COMMUNE", title, explanation, COMMUNE, period, valid_from=LAW_2022, source=DEMOCRACY, order=10 + place,
             due_from="PERIOD_END" if period == "HALF_YEAR" else "SIGNED")
        for place, (code, title, explanation, period) in enumerate(ITEMS)
    ]  # fmt: skip


# name, title, explanation, period, from when, days, working days, forms of the old circular (province, commune)
BUDGET: Final = (
    ("du-toan-trinh", "Dự toán ngân sách trình Hội đồng nhân dân", "Số liệu và thuyết minh dự toán gửi đại biểu.", "YEAR",
     "SIGNED", 5, True, ("33–45/CK-NSNN", "103–107/CK-NSNN")),
    ("du-toan", "Dự toán ngân sách đã được Hội đồng nhân dân quyết định",
     "Thu gì, chi gì trong năm. Hội đồng nhân dân quyết định trước khi năm bắt đầu, nên hạn tính từ ngày đầu năm.", "YEAR",
     "PERIOD_START", 30, False, ("46–58/CK-NSNN", "108–112/CK-NSNN")),
    ("thuc-hien", "Thực hiện dự toán ngân sách", "Thu, chi từ đầu năm đến hết quý, so với dự toán; kèm thuyết minh.",
     "YEAR_TO_DATE", "PERIOD_END", 15, False, ("59–61/CK-NSNN", "113–115/CK-NSNN")),
    ("thuc-hien-nam", "Thực hiện dự toán ngân sách cả năm", "Thu, chi cả năm, so với dự toán; kèm thuyết minh.", "YEAR",
     "PERIOD_END", 180, False, ("59–61/CK-NSNN", "113–115/CK-NSNN")),
    ("quyet-toan", "Quyết toán ngân sách đã được Hội đồng nhân dân phê chuẩn",
     "Số thu, số chi thật của năm. Phê chuẩn trong năm sau, công khai trong 30 ngày; hạn tính là hết 395 ngày sau ngày cuối năm.",
     "YEAR", "PERIOD_END", 395, False, ("62–68/CK-NSNN", "116–120/CK-NSNN")),
)  # fmt: skip
_NEW_FORMS: Final = {
    ("tinh", "thuc-hien"): "54–56 Phụ lục I", ("tinh", "thuc-hien-nam"): "54–56 Phụ lục I",
    ("xa", "thuc-hien"): "do UBND thành phố, tỉnh quy định", ("xa", "thuc-hien-nam"): "do UBND thành phố, tỉnh quy định",
}  # fmt: skip


def _budgets() -> list[dict[str, Any]]:
    rows = []
    for level, kinds, article in (("tinh", PROVINCE, 25), ("xa", COMMUNE, 26)):
        for place, (name, title, explanation, period, due_from, days, working, forms) in enumerate(BUDGET):
            terms = {
                "due_days": days,
                "in_working_days": working,
                "due_from": due_from,
                "has_table": True,
                "order": 100 + place,
            }
            code = f"ngan-sach-{level}-{name}"
            old = {
                "form_numbers": forms[0 if level == "tinh" else 1],
                "valid_from": BUDGETS_2017,
                "valid_to": LAST_OF_2017,
            }
            new = {
                "form_numbers": _NEW_FORMS.get((level, name), "theo biểu trình, biểu quyết định của HĐND"),
                "valid_from": BUDGETS_2026,
            }
            rows.append(_row(code, "BUDGET", title, explanation, kinds, period, **terms, **old, source=OLD))
            source = NEW.format(article=article, unchecked=UNCHECKED)
            rows.append(_row(code, "BUDGET", title, explanation, kinds, period, **terms, **new, source=source))
    return rows


# name, title, period, from when, days, form numbers then and now
OFFICES: Final = (
    ("du-toan", "Dự toán thu, chi ngân sách được giao", "YEAR", "SIGNED", "Biểu 2", "73, 74 Phụ lục I"),
    ("thuc-hien", "Thực hiện dự toán thu, chi ngân sách", "YEAR_TO_DATE", "PERIOD_END", "Biểu 3", "75 Phụ lục I"),
    ("thuc-hien-nam", "Thực hiện dự toán thu, chi ngân sách cả năm", "YEAR", "PERIOD_END", "Biểu 3", "75 Phụ lục I"),
    ("quyet-toan", "Quyết toán thu, chi ngân sách đã được phê duyệt", "YEAR", "SIGNED", "Biểu 4", "76 Phụ lục I"),
)


def _offices() -> list[dict[str, Any]]:
    rows = []
    for place, (name, title, period, due_from, then, now) in enumerate(OFFICES):
        terms = {
            "due_days": 15,
            "in_working_days": False,
            "due_from": due_from,
            "has_table": True,
            "order": 120 + place,
        }
        code, words = f"ngan-sach-don-vi-{name}", "Tiền ngân sách mà cơ quan được giao, đã dùng."
        rows += [
            _row(code, "BUDGET", title, words, OFFICE, period, **terms, form_numbers=then, source=OFFICE_OLD,
                 valid_from=OFFICES_2017, valid_to=LAST_OF_2017),
            _row(code, "BUDGET", title, words, OFFICE, period, **terms, form_numbers=now, valid_from=BUDGETS_2026,
                 source=OFFICE_NEW.format(unchecked=UNCHECKED)),
        ]  # fmt: skip
    return rows


def _others() -> list[dict[str, Any]]:
    target = {"due_days": 10, "valid_from": TARGETS, "source": STEERING.format(unchecked=UNCHECKED)}
    portal = {"valid_from": PORTALS_2026, "source": PORTAL.format(unchecked=UNCHECKED)}
    upper = [*PROVINCE, *OFFICE]
    return [
        _row("ke-hoach-nam", "PLANS", "Kế hoạch công tác, kế hoạch phát triển kinh tế – xã hội của năm", "Làm gì trong năm, ai chịu trách nhiệm.", upper, "YEAR", order=200, **target),
        _row("chien-luoc-quy-hoach", "PLANS", "Chiến lược, quy hoạch, chương trình, đề án", "Văn bản được phê duyệt, bản đồ, thuyết minh.", upper, "EVENT", order=210, **target),
        _row("ke-hoach-dau-tu-cong", "PROJECTS", "Kế hoạch đầu tư công của năm", "Danh mục dự án, vốn từng dự án.", PROVINCE, "YEAR", has_table=True, order=300, **target),
        _row("du-an-dau-tu", "PROJECTS", "Dự án đang chuẩn bị, đang làm: mục tiêu, vốn, tiến độ", "Từng dự án: làm gì, bao nhiêu tiền, ai làm, đến đâu.", upper, "EVENT", order=310, **target),
        _row("dau-thau", "BIDDING", "Kế hoạch lựa chọn nhà thầu, thông báo mời thầu, kết quả", "Mua gì, làm gì, giá bao nhiêu, ai trúng thầu.", [*upper, *COMMUNE], "EVENT",
             valid_from=BIDDING_2024, order=400, source=f"Luật Đấu thầu 22/2023/QH15 Điều 8 (5 ngày làm việc từ ngày ban hành; {UNCHECKED})"),
        _row("tai-san-cong", "BIDDING", "Mua sắm, quản lý, sử dụng tài sản công trong năm", "Mua gì, đang dùng gì, thanh lý gì.", [*upper, *COMMUNE], "YEAR", due_days=90, in_working_days=False,
             due_from="PERIOD_END", has_table=True, valid_from=BUDGETS_2017, order=410, source=f"Luật Quản lý, sử dụng tài sản công (hạn 90 ngày sau ngày cuối năm: {UNCHECKED})"),
        _row("thong-ke-thang", "STATISTICS", "Số liệu, báo cáo kinh tế – xã hội", "Các chỉ tiêu chính của tháng.", PROVINCE, "MONTH", due_from="PERIOD_END", order=500, **target),
        _row("bao-cao-6-thang", "STATISTICS", "Báo cáo kết quả công tác", "Làm được gì, chưa được gì.", [*OFFICE, *COMMUNE], "HALF_YEAR", due_from="PERIOD_END", order=510, **target),
        _row("danh-muc-quy", "STATISTICS", "Danh mục thông tin đã công khai", "Mỗi quý liệt kê những gì đã công khai, để người dân tiện theo dõi.", COMMUNE, "QUARTER", due_from="PERIOD_END",
             valid_from=LAW_2022, order=520, source=f"Luật 10/2022/QH15 Điều 11–13 (lập theo quý: {UNCHECKED})"),
        _row("to-chuc-bo-may", "APPARATUS", "Chức năng, nhiệm vụ, sơ đồ tổ chức", "Cơ quan làm gì, gồm những phòng nào.", [], "STANDING", order=600, **portal),
        _row("lanh-dao", "APPARATUS", "Lãnh đạo: tiểu sử tóm tắt, nhiệm vụ được phân công", "Ai phụ trách việc gì.", [], "STANDING", order=610, **portal),
        _row("phong-chong-tham-nhung", "APPARATUS", "Kế hoạch, kết quả phòng, chống tham nhũng, tiêu cực của năm", "Kế hoạch đầu năm, kết quả cuối năm.", [], "YEAR", due_days=30, in_working_days=False, due_from="PERIOD_END",
             valid_from=date(2019, 7, 1), order=620, source=f"Luật Phòng, chống tham nhũng 2018 Điều 9–11 (hạn 30 ngày sau ngày cuối năm: {UNCHECKED})"),
        _row("nguoi-phat-ngon", "PRESS", "Người phát ngôn: họ tên, chức vụ, điện thoại, thư điện tử", "Báo chí hỏi ai.", [], "STANDING", due_days=1, in_working_days=False,
             valid_from=PORTALS_2026, order=700, source="Nghị định 244/2026/NĐ-CP Điều 3 khoản 3 (24 giờ từ khi giao; ngày áp dụng chờ đối chiếu)"),
        _row("thong-tin-dot-xuat", "PRESS", "Thông tin cho báo chí về sự việc đột xuất", "Thông tin đầu tiên trong 24 giờ từ khi sự việc xảy ra.", [], "EVENT", due_days=1, in_working_days=False,
             valid_from=PORTALS_2026, order=710, source="Nghị định 244/2026/NĐ-CP Điều 7 (lần đầu trong 24 giờ; ngày áp dụng chờ đối chiếu)"),
    ]  # fmt: skip


def duties() -> list[dict[str, Any]]:
    """All rows, each with what it is known by: its code and first day."""
    return [*_commune_items(), *_budgets(), *_offices(), *_others()]


def add(apps: Any, schema_editor: Any) -> None:
    """Write the duties that are not there; what operators have put right stays."""
    duty = apps.get_model("news", "DisclosureDuty")
    for row in duties():
        terms = {name: value for name, value in row.items() if name not in ("code", "valid_from")}
        duty.objects.get_or_create(code=row["code"], valid_from=row["valid_from"], defaults=terms)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take away the duties that stand as they were written and that nothing hangs on."""
    duty, entry = apps.get_model("news", "DisclosureDuty"), apps.get_model("news", "DisclosureEntry")
    used = set(entry._base_manager.values_list("duty_id", flat=True).distinct())
    for row in duties():
        known = duty.objects.filter(
            code=row["code"],
            valid_from=row["valid_from"],
            source=row["source"],
            due_days=row["due_days"],
            title=row["title"],
        )
        known.exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0014_what_must_be_disclosed")]

    operations = [migrations.RunPython(add, remove, elidable=False)]
