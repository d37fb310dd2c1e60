import re
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.core.text import folded

_FILE = re.compile(r'src="/media/([^"]+)"')


def note_pictures_in_bodies(apps: Any, schema_editor: Any) -> None:
    """Note where bodies written before this migration show pictures; a picture in use is not deleted."""
    picture_model = apps.get_model("news", "Picture")
    use_model = apps.get_model("news", "PictureUse")
    for link in ("article", "page"):
        rows = apps.get_model("news", link.capitalize()).objects.filter(body__contains="/media/")
        for row in rows.only("pk", "unit", "body").iterator(chunk_size=200):
            names = {name.replace("-nho.webp", ".webp") for name in _FILE.findall(row.body)}
            pictures = picture_model.objects.filter(unit_id=row.unit_id, file__in=names)
            use_model.objects.bulk_create(
                use_model(unit_id=row.unit_id, picture=picture, **{link: row}) for picture in pictures
            )


def fold_words(apps: Any, schema_editor: Any) -> None:
    """Fill what the library's search compares."""
    picture_model = apps.get_model("news", "Picture")
    for row in picture_model.objects.only("pk", "alt_text", "caption", "credit").iterator(chunk_size=500):
        words = folded(" ".join(text for text in (row.alt_text, row.caption, row.credit) if text))
        picture_model.objects.filter(pk=row.pk).update(words=words)


