from datetime import timedelta
from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def site_alerts_become_rows(apps: Any, schema_editor: Any) -> None:
    """What stood in a site's three fields becomes an alert; one without an end gets a week."""
    now = django.utils.timezone.now()
    sites, alerts = apps.get_model("units", "Site").objects, apps.get_model("units", "Alert").objects
    for site in sites.exclude(alert_text="").iterator():
        ends = site.alert_until or now + timedelta(days=7)
        if ends > now:
            alerts.create(unit_id=site.unit_id, text=site.alert_text, url=site.alert_url, starts_at=now, ends_at=ends)


class Migration(migrations.Migration):
    """Warnings get rows of their own.

    The three old columns leave the models only: the release still running while this one starts writes them. They keep a
    default in the database and are dropped by a later release.
    """

    dependencies = [("units", "0002_old_addresses")]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("EMERGENCY", "Khẩn cấp (đỏ)"),
                            ("WARNING", "Cảnh báo (vàng)"),
                            ("NOTICE", "Thông báo (xanh)"),
                        ],
                        default="WARNING",
                        max_length=9,
                        verbose_name="mức",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=60, verbose_name="mấy chữ đầu, in đậm")),
                ("text", models.CharField(max_length=200, verbose_name="nội dung")),
                ("url", models.CharField(blank=True, max_length=300, verbose_name="địa chỉ xem thêm")),
                ("link_label", models.CharField(blank=True, max_length=60, verbose_name="chữ của liên kết")),
                (
                    "reach",
                    models.CharField(
                        choices=[("OWN", "Chỉ trang này"), ("ALL", "Mọi trang trong tỉnh, thành phố")],
                        default="OWN",
                        max_length=4,
                        verbose_name="hiện ở đâu",
                    ),
                ),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="hiện từ")),
                ("ends_at", models.DateTimeField(verbose_name="tự ẩn lúc")),
                (
                    "unit",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "tin khẩn",
                "verbose_name_plural": "tin khẩn",
                "ordering": ["-starts_at", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["unit", "ends_at"], name="alert_unit_ends")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="alert_ends_after_start"
                    )
                ],
            },
        ),
        migrations.AlterField(
            "site",
            "alert_text",
            models.CharField(blank=True, db_default="", max_length=200, verbose_name="tin khẩn đầu trang"),
        ),
        migrations.AlterField(
            "site",
            "alert_url",
            models.CharField(blank=True, db_default="", max_length=300, verbose_name="địa chỉ xem thêm"),
        ),
        migrations.RunPython(site_alerts_become_rows, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("site", "alert_text"),
                migrations.RemoveField("site", "alert_url"),
                migrations.RemoveField("site", "alert_until"),
            ]
        ),
    ]
