"""What readers and moderators may put in."""

from feedback.forms.comments import AnswerForm, CommentForm
from feedback.forms.ratings import RatingForm, ReasonForm

__all__ = ["AnswerForm", "CommentForm", "RatingForm", "ReasonForm"]
