"""What a PDF says about its digital signatures, as facts that are kept with the file and words that people read.

Whether the signer's certificate comes from an authority to be trusted is judged only where the operators keep a folder of
root certificates (``SIGNATURE_ROOTS``); without it the words say who signed *by the certificate*, and no more.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import datetime_short

logger = logging.getLogger(__name__)

IN_REQUEST_BYTES: Final = 5 * 1024 * 1024
"""Larger files are read by a worker, not while the clerk waits."""
READ_BYTES: Final = 64 * 1024 * 1024
TIME_LIMIT: Final = 25
"""Seconds for one file."""
ANSWER_LIMIT: Final = 64 * 1024
_READER: Final = Path(__file__).with_name("pdf_signature_reader.py")
UNSIGNED: Final[dict[str, Any]] = {"is_signed": False, "signers": [], "is_intact": None}


def signature_facts(content: bytes) -> dict[str, Any]:
    """The facts of one PDF's signatures; never raises, never empty.

    The shape: {"is_signed": bool | None, "signers": [{"name", "organisation", "at" (ISO 8601 or ""), "is_intact": bool | None,
    "is_trusted": bool | None}], "is_intact": bool | None}. None says that it could not be found out: for ``is_signed`` a
    file that carries something like a signature and can not be read within the limits, for ``is_intact`` a signature of
    a kind nobody here can check, for ``is_trusted`` that no root certificates are kept.
    """
    # The signed range of a signature stands in clear text in every signed PDF: it says which bytes are signed.
    if b"/ByteRange" not in content:
        return dict(UNSIGNED)
    if len(content) > READ_BYTES:
        return {**UNSIGNED, "is_signed": None}
    try:
        answer = subprocess.run(  # noqa: S603 - our own program; the file comes through standard input
            [sys.executable, "-I", str(_READER), settings.SIGNATURE_ROOTS],
            input=content, capture_output=True, timeout=TIME_LIMIT, check=False,
        )  # fmt: skip
        if answer.returncode == 0 and len(answer.stdout) <= ANSWER_LIMIT:
            return dict(json.loads(answer.stdout))
        logger.info("signatures of a PDF could not be read: %s", answer.stderr[-300:].decode(errors="replace"))
    except (subprocess.TimeoutExpired, OSError, ValueError) as error:
        logger.info("signatures of a PDF could not be read: %s", type(error).__name__)
    return {**UNSIGNED, "is_signed": None}


def signature_words(facts: Mapping[str, Any]) -> str:
    """One line for the people who read the file; empty for a file without a signature or that nobody has looked at yet."""
    if not facts or facts.get("is_signed") is False:
        return ""
    if facts.get("is_signed") is None:
        return _("Tệp có phần chữ ký số mà máy chưa đọc được. Kiểm tra bằng phần mềm đọc PDF.")
    state = {
        True: _("Tệp chưa bị sửa sau khi ký"),
        False: _("Tệp đã bị sửa sau khi ký, hoặc chữ ký bị hỏng"),
        None: _("Chưa kiểm tra được tệp có bị sửa sau khi ký hay không"),
    }[facts.get("is_intact")]
    signers = "; ".join(_signer_words(signer) for signer in facts.get("signers", ()))
    return _("%(state)s; người ký theo chứng thư: %(signers)s.") % {"state": state, "signers": signers}


def _signer_words(signer: Mapping[str, Any]) -> str:
    name = str(signer.get("name") or _("không ghi tên"))
    organisation = str(signer.get("organisation") or "")
    words = f"{name} ({organisation})" if organisation and organisation != name else name
    if moment := signed_at(signer):
        words = _("%(who)s, ký lúc %(when)s") % {"who": words, "when": datetime_short(moment)}
    trust = {
        True: _("chứng thư do tổ chức được tin cậy cấp"),
        False: _("chứng thư không thuộc tổ chức được tin cậy"),
    }.get(signer.get("is_trusted"))  # type: ignore[arg-type]  # None: nothing is said of trust
    return f"{words}, {trust}" if trust else words


def signed_at(signer: Mapping[str, Any]) -> datetime | None:
    """When a signer says to have signed; None where the file does not tell, or tells nonsense."""
    try:
        moment = parse_datetime(str(signer.get("at") or ""))
    except ValueError:
        return None
    if moment is None:
        return None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
