"""Versions of the satisfaction questionnaire: a new one takes over on a day to come, none is ever rewritten."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from portal.core.audit import record
from portal.core.models import User
from services.models import Question, Questionnaire

Lines = Sequence[tuple[str, str, str, str]]


@transaction.atomic
def add_questionnaire(
    *, questionnaire: Questionnaire, questions: Lines, classes: list[dict[str, object]], actor: User
) -> Questionnaire:
    """Keep a new version with its questions (text, then the answers worth 0, 1 and 2); the open one before it ends."""
    newest = Questionnaire.objects.aggregate(number=Max("version"))["number"] or 0
    questionnaire.version, questionnaire.classes = newest + 1, classes
    Questionnaire.objects.filter(valid_to__isnull=True, valid_from__lt=questionnaire.valid_from).update(
        valid_to=questionnaire.valid_from - timedelta(days=1)
    )
    questionnaire.save()
    Question.objects.bulk_create(
        Question(questionnaire=questionnaire, order=order, text=text, answer_0=worst, answer_1=middle, answer_2=best)
        for order, (text, worst, middle, best) in enumerate(questions, 1)
    )
    record(verb="questionnaire.save", target=questionnaire, actor=actor)
    return questionnaire
