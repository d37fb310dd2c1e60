"""Reading a list of documents (CSV): every row faithfully or not at all, with a reason by line. Nothing is guessed.

Columns: so_ky_hieu, loai, co_quan_ban_hanh, nam, ngay_ban_hanh (YYYY-MM-DD or DD/MM/YYYY), trich_yeu; ten_day_du, nguoi_ky,
nguon are read where they stand. Others are left alone.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from news.rules.documents import FIRST_YEAR, number_year
from portal.core.text import nfc, one_line

NEEDED: Final = ("so_ky_hieu", "loai", "co_quan_ban_hanh", "nam", "ngay_ban_hanh", "trich_yeu")
NUMBER_LIMIT: Final = 80
ISSUER_LIMIT: Final = 200
FILE_LIMIT: Final = 64 * 1024 * 1024
FIELD_LIMIT: Final = 1024 * 1024
LAST_YEAR: Final = 2100


class DocumentListError(Exception):
    """The file as a whole can not be read as a list of documents."""


class RowError(Exception):
    """A row that is not taken; the words say why."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One row as it was understood; ``year`` is 0 and ``issued_on`` None where the list does not say."""

    line: int
    number: str
    type_name: str
    issuer: str
    year: int
    issued_on: date | None
    abstract: str
    signer: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not taken: its line in the file, and why."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


def read_rows(path: Path) -> Iterator[DocumentRow | BadRow]:
    """All rows in the order of the file; raises DocumentListError for a file that is no such list."""
    if path.stat().st_size > FILE_LIMIT:
        raise DocumentListError(f"larger than {FILE_LIMIT // 1024 // 1024} MB; split it")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentListError(f"not UTF-8 (byte {error.start})") from error
    csv.field_size_limit(FIELD_LIMIT)
    # Some lists carry NUL bytes from old programs, which the reader refuses.
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise DocumentListError(f"columns missing: {', '.join(missing)}")
    return _rows(reader)


def _rows(reader: "csv.DictReader[str]") -> Iterator[DocumentRow | BadRow]:
    while True:
        # A quoted cell may hold line ends: a row is named by the line it begins on.
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(line, f"not a CSV row ({error})")
            continue
        try:
            yield _read(line, cells)
        except RowError as error:
            yield BadRow(line, str(error))


def _read(line: int, cells: dict[str, str]) -> DocumentRow:
    if None in cells:
        raise RowError("more cells than columns; a comma in a text needs quotes")
    texts = {name: one_line(value or "") for name, value in cells.items()}
    number, issuer = texts["so_ky_hieu"], texts["co_quan_ban_hanh"]
    if not number:
        raise RowError("no number (so_ky_hieu)")
    if not any(char.isdigit() for char in number) or len(number) > NUMBER_LIMIT:
        raise RowError(f"“{number[:NUMBER_LIMIT]}” is no number of a document")
    if not issuer or len(issuer) > ISSUER_LIMIT:
        raise RowError(f"{number}: no issuer (co_quan_ban_hanh), or longer than {ISSUER_LIMIT} characters")
    issued_on = _day(number, texts["ngay_ban_hanh"])
    abstract = nfc(cells.get("trich_yeu") or "").strip() or nfc(cells.get("ten_day_du") or "").strip()
    if not abstract:
        raise RowError(f"{number}: no abstract (trich_yeu)")
    source = texts.get("nguon", "")
    return DocumentRow(
        line=line, number=number, type_name=texts["loai"], issuer=issuer, issued_on=issued_on, abstract=abstract,
        year=_year(number, texts["nam"], issued_on), signer=texts.get("nguoi_ky", "")[:120],
        source_url=source if source.startswith(("https://", "http://")) else "",
    )  # fmt: skip


def _day(number: str, text: str) -> date | None:
    if not text:
        return None
    parts = text.split("/")
    try:
        if len(parts) == 3:  # noqa: PLR2004 - day, month, year
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise RowError(f"{number}: “{text[:40]}” is no date (ngay_ban_hanh)") from error


def _year(number: str, text: str, issued_on: date | None) -> int:
    """The year that number, column and day agree on; 0 where none of them says one."""
    if text and not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise RowError(f"{number}: “{text[:20]}” is no year (nam)")
    said = {
        "the number": number_year(number),
        "nam": int(text) if text else None,
        "ngay_ban_hanh": issued_on.year if issued_on else None,
    }
    years = {name: year for name, year in said.items() if year}
    if len(set(years.values())) > 1:
        told = ", ".join(f"{name} says {year}" for name, year in years.items())
        raise RowError(f"{number}: {told}")
    return next(iter(years.values()), 0)
