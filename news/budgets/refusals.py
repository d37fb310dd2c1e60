"""Why a file or a pasted text is not read, in a sentence that says what to do."""

from django.utils.translation import gettext as _


class BudgetFileRefusedError(Exception):
    """Nothing of the file is taken; the text is for the clerk."""


def broken() -> BudgetFileRefusedError:
    """It can not be opened."""
    return BudgetFileRefusedError(_("Tệp này bị hỏng. Mở bằng Excel, lưu lại rồi nạp."))


def too_big() -> BudgetFileRefusedError:
    """It would take all memory."""
    return BudgetFileRefusedError(
        _("Tệp này bung ra quá lớn so với một biểu công khai. Chép riêng trang có bảng sang tệp mới rồi nạp.")
    )


def no_table() -> BudgetFileRefusedError:
    """No head, no numbers."""
    return BudgetFileRefusedError(
        _(
            "Không thấy bảng số liệu. Máy tìm một dòng tiêu đề có cột “Nội dung” (hoặc Chỉ tiêu, Khoản mục) và ít nhất một "
            "cột số, như Dự toán, Thực hiện. Xem lại tệp, hoặc nhập bằng tay."
        )
    )
