"""Lines of a CSV or JSON file as cells by heading, whatever the file really is; nothing of it is run or trusted."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from django.utils.translation import gettext as _

from services.dossiers.headings import columns_of
from services.dossiers.source import SourceError

CELL_LIMIT: Final = 1_000
# The csv module's own limit is one for the whole process, and imports of large texts raise it.
LONGEST_CELL: Final = 131_072
MOST_COLUMNS: Final = 60
_ROOTS: Final = ("rows", "data", "items", "dossiers", "ho_so", "hoSo")


@dataclass(frozen=True, slots=True)
class Record:
    """One line: its number in the file and its cells by heading. ``headings``: set where the headings may be new."""

    line: int
    cells: Mapping[str, str]
    headings: tuple[str, ...] | None = None


def _text(body: bytes) -> str:
    """The file as text: UTF-8 with or without mark, or UTF-16 with one, as spreadsheets write it."""
    is_wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = body.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_("Chữ trong tệp không phải UTF-8. Lưu lại tệp với mã UTF-8.")) from error
    if not text.strip():
        raise SourceError(_("Tệp trống."))
    if text.lstrip()[:1] == "<":
        raise SourceError(_("Địa chỉ này đưa về một trang web, không phải tệp dữ liệu. Có khi trang ấy đòi đăng nhập."))
    return text


def csv_records(body: bytes) -> Iterator[Record]:
    """The lines of a CSV file below its headings; raises SourceError."""
    text = _text(body)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        first_row: list[str] = next((row for row in reader if any(row)), [])
        headings = tuple(cell.strip() for cell in first_row)[:MOST_COLUMNS]
        # A file without a line is still asked for its columns.
        start = Record(reader.line_num, {}, headings)
        found = _csv_lines(reader, headings)
        one = next(found, None)
        if one is None:
            _check_empty(start)
            return
        yield from chain([Record(one.line, one.cells, headings)], found)
    except csv.Error as error:
        words = _("Dòng %(line)d không đúng dạng CSV, có khi thiếu một dấu ngoặc kép. Cả tệp chưa được đọc.")
        raise SourceError(words % {"line": reader.line_num}) from error


def _check_empty(start: Record) -> None:
    if columns_of(start.headings or ()).missing:
        raise SourceError(_("Tệp không có dòng hồ sơ nào và không có các cột cần thiết."))


def _csv_lines(reader: Any, headings: tuple[str, ...]) -> Iterator[Record]:
    for row in reader:
        if any(row):
            if max(map(len, row)) > LONGEST_CELL:
                raise csv.Error("a cell that never ends: a quote is missing")
            cells = {heading: cell[:CELL_LIMIT] for heading, cell in zip(headings, row, strict=False)}
            yield Record(reader.line_num, cells)


def json_records(body: bytes) -> Iterator[Record]:
    """The objects of a JSON file, numbered from 1; raises SourceError."""
    try:
        data = json.loads(_text(body))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        words = _("Tệp không đúng dạng JSON, hỏng ở dòng %(line)d. Cả tệp chưa được đọc.")
        raise SourceError(words % {"line": line}) from error
    for number, item in enumerate(_list_in(data), 1):
        if isinstance(item, dict):
            cells = {str(name): _cell(value) for name, value in list(item.items())[:MOST_COLUMNS]}
            # Objects may leave names out, so each is asked for its own.
            yield Record(number, cells, tuple(cells))
        else:
            yield Record(number, {})


def _list_in(data: Any) -> Iterable[Any]:
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        lists = [data[name] for name in _ROOTS if isinstance(data.get(name), list)]
        if lists:
            found: list[Any] = lists[0]
            return found
    raise SourceError(_("Tệp JSON cần là một danh sách hồ sơ."))


def _cell(value: Any) -> str:
    """A value as text; what is neither text nor a number is no cell."""
    return str(value)[:CELL_LIMIT] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
