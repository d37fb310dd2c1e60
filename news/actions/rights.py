"""Who may do what with which article: by role, by category, and nobody approves their own text."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from news.actions.share_locks import is_locked_copy
from news.enums import ArticleStatus, CategoryRightKind
from news.models import Article, CategoryRight
from portal.core.models import User
from portal.core.tenancy import current_unit_id

# What a person who is not its author may change, and an author not any more.
_OTHERS_MAY_CHANGE = frozenset(
    {ArticleStatus.SUBMITTED, ArticleStatus.APPROVED, ArticleStatus.SCHEDULED, ArticleStatus.PUBLISHED}
)
_AUTHORS_MAY_CHANGE = frozenset({ArticleStatus.DRAFT, ArticleStatus.RETURNED})


def closed_categories(user: User, right: CategoryRightKind) -> frozenset[int]:
    """Ids of the unit's categories that are kept to other people; none for who arranges the categories.

    Asked once for a person in hand, as their permissions are (units.permissions): a screen asks for every button.
    """
    if user.has_perm("news.change_category"):
        return frozenset()
    known = user.__dict__.setdefault("_closed_categories", {})
    unit_id = current_unit_id()
    if unit_id not in known:
        known[unit_id] = CategoryRight.objects.closed_to(user.pk)
    closed: frozenset[int] = known[unit_id].get(right, frozenset())
    return closed


def may_write_in(user: User, category_id: int) -> bool:
    """Whether the person may put texts into the category."""
    return user.has_perm("news.change_article") and category_id not in closed_categories(user, CategoryRightKind.WRITE)


def may_approve_in(user: User, category_id: int) -> bool:
    """Whether the person may approve and publish in the category; their own texts are another matter."""
    allowed = user.has_perm("news.publish_article")
    return allowed and category_id not in closed_categories(user, CategoryRightKind.APPROVE)


def may_change_text(user: User, article: Article, closed: frozenset[int] | None = None) -> bool:
    """Whether the person may change this text where it stands now.

    Own drafts and what was sent back for authors; everything up to the published text for editors; nothing that has expired
    or was withdrawn, before it is opened again; never another unit's mandatory text. ``closed`` saves asking for the closed categories again.
    """
    if not user.has_perm("news.change_article") or is_locked_copy(article):
        return False
    edits_others = user.has_perm("news.change_any_article")
    if article.status in _AUTHORS_MAY_CHANGE:
        allowed = edits_others or article.created_by_id == user.pk
    else:
        allowed = edits_others and article.status in _OTHERS_MAY_CHANGE
    if not allowed:
        return False
    return article.category_id not in (closed_categories(user, CategoryRightKind.WRITE) if closed is None else closed)


def is_own_text(article: Article, user: User) -> bool:
    """Whether the text is the person's own: begun, submitted or rewritten since by them. Then somebody else approves."""
    return Article.objects.filter(pk=article.pk).own_to(user.pk).exists()


def is_own_change(article: Article, user: User) -> bool:
    """Whether the person published or changed what waits for a second look; then somebody else looks."""
    if article.is_urgent and is_own_text(article, user):
        return True
    return Article.objects.filter(pk=article.pk).changed_unseen_by(user.pk).exists()


def demand(allowed: bool) -> None:  # noqa: FBT001 - the fact itself is the argument
    """Raise PermissionDenied with a sentence where the person's role or category does not allow a step."""
    if not allowed:
        raise PermissionDenied(_("Vai trò của bạn không làm được việc này ở chuyên mục này."))
