"""Sites that stand already get the four new parts switched on, as new sites do; the terms the law sets for them.

Luật Tiếp công dân 2013 Điều 18 (the head of a commune receives at least one day a week, of a department and of a province
at least one day a month), Điều 24 (place and times posted); Nghị định 244/2026 Điều 3 khoản 3 (spokesperson, 24 hours).
"""

from datetime import date
from typing import Any

from django.db import migrations

NEW = ("people", "schedule", "reception", "disclosure")
RECEPTION = "Luật Tiếp công dân 42/2013/QH13"
TERMS = (
    ("SPOKESPERSON_HOURS", "", 24, date(2026, 7, 1), "Nghị định 244/2026/NĐ-CP Điều 3 khoản 3"),
    ("RECEPTION_POST_DAYS", "", 5, date(2014, 7, 1), f"{RECEPTION} Điều 24; Nghị định 154/2026/NĐ-CP"),
    ("RECEPTION_SESSIONS", "PROVINCE", 1, date(2014, 7, 1), f"{RECEPTION} Điều 12"),
    ("RECEPTION_SESSIONS", "DISTRICT", 2, date(2014, 7, 1), f"{RECEPTION} Điều 13"),
    ("RECEPTION_SESSIONS", "DEPARTMENT", 1, date(2014, 7, 1), f"{RECEPTION} Điều 18"),
    ("RECEPTION_SESSIONS", "COMMUNE", 4, date(2014, 7, 1), f"{RECEPTION} Điều 15 (mỗi tuần một ngày)"),
)


def switch_on(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        missing = [name for name in NEW if name not in row.modules]
        if missing:
            site._base_manager.filter(pk=row.pk).update(modules=[*row.modules, *missing])
    term = apps.get_model("units", "LegalTerm")
    for code, kind, number, valid_from, source in TERMS:
        term.objects.get_or_create(
            code=code, kind=kind, valid_from=valid_from, defaults={"number": number, "source": source}
        )


def switch_off(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        site._base_manager.filter(pk=row.pk).update(modules=[name for name in row.modules if name not in NEW])
    apps.get_model("units", "LegalTerm").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("units", "0007_people_schedule_and_reception")]

    operations = [migrations.RunPython(switch_on, switch_off)]
