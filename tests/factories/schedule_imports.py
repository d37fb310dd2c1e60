"""The invented office that the fixtures' tables are of, and previews of them."""

import io
from dataclasses import dataclass
from datetime import date

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from tests.factories.schedule_files import MONDAY
from tests.factories.schedule_layouts import LAYOUTS
from units.actions.schedule_import import keep_import
from units.enums import Role
from units.enums.people import PostLevel
from units.models import Appointment, Division, Person, Post, Room, ScheduleImport
from units.schedule.importing import read_schedule_file


@dataclass(frozen=True)
class Office:
    """People, divisions and rooms that the layouts name."""

    head: Person
    second: Person
    third: Person
    economy: Division
    bureau: Division
    room: Room


def office_of(house: House) -> Office:
    """The invented office of An Hòa, in a house; made when it is asked for first."""
    with unit_scope(house.unit):
        people = [
            _holder(*row)
            for row in (
                ("Nguyễn Văn An", "Chủ tịch Ủy ban nhân dân phường", "Chủ tịch"),
                ("Trần Thị Bình", "Phó Chủ tịch Ủy ban nhân dân phường (kinh tế)", "PCT Kinh tế"),
                ("Lê Công Cường", "Phó Chủ tịch Ủy ban nhân dân phường (văn xã)", "PCT Văn xã"),
            )
        ]
        economy, bureau = (Division.objects.get_or_create(name=name)[0] for name in ("Phòng Kinh tế", "Văn phòng"))
        room = Room.objects.get_or_create(name="Phòng họp số 1", defaults={"place": "Tầng 2"})[0]
        head, second, third = people
        return Office(head, second, third, economy, bureau, room)


def _holder(name: str, title: str, short: str) -> Person:
    known = Person.objects.filter(full_name=name).first()
    if known:
        return known
    person = Person.objects.create(full_name=name)
    post = Post.objects.create(title=title, short_title=short, level=PostLevel.LEADER, order=Post.objects.count())
    Appointment.objects.create(person=person, post=post, starts_on=date(2025, 7, 1))
    return person


def import_of(house: House, layout: str = "merged.docx", role: Role = Role.EDITOR) -> ScheduleImport:
    """A preview of a layout that nobody has taken over."""
    content = next(one.build() for one in LAYOUTS if one.name == layout)
    office_of(house)
    with unit_scope(house.unit):
        read = read_schedule_file(io.BytesIO(content), size=len(content), monday=MONDAY)
        return keep_import(
            file_name=f"{house.marker} {house.word} {layout}", read=read.lines, left_out=read.left_out, monday=MONDAY,
            visibility="PUBLIC", proposing=None, actor=house.people[role],
        )  # fmt: skip
