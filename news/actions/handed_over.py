"""Drafts made of what another room hands over (portal.core.article_drafts)."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from news.actions.articles import save_article
from news.models import Article, Category
from portal.core.article_drafts import DraftText
from portal.core.models import User


def write_handed_over(text: DraftText, actor: User) -> str:
    """A draft in the unit's first category that is no notice board; raises ValidationError where the unit has none."""
    categories = list(Category.objects.in_order())
    category = next((row for row in categories if not row.is_notice), categories[0] if categories else None)
    if category is None:
        raise ValidationError(_("Trang chưa có chuyên mục nào. Thêm chuyên mục rồi làm lại."))
    article = Article(title=text.title, summary=text.summary, body=text.body, category=category)
    save_article(article=article, actor=actor)
    return reverse("admin:news_article_change", args=[article.pk])
