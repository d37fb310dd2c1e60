"""What is around a text while somebody writes: unsaved words, who else is there, who may look without an account."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.querysets.drafting import AutosaveQuerySet, PreviewLinkQuerySet, SessionQuerySet
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class DraftAutosave(TenantModel):
    """What one person typed and has not saved, as the form holds it; never seen by anybody else, no version."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Empty for an article that was never saved: then the form's own key tells two new articles apart.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="autosaves")
    form_key = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = TenantManager.from_queryset(AutosaveQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bản tự lưu")
        verbose_name_plural = _("bản tự lưu")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "user", "form_key"], name="autosave_once_a_form")
        ]
        indexes: ClassVar = [models.Index(fields=["saved_at"], name="autosave_saved_at")]

    def __str__(self) -> str:
        return str(self.data.get("title") or self.form_key)


class EditingSession(TenantModel):
    """Somebody has the article open; a row not heard of for a minute means nobody."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editing_sessions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    has_changes = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(SessionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("người đang sửa")
        verbose_name_plural = _("người đang sửa")
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "user"], name="session_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.article}"


class PreviewLink(TenantModel):
    """An address under which somebody without an account may read an unpublished article; expiring, revocable."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    # Only the hash is kept: whoever reads the database can not open the draft.
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(_("gửi cho ai"), max_length=120, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("xem được đến"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    objects = TenantManager.from_queryset(PreviewLinkQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("liên kết xem trước")
        verbose_name_plural = _("liên kết xem trước")

    def __str__(self) -> str:
        return self.label or str(self.pk)
