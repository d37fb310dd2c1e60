"""Business verbs of the feedback room."""

from feedback.actions.comments import (
    answer_comment,
    decide_comments,
    receive_comment,
)
from feedback.actions.ratings import add_reason, rate
from feedback.actions.retention import forget_senders

__all__ = [
    "add_reason",
    "answer_comment",
    "decide_comments",
    "forget_senders",
    "rate",
    "receive_comment",
]
