"""Every reusable read of the units room."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, FilteredRelation, IntegerField, Q, Value, When
from tree_queries.query import TreeQuerySet

from portal.core.tenancy import current_unit_id
from portal.core.tenancy.querysets import TenantQuerySet
from units.enums import AlertLevel, AlertReach, UnitKind

if TYPE_CHECKING:
    from units.addresses import AddressKey
    from units.models import (
        Alert,
        Domain,
        Membership,
        QueryShape,
        Redirect,
        Site,
        SiteLink,
        Unit,
        UnitArea,
        UnitSuccession,
    )

DIRECTORY_LIMIT = 400
SHAPES_LIMIT = 500
# A province has some 150 communes after 2025 and had some 300 before; two more rounds of mergers fit.
NAMES_LIMIT = 2_000


class UnitQuerySet(TreeQuerySet):
    """Units, current and closed."""

    def current(self) -> Self:
        """Units that exist today."""
        return self.filter(valid_to__isnull=True)

    def on(self, day: date) -> Self:
        """Units that existed on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def provinces(self) -> Self:
        """The units at the top of the tree."""
        return self.filter(kind=UnitKind.PROVINCE)

    def locked_for_pages_of(self, unit_ids: Collection[int]) -> list[int]:
        """Ids of these units and of the current province, whose pages show what units publish; rows locked, in a transaction.

        The province is locked before all others, then by id: of two that change units' pages, one waits at its beginning,
        instead of both waiting for each other.
        """
        is_province = Q(kind=UnitKind.PROVINCE, valid_to__isnull=True)
        first = Case(When(is_province, then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = self.filter(Q(pk__in=list(unit_ids)) | is_province).order_by(first, "pk")
        return list(rows.select_for_update(no_key=True).values_list("pk", flat=True))

    def for_directory(self) -> Self:
        """Current units below the province with their hosts, by kind then name; bounded."""
        order = Case(
            When(kind=UnitKind.DEPARTMENT, then=Value(0)),
            When(kind=UnitKind.DISTRICT, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        rows = self.current().exclude(kind=UnitKind.PROVINCE).defer("boundary").prefetch_related("domains")
        return rows.order_by(order, "sort_name", "pk")[:DIRECTORY_LIMIT]

    def communes(self) -> Self:
        """Wards, communes and special zones of today by name, for choosing one; bounded."""
        rows = self.current().filter(kind=UnitKind.COMMUNE).defer("boundary")
        return rows.order_by("sort_name", "pk")[:DIRECTORY_LIMIT]

    def with_outline(self) -> Self:
        """Current units whose place on the map is known; bounded."""
        return self.current().exclude(boundary="").order_by("pk")[:DIRECTORY_LIMIT]

    def for_naming(self, kinds: Sequence[str] = ()) -> Self:
        """All units there are or were, with the unit above each, for units.naming; bounded, of some kinds if asked."""
        rows = self.filter(kind__in=kinds) if kinds else self
        return (
            rows.select_related("parent")
            .defer("boundary", "parent__boundary")
            .order_by("sort_name", "pk")[:NAMES_LIMIT]
        )


class DomainQuerySet(models.QuerySet["Domain"]):
    """Hosts."""

    def for_host(self, host: str) -> "Domain | None":
        """The host's row with its unit, in one query; None for an unknown host."""
        return self.filter(host=host).select_related("unit").defer("unit__boundary").first()

    def canonical(self) -> Self:
        """The hosts that answer; the others redirect."""
        return self.filter(is_canonical=True)

    def of_province(self) -> "Domain | None":
        """The host of today's province with its unit, in one query."""
        rows = self.canonical().filter(unit__kind=UnitKind.PROVINCE, unit__valid_to__isnull=True)
        return rows.select_related("unit").defer("unit__boundary").order_by("unit_id").first()

    def of_commune(self, slug: str) -> "Domain | None":
        """The host of a commune of today with its unit, in one query; None for any other word."""
        rows = self.canonical().filter(unit__slug=slug, unit__kind=UnitKind.COMMUNE, unit__valid_to__isnull=True)
        return rows.select_related("unit").defer("unit__boundary").first()

    def above_communes(self) -> Self:
        """The canonical hosts of the province and its departments of today, with their units, in one query; bounded."""
        kinds = (UnitKind.PROVINCE, UnitKind.DEPARTMENT)
        rows = self.canonical().filter(unit__valid_to__isnull=True, unit__kind__in=kinds)
        return rows.select_related("unit").defer("unit__boundary").order_by("unit_id")[:DIRECTORY_LIMIT]


class UnitAreaQuerySet(models.QuerySet["UnitArea"]):
    """The ground of units."""

    def of_communes(self) -> Self:
        """Communes of today with their unit's name, in one query; bounded."""
        rows = self.filter(unit__valid_to__isnull=True, unit__kind=UnitKind.COMMUNE).select_related("unit")
        return rows.defer("unit__boundary").order_by("unit__sort_name", "pk")[:DIRECTORY_LIMIT]


class SuccessionQuerySet(models.QuerySet["UnitSuccession"]):
    """Which unit took over from which."""

    def successors_of(self, unit: "Unit") -> Self:
        """The units that took over from ``unit``, whole takings first."""
        return self.filter(predecessor=unit).select_related("successor").prefetch_related("successor__domains")

    def between(self, slug: str, successor: "Unit") -> "UnitSuccession | None":
        """The link from the unit of that slug to ``successor``, so that nobody is told of a taking that never was."""
        rows = self.filter(predecessor__slug=slug, successor=successor) if slug else self.none()
        return rows.select_related("predecessor").defer("predecessor__boundary").first()

    def of_predecessors(self, units: "Sequence[Unit]") -> "list[UnitSuccession]":
        """The successors of several units at once, in two queries."""
        rows = self.filter(predecessor__in=units).select_related("successor").prefetch_related("successor__domains")
        return list(rows.order_by("extent", "successor__sort_name"))

    def predecessors_of(self, unit: "Unit") -> Self:
        """The units ``unit`` was made from."""
        return self.filter(successor=unit).select_related("predecessor").order_by("predecessor__sort_name")


class SiteQuerySet(TenantQuerySet["Site"]):
    """The face of a unit's site: one row a unit."""

    def of_current_unit(self) -> "Site":
        """The site of the unit in scope; an unsaved one with defaults where the operator has not made it yet."""
        return self.first() or self.model(unit_id=current_unit_id())


class AlertQuerySet(TenantQuerySet["Alert"]):
    """Warnings above every page."""

    def in_force(self, now: datetime) -> Self:
        """Begun and not ended."""
        return self.filter(starts_at__lte=now, ends_at__gt=now)

    def for_page(self, unit_id: int, now: datetime) -> "Alert | None":
        """The gravest warning a page of ``unit_id`` shows: the unit's own, or another unit in scope's for everybody."""
        grave = Case(
            When(level=AlertLevel.EMERGENCY, then=Value(0)),
            When(level=AlertLevel.WARNING, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        rows = self.in_force(now).filter(Q(unit_id=unit_id) | Q(reach=AlertReach.ALL))
        return rows.order_by(grave, "-starts_at", "-pk").first()


class RedirectQuerySet(TenantQuerySet["Redirect"]):
    """Old addresses."""

    def at(self, keys: "Iterable[AddressKey]") -> Self:
        """The rows of these addresses; bounded by the number of keys."""
        plain, by_path = list[str](), dict[str, list[str]]()
        for key in keys:
            if key.query:
                by_path.setdefault(key.path, []).append(key.query)
            else:
                plain.append(key.path)
        # Few paths carry queries (/, /index.php): few conditions, however many addresses.
        wanted = Q(old_path__in=plain, old_query="")
        for path, queries in by_path.items():
            wanted |= Q(old_path=path, old_query__in=queries)
        return self.filter(wanted)

    def leading_to(self, target: str) -> Self:
        """The rows that lead to exactly this target."""
        return self.filter(target=target)

    def leading_below(self, prefix: str) -> Self:
        """The rows that lead to an address below ``prefix``, which ends in a slash."""
        return self.filter(target__startswith=prefix)


class QueryShapeQuerySet(TenantQuerySet["QueryShape"]):
    """Which query strings name old pages."""

    def live(self) -> dict[str, list[str]]:
        """Path → shapes of the paths that pages of ours answer; bounded."""
        found: dict[str, list[str]] = {}
        for path, names in self.filter(is_live=True).values_list("path", "names")[:SHAPES_LIMIT]:
            found.setdefault(path, []).append(names)
        return found

    def of_paths(self, paths: "Sequence[str]") -> dict[str, list[str]]:
        """Path → shapes of some paths; bounded."""
        found: dict[str, list[str]] = {}
        for path, names in self.filter(path__in=paths).values_list("path", "names")[:SHAPES_LIMIT]:
            found.setdefault(path, []).append(names)
        return found


class SiteLinkQuerySet(TenantQuerySet["SiteLink"]):
    """The link directory."""

    def for_site(self) -> Self:
        """All links of the unit in their groups' order, with ``target_host`` where one names a site; one query, bounded."""
        canonical = FilteredRelation("target_unit__domains", condition=Q(target_unit__domains__is_canonical=True))
        rows = self.annotate(target_domain=canonical, target_host=F("target_domain__host"))
        return rows.order_by("group", "order", "pk")[:300]


class MembershipQuerySet(TenantQuerySet["Membership"]):
    """Who may work on the unit's site."""

    def role_of(self, user_id: int) -> str | None:
        """The person's role in the unit in scope; None for a stranger."""
        return self.filter(user_id=user_id).values_list("role", flat=True).first()
