"""Which strangers may send a large body, and where: a room registers its own question under a name (OPEN_UPLOADS).

The question is asked before a byte of the body is read, so it looks at the address and at who sends, and counts.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest

_GATES: Final[dict[str, Callable[[HttpRequest], bool]]] = {}


def register_upload_gate(name: str, gate: Callable[[HttpRequest], bool]) -> None:
    """Called once from the room's ready()."""
    _GATES[name] = gate


def upload_gate(name: str) -> Callable[[HttpRequest], bool]:
    """The question registered under this name; KeyError says that settings name one nobody registered."""
    return _GATES[name]
