"""Finding a unit by what people call it: today's name or one of before, with or without marks and type words.

The one way of reading names for the directory (/phuong-xa/) and for choosing a commune: “xã Quảng Thái cũ”, “quang thai”,
“TT. Sịa, huyện Quảng Điền” all lead to the unit of that name, and from there to who took over.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import prefetch_related_objects

from portal.core.text import nfc
from portal.search.folding import exact_form, has_marks, phrase_key, split_words
from units.enums import Extent
from units.models import Unit, UnitSuccession
from units.rules import bare_name

ANSWER_LIMIT: Final = 12
WORDS_LIMIT: Final = 80
# Types as people write them, folded; the longer first, so that “thị xã” is not taken for a “thị” named “xã …”.
_TYPES: Final = {
    "thanh pho": "thanh pho", "thi tran": "thi tran", "dac khu": "dac khu", "thi xa": "thi xa", "phuong": "phuong",
    "huyen": "huyen", "quan": "quan", "tinh": "tinh", "xa": "xa", "tp": "thanh pho", "tt": "thi tran", "tx": "thi xa",
    "p": "phuong", "x": "xa", "h": "huyen", "q": "quan",
}  # fmt: skip
_OLD: Final = re.compile(r"\b(?:truoc day|truoc kia|ngay truoc|cu)\b")
_ABOVE: Final = re.compile(r"(?<=\S)\s+(?=(?:thanh pho|thi xa|huyen|quan|tinh|tp|tx)\s)")
# No chain of mergers is longer than this; a circle in the data must not turn for ever.
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Named:
    """One unit of that name; ``is_exact`` when it is called just so, ``successors`` who took over, as of today."""

    unit: Unit
    is_exact: bool
    successors: list[UnitSuccession]

    @property
    def today(self) -> list[Unit]:
        """The unit itself while it exists, else those that took over."""
        return [link.successor for link in self.successors] if self.unit.is_closed else [self.unit]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed, taken apart; all folded. ``names`` are the readings, the most literal first."""

    names: list[str]
    type_word: str
    above: str
    is_old: bool
    marked: str


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return phrase_key(name)


@lru_cache(maxsize=4096)
def _marked(name: str) -> str:
    return " ".join(exact_form(word) for word in split_words(name))


def _without_type(words: str) -> tuple[str, str]:
    for written, meant in _TYPES.items():
        if words.startswith(f"{written} "):
            return meant, words[len(written) + 1 :]
    return "", words


def _asked(text: str) -> _Asked:
    """“xã Quảng Thái cũ (huyện Quảng Điền)” → quang thai, xa, quang dien, old."""
    place, _sign, above = re.sub(r"[()\[\];]", ",", nfc(text)[:WORDS_LIMIT]).partition(",")
    literal = _key(place)
    parts = _ABOVE.split(literal, maxsplit=1)
    if len(parts) > 1 and not above.strip():
        above = parts[1]
    readings = [literal, parts[0], *(" ".join(_OLD.sub(" ", words).split()) for words in (literal, parts[0]))]
    names, type_word = list[str](), ""
    for words in readings:
        meant, bare = _without_type(words)
        type_word = type_word or meant
        names += [name for name in (words, bare) if name and name not in names]
    bare_above = _without_type(_key(above).strip(" ,"))[1]
    # “cu” without its mark may be a part of a name (An Cư): it only adds a reading, never takes one away.
    is_old = bool(_OLD.search(literal)) and ("cũ" in split_words(nfc(text)) or "truoc" in literal)
    return _Asked(names, type_word, bare_above, is_old, _marked(place) if has_marks(place) else "")


def _keep(rows: list[Unit], wish: Iterable[bool]) -> list[Unit]:
    """The rows for which a wish came true, or all where it came true for none."""
    return [row for row, is_met in zip(rows, wish, strict=True) if is_met] or rows


def _exact(units: Iterable[Unit], asked: _Asked) -> list[Unit]:
    """Units called just so; what else was typed decides between homonyms."""
    names = set(asked.names)
    rows = [unit for unit in units if _key(unit.name) in names or _key(bare_name(unit.name)) in names]
    rows = _keep(rows, (bool(asked.type_word) and _key(row.name).startswith(f"{asked.type_word} ") for row in rows))
    if asked.marked:
        rows = _keep(rows, (_marked(bare_name(row.name)) in asked.marked for row in rows))
    if asked.is_old:
        rows = _keep(rows, (row.is_closed for row in rows))
    if asked.above:
        rows = _keep(rows, (bool(row.parent) and asked.above in _key(row.parent.name) for row in rows))
    return rows


def _similar(units: Iterable[Unit], asked: _Asked) -> list[Unit]:
    """Units whose name contains what was typed from the start of a word on, whole words first."""
    found = list[tuple[int, str, bool, int, Unit]]()
    for unit in units:
        name = f" {_key(unit.name)} "
        ranks = [0 if f" {words} " in name else 1 for words in asked.names if f" {words}" in name]
        if ranks:
            found.append((min(ranks), unit.sort_name, unit.is_closed, unit.pk, unit))
    return [unit for *_rank, unit in sorted(found, key=lambda row: row[:4])]


def successors_today(units: Sequence[Unit]) -> dict[int, list[UnitSuccession]]:
    """Who took over from each closed unit and still exists, through later mergers; unit id → links, whole takings first."""
    closed = [unit for unit in units if unit.is_closed]
    links = {unit.pk: list[UnitSuccession]() for unit in units}
    if not closed:
        return links
    # Which asked unit each unit of this round stands for, and whether the whole way there was a whole taking.
    stands_for = {unit.pk: [(unit.pk, True)] for unit in closed}
    for _round in range(_ROUNDS):
        onward: dict[int, list[tuple[int, bool]]] = {}
        gone: dict[int, Unit] = {}
        for link in UnitSuccession.objects.of_predecessors(closed):
            for root, is_whole in stands_for[link.predecessor_id]:
                whole = is_whole and link.extent == Extent.FULL
                if link.successor.is_closed:
                    onward.setdefault(link.successor_id, []).append((root, whole))
                    gone[link.successor_id] = link.successor
                elif link.successor_id not in {known.successor_id for known in links[root]}:
                    links[root].append(link if whole else _in_part(link))
        if not gone:
            break
        closed, stands_for = list(gone.values()), onward
    return links


def _in_part(link: UnitSuccession) -> UnitSuccession:
    """The same link, said to be a part: something before it on the way was one. Never saved."""
    return link if link.extent == Extent.PARTIAL else UnitSuccession(
        predecessor_id=link.predecessor_id, successor=link.successor, extent=Extent.PARTIAL
    )  # fmt: skip


def find_named(words: str, *, kinds: Sequence[str] = ()) -> list[Named]:
    """Units that go by ``words``, those called just so first; at most ANSWER_LIMIT, with hosts and successors.

    ``kinds`` (UnitKind) narrows. Four queries, or two where none of them has ended.
    """
    asked = _asked(words)
    if not asked.names:
        return []
    units = list(Unit.objects.for_naming(kinds))
    exact = _exact(units, asked)
    known = {unit.pk for unit in exact}
    rows = [*exact, *(unit for unit in _similar(units, asked) if unit.pk not in known)][:ANSWER_LIMIT]
    prefetch_related_objects(rows, "domains")
    links = successors_today(rows)
    return [Named(unit, unit.pk in known, links[unit.pk]) for unit in rows]
