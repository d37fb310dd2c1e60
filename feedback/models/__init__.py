"""What readers say about what a unit publishes, and what citizens send to it."""

from feedback.models.case_parts import CaseEvent, CaseFile, CaseLetter, CaseMonth
from feedback.models.case_rules import AnswerTemplate, CaseCategory, CaseRoute, CaseTerm
from feedback.models.cases import Case, CaseParty
from feedback.models.comments import Comment
from feedback.models.polls import Dialogue, DialogueQuestion, Poll, PollBallot, PollOption
from feedback.models.ratings import PageRating, RatingTotal
from feedback.models.senders import CaseConsent, CaseDraft, CaseForgetting, CaseJoin, CaseSender, CaseUpload

__all__ = [
    "AnswerTemplate",
    "Case",
    "CaseCategory",
    "CaseConsent",
    "CaseDraft",
    "CaseEvent",
    "CaseFile",
    "CaseForgetting",
    "CaseJoin",
    "CaseLetter",
    "CaseMonth",
    "CaseParty",
    "CaseRoute",
    "CaseSender",
    "CaseTerm",
    "CaseUpload",
    "Comment",
    "Dialogue",
    "DialogueQuestion",
    "PageRating",
    "Poll",
    "PollBallot",
    "PollOption",
    "RatingTotal",
]
