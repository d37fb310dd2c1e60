"""Business verbs of the news room: each atomic, audited, and visible to citizens within two seconds."""

from news.actions.articles import delete_article, load_articles, save_article
from news.actions.media import add_picture, delete_picture, describe_picture, keep_picture
from news.actions.sections import delete_category, delete_page, delete_tag, save_category, save_page, save_tag
from news.actions.workflow import publish_article, withdraw_article

__all__ = [
    "add_picture",
    "delete_article",
    "delete_category",
    "delete_page",
    "delete_picture",
    "delete_tag",
    "describe_picture",
    "keep_picture",
    "load_articles",
    "publish_article",
    "save_article",
    "save_category",
    "save_page",
    "save_tag",
    "withdraw_article",
]
