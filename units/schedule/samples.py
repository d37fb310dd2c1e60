"""Sample tables to fill in: the week's days are there already; read back in they are empty."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import WEEKDAYS
from units.enums.schedule import DaySession
from units.schedule.files import WeekFile, docx_of, xlsx_of

_ROWS_EACH = 2
_WORKING_DAYS = 5
_WIDTHS = (12, 8, 12, 34, 17, 24, 17, 13)


def _days(monday: date) -> tuple[list[list[str]], list[tuple[int, int, int]]]:
    """Empty rows for five days, and which cells are merged."""
    rows: list[list[str]] = []
    merges: list[tuple[int, int, int]] = []
    for count in range(_WORKING_DAYS):
        day = monday + timedelta(days=count)
        merges.append((0, len(rows), len(rows) + 2 * _ROWS_EACH - 1))
        for half in (DaySession.MORNING, DaySession.AFTERNOON):
            merges.append((1, len(rows), len(rows) + _ROWS_EACH - 1))
            for number in range(_ROWS_EACH):
                is_first = half == DaySession.MORNING and not number
                words = f"{WEEKDAYS[day.weekday()]}\n{day:%d/%m/%Y}" if is_first else ""
                rows.append([words, str(half.label) if not number else "", *[""] * (len(_WIDTHS) - 2)])
    return rows, merges


def _sample(monday: date, office: str) -> WeekFile:
    rows, merges = _days(monday)
    notes = [
        _(
            "Cách ghi: mỗi dòng một việc; giờ như 8h00 hoặc 8:00 – 9:30, để trống nếu cả buổi. Thêm dòng, thêm cột tùy ý."
        ),
        _("Chủ trì ghi chức vụ hoặc họ tên như trong mục Lãnh đạo. Thành phần cách nhau bằng dấu chấm phẩy."),
    ]
    sunday = monday + timedelta(days=6)
    span = _("Từ ngày %(first)s đến ngày %(last)s") % {"first": f"{monday:%d/%m/%Y}", "last": f"{sunday:%d/%m/%Y}"}
    heads = [
        *(_("Thứ, ngày"), _("Buổi"), _("Giờ"), _("Nội dung"), _("Chủ trì")),
        *(_("Thành phần"), _("Địa điểm"), _("Chuẩn bị")),
    ]
    title = _("LỊCH CÔNG TÁC TUẦN %(week)d") % {"week": monday.isocalendar().week}
    return WeekFile(office.upper(), title, span, heads, _WIDTHS, rows, merges, frozenset(), notes)


def sample_xlsx(monday: date, office: str) -> bytes:
    """For Excel."""
    return xlsx_of(_sample(monday, office))


def sample_docx(monday: date, office: str) -> bytes:
    """For Word."""
    return docx_of(_sample(monday, office))
