"""The local answer on a procedure's page: where to go with it here, when, whom to ask, what it costs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.tenancy import units_scope
from portal.core.text import folded
from services.local_facts import best_answer, counter_words, fees_at, main_counter, office_words, place_words
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from services.procedure_links import web_address
from units.chrome import host_url, site_url
from units.enums import UnitKind
from units.middleware import site_of, unit_of
from units.models import Domain, Site, Unit
from units.naming import successors_today


@dataclass(frozen=True, slots=True)
class _Home:
    """A unit above the communes and the host its site answers on."""

    unit: Unit
    host: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Everything read for one answer, in at most four queries."""

    province: _Home | None
    departments: list[_Home]
    answers: list[LocalAnswer]
    counters: list[Counter]
    fees: list[LocalFee]


def _above(request: HttpRequest) -> tuple[_Home | None, list[_Home]]:
    """The province and, on a site below it, its departments: one query, or none on the province's own site."""
    unit = unit_of(request)
    if unit.kind == UnitKind.PROVINCE:
        return _Home(unit, request.get_host().partition(":")[0]), []
    homes = [_Home(row.unit, row.host) for row in Domain.objects.above_communes()]
    province = next((home for home in homes if home.unit.kind == UnitKind.PROVINCE), None)
    return province, [home for home in homes if home.unit.kind == UnitKind.DEPARTMENT]


def _read(request: HttpRequest, unit: Unit, procedure: Procedure) -> _Rows:
    """The rows of ``unit`` and those of the province that stand in for them: read on purpose, read only."""
    province, departments = _above(request)
    with units_scope([unit.pk, *([province.unit.pk] if province else [])]):
        return _Rows(
            province=province,
            departments=departments,
            answers=list(LocalAnswer.objects.about(procedure)),
            counters=list(Counter.objects.for_page()),
            fees=list(LocalFee.objects.for_page(procedure, unit_id=unit.pk, today=timezone.localdate())),
        )


def handles(unit: Unit, procedure: Procedure, answer: LocalAnswer | None) -> bool:
    """Whether dossiers are handed in at ``unit``: its own word first, else the level that the catalogue names.

    A word on a whole field only says no: the field's other procedures may belong to another level.
    """
    if answer and (answer.procedure_id or not answer.is_handled):
        return answer.is_handled
    if unit.kind == UnitKind.COMMUNE:
        return procedure.at_commune
    if unit.kind == UnitKind.DISTRICT:
        return procedure.at_district or procedure.at_commune
    if unit.kind == UnitKind.DEPARTMENT:
        return procedure.at_province and (answer is not None or folded(unit.name) in folded(procedure.agency))
    return procedure.at_province


def _elsewhere(request: HttpRequest, unit: Unit, procedure: Procedure, rows: _Rows) -> list[dict[str, Any]]:
    """Who takes it where this unit does not, by level; each with the way there."""
    found, province, path = list[dict[str, Any]](), rows.province, procedure.get_absolute_url()
    if procedure.at_commune and province and unit.kind != UnitKind.COMMUNE:
        url = host_url(request, province.host, reverse("services:place", args=[procedure.code]))
        found.append({"label": _("Phường, xã"), "url": url, "link": _("Chọn phường, xã để xem nơi nộp")})
    if procedure.at_province and province and province.unit.pk != unit.pk:
        counter = counter_words(main_counter(rows.counters, province.unit.pk))
        link = _("Xem trên trang %(name)s") % {"name": province.unit.name}
        found.append({
            "label": _("Cấp tỉnh, thành phố"), "counter": counter, "url": host_url(request, province.host, path),
            "link": link,
        })  # fmt: skip
    if procedure.at_province:
        agency, link = folded(procedure.agency), _("Xem trên trang của cơ quan này")
        found += [
            {"label": home.unit.name, "url": host_url(request, home.host, path), "link": link}
            for home in rows.departments
            if home.unit.pk != unit.pk and folded(home.unit.name) in agency
        ]
    if procedure.at_ministry:
        link = _("Xem nơi nộp trên Cổng Dịch vụ công quốc gia")
        found.append(
            {"label": procedure.ministry or _("Bộ, ngành"), "url": web_address(procedure.source_url), "link": link}
        )
    if not found and procedure.agency:
        found.append({"label": procedure.agency, "url": web_address(procedure.source_url), "link": _("Xem bản gốc")})
    return found


def _closed(request: HttpRequest, unit: Unit, procedure: Procedure) -> dict[str, Any]:
    """A unit that has ended takes nothing; its successors' pages of the same procedure do."""
    links = successors_today([unit])[unit.pk]
    path = procedure.get_absolute_url()
    successors = [{"name": link.successor.name, "url": site_url(request, link.successor, path)} for link in links]
    return {"state": "closed", "unit_name": unit.name, "closed_on": unit.closed_on, "successors": successors}


def _site_of(request: HttpRequest, unit: Unit) -> Site | None:
    """Address and hours of the office itself, for a unit that has made no counter."""
    if unit_of(request).pk == unit.pk:
        return site_of(request)
    with units_scope([unit.pk]):
        return Site.objects.first()


def answer_at(request: HttpRequest, unit: Unit, procedure: Procedure) -> dict[str, Any]:
    """What ``unit`` says about ``procedure``, whatever site it is shown on: the context of local_block.html.

    Four queries; one more on another unit's site where ``unit`` has made no counter.
    """
    rows = _read(request, unit, procedure)
    answer = best_answer(rows.answers, unit.pk)
    fees = fees_at(rows.fees, unit_id=unit.pk, today=timezone.localdate())
    block: dict[str, Any] = {"unit_name": unit.name, "agency": procedure.agency, "fees": fees}
    if not handles(unit, procedure, answer):
        ways = _elsewhere(request, unit, procedure, rows)
        return block | {"state": "elsewhere", "notes": answer.notes if answer else "", "elsewhere": ways}
    place = place_words(answer, rows.counters, unit_id=unit.pk)
    if place["counter"] is None:
        place["counter"] = office_words(_site_of(request, unit))
    other = ""
    if unit.kind == UnitKind.COMMUNE and rows.province and unit_of(request).pk == unit.pk:
        other = host_url(request, rows.province.host, reverse("services:place", args=[procedure.code]))
    return block | {"state": "here", "place": place, "other_url": other}


def picker(request: HttpRequest, procedure: Procedure, *, typed: str = "", is_short: bool = False) -> dict[str, Any]:
    """How a citizen says which commune: by name, from the list (not where ``is_short``), by the phone's position. One query."""
    communes = [] if is_short else list(Unit.objects.communes().only("name", "slug", "kind"))
    return {
        "action": reverse("services:place", args=[procedure.code]),
        "boundaries_url": reverse("services:boundaries"),
        "province": unit_of(request).name,
        "typed": typed,
        "communes": [{"slug": unit.slug, "name": unit.name} for unit in communes],
    }


def local_block(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """The local answer on the site that is asked: the ``block`` of services/local_block.html. At most four queries.

    A commune or department answers for itself. On the province's site the citizen picks the commune; what the province's own
    centre takes stands beside that.
    """
    unit = unit_of(request)
    if unit.is_closed:
        return _closed(request, unit, procedure)
    block = answer_at(request, unit, procedure)
    if unit.kind == UnitKind.PROVINCE and procedure.at_commune:
        block |= {"state": "choose", "picker": picker(request, procedure)}
    return block
