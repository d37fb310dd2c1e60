"""Beginning, ending and succeeding units."""

import secrets
from datetime import date

from django.conf import settings
from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from units.enums import Extent, UnitKind
from units.models import Domain, Site, Unit, UnitSuccession
from units.rules import slug_candidates


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


def _give_hosts(unit: Unit) -> None:
    """The unit's own host, and its usual .gov.vn form with joined syllables (thuanan.hue.gov.vn), which redirects."""
    Domain.objects.create(host=default_host(unit.kind, unit.slug), unit=unit, is_canonical=True)
    joined = f"{unit.slug.replace('-', '')}.{settings.PORTAL_DOMAIN}"
    if "-" in unit.slug and not Domain.objects.filter(host=joined).exists():
        Domain.objects.create(host=joined, unit=unit, is_canonical=False)


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
    _give_hosts(unit)
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
def rename_unit(*, unit: Unit, actor: User | None = None) -> Unit:
    """Keep a unit's names as the operator wrote them; its pages show them at once."""
    unit.save(update_fields=["name", "name_en", "type_name", "sort_name", "folded_name"])
    bump_generation(unit.pk)
    with unit_scope(unit):
        record(verb="unit.rename", target=unit, actor=actor, detail={"name": unit.name, "name_en": unit.name_en})
    return unit


@transaction.atomic
def save_domain(*, domain: Domain, actor: User | None = None) -> Domain:
    """Keep a host of a unit; from now on it answers, or redirects to the canonical one."""
    domain.save()
    bump_generation(domain.unit_id)
    with unit_scope(domain.unit_id):
        record(verb="domain.save", target=domain, actor=actor, detail={"canonical": domain.is_canonical})
    return domain


@transaction.atomic
def save_succession(*, link: UnitSuccession, actor: User | None = None) -> UnitSuccession:
    """Keep which unit took over from which, as the operator wrote it; both sites show it."""
    link.save()
    bump_generation(link.predecessor_id)
    bump_generation(link.successor_id)
    with unit_scope(link.successor_id):
        record(verb="unit.succeed", target=link.successor, actor=actor, detail={"predecessor": link.predecessor_id})
    return link
