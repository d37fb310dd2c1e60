"""An older version becomes the text again: by a new save, so that nothing is lost and every rule of saving holds."""

from django.db import transaction

from news.actions.articles import save_article
from news.actions.versions import COPIED, Change
from news.models import Article, ArticleVersion
from portal.core.models import User


@transaction.atomic
def restore_version(
    *, article: Article, version: ArticleVersion, actor: User, base_version: int, change: Change
) -> Article:
    """Save the text of ``version`` over the one that stands; its address stays.

    Raises EditConflict when the text that stands is not ``base_version`` any more, and whatever a save by hand would raise.
    A category that was removed since stays as it is.
    """
    for name in COPIED:
        if name != "category" or version.category is not None:
            setattr(article, name, getattr(version, name))
    return save_article(
        article=article, tags=version.tag_names, actor=actor, base_version=base_version, change=change
    )  # fmt: skip
