"""What the pages of the menu show: lines of procedures, fields with their counts, what this unit handles first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.text import folded, without_marks
from services.enums import Audience
from services.models import Field, LocalAnswer, Procedure
from services.querysets.catalogue import ProcedureQuerySet
from services.rules.brief import OnlineTag, fee_brief, online_tag, place_brief, time_brief
from units.enums import UnitKind
from units.models import Unit

TOP_FIELDS: Final = 7
USED_FIELDS: Final = 12
OFTEN_LINES: Final = 8
FIELD_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure in a list. ``official`` is the legal name where ``title`` is an everyday one, else empty."""

    url: str
    code: str
    title: str
    official: str
    online: OnlineTag
    fee: str
    time: str
    place: str
    is_closed: bool
    is_elsewhere: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field in a list: how many procedures, and in how many life events they stand."""

    name: str
    url: str
    number: int
    uses: int = 0


def line_of(procedure: Procedure, *, note: str = "", is_elsewhere: bool = False, marked: str = "") -> Line:
    """A procedure as lists show it: the everyday name first, the official one beneath.

    ``marked`` is the official name with <mark> around what was searched for (safe text of portal.search).
    """
    official, names = procedure.short_name, procedure.everyday_list
    title = names[0][:1].upper() + names[0][1:] if names else official
    return Line(
        url=procedure.get_absolute_url(),
        code=procedure.code,
        title=title if names or not marked else marked,
        official="" if folded(title) == folded(official) else marked or official,
        online=online_tag(procedure.online_level, procedure.channels),
        fee=fee_brief(procedure.fees),
        time=time_brief(procedure.times),
        place=place_brief(
            commune=procedure.at_commune, district=procedure.at_district, province=procedure.at_province,
            ministry=procedure.at_ministry, other=procedure.at_other,
        ),
        is_closed=procedure.is_closed,
        is_elsewhere=is_elsewhere,
        note=note,
    )  # fmt: skip


def shows_everything(unit: Unit) -> bool:
    """The province, and a department that has not said yet what it handles: one query for departments, none for others."""
    if unit.kind == UnitKind.DEPARTMENT:
        return not LocalAnswer.objects.filter(is_handled=True).exists()
    return unit.kind == UnitKind.PROVINCE


def handled_by(unit: Unit, *, everything: bool) -> ProcedureQuerySet:
    """Procedures that this unit is handed, closed ones too; ``everything`` as :func:`shows_everything` said."""
    rows = Procedure.objects.all()
    return rows if everything else rows.handled_here(unit.kind, LocalAnswer.objects.all())


def handled_keys(unit: Unit, keys: set[int], *, everything: bool) -> set[int]:
    """Which of these procedures (ids) this unit is handed."""
    if everything:
        return keys
    return set(handled_by(unit, everything=False).filter(pk__in=keys).values_list("pk", flat=True))


def audience_tabs(current: str) -> list[dict[str, Any]]:
    """The two doors, each with an address of its own: they work without JavaScript and are cached."""
    doors = (
        (Audience.PEOPLE, "user", reverse("services:menu")),
        (Audience.BUSINESS, "briefcase", reverse("services:menu-business")),
    )
    return [
        {"label": audience.label, "icon": icon, "url": url, "is_current": audience == current}
        for audience, icon, url in doors
    ]


def field_lines(rows: Iterable[dict[str, Any]], url_name: str = "services:field") -> list[FieldLine]:
    """Rows of ``ProcedureQuerySet.by_field`` in the order of the Vietnamese alphabet, Đ after D."""
    ordered = sorted(rows, key=lambda row: alphabet_key(str(row["field_name"])))
    return [
        FieldLine(row["field_name"], reverse(url_name, args=[row["field_slug"]]), row["number"], row["uses"])
        for row in ordered
    ]


def alphabet_key(name: str) -> str:
    """What Vietnamese names sort by: without marks, but Đ is a letter of its own behind D."""
    return without_marks(name.lower().replace("đ", "dz"))


def letter_of(name: str) -> str:
    """The letter a name stands under: Ă and  under A, Đ under Đ."""
    first = name[:1].upper()
    return first if first == "Đ" else without_marks(first)


def top_fields(fields: Sequence[FieldLine], limit: int) -> list[FieldLine]:
    """The fields that life events lead to most; where there are too few, those with most procedures."""
    return sorted(fields, key=lambda line: (-line.uses, -line.number))[:limit]


def by_letter(fields: Sequence[FieldLine]) -> list[dict[str, Any]]:
    """Fields (already in order) under their first letters."""
    groups: list[dict[str, Any]] = []
    for line in fields:
        letter = letter_of(line.name)
        if not groups or groups[-1]["letter"] != letter:
            groups.append({"letter": letter, "fields": []})
        groups[-1]["fields"].append(line)
    return groups


def front_lead(unit: Unit, number: int, *, everything: bool) -> str:
    """The sentence under the heading: how many procedures, whose."""
    words = {"number": f"{number:,}".replace(",", "."), "name": unit.name}
    if everything:
        return _("%(number)s thủ tục: cần giấy tờ gì, mất bao lâu, bao nhiêu tiền, nộp ở đâu.") % words
    return _("%(name)s nhận hồ sơ %(number)s thủ tục. Thủ tục do nơi khác giải quyết cũng tìm được ở đây.") % words


def first_lines(unit: Unit, handled: ProcedureQuerySet, audience: str, *, everything: bool) -> list[Line]:
    """“Nhiều người cần” of one door, as far as this unit handles it; a department's own procedures, most needed first."""
    rows = handled.behind_door(audience).light()
    is_own = unit.kind == UnitKind.DEPARTMENT and not everything
    rows = rows.current().ranked() if is_own else rows.often()
    return [line_of(procedure) for procedure in rows[:OFTEN_LINES]]


def crumbs(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    """The way from home to a page of the menu; the last one has no link."""
    rows: list[tuple[str, str | None]] = [(_("Trang chủ"), "/"), (_("Dịch vụ công"), reverse("services:menu")), *more]
    found: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in rows]
    found[-1]["url"] = None
    return found


def field_rows(field: Field, unit: Unit, *, elsewhere: bool) -> dict[str, Any]:
    """The procedures of one field that are shown on this unit's page, and how many of the other kind there are.

    ``elsewhere`` asks for those that other offices handle. Where the unit handles none of the field, they are shown at once.
    """
    everything = shows_everything(unit)
    rows = Procedure.objects.filter(field=field)
    here = handled_by(unit, everything=everything).filter(field=field)
    number, here_number = rows.current().count(), here.current().count() if not everything else None
    if here_number is None:
        return {"rows": rows, "number": number, "other_number": 0, "is_elsewhere": False, "is_part": False}
    if elsewhere or not here_number:
        others = rows.exclude(pk__in=here.values("pk"))
        counts = {"number": number - here_number, "other_number": here_number}
        return {"rows": others, **counts, "is_elsewhere": True, "is_part": True}
    counts = {"number": here_number, "other_number": number - here_number}
    return {"rows": here, **counts, "is_elsewhere": False, "is_part": True}
