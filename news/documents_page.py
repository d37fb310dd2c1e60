"""What the list of /van-ban/ is made of: the filter, its choices, the rows, and where the neighbouring pages are."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.document_register import Register, Shelf
from news.enums.document_register import Origin
from news.enums.documents import DocumentGroup
from news.forms.document_register import GROUP_SLUGS, GROUP_WORDS, RegisterForm
from news.rules.document_register import (
    COUNT_LIMIT,
    CSV_LIMIT,
    FIELD,
    FIRST_YEAR_SHOWN,
    ISSUER,
    PAGE_SIZE,
    TYPE,
    Asked,
    Place,
    place_of,
)
from portal.core.structured_data import breadcrumbs_json_ld
from units.enums import UnitKind

NATIONAL_DATABASE: Final = "https://vbpl.vn/"


@dataclass(frozen=True, slots=True)
class Reading:
    """A filter as it was understood, and how many documents answer it where that is known already."""

    form: RegisterForm
    asked: Asked
    total: int | None


def lower_first(name: str) -> str:
    """A unit's name inside a sentence: “phường Thuận An”."""
    return name[:1].lower() + name[1:]


def filter_form(request: HttpRequest, register: Register) -> RegisterForm:
    """The filter with the choices there are; one query."""
    choices = register.choices()
    days = [day for row in choices for day in (row["first"], row["last"]) if day and day.year >= FIRST_YEAR_SHOWN]
    years = range(max(days).year, min(days).year - 1, -1) if days else ()
    origins = None
    if register.province:
        origins = {
            Origin.OWN: _("Của %(name)s") % {"name": lower_first(register.unit.name)},
            Origin.PROVINCE: _("Của %(name)s") % {"name": lower_first(register.province.name)},
        }
    return RegisterForm(
        request.GET,
        types=[(row["value"], row["label"]) for row in choices if row["which"] == TYPE],
        fields=[(row["value"], row["label"]) for row in choices if row["which"] == FIELD],
        years=[(str(year), str(year)) for year in years],
        issuers=[(row["label"], row["label"]) for row in choices if row["which"] == ISSUER],
        origins=origins,
    )


def read_filter(request: HttpRequest, register: Register) -> Reading:
    """What is asked: a number where it reads as one and some document has it, else its words."""
    form = filter_form(request, register)
    asked = form.asked()
    if asked.number and (total := register.total(asked)):
        return Reading(form, asked, total)
    return Reading(form, form.asked(as_words=True), None)


def _cursor(request: HttpRequest, name: str) -> Place | None:
    try:
        return place_of(request.GET.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def _address(parameters: dict[str, str], name: str = "news:document-list") -> str:
    return f"{reverse(name)}?{urlencode(parameters)}" if parameters else reverse(name)


def _tabs(form: RegisterForm) -> list[dict[str, Any]]:
    """The groups; each keeps what else was asked."""
    others = {name: value for name, value in form.parameters().items() if name != "nhom"}
    current = form.value("nhom")
    tabs: list[dict[str, Any]] = [{"label": _("Tất cả"), "url": _address(others), "is_current": not current}]
    for group in DocumentGroup:
        slug = GROUP_SLUGS[group]
        url = _address({**others, "nhom": slug})
        tabs.append({"label": GROUP_WORDS[group], "url": url, "is_current": current == slug})
    return tabs


def _lead(register: Register) -> str:
    if register.unit.kind == UnitKind.COMMUNE and register.province:
        return _("Văn bản của %(unit)s, và văn bản %(province)s áp dụng tại đây. Tải về được.") % {
            "unit": lower_first(register.unit.name), "province": lower_first(register.province.name),
        }  # fmt: skip
    return _("Văn bản quy phạm pháp luật, chỉ đạo, điều hành của %(unit)s. Tải về được.") % {
        "unit": lower_first(register.unit.name)
    }


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Everything the list shows, in a constant number of queries; 404 for a place no page of ours links to."""
    register = Register(request)
    after, before = _cursor(request, "truoc"), _cursor(request, "sau")
    reading = read_filter(request, register)
    shelf = register.page(reading.asked, total=reading.total, after=after, before=before)
    if not shelf.rows and (after or before):
        raise Http404
    crumbs: list[dict[str, Any]] = [{"label": _("Trang chủ"), "url": "/"}, {"label": _("Văn bản"), "url": None}]
    return {
        "heading": _("Văn bản"),
        "lead_text": _lead(register),
        "form": reading.form,
        "tabs": _tabs(reading.form),
        "shelf": shelf,
        "count_limit": COUNT_LIMIT,
        "page_size": PAGE_SIZE,
        "csv_limit": CSV_LIMIT if shelf.total > CSV_LIMIT else 0,
        "query": reading.form.value("q"),
        "national_url": NATIONAL_DATABASE,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
        **_addresses(reading.form.parameters(), shelf),
    }


def _addresses(asked: dict[str, str], shelf: Shelf) -> dict[str, Any]:
    """Where the page leads, each with the filter; a filtered list is not for search engines."""
    return {
        "csv_url": _address(asked, "news:document-csv"),
        "feed_url": reverse("news:document-feed"),
        "older_url": _address({**asked, "truoc": shelf.older.text}) if shelf.older else None,
        "newer_url": _address({**asked, "sau": shelf.newer.text}) if shelf.newer else None,
        "is_filtered": bool(asked),
        "noindex": bool(asked),
    }
