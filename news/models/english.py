"""The English version of an article."""

from typing import ClassVar

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.text import SLUG, safe_html
from news.querysets.english import TranslationQuerySet
from portal.core.richtext import clean_html, reading_minutes
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import nfc, one_line, slugify_vi


class ArticleTranslation(TenantModel):
    """An article in English under /en/news/; seen by citizens while it and its article are published."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="translation", verbose_name=_("bài tiếng Việt")
    )
    title = models.CharField(_("tiêu đề tiếng Anh"), max_length=300)
    slug = models.CharField(max_length=100, validators=[SLUG], editable=False)
    summary = models.TextField(_("tóm tắt tiếng Anh"), blank=True)
    body = RichTextField(_("nội dung tiếng Anh"), blank=True)
    # Which Vietnamese text was translated: when it has a newer one, the editors are told.
    of_version = models.PositiveIntegerField(default=0, editable=False)
    # Its own count of saves, so that two translators do not overwrite each other unseen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    is_published = models.BooleanField(_("đăng"), default=False, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    edited_at = models.DateTimeField(editable=False)

    objects = TenantManager.from_queryset(TranslationQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bản tiếng Anh")
        verbose_name_plural = _("bản tiếng Anh")
        indexes: ClassVar = [
            models.Index(fields=["unit", "is_published", "-published_at", "-id"], name="translation_published")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """One spelling, a slug, a clean body; then save inside the unit's scope."""
        self.title, self.summary = one_line(self.title), nfc(self.summary).strip()
        self.body = clean_html(self.body)
        self.slug = slugify_vi(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def get_absolute_url(self) -> str:
        """The lasting address; the article's id keeps it working when the title changes."""
        return reverse("news:article-en", args=[self.slug, self.article_id])

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes of reading."""
        return reading_minutes(self.body)
