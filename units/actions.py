"""Business verbs of the units room: each atomic, each leaving an audit row."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from units.enums import Extent, Role, UnitKind
from units.importing import ImportRefused, UnitRow
from units.models import Domain, Membership, Site, SiteLink, Unit, UnitSuccession
from units.rules import slug_candidates

PASSWORD_BYTES = 15


@dataclass(slots=True)
class ImportReport:
    """What an import changed: names of units created, updated and closed, and how many stayed as they were."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    unchanged: int = 0


def _free_slug(wished: str, name: str, type_name: str, valid_from: date) -> str:
    """The wished label, else the first free of the name's; an address in use is never taken from its unit."""
    candidates = [label for label in (wished, *slug_candidates(name, type_name, valid_from)) if label]
    taken = set(Unit.objects.filter(slug__in=candidates).values_list("slug", flat=True))
    free = [label for label in candidates if label not in taken]
    return free[0] if free else f"{candidates[-1]}-{secrets.token_hex(2)}"


def default_host(kind: str, slug: str) -> str:
    """The host a new unit answers on: the portal's own domain for the province, a label below it for all others."""
    if kind == UnitKind.PROVINCE and not Domain.objects.filter(host=settings.PORTAL_DOMAIN).exists():
        return settings.PORTAL_DOMAIN
    return f"{slug}.{settings.PORTAL_DOMAIN}"


@transaction.atomic
def create_unit(
    *,
    code: str,
    valid_from: date,
    kind: UnitKind,
    type_name: str,
    name: str,
    name_en: str = "",
    slug: str = "",
    parent: Unit | None = None,
    valid_to: date | None = None,
    actor: User | None = None,
) -> Unit:
    """Create a unit with its host and an empty site; the slug is a wish (rules.slug_candidates)."""
    unit = Unit.objects.create(
        code=code,
        valid_from=valid_from,
        valid_to=valid_to,
        kind=kind,
        type_name=type_name,
        name=name,
        name_en=name_en,
        slug=_free_slug(slug, name, type_name, valid_from),
        parent=parent,
    )
    Domain.objects.create(host=default_host(kind, unit.slug), unit=unit, is_canonical=True)
    joined = f"{unit.slug.replace('-', '')}.{settings.PORTAL_DOMAIN}"
    # The usual .gov.vn form joins the syllables (thuanan.hue.gov.vn); both are kept alive, one redirects.
    if "-" in unit.slug and not Domain.objects.filter(host=joined).exists():
        Domain.objects.create(host=joined, unit=unit, is_canonical=False)
    with unit_scope(unit):
        Site.objects.create(responsible="", address="", phone="", email="")
        record(verb="unit.create", target=unit, actor=actor, detail={"code": code, "valid_from": str(valid_from)})
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, last_day: date, actor: User | None = None) -> bool:
    """End a unit with ``last_day``; its site stays readable. False when it was closed already."""
    if not Unit.objects.filter(pk=unit.pk, valid_to__isnull=True).update(valid_to=last_day):
        return False
    unit.valid_to = last_day
    bump_generation(unit.pk)
    with unit_scope(unit):
        record(verb="unit.close", target=unit, actor=actor, detail={"valid_to": str(last_day)})
    return True


@transaction.atomic
def link_successor(*, predecessor: Unit, successor: Unit, extent: Extent, actor: User | None = None) -> UnitSuccession:
    """Say that ``successor`` took over from ``predecessor``, wholly or in part; repeating changes only the extent."""
    link, created = UnitSuccession.objects.update_or_create(
        predecessor=predecessor, successor=successor, defaults={"extent": extent}
    )
    if created:
        bump_generation(predecessor.pk)
        with unit_scope(successor):
            record(verb="unit.succeed", target=successor, actor=actor, detail={"predecessor": predecessor.pk})
    return link


@transaction.atomic
def import_units(
    *, rows: Iterable[UnitRow], valid_from: date, explicit_date: bool, actor: User | None = None
) -> ImportReport:
    """Bring the units of a checked file in, all or nothing; repeating changes nothing.

    A row is the current unit of its code, unless ``explicit_date`` (``--valid-from`` or the column) says a new one
    begins: then the code's former holder is closed the day before. Raises ImportRefused naming lines.
    """
    report = ImportReport()
    problems: list[str] = []
    done: dict[str, Unit] = {}
    waiting = list(rows)
    in_file = {row.code for row in waiting}
    while waiting:
        ready = [row for row in waiting if row.parent_code not in in_file or row.parent_code in done]
        if not ready:
            problems += [_("Dòng %(line)d: vòng lặp trực thuộc.") % {"line": row.line} for row in waiting]
            break
        for row in ready:
            unit = _import_row(row, row.valid_from or valid_from, explicit_date, done, report, problems, actor)
            if unit:
                done[row.code] = unit
            in_file.discard(row.code)
        waiting = [row for row in waiting if row not in ready]
    if problems:
        raise ImportRefused(problems)
    return report


def _parent_of(row: UnitRow, done: dict[str, Unit], problems: list[str]) -> Unit | None:
    if not row.parent_code:
        return None
    parent = done.get(row.parent_code) or Unit.objects.current().filter(code=row.parent_code).first()
    if parent is None:
        problems.append(
            _("Dòng %(line)d: không có đơn vị trực thuộc mã %(code)s.") % {"line": row.line, "code": row.parent_code}
        )
    return parent


