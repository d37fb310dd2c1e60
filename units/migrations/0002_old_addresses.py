import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where old addresses lead."""

    dependencies = [
        ("units", "0001_units_and_their_sites"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QueryShape",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=400)),
                ("names", models.CharField(max_length=250)),
                ("is_live", models.BooleanField(default=False)),
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
                "verbose_name": "dạng địa chỉ cũ",
                "verbose_name_plural": "dạng địa chỉ cũ",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(condition=models.Q(("is_live", True)), fields=["unit"], name="query_shape_live")
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "path", "names"), name="query_shape_once")],
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_path", models.CharField(max_length=400, verbose_name="địa chỉ cũ")),
                ("old_query", models.CharField(blank=True, max_length=250, verbose_name="phần sau dấu hỏi")),
                ("target", models.CharField(max_length=500, verbose_name="dẫn tới")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("IMPORT", "Trang cũ nạp về"),
                            ("SLUG", "Đổi nhãn địa chỉ"),
                            ("CATEGORY", "Đổi chuyên mục"),
                            ("HAND", "Ghi bằng tay"),
                        ],
                        default="HAND",
                        max_length=8,
                        verbose_name="vì sao",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "verbose_name": "địa chỉ cũ",
                "verbose_name_plural": "địa chỉ cũ",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["unit", "target"], name="redirect_unit_target")],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "old_path", "old_query"), name="redirect_once"),
                    models.CheckConstraint(
                        condition=models.Q(("target__startswith", "/")), name="redirect_target_is_a_path"
                    ),
                ],
            },
        ),
    ]
