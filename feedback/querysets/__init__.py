"""Reads of the feedback room."""

from feedback.querysets.comments import CommentQuerySet
from feedback.querysets.ratings import RatingQuerySet, RatingTotalQuerySet

__all__ = ["CommentQuerySet", "RatingQuerySet", "RatingTotalQuerySet"]
