"""A second import of a file brings the pictures that the first one could not get."""

from django.db import transaction

from news.actions.import_addresses import inner_links
from news.actions.media import note_uses
from news.actions.visibility import show_changed
from news.enums.imports import ImportedState
from news.models import Article, ImportedItem
from portal.core.richtext import clean_html


@transaction.atomic
def mend_article(*, item: ImportedItem, body: str, picture_id: int | None, missing: int, hosts: set[str]) -> bool:
    """Put ``body``, which has more pictures now, into an imported article that nobody has edited since.

    False when there is nothing new, and when somebody has worked on the text: their words stay.
    """
    article = Article.objects.filter(pk=item.object_id, version_number=0).first()
    if article is None:
        return False
    cleaned = clean_html(body)
    picture_id = article.picture_id or picture_id
    if cleaned.count("/media/") <= article.body.count("/media/") and picture_id == article.picture_id:
        return False
    rows = Article.objects.filter(pk=article.pk, version_number=0)
    if not rows.update(body=cleaned, picture_id=picture_id):
        return False
    article.body, article.picture_id = cleaned, picture_id
    note_uses(article)
    show_changed(article)
    # The new body has the old site's links again.
    state = ImportedState.LINKS if inner_links(cleaned, hosts) else ImportedState.DONE
    ImportedItem.objects.filter(pk=item.pk).update(lacks_media=missing > 0, state=state)
    return True
