"""What a clerk may mean by a few letters: people with a post in the week, divisions, rooms, places used before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, Self

from portal.core.text import folded
from units.enums.people import PostLevel
from units.models import Division, Person, Room, ScheduleEntry
from units.people.posts import PostsBetween

LINES_READ: Final = 400
PLACES_SHOWN: Final = 60
TITLES_SHOWN: Final = 120
# Fewer letters mean too many people at once.
LEAST_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: ``label`` stands in the field, ``hint`` beside it in the list, ``keys`` find it."""

    pk: int
    label: str
    hint: str = ""
    names: tuple[str, ...] = ()  # whole names, folded
    short_keys: tuple[str, ...] = ()  # first letters
    is_leader: bool = False

    @property
    def keys(self) -> str:
        """Everything that finds it, for the list in the page."""
        return "|".join(dict.fromkeys((*self.names, *self.short_keys)))

    def begins_with(self, typed: str) -> bool:
        """Whether one of its names begins so."""
        return any(name.startswith(typed) for name in (*self.names, *self.short_keys))


@dataclass(frozen=True, slots=True)
class PastLine:
    """A title that stood in the table before, with who chaired and where the last time."""

    title: str
    keys: str
    chair: str
    place: str


class SeveralMeant(ValueError):
    """A few letters mean more than one; ``choices`` are those."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self.choices = list(choices)
        super().__init__()


def first_letters(text: str) -> tuple[str, ...]:
    """“PCT Văn xã” → “pvx”, “pctvx”: first letters of words, with short forms left whole; “Phòng họp số 1” → “phs1”, “p1”."""
    words = text.replace("(", " ").replace(")", " ").split()
    plain = "".join(word[0] for word in words)
    whole = "".join(word if word.isupper() else word[0] for word in words)
    numbered = f"{words[0][0]}{words[-1]}" if words and words[-1].isdigit() else ""
    return tuple(dict.fromkeys(folded(one).replace(" ", "") for one in (plain, whole, numbered) if one))


def _person_names(short: str, title: str, name: str) -> tuple[str, ...]:
    given = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return tuple(dict.fromkeys(folded(one) for one in (short, f"{short} {name}", title, name, given) if one))


def _person_letters(short: str, title: str, name: str) -> tuple[str, ...]:
    letters = (*first_letters(short), *first_letters(title), *first_letters(name))
    return tuple(dict.fromkeys(one for one in letters if len(one) >= LEAST_LETTERS))


@dataclass(frozen=True)
class Choices:
    """Everything to choose from in one week; read in five queries whatever their number."""

    people: list[Choice]
    divisions: list[Choice]
    rooms: list[Choice]
    places: list[str]
    titles: list[PastLine]
    posts: PostsBetween

    @classmethod
    def read(cls, monday: date) -> Self:
        """Of the unit in scope, for the week of ``monday``."""
        posts = PostsBetween.read(monday, monday + timedelta(days=6))
        divisions = [
            Choice(pk, short or name, name if short else "", tuple({folded(short or name), folded(name)}))
            for pk, name, short in Division.objects.values_list("pk", "name", "short_name")
        ]
        rooms = [
            Choice(pk, name, place, (folded(name),), first_letters(name))
            for pk, name, place in Room.objects.active().values_list("pk", "name", "place")
        ]
        people = _people(posts)
        past = ScheduleEntry.objects.accepted().order_by("-pk")
        rows = list(past.values_list("title", "chair", "chair_text", "room__name", "place")[:LINES_READ])
        places = [place for place, _number in Counter(row[4] for row in rows if row[4]).most_common(PLACES_SHOWN)]
        return cls(people, divisions, rooms, places, _titles(rows, people), posts)

    @cached_property
    def by_person(self) -> dict[int, Choice]:
        """People by key."""
        return {one.pk: one for one in self.people}

    @cached_property
    def by_division(self) -> dict[int, Choice]:
        """Divisions by key."""
        return {one.pk: one for one in self.divisions}

    def person(self, typed: str) -> Choice | None:
        """Whom the words or first letters mean; None for somebody who is not in the list. Raises SeveralMeant."""
        return _meant(self.people, typed) or self._begun(typed)

    def _begun(self, typed: str) -> Choice | None:
        wanted = folded(typed)
        found = [one for one in self.people if len(wanted) >= LEAST_LETTERS and one.begins_with(wanted)]
        if len(found) > 1 and _only(found) is None:
            raise SeveralMeant(found)
        return _only(found)

    def room(self, typed: str) -> Choice | None:
        """The room of that name or of those first letters; None for any other place. Raises SeveralMeant."""
        return _meant(self.rooms, typed)

    def attending(self, typed: str) -> Choice | None:
        """The person of that whole title or name; first letters do not count here, where most words are free."""
        return _only([one for one in self.people if folded(typed) in one.names])

    def division(self, typed: str) -> Choice | None:
        """The division of that whole name."""
        return _only([one for one in self.divisions if folded(typed) in one.names])


def _titles(rows: list[tuple[Any, ...]], people: list[Choice]) -> list[PastLine]:
    """The most frequent first; each as it stood the last time."""
    labels = {one.pk: one.label for one in people}
    last = {}
    for title, chair, chair_text, room, place in reversed(rows):
        last[folded(title)] = (title, labels.get(chair, "") or chair_text, room or place)
    found = []
    for key, _number in Counter(folded(row[0]) for row in rows).most_common(TITLES_SHOWN):
        title, chair, place = last[key]
        found.append(PastLine(title, "|".join((key, *first_letters(title))), chair, place))
    return found


def _only(found: list[Choice]) -> Choice | None:
    leaders = [one for one in found if one.is_leader]
    best = leaders if len(leaders) == 1 else found
    return best[0] if len(best) == 1 else None


def _meant(choices: list[Choice], typed: str) -> Choice | None:
    wanted = folded(typed)
    by_label = [one for one in choices if folded(one.label) == wanted]
    named = by_label or [one for one in choices if wanted in one.names]
    found = named or [one for one in choices if wanted.replace(" ", "") in one.short_keys]
    if len(found) > 1 and _only(found) is None:
        raise SeveralMeant(found)
    return _only(found)


def _people(posts: PostsBetween) -> list[Choice]:
    # Staff seldom chair anything; a whole commune's names would hide the leaders.
    held = {person_id: rows[0] for person_id, rows in posts.by_person.items() if rows and rows[0].level in _RANKS}
    names = dict(Person.objects.filter(pk__in=held).values_list("pk", "full_name"))
    shared = Counter(folded(one.short_title) for one in held.values())
    order = sorted(held.values(), key=lambda one: (_RANKS[one.level], one.order, one.person_id))
    return [
        Choice(
            one.person_id,
            one.short_title if shared[folded(one.short_title)] == 1 else f"{one.short_title} {names[one.person_id]}",
            names[one.person_id],
            _person_names(one.short_title, one.title, names[one.person_id]),
            _person_letters(one.short_title, one.title, names[one.person_id]),
            one.level == PostLevel.LEADER,
        )
        for one in order
        if one.person_id in names
    ]


_RANKS: Final[dict[str, int]] = {PostLevel.LEADER: 0, PostLevel.HEAD: 1}
