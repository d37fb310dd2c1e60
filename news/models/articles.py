"""The article: its text as it stands now, and where it stands on its way to citizens."""

from typing import Any, ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news import querysets, rules
from news.enums import ArticleStatus, WithdrawalKind
from news.models.media import Picture
from news.models.sections import Category, Tag
from news.models.text import SLUG, safe_html
from portal.core.richtext import clean_html, reading_minutes
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import nfc, one_line, slugify_vi


def _person() -> "models.ForeignKey[Any, Any]":
    """A link to who did one step of the way; accounts with such a past are closed, never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


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
    pinned_until = models.DateTimeField(_("ghim đến"), null=True, blank=True)
    is_featured = models.BooleanField(_("tin nổi bật"), default=False)
    featured_until = models.DateTimeField(_("nổi bật đến"), null=True, blank=True)
    allow_comments = models.BooleanField(_("cho bạn đọc góp ý"), default=True)

    # --- on the way to citizens (news.actions.workflow alone writes these) ---
    submitted_by = _person()
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("hạn duyệt"), null=True, blank=True)
    approved_by = _person()
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    secrecy_checked_by = _person()
    secrecy_checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    scheduled_for = models.DateTimeField(_("đăng lúc"), null=True, blank=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"), null=True, blank=True)
    is_urgent = models.BooleanField(_("đăng khẩn"), default=False, editable=False)
    # Until when another person must have looked at what one person published or corrected alone; None: nothing is due.
    second_look_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    second_look_by = _person()
    second_look_at = models.DateTimeField(null=True, blank=True, editable=False)

    # --- taken away, and why ---
    withdrawal_kind = models.CharField(max_length=8, choices=WithdrawalKind, blank=True, editable=False)
    withdrawal_note = models.TextField(_("dòng báo cho người đọc"), blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )

    # --- care after publishing ---
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người phụ trách"),
    )  # fmt: skip
    review_by = models.DateField(_("xem lại trước ngày"), null=True, blank=True)
    review_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    # --- where the text comes from, when another unit wrote it (news.actions.sharing) ---
    origin_unit = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    origin_article_id = models.BigIntegerField(null=True, blank=True, editable=False)
    canonical_url = models.URLField(max_length=500, blank=True, editable=False)
    follows_origin = models.BooleanField(default=False, editable=False)

    # Number of the newest version; every save of the text compares with it, so nobody overwrites unseen words.
    version_number = models.PositiveIntegerField(default=0, editable=False)
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
            models.CheckConstraint(
                condition=~Q(status=ArticleStatus.SCHEDULED) | Q(scheduled_for__isnull=False),
                name="article_scheduled_has_moment",
            ),
            models.UniqueConstraint(
                fields=["unit", "origin_unit", "origin_article_id"],
                condition=Q(origin_article_id__isnull=False),
                name="article_taken_once",
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
            # The desk: newest work first, by status and in all.
            models.Index(fields=["unit", "-edited_at", "-id"], name="article_unit_edited"),
            models.Index(fields=["unit", "status", "-edited_at", "-id"], name="article_unit_status_edited"),
            # The clock asks for what is due over all units; only the few rows that wait are in these.
            models.Index(
                fields=["scheduled_for"], condition=Q(status=ArticleStatus.SCHEDULED), name="article_scheduled_for"
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(status=ArticleStatus.PUBLISHED, expires_at__isnull=False),
                name="article_expires_at",
            ),
            models.Index(
                fields=["unit", "second_look_due_at"],
                condition=Q(second_look_due_at__isnull=False),
                name="article_second_look",
            ),
            models.Index(fields=["unit", "review_by"], condition=Q(review_by__isnull=False), name="article_review_by"),
            models.Index(fields=["unit", "-published_at"], condition=Q(is_featured=True), name="article_featured"),
            models.Index(
                fields=["origin_unit", "origin_article_id"],
                condition=Q(origin_article_id__isnull=False),
                name="article_origin",
            ),
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
    def leads_front_page(self) -> bool:
        """Featured, and its time is not over."""
        return self.is_featured and (self.featured_until is None or self.featured_until > timezone.now())

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes of reading."""
        return reading_minutes(self.body)
