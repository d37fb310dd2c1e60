"""How other rooms find and name what the news room publishes (portal.core.subjects)."""

from news.enums import ArticleStatus, PageLanguage
from news.models import Article, Page
from portal.core.subjects import Subject, register_subject

ARTICLE = "news.article"
PAGE = "news.page"


def article_subject(article: Article) -> Subject | None:
    """An article that citizens see; comments are taken where its editor allows them."""
    if article.status != ArticleStatus.PUBLISHED:
        return None
    return Subject(ARTICLE, article.pk, article.title, article.get_absolute_url(), article.allow_comments)


def page_subject(page: Page) -> Subject | None:
    """A Vietnamese about page; English pages are not asked about until the questions are translated."""
    if page.language != PageLanguage.VI:
        return None
    return Subject(PAGE, page.pk, page.title, page.get_absolute_url())


def _find_article(key: int) -> Subject | None:
    article = Article.objects.published().select_related("category").filter(pk=key).first()
    return article_subject(article) if article else None


def _find_page(key: int) -> Subject | None:
    page = Page.objects.published().filter(pk=key).first()
    return page_subject(page) if page else None


def register_subjects() -> None:
    """Tell the kernel; called when the room is ready."""
    register_subject(ARTICLE, _find_article, article_subject)
    register_subject(PAGE, _find_page, page_subject)
