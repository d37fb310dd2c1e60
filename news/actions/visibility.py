"""What must happen whenever citizens should see something new."""

from collections.abc import Callable
from typing import Final

from news.models import Article
from portal.core.page_cache import bump_generation
from portal.search.actions import mark_changed

ARTICLE = "news.Article"
_listeners: Final[list[Callable[[Article], None]]] = []


def tell_when_changed(listener: Callable[[Article], None]) -> None:
    """Call ``listener``, inside the same transaction, whenever what citizens see of an article changes."""
    if listener not in _listeners:
        _listeners.append(listener)


def show_changed(article: Article) -> None:
    """Let citizens see what changed: cached pages are forgotten, the index looks at the article again."""
    bump_generation(article.unit_id)
    mark_changed(unit_id=article.unit_id, model_label=ARTICLE, object_id=article.pk)
    for listener in _listeners:
        listener(article)
