"""What the search page shows: hits of all rooms, procedures shared by all sites, documents that the province shows everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.search.queries import SearchHit, SearchOptions, SearchPage, search_units
from services.finding import KIND as PROCEDURE
from services.finding import procedure_options
from services.menu_page import Line, line_of
from services.models import Procedure
from services.procedure_page import submit_of
from units.chrome import has_services, province_of, site_url
from units.enums import Module
from units.middleware import site_of, unit_of
from units.models import Unit

PAGE_SIZE: Final = 10
_DATED: Final = {"article", "article-en", "document", "consultation", "disclosure", "report", "question"}
PAPERS: Final = "#giay-to"


@dataclass(frozen=True, slots=True)
class ShownHit:
    """One result as the template prints it. ``note`` stands instead of the extract; the links are for the best one only."""

    title_html: str
    extract_html: str
    url: str
    kind_label: str
    icon: str
    meta: list[str]
    date: datetime | None
    note: str = ""
    facts: list[str] = field(default_factory=list)
    submit_url: str = ""
    papers_url: str = ""


def kind_label(kind: str) -> str:
    """What a kind of hit is called; empty for one that needs no word."""
    return {
        "article": _("Tin tức"),
        "page": _("Giới thiệu"),
        "album": _("Album ảnh"),
        "video": _("Video"),
        "article-en": "English",
        "consultation": _("Lấy ý kiến"),
        "disclosure": _("Công khai"),
        "report": _("Phản ánh"),
        "question": _("Hỏi đáp"),
        "document": _("Văn bản"),
        PROCEDURE: _("Thủ tục"),
        "person": _("Lãnh đạo"),
        "spokesperson": _("Người phát ngôn"),
        "hotline": _("Đường dây nóng"),
    }.get(kind, "")


def search_options(request: HttpRequest) -> SearchOptions:
    """What besides the unit's own rows its site finds: procedures where it has services, the province's shared documents."""
    unit, site = unit_of(request), site_of(request)
    options = procedure_options(unit) if has_services(unit, site) else SearchOptions()
    if site.has(Module.DOCUMENTS) and (province := province_of(request)) and province.pk != unit.pk:
        options = replace(options, everywhere_of=(province.pk,))
    return options


def find(request: HttpRequest, query: str, page: int, *, exact: bool) -> SearchPage:
    """One page of answers on this request's site; ``exact`` leaves synonyms out. Raises SearchUnavailable."""
    options = replace(search_options(request), synonyms=not exact)
    return search_units([unit_of(request).pk], query, page, PAGE_SIZE, options)


def shown_hits(request: HttpRequest, found: SearchPage) -> list[ShownHit]:
    """The hits as the template prints them; one query more where procedures are among them."""
    unit = unit_of(request)
    procedures = _procedures(found.hits)
    return [
        _procedure(hit, procedures[hit.pk])
        if hit.kind == PROCEDURE and hit.pk in procedures
        else _plain(request, hit, unit)
        for hit in found.hits
    ]


def _procedures(hits: Sequence[SearchHit]) -> dict[int, Procedure]:
    keys = [hit.pk for hit in hits if hit.kind == PROCEDURE]
    return Procedure.objects.light().in_bulk(keys) if keys else {}


def _procedure(hit: SearchHit, procedure: Procedure) -> ShownHit:
    line = line_of(procedure)
    names = ", ".join(procedure.everyday_list[:3])
    submit: dict[str, Any] = submit_of(procedure) or {}
    return ShownHit(
        title_html=hit.title_html,
        extract_html=hit.extract_html,
        url=hit.url,
        kind_label=kind_label(hit.kind),
        icon="clipboard-list",
        meta=[procedure.field.name, procedure.code],
        date=None,
        note=" ".join(
            filter(None, (_("Còn gọi là %(names)s.") % {"names": names} if names else "", procedure.summary))
        ),
        facts=_facts(line),
        submit_url=submit.get("url", ""),
        papers_url=f"{hit.url}{PAPERS}",
    )


def _facts(line: Line) -> list[str]:
    known = ((_("Thời hạn"), line.time), (_("Lệ phí"), line.fee), (_("Nộp ở"), line.place))
    return [f"{label}: {value[:1].lower()}{value[1:]}" for label, value in known if value]


def _plain(request: HttpRequest, hit: SearchHit, unit: Unit) -> ShownHit:
    owner = unit if hit.unit_id == unit.pk else province_of(request) or unit
    return ShownHit(
        title_html=hit.title_html,
        extract_html=hit.extract_html,
        url=hit.url if owner.pk == unit.pk else site_url(request, owner, hit.url),
        kind_label=kind_label(hit.kind),
        icon="",
        meta=[owner.name],
        date=hit.published_at if hit.kind in _DATED else None,
    )
