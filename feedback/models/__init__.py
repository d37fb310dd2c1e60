"""What readers say about what a unit publishes."""

from feedback.models.comments import Comment
from feedback.models.ratings import PageRating, RatingTotal

__all__ = ["Comment", "PageRating", "RatingTotal"]
