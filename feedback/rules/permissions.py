"""What each role may do in the feedback room."""

from typing import Final

from units.enums import Role

_READ: Final = frozenset({"feedback.view_ratingtotal"})
_MODERATE: Final = _READ | {"feedback.view_comment", "feedback.moderate_comment"}
ROLE_PERMISSIONS: Final[dict[Role, frozenset[str]]] = {
    Role.AUTHOR: _READ,
    Role.EDITOR: _MODERATE,
    Role.APPROVER: _MODERATE,
    Role.UNIT_ADMIN: _MODERATE,
}
