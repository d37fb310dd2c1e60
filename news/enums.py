"""Closed lists of the news room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleStatus(models.TextChoices):
    """Where an article stands; only PUBLISHED ones are seen by citizens."""

    DRAFT = "DRAFT", _("Bản nháp")
    PUBLISHED = "PUBLISHED", _("Đã đăng")
    WITHDRAWN = "WITHDRAWN", _("Đã gỡ")


class PageLanguage(models.TextChoices):
    """Language of an about page; English ones stand under /en/."""

    VI = "vi", "Tiếng Việt"
    EN = "en", "English"
