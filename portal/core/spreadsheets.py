"""Tables that spreadsheet programs open."""

from typing import Any, Final

# A cell that begins so is a formula to Excel or LibreOffice; wide letters count as the plain ones in some editions.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(value: Any) -> Any:
    """``value`` for a CSV cell: text that a spreadsheet would run gets an apostrophe in front, numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0").startswith(_FORMULA) else value
