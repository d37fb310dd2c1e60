"""What a procedure's page is made of: the same record on every site, the unit's own answer, and what is near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.qr_codes import qr_of
from portal.core.sharing_links import share_links
from portal.core.text import one_line
from services.local_page import local_block
from services.models import Procedure, ProcedureForm
from services.procedure_facts import facts_of, online_said
from services.procedure_links import json_ld_of, related_to, web_address
from services.procedure_sections import PapersShown, bases_of, papers_of, steps_of
from services.rules.facts import Said, fee_said, time_said
from services.rules.shapes import Fee, TimeLimit
from services.rules.source_text import Folded, cut, fold_lines, says_nothing
from units.chrome import has_services
from units.middleware import site_of, unit_of

LONG_NAME: Final = 180
"""Characters of the name that stand as the heading; the longest has 1,100, and its rest is folded."""
TEXT_OPEN: Final = 1_400
"""Characters of a plain section (conditions, result) that stand open."""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the side menu."""

    key: str
    label: str


def find_procedure(code: str) -> Procedure:
    """The procedure with its field, closed ones too; 404 for a code that nobody has. One query, without the raw row."""
    return get_object_or_404(Procedure.objects.select_related("field").defer("source"), code=code)


def crumbs_of(request: HttpRequest, procedure: Procedure, *more: str) -> list[dict[str, Any]]:
    """The way to the procedure, or through it to a page of its own called ``more``.

    The pages stay for whoever kept their address; where services are off the menu and the field's page are not open.
    """
    menu: list[dict[str, Any]] = [
        {"label": _("Dịch vụ công"), "url": reverse("services:menu")},
        {"label": procedure.field.name, "url": procedure.field.get_absolute_url()},
    ]
    crumbs: list[dict[str, Any]] = [
        {"label": _("Trang chủ"), "url": "/"},
        *(menu if has_services(unit_of(request), site_of(request)) else ()),
        {"label": procedure.short_name, "url": procedure.get_absolute_url()},
        *({"label": label, "url": None} for label in more),
    ]
    crumbs[-1]["url"] = None
    return crumbs


def procedure_context(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """Everything the page shows, in a constant number of queries: forms, related procedures, the local answer."""
    crumbs = crumbs_of(request, procedure)
    block = local_block(request, procedure)
    address = request.build_absolute_uri(procedure.get_absolute_url())
    context: dict[str, Any] = {
        "procedure": procedure,
        "name_head": cut(procedure.short_name, LONG_NAME)[0],
        "is_long_name": bool(cut(procedure.short_name, LONG_NAME)[1]),
        "submit": submit_of(procedure),
        "facts": facts_of(procedure, unit_of(request), block),
        "local": block,  # "block" is Django's own word inside a template's block
        **_source_sections(procedure),
        "forms": list(ProcedureForm.objects.of_procedure(procedure)),
        "related": related_to(procedure),
        "contact": site_of(request),
        "source_url": web_address(procedure.source_url),
        "qr": qr_of(address),
        "share": share_links(procedure.short_name, address),
        "breadcrumbs": crumbs,
        "description": description_of(procedure),
        "json_ld": json_ld_of(request, procedure, crumbs),
    }
    return context | {"sections": _sections(context)}


def _source_sections(procedure: Procedure) -> dict[str, Any]:
    """The source's long columns, set to be read."""
    return {
        "steps": steps_of(procedure),
        "papers": papers_of(procedure),
        "fee_details": _fee_details(procedure),
        "conditions": _plain(procedure.conditions),
        "result": _plain(procedure.result),
        "bases": bases_of(procedure),
    }


def _plain(text: str) -> Folded:
    return Folded(()) if says_nothing(text) else fold_lines(text, TEXT_OPEN)


def _fee_details(procedure: Procedure) -> dict[str, Any] | None:
    """The small print of fees and the source's note, where there is any."""
    said = [row for row in fee_said(Fee.many(procedure.fees)) if row.detail]
    rows = [{"label": row.channels or row.text, "text": fold_lines(row.detail, TEXT_OPEN)} for row in said]
    note = _plain(procedure.fee_note)
    return {"rows": rows, "note": note} if rows or note else None


def submit_of(procedure: Procedure) -> dict[str, str] | None:
    """Where “Nộp trực tuyến” leads; None for a closed procedure and for one that takes nothing online."""
    if procedure.is_closed or not online_said(procedure).is_offered:
        return None
    url = web_address(procedure.submit_url) or web_address(procedure.source_url) or settings.SERVICES_URL
    return {"url": url} if url else None


def description_of(procedure: Procedure) -> str:
    """One or two sentences for search engines: our own words, else what the page answers."""
    if procedure.summary:
        return one_line(procedure.summary)
    words = {"name": procedure.short_name[:90], "time": _line(time_said(TimeLimit.many(procedure.times)))}
    return _("%(name)s: các bước, giấy tờ cần có, nơi nộp, lệ phí. Thời hạn: %(time)s.") % words


def _line(said: Sequence[Said]) -> str:
    return "; ".join(f"{row.channels}: {row.text}" if row.channels and len(said) > 1 else row.text for row in said)


def _sections(context: dict[str, Any]) -> list[Section]:
    """The side menu: what this page really has, in its order."""
    papers: PapersShown = context["papers"]
    known: list[tuple[Any, str, str]] = [
        (True, "cac-buoc", _("Các bước")),
        (True, "giay-to", _("Giấy tờ cần có")),
        (papers.groups and papers.notes, "luu-y", _("Lưu ý")),
        (context["forms"], "bieu-mau", _("Mẫu đơn, tờ khai")),
        (True, "noi-nop", _("Nơi nộp và giờ làm việc")),
        (context["fee_details"], "le-phi", _("Lệ phí")),
        (context["conditions"], "dieu-kien", _("Điều kiện")),
        (context["result"], "ket-qua", _("Kết quả")),
        (context["bases"], "can-cu", _("Căn cứ pháp lý")),
        (context["related"], "lien-quan", _("Thủ tục liên quan")),
        (True, "hoi-them", _("Hỏi thêm")),
    ]
    return [Section(key, label) for is_there, key, label in known if is_there]
