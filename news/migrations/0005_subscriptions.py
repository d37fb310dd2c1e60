import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0004_sharing_across_units"),
        ("units", "0001_units_and_their_sites"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="địa chỉ thư")),
                ("whole_unit", models.BooleanField(default=True, verbose_name="mọi chuyên mục")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("DAILY", "Mỗi ngày một thư"), ("WEEKLY", "Mỗi tuần một thư")],
                        default="WEEKLY",
                        max_length=6,
                        verbose_name="bao lâu một lần",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="đăng ký lúc")),
                ("consent_version", models.CharField(max_length=20)),
                ("consented_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="đồng ý lúc")),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="xác nhận lúc")),
                ("last_sent_at", models.DateTimeField(blank=True, null=True, verbose_name="thư gần nhất")),
                ("next_due_at", models.DateTimeField(blank=True, null=True)),
                ("refusals", models.PositiveSmallIntegerField(default=0)),
                (
                    "categories",
                    models.ManyToManyField(blank=True, related_name="+", to="news.category", verbose_name="chuyên mục"),
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
                "verbose_name": "người nhận tin qua thư",
                "verbose_name_plural": "người nhận tin qua thư",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "indexes": [
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=["next_due_at"],
                        name="subscription_due",
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", True)),
                        fields=["asked_at"],
                        name="subscription_pending",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=("unit", "email"),
                        name="subscription_confirmed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", True)),
                        fields=("unit", "email"),
                        name="subscription_pending_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True),
                            models.Q(("last_sent_at__isnull", False), ("next_due_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="subscription_confirmed_has_dates",
                    ),
                ],
            },
        ),
    ]
