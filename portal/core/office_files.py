"""Opening .docx and .xlsx safely: what is inside is measured before a library unpacks it."""

import re
import zipfile
from collections.abc import Collection
from enum import Enum, auto
from typing import IO, Final

from portal.core.documents import check_document

FILE_LIMIT: Final = 10 * 1024 * 1024
# A table of an office is some hundred kilobytes of XML.
_PART_LIMIT: Final = 16 * 1024 * 1024
_ALL_PARTS_LIMIT: Final = 48 * 1024 * 1024
_MERGED_LIMIT: Final = 200_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


class Fault(Enum):
    """Why a file is not opened; the room that asked has the words for it."""

    TOO_LARGE = auto()
    PASSWORD = auto()
    OLD = auto()
    KIND = auto()
    SWELLS = auto()
    STRANGE = auto()


class OfficeFileRefusedError(Exception):
    """The file is not opened. ``kind`` is what it is instead, where that is the fault."""

    def __init__(self, fault: Fault, *, kind: str = "") -> None:
        super().__init__(fault.name)
        self.fault = fault
        self.kind = kind


def check_office_file(upload: IO[bytes], *, size: int, kinds: Collection[str]) -> str:
    """The one of ``kinds`` (“docx”, “xlsx”) that the content is, whatever its name says; harmless to open.

    Raises OfficeFileRefusedError, or the ValidationError of check_document.
    """
    if size > FILE_LIMIT:
        raise OfficeFileRefusedError(Fault.TOO_LARGE)
    upload.seek(0)
    if upload.read(len(_OLE)) == _OLE:
        raise OfficeFileRefusedError(_fault_of_ole(upload))
    upload.seek(0)
    kind = check_document(upload, size=size).extension
    if kind not in kinds:
        raise OfficeFileRefusedError(Fault.KIND, kind=kind)
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        _measure(archive)
    upload.seek(0)
    return kind


def _fault_of_ole(upload: IO[bytes]) -> Fault:
    """An old .doc or .xls under any name, or a new one behind a password: both are OLE files."""
    upload.seek(0)
    return Fault.PASSWORD if "EncryptedPackage".encode("utf-16-le") in upload.read(FILE_LIMIT) else Fault.OLD


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what would take all memory, XML with entities of its own, and merged cells without end."""
    parts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        any(entry.file_size > _PART_LIMIT for entry in parts)
        or sum(entry.file_size for entry in parts) > _ALL_PARTS_LIMIT
    ):
        raise OfficeFileRefusedError(Fault.SWELLS)
    for entry in parts:
        content = archive.read(entry)
        if b"<!DOCTYPE" in content[:2_000] or b"<!ENTITY" in content:
            raise OfficeFileRefusedError(Fault.STRANGE)
        if "worksheets/" in entry.filename and _merged_area(content) > _MERGED_LIMIT:
            raise OfficeFileRefusedError(Fault.SWELLS)


def _merged_area(sheet: bytes) -> int:
    area = 0
    for left, top, right, bottom in _MERGE.findall(sheet):
        area += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
    return area


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
