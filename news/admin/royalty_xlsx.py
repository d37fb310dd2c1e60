"""The sheet of a month as an Excel workbook: a page of people to pay, a page of works."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from news.actions.royalty_sheets import line_note
from news.models import RoyaltyLine, RoyaltySheet
from news.rules.number_words import dong_words
from portal.core.spreadsheets import DAY, DONG, INTEGER, NUMBER, Column, Table


def sheet_tables(
    sheet: RoyaltySheet, lines: Sequence[RoyaltyLine], people: Sequence[dict[str, Any]], unit: str
) -> tuple[Table, Table]:
    """The workbook's pages: people to pay, then works; numbers are numbers, days are days."""
    state = (
        _("Đã khóa ngày %(day)s") % {"day": f"{sheet.locked_at:%d/%m/%Y}"}
        if sheet.locked_at
        else _("Bản tạm tính, chưa khóa")
    )
    return _people(sheet, people, unit, state), _works(sheet, lines, unit, state)


def _people(sheet: RoyaltySheet, people: Sequence[dict[str, Any]], unit: str, state: str) -> Table:
    return Table(
        tab=_("Chi trả"),
        owner=unit,
        title=_("Bảng chi trả nhuận bút tháng %(month)s") % {"month": f"{sheet.month:%m/%Y}"},
        note=state,
        columns=[
            Column(_("STT"), 6, INTEGER), Column(_("Bút danh"), 26), Column(_("Họ và tên"), 28),
            Column(_("Nơi công tác"), 30), Column(_("Số tin, bài"), 11, INTEGER),
            Column(_("Số tiền (đồng)"), 18, DONG), Column(_("Ký nhận"), 18),
        ],
        rows=[
            [number, row["pen_name"], row["real_name"], row["department"], row["works"], row["total"], ""]
            for number, row in enumerate(people, start=1)
        ],
        totals=["", _("Cộng"), "", "", "", sheet.total],
        below=[["", _("Bằng chữ: %(words)s.") % {"words": dong_words(sheet.total)}]],
        frozen=2,
    )  # fmt: skip


def _works(sheet: RoyaltySheet, lines: Sequence[RoyaltyLine], unit: str, state: str) -> Table:
    return Table(
        tab=_("Theo bài"),
        owner=unit,
        title=_("Nhuận bút tháng %(month)s theo bài") % {"month": f"{sheet.month:%m/%Y}"},
        note=state,
        columns=[
            Column(_("STT"), 6, INTEGER), Column(_("Tin, bài"), 52), Column(_("Ngày đăng"), 12, DAY),
            Column(_("Thể loại"), 22), Column(_("Hệ số"), 8, NUMBER), Column(_("Số lượng"), 9, INTEGER),
            Column(_("Đơn vị hệ số"), 12, DONG), Column(_("Tỷ lệ (%)"), 9, NUMBER), Column(_("Cộng thêm"), 30),
            Column(_("Cả tác phẩm"), 14, DONG), Column(_("Bút danh"), 24), Column(_("Vai trò"), 12),
            Column(_("Phần (%)"), 9, NUMBER), Column(_("Số tiền (đồng)"), 16, DONG), Column(_("Ghi chú"), 26),
        ],
        rows=[
            [
                number, line.article_title, line.published_on, line.genre_name, line.coefficient, line.quantity,
                line.base_amount, line.unit_percent, line.supplements, line.work_amount, line.pen_name,
                line.get_role_display(), line.share_percent, line.amount, line_note(line),
            ]
            for number, line in enumerate(lines, start=1)
        ],
        totals=["", _("Cộng"), *[""] * 11, sheet.total],
        frozen=2,
    )  # fmt: skip
