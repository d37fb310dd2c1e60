"""Mails to the people of the unit that holds a case."""

from typing import Final

from django.db import transaction

from feedback.actions.case_letters import start_sending
from feedback.enums.cases import EventKind, LetterKind
from feedback.models import Case, CaseEvent, CaseLetter
from feedback.rules.permissions import ROLE_PERMISSIONS
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from units.models import Membership

PEOPLE_LIMIT: Final = 8
# The step that each mail tells of: the same mail is written again for a new step of these kinds, and only then.
_CAUSES: Final[dict[LetterKind, tuple[EventKind, ...]]] = {
    LetterKind.STAFF_NEW: (EventKind.RECEIVED, EventKind.TRANSFERRED, EventKind.REOPENED, EventKind.SUPPLIED),
    LetterKind.STAFF_DUE: (EventKind.REMINDED,),
    LetterKind.STAFF_LATE: (EventKind.ESCALATED,),
    LetterKind.PROVINCE_LATE: (EventKind.ESCALATED,),
}
_TO_LEADERS: Final = frozenset({LetterKind.STAFF_LATE, LetterKind.PROVINCE_LATE})


@transaction.atomic
def write_staff_letters(*, case_id: int, kind: str) -> int:
    """Write down who of the unit in scope should know of this case; returns how many mails were written.

    Run again for the same step it writes none twice; a case that the unit has no part in any more is no error.
    """
    letter = LetterKind(kind)
    case = Case.everywhere.select_for_update().filter(pk=case_id).first()
    if case is None or not Case.objects.filter(pk=case_id).exists():
        return 0
    event = CaseEvent.objects.filter(case=case, kind__in=_CAUSES.get(letter, ())).order_by("-pk").first()
    people = _leaders() if letter in _TO_LEADERS else _handlers(case)
    written = CaseLetter.objects.filter(case=case, kind=letter, event=event, staff__in=[person.pk for person in people])
    known = set(written.values_list("staff_id", flat=True))
    new = [
        CaseLetter(unit_id=current_unit_id(), case=case, event=event, kind=letter, staff=person)
        for person in people
        if person.pk not in known
    ]
    CaseLetter.objects.bulk_create(new)
    if new:
        start_sending()
    return len(new)


def _handlers(case: Case) -> list[User]:
    """Whoever the case was given to; where it is nobody's yet, all who may take it."""
    everybody = _people("feedback.handle_case")
    own = [person for person in everybody if person.pk == case.assignee_id]
    return own or everybody


def _leaders() -> list[User]:
    return _people("feedback.assign_case")


def _people(right: str) -> list[User]:
    """Members of the unit in scope with this right and an address; bounded."""
    roles = [role for role, rights in ROLE_PERMISSIONS.items() if right in rights]
    rows = Membership.objects.filter(role__in=roles, user__is_active=True).exclude(user__email="")
    return [row.user for row in rows.select_related("user").order_by("pk")[:PEOPLE_LIMIT]]
