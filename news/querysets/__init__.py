"""Every reusable read of the news room. Each costs a constant number of queries whatever the size of the archive."""

from news.querysets.articles import ArticleQuerySet, day_bounds
from news.querysets.media import PictureQuerySet
from news.querysets.sections import CategoryQuerySet, CategoryRightQuerySet, PageQuerySet, TagQuerySet

__all__ = [
    "ArticleQuerySet",
    "CategoryQuerySet",
    "CategoryRightQuerySet",
    "PageQuerySet",
    "PictureQuerySet",
    "TagQuerySet",
    "day_bounds",
]
