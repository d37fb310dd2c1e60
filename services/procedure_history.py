"""What a procedure said before: each change with its day and its columns, as differences that people can read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.structured_data import breadcrumbs_json_ld
from services.models import Procedure, ProcedureVersion
from services.procedure_page import crumbs_of
from services.rules.differences import ChangedLine, compare

PAGE_SIZE: Final = 10
COLUMN_NAMES: Final[dict[str, Any]] = {
    "code": gettext_lazy("Mã thủ tục"),
    "name": gettext_lazy("Tên thủ tục"),
    "field": gettext_lazy("Lĩnh vực"),
    "agency_level": gettext_lazy("Cấp thực hiện"),
    "ministry": gettext_lazy("Bộ, ngành"),
    "audience": gettext_lazy("Đối tượng"),
    "agency": gettext_lazy("Cơ quan thực hiện"),
    "steps": gettext_lazy("Các bước"),
    "channels": gettext_lazy("Cách nộp"),
    "time_limit": gettext_lazy("Thời hạn"),
    "fee": gettext_lazy("Lệ phí"),
    "fee_note": gettext_lazy("Ghi chú lệ phí"),
    "documents": gettext_lazy("Giấy tờ cần có"),
    "result": gettext_lazy("Kết quả"),
    "conditions": gettext_lazy("Điều kiện"),
    "legal_basis": gettext_lazy("Căn cứ pháp lý"),
    "decision_no": gettext_lazy("Quyết định công bố"),
    "source_url": gettext_lazy("Địa chỉ bản gốc"),
}


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column: its name and the lines that differ."""

    label: str
    lines: tuple[ChangedLine, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became different on ``day``; ``since`` is the first day of the words that went."""

    number: int
    since: date
    day: date
    columns: tuple[ColumnChange, ...]


def history_context(request: HttpRequest, code: str, before: int | None) -> dict[str, Any]:
    """One page of changes, in two queries; 404 for an unknown code and beyond the end."""
    procedure = get_object_or_404(Procedure.objects.select_related("field"), code=code)
    rows = ProcedureVersion.objects.of_procedure(procedure)
    if before is not None:
        # The version that was seen last is read again: it is what the next older one became.
        rows = rows.filter(number__lte=before)
    found = list(rows[: PAGE_SIZE + 2])
    newer: dict[str, Any] = procedure.source
    if before is not None:
        if not found or found[0].number != before or len(found) == 1:
            raise Http404
        newer = found.pop(0).source
    shown, has_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    crumbs = crumbs_of(request, procedure, _("Những lần thay đổi"))
    return {
        "procedure": procedure,
        "changes": changes_of(shown, newer),
        "older_url": f"{request.path}?truoc={shown[-1].number}" if has_more else None,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }


def changes_of(versions: list[ProcedureVersion], newer: dict[str, Any]) -> list[Change]:
    """``versions`` newest first, each against what followed it; ``newer`` followed the first."""
    changes = []
    for version in versions:
        names = [
            name for name in (*COLUMN_NAMES, *newer) if str(version.source.get(name, "")) != str(newer.get(name, ""))
        ]
        columns = [_column(name, version.source, newer) for name in dict.fromkeys(names)]
        changes.append(Change(version.number, version.valid_from, version.valid_to, tuple(filter(None, columns))))
        newer = version.source
    return changes


def _column(name: str, old: dict[str, Any], new: dict[str, Any]) -> ColumnChange | None:
    """None where only white space differs."""
    lines = compare(str(old.get(name, "")), str(new.get(name, "")))
    return ColumnChange(str(COLUMN_NAMES.get(name, name)), lines) if lines else None
