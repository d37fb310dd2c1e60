"""Every reusable read of the services room."""

from services.querysets.catalogue import (
    CatalogueRunQuerySet,
    FieldQuerySet,
    LifeEventProcedureQuerySet,
    LifeEventQuerySet,
    ProcedureFormQuerySet,
    ProcedureQuerySet,
    ProcedureVersionQuerySet,
)
from services.querysets.dossiers import DossierFeedQuerySet, DossierMonthQuerySet, DossierQuerySet
from services.querysets.local import CounterQuerySet, LocalAnswerQuerySet, LocalFeeQuerySet
from services.querysets.menu import ArrangedLineQuerySet
from services.querysets.voices import (
    MistakeQuerySet,
    QuestionnaireQuerySet,
    QuestionQuerySet,
    SatisfactionQuarterQuerySet,
    SatisfactionQuerySet,
)

__all__ = [
    "ArrangedLineQuerySet",
    "CatalogueRunQuerySet",
    "CounterQuerySet",
    "DossierFeedQuerySet",
    "DossierMonthQuerySet",
    "DossierQuerySet",
    "FieldQuerySet",
    "LifeEventProcedureQuerySet",
    "LifeEventQuerySet",
    "LocalAnswerQuerySet",
    "LocalFeeQuerySet",
    "MistakeQuerySet",
    "ProcedureFormQuerySet",
    "ProcedureQuerySet",
    "ProcedureVersionQuerySet",
    "QuestionQuerySet",
    "QuestionnaireQuerySet",
    "SatisfactionQuarterQuerySet",
    "SatisfactionQuerySet",
]
