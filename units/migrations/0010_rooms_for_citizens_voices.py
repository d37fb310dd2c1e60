"""Reports, questions and polls are open on every site; a unit switches off what it does not take."""

from typing import Any

from django.db import migrations

NEW = ("reports", "questions")


def open_rooms(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        missing = [name for name in NEW if name not in row.modules]
        if missing:
            site._base_manager.filter(pk=row.pk).update(modules=[*row.modules, *missing])


def close_rooms(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        site._base_manager.filter(pk=row.pk).update(modules=[name for name in row.modules if name not in NEW])


class Migration(migrations.Migration):
    dependencies = [("units", "0009_reception_retention")]

    operations = [migrations.RunPython(open_rooms, close_rooms)]