def _import_row(
    row: UnitRow,
    valid_from: date,
    explicit_date: bool,
    done: dict[str, Unit],
    report: ImportReport,
    problems: list[str],
    actor: User | None,
) -> Unit | None:
    parent = _parent_of(row, done, problems)
    same = Unit.objects.filter(code=row.code, valid_from=valid_from).first()
    holder = Unit.objects.current().filter(code=row.code).first()
    dated = explicit_date or row.valid_from is not None
    # A unit that keeps code, name and parent goes on; a new parent makes it a new unit (Phường Vỹ Dạ on 01/7/2025).
    goes_on = holder if holder and (not dated or _is_unchanged(holder, row, parent)) else None
    unit = same or goes_on
    if unit:
        return _refresh(unit, row, parent, dated, report, problems, actor)
    if holder:
        if holder.valid_from >= valid_from:
            problems.append(
                _("Dòng %(line)d: mã %(code)s đang thuộc %(name)s từ %(day)s, sau ngày của tệp.")
                % {"line": row.line, "code": row.code, "name": holder.name, "day": holder.valid_from}
            )
            return None
        close_unit(unit=holder, last_day=valid_from - timedelta(days=1), actor=actor)
        report.closed.append(holder.name)
    unit = create_unit(
        code=row.code, valid_from=valid_from, valid_to=row.valid_to, kind=row.kind, type_name=row.type_name,
        name=row.name, name_en=row.name_en, slug=row.slug, parent=parent, actor=actor,
    )  # fmt: skip
    report.created.append(unit.name)
    return unit


def _is_unchanged(unit: Unit, row: UnitRow, parent: Unit | None) -> bool:
    return (unit.name, unit.kind, unit.parent_id) == (row.name, row.kind, parent.pk if parent else None)


def _refresh(
    unit: Unit,
    row: UnitRow,
    parent: Unit | None,
    dated: bool,
    report: ImportReport,
    problems: list[str],
    actor: User | None,
) -> Unit | None:
    if not dated and unit.name != row.name and unit.kind != row.kind:
        problems.append(
            _("Dòng %(line)d: mã %(code)s đang thuộc %(name)s; thêm --valid-from để khai đơn vị mới.")
            % {"line": row.line, "code": row.code, "name": unit.name}
        )
        return None
    wanted: dict[str, Any] = {
        "name": row.name,
        "type_name": row.type_name,
        "kind": row.kind,
        "name_en": row.name_en or unit.name_en,
        "parent_id": parent.pk if parent else None,
    }
    changed = {name: value for name, value in wanted.items() if getattr(unit, name) != value}
    if not changed:
        report.unchanged += 1
        return unit
    for name, value in changed.items():
        setattr(unit, name, value)
    unit.save()
    bump_generation(unit.pk)
    with unit_scope(unit):
        record(
            verb="unit.update", target=unit, actor=actor, detail={name: str(value) for name, value in changed.items()}
        )
    report.updated.append(unit.name)
    return unit


@transaction.atomic
def grant_membership(
    *, username: str, full_name: str, email: str, role: Role, actor: User | None = None
) -> tuple[Membership, str]:
    """Give a person a role on the unit in scope; creates the account where the login name is new.

    Returns the membership and, for a new account only, its first password, which is shown once and stored nowhere.
    """
    user = User.objects.filter(username__iexact=username).first()
    password = ""
    if user is None:
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        user = User.objects.create_user(username=username, email=email, password=password, full_name=full_name)
    membership, _created = Membership.objects.update_or_create(user=user, defaults={"role": role})
    record(verb="membership.grant", target=membership, actor=actor, detail={"user": user.pk, "role": role})
    return membership, password


@transaction.atomic
def save_site(*, site: Site, actor: User | None = None) -> Site:
    """Save the face of the unit's site; citizens see it within two seconds."""
    site.save()
    bump_generation(site.unit_id)
    record(verb="site.update", target=site, actor=actor)
    return site


@transaction.atomic
def save_site_link(*, link: SiteLink, actor: User | None = None) -> SiteLink:
    """Create or change one line of the link directory."""
    link.save()
    bump_generation(link.unit_id)
    record(verb="sitelink.save", target=link, actor=actor)
    return link


@transaction.atomic
def delete_site_link(*, link: SiteLink, actor: User | None = None) -> None:
    """Take one line out of the link directory."""
    record(verb="sitelink.delete", target=link, actor=actor)
    bump_generation(link.unit_id)
    link.delete()


@transaction.atomic
def change_role(*, membership: Membership, actor: User | None = None) -> Membership:
    """Give a member another role; it counts from the next request on."""
    membership.save(update_fields=["role"])
    record(verb="membership.change", target=membership, actor=actor, detail={"role": membership.role})
    return membership


@transaction.atomic
def revoke_membership(*, membership: Membership, actor: User | None = None) -> None:
    """End a membership; the person is out at the next request, the account stays."""
    record(verb="membership.revoke", target=membership, actor=actor, detail={"user": membership.user_id})
    membership.delete()
