"""What a unit publishes: categories, tags, pictures, articles, about pages."""

from typing import ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from news import querysets, rules
from news.enums import ArticleStatus, PageLanguage
from portal.core.richtext import clean_html, reading_minutes
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import nfc, one_line, slugify_vi

SLUG = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", _("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối."))


def safe_html(cleaned: str) -> SafeString:
    """Mark a body as safe for templates after cleaning it once more: the database is not the boundary."""
    return mark_safe(clean_html(cleaned))  # noqa: S308 - nh3 has just cleaned it


class Category(TenantModel):
    """A chuyên mục of the unit's news."""

    name = models.CharField(_("tên"), max_length=80)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, validators=[SLUG])
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_notice = models.BooleanField(_("là thông báo"), default=False)

    objects = TenantManager.from_queryset(querysets.CategoryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")
        ordering: ClassVar = ["order", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "slug"], name="category_slug_in_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the category's list."""
        return reverse("news:category", args=[self.slug])


class Tag(TenantModel):
    """A word that ties articles together."""

    name = models.CharField(_("tên"), max_length=60)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, validators=[SLUG])

    objects = TenantManager.from_queryset(querysets.TagQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thẻ")
        verbose_name_plural = _("thẻ")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "slug"], name="tag_slug_in_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the tag's list."""
        return reverse("news:tag", args=[self.slug])


class Picture(TenantModel):
    """A re-encoded picture in two sizes; it says what it shows, or that it is decoration (TT 32/2017 Điều 18)."""

    file = models.FileField(_("tệp"), max_length=200)
    small_file = models.FileField(_("tệp nhỏ"), max_length=200)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(_("mô tả ảnh"), max_length=250, blank=True)
    is_decorative = models.BooleanField(_("chỉ để trang trí"), default=False)
    caption = models.CharField(_("chú thích"), max_length=250, blank=True)
    credit = models.CharField(_("nguồn ảnh"), max_length=120, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager.from_queryset(querysets.PictureQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | ~Q(alt_text=""), name="picture_described_or_decorative"
            )
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or str(self.file.name)

    @property
    def url(self) -> str:
        """Address of the large file."""
        return str(self.file.url)

    @property
    def small_url(self) -> str:
        """Address of the small file."""
        return str(self.small_file.url)

    @property
    def alt(self) -> str:
        """Text for the ``alt`` attribute; empty for decoration."""
        return "" if self.is_decorative else self.alt_text


class Article(TenantModel):
    """One item of news or one notice."""

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="articles", verbose_name=_("chuyên mục")
    )
    title = models.CharField(_("tiêu đề"), max_length=rules.TITLE_LIMIT)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=100, validators=[SLUG])
    summary = models.TextField(_("tóm tắt"), blank=True)
    body = RichTextField(_("nội dung"), blank=True)
    author_name = models.CharField(_("tác giả"), max_length=120, blank=True)
    source_name = models.CharField(_("nguồn"), max_length=160, blank=True)
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("ảnh chính")
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="articles", verbose_name=_("thẻ"))
    status = models.CharField(_("trạng thái"), max_length=10, choices=ArticleStatus, default=ArticleStatus.DRAFT)
    published_at = models.DateTimeField(_("ngày đăng"), null=True, blank=True)
    revised_at = models.DateTimeField(_("cập nhật"), null=True, blank=True)
    is_pinned = models.BooleanField(_("ghim lên đầu"), default=False)
    # Copied from the category: a front page of a large archive needs it in the index (news.actions keeps it true).
    is_notice = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField(_("bài minh họa"), default=False, editable=False)
    source_ref = models.CharField(_("mã nguồn"), max_length=80, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantManager.from_queryset(querysets.ArticleQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tin, bài")
        verbose_name_plural = _("tin, bài")
        permissions: ClassVar = [
            ("publish_article", "May publish and withdraw"),
            ("change_any_article", "May change other people's articles"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "source_ref"], condition=~Q(source_ref=""), name="article_source_ref_in_unit"
            ),
            models.CheckConstraint(
                condition=~Q(status=ArticleStatus.PUBLISHED) | Q(published_at__isnull=False),
                name="article_published_has_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "status", "-published_at", "-id"], name="article_unit_status_date"),
            models.Index(
                fields=["unit", "is_notice", "status", "-published_at", "-id"], name="article_notice_status_date"
            ),
            models.Index(
                fields=["unit", "is_pinned", "status", "-published_at", "-id"], name="article_pinned_status_date"
            ),
            models.Index(fields=["unit", "category", "status", "-published_at", "-id"], name="article_category_date"),
        ]

    def __str__(self) -> str:
        return self.title

    def normalise(self) -> None:
        """One spelling (NFC), a slug, a clean body, the category's kind: what every way of saving must do first."""
        self.title = one_line(self.title)
        self.summary = nfc(self.summary).strip()
        self.author_name, self.source_name = one_line(self.author_name), one_line(self.source_name)
        self.body = clean_html(self.body)
        self.slug = self.slug or slugify_vi(self.title)
        self.is_notice = self.category.is_notice

    def save(self, *args: object, **kwargs: object) -> None:
        """Normalise, then save inside the unit's scope."""
        self.normalise()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def get_absolute_url(self) -> str:
        """The lasting address; the id keeps it working when title or category change."""
        return reverse("news:article-detail", args=[self.category.slug, self.slug, self.pk])

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes of reading."""
        return reading_minutes(self.body)


class Page(TenantModel):
    """An about page under /gioi-thieu/: structure, functions, history, leaders, contacts (NĐ 224/2026 Điều 9)."""

    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, validators=[SLUG])
    language = models.CharField(_("ngôn ngữ"), max_length=2, choices=PageLanguage, default=PageLanguage.VI)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc trang")
    )
    title = models.CharField(_("tiêu đề"), max_length=160)
    body = RichTextField(_("nội dung"), blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_published = models.BooleanField(_("đăng"), default=True)
    revised_at = models.DateTimeField(_("cập nhật"), default=timezone.now, editable=False)

    objects = TenantManager.from_queryset(querysets.PageQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("trang giới thiệu")
        verbose_name_plural = _("trang giới thiệu")
        ordering: ClassVar = ["order", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "language", "slug"], name="page_slug_in_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """One spelling, a slug, a clean body; then save inside the unit's scope."""
        self.title = one_line(self.title)
        self.body = clean_html(self.body)
        self.slug = self.slug or slugify_vi(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def get_absolute_url(self) -> str:
        """Address of the page in its language."""
        name = "news:page-detail" if self.language == PageLanguage.VI else "news:page-detail-en"
        return reverse(name, args=[self.slug])

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)
