"""The catalogue of procedures (the same on every site) and what each unit adds to it."""

from services.models.catalogue import (
    CatalogueRun,
    Field,
    LifeEvent,
    LifeEventProcedure,
    Procedure,
    ProcedureForm,
    ProcedureVersion,
)
from services.models.dossiers import Dossier, DossierFeed, DossierMonth
from services.models.local import Counter, LocalAnswer, LocalFee
from services.models.menu import ArrangedLine
from services.models.voices import MistakeReport, Question, Questionnaire, SatisfactionAnswer, SatisfactionQuarter

__all__ = [
    "ArrangedLine",
    "CatalogueRun",
    "Counter",
    "Dossier",
    "DossierFeed",
    "DossierMonth",
    "Field",
    "LifeEvent",
    "LifeEventProcedure",
    "LocalAnswer",
    "LocalFee",
    "MistakeReport",
    "Procedure",
    "ProcedureForm",
    "ProcedureVersion",
    "Question",
    "Questionnaire",
    "SatisfactionAnswer",
    "SatisfactionQuarter",
]
