"""Input of the news room."""

from news.forms.articles import ArticleForm, Check
from news.forms.attachments import AttachmentForm
from news.forms.library import AlbumForm, VideoForm
from news.forms.media import DescribeForm, PictureForm, choice_of
from news.forms.pages import PageForm
from news.forms.sections import RESERVED_SLUGS, CategoryForm, TagForm

__all__ = [
    "RESERVED_SLUGS",
    "AlbumForm",
    "ArticleForm",
    "AttachmentForm",
    "CategoryForm",
    "Check",
    "DescribeForm",
    "PageForm",
    "PictureForm",
    "TagForm",
    "VideoForm",
    "choice_of",
]
