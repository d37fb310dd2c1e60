"""Asking clamd whether an upload carries a known virus, where the installation has one (CLAMD_SOCKET)."""

import socket
import struct
from typing import IO, Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Info, Warning, register  # noqa: A004 - Django's own names
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CHUNK: Final = 256 * 1024
TIMEOUT: Final = 60


def _connect() -> socket.socket:
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    link.settimeout(TIMEOUT)
    try:
        link.connect(settings.CLAMD_SOCKET)
    except OSError:
        link.close()
        raise
    return link


def _answer(upload: IO[bytes]) -> str:
    upload.seek(0)
    with _connect() as link:
        link.sendall(b"zINSTREAM\0")
        while chunk := upload.read(CHUNK):
            link.sendall(struct.pack("!L", len(chunk)) + chunk)
        link.sendall(struct.pack("!L", 0))
        answer = link.recv(4096)
    upload.seek(0)
    return answer.decode(errors="replace").strip("\0\n ")


def refuse_infected(upload: IO[bytes]) -> None:
    """Raise ValidationError when clamd knows a virus in the upload, or does not answer; nothing happens without clamd."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        answer = _answer(upload)
    except OSError as error:
        raise ValidationError(
            _("Máy quét vi-rút chưa trả lời nên chưa nhận tệp. Thử lại sau vài phút; nếu vẫn vậy, báo người vận hành."),
            code="not_scanned",
        ) from error
    if answer.endswith("OK"):
        return
    if answer.endswith("FOUND"):
        raise ValidationError(
            _("Tệp này có vi-rút. Không mở tệp; báo cho người phụ trách máy tính của cơ quan."), code="infected"
        )
    raise ValidationError(_("Máy quét vi-rút không đọc được tệp. Gửi tệp nhỏ hơn."), code="not_scanned")


def antivirus_check(app_configs: Any, **_kwargs: Any) -> list[CheckMessage]:
    """cong.I001: uploads are not scanned. cong.W002: clamd is named and does not answer (``check --deploy``)."""
    if not settings.CLAMD_SOCKET:
        return [Info("Uploads are not scanned for viruses.", hint="Name clamd's socket: CLAMD_SOCKET.", id="cong.I001")]
    try:
        _connect().close()
    except OSError as error:
        return [Warning(f"clamd does not answer at {settings.CLAMD_SOCKET}: {error}", id="cong.W002")]
    return []


def register_checks() -> None:
    """Register the check with ``manage.py check --deploy``; called once from the app's ready()."""
    register(antivirus_check, "security", deploy=True)
