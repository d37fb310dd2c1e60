"""What the pages about people show: leaders, divisions with their heads, the directory of all units."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.tenancy import units_scope
from portal.core.text import folded
from units.chrome import site_url
from units.enums import Module
from units.enums.people import PostLevel
from units.models import Appointment, Division, Person, Post, Site, Unit
from units.querysets import NAMES_LIMIT
from units.querysets.people import STAFF_LIMIT
from units.rules.people import dial

PAGE_SIZE: Final = 40
OWN_FOUND: Final = 60
WORDS_LIMIT: Final = 8


@dataclass(frozen=True, slots=True)
class Holding:
    """One post of one person, as a page prints it."""

    title: str
    duties: str
    division: str
    starts_on: date
    ends_on: date | None
    is_leading: bool


@dataclass(slots=True)
class Staff:
    """One person with the posts they hold; ``url`` is empty for who has no page of their own."""

    person: Person
    posts: list[Holding] = field(default_factory=list)
    url: str = ""
    tel: str = ""


@dataclass(slots=True)
class DivisionBlock:
    """A division with its people, and those inside it."""

    division: Division | None
    people: list[Staff]
    inside: list[Division] = field(default_factory=list)
    tel: str = ""

    @property
    def others(self) -> list[Staff]:
        """Who does not stand among the unit's leaders already."""
        return [one for one in self.people if not one.url]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody the unit shows on a day."""

    leaders: list[Staff]
    blocks: list[DivisionBlock]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has been entered."""
        return not self.leaders and not self.blocks


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the directory: one post of one person of some unit."""

    key: int
    name: str
    honorific: str
    title: str
    division: str
    phone: str
    tel: str
    email: str
    unit: str
    unit_url: str
    url: str


def people_day(unit: Unit) -> date:
    """The day pages speak of: today, for a closed unit its last."""
    return unit.closed_on or timezone.localdate()


def post_title(appointment: Appointment) -> str:
    """The post as it is written: “Quyền Chủ tịch …” for an acting holder."""
    title = appointment.post.title
    return _("Quyền %(post)s") % {"post": f"{title[:1].lower()}{title[1:]}"} if appointment.is_acting else title


def holding_of(appointment: Appointment) -> Holding:
    """An appointment with its post and division, read before."""
    post: Post = appointment.post
    return Holding(
        title=post_title(appointment), duties=post.duties, division=post.division.name if post.division else "",
        starts_on=appointment.starts_on, ends_on=appointment.ends_on, is_leading=post.level == PostLevel.LEADER,
    )  # fmt: skip


def people_of(unit: Unit) -> People:
    """Leaders in order, then divisions with everybody in them; two queries, bounded."""
    rows = list(Appointment.objects.shown_on(people_day(unit))[:STAFF_LIMIT])
    divisions = list(Division.objects.shown())
    leading = {row.person_id for row in rows if row.post.level == PostLevel.LEADER}
    staff: dict[int, Staff] = {}
    inside: dict[int | None, list[Staff]] = defaultdict(list)
    for row in rows:
        known = staff.get(row.person_id)
        if known is None:
            url = row.person.get_absolute_url() if row.person_id in leading else ""
            known = staff[row.person_id] = Staff(row.person, url=url, tel=dial(row.person.phone))
        known.posts.append(holding_of(row))
        place = inside[row.post.division_id]
        if known not in place and (row.post.division_id is not None or row.person_id not in leading):
            place.append(known)
    blocks = _blocks(divisions, inside)
    return People([one for key, one in staff.items() if key in leading], blocks)


def _blocks(divisions: Sequence[Division], inside: dict[int | None, list[Staff]]) -> list[DivisionBlock]:
    """Each division after the one it belongs to; people of no division, or of a hidden one, come last."""
    children: dict[int, list[Division]] = defaultdict(list)
    shown = {row.pk for row in divisions}
    for row in divisions:
        if row.parent_id in shown:
            children[row.parent_id or 0].append(row)
    blocks = [DivisionBlock(row, inside[row.pk], children[row.pk], dial(row.phone)) for row in in_tree_order(divisions)]
    rest = [one for key, people in inside.items() if key not in shown for one in people]
    return [*blocks, DivisionBlock(None, rest)] if rest else blocks


def in_tree_order(divisions: Sequence[Division]) -> list[Division]:
    """Divisions with those inside each right behind it; a circle among them (never made by our forms) loses nobody."""
    children: dict[int | None, list[Division]] = defaultdict(list)
    shown = {row.pk for row in divisions}
    for row in divisions:
        children[row.parent_id if row.parent_id in shown else None].append(row)
    ordered: list[Division] = []
    seen: set[int] = set()

    def walk(rows: Iterable[Division]) -> None:
        for row in rows:
            if row.pk not in seen:
                seen.add(row.pk)
                ordered.append(row)
                walk(children[row.pk])

    walk(children[None])
    walk(divisions)
    return ordered


def open_units() -> list[Unit]:
    """Units of today that keep their part about people switched on, by name, with their hosts; three queries."""
    rows = Unit.objects.current().defer("boundary").prefetch_related("domains").order_by("sort_name", "pk")
    units = list(rows[:NAMES_LIMIT])
    with units_scope(units):
        modules = dict(Site.objects.values_list("unit_id", "modules"))
    return [unit for unit in units if Module.PEOPLE in modules.get(unit.pk, [Module.PEOPLE])]


def words_of(text: str) -> list[str]:
    """The different words of a question without marks, the first few."""
    return list(dict.fromkeys(folded(text).split()))[:WORDS_LIMIT]


def lines_of(request: HttpRequest, rows: Iterable[Appointment], units: Sequence[Unit], own: Unit) -> list[Line]:
    """Appointments of ``directory`` as lines; pages of other units stand on their own hosts."""
    known = {unit.pk: unit for unit in units}
    lines = []
    for row in rows:
        person, post, unit = row.person, row.post, known[row.unit_id]
        away = unit.pk != own.pk
        phone = person.phone or (post.division.phone if post.division else "")
        path = person.get_absolute_url() if post.level == PostLevel.LEADER else ""
        lines.append(
            Line(
                key=row.pk, name=person.full_name, honorific=person.get_honorific_display() if person.honorific else "",
                title=post_title(row), division=post.division.name if post.division else "", phone=phone,
                tel=dial(phone), email=person.email, unit=unit.name,
                unit_url=site_url(request, unit, "/danh-ba/") if away else "",
                url=site_url(request, unit, path) if path and away else path,
            )
        )  # fmt: skip
    return lines
