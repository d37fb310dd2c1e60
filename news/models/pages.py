"""About pages."""

from typing import ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news import querysets
from news.enums import PageLanguage
from news.models.text import SLUG, safe_html
from portal.core.richtext import clean_html
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line, slugify_vi


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
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("người phụ trách"),
    )  # fmt: skip
    review_by = models.DateField(_("xem lại trước ngày"), null=True, blank=True)
    review_reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The English page of a Vietnamese one; each language has its own address part.
    translation_of = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="translation",
        verbose_name=_("bản dịch của trang"),
    )  # fmt: skip
    revised_at = models.DateTimeField(_("cập nhật"), default=timezone.now, editable=False)

    objects = TenantManager.from_queryset(querysets.PageQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("trang giới thiệu")
        verbose_name_plural = _("trang giới thiệu")
        ordering: ClassVar = ["order", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "language", "slug"], name="page_slug_in_unit"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "review_by"], condition=models.Q(review_by__isnull=False), name="page_review_by"
            )
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
