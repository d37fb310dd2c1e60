"""What a unit publishes, and how it comes to be published."""

from news.models.articles import Article
from news.models.drafting import DraftAutosave, EditingSession, PreviewLink
from news.models.media import Picture
from news.models.pages import Page
from news.models.sections import Category, CategoryRight, Tag
from news.models.versions import ArticleVersion, PublicNote
from news.models.workflow import ArticleTransition

__all__ = [
    "Article",
    "ArticleTransition",
    "ArticleVersion",
    "Category",
    "CategoryRight",
    "DraftAutosave",
    "EditingSession",
    "Page",
    "Picture",
    "PreviewLink",
    "PublicNote",
    "Tag",
]
