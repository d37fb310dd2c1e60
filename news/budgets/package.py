"""Opening an XLSX safely, and saying why one is not opened."""

from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.budgets.refusals import BudgetFileRefusedError, too_big
from portal.core.office_files import Fault, OfficeFileRefusedError, check_office_file


def check_package(upload: IO[bytes], *, size: int) -> None:
    """Raises BudgetFileRefusedError unless the content is a harmless XLSX, whatever its name says."""
    try:
        check_office_file(upload, size=size, kinds={"xlsx"})
    except ValidationError as error:
        raise BudgetFileRefusedError(" ".join(error.messages)) from error
    except OfficeFileRefusedError as error:
        raise _refusal(error.fault) from error


def _refusal(fault: Fault) -> BudgetFileRefusedError:
    if fault is Fault.SWELLS:
        return too_big()
    words = {
        Fault.TOO_LARGE: _("Tệp lớn hơn 10 MB. Bỏ ảnh và các trang khác khỏi tệp rồi nạp lại."),
        Fault.PASSWORD: _("Tệp này có mật khẩu. Mở tệp, bỏ mật khẩu (Tệp › Thông tin › Bảo vệ), lưu lại rồi nạp."),
        Fault.OLD: _(
            "Đây là tệp Excel kiểu cũ (XLS), dù tên có thể ghi khác. Mở tệp, chọn Lưu thành, chọn XLSX, rồi nạp tệp mới. "
            "Đổi tên tệp thì không được."
        ),
        Fault.KIND: _(
            "Chỉ đọc được tệp Excel (XLSX). Từ Word hay PDF: bôi đen bảng, chép, rồi dán vào ô “Dán từ Excel”."
        ),
        Fault.STRANGE: _("Tệp này có phần lạ bên trong nên không đọc. Mở bằng Excel, lưu lại rồi nạp."),
    }
    return BudgetFileRefusedError(words[fault])
