"""Within how many working days documents must be public.

The figures of Nghị định 43/2011 (repealed in 2022) live on in provincial rules: they are service targets that a province
changes by rows of its own. The general term of Luật Tiếp cận thông tin 2016 ended with the law of 2026, whose articles were
not at hand; its five days go on as the default until an operator writes the new ones.
"""

from datetime import date
from typing import Any, Final

from django.db import migrations

ISSUED: Final = "Chỉ tiêu phục vụ theo Nghị định 43/2011/NĐ-CP Điều 17 (đã hết hiệu lực từ 2022)"
GENERAL: Final = "Luật Tiếp cận thông tin 2016 Điều 18 khoản 4: 5 ngày làm việc từ khi tạo ra"
AFTERWARDS: Final = "Mức mặc định 5 ngày theo Luật Tiếp cận thông tin 2016; chờ quy định của luật mới (từ 01/9/2026)"
ACT_OF_2016: Final = date(2018, 7, 1)
ITS_LAST_DAY: Final = date(2026, 8, 31)
DECREE_OF_2011: Final = date(2011, 6, 13)

# group, own, days, from, to, source
RULES: Final[list[tuple[str, bool, int, date, date | None, str]]] = [
    ("NORMATIVE", True, 2, DECREE_OF_2011, None, ISSUED),
    ("NORMATIVE", False, 10, DECREE_OF_2011, None, ISSUED),
    ("PLAN", True, 10, DECREE_OF_2011, None, ISSUED),
    ("PLAN", False, 10, DECREE_OF_2011, None, ISSUED),
    ("GUIDANCE", True, 15, DECREE_OF_2011, None, ISSUED),
    ("GUIDANCE", False, 15, DECREE_OF_2011, None, ISSUED),
    *((group, True, 5, ACT_OF_2016, ITS_LAST_DAY, GENERAL) for group in ("STEERING", "NOTICE")),
    *((group, True, 5, date(2026, 9, 1), None, AFTERWARDS) for group in ("STEERING", "NOTICE")),
]


def add(apps: Any, schema_editor: Any) -> None:
    """Write the rules that are not there; what operators have put right stays."""
    rule = apps.get_model("news", "DisclosureRule")
    for group, is_own, days, valid_from, valid_to, source in RULES:
        terms = {"days": days, "valid_to": valid_to, "source": source}
        rule.objects.get_or_create(group=group, is_own=is_own, valid_from=valid_from, defaults=terms)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take away the rules that stand as they were written."""
    rule = apps.get_model("news", "DisclosureRule")
    for group, is_own, days, valid_from, _valid_to, source in RULES:
        rule.objects.filter(group=group, is_own=is_own, valid_from=valid_from, days=days, source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0011_seed_document_types")]

    operations = [migrations.RunPython(add, remove, elidable=False)]
