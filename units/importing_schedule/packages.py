"""Opening .docx and .xlsx safely: what is inside is measured before a library unpacks it."""

import re
import zipfile
from typing import IO, Final
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.documents import check_document
from units.importing_schedule.refusals import ScheduleFileRefusedError

FILE_LIMIT: Final = 10 * 1024 * 1024
# A week's table is some hundred kilobytes of XML.
_PART_LIMIT: Final = 16 * 1024 * 1024
_ALL_PARTS_LIMIT: Final = 48 * 1024 * 1024
_MERGED_LIMIT: Final = 200_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


def kind_of_file(upload: IO[bytes], *, size: int) -> str:
    """“docx” or “xlsx”, by content; everything else is refused with the way out."""
    if size > FILE_LIMIT:
        raise ScheduleFileRefusedError(_("Tệp lớn hơn 10 MB. Bỏ ảnh khỏi tệp rồi nạp lại."))
    upload.seek(0)
    if upload.read(len(_OLE)) == _OLE:
        raise _old_file(upload)
    upload.seek(0)
    try:
        kind = check_document(upload, size=size).extension
    except ValidationError as error:
        raise ScheduleFileRefusedError(" ".join(error.messages)) from error
    if kind not in {"docx", "xlsx"}:
        raise ScheduleFileRefusedError(_wrong_kind(kind))
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        _measure(archive)
    upload.seek(0)
    return kind


def _old_file(upload: IO[bytes]) -> ScheduleFileRefusedError:
    """An old .doc or .xls under any name, or a new one behind a password: both are OLE files."""
    upload.seek(0)
    content = upload.read(FILE_LIMIT)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ScheduleFileRefusedError(
            _("Tệp này có mật khẩu. Mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi nạp.")
        )
    return ScheduleFileRefusedError(
        _(
            "Đây là tệp Word hoặc Excel kiểu cũ (DOC, XLS), dù tên có thể ghi khác. Mở tệp, chọn Lưu thành, chọn DOCX "
            "hoặc XLSX, rồi nạp tệp mới. Đổi tên tệp thì không được."
        )
    )


def _wrong_kind(kind: str) -> str:
    if kind == "pdf":
        return _(
            "Đây là tệp PDF, máy không đọc được bảng trong đó. Nạp tệp Word (DOCX) hoặc Excel (XLSX) đã làm ra nó."
        )
    return _("Chỉ đọc được tệp Word (DOCX) và Excel (XLSX). Lưu lại thành một trong hai loại rồi nạp.")


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what would take all memory, XML with entities of its own, and merged cells without end."""
    parts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    too_big = ScheduleFileRefusedError(
        _("Tệp này bung ra quá lớn so với một lịch tuần. Chép riêng bảng lịch sang tệp mới rồi nạp.")
    )
    if (
        any(entry.file_size > _PART_LIMIT for entry in parts)
        or sum(entry.file_size for entry in parts) > _ALL_PARTS_LIMIT
    ):
        raise too_big
    for entry in parts:
        content = archive.read(entry)
        if b"<!DOCTYPE" in content[:2_000] or b"<!ENTITY" in content:
            raise ScheduleFileRefusedError(_("Tệp này có phần lạ bên trong nên không đọc. Lưu lại từ Word hoặc Excel."))
        if "worksheets/" in entry.filename and _merged_area(content) > _MERGED_LIMIT:
            raise too_big


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


def part(upload: IO[bytes], name: str) -> Element:
    """One XML part of a checked file. Raises ScheduleFileRefusedError when it is broken."""
    try:
        with zipfile.ZipFile(upload) as archive:
            root: Element = fromstring(archive.read(name))
    except (ParseError, DefusedXmlException, KeyError, zipfile.BadZipFile) as error:
        raise broken() from error
    return root


def broken() -> ScheduleFileRefusedError:
    """Nothing can be read."""
    return ScheduleFileRefusedError(_("Tệp này bị hỏng. Mở bằng Word hoặc Excel, lưu lại rồi nạp."))
