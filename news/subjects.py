"""How other rooms find and name what the news room publishes (portal.core.subjects)."""

from news.enums import ArticleStatus, PageLanguage
from news.enums.documents import DocumentStatus
from news.models import Article, Consultation, ConsultationPart, Document, Page
from portal.core.subjects import Subject, register_subject

ARTICLE = "news.article"
PAGE = "news.page"
CONSULTATION = "news.consultation"
DOCUMENT = "news.document"


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


def consultation_subject(consultation: Consultation, parts: tuple[ConsultationPart, ...] = ()) -> Subject | None:
    """A draft that citizens see; opinions are taken between its two days, read afterwards as well."""
    if consultation.status != DocumentStatus.PUBLISHED:
        return None
    return Subject(
        CONSULTATION,
        consultation.pk,
        consultation.title,
        consultation.get_absolute_url(),
        takes_comments=consultation.is_open,
        asks_for_opinions=True,
        parts=tuple((part.pk, part.heading) for part in parts),
    )


def _find_consultation(key: int) -> Subject | None:
    consultation = Consultation.objects.published().light().filter(pk=key).first()
    if consultation is None:
        return None
    rows = ConsultationPart.objects.of(consultation).only("heading", "unit", "consultation")
    return consultation_subject(consultation, tuple(rows))


def document_subject(document: Document) -> Subject | None:
    """A document that citizens see."""
    if document.status != DocumentStatus.PUBLISHED:
        return None
    title = f"{document.number}: {document.abstract}" if document.number else document.abstract
    return Subject(DOCUMENT, document.pk, title[:250], document.get_absolute_url())


def _find_document(key: int) -> Subject | None:
    document = Document.objects.published().defer("search_text", "notes").filter(pk=key).first()
    return document_subject(document) if document else None


def register_subjects() -> None:
    """Tell the kernel; called when the room is ready."""
    register_subject(DOCUMENT, _find_document, document_subject)
    register_subject(CONSULTATION, _find_consultation, consultation_subject)
    register_subject(ARTICLE, _find_article, article_subject)
    register_subject(PAGE, _find_page, page_subject)
