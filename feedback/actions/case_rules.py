"""Keeping the tables by which cases are sorted, routed and given terms: what operators write, with a trace of who did it."""

from collections.abc import Iterable

from django.db import transaction

from feedback.models import CaseCategory, CaseRoute, CaseTerm
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line
from units.models import Unit


@transaction.atomic
def save_category(*, category: CaseCategory, units: Iterable[Unit], actor: User | None) -> CaseCategory:
    """Write a category and the units it is meant for; none: all of them."""
    for name in ("name", "examples", "emergency_note", "source"):
        setattr(category, name, one_line(getattr(category, name)))
    category.save()
    chosen = list(units)
    category.units.set(chosen)
    record(verb="case_category.save", target=category, actor=actor, detail={"units": [unit.slug for unit in chosen]})
    return category


@transaction.atomic
def save_route(*, route: CaseRoute, actor: User | None) -> CaseRoute:
    """Write who handles what, where. What has been received stays where it is."""
    route.source = one_line(route.source)
    route.save()
    detail = {"to": route.to_unit.slug if route.to_unit else "", "from": route.valid_from.isoformat()}
    record(verb="case_route.save", target=route, actor=actor, detail=detail)
    return route


@transaction.atomic
def delete_route(*, route: CaseRoute, actor: User | None) -> None:
    """Take a route away; nothing received so far points at it."""
    record(verb="case_route.delete", target=route, actor=actor)
    route.delete()


@transaction.atomic
def save_term(*, term: CaseTerm, actor: User | None) -> CaseTerm:
    """Write a number of days. Days that were told to citizens stay."""
    term.source = one_line(term.source)
    term.save()
    record(verb="case_term.save", target=term, actor=actor, detail={"days": term.days})
    return term
