import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What is taken over from other systems, and links that lead nowhere."""

    dependencies = [
        ("news", "0006_royalty"),
        ("units", "0002_old_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeadLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=1000, verbose_name="liên kết")),
                ("url_digest", models.CharField(editable=False, max_length=32)),
                ("found_kind", models.CharField(max_length=8)),
                ("found_id", models.BigIntegerField()),
                ("found_title", models.CharField(max_length=300, verbose_name="ở bài")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("SUSPECT", "Hỏng lần đầu, sẽ thử lại"),
                            ("DEAD", "Hỏng"),
                            ("UNSURE", "Không chắc"),
                            ("IGNORED", "Bỏ qua"),
                        ],
                        default="SUSPECT",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("NOT_HERE", "Trang này của cổng không có hoặc chưa đăng"),
                            ("NOT_FOUND", "Trang kia báo không có (404, 410)"),
                            ("NO_HOST", "Tên miền không còn"),
                            ("NO_ANSWER", "Không trả lời kịp"),
                            ("BAD_CERT", "Chứng thư bảo mật sai hoặc hết hạn"),
                            ("SERVER", "Máy chủ kia báo lỗi (5xx)"),
                            ("BLOCKED", "Trang kia chặn máy kiểm tra (401, 403, 429)"),
                            ("INSIDE", "Địa chỉ trong mạng nội bộ, người đọc không mở được"),
                            ("WRONG", "Địa chỉ viết sai"),
                        ],
                        max_length=10,
                        verbose_name="vì sao",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="mã trả lời")),
                ("times_failed", models.PositiveSmallIntegerField(default=1)),
                ("first_seen", models.DateTimeField(default=django.utils.timezone.now, verbose_name="thấy từ")),
                ("last_checked", models.DateTimeField(default=django.utils.timezone.now, verbose_name="thử lần cuối")),
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
                "verbose_name": "liên kết hỏng",
                "verbose_name_plural": "liên kết hỏng",
                "ordering": ["-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("stored_name", models.CharField(blank=True, editable=False, max_length=200)),
                ("file_digest", models.CharField(editable=False, max_length=64)),
                ("options", models.JSONField(default=dict, editable=False)),
                ("is_preview", models.BooleanField(default=False, verbose_name="xem thử")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Đang chờ"),
                            ("RUNNING", "Đang nạp"),
                            ("DONE", "Đã xong"),
                            ("REFUSED", "Không nạp được"),
                        ],
                        default="WAITING",
                        max_length=8,
                        verbose_name="tình trạng",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="đã xem")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="tất cả")),
                ("report", models.JSONField(default=dict, editable=False)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="lúc")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="xong lúc")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nạp",
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
                "verbose_name": "lần nạp bài",
                "verbose_name_plural": "nạp bài từ trang cũ",
                "ordering": ["-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ARTICLE", "Bài"),
                            ("PAGE", "Trang giới thiệu"),
                            ("PICTURE", "Ảnh"),
                            ("FILE", "Tệp đính kèm"),
                        ],
                        max_length=8,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=32)),
                ("lacks_media", models.BooleanField(default=False)),
                ("object_id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("DONE", "Xong"), ("LINKS", "Còn liên kết phải nối")], default="DONE", max_length=8
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
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="items",
                        to="news.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục đã nạp",
                "verbose_name_plural": "mục đã nạp",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="LinkRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("next_kind", models.CharField(default="article", max_length=8)),
                ("after_id", models.BigIntegerField(default=0)),
                ("checked", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "verbose_name": "lượt kiểm tra liên kết",
                "verbose_name_plural": "lượt kiểm tra liên kết",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="deadlink",
            index=models.Index(fields=["unit", "state", "-id"], name="deadlink_unit_state"),
        ),
        migrations.AddIndex(
            model_name="deadlink",
            index=models.Index(
                condition=models.Q(("state", "SUSPECT")), fields=["last_checked"], name="deadlink_to_try_again"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlink",
            constraint=models.UniqueConstraint(
                fields=("unit", "found_kind", "found_id", "url_digest"), name="deadlink_once"
            ),
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(
                condition=models.Q(("state__in", ["WAITING", "RUNNING"])),
                fields=["seen_at"],
                name="importrun_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="importeditem",
            index=models.Index(
                condition=models.Q(("state", "LINKS")), fields=["unit", "source", "id"], name="imported_links"
            ),
        ),
        migrations.AddConstraint(
            model_name="importeditem",
            constraint=models.UniqueConstraint(fields=("unit", "source", "kind", "key"), name="imported_once"),
        ),
        migrations.AddIndex(
            model_name="linkround",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)), fields=["seen_at"], name="linkround_unfinished"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkround",
            constraint=models.UniqueConstraint(fields=("unit",), name="linkround_one_a_unit"),
        ),
    ]
