"""The way of an article, step by step."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.enums import ArticleStatus
from news.models.articles import Article
from news.querysets.workflow import TransitionQuerySet
from news.rules.workflow import VERB_WORDS
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class ArticleTransition(TenantModel):
    """One step of an article: who, when, from where to where, why, and which version of the text it was about."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="transitions")
    at = models.DateTimeField(_("lúc"), auto_now_add=True)
    # None for what the clock did: a scheduled article, an expired one.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verb = models.CharField(_("việc"), max_length=30)
    from_status = models.CharField(_("từ"), max_length=10, choices=ArticleStatus)
    to_status = models.CharField(_("đến"), max_length=10, choices=ArticleStatus)
    reason = models.TextField(_("lý do, ý kiến"), blank=True)
    version_number = models.PositiveIntegerField(default=0)

    objects = TenantManager.from_queryset(TransitionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bước xử lý")
        verbose_name_plural = _("các bước xử lý")
        indexes: ClassVar = [models.Index(fields=["article", "-id"], name="transition_article")]

    def __str__(self) -> str:
        return f"{self.words}: {self.get_from_status_display()} → {self.get_to_status_display()}"

    @property
    def words(self) -> str:
        """The verb as people read it."""
        return str(VERB_WORDS.get(self.verb, self.verb))
