"""Who may do what with which document: everybody in the editorial board drafts, approvers and administrators publish."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from news.enums.documents import DocumentStatus
from news.models import Document
from portal.core.models import User

PUBLISH = "news.publish_document"


def may_change(user: User, document: Document) -> bool:
    """Whether the person may change the document: drafts with the right to write, what citizens saw with that to publish."""
    if document._state.adding:
        return user.has_perm("news.add_document")
    if document.status == DocumentStatus.DRAFT:
        return user.has_perm("news.change_document")
    return user.has_perm(PUBLISH)


def demand_change(document: Document, actor: User | None) -> None:
    """Raise PermissionDenied with a sentence where ``actor`` may not change the document; None is the system."""
    if actor is None:
        return
    stored = Document.objects.filter(pk=document.pk).only("status").first() if document.pk else None
    if not may_change(actor, stored or document):
        raise PermissionDenied(_("Văn bản đã đăng chỉ người duyệt và quản trị đơn vị sửa được."))


def demand_publish(actor: User | None) -> None:
    """Raise PermissionDenied with a sentence where ``actor`` may not publish and withdraw documents; None is the system."""
    if actor is not None and not actor.has_perm(PUBLISH):
        raise PermissionDenied(_("Chỉ người duyệt và quản trị đơn vị đăng và gỡ được văn bản."))
