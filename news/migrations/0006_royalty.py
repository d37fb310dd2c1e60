import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "__first__"),
        ("news", "0005_subscriptions"),
        ("units", "0001_units_and_their_sites"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleRoyalty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_unpaid", models.BooleanField(default=False, verbose_name="không tính nhuận bút")),
                ("genre_code", models.CharField(blank=True, max_length=40, verbose_name="thể loại")),
                ("genre_name", models.CharField(blank=True, editable=False, max_length=120)),
                (
                    "coefficient",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số",
                    ),
                ),
                ("photo_genre_code", models.CharField(blank=True, max_length=40, verbose_name="loại ảnh")),
                ("photo_count", models.PositiveSmallIntegerField(default=0, verbose_name="số ảnh")),
                (
                    "photo_coefficient",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số mỗi ảnh",
                    ),
                ),
                ("supplements", models.JSONField(blank=True, default=list)),
                ("note", models.CharField(blank=True, max_length=250, verbose_name="ghi chú")),
                ("set_at", models.DateTimeField(auto_now=True)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="royalty", to="news.article"
                    ),
                ),
                (
                    "set_by",
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
                "verbose_name": "nhuận bút của bài",
                "verbose_name_plural": "nhuận bút của các bài",
                "permissions": [
                    ("enter_royalty", "May enter genre, coefficient and authors of articles"),
                    ("view_own_royalty", "May see what they are paid themselves"),
                ],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Contributor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pen_name", models.CharField(max_length=120, verbose_name="bút danh")),
                ("key", models.CharField(editable=False, max_length=120)),
                ("real_name", models.CharField(blank=True, max_length=120, verbose_name="họ và tên")),
                ("department", models.CharField(blank=True, max_length=160, verbose_name="nơi công tác")),
                ("is_staff", models.BooleanField(default=False, verbose_name="là người của đơn vị")),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tài khoản",
                    ),
                ),
            ],
            options={
                "verbose_name": "người viết",
                "verbose_name_plural": "người viết",
                "ordering": ["key"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltyFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "target_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("PROVINCE", "Tỉnh, thành phố"),
                            ("DEPARTMENT", "Sở, ban, ngành"),
                            ("DISTRICT", "Quận, huyện, thị xã"),
                            ("COMMUNE", "Xã, phường, đặc khu"),
                        ],
                        max_length=12,
                        verbose_name="cho mọi đơn vị loại",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="phần trăm mức của tỉnh",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("decision_number", models.CharField(blank=True, max_length=60, verbose_name="số quyết định")),
                (
                    "target_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="cho một đơn vị",
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
                "verbose_name": "tỷ lệ của đơn vị",
                "verbose_name_plural": "tỷ lệ của các đơn vị",
                "ordering": ["-valid_from", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltyShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("AUTHOR", "Tác giả"),
                            ("TRANSLATOR", "Người dịch"),
                            ("EDITOR", "Biên tập"),
                            ("PHOTO", "Chụp ảnh"),
                        ],
                        default="AUTHOR",
                        max_length=12,
                        verbose_name="vai trò",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="phần (%)",
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="news.contributor"
                    ),
                ),
                (
                    "royalty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="news.articleroyalty"
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
                "verbose_name": "phần nhuận bút",
                "verbose_name_plural": "phần nhuận bút",
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltySheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="tháng")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("OPEN", "Đang mở"),
                            ("COMPUTED", "Đã tính"),
                            ("CHECKED", "Đã kiểm tra"),
                            ("LOCKED", "Đã khóa"),
                        ],
                        default="OPEN",
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "budget",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="mức chi tối đa của tháng (đồng)"
                    ),
                ),
                (
                    "over_budget",
                    models.CharField(
                        choices=[("REDUCE", "Giảm đều theo tỷ lệ"), ("REFUSE", "Không tính, báo số vượt")],
                        default="REDUCE",
                        max_length=6,
                        verbose_name="khi vượt mức chi",
                    ),
                ),
                ("total_before", models.PositiveBigIntegerField(default=0, editable=False)),
                ("total", models.PositiveBigIntegerField(default=0, editable=False)),
                ("snapshot", models.JSONField(default=list, editable=False)),
                ("computed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("locked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="hạn trả")),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="ngày trả")),
                (
                    "checked_by",
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
                    "computed_by",
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
                    "locked_by",
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
                "verbose_name": "bảng nhuận bút",
                "verbose_name_plural": "nhuận bút",
                "ordering": ["-month"],
                "permissions": [
                    ("compute_royaltysheet", "May compute the sheet of a month"),
                    ("check_royaltysheet", "May check a sheet that somebody else computed"),
                    ("lock_royaltysheet", "May lock a checked sheet"),
                ],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article_title", models.CharField(max_length=300)),
                ("article_path", models.CharField(max_length=400)),
                ("published_on", models.DateField()),
                ("is_late", models.BooleanField(default=False)),
                ("kind", models.CharField(choices=[("TEXT", "Tin, bài"), ("PHOTO", "Ảnh, tranh")], max_length=5)),
                ("genre_name", models.CharField(max_length=120)),
                (
                    "coefficient",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số",
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                ("base_amount", models.PositiveIntegerField()),
                (
                    "unit_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="tỷ lệ của đơn vị",
                    ),
                ),
                ("supplements", models.CharField(blank=True, max_length=400)),
                ("ceiling_applied", models.BooleanField(default=False)),
                ("work_amount", models.PositiveBigIntegerField()),
                ("pen_name", models.CharField(max_length=120)),
                ("real_name", models.CharField(blank=True, max_length=120)),
                ("department", models.CharField(blank=True, max_length=160)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("AUTHOR", "Tác giả"),
                            ("TRANSLATOR", "Người dịch"),
                            ("EDITOR", "Biên tập"),
                            ("PHOTO", "Chụp ảnh"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "share_percent",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="phần",
                    ),
                ),
                ("amount_before", models.PositiveBigIntegerField()),
                ("amount", models.PositiveBigIntegerField()),
                (
                    "article",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="news.article"),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="news.contributor"
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
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="news.royaltysheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng nhuận bút",
                "verbose_name_plural": "dòng nhuận bút",
                "ordering": ["pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltyTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="tên bảng")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="đến hết ngày")),
                ("decision_number", models.CharField(blank=True, max_length=60, verbose_name="số quyết định")),
                ("decision_date", models.DateField(blank=True, null=True, verbose_name="ngày quyết định")),
                (
                    "base_amount",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="đơn vị hệ số (đồng)"
                    ),
                ),
                (
                    "article_ceiling",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="mức cao nhất một bài (đồng)"),
                ),
                (
                    "supplement_ceiling",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="tổng mức cộng thêm không quá (%)",
                    ),
                ),
                ("payment_days", models.PositiveSmallIntegerField(default=60, verbose_name="trả trong vòng (ngày)")),
                (
                    "status",
                    models.CharField(
                        choices=[("DRAFT", "Đang soạn"), ("IN_FORCE", "Đã ban hành")],
                        default="DRAFT",
                        max_length=8,
                        verbose_name="trạng thái",
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
                "verbose_name": "bảng mức nhuận bút",
                "verbose_name_plural": "bảng mức nhuận bút",
                "ordering": ["-valid_from", "-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltySupplement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-[a-z0-9]+)*$", "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối."
                            )
                        ],
                        verbose_name="mã",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="mức")),
                (
                    "effect",
                    models.CharField(
                        choices=[("ADD", "Cộng thêm"), ("PORTION", "Chỉ hưởng một phần")],
                        default="ADD",
                        max_length=8,
                        verbose_name="cách tính",
                    ),
                ),
                (
                    "percent_min",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="thấp nhất (%)",
                    ),
                ),
                (
                    "percent_max",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="cao nhất (%)",
                    ),
                ),
                ("stacks", models.BooleanField(default=True, verbose_name="cộng được với mức khác")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
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
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="supplements", to="news.royaltytable"
                    ),
                ),
            ],
            options={
                "verbose_name": "mức cộng thêm",
                "verbose_name_plural": "mức cộng thêm",
                "ordering": ["order", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="RoyaltyGenre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(?:-[a-z0-9]+)*$", "Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối."
                            )
                        ],
                        verbose_name="mã",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="thể loại")),
                (
                    "kind",
                    models.CharField(
                        choices=[("TEXT", "Tin, bài"), ("PHOTO", "Ảnh, tranh")],
                        default="TEXT",
                        max_length=5,
                        verbose_name="trả cho",
                    ),
                ),
                (
                    "coefficient_min",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số thấp nhất",
                    ),
                ),
                (
                    "coefficient_max",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=6,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số cao nhất",
                    ),
                ),
                (
                    "coefficient_default",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                        verbose_name="hệ số thường dùng",
                    ),
                ),
                ("pays_copies", models.BooleanField(default=False, verbose_name="trả cả bài lấy lại từ đơn vị khác")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
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
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="genres", to="news.royaltytable"
                    ),
                ),
            ],
            options={
                "verbose_name": "thể loại",
                "verbose_name_plural": "thể loại",
                "ordering": ["order", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(fields=("unit", "key"), name="contributor_pen_name_in_unit"),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)), fields=("unit", "user"), name="contributor_one_per_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltyfactor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("target_kind", ""), ("target_unit__isnull", False)),
                    models.Q(models.Q(("target_kind", ""), _negated=True), ("target_unit__isnull", True)),
                    _connector="OR",
                ),
                name="royaltyfactor_one_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltyfactor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="royaltyfactor_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltyfactor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("target_kind", ""), _negated=True),
                fields=("unit", "target_kind", "valid_from"),
                name="royaltyfactor_once_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltyfactor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("target_unit__isnull", False)),
                fields=("unit", "target_unit", "valid_from"),
                name="royaltyfactor_once_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltyshare",
            constraint=models.UniqueConstraint(fields=("royalty", "contributor", "role"), name="royaltyshare_once"),
        ),
        migrations.AddConstraint(
            model_name="royaltysheet",
            constraint=models.UniqueConstraint(fields=("unit", "month"), name="royaltysheet_one_a_month"),
        ),
        migrations.AddIndex(
            model_name="royaltyline",
            index=models.Index(fields=["contributor", "sheet"], name="royaltyline_contributor"),
        ),
        migrations.AddConstraint(
            model_name="royaltyline",
            constraint=models.UniqueConstraint(
                fields=("article", "kind", "contributor", "role"), name="royaltyline_paid_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltytable",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "IN_FORCE")), fields=("unit", "valid_from"), name="royaltytable_one_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltytable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="royaltytable_days_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltysupplement",
            constraint=models.UniqueConstraint(fields=("table", "code"), name="royaltysupplement_code_in_table"),
        ),
        migrations.AddConstraint(
            model_name="royaltysupplement",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent_max__gte", models.F("percent_min"))),
                name="royaltysupplement_range_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="royaltygenre",
            constraint=models.UniqueConstraint(fields=("table", "code"), name="royaltygenre_code_in_table"),
        ),
        migrations.AddConstraint(
            model_name="royaltygenre",
            constraint=models.CheckConstraint(
                condition=models.Q(("coefficient_max__gte", models.F("coefficient_min"))),
                name="royaltygenre_range_in_order",
            ),
        ),
    ]
