"""Who and what is meant by the words of a table: people by name, post and short forms, divisions, rooms. Needs no database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from portal.core.text import folded, one_line, without_marks

_HONORIFICS: Final = re.compile(r"^(?:(?:dong chi|d c|dc|ong|ba|anh|chi)\s+)+")
_SHORT: Final = {
    "ct": "chu tich", "pct": "pho chu tich", "bt": "bi thu", "pbt": "pho bi thu", "gd": "giam doc",
    "pgd": "pho giam doc", "cvp": "chanh van phong", "pcvp": "pho chanh van phong", "tp": "truong phong",
    "ptp": "pho truong phong", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "vp": "van phong",
    "ubmttq": "uy ban mat tran to quoc",
}  # fmt: skip
_POST_WORDS: Final = frozenset(
    [
        "pho",
        "chu",
        "tich",
        "bi",
        "thu",
        "giam",
        "doc",
        "chanh",
        "van",
        "phong",
        "truong",
        "uy",
        "ban",
        "nhan",
        "dan",
        "hoi",
        "dong",
        "thuong",
        "truc",
        "quyen",
        "dang",
    ]
)
# What may follow a post without making it another one: “Chủ tịch” + “UBND phường”.
_OWN_OFFICE: Final = frozenset(
    ["uy", "ban", "nhan", "dan", "phuong", "xa", "thi", "tran", "dac", "khu", "thanh", "pho", "tinh", "so", "hue"]
)
_TITLE_AT_LEAST: Final = 2
_GIVEN_AT_MOST: Final = 3
_LEADERLIKE: Final = re.compile(
    r"^(?:đ/c|đồng chí|ông|bà)\s|^(?:ct|pct|cvp|pgđ|gđ|bt|pbt)\b|^(?:phó\s+)?(?:chủ tịch|giám đốc|bí thư)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody with a post in the week."""

    pk: int
    name: str
    posts: tuple[str, ...]  # titles and what tables call them; what tables call the first one stands first
    is_leader: bool

    @property
    def label(self) -> str:
        """As the schedule writes them: “Phó Chủ tịch Trần Thị Bình”."""
        return f"{self.posts[0] if self.posts else ''} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Named:
    """A division, a room or another unit by all of its names."""

    pk: int
    label: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant: surely one, perhaps some, or nobody known."""

    sure: int | None = None
    likely: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Guests:
    """Attendees' words taken apart."""

    persons: list[int] = field(default_factory=list)
    divisions: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    text: str = ""
    doubtful: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and everything of the unit in one week."""

    persons: Sequence[KnownPerson] = ()
    divisions: Sequence[Named] = ()
    rooms: Sequence[Named] = ()
    units: Sequence[Named] = ()
    # Folded names of people without a post in the week: they are known, but can not be on its schedule.
    former: frozenset[str] = frozenset()

    def person(self, text: str) -> Match:
        """Who a chair's words mean."""
        return match_person(text, self.persons)

    def has_left(self, text: str) -> bool:
        """Whether the words name somebody who holds no post in the week."""
        words = f" {' '.join(words_of_name(text))} "
        return any(f" {name} " in words for name in self.former)

    def room(self, text: str) -> Match:
        """Which room a place's words mean."""
        return _match_named(text, self.rooms)

    def division(self, text: str) -> Match:
        """Which division is meant."""
        return _match_named(text, self.divisions)

    def guests(self, text: str) -> Guests:
        """Attendees' words, piece by piece: people, divisions, units; the rest stays words."""
        found = Guests()
        rest = []
        for piece in self._pieces(text):
            everybody = self.all_of(piece)
            if everybody:
                found.persons.extend(everybody)
                continue
            match = self.person(piece)
            division, unit = self.division(piece).sure, _match_named(piece, self.units).sure
            if match.sure is not None:
                found.persons.append(match.sure)
            elif division is not None:
                found.divisions.append(division)
            elif unit is not None:
                found.units.append(unit)
            elif match.likely:
                found.doubtful.append((piece, match.likely))
            else:
                rest.append(piece)
        kept = _joined(text, rest)
        persons, divisions, units = (list(dict.fromkeys(one)) for one in (found.persons, found.divisions, found.units))
        return Guests(persons, divisions, units, kept, found.doubtful)

    def all_of(self, text: str) -> tuple[int, ...]:
        """“Các PCT”, “Các Phó Chủ tịch UBND”: everybody with that post, where there are several."""
        words = words_of_name(text)
        if len(words) <= _TITLE_AT_LEAST or words[0] != "cac":
            return ()
        match = _by_post(text, words_of_name(" ".join(words[1:])), self.persons)
        return match.likely if match else ()

    def _pieces(self, text: str) -> list[str]:
        """The text at semicolons, lines and commas; names that hold a comma themselves stay whole."""
        names = [one.label for one in (*self.divisions, *self.units) if "," in one.label]
        held = text
        for number, name in enumerate(sorted(names, key=len, reverse=True)):
            held = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", f"\x00{number}\x00", held, flags=re.IGNORECASE)
        ordered = sorted(names, key=len, reverse=True)
        pieces = re.split(r"[;\n]|,(?!\d)", held)
        whole = (re.sub("\x00(\\d+)\x00", lambda found: ordered[int(found[1])], one) for one in pieces)
        return [piece for one in whole if (piece := one_line(one).strip(" -–+•*.:"))]


