"""Guesses for words nobody wrote: raw Telex or VNI keys, and the commonest confusions of sounds.

Only consulted when the index does not know a word, or when nothing was found, so a guess never hides a real answer.
"""

import re

from portal.search.folding import folded_form

_TELEX_LETTERS = re.compile(r"aa|ee|oo|dd")
_KEYS = re.compile(r"^[a-z][a-z0-9]*$")
# tr/ch, s/x, d/gi/r, l/n: heard alike in one dialect or another. Hỏi/ngã needs nothing: folding drops both.
_SOUNDS = (("tr", "ch"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("d", "r"), ("l", "n"))


def without_keys(word: str) -> str | None:
    """The folded word that raw keystrokes stand for ('ddawng' → 'dang', 'thuwcj' → 'thuc'), or None when it has none."""
    if not _KEYS.match(word):
        return None
    plain = re.sub(r"[0-9]", "", word)
    if plain == word:
        plain = _without_telex(word)
    return folded_form(plain) if plain and plain != word else None


def _without_telex(word: str) -> str:
    plain = _TELEX_LETTERS.sub(lambda pair: pair.group()[0], word)
    plain = re.sub(r"(?<=[a-z])w|w(?=[aou])", "", plain)
    # The key of the tone is the last one, or follows the vowel it belongs to.
    plain = re.sub(r"(?<=[a-z])[sfrxj]+$", "", plain) if re.search(r"[aeiouy]", plain) else plain
    return re.sub(r"(?<=[aeiouy])[sfrxj](?=[a-z])", "", plain)


def sounds_like(word: str) -> list[str]:
    """Folded words that start with a sound often taken for this one's: 'xinh' → ['sinh']."""
    found = []
    for one, other in _SOUNDS:
        for written, meant in ((one, other), (other, one)):
            # 't' of 'tr' must not take 't' of 'th': compare whole consonant clusters.
            if re.match(rf"{written}[aeiouy]", word):
                found.append(meant + word[len(written) :])
    return found
