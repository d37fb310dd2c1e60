"""What the feedback room puts at the end of articles and about pages; the same for every reader (portal.core.page_parts)."""

from typing import Any, Final

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import get_language

from feedback.cases.questions import PART_SHOWN, code_of, page_of_pairs
from feedback.enums import Satisfaction
from feedback.models import Comment
from feedback.querysets.comments import SHOWN_UNDER_ARTICLE
from portal.core.page_parts import register_part
from portal.core.subjects import Subject, subject_of
from units.chrome import has_questions
from units.enums import Module
from units.middleware import site_of, unit_of

ARTICLE_END: Final = "article-end"
PAGE_END: Final = "page-end"
PROCEDURE_END: Final = "procedure-end"
DOCUMENT_END: Final = "document-end"
CONSULTATION_END: Final = "consultation-end"


def takes_comments(request: HttpRequest, subject: Subject) -> bool:
    """Whether words are taken there now: where the editor allows them and the unit has comments switched on.

    A draft that asks for opinions takes them whatever the unit has switched on: the law asks, not the editor.
    """
    return subject.takes_comments and (subject.asks_for_opinions or site_of(request).has(Module.COMMENTS))


def shows_comments(request: HttpRequest, subject: Subject) -> bool:
    """Whether words that were let in can be read; opinions stay readable when a draft is closed."""
    return subject.asks_for_opinions or takes_comments(request, subject)


def readers_part(request: HttpRequest, row: Model) -> dict[str, Any] | None:
    """The three-level question, and the comments that were let in; at most one query."""
    subject = subject_of(row)
    if subject is None or get_language() != "vi":
        return None
    context: dict[str, Any] = {
        "template": "feedback/readers.html",
        "subject": subject,
        "levels": Satisfaction.choices,
        "comments_open": takes_comments(request, subject),
    }
    if context["comments_open"]:
        shown = Comment.objects.about(subject.kind, subject.key).shown()
        context["comments"], context["has_more"] = shown.page(SHOWN_UNDER_ARTICLE)
    return context


def opinions_part(_request: HttpRequest, row: Model) -> dict[str, Any] | None:
    """What was said of a draft: how many opinions came, those that were let in, the way to send one; three queries."""
    subject = subject_of(row)
    if subject is None or get_language() != "vi":
        return None
    about = Comment.objects.about(subject.kind, subject.key)
    shown, has_more = about.shown().page(SHOWN_UNDER_ARTICLE)
    return {
        "template": "feedback/opinions.html",
        "subject": subject,
        "is_open": subject.takes_comments,
        "received": about.received_number(),
        "part_numbers": about.numbers_by_part(),
        "comments": shown,
        "has_more": has_more,
    }


def questions_part(request: HttpRequest, row: Model) -> dict[str, Any] | None:
    """The newest answered questions about a procedure, and the way to ask one; one query."""
    subject = subject_of(row)
    if subject is None or get_language() != "vi" or not has_questions(unit_of(request), site_of(request)):
        return None
    rows, following = page_of_pairs(None, subject, PART_SHOWN)
    return {
        "template": "feedback/question_part.html",
        "rows": rows,
        "has_more": following is not None,
        "code": code_of(subject.path),
    }


def register_parts() -> None:
    """Put them there; called when the room is ready."""
    register_part(ARTICLE_END, readers_part)
    register_part(PAGE_END, readers_part)
    register_part(PROCEDURE_END, questions_part)
    register_part(PROCEDURE_END, readers_part)
    register_part(DOCUMENT_END, readers_part)
    register_part(CONSULTATION_END, opinions_part)
