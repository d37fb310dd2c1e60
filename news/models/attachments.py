"""Files that articles offer for download."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.querysets.media import ArticleAttachmentQuerySet, AttachmentQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Attachment(TenantModel):
    """A PDF, Office or ZIP file, checked by its content and stored under a random name.

    Whoever has its address can fetch it, also before the article is published: the address can not be guessed.
    """

    file = models.FileField(_("tệp"), max_length=200, db_index=True, editable=False)
    title = models.CharField(_("tên hiện cho người đọc"), max_length=200)
    extension = models.CharField(_("loại"), max_length=5, editable=False)
    size = models.PositiveBigIntegerField(_("dung lượng"), editable=False)
    pages = models.PositiveIntegerField(_("số trang"), null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    original_name = models.CharField(_("tên tệp gốc"), max_length=160, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = TenantManager.from_queryset(AttachmentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "sha256"], name="attachment_file_once"),
            models.CheckConstraint(condition=~Q(title=""), name="attachment_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Address of the file."""
        return str(self.file.url)

    @property
    def kind(self) -> str:
        """Its type as people say it: ``PDF``, ``DOCX``."""
        return self.extension.upper()


class ArticleAttachment(TenantModel):
    """A file below an article's text, in the editor's order."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="attachment_links")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="article_links")
    order = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(ArticleAttachmentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("tệp của bài")
        verbose_name_plural = _("tệp của bài")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "attachment"], name="attachment_once_in_article")
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.attachment}"
