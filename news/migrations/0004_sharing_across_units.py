import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Texts on their way between units; how much of a unit's text is its own."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("news", "0003_media_library"),
        ("units", "0001_units_and_their_sites"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharedArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_id", models.BigIntegerField()),
                ("source_version", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=300, verbose_name="tiêu đề")),
                ("slug", models.CharField(max_length=100)),
                ("summary", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("author_name", models.CharField(blank=True, max_length=120)),
                ("source_name", models.CharField(blank=True, max_length=160)),
                ("category_slug", models.CharField(blank=True, max_length=80)),
                ("category_name", models.CharField(blank=True, max_length=80)),
                ("pictures", models.JSONField(blank=True, default=list)),
                ("main_picture", models.CharField(blank=True, max_length=200)),
                ("attachments", models.JSONField(blank=True, default=list)),
                ("published_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("is_demo", models.BooleanField(default=False)),
                ("canonical_url", models.URLField(max_length=500)),
                ("notes", models.JSONField(blank=True, default=list)),
                ("substantive_revision", models.PositiveIntegerField(default=1)),
                ("is_withdrawn", models.BooleanField(default=False)),
                (
                    "withdrawal_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ERROR", "Đăng nhầm: trang báo bài không còn (410)"),
                            ("MERGED", "Nhập vào bài khác: địa chỉ dẫn sang bài kia"),
                            ("NOTICE", "Không còn đúng: bài vẫn đọc được, có dòng báo ở trên"),
                        ],
                        max_length=8,
                    ),
                ),
                ("withdrawal_note", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "from_unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"),
                ),
            ],
            options={
                "verbose_name": "bài trao đổi",
                "verbose_name_plural": "bài trao đổi",
                "permissions": [
                    ("offer_article", "May offer articles to the unit above"),
                    ("share_article", "May take articles of other units and push own ones down"),
                ],
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ShareDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("UP", "Gửi lên"), ("DOWN", "Gửi xuống")], max_length=4, verbose_name="chiều"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("OFFERED", "Mời đăng"), ("MANDATORY", "Bắt buộc đăng")],
                        default="OFFERED",
                        max_length=9,
                        verbose_name="cách gửi",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Đang chờ"),
                            ("TAKEN", "Đã lấy"),
                            ("DECLINED", "Từ chối"),
                            ("RECALLED", "Đơn vị gửi đã gỡ bài"),
                        ],
                        default="WAITING",
                        max_length=8,
                        verbose_name="kết quả",
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="lời nhắn")),
                ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                ("sent_revision", models.PositiveIntegerField(default=1)),
                ("reason", models.TextField(blank=True, verbose_name="lý do từ chối")),
                ("handled_at", models.DateTimeField(blank=True, null=True)),
                ("local_article_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "local_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("DRAFT", "Bản nháp"),
                            ("SUBMITTED", "Chờ duyệt"),
                            ("RETURNED", "Trả lại"),
                            ("APPROVED", "Đã duyệt"),
                            ("SCHEDULED", "Hẹn giờ đăng"),
                            ("PUBLISHED", "Đã đăng"),
                            ("EXPIRED", "Hết hạn"),
                            ("WITHDRAWN", "Đã gỡ"),
                        ],
                        max_length=10,
                    ),
                ),
                ("local_path", models.CharField(blank=True, max_length=400)),
                ("local_published_at", models.DateTimeField(blank=True, null=True)),
                ("taken_revision", models.PositiveIntegerField(default=0)),
                ("copy_hash", models.CharField(blank=True, max_length=64)),
                ("is_edited", models.BooleanField(default=False)),
                ("withdrawn_by_source", models.BooleanField(default=False)),
                (
                    "alert",
                    models.CharField(
                        blank=True,
                        choices=[("CORRECTED", "Bài gốc đã sửa"), ("WITHDRAWN", "Bài gốc đã gỡ")],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="nơi gửi",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="news.sharedarticle"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="nơi nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt gửi bài",
                "verbose_name_plural": "lượt gửi bài",
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="TextPrint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article_id", models.BigIntegerField()),
                ("version_number", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField()),
                ("shingles", models.BinaryField()),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"),
                ),
            ],
            options={
                "verbose_name": "dấu văn bản",
                "verbose_name_plural": "dấu văn bản",
            },
        ),
        migrations.CreateModel(
            name="TextMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField()),
                (
                    "print",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="news.textprint"
                    ),
                ),
            ],
            options={
                "verbose_name": "mốc văn bản",
                "verbose_name_plural": "mốc văn bản",
            },
        ),
        migrations.CreateModel(
            name="OriginalityMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="tháng")),
                ("articles_own", models.PositiveIntegerField(default=0, verbose_name="bài tự viết")),
                ("articles_copied", models.PositiveIntegerField(default=0, verbose_name="bài lấy lại")),
                ("words_own", models.PositiveIntegerField(default=0, verbose_name="chữ tự viết")),
                ("words_copied", models.PositiveIntegerField(default=0, verbose_name="chữ lấy lại")),
                ("computed_at", models.DateTimeField()),
                ("is_final", models.BooleanField(default=False)),
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
                "verbose_name": "bài tự viết theo tháng",
                "verbose_name_plural": "bài tự viết theo tháng",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("unit", "month"), name="originality_once_a_month")],
            },
        ),
        migrations.AddConstraint(
            model_name="sharedarticle",
            constraint=models.UniqueConstraint(fields=("from_unit", "source_id"), name="parcel_once"),
        ),
        migrations.AddIndex(
            model_name="sharedelivery",
            index=models.Index(fields=["to_unit", "state", "-sent_at"], name="delivery_inbox"),
        ),
        migrations.AddIndex(
            model_name="sharedelivery",
            index=models.Index(fields=["from_unit", "-sent_at"], name="delivery_sent"),
        ),
        migrations.AddIndex(
            model_name="sharedelivery",
            index=models.Index(fields=["to_unit", "local_article_id"], name="delivery_copy"),
        ),
        migrations.AddIndex(
            model_name="sharedelivery",
            index=models.Index(
                condition=models.Q(("alert", ""), _negated=True), fields=["to_unit"], name="delivery_alert"
            ),
        ),
        migrations.AddIndex(
            model_name="sharedelivery",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["to_unit", "due_at"], name="delivery_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedelivery",
            constraint=models.UniqueConstraint(fields=("parcel", "to_unit"), name="delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="sharedelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_unit", models.F("to_unit")), _negated=True), name="delivery_to_another_unit"
            ),
        ),
        migrations.AddIndex(
            model_name="textprint",
            index=models.Index(fields=["published_at"], name="textprint_published_at"),
        ),
        migrations.AddConstraint(
            model_name="textprint",
            constraint=models.UniqueConstraint(fields=("unit", "article_id"), name="textprint_once"),
        ),
        migrations.AddIndex(
            model_name="textmark",
            index=models.Index(fields=["value"], name="textmark_value"),
        ),
    ]
