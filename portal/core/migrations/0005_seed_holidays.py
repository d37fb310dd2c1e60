"""Public holidays and exchanged working days of 2025 and 2026, and of 2027 what the law itself fixes.

Each year's Tết and the second day of Quốc khánh are set by the Prime Minister, the exchange of working days by notice; what
is not set yet is left to the operators (Quản trị → Toàn hệ thống → Ngày nghỉ, làm bù), who are reminded of it. Ngày Văn hóa
Việt Nam (24/11, Nghị quyết 80-NQ/TW) is not written here: the law that makes it a day off was not at hand.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.db import migrations

LAW: Final = "Bộ luật Lao động 2019, Điều 112 khoản 1"
BESIDE: Final = "Bộ luật Lao động 2019, Điều 111 khoản 3 (nghỉ bù ngày làm việc kế tiếp)"
TET_2025: Final = "Bộ luật Lao động 2019, Điều 112; thông báo nghỉ Tết Âm lịch 2025 (25/1–2/2/2025)"
SWAP_2025: Final = "Thông báo nghỉ lễ 30/4 và 1/5/2025: làm việc thứ Bảy 26/4 thay thứ Sáu 2/5"
NEW_YEAR_2026: Final = "Công văn 12729/VPCP-KGVX ngày 25/12/2025: làm việc thứ Bảy 10/1 thay thứ Sáu 2/1/2026"
TET_2026: Final = "Bộ luật Lao động 2019, Điều 112; thông báo nghỉ Tết Âm lịch 2026 (14–22/2/2026)"
NATIONAL_2026: Final = "Thông báo nghỉ lễ Quốc khánh 2026 (29/8–2/9): làm việc thứ Bảy 22/8 thay thứ Hai 31/8"

TET: Final = "Nghỉ Tết Nguyên đán"
NATIONAL: Final = "Quốc khánh"
VICTORY: Final = "Ngày Chiến thắng 30/4"
LABOUR: Final = "Ngày Quốc tế lao động 1/5"
NEW_YEAR: Final = "Tết Dương lịch"
ANCESTORS: Final = "Giỗ Tổ Hùng Vương (10/3 âm lịch)"

# day, name, worked, source
DAYS: Final[list[tuple[date, str, bool, str]]] = [
    (date(2025, 1, 1), NEW_YEAR, False, LAW),
    *((date(2025, 1, 27) + timedelta(days=n), TET, False, TET_2025) for n in range(5)),
    (date(2025, 4, 7), ANCESTORS, False, LAW),
    (date(2025, 4, 26), "Làm việc thay thứ Sáu 2/5/2025", True, SWAP_2025),
    (date(2025, 4, 30), VICTORY, False, LAW),
    (date(2025, 5, 1), LABOUR, False, LAW),
    (date(2025, 5, 2), "Nghỉ thay thứ Bảy 26/4/2025", False, SWAP_2025),
    (date(2025, 9, 1), "Quốc khánh (ngày liền kề)", False, LAW),
    (date(2025, 9, 2), NATIONAL, False, LAW),
    (date(2026, 1, 1), NEW_YEAR, False, LAW),
    (date(2026, 1, 2), "Nghỉ thay thứ Bảy 10/1/2026", False, NEW_YEAR_2026),
    (date(2026, 1, 10), "Làm việc thay thứ Sáu 2/1/2026", True, NEW_YEAR_2026),
    *((date(2026, 2, 16) + timedelta(days=n), TET, False, TET_2026) for n in range(5)),
    (date(2026, 4, 26), ANCESTORS, False, LAW),
    (date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương", False, BESIDE),
    (date(2026, 4, 30), VICTORY, False, LAW),
    (date(2026, 5, 1), LABOUR, False, LAW),
    (date(2026, 8, 22), "Làm việc thay thứ Hai 31/8/2026", True, NATIONAL_2026),
    (date(2026, 8, 31), "Nghỉ thay thứ Bảy 22/8/2026", False, NATIONAL_2026),
    (date(2026, 9, 1), "Quốc khánh (ngày liền kề)", False, LAW),
    (date(2026, 9, 2), NATIONAL, False, LAW),
    (date(2027, 1, 1), NEW_YEAR, False, LAW),
    (date(2027, 4, 16), ANCESTORS, False, LAW),
    (date(2027, 4, 30), VICTORY, False, LAW),
    (date(2027, 5, 1), LABOUR, False, LAW),
    (date(2027, 5, 3), "Nghỉ bù Ngày Quốc tế lao động", False, BESIDE),
    (date(2027, 9, 2), NATIONAL, False, LAW),
]


def add(apps: Any, schema_editor: Any) -> None:
    """Write the days that are not there; what operators have put right stays."""
    holiday = apps.get_model("core", "Holiday")
    known = set(holiday.objects.filter(day__in=[day for day, *_rest in DAYS]).values_list("day", flat=True))
    holiday.objects.bulk_create(
        [
            holiday(day=day, name=name, is_worked=is_worked, source=source)
            for day, name, is_worked, source in DAYS
            if day not in known
        ]
    )


def remove(apps: Any, schema_editor: Any) -> None:
    """Take away the rows that stand as they were written."""
    holiday = apps.get_model("core", "Holiday")
    for day, name, is_worked, source in DAYS:
        holiday.objects.filter(day=day, name=name, is_worked=is_worked, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0004_working_calendar")]

    operations = [migrations.RunPython(add, remove, elidable=False)]
