"""Accounts to try the demo with. The passwords are random, made once, and lie in var/demo-accounts.txt only."""

import secrets

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from portal.core.models import User
from portal.core.tenancy import unit_scope
from units.enums import Role
from units.models import Membership, Unit

OPERATOR = "vanhanh"
FULL_CAST = ("hue", "thuan-an")
SUFFIX = {Role.AUTHOR: "vietbai", Role.EDITOR: "bientap", Role.APPROVER: "duyet", Role.UNIT_ADMIN: "quantri"}


@transaction.atomic
def create_accounts() -> int:
    """One operator, an approver for every current unit, all four roles for the units of FULL_CAST; 0 when done before."""
    if User.objects.filter(username=OPERATOR).exists():
        return 0
    password = f"Hue-{secrets.token_urlsafe(12)}"
    # Hashing is slow on purpose; these accounts share one password, so one hash serves them all.
    hashed = make_password(password)
    lines = ["Tài khoản dùng thử (mật khẩu chung):", f"  mật khẩu: {password}", f"  {OPERATOR}  vận hành, mọi trang"]
    User.objects.create(username=OPERATOR, full_name="Người vận hành (minh họa)", password=hashed, is_superuser=True)
    number = 1
    for unit in Unit.objects.current().order_by("kind", "slug"):
        roles = list(SUFFIX) if unit.slug in FULL_CAST else [Role.APPROVER]
        for role in roles:
            name = f"{unit.slug}.{SUFFIX[role]}"
            user = User.objects.create(username=name, full_name=f"{role.label} (minh họa)", password=hashed)
            with unit_scope(unit):
                Membership.objects.create(user=user, role=role)
            number += 1
            if unit.slug in FULL_CAST:
                lines.append(f"  {name}  {role.label}, {unit.name}")
    lines.append(f"  <tên đơn vị>.{SUFFIX[Role.APPROVER]}  người duyệt của từng đơn vị còn lại, ví dụ stp.duyet")
    path = settings.VAR_DIR / "demo-accounts.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.chmod(0o600)
    return number
