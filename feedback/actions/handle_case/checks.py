"""What every verb asks before it writes: the right of the person, the words, who may be given a case."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.models import Case
from feedback.rules import cases as rules
from feedback.rules.words import plain
from portal.core.models import User
from portal.core.text import one_line
from units.models import Membership
from units.permissions import permissions_of

HANDLE = "feedback.handle_case"
ASSIGN = "feedback.assign_case"
UNMASK = "feedback.unmask_case"
POST_LIMIT = 160
RESPONSIBLE_LIMIT = 200


def need(actor: User, right: str = HANDLE) -> None:
    """Raise PermissionDenied unless the person has the right in the unit in scope."""
    if not actor.has_perm(right):
        raise PermissionDenied(right)


def words(raw: str, *, field: str = "text", limit: int = rules.OFFICE_TEXT_LIMIT, required: bool = True) -> str:
    """An office's text as it is stored: plain, one spelling, bounded. Raises ValidationError naming the field."""
    text = plain(raw)
    if required and not text:
        raise ValidationError({field: _("Hãy viết nội dung.")}, code="required")
    if len(text) > limit:
        sentence = _("Nội dung dài %(length)s chữ, nhiều nhất là %(limit)s. Hãy viết ngắn lại.")
        raise ValidationError({field: sentence % {"length": len(text), "limit": limit}}, code="too_long")
    return text


def reason_words(raw: str) -> str:
    """A reason, which nobody may leave out."""
    return words(raw, field="reason", limit=rules.REASON_LIMIT)


def line(raw: str, *, field: str, limit: int, required: bool, missing: str = "") -> str:
    """A post or the name of an office, on one line."""
    text = one_line(plain(raw))
    if required and not text:
        raise ValidationError({field: missing}, code="required")
    if len(text) > limit:
        raise ValidationError({field: _("Nhiều nhất %(limit)s chữ.") % {"limit": limit}}, code="too_long")
    return text


def may_handle_here(user: User) -> bool:
    """Whether somebody is a member of the unit in scope whose role handles cases, and can log in."""
    role = Membership.objects.role_of(user.pk) if user.is_active else None
    return role is not None and HANDLE in permissions_of(role)


def need_assignee(assignee: User) -> None:
    """Raise ValidationError unless the person can be given cases of this unit."""
    if not may_handle_here(assignee):
        raise ValidationError(
            {"assignee": _("Người này không xử lý phản ánh ở đơn vị. Chọn người khác.")}, code="not_here"
        )


def today() -> date:
    """The day in the portal's time zone."""
    return timezone.localdate()


def due_detail(case: Case, changes: dict[str, Any]) -> dict[str, str]:
    """Old and new day of a step that moves it; nothing where it stays."""
    new = changes.get("due_on", case.due_on)
    if new == case.due_on:
        return {}
    return {"due_before": case.due_on.isoformat() if case.due_on else "", "due": new.isoformat() if new else ""}
