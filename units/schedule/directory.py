"""Everybody and everything a week's table may name, read from the database in six queries."""

from datetime import date, timedelta

from units.enums.people import PostLevel
from units.models import Division, Person, Room, Unit
from units.people.posts import Held, PostsBetween
from units.schedule.importing.directory import Directory, KnownPerson, Named, plain


def directory_of_week(monday: date) -> Directory:
    """People with a post in the week, divisions, rooms in use, units of today."""
    posts = PostsBetween.read(monday, monday + timedelta(days=6))
    names = dict(Person.objects.order_by("order", "pk").values_list("pk", "full_name"))
    persons = [
        KnownPerson(
            pk, names[pk], tuple(dict.fromkeys(word for one in held for word in (one.short_title, one.title) if word)),
            any(one.level == PostLevel.LEADER for one in held),
        )
        for pk, held in sorted(posts.by_person.items(), key=lambda one: (_rank(one[1]), one[0]))
    ]  # fmt: skip
    current = {plain(names[pk]) for pk in posts.by_person}
    former = frozenset(plain(name) for pk, name in names.items() if pk not in posts.by_person) - current
    return Directory(
        persons,
        [_named(pk, name, short) for pk, name, short in Division.objects.values_list("pk", "name", "short_name")],
        [
            _named(pk, name, f"{name}, {place}" if place else "")
            for pk, name, place in Room.objects.active().values_list("pk", "name", "place")
        ],
        [_named(pk, name) for pk, name in Unit.objects.current().values_list("pk", "name")],
        former,
    )


def _rank(held: list[Held]) -> tuple[bool, int]:
    """Leaders first, each group in the posts' order."""
    return all(one.level != PostLevel.LEADER for one in held), min(one.order for one in held)


def _named(pk: int, name: str, *others: str) -> Named:
    return Named(pk, name, frozenset(plain(one) for one in (name, *others) if one))
