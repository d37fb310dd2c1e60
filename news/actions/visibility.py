"""What must happen whenever citizens should see something new."""

from news.models import Article
from portal.core.page_cache import bump_generation
from portal.search.actions import mark_changed

ARTICLE = "news.Article"


def show_changed(article: Article) -> None:
    """Let citizens see what changed: cached pages are forgotten, the index looks at the article again."""
    bump_generation(article.unit_id)
    mark_changed(unit_id=article.unit_id, model_label=ARTICLE, object_id=article.pk)
