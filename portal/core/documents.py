"""Files for download: told by their content, never by their name; what could run on a citizen's computer is refused."""

import zipfile
from dataclasses import dataclass
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from portal.core.signatures import first_bytes, refuse_program

DOCUMENT_TYPES: Final = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_OFFICE_PARTS: Final = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_TYPES: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
# Names of streams inside an old Office file, as its directory spells them.
_OLE_KINDS: Final = {"WordDocument": "doc", "Workbook": "xls", "PowerPoint Document": "ppt"}
_OLE_MACROS: Final = ("_VBA_PROJECT", "VBA_PROJECT_CUR", "Ole10Native")
_PDF_RUNNING: Final = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"})
_PDF_ACTIONS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/Movie", "/Sound"})
PDF_OBJECT_LIMIT: Final = 100_000
ZIP_ENTRY_LIMIT: Final = 5_000
ZIP_UNPACKED_LIMIT: Final = 400 * 1024 * 1024
_SMALL_PART: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What a file for download is: its ending by content, and the pages of a PDF."""

    extension: str
    pages: int | None = None


def _refused(words: str, code: str) -> ValidationError:
    return ValidationError(words, code=code)


def check_document(upload: IO[bytes], *, size: int) -> CheckedDocument:
    """Say what an upload is; raises ValidationError with a sentence for the clerk when it is not a harmless document."""
    if size > settings.ATTACHMENT_LIMIT_BYTES:
        limit = settings.ATTACHMENT_LIMIT_BYTES // (1024 * 1024)
        raise _refused(
            _("Tệp lớn hơn %(limit)d MB. Chia thành nhiều tệp, hoặc lưu PDF ở mức nén cao hơn.") % {"limit": limit},
            "too_big",
        )
    head = first_bytes(upload)
    refuse_program(head)
    if head.startswith(b"%PDF-"):
        return _pdf(upload)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(upload)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old_office(upload)
    raise _refused(
        _("Không nhận loại tệp này. Dùng PDF, Word (DOCX), Excel (XLSX), PowerPoint (PPTX) hoặc ODT, ODS, ODP."),
        "unknown",
    )


# --- PDF --------------------------------------------------------------------------------------------------------------


def _pdf(upload: IO[bytes]) -> CheckedDocument:
    try:
        reader = PdfReader(upload, strict=False)
        if reader.is_encrypted:
            raise _refused(
                _("PDF này có mật khẩu. Bỏ mật khẩu (mở tệp, chọn In, “Lưu thành PDF”) rồi tải lại."), "locked"
            )
        pages = len(reader.pages)
        running = pages > 0 and _has_running_parts(reader)
    except ValidationError:
        raise
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise _refused(
            _("PDF này bị hỏng hoặc bị thiếu phần cuối. Tạo lại PDF từ bản gốc rồi tải lên."), "broken"
        ) from error
    if not pages:
        raise _refused(_("PDF này không có trang nào. Tạo lại PDF từ bản gốc rồi tải lên."), "broken")
    if running:
        raise _refused(
            _(
                "PDF này có phần tự chạy hoặc có tệp khác gắn bên trong, máy người đọc có thể bị hại. Mở tệp, chọn In, "
                "“Lưu thành PDF”, rồi tải bản mới."
            ),
            "running",
        )
    return CheckedDocument("pdf", pages)


def _has_running_parts(reader: PdfReader) -> bool:
    """Whether any object of the file is a script, starts a program or carries another file."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > PDF_OBJECT_LIMIT:
        raise _refused(_("PDF này quá phức tạp. Mở tệp, chọn In, “Lưu thành PDF”, rồi tải bản mới."), "too_complex")
    found = (reader.get_object(IndirectObject(number, generation, reader)) for number, generation in sorted(numbers))
    return _runs(reader.trailer, 0) or any(_runs(item, 0) for item in found)


def _runs(item: Any, depth: int) -> bool:
    if depth > 30:  # noqa: PLR2004 - deeper than any real file nests direct objects
        return True
    if isinstance(item, DictionaryObject):
        if _PDF_RUNNING & item.keys() or str(item.raw_get("/S") if "/S" in item else "") in _PDF_ACTIONS:
            return True
        return any(_runs(value, depth + 1) for value in (item.raw_get(key) for key in item))
    if isinstance(item, ArrayObject):
        return any(_runs(value, depth + 1) for value in list.__iter__(item))
    return False


# --- Office -----------------------------------------------------------------------------------------------------------


def _zipped(upload: IO[bytes]) -> CheckedDocument:
    try:
        with zipfile.ZipFile(upload) as archive:
            entries = archive.infolist()
            if len(entries) > ZIP_ENTRY_LIMIT or sum(entry.file_size for entry in entries) > ZIP_UNPACKED_LIMIT:
                raise _refused(_("Tệp này bung ra quá lớn nên không nhận. Lưu lại thành PDF rồi tải lên."), "bomb")
            extension = _zipped_kind(archive, {entry.filename for entry in entries})
            is_whole = archive.testzip() is None
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _refused(
            _("Tệp này bị hỏng, bị thiếu phần cuối hoặc có mật khẩu. Lưu lại từ Word hoặc Excel rồi tải lên."), "broken"
        ) from error
    if not is_whole:
        raise _refused(_("Tệp này bị hỏng. Lưu lại từ Word hoặc Excel rồi tải lên."), "broken")
    return CheckedDocument(extension)


def _zipped_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        kinds = [kind for part, kind in _OFFICE_PARTS.items() if part in names]
        if len(kinds) == 1:
            _refuse_office_macros(archive, names)
            return kinds[0]
    if "mimetype" in names and (kind := _OPEN_TYPES.get(_part(archive, "mimetype").strip())):
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise _macros()
        return kind
    raise _refused(_("Không nhận tệp nén (ZIP). Giải nén, rồi tải lên từng tệp bên trong."), "archive")


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL_PART)


def _macros() -> ValidationError:
    return _refused(
        _("Tệp này có macro hoặc có chương trình gắn bên trong. Lưu lại thành PDF, hoặc DOCX, XLSX không có macro."),
        "macros",
    )


def _refuse_office_macros(archive: zipfile.ZipFile, names: set[str]) -> None:
    if b"macroenabled" in _part(archive, "[Content_Types].xml").lower():
        raise _macros()
    for name in names:
        lower = name.lower()
        embedded = "/embeddings/" in lower and lower.endswith((".bin", ".exe"))
        if lower.endswith("vbaproject.bin") or "/activex/" in lower or embedded:
            raise _macros()
        # A template fetched from elsewhere brings its macros along when the file is opened.
        if lower.endswith("settings.xml.rels") and b'targetmode="external"' in _part(archive, name).lower():
            raise _macros()


def _old_office(upload: IO[bytes]) -> CheckedDocument:
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if any(name.encode("utf-16-le") in content for name in _OLE_MACROS):
        raise _macros()
    for name, extension in _OLE_KINDS.items():
        if name.encode("utf-16-le") in content:
            return CheckedDocument(extension)
    raise _refused(
        _("Không nhận loại tệp này. Dùng PDF, Word (DOCX), Excel (XLSX), PowerPoint (PPTX) hoặc ODT, ODS, ODP."),
        "unknown",
    )
