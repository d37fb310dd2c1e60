"""A ward's week on paper, sixty lines: what a clerk has beside the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.factories.schedule import MONDAY

LEADERS = ("Chủ tịch", "PCT Kinh tế", "PCT Văn xã", "Chánh Văn phòng")
ROOMS = ("Phòng họp số 1", "Phòng họp số 2", "Hội trường")
# As the office's sheet of paper looks: day, then “giờ: việc – chủ trì – địa điểm”. An asterisk: it stood there before.
PAPER = """
Thứ Hai 23/11
7h: Chào cờ đầu tuần * – Chủ tịch – Hội trường
7h30: Giao ban lãnh đạo * – Chủ tịch – Phòng họp số 1
9h: Họp Ban Thường vụ Đảng ủy * – Chủ tịch – Phòng họp số 2
9h: Giao ban khối kinh tế * – PCT Kinh tế – Phòng họp số 1
9h30: Giao ban khối văn xã * – PCT Văn xã – Hội trường
10h: Làm việc với Công an phường – Chánh Văn phòng – Phòng họp số 1
14h: Kiểm tra bộ phận một cửa * – Chánh Văn phòng – Trung tâm hành chính công
14h: Xử lý hồ sơ đất đai * – PCT Kinh tế –
14h: Duyệt chi trả chính sách * – PCT Văn xã –
15h30: Hội ý Thường trực HĐND * – Chủ tịch – Phòng họp số 2
16h: Họp dân tổ 5 về thoát nước – PCT Kinh tế – Nhà văn hóa tổ 5
Thứ Ba 24/11
7h30: Tiếp công dân * – Chủ tịch – Trụ sở tiếp công dân
7h30: Ký duyệt hồ sơ * – PCT Kinh tế –
8h: Thăm trường mầm non – PCT Văn xã – Trường Hoa Mai
8h: Họp chi bộ Văn phòng * – Chánh Văn phòng – Phòng họp số 2
9h30: Đi cơ sở * – PCT Kinh tế – Tổ dân phố 3
13h30: Dự họp UBND thành phố * – Chủ tịch – UBND thành phố
14h: Họp Ban giải phóng mặt bằng * – PCT Kinh tế – Phòng họp số 1
14h: Họp Hội đồng chính sách * – PCT Văn xã – Phòng họp số 2
15h: Rà soát công văn đến * – Chánh Văn phòng –
16h: Trực báo trật tự đô thị * – PCT Kinh tế – Phòng họp số 1
Thứ Tư 25/11
7h30: Ký duyệt hồ sơ * – Chủ tịch –
8h: Họp thành viên UBND * – Chủ tịch – Phòng họp số 1
8h: Diễn tập chữa cháy chợ – Chánh Văn phòng – Chợ Thuận An
9h: Kiểm tra kè biển – PCT Kinh tế – Bãi biển
9h30: Giao ban y tế * – PCT Văn xã – Trạm Y tế
10h: Tiếp báo chí * – Chánh Văn phòng – Phòng họp số 2
13h30: Làm việc tại cơ quan * – Chủ tịch –
14h: Xét hồ sơ hộ nghèo – PCT Văn xã – Phòng họp số 2
14h: Họp tổ xây dựng cơ bản * – PCT Kinh tế – Phòng họp số 1
15h: Tập huấn hộp thư – Chánh Văn phòng – Hội trường
16h: Hội ý lãnh đạo * – Chủ tịch – Phòng họp số 1
Thứ Năm 26/11
7h30: Tiếp công dân * – PCT Văn xã – Trụ sở tiếp công dân
8h: Họp Đảng ủy * – Chủ tịch – Hội trường
8h: Làm việc với điện lực – PCT Kinh tế – Phòng họp số 1
8h30: Ký duyệt hồ sơ * – PCT Văn xã –
9h: Kiểm tra bộ phận một cửa * – Chánh Văn phòng – Trung tâm hành chính công
10h: Đi cơ sở * – Chủ tịch – Tổ dân phố 7
13h30: Làm việc tại cơ quan * – PCT Kinh tế –
14h: Họp Ban đại diện hội – PCT Văn xã – Phòng họp số 2
14h: Xử lý hồ sơ đất đai * – PCT Kinh tế –
15h: Dự họp UBND thành phố * – Chủ tịch – UBND thành phố
16h: Rà soát công văn đến * – Chánh Văn phòng –
Thứ Sáu 27/11
7h30: Ký duyệt hồ sơ * – Chủ tịch –
8h: Đối thoại với thanh niên – Chủ tịch – Hội trường
8h: Giao ban giáo dục * – PCT Văn xã – Phòng họp số 2
9h: Họp tổ xây dựng cơ bản * – PCT Kinh tế – Phòng họp số 1
9h30: Sơ kết thu ngân sách – PCT Kinh tế – Phòng họp số 1
10h: Họp chi bộ Văn phòng * – Chánh Văn phòng – Phòng họp số 2
13h30: Làm việc tại cơ quan * – PCT Văn xã –
14h: Duyệt lịch tuần sau * – Chánh Văn phòng –
15h: Giao ban lãnh đạo * – Chủ tịch – Phòng họp số 1
16h: Trực báo trật tự đô thị * – PCT Kinh tế – Phòng họp số 1
Thứ Bảy 28/11
7h: Dọn vệ sinh bãi biển – PCT Văn xã – Bãi biển
8h: Trực lãnh đạo * – PCT Kinh tế –
14h: Trực lãnh đạo * – PCT Văn xã –
15h: Thăm gia đình liệt sĩ – Chủ tịch –
Chủ Nhật 29/11
7h30: Ra quân cắm biển bãi tắm – PCT Kinh tế – Bãi biển
8h: Trực lãnh đạo * – Chánh Văn phòng –
14h: Trực lãnh đạo * – Chủ tịch –
"""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the list."""

    day: date
    time: str
    title: str
    chair: str
    place: str
    is_known: bool


def read_paper() -> list[PaperLine]:
    found, day = [], MONDAY - timedelta(days=1)
    for line in PAPER.strip().splitlines():
        if line.startswith(("Thứ", "Chủ Nhật")):
            day += timedelta(days=1)
            continue
        at, rest = line.split(": ", 1)
        title, chair, *place = (part.strip() for part in rest.removesuffix("–").split(" – "))
        found.append(PaperLine(day, at, title.removesuffix("*").strip(), chair, (place or [""])[0], "*" in title))
    return found


def last_week(paper: list[PaperLine]) -> list[PaperLine]:
    """What comes every week, as it stood the last time: once each."""
    return list({line.title: line for line in reversed(paper) if line.is_known}.values())
