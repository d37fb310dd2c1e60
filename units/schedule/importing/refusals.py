"""Why a file is not read, in a sentence that says what to do."""

from datetime import date

from django.utils.translation import gettext as _

from units.rules.schedule import monday_of


class ScheduleFileRefusedError(Exception):
    """The file can not be read as a week's table; the text is for the clerk. ``monday`` is a better week, where one is known."""

    def __init__(self, words: str, *, monday: date | None = None) -> None:
        super().__init__(words)
        self.monday = monday


def nothing_found() -> ScheduleFileRefusedError:
    """No table, no list."""
    return ScheduleFileRefusedError(
        _(
            "Không thấy lịch trong tệp. Máy tìm một bảng có dòng tiêu đề với các cột như Thứ/Ngày, Thời gian, Nội dung, "
            "Chủ trì, Địa điểm; hoặc mỗi cột một lãnh đạo; hoặc từng ngày với các dòng “8h00: Họp …”. "
            "Dùng tệp mẫu rồi nạp lại."
        )
    )


def nothing_written() -> ScheduleFileRefusedError:
    """A table of ours, and no entry in it."""
    return ScheduleFileRefusedError(_("Bảng trong tệp chưa ghi việc nào: cột Nội dung còn trống. Điền rồi nạp lại."))


def other_week(chosen: date, found: date) -> ScheduleFileRefusedError:
    """All its days lie elsewhere."""
    right = monday_of(found)
    return ScheduleFileRefusedError(
        _(
            "Các ngày trong tệp không thuộc tuần đã chọn (từ %(chosen)s). Tệp ghi ngày %(found)s, thuộc tuần từ %(right)s. "
            "Ô Tuần bên dưới đã đổi sang tuần ấy: chọn lại tệp rồi nạp, hoặc đổi lại tuần."
        )
        % {"chosen": f"{chosen:%d/%m/%Y}", "found": f"{found:%d/%m/%Y}", "right": f"{right:%d/%m/%Y}"},
        monday=right,
    )