def _joined(text: str, rest: list[str]) -> str:
    """What stays words: as it was written where nobody was taken out of it."""
    written = one_line(text.replace("\n", "; "))
    pieces = [one for one in re.split(r"[;\n]|,(?!\d)", text) if one.strip(" -–+•*.:")]
    return written if len(rest) == len(pieces) else "; ".join(rest)


def is_leaderlike(text: str) -> bool:
    """Whether the words speak of one leader: then somebody should have been found."""
    return bool(_LEADERLIKE.match(one_line(text)))


# --- names ------------------------------------------------------------------------------------------------------------


def words_of_name(text: str) -> list[str]:
    """Without marks, capitals, signs and honorifics; short forms of posts spelled out."""
    return list(_spelled_out(text))


@lru_cache(maxsize=4_096)
def _spelled_out(text: str) -> tuple[str, ...]:
    words = re.sub(r"[^\w]+", " ", folded(text)).strip()
    words = _HONORIFICS.sub("", f"{words} ").strip()
    words = re.sub(r"\bp (?=ct\b|chu tich|giam doc|gd\b|bi thu|bt\b)", "pho ", words)
    return tuple(one for word in words.split() for one in _SHORT.get(word, word).split())


def match_person(text: str, persons: Sequence[KnownPerson]) -> Match:
    """By full name, by post, by given name; sure only where one person fits and nothing speaks against it."""
    words = words_of_name(text)
    if not words:
        return Match()
    for way in (_by_name, _by_post, _by_given_name):
        match = way(text, words, persons)
        if match is not None:
            return match
    return Match()


def _by_name(text: str, words: list[str], persons: Sequence[KnownPerson]) -> Match | None:
    found = [(one, rest) for one in persons if (rest := _without_run(words, words_of_name(one.name))) is not None]
    if not found:
        return None
    if len(found) > 1:
        fitting = [(one, rest) for one, rest in found if rest and _post_fits(one, rest)]
        spelled = [(one, rest) for one, rest in found if one.name.lower() in one_line(text).lower()]
        best = fitting if len(fitting) == 1 else spelled
        if len(best) != 1:
            return Match(likely=tuple(dict.fromkeys(one.pk for one, _rest in found)))
        found = best
    person, rest = found[0]
    as_spelled = person.name.lower() in one_line(text).lower() or without_marks(text) == text.replace("đ", "d")
    if as_spelled and (not rest or _post_fits(person, rest)):
        return Match(sure=person.pk)
    return Match(likely=(person.pk,))


def _without_run(words: list[str], run: list[str]) -> list[str] | None:
    """Words without the run; None where it does not stand in them."""
    for start in range(len(words) - len(run) + 1):
        if words[start : start + len(run)] == run:
            return words[:start] + words[start + len(run) :]
    return None


def _post_fits(person: KnownPerson, rest: list[str]) -> bool:
    """Whether the words beside a name say one of the person's posts; a deputy is not the head."""
    return any(
        set(rest) <= {*post, *_OWN_OFFICE} and (rest[0] == "pho") == (post[0] == "pho")
        for post in map(words_of_name, person.posts)
        if post
    )


def _by_post(text: str, words: list[str], persons: Sequence[KnownPerson]) -> Match | None:
    exact = _holders(persons, lambda post: post == words)
    if exact:
        return Match(sure=exact[0]) if len(exact) == 1 else Match(likely=exact)
    if len(words) < _TITLE_AT_LEAST:
        return None
    leaders = [one for one in persons if one.is_leader]
    begun = _holders(leaders, lambda post: post[: len(words)] == words)
    longer = _holders(
        leaders,
        lambda post: (
            len(post) >= _TITLE_AT_LEAST and words[: len(post)] == post and set(words[len(post) :]) <= _OWN_OFFICE
        ),
    )
    for found in (begun, longer):
        if found:
            return Match(sure=found[0]) if len(found) == 1 else Match(likely=found)
    return None


def _holders(persons: Sequence[KnownPerson], fits: Callable[[list[str]], bool]) -> tuple[int, ...]:
    return tuple(one.pk for one in persons if any(fits(words_of_name(post)) for post in one.posts))


def _by_given_name(text: str, words: list[str], persons: Sequence[KnownPerson]) -> Match | None:
    names = list(words)
    while names and names[0] in _POST_WORDS:
        names.pop(0)
    post = words[: len(words) - len(names)]
    if not 1 <= len(names) <= _GIVEN_AT_MOST or not (post or is_leaderlike(text)):
        return None
    found = [one for one in persons if words_of_name(one.name)[-len(names) :] == names]
    fitting = [one for one in found if post and _post_fits(one, post)]
    likely = tuple(dict.fromkeys(one.pk for one in fitting or found))
    return Match(likely=likely) if likely else None


def _match_named(text: str, known: Sequence[Named]) -> Match:
    words = plain(text)
    if not words:
        return Match()
    exact = [one.pk for one in known if words in one.names]
    if len(exact) == 1:
        return Match(sure=exact[0])
    near = exact or [
        one.pk for one in known if any(name.startswith(words) or words.startswith(f"{name} ") for name in one.names)
    ]
    return Match(likely=tuple(near)) if len(near) == 1 or exact else Match()


@lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """Without marks, capitals and signs, short forms spelled out."""
    words = re.sub(r"[^\w]+", " ", folded(text)).split()
    return " ".join(_SHORT.get(word, word) for word in words)
