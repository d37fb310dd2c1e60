"""The sender's own door: a case found again by code and telephone number, on any site, or by its private link."""

from typing import Final

from django.urls import reverse

from feedback.actions.receive_case import phone_material
from feedback.models import Case, CaseSender
from feedback.rules import cases as rules
from feedback.rules.codes import read_code
from portal.core.sealing import keyed_hashes, unseal
from portal.core.tenancy import current_unit_id
from portal.core.visitors import Limit, TooMany, take

_LOOKUPS: Final = Limit(f"{rules.PURPOSE}-lookup", rules.LOOKUPS_PER_HOUR)
_LOOKUPS_ALL: Final = Limit(f"{rules.PURPOSE}-lookup-all", rules.LOOKUPS_UNIT_PER_HOUR)
TOKEN_LIMIT: Final = 64


def find_own(*, code: str, phone: str, address_hash: str) -> Case | None:
    """The case of whoever knows its code and the number it was sent with, whichever unit received it. Raises TooMany.

    A wrong code, a wrong number and a sender who has been forgotten are one question to the database with one answer.
    """
    if not (take(_LOOKUPS, address_hash) and take(_LOOKUPS_ALL)):
        raise TooMany
    rows = CaseSender.everywhere.filter(
        case__code=read_code(code), phone_hash__in=keyed_hashes(phone_material(phone)), forgotten_at__isnull=True
    )
    found = rows.exclude(phone_hash="").select_related("case__intake_unit").defer("case__intake_unit__boundary").first()
    return found.case if found else None


def own_of(token: str) -> Case | None:
    """The case of a private link on the site of the unit that received it; None for any other link or site."""
    if not token or len(token) > TOKEN_LIMIT:
        return None
    rows = Case.everywhere.filter(token_hash__in=keyed_hashes(token), intake_unit_id=current_unit_id())
    units = ("holder", "commune", "intake_unit", "merged_into__holder")
    skipped = (f"{name}__boundary" for name in units)
    return rows.select_related("category", *units).defer("merged_into__sealed_text", *skipped).first()


def token_of(case: Case) -> str:
    """The secret of the private link. Raises Unreadable where the key it was sealed under is gone."""
    return unseal(case.sealed_token)


def own_path(case: Case, name: str = "feedback:case-own") -> str:
    """The path of one of the sender's own pages; it stands on the site of the unit that received the case."""
    return reverse(name, args=[token_of(case)])
