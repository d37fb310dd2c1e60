"""How far ahead the worker looks for days that come near; days themselves stand in dated rows (TermStep.REMIND)."""

from datetime import timedelta
from typing import Final

AHEAD: Final = timedelta(days=45)
"""Longer than any REMIND term with Tết in the middle of it."""
