"""The steps of an article: which lead from where to where, and the measures of what is small and what is due."""

from datetime import timedelta
from typing import Final

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
