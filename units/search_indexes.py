"""What of the units room is found by search: leaders, who speaks to the press, numbers to call."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from haystack import indexes

from portal.search.indexes import UnitIndex
from units.models import Appointment, Hotline, Person, Spokesperson
from units.people.pages import people_day, post_title


class PersonIndex(UnitIndex, indexes.Indexable):
    """Leaders of today and of before, by name, and by post with the unit's name: “chủ tịch phường Thuận An”."""

    kind = "person"
    related = ("unit",)

    def get_model(self) -> type[Person]:
        """Haystack's hook."""
        return Person

    def _held(self, obj: Person) -> list[Appointment]:
        """Asked once for each row, though title, aliases and body all need it."""
        known: list[Appointment] | None = obj.__dict__.get("_held_for_index")
        if known is None:
            known = obj.__dict__["_held_for_index"] = list(Appointment.objects.begun_of(obj.pk, people_day(obj.unit)))
        return known

    def _now(self, obj: Person) -> list[Appointment]:
        day = people_day(obj.unit)
        return [one for one in self._held(obj) if one.ends_on is None or one.ends_on >= day]

    def get_title(self, obj: Person) -> str:
        """Name and post of today."""
        titles = [post_title(one) for one in self._now(obj)]
        return f"{obj.full_name}, {titles[0]}" if titles else obj.full_name

    def get_aliases(self, obj: Person) -> Iterable[str]:
        """The post as people ask for it, with the name of the place: “Chủ tịch phường Thuận An”, “lãnh đạo phường Thuận An”."""
        place = f"{obj.unit.name[:1].lower()}{obj.unit.name[1:]}"
        names: list[str] = []
        for one in self._now(obj):
            seat = one.post.title.split(" Ủy ban nhân dân")[0]
            names += [one.post.title, f"{seat} {place}"]
        return [*dict.fromkeys(names), *([f"Lãnh đạo {place}"] if names else [])]

    def get_body(self, obj: Person) -> str:
        """Duties, posts held, biography."""
        held = self._held(obj)
        lines = [f"{post_title(one)}. {one.post.duties}" for one in held]
        return f"<p>{escape(' '.join([*lines, obj.unit.name]))}</p>{obj.biography}"

    def get_published_at(self, obj: Person) -> datetime | None:
        """Undated: a leader's page is no news."""
        return None


class SpokespersonIndex(UnitIndex, indexes.Indexable):
    """Who speaks to the press."""

    kind = "spokesperson"
    related = ("unit",)

    def get_model(self) -> type[Spokesperson]:
        """Haystack's hook."""
        return Spokesperson

    def get_title(self, obj: Spokesperson) -> str:
        """What they are, and their name."""
        return f"{obj.get_role_display()}: {obj.name}"

    def get_body(self, obj: Spokesperson) -> str:
        """Post, matter and contacts; text, not markup."""
        return escape("\n".join(filter(None, (obj.post, obj.matter, obj.phone, obj.email, obj.unit.name))))

    def get_url(self, obj: Spokesperson) -> str:
        """The register."""
        return reverse("units:spokespersons")

    def read_queryset(self, using: str | None = None) -> QuerySet[Any]:
        """One whose time is over is found no more, whatever the index still says."""
        return Spokesperson.objects.current(timezone.now()).select_related("unit")


class HotlineIndex(UnitIndex, indexes.Indexable):
    """Numbers to call, under “đường dây nóng” and what they are for."""

    kind = "hotline"

    def get_model(self) -> type[Hotline]:
        """Haystack's hook."""
        return Hotline

    def get_title(self, obj: Hotline) -> str:
        """With the words that people look for."""
        return f"Đường dây nóng: {obj.label}"

    def get_body(self, obj: Hotline) -> str:
        """When to call, which number, which hours; text, not markup."""
        return escape("\n".join(filter(None, (obj.number, obj.purpose, obj.hours))))

    def get_url(self, obj: Hotline) -> str:
        """The page of numbers."""
        return reverse("units:hotlines")

    def get_published_at(self, obj: Hotline) -> datetime | None:
        """Undated."""
        return None
