"""What royalty screens show of numbers and of an article's entry."""

from decimal import Decimal
from typing import Any

from django import template

from news.actions.royalty import plain_number
from news.actions.royalty_sheets import line_note
from news.models import Article, ArticleRoyalty, RoyaltyLine

register = template.Library()


@register.filter
def plain(number: Decimal | None) -> str:
    """``12,5``: a decimal without needless zeros; empty for None."""
    return "" if number is None else plain_number(Decimal(number))


@register.filter
def percent_of(part: int, whole: int) -> str:
    """``79,05``: how many percent ``part`` is of ``whole``."""
    return plain_number((Decimal(part) * 100 / whole).quantize(Decimal("0.01"))) if whole else ""


@register.filter
def note_of(line: RoyaltyLine) -> str:
    """What is special about a line."""
    return line_note(line)


@register.simple_tag
def royalty_of(article: Article) -> ArticleRoyalty | None:
    """What the article is paid with, its people with it; None where nobody has said."""
    return ArticleRoyalty.objects.with_shares().filter(article=article).first()


@register.filter
def people_of(royalty: ArticleRoyalty) -> list[dict[str, Any]]:
    """Name, role and part of everybody."""
    return [
        {"name": share.contributor.pen_name, "role": share.get_role_display(), "percent": plain_number(share.percent)}
        for share in royalty.shares.all()
    ]
