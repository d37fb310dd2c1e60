"""Sites that stand already get the two new parts switched on, as new sites do."""

from typing import Any

from django.db import migrations

NEW = ("services", "documents")


def switch_on(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        missing = [name for name in NEW if name not in row.modules]
        if missing:
            site._base_manager.filter(pk=row.pk).update(modules=[*row.modules, *missing])


def switch_off(apps: Any, schema_editor: Any) -> None:
    site = apps.get_model("units", "Site")
    for row in site._base_manager.only("modules").iterator():
        site._base_manager.filter(pk=row.pk).update(modules=[name for name in row.modules if name not in NEW])


class Migration(migrations.Migration):
    dependencies = [("units", "0004_english_words")]

    operations = [migrations.RunPython(switch_on, switch_off)]
