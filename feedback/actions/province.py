"""The province is told of a case that is late, or that nobody wants."""

from feedback.actions.case_steps import set_party
from feedback.enums.cases import LetterKind, PartyRole
from feedback.models import Case, CaseParty
from feedback.tasks.cases import tell_staff
from portal.core.tasks import start_after_commit
from units.enums import UnitKind
from units.models import Unit


def provinces() -> list[int]:
    """Ids of the provinces of today; one, but for the months of a merger."""
    return list(Unit.objects.current().filter(kind=UnitKind.PROVINCE).order_by("pk").values_list("pk", flat=True))


def tell_province(case: Case, kind: LetterKind) -> None:
    """Let it write to its own people, after the commit; it sees the case even where it was made later than the case."""
    for unit_id in provinces():
        if not CaseParty.everywhere.filter(case=case, unit_id=unit_id).exists():
            set_party(case, unit_id, PartyRole.ABOVE)
        start_after_commit(tell_staff, unit_id=unit_id, case_id=case.pk, kind=str(kind))
