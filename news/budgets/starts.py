"""Tables to begin with: the usual columns and lines of the budget forms that communes publish, told in words.

No form numbers stand here: the circular's annexes were not at hand, and a wrong number is worse than none.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.budgets.figures import PERCENT, TEXT, Column, Draft, Figures, Row

# Lines as "mark|item", each with its level in front.
_INCOME: Final = (
    "0||Tổng số thu", "1|I|Các khoản thu được hưởng 100%", "2|1|Phí, lệ phí",
    "2|2|Thu từ quỹ đất công ích và hoa lợi công sản", "2|3|Thu khác",
    "1|II|Các khoản thu phân chia theo tỷ lệ phần trăm (%)", "1|III|Thu bổ sung từ ngân sách cấp trên",
    "2|1|Bổ sung cân đối", "2|2|Bổ sung có mục tiêu", "1|IV|Thu chuyển nguồn", "1|V|Thu kết dư",
)  # fmt: skip
_SPENDING: Final = (
    "0||Tổng số chi", "1|I|Chi đầu tư phát triển", "1|II|Chi thường xuyên", "2|1|Chi giáo dục",
    "2|2|Chi y tế", "2|3|Chi văn hóa, thể thao, thông tin", "2|4|Chi bảo vệ môi trường", "2|5|Chi các hoạt động kinh tế",
    "2|6|Chi quản lý nhà nước, Đảng, đoàn thể", "2|7|Chi bảo đảm xã hội", "2|8|Chi quốc phòng, an ninh",
    "2|9|Chi khác", "1|III|Dự phòng ngân sách", "1|IV|Chi chuyển nguồn sang năm sau",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """A form to begin with; ``name`` and ``hint`` are for the clerk."""

    code: str
    name: str | Promise
    hint: str | Promise
    columns: tuple[Column, ...]
    lines: tuple[str, ...]

    def draft(self) -> Draft:
        """The table without numbers."""
        rows = []
        for line in self.lines:
            level, number, label = line.split("|", 2)
            rows.append(Row(number, label, int(level), ("",) * len(self.columns)))
        columns = tuple(Column(str(one.title), one.kind, str(one.group), one.of) for one in self.columns)
        return Draft(title=str(self.name), figures=Figures(columns, tuple(rows)))


_PLAN: Final = Column("Dự toán năm")
STARTS: Final = (
    Start(
        "du-toan", _("Cân đối dự toán ngân sách năm"), _("Dự toán trình hội đồng nhân dân, hoặc đã được quyết định"),
        (Column("Ước thực hiện năm trước"), _PLAN, Column("So sánh dự toán với năm trước (%)", PERCENT, of=(1, 0))),
        (*_INCOME, *_SPENDING),
    ),
    Start(
        "thuc-hien", _("Thực hiện dự toán thu, chi ngân sách"), _("3 tháng, 6 tháng, 9 tháng, năm"),
        (
            _PLAN, Column("Thực hiện trong kỳ"), Column("Thực hiện so với dự toán (%)", PERCENT, of=(1, 0)),
            Column("So với cùng kỳ năm trước (%)", PERCENT),
        ),
        (*_INCOME, *_SPENDING),
    ),
    Start(
        "quyet-toan", _("Quyết toán thu, chi ngân sách năm"), _("Sau khi được phê chuẩn"),
        (_PLAN, Column("Quyết toán"), Column("Quyết toán so với dự toán (%)", PERCENT, of=(1, 0))),
        (*_INCOME, *_SPENDING),
    ),
    Start(
        "thu", _("Thu ngân sách, chia phần được hưởng"), _("Mỗi khoản thu: tổng thu trên địa bàn và phần đơn vị hưởng"),
        (
            Column("Tổng thu", group="Dự toán năm"), Column("Phần được hưởng", group="Dự toán năm"),
            Column("Tổng thu", group="Thực hiện"), Column("Phần được hưởng", group="Thực hiện"),
            Column("Tổng thu", PERCENT, "So sánh (%)", (2, 0)), Column("Phần được hưởng", PERCENT, "So sánh (%)", (3, 1)),
        ),
        _INCOME,
    ),
    Start(
        "chi", _("Chi ngân sách, chia đầu tư và thường xuyên"), _("Mỗi lĩnh vực: tổng số, đầu tư phát triển, thường xuyên"),
        (
            Column("Tổng số", group="Dự toán năm"), Column("Đầu tư phát triển", group="Dự toán năm"),
            Column("Thường xuyên", group="Dự toán năm"), Column("Tổng số", group="Thực hiện"),
            Column("Đầu tư phát triển", group="Thực hiện"), Column("Thường xuyên", group="Thực hiện"),
        ),
        tuple(line for line in _SPENDING if line.startswith(("0", "2")) or "phòng" in line),
    ),
    Start(
        "du-an", _("Vốn đầu tư theo công trình, dự án"), _("Mỗi dòng một công trình"),
        (
            Column("Địa điểm", TEXT), Column("Kế hoạch vốn năm"), Column("Giải ngân lũy kế"),
            Column("Giải ngân so với kế hoạch (%)", PERCENT, of=(2, 1)),
        ),
        ("0||Tổng số", "1|1|Công trình thứ nhất", "1|2|Công trình thứ hai", "1|3|Công trình thứ ba"),
    ),
)  # fmt: skip


def start_named(code: str) -> Start | None:
    """A form by its code; None for one that is not there."""
    return next((one for one in STARTS if one.code == code), None)
