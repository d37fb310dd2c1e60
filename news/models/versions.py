"""Every saved text of an article, and what citizens are told about changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.enums import ArticleStatus, PublicNoteKind, VersionReason
from news.models.articles import Article
from news.models.media import Picture
from news.models.sections import Category
from news.models.text import safe_html
from news.querysets.versions import PublicNoteQuerySet, VersionQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class ArticleVersion(TenantModel):
    """The text as it stood after one save; never changed, never deleted while its article lives."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("bản số"))
    made_at = models.DateTimeField(_("lưu lúc"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=VersionReason, default=VersionReason.SAVE)
    status = models.CharField(max_length=10, choices=ArticleStatus)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    author_name = models.CharField(max_length=120, blank=True)
    source_name = models.CharField(max_length=160, blank=True)
    # The name as well: a category may be renamed or removed, the version says what it was.
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    category_name = models.CharField(max_length=80, blank=True)
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tag_names = models.JSONField(default=list, blank=True)
    # Words inserted plus words removed against the version before (news.rules.prose_diff).
    words_changed = models.PositiveIntegerField(default=0)
    is_minor = models.BooleanField(_("chỉ sửa nhỏ"), default=False)
    remark = models.CharField(_("ghi chú nội bộ"), max_length=250, blank=True)

    objects = TenantManager.from_queryset(VersionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("phiên bản")
        verbose_name_plural = _("phiên bản")
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def body_html(self) -> SafeString:
        """The body for templates."""
        return safe_html(self.body)


class PublicNote(TenantModel):
    """What citizens read under an article that changed: an update, or a correction (Luật TCTT 2016 Điều 22)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="public_notes")
    kind = models.CharField(_("loại"), max_length=10, choices=PublicNoteKind, default=PublicNoteKind.CHANGE)
    at = models.DateTimeField(_("lúc"))
    text = models.TextField(_("nội dung đổi"))
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TenantManager.from_queryset(PublicNoteQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("ghi chú công khai")
        verbose_name_plural = _("ghi chú công khai")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "kind", "-at"], name="publicnote_kind_at")]

    def __str__(self) -> str:
        return self.text[:80]
