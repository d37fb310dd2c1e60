"""Mails to the people of the unit that holds a case."""


def write_staff_letters(*, case_id: int, kind: str) -> int:
    """Write down who of the unit in scope should know of this case; returns how many mails were written."""
    return 0
