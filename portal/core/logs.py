"""What must not stand in a log."""

import logging
import re
from typing import Final

# A preview link's address is its key: whoever reads the log must not be able to open the draft. So is the private link of
# what a citizen sent, and the address of a form that is being filled in.
_PREFIXES: Final = ("/xem-truoc/", "/phan-anh/cua-toi/", "/phan-anh/gui/")
_SECRET_PATH: Final = re.compile(rf"({'|'.join(_PREFIXES)})[\w-]{{8,}}")


class SecretPathFilter(logging.Filter):
    """Blots out the secret part of addresses in every message, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without secrets."""
        message = record.getMessage()
        if any(prefix in message for prefix in _PREFIXES):
            record.msg, record.args = _SECRET_PATH.sub(r"\1…", message), ()
        return True
