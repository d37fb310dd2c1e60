"""Who held which post on which day: the names a schedule, a directory or an archive page shows people under."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from units.enums.people import PostLevel
from units.models import Appointment


@dataclass(frozen=True, slots=True)
class Held:
    """One person's post for some time, as short as lists need it."""

    person_id: int
    title: str
    short_title: str
    level: str
    order: int
    starts_on: date
    ends_on: date | None
    name: str = ""
    slug: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the person held it on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class PostsBetween:
    """Posts of the unit in scope held in a span of days, by person; read in one query."""

    by_person: dict[int, list[Held]] = field(default_factory=dict)

    @classmethod
    def read(cls, first: date, last: date) -> Self:
        """All posts held on some day from ``first`` to ``last``."""
        rows = Appointment.objects.between(first, last).order_by("post__order", "starts_on").values_list(
            "person_id", "post__title", "post__short_title", "post__level", "post__order", "starts_on", "ends_on",
            "is_acting", "person__full_name", "person__slug",
        )  # fmt: skip
        found: dict[int, list[Held]] = defaultdict(list)
        for person_id, title, short, level, order, starts_on, ends_on, is_acting, name, slug in rows:
            shown = f"Quyền {title}" if is_acting else title
            found[person_id].append(
                Held(person_id, shown, short or shown, level, order, starts_on, ends_on, name, slug)
            )
        return cls(dict(found))

    def on(self, person_id: int, day: date) -> Held | None:
        """The first post of the person on ``day``; None for one who has left or has not come yet."""
        return next((held for held in self.by_person.get(person_id, ()) if held.holds_on(day)), None)

    def title(self, person_id: int, day: date) -> str:
        """Its title; empty where there is none."""
        held = self.on(person_id, day)
        return held.title if held else ""

    def short(self, person_id: int, day: date) -> str:
        """What tables call it."""
        held = self.on(person_id, day)
        return held.short_title if held else ""

    def leaders(self, day: date) -> list[Held]:
        """Leaders' posts held on ``day``, in order: the columns of a week's table."""
        held = [one for rows in self.by_person.values() for one in rows if one.holds_on(day)]
        return sorted(
            (one for one in held if one.level == PostLevel.LEADER), key=lambda one: (one.order, one.person_id)
        )
