"""Opening an XLSX safely: what is inside is measured before a library unpacks it."""

import re
import zipfile
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.budgets.refusals import BudgetFileRefusedError, too_big
from portal.core.documents import check_document

FILE_LIMIT: Final = 10 * 1024 * 1024
_PART_LIMIT: Final = 16 * 1024 * 1024
_ALL_PARTS_LIMIT: Final = 48 * 1024 * 1024
_MERGED_LIMIT: Final = 200_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE: Final = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


def check_package(upload: IO[bytes], *, size: int) -> None:
    """Raises BudgetFileRefusedError unless the content is a harmless XLSX, whatever its name says."""
    if size > FILE_LIMIT:
        raise BudgetFileRefusedError(_("Tệp lớn hơn 10 MB. Bỏ ảnh và các trang khác khỏi tệp rồi nạp lại."))
    upload.seek(0)
    if upload.read(len(_OLE)) == _OLE:
        raise _old_file(upload)
    upload.seek(0)
    try:
        kind = check_document(upload, size=size).extension
    except ValidationError as error:
        raise BudgetFileRefusedError(" ".join(error.messages)) from error
    if kind != "xlsx":
        raise BudgetFileRefusedError(
            _("Chỉ đọc được tệp Excel (XLSX). Từ Word hay PDF: bôi đen bảng, chép, rồi dán vào ô “Dán từ Excel”.")
        )
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        _measure(archive)
    upload.seek(0)


def _old_file(upload: IO[bytes]) -> BudgetFileRefusedError:
    """An old .xls under any name, or a new file behind a password: both are OLE files."""
    upload.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in upload.read(FILE_LIMIT):
        return BudgetFileRefusedError(
            _("Tệp này có mật khẩu. Mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi nạp.")
        )
    return BudgetFileRefusedError(
        _(
            "Đây là tệp Excel kiểu cũ (XLS), dù tên có thể ghi khác. Mở tệp, chọn Lưu thành, chọn XLSX, rồi nạp tệp mới. "
            "Đổi tên tệp thì không được."
        )
    )


def _measure(archive: zipfile.ZipFile) -> None:
    """Refuse what would take all memory, XML with entities of its own, and merged cells without end."""
    parts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        any(entry.file_size > _PART_LIMIT for entry in parts)
        or sum(entry.file_size for entry in parts) > _ALL_PARTS_LIMIT
    ):
        raise too_big()
    for entry in parts:
        content = archive.read(entry)
        if b"<!DOCTYPE" in content[:2_000] or b"<!ENTITY" in content:
            raise BudgetFileRefusedError(
                _("Tệp này có phần lạ bên trong nên không đọc. Mở bằng Excel, lưu lại rồi nạp.")
            )
        if "worksheets/" in entry.filename and _merged_area(content) > _MERGED_LIMIT:
            raise too_big()


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
