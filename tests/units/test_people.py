"""Rights come from the Membership on the host's unit, and from nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope, units_scope
from tests.factories.cast import Cast
from tests.factories.visits import body_of, visit
from units import actions
from units.enums import Role
from units.models import Membership


def _again(user: User) -> User:
    """The account as the next request reads it."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.AUTHOR, "news.add_article", "news.publish_article"),
        (Role.EDITOR, "news.change_any_article", "news.publish_article"),
        (Role.APPROVER, "news.publish_article", "units.change_site"),
        (Role.UNIT_ADMIN, "units.change_site", "units.change_unit"),
    ],
)
def test_a_role_counts_on_its_own_unit_only(cast: Cast, role: Role, may: str, may_not: str) -> None:
    user = cast.a.people[role]
    with unit_scope(cast.a.unit):
        assert _again(user).has_perm(may)
        assert not _again(user).has_perm(may_not)
    with unit_scope(cast.b.unit):
        assert not _again(user).has_perm(may)
        assert not _again(user).has_module_perms("news")
    with units_scope([cast.a.unit, cast.b.unit]):
        assert not _again(user).has_perm(may)
    assert not _again(user).has_perm(may), "no scope, no rights"


def test_rights_of_one_unit_are_not_remembered_for_the_next(cast: Cast) -> None:
    """The same user object asked in two scopes, as a long task might."""
    user = _again(cast.a.admin)
    with unit_scope(cast.a.unit):
        assert user.has_perm("units.change_site")
    with unit_scope(cast.b.unit):
        assert not user.has_perm("units.change_site")


def test_staff_flags_and_permissions_given_by_hand_mean_nothing(cast: Cast) -> None:
    cast.stranger.is_staff = True
    cast.stranger.save()
    cast.stranger.user_permissions.set(Permission.objects.all())
    with unit_scope(cast.a.unit):
        assert not _again(cast.stranger).has_perm("news.change_article")
    response = visit(cast.a.host, "/quan-tri/", user=cast.stranger)
    assert response.status_code == 302
    assert "/quan-tri/login/" in response.headers["Location"]


def test_an_operator_works_on_every_host(cast: Cast) -> None:
    for host in (cast.a.host, cast.b.host, "localhost", "kim-long.localhost"):
        assert visit(host, "/quan-tri/", user=cast.operator).status_code == 200


def test_a_disabled_account_is_out_at_once(cast: Cast) -> None:
    client = Client()
    for user in (cast.a.admin, cast.operator):
        client.force_login(user)
        assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 200
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 302


def test_a_removed_member_is_out_at_the_next_request(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.admin)
    assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 200
    with unit_scope(cast.a.unit):
        actions.revoke_membership(membership=Membership.objects.get(user=cast.a.admin))
    assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 302


def test_a_new_member_can_log_in_with_the_first_password(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        membership, password = actions.grant_membership(
            username="nguyen.van.mau", full_name="Nguyễn Văn Mẫu", email="mau@example.vn", role=Role.EDITOR
        )
        assert AuditEntry.objects.filter(verb="membership.grant", target_id=membership.pk).exists()
        assert password not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
    assert len(password) >= 14
    client = Client()
    answer = client.post(
        "/quan-tri/login/", {"username": "nguyen.van.mau", "password": password, "next": "/quan-tri/"},
        headers={"host": cast.a.host},
    )  # fmt: skip
    assert answer.status_code == 302, body_of(answer)[-3000:]
    assert client.get("/quan-tri/", headers={"host": cast.a.host}).status_code == 200
    assert client.get("/quan-tri/", headers={"host": cast.b.host}).status_code == 302


def test_somebody_known_keeps_the_password(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        membership, password = actions.grant_membership(
            username="OUTSIDER", full_name="x", email="x@example.vn", role=Role.AUTHOR
        )
    assert (membership.user, password) == (cast.outsider, "")


def test_five_wrong_passwords_lock_the_door(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    user = cast.a.admin
    user.set_password("mật khẩu rất dài 2026")
    user.save()

    def attempt(password: str) -> Any:
        data = {"username": user.username, "password": password, "next": "/quan-tri/"}
        return client.post("/quan-tri/login/", data, headers={"host": cast.a.host})

    answers = [attempt("sai").status_code for _number in range(5)]
    assert set(answers[:4]) == {200}
    locked = attempt("mật khẩu rất dài 2026")
    assert locked.status_code in {403, 429}
    assert "Traceback" not in body_of(locked)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.APPROVER])
def test_only_the_units_admin_sees_site_and_board(cast: Cast, role: Role) -> None:
    for path in ("/quan-tri/units/site/", "/quan-tri/units/membership/", "/quan-tri/core/auditentry/"):
        assert visit(cast.a.host, path, user=cast.a.people[role]).status_code in {302, 403}
        if "site/" not in path:
            assert visit(cast.a.host, path, user=cast.a.admin).status_code == 200


def test_a_units_admin_does_not_make_operators(cast: Cast) -> None:
    for path in ("/quan-tri/core/user/", "/quan-tri/auth/group/", "/quan-tri/units/unit/", "/quan-tri/units/domain/"):
        assert visit(cast.a.host, path, user=cast.a.admin).status_code in {403, 404}, path
