"""The steps of an article: which lead from where to where, and the measures of what is small and what is due."""

import re
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy

from news.enums import ArticleStatus as Status

STEPS: Final[dict[str, tuple[frozenset[Status], Status]]] = {
    "submit": (frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED),
    "recall": (frozenset({Status.SUBMITTED}), Status.DRAFT),
    "return": (frozenset({Status.SUBMITTED, Status.APPROVED, Status.SCHEDULED}), Status.RETURNED),
    "approve": (frozenset({Status.SUBMITTED}), Status.APPROVED),
    "unapprove": (frozenset({Status.APPROVED, Status.SCHEDULED}), Status.SUBMITTED),
    "schedule": (frozenset({Status.APPROVED, Status.SCHEDULED}), Status.SCHEDULED),
    "unschedule": (frozenset({Status.SCHEDULED}), Status.APPROVED),
    "publish": (frozenset({Status.APPROVED, Status.SCHEDULED}), Status.PUBLISHED),
    "publish-urgent": (frozenset({Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.APPROVED}), Status.PUBLISHED),
    "expire": (frozenset({Status.PUBLISHED}), Status.EXPIRED),
    "withdraw": (frozenset({Status.PUBLISHED, Status.EXPIRED}), Status.WITHDRAWN),
    "reopen": (frozenset({Status.WITHDRAWN, Status.EXPIRED}), Status.DRAFT),
}
"""Verb → where it may start, where it ends."""

SECOND_LOOK_WITHIN: Final = timedelta(hours=24)
"""One person may publish urgently, or correct a published text; another one looks at it within this time."""
SMALL_EDIT_WORDS: Final = 20
"""A change of up to so many words is a slip of the pen: it does not make a text one's own, needs no public note."""
SEEN_STATUSES: Final = frozenset({Status.PUBLISHED, Status.EXPIRED, Status.WITHDRAWN})
"""Citizens have seen the text: every change of substance is told to them."""
OTHER_VERBS: Final = frozenset({"correct", "second-look"})
"""What is written on an article's way without moving it: a correction of a published text, the look at it."""
VERB_WORDS: Final[dict[str, Any]] = {
    "submit": gettext_lazy("Gửi duyệt"),
    "recall": gettext_lazy("Rút lại"),
    "return": gettext_lazy("Trả lại"),
    "approve": gettext_lazy("Duyệt"),
    "unapprove": gettext_lazy("Sửa sau khi duyệt, phải duyệt lại"),
    "schedule": gettext_lazy("Hẹn giờ đăng"),
    "unschedule": gettext_lazy("Bỏ hẹn giờ"),
    "publish": gettext_lazy("Đăng"),
    "publish-urgent": gettext_lazy("Đăng khẩn"),
    "publish-shared": gettext_lazy("Đăng bài của đơn vị khác"),
    "expire": gettext_lazy("Hết hạn"),
    "withdraw": gettext_lazy("Gỡ"),
    "reopen": gettext_lazy("Mở lại"),
    "correct": gettext_lazy("Sửa bài đã đăng"),
    "second-look": gettext_lazy("Xem lại sau khi đăng"),
}
"""Every verb as people read it."""

_TARGET: Final = re.compile(r'\b(?:src|href)="([^"]*)"')


def targets_of(html: str) -> list[str]:
    """Addresses of the pictures and links in a text: changing one changes the text, though no word does."""
    return _TARGET.findall(html)
