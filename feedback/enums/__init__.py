"""Closed lists of the feedback room."""

from feedback.enums.readers import CommentMark, CommentStatus, RatingReason, RefuseReason, Satisfaction

__all__ = ["CommentMark", "CommentStatus", "RatingReason", "RefuseReason", "Satisfaction"]
