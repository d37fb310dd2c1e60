"""People of a house: a leader with a post, a division, a spokesperson, a hotline; every text carries the house's marker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.actions.people import HeldLine, save_division, save_post, save_staff
from units.enums.people import PostLevel
from units.models import Appointment, Division, Hotline, Person, Post, Spokesperson

SINCE = date(2025, 7, 1)


def division_of(house: House) -> Division:
    """The house's one division, made when first asked for."""
    with unit_scope(house.unit):
        known = Division.objects.first()
        return known or save_division(
            division=Division(name=f"Phòng Văn hóa {house.marker} {house.word}", phone="0234 382 0001")
        )


def post_of(house: House, title: str = "Chủ tịch Ủy ban nhân dân", **more: Any) -> Post:
    """A leader's post with the house's marker in its duties."""
    values = {"level": PostLevel.LEADER, "duties": f"Điều hành chung {house.marker} {house.word}", **more}
    with unit_scope(house.unit):
        known = Post.objects.filter(title=title).first()
        return known or save_post(post=Post(title=title, **values))


def make_person(
    house: House,
    name: str,
    *,
    post: Post | None = None,
    starts_on: date = SINCE,
    ends_on: date | None = None,
    **more: Any,
) -> Person:
    """Somebody of the house who holds ``post`` (the chairman's by default)."""
    post = post or post_of(house)
    with unit_scope(house.unit):
        held = HeldLine(Appointment(post=post, starts_on=starts_on, ends_on=ends_on))
        return save_staff(person=Person(full_name=name, **more), held=[held])


def person_of(house: House) -> Person:
    """The house's leader, made when first asked for."""
    with unit_scope(house.unit):
        known = Person.objects.order_by("pk").first()
    if known:
        return known
    division_of(house)
    # A slug without the marker: a page that is not found names the address that was asked for.
    return make_person(
        house, f"Trần Văn Mẫu {house.marker} {house.word}", slug="tran-van-mau", biography=f"<p>Tiểu sử {house.marker}</p>",
        phone=f"0234 382 0000 {house.marker}", email=f"mau@{house.marker.lower()}.example.vn",
    )  # fmt: skip


def spokesperson_of(house: House, *, published: bool = True) -> Spokesperson:
    """The house's spokesperson, published after two hours."""
    with unit_scope(house.unit):
        known = Spokesperson.objects.filter(published_at__isnull=not published).first()
        now = timezone.now()
        return known or Spokesperson.objects.create(
            name=f"Lê Thị Phát {house.marker} {house.word}", post=f"Chánh Văn phòng {house.marker}",
            phone="0234 382 0002", email=f"phat@{house.marker.lower()}.example.vn", assigned_at=now - timedelta(hours=5),
            published_at=now - timedelta(hours=3) if published else None,
        )  # fmt: skip


def hotline_of(house: House) -> Hotline:
    """The house's number to call."""
    with unit_scope(house.unit):
        return Hotline.objects.first() or Hotline.objects.create(
            label=f"Trực ban {house.marker}", number="0234 382 0003", purpose=f"Ngập lụt {house.word}"
        )


def people_path(house: House, path: str) -> str:
    """An address about people, with rows of the house to show there."""
    person_of(house)
    spokesperson_of(house)
    hotline_of(house)
    return path
