"""What /phan-anh/, /phan-anh/<code>/ and /phan-anh/ket-qua/ are made of; each in a constant number of queries."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.cases import figures, public_list
from feedback.cases.map import commune_map, communes_of, legend, map_units
from feedback.cases.page import page_of
from feedback.enums.cases import CaseKind, Moderation
from feedback.models import Case, CaseCategory, CaseEvent, CaseFile, CaseParty
from feedback.querysets.cases import CHAIN_SHOWN
from portal.core.structured_data import breadcrumbs_json_ld
from units.chrome import has_reports, site_url
from units.enums import UnitKind
from units.middleware import site_of, unit_of
from units.models import Unit

FILES_SHOWN = 60
DESCRIPTION_LIMIT = 200
_BESIDE = ("category", "holder", "commune", "intake_unit", "merged_into__holder")
# What no page needs of a case: sealed parts, outlines of units.
_UNREAD = (
    "case__sealed_text", "case__sealed_details", "case__sealed_token", "case__holder__boundary",
    "case__commune__boundary", "case__intake_unit__boundary",
)  # fmt: skip


def crumbs_of(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    """Home, the list, and on."""
    rows: list[tuple[str, str | None]] = [(_("Trang chủ"), "/"), (_("Phản ánh"), reverse("feedback:reports")), *more]
    crumbs: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in rows]
    crumbs[-1]["url"] = None
    return crumbs


# --- the list ----------------------------------------------------------------------------------------------------------


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The list with its filter, the map, and how the unit did in the last year; 404 for what no page of ours leads to."""
    unit, today = unit_of(request), timezone.localdate()
    units, categories = map_units(), list(CaseCategory.objects.order_by("order", "name"))
    try:
        asked = public_list.read_filter(request.GET, categories, communes_of(units))
    except public_list.UnknownFilter as error:
        raise Http404 from error
    page = public_list.page(asked, CaseKind.REPORT, today)
    if not page.rows and asked.before:
        raise Http404
    path = reverse("feedback:reports")
    crumbs = crumbs_of()
    return {
        "rows": page.rows,
        "asked": asked,
        "categories": [row for row in categories if row == asked.category or _holds(row, today)],
        "communes": [] if unit.kind == UnitKind.COMMUNE else communes_of(units),
        "statuses": _status_chips(path, asked),
        "older_url": public_list.address(path, asked.parameters(**{public_list.BEFORE: page.older.text})) if page.older else "",
        "newest_url": public_list.address(path, asked.parameters()) if asked.before else "",
        "feed_url": public_list.address(reverse("feedback:reports-atom"), asked.parameters(**{public_list.STATUS: ""})),
        "map": _map(units, asked, path),
        "year": None if asked.is_filtered or asked.before else _year(unit),
        "takes_reports": has_reports(unit, site_of(request)),
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }  # fmt: skip


def _holds(category: CaseCategory, today: Any) -> bool:
    return category.valid_from <= today and (category.valid_to is None or category.valid_to >= today)


def _status_chips(path: str, asked: public_list.Asked) -> list[dict[str, Any]]:
    chips: list[tuple[str, Any]] = [("", _("Tất cả")), *((slug, row[0]) for slug, row in public_list.STATUSES.items())]
    return [
        {
            "label": label, "is_current": asked.status == slug,
            "url": public_list.address(path, asked.parameters(**{public_list.STATUS: slug})),
        }
        for slug, label in chips
    ]  # fmt: skip


def _map(units: list[Unit], asked: public_list.Asked, path: str) -> dict[str, Any] | None:
    """On the first page of a list that is not filtered by anything but the place."""
    if asked.before or asked.status or asked.category:
        return None
    numbers = public_list.numbers_by_commune(CaseKind.REPORT, timezone.now() - public_list.YEAR)

    def url_of(commune: Unit) -> str:
        return public_list.address(path, {public_list.COMMUNE: commune.slug})

    found = commune_map(units, numbers, url_of, asked.commune)
    return {"map": found, "legend": legend(found)} if found else None


def _year(unit: Unit) -> figures.Line:
    """The last twelve months: of all units on the province's site."""
    only = None if unit.kind == UnitKind.PROVINCE else [unit.pk]
    return figures.year_of(only, CaseKind.REPORT, timezone.localdate())


# --- one case ----------------------------------------------------------------------------------------------------------


def public_case(code: str, *kinds: CaseKind) -> Case | None:
    """The case with this code that everybody may read on the site in scope; None for any other, after as much time.

    Asked for by the unit's own part in it, so that the province, which has a part in all, need not look through all.
    """
    parties = CaseParty.objects.mine().filter(case__code=code, is_public=True, kind__in=kinds)
    found = parties.select_related(*(f"case__{name}" for name in _BESIDE)).defer(*_UNREAD).first()
    return found.case if found and found.case.moderation == Moderation.PUBLIC else None


