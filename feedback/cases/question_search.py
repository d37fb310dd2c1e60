"""Questions that were answered already: found by words, and offered while somebody writes the same again.

The search engine answers over everything the unit has published. Where it has no index to read, the newest pairs are
compared by the words they share: bounded, so it costs the same at any size.
"""

import re
from dataclasses import dataclass
from typing import Final

from feedback.cases.questions import answered_parties, pairs_with
from feedback.models import Case
from feedback.rules.codes import read_code
from portal.core.subjects import Subject, find_subject
from portal.core.tenancy import current_unit_id
from portal.core.text import folded
from portal.search.options import SearchOptions
from portal.search.queries import SearchUnavailable, search_units

KIND: Final = "question"
PROCEDURE_KIND: Final = "procedure"
WORDS_LIMIT: Final = 300
"""Characters of what was typed that are looked at."""
LEAST_WORDS: Final = 2
MOST_ALIKE: Final = 4
MOST_PROCEDURES: Final = 4
MOST_FOUND: Final = 50
LOOKED_AT: Final = 400
LEAST_SHARE: Final = 0.5

_SMALL_WORDS: Final = frozenset(
    [
        "va",
        "la",
        "co",
        "cua",
        "cho",
        "cac",
        "nhung",
        "da",
        "dang",
        "se",
        "bi",
        "duoc",
        "o",
        "tai",
        "tu",
        "den",
        "trong",
        "ngoai",
        "tren",
        "duoi",
        "nay",
        "do",
        "kia",
        "thi",
        "ma",
        "rat",
        "qua",
        "mot",
        "nhieu",
        "khong",
        "chua",
        "toi",
        "chung",
        "ong",
        "ba",
        "anh",
        "chi",
        "em",
        "nguoi",
        "voi",
        "ve",
        "ra",
        "vao",
        "len",
        "xuong",
        "roi",
        "con",
        "khi",
        "neu",
        "nhu",
        "de",
        "lam",
        "gi",
        "ai",
        "cung",
        "moi",
        "vua",
        "lai",
        "xin",
        "hoi",
        "muon",
        "can",
        "phai",
        "bao",
        "sao",
        "the",
        "nao",
        "dau",
        "may",
        "hay",
        "giup",
        "duoc",
        "ban",
        "toi",
        "minh",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs, best first; ``is_partial``: none of them has all the words."""

    cases: list[Case]
    is_partial: bool = False


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell something, without marks."""
    words = re.findall(r"[a-z0-9]+", folded(text[:WORDS_LIMIT]))
    return frozenset(word for word in words if word not in _SMALL_WORDS)


def find_questions(text: str, most: int = MOST_FOUND) -> Found:
    """What the unit answered on these words; takes anything. Three queries at most besides the engine's."""
    if len(telling_words(text)) < 1:
        return Found([])
    found = _by_engine(text[:WORDS_LIMIT], most)
    return found if found is not None else Found(_by_words(text, most))


def questions_alike(text: str, most: int = MOST_ALIKE) -> list[Case]:
    """What somebody who writes this may want to read before sending; nothing while only a word or two stand there."""
    own = telling_words(text)
    if len(own) < LEAST_WORDS:
        return []
    found = find_questions(text, most * 3)
    return [case for case in found.cases if _share(own, case.title + " " + case.text) >= LEAST_SHARE][:most]


def procedures_about(text: str, most: int = MOST_PROCEDURES) -> list[Subject]:
    """Procedures that a question may be about, best first; at most one query for each besides the engine's."""
    if len(telling_words(text)) < LEAST_WORDS:
        return []
    options = SearchOptions(shared=True, kinds=(PROCEDURE_KIND,), loose=(PROCEDURE_KIND,))
    try:
        hits = search_units((), text[:WORDS_LIMIT], 1, most, options).hits
    except SearchUnavailable:
        return []
    found = (find_subject(hit.model_label, hit.pk) for hit in hits)
    return [subject for subject in found if subject is not None]


def _by_engine(text: str, most: int) -> Found | None:
    """None where no index can be read."""
    options = SearchOptions(kinds=(KIND,), loose=(KIND,))
    try:
        page = search_units((current_unit_id(),), text, 1, most, options)
    except SearchUnavailable:
        return None
    if not page.hits:
        # An index without a single question may be older than the first of them.
        return None
    codes = [read_code(hit.url.rstrip("/").rsplit("/", 1)[-1]) for hit in page.hits]
    keys = dict(answered_parties().filter(case__code__in=codes).values_list("case__code", "case_id"))
    return Found(pairs_with([keys[code] for code in codes if code in keys]), page.is_partial)


def _by_words(text: str, most: int) -> list[Case]:
    beginnings = [f" {word}" for word in telling_words(text)]
    newest = answered_parties().values_list("case_id", "case__folded")[:LOOKED_AT]
    # Beginnings of words in a text that is folded already: a hundredth of the time that splitting it takes.
    scored = [(sum(word in f" {words}" for word in beginnings) / len(beginnings), key) for key, words in newest]
    best = sorted((pair for pair in scored if pair[0] >= LEAST_SHARE), reverse=True)[:most]
    return pairs_with([key for _score, key in best])


def _share(own: frozenset[str], other: str) -> float:
    """How much of what was typed stands there; ``own`` has a word at least."""
    words = set(re.findall(r"[a-z0-9]+", folded(other)))
    return len(own & words) / len(own)
