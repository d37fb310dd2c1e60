"""Who works on a unit's site."""

import secrets

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from units.enums import Role
from units.models import Membership

PASSWORD_BYTES = 15


@transaction.atomic
def grant_membership(
    *, username: str, full_name: str, email: str, role: Role, actor: User | None = None
) -> tuple[Membership, str]:
    """Give a person a role on the unit in scope; creates the account where the login name is new.

    Returns the membership and, for a new account only, its first password, which is shown once and stored nowhere.
    """
    user = User.objects.filter(username__iexact=username).first()
    password = ""
    if user is None:
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        user = User.objects.create_user(username=username, email=email, password=password, full_name=full_name)
    membership, _created = Membership.objects.update_or_create(user=user, defaults={"role": role})
    record(verb="membership.grant", target=membership, actor=actor, detail={"user": user.pk, "role": role})
    return membership, password


@transaction.atomic
def change_role(*, membership: Membership, actor: User | None = None) -> Membership:
    """Give a member another role; it counts from the next request on."""
    membership.save(update_fields=["role"])
    record(verb="membership.change", target=membership, actor=actor, detail={"role": membership.role})
    return membership


@transaction.atomic
def revoke_membership(*, membership: Membership, actor: User | None = None) -> None:
    """End a membership; the person is out at the next request, the account stays."""
    record(verb="membership.revoke", target=membership, actor=actor, detail={"user": membership.user_id})
    membership.delete()


@transaction.atomic
def save_person(*, person: User, reset: bool, actor: User | None = None) -> str:
    """Keep an account's names and whether it may log in; with ``reset`` returns a new password, shown once.

    A new password ends every session of that person: Django keeps a hash of the old one in them.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES) if reset else ""
    if password:
        person.set_password(password)
        record(verb="person.reset", target=person, actor=actor)
    person.save()
    record(verb="person.save", target=person, actor=actor, detail={"is_active": person.is_active})
    return password
