"""Reading the environment: one place, loud about what is missing or weak.

Every secret ``NAME`` may also be given as ``NAME_FILE``, the path of a file that holds it (Docker and systemd do so).
"""

from pathlib import Path
from typing import Final

import environ
from django.core.exceptions import ImproperlyConfigured

environment: Final = environ.Env()
MINIMUM_SECRET_LENGTH: Final = 50


def text(name: str, default: str = "") -> str:
    """The value of ``name``, or the content of the file that ``name_FILE`` points at, or ``default``."""
    path = environment.str(f"{name}_FILE", default="")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path}: {error.strerror}") from error
    return environment.str(name, default=default) or default


def flag(name: str, *, default: bool) -> bool:
    """A yes/no setting: 1, 0, true, false, yes, no, on, off; anything else stops the start."""
    raw = text(name).lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r}: expected 1 or 0")


def number(name: str, default: int) -> int:
    """A whole number; anything else stops the start."""
    raw = text(name)
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={raw!r}: expected a whole number") from error


def secret_key(*, debug: bool, kept_in: Path) -> str:
    """``SECRET_KEY``; with DEBUG=0 a missing or short one stops the start and says so.

    ``kept_in`` is where `make run` keeps the one it made, so that manage.py works in a plain shell beside it.
    """
    key = text("SECRET_KEY")
    if not key and kept_in.is_file():
        key = kept_in.read_text(encoding="utf-8").strip()
    if debug:
        return key or "insecure-key-for-a-developers-machine-only-" + "x" * 20
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing (or SECRET_KEY_FILE). `make run` makes one in var/secret_key."
        )
    if len(key) < MINIMUM_SECRET_LENGTH or len(set(key)) < 5:  # noqa: PLR2004 - Django's own measure of a weak key
        raise ImproperlyConfigured(
            f"SECRET_KEY is weak: at least {MINIMUM_SECRET_LENGTH} random characters are needed."
        )
    return key
