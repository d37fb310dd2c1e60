"""Rules of the feedback room that need no database."""

from feedback.rules.limits import (
    COMMENT_LIMIT,
    COMMENT_MINIMUM,
    COMMENTS_PER_HOUR,
    MINIMUM_FILL_SECONDS,
    NAME_LIMIT,
    RATING_TEXT_LIMIT,
    RATINGS_PER_HOUR,
    SPAM_KEPT_DAYS,
    UNPROVED_PER_HOUR,
    UNPROVED_UNIT_PER_HOUR,
)
from feedback.rules.permissions import ROLE_PERMISSIONS
from feedback.rules.words import CleanWords, clean_words, plain

__all__ = [
    "COMMENTS_PER_HOUR",
    "COMMENT_LIMIT",
    "COMMENT_MINIMUM",
    "MINIMUM_FILL_SECONDS",
    "NAME_LIMIT",
    "RATINGS_PER_HOUR",
    "RATING_TEXT_LIMIT",
    "ROLE_PERMISSIONS",
    "SPAM_KEPT_DAYS",
    "UNPROVED_PER_HOUR",
    "UNPROVED_UNIT_PER_HOUR",
    "CleanWords",
    "clean_words",
    "plain",
]
