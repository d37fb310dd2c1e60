"""The checklist on one sheet of A4: what to bring, where, when, and a code that leads back to the page."""

from typing import Any, Final

from django.http import HttpRequest

from portal.core.qr_codes import qr_of
from services.local_page import local_block
from services.models import Procedure
from services.procedure_facts import levels_of
from services.procedure_sections import PaperShown, papers_of
from services.rules.facts import fee_said, time_said
from services.rules.shapes import Fee, TimeLimit
from units.chrome import full_name
from units.middleware import site_of, unit_of

DENSE: Final = 1_000
"""Characters of papers from which the sheet is set in smaller type."""
VERY_DENSE: Final = 2_000
NOTE_LINES: Final = 3


def print_context(request: HttpRequest, procedure: Procedure) -> dict[str, Any]:
    """Everything on the sheet; the local answer as on the page."""
    unit, site = unit_of(request), site_of(request)
    papers = papers_of(procedure)
    address = request.build_absolute_uri(procedure.get_absolute_url())
    length = sum(_length(paper) for group in papers.groups for paper in group.everything)
    block = local_block(request, procedure)
    return {
        "procedure": procedure,
        "office": full_name(unit, site),
        "papers": papers,
        "times": time_said(TimeLimit.many(procedure.times)),
        "fees": fee_said(Fee.many(procedure.fees)),
        "local_fees": (block.get("fees") or {}).get("now", []),
        "place": block.get("place") if block.get("state") == "here" else None,
        "levels": levels_of(procedure),
        "qr": qr_of(address),
        "address": address,
        "density": "very-dense" if length > VERY_DENSE else "dense" if length > DENSE else "",
        "note_lines": range(NOTE_LINES if length <= VERY_DENSE else 2),
    }


def _length(paper: PaperShown) -> int:
    return len(paper.head) + sum(len(line.text) for line in paper.rest)
