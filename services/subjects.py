"""How other rooms find and name a procedure (portal.core.subjects)."""

from typing import Final

from portal.core.subjects import Subject, register_subject
from services.models import Procedure

PROCEDURE: Final = "services.procedure"
TITLE_LIMIT: Final = 250


def procedure_subject(procedure: Procedure) -> Subject | None:
    """A procedure in force; the same row on every site, so each unit hears of its own page only."""
    if procedure.is_closed:
        return None
    return Subject(PROCEDURE, procedure.pk, procedure.short_name[:TITLE_LIMIT], procedure.get_absolute_url())


def _find(key: int) -> Subject | None:
    procedure = Procedure.objects.current().only("code", "name", "valid_to").filter(pk=key).first()
    return procedure_subject(procedure) if procedure else None


def _find_named(code: str) -> Subject | None:
    procedure = Procedure.objects.current().only("code", "name", "valid_to").filter(code=code).first()
    return procedure_subject(procedure) if procedure else None


def register_subjects() -> None:
    """Tell the kernel; called when the room is ready."""
    register_subject(PROCEDURE, _find, procedure_subject, _find_named)
