"""What the clock does to articles: each is claimed by a conditional update, so two workers at once do it once."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from news.actions.visibility import show_changed
from news.actions.workflow import expire_article, publish_scheduled
from news.models import Article
from portal.core.audit import record

AT_ONCE: Final = 200
"""Articles of one unit and run; what is left is still due at the next."""


def do_what_is_due() -> int:
    """Publish, expire and unpin what is due in the unit in scope; returns how many articles changed.

    Each article is a transaction of its own: what was done before a worker was killed stays done.
    """
    now = timezone.now()
    rows = Article.objects.select_related("category")
    done = sum(publish_scheduled(article=article) for article in rows.due_to_publish(now)[:AT_ONCE])
    done += sum(expire_article(article=article) for article in rows.due_to_expire(now)[:AT_ONCE])
    done += sum(_unpin(article) for article in rows.pinned_too_long(now)[:AT_ONCE])
    done += sum(_unfeature(article) for article in rows.featured_too_long(now)[:AT_ONCE])
    return done


@transaction.atomic
def _unpin(article: Article) -> bool:
    rows = Article.objects.pinned_too_long(timezone.now()).filter(pk=article.pk)
    if not rows.update(is_pinned=False, pinned_until=None):
        return False
    record(verb="article.unpin", target=article, actor=None)
    show_changed(article)
    return True


@transaction.atomic
def _unfeature(article: Article) -> bool:
    rows = Article.objects.featured_too_long(timezone.now()).filter(pk=article.pk)
    if not rows.update(is_featured=False, featured_until=None):
        return False
    record(verb="article.unfeature", target=article, actor=None)
    show_changed(article)
    return True