def merged_url(request: HttpRequest, case: Case) -> str:
    """Where what became of a merged case is told; "" where its page is not public."""
    target = case.merged_into
    if target is None or target.moderation != Moderation.PUBLIC:
        return ""
    if CaseParty.objects.mine().filter(case=target).exists():
        return target.get_absolute_url()
    return site_url(request, target.holder, target.get_absolute_url())


def case_context(request: HttpRequest, case: Case, crumbs: list[dict[str, Any]]) -> dict[str, Any]:
    """The page of one public case; questions' pages use it too."""
    events = list(CaseEvent.objects.filter(case=case).public().in_order()[:CHAIN_SHOWN])
    files = list(CaseFile.objects.filter(case=case).public()[:FILES_SHOWN])
    page = page_of(case, events=events, files=files, today=timezone.localdate())
    return {
        "case": case,
        "page": page,
        "can_join": case.is_open and has_reports(unit_of(request), site_of(request)),
        "holder_url": "" if case.holder_id == unit_of(request).pk else site_url(request, case.holder),
        "description": case.text[:DESCRIPTION_LIMIT],
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }


# --- figures -----------------------------------------------------------------------------------------------------------


KIND_SLUGS = {"": CaseKind.REPORT, "hoi-dap": CaseKind.QUESTION}


def figures_context(request: HttpRequest) -> dict[str, Any]:
    """The table of results: units on the province's site, months on any other; a wrong parameter is passed over."""
    period, kind_slug, column = _asked_figures(request)
    since = figures.months_back(timezone.localdate(), period)
    by_unit = unit_of(request).kind == UnitKind.PROVINCE
    lines, whole = (_of_units if by_unit else _of_months)(request, KIND_SLUGS[kind_slug], since, column)
    asked = {"ky": str(period) if period != figures.PERIODS[-1] else "", "loai": kind_slug}
    crumbs = crumbs_of((_("Kết quả xử lý"), None))
    return {
        "by_unit": by_unit,
        "lines": lines,
        "whole": whole,
        "since": since,
        "period": period,
        "periods": _chips(asked, "ky", str(period), _period_words()),
        "kinds": _chips(asked, "loai", kind_slug, {"": _("Phản ánh"), "hoi-dap": _("Câu hỏi")}),
        "column": column,
        "sort_urls": {name.replace("-", "_"): _figures_url({**asked, "xep": name}) for name in figures.COLUMNS},
        "csv_url": _figures_url(asked, "feedback:case-figures-csv"),
        "bars": [] if by_unit else figures.bars_of(lines),
        "bars_height": figures.BAR_STEP * len(lines),
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }


def _of_units(
    request: HttpRequest, kind: CaseKind, since: date, column: str
) -> tuple[list[figures.Line], figures.Line]:
    found = list(figures.lines_by_unit(kind, since).values())[: figures.UNITS_SHOWN]
    lines = figures.in_order([line for line in found if line.received], column)
    return _linked(request, lines), figures.sum_of(found, _("Tất cả đơn vị"))


def _of_months(
    request: HttpRequest, kind: CaseKind, since: date, _column: str
) -> tuple[list[figures.Line], figures.Line]:
    lines = figures.lines_by_month(unit_of(request).pk, kind, since)
    return lines, figures.sum_of(lines, _("Cả kỳ"))


def _linked(request: HttpRequest, lines: list[figures.Line]) -> list[figures.Line]:
    """Each unit's line leads to its own months."""
    own = unit_of(request).pk
    for line in lines:
        line.url = "" if line.key.pk == own else site_url(request, line.key, reverse("feedback:case-figures"))
    return lines


def _asked_figures(request: HttpRequest) -> tuple[int, str, str]:
    given = request.GET
    period = next((number for number in figures.PERIODS if given.get("ky") == str(number)), figures.PERIODS[-1])
    kind = given.get("loai", "")
    column = given.get("xep", "")
    return period, kind if kind in KIND_SLUGS else "", column if column in figures.COLUMNS else "don-vi"


def _figures_url(parameters: dict[str, str], name: str = "feedback:case-figures") -> str:
    return public_list.address(reverse(name), {key: value for key, value in parameters.items() if value})


def _chips(asked: dict[str, str], name: str, current: str, labels: dict[str, str]) -> list[dict[str, Any]]:
    chips = []
    for value, label in labels.items():
        kept = "" if name == "ky" and value == str(figures.PERIODS[-1]) else value
        chips.append({"label": label, "url": _figures_url({**asked, name: kept}), "is_current": value == current})
    return chips


def _period_words() -> dict[str, str]:
    return {str(number): _("%(n)d tháng") % {"n": number} for number in figures.PERIODS[::-1]}
