"""Opening .docx and .xlsx safely, and saying why one is not opened."""

import zipfile
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.office_files import Fault, OfficeFileRefusedError, check_office_file
from units.schedule.importing.refusals import ScheduleFileRefusedError


def kind_of_file(upload: IO[bytes], *, size: int) -> str:
    """“docx” or “xlsx”, by content; everything else is refused with the way out."""
    try:
        return check_office_file(upload, size=size, kinds={"docx", "xlsx"})
    except ValidationError as error:
        raise ScheduleFileRefusedError(" ".join(error.messages)) from error
    except OfficeFileRefusedError as error:
        raise ScheduleFileRefusedError(_words(error)) from error


def _words(error: OfficeFileRefusedError) -> str:
    if error.fault is Fault.KIND:
        return _wrong_kind(error.kind)
    return {
        Fault.TOO_LARGE: _("Tệp lớn hơn 10 MB. Bỏ ảnh khỏi tệp rồi nạp lại."),
        Fault.PASSWORD: _("Tệp này có mật khẩu. Mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi nạp."),
        Fault.OLD: _(
            "Đây là tệp Word hoặc Excel kiểu cũ (DOC, XLS), dù tên có thể ghi khác. Mở tệp, chọn Lưu thành, chọn DOCX "
            "hoặc XLSX, rồi nạp tệp mới. Đổi tên tệp thì không được."
        ),
        Fault.SWELLS: _("Tệp này bung ra quá lớn so với một lịch tuần. Chép riêng bảng lịch sang tệp mới rồi nạp."),
        Fault.STRANGE: _("Tệp này có phần lạ bên trong nên không đọc. Lưu lại từ Word hoặc Excel."),
    }[error.fault]


def _wrong_kind(kind: str) -> str:
    if kind == "pdf":
        return _(
            "Đây là tệp PDF, máy không đọc được bảng trong đó. Nạp tệp Word (DOCX) hoặc Excel (XLSX) đã làm ra nó."
        )
    return _("Chỉ đọc được tệp Word (DOCX) và Excel (XLSX). Lưu lại thành một trong hai loại rồi nạp.")


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
