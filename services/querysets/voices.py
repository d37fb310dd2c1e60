"""Reads of what citizens say about a service."""

from typing import TYPE_CHECKING

from django.db import models

from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from services.models import MistakeReport, Question, Questionnaire, SatisfactionAnswer


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Versions of the questionnaire."""


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions."""


class SatisfactionQuerySet(TenantQuerySet["SatisfactionAnswer"]):
    """Voices."""


class MistakeQuerySet(TenantQuerySet["MistakeReport"]):
    """Notes that something is wrong."""
