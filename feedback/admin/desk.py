"""What the feedback room puts on “Việc hôm nay”."""

from typing import Any

from django.http import HttpRequest

from feedback.models import Comment
from feedback.querysets.comments import COUNT_LIMIT
from portal.core.models import User

ROWS = 3


def comments_panel(request: HttpRequest) -> dict[str, Any]:
    """Comments that wait for a moderator, longest waiting first; nothing where none waits."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("feedback.moderate_comment"):
        return {}
    waiting = list(Comment.objects.waiting()[: ROWS + 1])
    if not waiting:
        return {}
    number = Comment.objects.waiting_number() if len(waiting) > ROWS else len(waiting)
    return {
        "template": "admin/feedback/desk_panel.html",
        "comments": waiting[:ROWS],
        "number": number,
        "is_bounded": number >= COUNT_LIMIT,
    }