class Migration(migrations.Migration):
    """The media library: what a picture says of itself, where it is used, attachments, albums, videos."""

    dependencies = [
        ("news", "0002_workflow_and_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Album",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="tiêu đề")),
                ("slug", models.CharField(editable=False, max_length=100)),
                ("description", models.TextField(blank=True, verbose_name="lời giới thiệu")),
                ("is_published", models.BooleanField(default=False, verbose_name="đăng lên thư viện")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ngày đăng")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "album ảnh",
                "verbose_name_plural": "album ảnh",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AlbumPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("caption", models.CharField(blank=True, max_length=250, verbose_name="chú thích trong album")),
            ],
            options={
                "verbose_name": "ảnh của album",
                "verbose_name_plural": "ảnh của album",
                "ordering": ["order", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ArticleAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "tệp của bài",
                "verbose_name_plural": "tệp của bài",
                "ordering": ["order", "pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(db_index=True, editable=False, max_length=200, upload_to="", verbose_name="tệp"),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên hiện cho người đọc")),
                ("extension", models.CharField(editable=False, max_length=5, verbose_name="loại")),
                ("size", models.PositiveBigIntegerField(editable=False, verbose_name="dung lượng")),
                ("pages", models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="số trang")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "original_name",
                    models.CharField(blank=True, editable=False, max_length=160, verbose_name="tên tệp gốc"),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "tệp đính kèm",
                "verbose_name_plural": "tệp đính kèm",
                "ordering": ["-pk"],
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="PictureUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_current", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "chỗ dùng ảnh",
                "verbose_name_plural": "chỗ dùng ảnh",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Video",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="tiêu đề")),
                ("slug", models.CharField(editable=False, max_length=100)),
                ("description", models.TextField(blank=True, verbose_name="lời giới thiệu")),
                ("is_published", models.BooleanField(default=False, verbose_name="đăng lên thư viện")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ngày đăng")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        db_index=True,
                        editable=False,
                        max_length=200,
                        upload_to="",
                        verbose_name="tệp video",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, editable=False)),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("embed_url", models.URLField(blank=True, max_length=300, verbose_name="địa chỉ video")),
                ("duration", models.PositiveIntegerField(blank=True, null=True, verbose_name="độ dài (giây)")),
                (
                    "captions",
                    models.FileField(blank=True, editable=False, max_length=200, upload_to="", verbose_name="phụ đề"),
                ),
                ("transcript", models.TextField(blank=True, verbose_name="lời trong video")),
            ],
            options={
                "verbose_name": "video",
                "verbose_name_plural": "video",
                "abstract": False,
                "base_manager_name": "objects",
                "default_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="picture",
            name="picture_described_or_decorative",
        ),
        migrations.AddField(
            model_name="picture",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="focal_x",
            field=models.PositiveSmallIntegerField(default=50, verbose_name="điểm chính, từ trái (%)"),
        ),
        migrations.AddField(
            model_name="picture",
            name="focal_y",
            field=models.PositiveSmallIntegerField(default=50, verbose_name="điểm chính, từ trên (%)"),
        ),
        migrations.AddField(
            model_name="picture",
            name="is_ready",
            field=models.BooleanField(default=True, editable=False, verbose_name="đã mô tả"),
        ),
        migrations.AddField(
            model_name="picture",
            name="licence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("OWN", "Của đơn vị"),
                    ("PERMITTED", "Được tác giả cho phép"),
                    ("CC_BY", "Creative Commons CC BY (ghi tên tác giả)"),
                    ("CC_BY_SA", "Creative Commons CC BY-SA (ghi tên, chia sẻ tương tự)"),
                    ("PUBLIC", "Thuộc về công chúng"),
                    ("OTHER", "Quyền khác (ghi ở ô bên dưới)"),
                ],
                max_length=10,
                verbose_name="quyền sử dụng",
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="licence_note",
            field=models.CharField(blank=True, max_length=200, verbose_name="ghi thêm về quyền sử dụng"),
        ),
        migrations.AddField(
            model_name="picture",
            name="original_bytes",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="picture",
            name="original_name",
            field=models.CharField(blank=True, editable=False, max_length=160, verbose_name="tên tệp gốc"),
        ),
        migrations.AddField(
            model_name="picture",
            name="render_attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="picture",
            name="render_claimed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="picture",
            name="rendered_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="picture",
            name="renditions",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="picture",
            name="sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="picture",
            name="credit",
            field=models.CharField(blank=True, max_length=120, verbose_name="tác giả, nguồn ảnh"),
        ),
        migrations.AlterField(
            model_name="picture",
            name="file",
            field=models.FileField(db_index=True, max_length=200, upload_to="", verbose_name="tệp"),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(fields=["unit", "is_ready", "-id"], name="picture_unit_ready"),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("rendered_at__isnull", True)), fields=["unit", "id"], name="picture_unrendered"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_ready", False),
                    ("is_decorative", True),
                    models.Q(("alt_text", ""), _negated=True),
                    _connector="OR",
                ),
                name="picture_described_or_decorative",
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)), name="picture_focal_point_inside"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sha256", ""), _negated=True), fields=("unit", "sha256"), name="picture_file_once"
            ),
        ),
        migrations.AddField(
            model_name="album",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="album",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cover_of",
                to="news.picture",
                verbose_name="ảnh bìa",
            ),
        ),
        migrations.AddField(
            model_name="album",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="albumpicture",
            name="album",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="news.album"
            ),
        ),
        migrations.AddField(
            model_name="albumpicture",
            name="picture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="album_entries", to="news.picture"
            ),
        ),
        migrations.AddField(
            model_name="albumpicture",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="articleattachment",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="attachment_links", to="news.article"
            ),
        ),
        migrations.AddField(
            model_name="articleattachment",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="articleattachment",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="article_links", to="news.attachment"
            ),
        ),
        migrations.AddField(
            model_name="pictureuse",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="picture_uses",
                to="news.article",
            ),
        ),
        migrations.AddField(
            model_name="pictureuse",
            name="page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="picture_uses",
                to="news.page",
            ),
        ),
        migrations.AddField(
            model_name="pictureuse",
            name="picture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="body_uses", to="news.picture"
            ),
        ),
        migrations.AddField(
            model_name="pictureuse",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="added_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="poster",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="poster_of",
                to="news.picture",
                verbose_name="ảnh hiện trước khi phát",
            ),
        ),
        migrations.AddField(
            model_name="video",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="units.unit",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddIndex(
            model_name="album",
            index=models.Index(fields=["unit", "is_published", "-published_at", "-id"], name="album_unit_published"),
        ),
        migrations.AddConstraint(
            model_name="album",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_published", False), ("published_at__isnull", False), _connector="OR"),
                name="album_published_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="albumpicture",
            constraint=models.UniqueConstraint(fields=("album", "picture"), name="picture_once_in_album"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("unit", "sha256"), name="attachment_file_once"),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="attachment_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="articleattachment",
            constraint=models.UniqueConstraint(fields=("article", "attachment"), name="attachment_once_in_article"),
        ),
        migrations.AddConstraint(
            model_name="pictureuse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", False), ("page__isnull", True)),
                    models.Q(("article__isnull", True), ("page__isnull", False)),
                    _connector="OR",
                ),
                name="pictureuse_in_one_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="pictureuse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", False)),
                fields=("picture", "article"),
                name="pictureuse_article_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="pictureuse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("page__isnull", False)), fields=("picture", "page"), name="pictureuse_page_once"
            ),
        ),
        migrations.AddIndex(
            model_name="video",
            index=models.Index(fields=["unit", "is_published", "-published_at", "-id"], name="video_unit_published"),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_published", False), ("published_at__isnull", False), _connector="OR"),
                name="video_published_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file", ""), models.Q(("embed_url", ""), _negated=True)),
                    models.Q(models.Q(("file", ""), _negated=True), ("embed_url", "")),
                    _connector="OR",
                ),
                name="video_file_or_embed",
            ),
        ),
        migrations.AddConstraint(
            model_name="video",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sha256", ""), _negated=True), fields=("unit", "sha256"), name="video_file_once"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="words",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fold_words, migrations.RunPython.noop),
        migrations.RunPython(note_pictures_in_bodies, migrations.RunPython.noop),
    ]
