"""Input of the news room."""

from news.forms.articles import ArticleForm, Check
from news.forms.media import PictureForm
from news.forms.sections import RESERVED_SLUGS, CategoryForm, PageForm, TagForm

__all__ = ["RESERVED_SLUGS", "ArticleForm", "CategoryForm", "Check", "PageForm", "PictureForm", "TagForm"]
