"""“Tôi cũng gặp việc này”: somebody else with the same problem stands beside a case instead of sending another."""

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F

from feedback.actions.case_steps import refresh_parties
from feedback.enums.cases import OPEN, EventKind
from feedback.models import Case, CaseEvent, CaseJoin
from feedback.rules import cases as rules
from portal.core.audit import record
from portal.core.proof_of_work import spend_proof
from portal.core.sealing import seal
from portal.core.tenancy import current_unit_id
from portal.core.visitors import Limit, Sending, TooMany, take

_OF_ADDRESS: Final = Limit(f"{rules.PURPOSE}-join", rules.JOINS_PER_HOUR)
_UNPROVED: Final = Limit(f"{rules.PURPOSE}-join-unproved", rules.UNPROVED_PER_HOUR)
_UNPROVED_ALL: Final = Limit(f"{rules.PURPOSE}-join-unproved-all", rules.UNPROVED_UNIT_PER_HOUR)
# Of these the timeline tells, and cached pages are renewed: not of each, or strangers could empty the cache at will.
TOLD_AT: Final = frozenset({1, 5, 10, 20, 50, 100, 200, 500, 1000})


class NotOpen(Exception):
    """The case is closed or no longer public; nothing was written."""


def _let_in(sending: Sending) -> None:
    if spend_proof(sending.proof, rules.PURPOSE):
        has_room = take(_OF_ADDRESS, sending.address_hash)
    else:
        has_room = take(_UNPROVED, sending.address_hash) and take(_UNPROVED_ALL)
    if not has_room:
        raise TooMany


def join(*, case: Case, email: str, sending: Sending) -> bool:
    """Stand beside a public open case; True when counted, False when this address has joined today. Raises TooMany, NotOpen.

    The office's screens stay fresh: a join is no step of the case, so its version is not raised.
    """
    with transaction.atomic():
        _let_in(sending)
        if sending.was_trapped:
            return False
        try:
            with transaction.atomic():
                CaseJoin(case=case, sealed_email=seal(email), address_hash=sending.address_hash).save(force_insert=True)
        except IntegrityError:
            return False
        if not Case.everywhere.public().filter(pk=case.pk, status__in=OPEN).update(joins=F("joins") + 1):
            raise NotOpen
        case.refresh_from_db(fields=["joins"], from_queryset=Case.everywhere.all())
        record(verb="case.joined", target=case, actor=None, detail={"joins": case.joins})
        if case.joins in TOLD_AT:
            CaseEvent(
                case=case,
                kind=EventKind.JOINED,
                unit_id=current_unit_id(),
                is_public=True,
                detail={"joins": case.joins},
            ).save(force_insert=True)
            refresh_parties(case)
        return True
