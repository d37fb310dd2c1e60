"""Logging in to a unit's administration, in plain words."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class LoginForm(AuthenticationForm):
    """Name and password; refuses at once who has no role on the unit of this host.

    Takes the place of the stock form, which asks for ``is_staff``: rights come from Membership only.
    """

    error_messages = {
        "invalid_login": gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại chữ hoa, chữ thường rồi gõ lại."),
        "inactive": gettext_lazy("Tài khoản này đã ngừng dùng. Hỏi người quản trị của đơn vị."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")

    def confirm_login_allowed(self, user: Any) -> None:
        """Members of the unit in scope and operators; said only after the password was right."""
        super().confirm_login_allowed(user)
        if not (user.is_operator or user.has_perm("units.use_admin")):
            raise ValidationError(
                _(
                    "Tài khoản này chưa có vai trò ở đơn vị này. Hỏi người quản trị của đơn vị, hoặc mở trang đơn vị khác."
                ),
                code="no_role",
            )
