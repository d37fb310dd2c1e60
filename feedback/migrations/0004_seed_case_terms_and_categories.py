"""What citizens choose from, and within how many days offices accept, transfer, answer, ask again and forget.

Where no text sets a number, the row says so in its source; an operator changes the row, not the code.
"""

from datetime import date
from typing import Any

from django.db import migrations

SINCE = date(2026, 1, 1)
_SET_HERE = "Không văn bản nào đặt số này; thành phố đặt, sửa được"
_REPORT = "QĐ 30/2022/QĐ-UBND (Huế) về phản ánh hiện trường: chưa đọc được số ngày; thành phố đặt, sửa được"
_FORWARD = "Công điện 89/CĐ-TTg: chuyển trong 2 ngày làm việc"
_TRANSFER = "NĐ 20/2008/NĐ-CP Điều 9: chuyển cơ quan có thẩm quyền trong 5 ngày làm việc"
_QUESTION = "Theo mức 15 ngày làm việc của NĐ 43/2011/NĐ-CP Điều 17 (đã hết hiệu lực); thành phố giữ làm mức riêng"
_INFORMATION = "Luật Tiếp cận thông tin 2016 Điều 31"
_PERSONAL = "NĐ 356/2025/NĐ-CP Điều 5"
_KEPT = "Luật 91/2025/QH15 Điều 3, Điều 14: không giữ lâu hơn mục đích cần; số ngày do thành phố đặt"

# kind, step, wish, days, working days, source
TERMS = (
    ("REPORT", "ACCEPT", "", 2, True, _FORWARD),
    ("REPORT", "TRANSFER", "", 5, True, _TRANSFER),
    ("REPORT", "ANSWER", "", 10, True, _REPORT),
    ("REPORT", "EXTEND", "", 10, True, _REPORT),
    ("QUESTION", "ACCEPT", "", 2, True, _FORWARD),
    ("QUESTION", "TRANSFER", "", 5, True, _TRANSFER),
    ("QUESTION", "ANSWER", "", 15, True, _QUESTION),
    ("QUESTION", "EXTEND", "", 15, True, _QUESTION),
    ("INFORMATION", "ACCEPT", "", 3, True, _INFORMATION),
    ("INFORMATION", "ANSWER", "", 5, True, _INFORMATION),
    ("INFORMATION", "COMPLEX", "", 15, True, _INFORMATION),
    ("INFORMATION", "EXTEND", "", 15, True, _INFORMATION),
    ("INFORMATION", "TRANSFER", "", 5, True, _TRANSFER),
    ("PERSONAL", "ACCEPT", "", 2, True, _PERSONAL),
    ("PERSONAL", "ANSWER", "VIEW", 10, False, _PERSONAL),
    ("PERSONAL", "ANSWER", "CORRECT", 10, False, _PERSONAL),
    ("PERSONAL", "ANSWER", "DELETE", 20, False, _PERSONAL),
    ("PERSONAL", "ANSWER", "WITHDRAW", 15, False, _PERSONAL),
    *(
        (kind, step, "", days, working, source)
        for kind in ("REPORT", "QUESTION", "INFORMATION", "PERSONAL")
        for step, days, working, source in (
            ("SUPPLY", 10, True, _SET_HERE),
            ("REMIND", 2, True, _SET_HERE),
            ("LEADER", 1, True, _SET_HERE),
            ("PROVINCE", 5, True, _SET_HERE),
            ("SECOND_ASK", 28, False, _SET_HERE),
            ("CONFIRM", 60, False, _SET_HERE),
            ("KEEP_CONTACT", 365, False, _KEPT),
            ("KEEP_SPAM", 30, False, _KEPT),
        )
    ),
)
# slug, name, examples, icon, priority, emergency note
CATEGORIES = (
    ("duong-via-he", "Đường, vỉa hè hư hỏng", "ổ gà, sụt lún, gạch vỉa hè bong", "construction", "3", ""),
    ("cong-ngap-nuoc", "Cống, ngập nước", "nắp cống vỡ, cống tắc, nước tràn vào nhà", "waves", "2", ""),
    (
        "den-duong-day-dien", "Đèn đường, dây điện", "đèn không sáng, dây thấp, cột nghiêng", "lightbulb", "2",
        "Dây điện đứt hoặc có tia lửa: gọi ngay 1900 1909 (điện lực) hoặc 114.",
    ),
    ("rac-moi-truong", "Rác, môi trường", "đổ rác trộm, mùi hôi, nước thải, khói bụi", "trash-2", "3", ""),
    (
        "trat-tu-tieng-on", "Trật tự, tiếng ồn", "hát karaoke khuya, lấn vỉa hè, đỗ xe chắn lối", "volume-2", "3",
        "Đang có đánh nhau, đe dọa: gọi ngay 113.",
    ),
    ("cay-xanh", "Cây xanh, công viên", "cây gãy đổ, cành che đèn, ghế hỏng", "trees", "3", ""),
    ("thai-do-phuc-vu", "Thái độ, cách làm việc của cán bộ", "phải đi lại nhiều lần, hướng dẫn sai", "users", "3", ""),
    ("viec-khac", "Việc khác", "chưa rõ thuộc loại nào", "circle-help", "3", ""),
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    term, category = apps.get_model("feedback", "CaseTerm"), apps.get_model("feedback", "CaseCategory")
    for kind, step, wish, days, working, source in TERMS:
        term.objects.get_or_create(
            key=f"{kind}:{step}:0:{wish}:{SINCE}",
            defaults={
                "kind": kind, "step": step, "wish": wish, "days": days, "is_working": working, "valid_from": SINCE,
                "source": source,
            },
        )  # fmt: skip
    for order, (slug, name, examples, icon, priority, note) in enumerate(CATEGORIES):
        category.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name, "examples": examples, "icon": icon, "priority": priority, "emergency_note": note,
                "order": 10 * (order + 1), "valid_from": SINCE,
            },
        )  # fmt: skip


def remove(apps: Any, schema_editor: Any) -> None:
    keys = [f"{kind}:{step}:0:{wish}:{SINCE}" for kind, step, wish, *_rest in TERMS]
    apps.get_model("feedback", "CaseTerm").objects.filter(key__in=keys).delete()
    apps.get_model("feedback", "CaseCategory").objects.filter(slug__in=[row[0] for row in CATEGORIES]).delete()


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_what_citizens_send")]

    operations = [migrations.RunPython(add, remove)]
