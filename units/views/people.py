"""Leaders, the organisation chart, the directory of all units, spokespersons, hotlines: the same for everybody."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from portal.core.structured_data import breadcrumbs_json_ld, crumb_list, script_safe
from portal.core.tenancy import units_scope
from units.chrome import full_name, province_of, site_url
from units.enums import Module, UnitKind
from units.forms.people_directory import DirectoryForm
from units.middleware import site_of, unit_of
from units.models import Appointment, Hotline, Person, Spokesperson
from units.people.directory_search import search_directory
from units.people.organisation_chart import narrow_chart, nodes_of, wide_chart
from units.people.pages import Holding, holding_of, open_units, people_day, people_of
from units.people.spokes_register import Hours, groups_of, line_of
from units.rules.people import dial
from units.views.doors import module_open

EMPLOYEES: Final = 12


def _crumbs(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    crumbs: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in ((_("Trang chủ"), "/"), *more)]
    crumbs[-1]["url"] = None
    return crumbs


def _organisation(request: HttpRequest) -> dict[str, Any]:
    unit, site = unit_of(request), site_of(request)
    return {
        "@type": "GovernmentOrganization",
        "name": full_name(unit, site),
        "url": request.build_absolute_uri("/"),
    }


@require_safe
@public_page
@module_open(Module.PEOPLE)
def leader_list(request: HttpRequest) -> HttpResponse:
    """Leaders as cards, divisions with their heads, who led before; three queries."""
    unit = unit_of(request)
    people = people_of(unit)
    crumbs = _crumbs((_("Lãnh đạo"), None))
    employees = [
        {"@type": "Person", "name": one.person.full_name, "jobTitle": one.posts[0].title,
         "url": request.build_absolute_uri(one.url)}
        for one in people.leaders[:EMPLOYEES]
    ]  # fmt: skip
    organisation = {**_organisation(request), "employee": employees}
    context = {
        "people": people,
        "former": list(Appointment.objects.former_leaders(people_day(unit))),
        "breadcrumbs": crumbs,
        "json_ld": script_safe(
            {"@context": "https://schema.org", "@graph": [organisation, crumb_list(request, crumbs)]}
        ),
    }
    return render(request, "units/leader_list.html", context)


@require_safe
@public_page
@module_open(Module.PEOPLE)
def leader_detail(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One leader, also after leaving: duties, biography, posts with dates; who never led has no page."""
    unit, site = unit_of(request), site_of(request)
    person = get_object_or_404(Person.objects.filter(is_shown=True), pk=int(pk))
    day = people_day(unit)
    held = [holding_of(row) for row in Appointment.objects.begun_of(person.pk, day)]
    if not any(one.is_leading for one in held):
        raise Http404
    if request.path != person.get_absolute_url():
        return HttpResponsePermanentRedirect(person.get_absolute_url())
    now_held = [one for one in held if one.ends_on is None or one.ends_on >= day]
    crumbs = _crumbs((_("Lãnh đạo"), reverse("units:leader-list")), (person.full_name, None))
    context = {
        "person": person,
        "tel": dial(person.phone),
        "held": held,
        "now_held": now_held,
        "has_schedule": site.has(Module.SCHEDULE) and bool(now_held),
        "has_reception": site.has(Module.RECEPTION) and bool(now_held) and not unit.is_closed,
        "breadcrumbs": crumbs,
        "json_ld": _person_json_ld(request, person, now_held, crumbs),
    }
    return render(request, "units/leader_detail.html", context)


def _person_json_ld(request: HttpRequest, person: Person, held: list[Holding], crumbs: list[dict[str, Any]]) -> Any:
    data: dict[str, Any] = {
        "@type": "Person",
        "name": person.full_name,
        "url": request.build_absolute_uri(person.get_absolute_url()),
        "jobTitle": [one.title for one in held],
        "worksFor": _organisation(request) if held else None,
        "image": request.build_absolute_uri(person.portrait.url) if person.portrait else None,
    }
    graph = [{key: value for key, value in data.items() if value}, crumb_list(request, crumbs)]
    return script_safe({"@context": "https://schema.org", "@graph": graph})


@require_safe
@public_page
@module_open(Module.PEOPLE)
def chart(request: HttpRequest) -> HttpResponse:
    """The organisation chart, drawn for desks and for phones, and as a list; two queries."""
    people = people_of(unit_of(request))
    crumbs = _crumbs((_("Lãnh đạo"), reverse("units:leader-list")), (_("Sơ đồ tổ chức"), None))
    context = {
        "people": people,
        "wide": None if people.is_empty else wide_chart(people),
        "narrow": None if people.is_empty else narrow_chart(people),
        "tree": nodes_of(people)[1],
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "units/chart.html", context)


@require_safe
@public_page
@module_open(Module.PEOPLE)
def directory(request: HttpRequest) -> HttpResponse:
    """Own people at once; by words or unit everybody whom the units of the province show."""
    unit = unit_of(request)
    units = open_units()
    form = DirectoryForm(request.GET, units)
    asked = form.is_valid() and form.is_asked
    found = None
    if asked:
        behind = request.GET.get("sau", "")
        found = search_directory(request, text=form.text, chosen=form.unit, behind=behind, units=units, own=unit)
    crumbs = _crumbs((_("Danh bạ"), None))
    context = {
        "form": form,
        "found": found,
        "chosen": form.unit if asked else None,
        "query": form.text if asked else "",
        "people": people_of(unit) if not form.is_asked and not unit.is_closed else None,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "units/directory.html", context)


@require_safe
@public_page
@module_open(Module.PEOPLE)
def spokespersons(request: HttpRequest) -> HttpResponse:
    """Who speaks for the unit; on the province's site the register of all units, and who has none yet."""
    unit, now, hours = unit_of(request), timezone.now(), Hours.read()
    if unit.kind == UnitKind.PROVINCE and not unit.is_closed:
        known = [(one, site_url(request, one, reverse("units:spokespersons"))) for one in open_units()]
        urls, by_key = {one.pk: url for one, url in known}, {one.pk: one for one, _url in known}
        with units_scope(by_key.values()):
            rows = list(Spokesperson.objects.register(now))
        lines = [line_of(row, by_key[row.unit_id], hours, unit_url=urls[row.unit_id]) for row in rows]
        groups = groups_of(lines, known)
    else:
        lines = [line_of(row, unit, hours) for row in Spokesperson.objects.register(now)]
        groups = []
    crumbs = _crumbs((_("Người phát ngôn"), None))
    province = province_of(request)
    context = {
        "lines": lines,
        "groups": groups,
        "term": hours.on(timezone.localdate(), unit.kind),
        "register_url": site_url(request, province, request.path) if province and province.pk != unit.pk else "",
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "units/spokespersons.html", context)


@require_safe
@public_page
@module_open(Module.PEOPLE)
def hotlines(request: HttpRequest) -> HttpResponse:
    """The unit's numbers, then those of the province for everybody; a closed unit gives only the latter."""
    unit, province = unit_of(request), province_of(request)
    with units_scope([unit, *([province] if province else [])]):
        rows = list(Hotline.objects.for_page(unit.pk))
    numbers: list[dict[str, Any]] = [{"row": row, "tel": dial(row.number)} for row in rows]
    crumbs = _crumbs((_("Đường dây nóng"), None))
    context = {
        "own": [] if unit.is_closed else [one for one in numbers if not one["row"].for_all],
        "common": [one for one in numbers if one["row"].for_all],
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "units/hotlines.html", context)
