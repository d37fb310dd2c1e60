"""The terms of consultations as far as they are known; the province's office enters newer ones as rows."""

from datetime import date
from typing import Any

from django.db import migrations

TERMS = {
    "least_days": 60,
    "summary_days": 60,
    "source": "60 ngày: Luật Ban hành VBQPPL 2015 (cần đối chiếu luật năm 2025); hạn tổng hợp: mục tiêu phục vụ",
}


def add(apps: Any, schema_editor: Any) -> None:
    rule = apps.get_model("news", "ConsultationRule")
    rule.objects.get_or_create(valid_from=date(2016, 7, 1), defaults=TERMS)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("news", "ConsultationRule").objects.filter(valid_from=date(2016, 7, 1), **TERMS).delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0012_seed_disclosure_rules")]

    operations = [migrations.RunPython(add, remove)]
