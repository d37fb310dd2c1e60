"""How two texts differ, in words."""

from collections import Counter

from portal.core.richtext import plain_text


def words_changed(before: str, after: str) -> int:
    """Words of the HTML ``before`` that are gone plus words of ``after`` that are new; moving a word counts nothing.

    Cheap for texts of any length: what decides whether a correction changes a published text in substance.
    """
    old, new = Counter(plain_text(before).split()), Counter(plain_text(after).split())
    return sum((old - new).values()) + sum((new - old).values())
