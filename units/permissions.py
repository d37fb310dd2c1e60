"""What a person may do on the site they are on: role of the unit in scope, or operator."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.backends import ModelBackend

from portal.core.models import User
from portal.core.tenancy import ScopeError, current_unit_id
from units.enums import Role
from units.models import Membership


def permissions_of(role: str) -> frozenset[str]:
    """Everything a role may do, as each room declared it on its app config (``role_permissions``)."""
    granted: set[str] = set()
    for config in apps.get_app_configs():
        rights: dict[Role, Iterable[str]] = getattr(config, "role_permissions", {})
        granted |= set(rights.get(Role(role), ()))
    return frozenset(granted)


def role_here(user: User) -> str | None:
    """The person's role in the unit in scope, asked once for each request's user; None for a stranger."""
    # By getattr and setattr: request.user is a lazy wrapper, whose own __dict__ is not the person's.
    roles: dict[int, str | None] | None = getattr(user, "_unit_roles", None)
    if roles is None:
        roles = {}
        setattr(user, "_unit_roles", roles)  # noqa: B010 - the type checker does not know the name
    unit_id = current_unit_id()
    if unit_id not in roles:
        roles[unit_id] = Membership.objects.role_of(user.pk)
    return roles[unit_id]


class MembershipBackend(ModelBackend):
    """Django's password check, but rights only from the Membership in the unit in scope.

    ``is_staff``, groups and per-user permissions mean nothing here: one source, one table, one unit.
    """

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The role's permissions in the unit in scope; empty for strangers, for no scope and for list scopes."""
        if not isinstance(user_obj, User) or not user_obj.is_active or user_obj.pk is None:
            return set()
        try:
            unit_id = current_unit_id()
        except ScopeError:
            return set()
        known: dict[int, frozenset[str]] = user_obj.__dict__.setdefault("_unit_permissions", {})
        if unit_id not in known:
            role = role_here(user_obj)
            known[unit_id] = permissions_of(role) if role else frozenset()
        return set(known[unit_id])

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: rights are never given to a person past their unit."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: groups are not used."""
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the role in the unit in scope grants ``perm``; operators are answered by Django before this."""
        return perm in self.get_all_permissions(user_obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether any right of the role lies in this app."""
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
