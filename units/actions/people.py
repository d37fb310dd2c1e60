"""People, divisions and posts of a unit: every change audited, seen at once, and found by search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.pictures import PreparedPicture, random_name
from portal.core.tenancy import current_unit_id
from portal.search.actions import mark_many_changed
from units.enums.people import PostLevel
from units.models import Appointment, Division, Person, Post
from units.rules.people import leads_back

LABEL: Final = "units.Person"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One line of “giữ chức vụ nào, từ ngày, đến ngày”: an appointment as it should stand; a new post is made by its title."""

    appointment: Appointment
    new_post: str = ""
    new_level: str = PostLevel.LEADER


def show_people(person_ids: Iterable[int] = ()) -> None:
    """Let pages and the index of the unit in scope follow."""
    unit_id = current_unit_id()
    bump_generation(unit_id)
    if keys := list(person_ids):
        mark_many_changed(unit_id, LABEL, keys)


@transaction.atomic
def save_division(*, division: Division, actor: User | None = None) -> Division:
    """Create or change a part of the unit; raises ValidationError when it would stand inside itself."""
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    if division.pk and leads_back(division.pk, division.parent_id, parents):
        raise ValidationError({"parent": _("Phòng, ban này đang nằm trong phòng, ban đã chọn: thành vòng tròn.")})
    created = division.pk is None
    division.save()
    record(verb="division.add" if created else "division.change", target=division, actor=actor)
    show_people()
    return division


@transaction.atomic
def save_post(*, post: Post, actor: User | None = None) -> Post:
    """Create or change a post; whoever holds it is found under its new title."""
    created = post.pk is None
    if created and not post.order:
        last = Post.objects.filter(level=post.level).aggregate(last=Max("order"))["last"] or 0
        post.order = min(last + 1, 32_000)
    post.save()
    record(verb="post.add" if created else "post.change", target=post, actor=actor, detail={"level": post.level})
    show_people(post.appointments.values_list("person_id", flat=True))
    return post


@transaction.atomic
def save_staff(
    *, person: Person, actor: User | None = None, portrait: PreparedPicture | None = None, without_portrait: bool = False,
    held: Sequence[HeldLine] | None = None, dropped: Sequence[Appointment] = (),
) -> Person:  # fmt: skip
    """Create or change somebody who works here, with what they hold; one call enters a leader completely.

    ``held`` are new and changed appointments (None leaves them), ``dropped`` those entered by mistake. Raises
    ValidationError for days that overlap an appointment of the same person to the same post.
    """
    created = person.pk is None
    if portrait:
        name = random_name(current_unit_id(), "chan-dung", ".webp")
        person.portrait.save(name, ContentFile(portrait.small), save=False)
    elif without_portrait:
        person.portrait = ""
    person.edited_at = timezone.now()
    person.save()
    for appointment in dropped:
        record(verb="appointment.delete", target=appointment, actor=actor, detail=_told(appointment, person))
        appointment.delete()
    for line in held or ():
        _hold(person, line, actor)
    detail = {"portrait": "new" if portrait else "removed"} if portrait or without_portrait else None
    record(verb="staff.add" if created else "staff.change", target=person, actor=actor, detail=detail)
    show_people([person.pk])
    return person


def _told(appointment: Appointment, person: Person) -> dict[str, Any]:
    return {
        "person": person.full_name,
        "post": appointment.post.title,
        "from": appointment.starts_on.isoformat(),
        "to": appointment.ends_on.isoformat() if appointment.ends_on else "",
    }


def _hold(person: Person, line: HeldLine, actor: User | None) -> None:
    appointment = line.appointment
    if line.new_post:
        same = Post.objects.filter(title=line.new_post, level=line.new_level).first()
        appointment.post = same or save_post(post=Post(title=line.new_post, level=line.new_level), actor=actor)
    appointment.person = person
    if clashes(appointment):
        words = _("%(name)s đã giữ chức vụ “%(post)s” trong những ngày ấy. Sửa dòng đang có, hoặc đổi ngày.")
        raise ValidationError(words % {"name": person.full_name, "post": appointment.post.title})
    created = appointment.pk is None
    appointment.save()
    verb = "appointment.add" if created else "appointment.change"
    record(verb=verb, target=appointment, actor=actor, detail=_told(appointment, person))


def clashes(appointment: Appointment) -> bool:
    """Whether the person holds the same post on some of the same days by another row."""
    others = Appointment.objects.filter(person_id=appointment.person_id, post_id=appointment.post_id)
    last = appointment.ends_on or date.max
    return others.exclude(pk=appointment.pk).between(appointment.starts_on, last).exists()


def other_holders(appointment: Appointment) -> list[str]:
    """Names of others who hold the same post on some of the same days: usually a leader whose leaving was forgotten."""
    others = Appointment.objects.filter(post_id=appointment.post_id).exclude(person_id=appointment.person_id)
    rows = others.between(appointment.starts_on, appointment.ends_on or date.max).select_related("person")
    return [row.person.full_name for row in rows[:3]]


@transaction.atomic
def leave_posts(*, person: Person, from_day: date, keys: Iterable[int], actor: User | None = None) -> int:
    """End appointments of a person so that ``from_day`` is the first day without them; returns how many ended.

    The person's page and past schedules stay. Raises ValidationError when one began later; one that somebody else just
    ended stays as it is.
    """
    rows = list(Appointment.objects.open_of(person.pk).filter(pk__in=list(keys)))
    last_day = from_day - timedelta(days=1)
    for row in rows:
        if row.starts_on > last_day:
            words = _("Chức vụ “%(post)s” bắt đầu ngày %(day)s: ngày thôi giữ phải sau ngày ấy.")
            raise ValidationError(words % {"post": row.post.title, "day": f"{row.starts_on:%d/%m/%Y}"})
    ended = 0
    for row in rows:
        if not Appointment.objects.filter(pk=row.pk, ends_on__isnull=True).update(ends_on=last_day):
            continue
        row.ends_on = last_day
        record(verb="appointment.end", target=row, actor=actor, detail=_told(row, person))
        ended += 1
    if ended:
        record(verb="staff.leave", target=person, actor=actor, detail={"from": from_day.isoformat()})
        show_people([person.pk])
    return ended


@transaction.atomic
def delete_staff_row(*, row: Division | Person | Post, actor: User | None = None) -> None:
    """Delete what was entered by mistake; raises ValidationError for what anything else names: history stays."""
    keys = [row.pk] if isinstance(row, Person) else []
    record(verb=f"{'staff' if keys else row._meta.model_name}.delete", target=row, actor=actor)
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError as error:
        raise ValidationError(_in_use(row)) from error
    show_people(keys)


def _in_use(row: models.Model) -> str:
    if isinstance(row, Person):
        return _(
            "Người này đã có chức vụ hoặc có tên trong lịch. Dùng “Thôi giữ chức vụ”, hoặc bỏ chọn “Hiện trên trang”."
        )
    if isinstance(row, Post):
        return _("Chức vụ này đã có người giữ, nên không xóa được.")
    return _(
        "Phòng, ban này còn chức vụ hoặc bộ phận bên trong. Chuyển chúng đi trước, hoặc bỏ chọn “Hiện trên trang”."
    )


@transaction.atomic
def turn_appointments() -> int:
    """After midnight: pages and index follow what began or ended; returns how many people that concerned."""
    today = timezone.localdate()
    rows = Appointment.objects.turning_on(today - timedelta(days=2), today)
    keys = sorted(set(rows.values_list("person_id", flat=True)))
    if keys:
        show_people(keys)
    return len(keys)
