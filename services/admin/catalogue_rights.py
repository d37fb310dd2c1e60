"""Who may look after the one catalogue of all sites: operators, and the province's office on the province's own site."""

from typing import Any

from django.http import HttpRequest

from portal.core.models import User
from units.enums import UnitKind


def may_care(request: HttpRequest, permission: str) -> bool:
    """Whether this person may write here; a commune's clerk with the same role only reads."""
    user: Any = request.user
    if not isinstance(user, User):
        return False
    if user.is_operator:
        return True
    unit: Any = getattr(request, "unit", None)
    return unit is not None and unit.kind == UnitKind.PROVINCE and user.has_perm(permission)
