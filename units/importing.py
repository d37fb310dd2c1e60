"""Reading unit lists as the General Statistics Office publishes them (CSV), before anything is written."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from portal.core.text import one_line
from units.enums import UnitKind
from units.rules import HOST_LABEL, kind_of

REQUIRED: Final = ("code", "name", "type", "parent_code")


class ImportRefused(Exception):
    """The file can not be imported; ``problems`` names every bad line. Nothing was written."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the file, checked by itself: code, names, kind, parent's code, wished slug, validity."""

    line: int
    code: str
    name: str
    type_name: str
    kind: UnitKind
    parent_code: str
    name_en: str
    slug: str
    valid_from: date | None
    valid_to: date | None


def _day(raw: str, line: int, problems: list[str]) -> date | None:
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        problems.append(_("Dòng %(line)d: ngày “%(raw)s” phải có dạng 2025-07-01.") % {"line": line, "raw": raw})
        return None


def _row(line: int, cells: dict[str, str], problems: list[str]) -> UnitRow | None:
    def cell(name: str) -> str:
        return one_line(cells.get(name) or "")

    before = len(problems)
    kind = kind_of(cell("type"))
    slug = cell("slug").replace("_", "-").lower()
    if not cell("code") or len(cell("code")) > 20:  # noqa: PLR2004 - the column's width
        problems.append(_("Dòng %(line)d: thiếu mã (code), hoặc mã dài hơn 20 ký tự.") % {"line": line})
    if not cell("name") or len(cell("name")) > 150:  # noqa: PLR2004 - the column's width
        problems.append(_("Dòng %(line)d: thiếu tên (name), hoặc tên dài hơn 150 ký tự.") % {"line": line})
    if kind is None:
        problems.append(_("Dòng %(line)d: không biết loại hình “%(type)s”.") % {"line": line, "type": cell("type")})
    if slug and not HOST_LABEL.match(slug):
        problems.append(_("Dòng %(line)d: nhãn địa chỉ “%(slug)s” không hợp lệ.") % {"line": line, "slug": slug})
    valid_from = _day(cell("valid_from"), line, problems)
    valid_to = _day(cell("valid_to"), line, problems)
    if len(problems) > before or kind is None:
        return None
    return UnitRow(
        line, cell("code"), cell("name"), cell("type"), kind, cell("parent_code"), cell("name_en"), slug,
        valid_from, valid_to,
    )  # fmt: skip


def _check_whole(rows: list[UnitRow], problems: list[str]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row.code in seen:
            problems.append(
                _("Dòng %(line)d: mã %(code)s đã có ở dòng %(first)d.")
                % {"line": row.line, "code": row.code, "first": seen[row.code]}
            )
        seen.setdefault(row.code, row.line)
        if row.parent_code == row.code:
            problems.append(_("Dòng %(line)d: đơn vị không thể trực thuộc chính nó.") % {"line": row.line})


def read_units(path: Path) -> list[UnitRow]:
    """Read and check a whole file; raises ImportRefused naming every bad line, or the missing columns."""
    problems: list[str] = []
    rows: list[UnitRow] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in REQUIRED if name not in (reader.fieldnames or [])]
            if missing:
                raise ImportRefused([_("Dòng 1: thiếu cột %(names)s.") % {"names": ", ".join(missing)}])
            for cells in reader:
                row = _row(reader.line_num, cells, problems)
                if row:
                    rows.append(row)
    except UnicodeDecodeError as error:
        raise ImportRefused([_("Tệp không phải UTF-8.")]) from error
    except csv.Error as error:
        raise ImportRefused([_("Tệp CSV hỏng: %(error)s") % {"error": error}]) from error
    except OSError as error:
        raise ImportRefused([f"{path}: {error.strerror}"]) from error
    _check_whole(rows, problems)
    if problems:
        raise ImportRefused(problems)
    return rows
