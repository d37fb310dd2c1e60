"""The file as records, streamed: one broken line costs itself, never the rest of the file.

The csv module alone would swallow half a catalogue into one cell behind a quote that is never closed. So a record is gathered
line by line until its quotes are even, parsed strictly, and where that fails reading goes on at the next line that begins
like a record.
"""

import csv
import gzip
import io
import re
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from django.utils.translation import gettext as _

from services.importing.problems import Problem

MOST_BYTES: Final = 600 * 1024 * 1024
"""Unpacked: a small .gz that unfolds into more is not a catalogue."""
MOST_ROWS: Final = 50_000
MOST_RECORD: Final = 4_000_000
"""Characters of one record; the longest real one has some 60,000."""
MOST_CELL: Final = 1_000_000
MOST_COLUMNS: Final = 60
REQUIRED: Final = ("code", "name")
_BEGINS: Final = re.compile(r'"?[0-9A-Za-z]{1,8}\.[0-9A-Za-z.\-]{1,30}"?\s*[,;\t]')
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class CatalogueRefusedError(Exception):
    """The file as a whole can not be imported; the sentence says why. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line it begins on and its cells by column name, word for word."""

    line: int
    cells: dict[str, str]


class CatalogueReader:
    """Reads a CSV or CSV.gz; told apart by content. Iterate it as often as needed; problems go to ``tell``.

    Raises CatalogueRefusedError for a file that is no such table, is cut off, or is larger than the bounds above.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.columns: tuple[str, ...] = ()

    def records(self, tell: Callable[[Problem], None]) -> Iterator[Record]:
        """All rows that could be parsed, in order."""
        try:
            with self.path.open("rb") as raw, _unpacked(raw) as plain:
                lines = _Lines(plain)
                self.columns, delimiter = _header(lines)
                yield from self._rows(lines, delimiter, tell)
        except OSError as error:
            if isinstance(error, gzip.BadGzipFile):
                raise CatalogueRefusedError(_("Tệp nén hỏng. Tải lại tệp rồi nạp.")) from error
            raise CatalogueRefusedError(f"{self.path.name}: {error.strerror}") from error
        except (EOFError, zlib.error) as error:
            raise CatalogueRefusedError(_("Tệp nén bị đứt giữa chừng. Tải lại tệp rồi nạp.")) from error

    def _rows(self, lines: "_Lines", delimiter: str, tell: Callable[[Problem], None]) -> Iterator[Record]:
        number = 0
        while gathered := lines.gather():
            start, pieces, is_whole = gathered
            text = "".join(pieces)
            if not text.strip():
                continue
            number += 1
            if number > MOST_ROWS:
                raise CatalogueRefusedError(_("Tệp có hơn %(most)d dòng. Chia tệp rồi nạp.") % {"most": MOST_ROWS})
            cells = _cells(text, delimiter) if is_whole else None
            if cells is None or len(cells) != len(self.columns):
                tell(Problem(start, _code_of(text), self._why(cells, is_whole=is_whole), is_refused=True))
                lines.give_back(pieces)
                continue
            if (words := _unfit(cells)) is not None:
                tell(Problem(start, _code_of(text), words, is_refused=True))
                continue
            yield Record(start, dict(zip(self.columns, cells, strict=True)))

    def _why(self, cells: list[str] | None, *, is_whole: bool) -> str:
        if not is_whole:
            return _("Dấu ngoặc kép mở mà không đóng.")
        if cells is None:
            return _("Dấu ngoặc kép đặt sai chỗ.")
        return _("Dòng có %(found)d ô, tệp có %(meant)d cột.") % {"found": len(cells), "meant": len(self.columns)}


class _Lines:
    """Physical lines with a memory: what turned out to be no record can be given back."""

    def __init__(self, plain: IO[bytes]) -> None:
        # Bytes that are no UTF-8 become lone surrogates: the line that has them is named, the others are read.
        self._text = io.TextIOWrapper(plain, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._waiting: deque[str] = deque()
        self._number = 0
        self._bytes = 0

    def next(self) -> str:
        """The next line with its end, or nothing at the end of the file."""
        if self._waiting:
            self._number += 1
            return self._waiting.popleft()
        line = self._text.readline(MOST_RECORD)
        self._bytes += len(line)
        if self._bytes > MOST_BYTES:
            raise CatalogueRefusedError(_("Tệp quá lớn. Chia tệp rồi nạp."))
        self._number += bool(line)
        return line

    def gather(self) -> tuple[int, list[str], bool] | None:
        """(first line, pieces, whether the quotes came out even) of the next record; None at the end."""
        pieces: list[str] = []
        quotes = size = 0
        start = self._number + 1
        while line := self.next():
            pieces.append(line)
            quotes += line.count('"')
            size += len(line)
            if quotes % 2 == 0:
                return start, pieces, True
            if size > MOST_RECORD:
                break
        return (start, pieces, False) if pieces else None

    def give_back(self, pieces: list[str]) -> None:
        """Go on behind a broken record: at the first of its further lines that begins like a record."""
        place = next((i for i, line in enumerate(pieces) if i and _BEGINS.match(line)), len(pieces))
        again = pieces[place:]
        self._waiting.extendleft(reversed(again))
        self._number -= len(again)


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    head = raw.read(2)
    raw.seek(0)
    return gzip.open(raw, "rb") if head == b"\x1f\x8b" else raw  # type: ignore[return-value]


def _header(lines: _Lines) -> tuple[tuple[str, ...], str]:
    """Column names and delimiter; raises CatalogueRefusedError where the table has no code and name."""
    first = lines.next()
    if _SURROGATE.search(first) or "\x00" in first:
        raise CatalogueRefusedError(_("Tệp không phải UTF-8. Trong Excel chọn lưu “CSV UTF-8”."))
    delimiter = max(",;\t", key=first.count)
    found = _cells(first, delimiter) or []
    names = tuple(" ".join(name.split()).lower() for name in found)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise CatalogueRefusedError(_("Dòng 1: thiếu cột %(names)s.") % {"names": ", ".join(missing)})
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice or len(names) > MOST_COLUMNS:
        raise CatalogueRefusedError(
            _("Dòng 1: cột trùng tên hoặc quá nhiều cột (%(names)s).") % {"names": ", ".join(twice)}
        )
    return names, delimiter


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The record's cells; None where its quoting is broken."""
    csv.field_size_limit(MOST_RECORD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _unfit(cells: list[str]) -> str | None:
    if any(len(cell) > MOST_CELL for cell in cells):
        return _("Có ô dài hơn %(most)d ký tự.") % {"most": MOST_CELL}
    if any(_SURROGATE.search(cell) for cell in cells):
        return _("Dòng có ký tự không phải UTF-8.")
    return None


def _code_of(text: str) -> str:
    found = re.match(r'"?([0-9A-Za-z.\-]{1,40})"?\s*[,;\t]', text)
    return found[1] if found else ""
