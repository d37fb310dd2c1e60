"""What must be read from each of the offices' tables, entry by entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.factories.schedule_files import (
    banner_rows,
    days_as_columns,
    formula_dates,
    halves_as_columns,
    leaders_as_columns,
    merged_office_table,
    plain_list,
    real_dates,
    several_sheets,
    table_for_each_day,
)

MORNING, AFTERNOON, EVENING, ALL_DAY = "MORNING", "AFTERNOON", "EVENING", "ALL_DAY"


@dataclass(frozen=True)
class Expected:
    """One entry as the file says it; what is not given must be empty."""

    day: int
    session: str
    starts: str
    title: str
    chair: str = ""
    place: str = ""
    attendees: str = ""
    preparing: str = ""
    ends: str = ""
    content: str = ""
    vehicle: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Layout:
    """A file and what must be read from it."""

    name: str
    build: Callable[[], bytes]
    entries: Sequence[Expected] = field(default_factory=list)


LAYOUTS = [
    Layout("merged.docx", merged_office_table, [
        Expected(23, MORNING, "7:30", "Chào cờ đầu tuần", "Chủ tịch", "Sân trụ sở", "Toàn thể cán bộ, công chức"),
        Expected(23, MORNING, "8:00", "Họp giao ban Ủy ban nhân dân", "CT Nguyễn Văn An", "Phòng họp số 1",
                 "Các PCT; Phòng Kinh tế; Văn phòng", ends="10:30", content="Rà soát nhiệm vụ tháng 11"),
        Expected(23, AFTERNOON, "14:30", "Làm việc với Ban Quản lý chợ An Hòa", "PCT Trần Thị Bình", "Phòng họp số 2", "Phòng Kinh tế"),
        Expected(24, MORNING, "8:30", "Kiểm tra tiến độ đường Nguyễn Trãi", "Phó Chủ tịch Lê Công Cường", "Hiện trường", ends="10:00"),
        Expected(24, AFTERNOON, "", "Tiếp công dân định kỳ", "Chủ tịch", "Trụ sở tiếp công dân", "Ban Tiếp công dân"),
        Expected(25, ALL_DAY, "", "Tập huấn chuyển đổi số", attendees="Lãnh đạo các phòng"),
    ]),
    Layout("days.docx", table_for_each_day, [
        Expected(23, MORNING, "8:00", "Họp Ban Chỉ đạo cải cách hành chính", "Đ/c Nguyễn Văn An", "Phòng họp số 1", "Trưởng các phòng", "Văn phòng"),
        Expected(23, AFTERNOON, "14:00", "Dự hội nghị của Thành phố", "Đ/c Trần Thị Bình", "Hội trường Thành phố", vehicle="Xe số 1"),
        Expected(26, MORNING, "9:15", "Thăm Trường Tiểu học An Hòa", "Đ/c Lê Công Cường", "Trường Tiểu học An Hòa", preparing="Phòng Văn hóa – Xã hội", vehicle="Xe số 2"),
    ]),
    Layout("leaders.docx", leaders_as_columns, [
        Expected(23, MORNING, "8:00", "Họp giao ban đầu tuần", "CHỦ TỊCH Nguyễn Văn An", "Phòng họp số 1", "PHÓ CHỦ TỊCH Trần Thị Bình"),
        Expected(23, MORNING, "", "Làm việc tại trụ sở", "PHÓ CHỦ TỊCH Lê Công Cường"),
        Expected(23, AFTERNOON, "14:00", "Chủ trì họp về ngân sách", "CHỦ TỊCH Nguyễn Văn An", "Phòng họp số 2"),
        Expected(23, AFTERNOON, "16:00", "Ký văn bản", "CHỦ TỊCH Nguyễn Văn An"),
        Expected(23, AFTERNOON, "", "Đi cơ sở", "PHÓ CHỦ TỊCH Trần Thị Bình"),
        Expected(27, MORNING, "", "Dự kỳ họp Hội đồng nhân dân Thành phố", place="Hội trường Thành phố", attendees="CHỦ TỊCH Nguyễn Văn An"),
        Expected(27, MORNING, "7:30", "Kiểm tra vệ sinh môi trường", "PHÓ CHỦ TỊCH Lê Công Cường"),
        Expected(27, MORNING, "9:00", "Họp xóm 3", "PHÓ CHỦ TỊCH Lê Công Cường", "Nhà văn hóa"),
    ]),
    Layout("list.docx", plain_list, [
        Expected(23, MORNING, "8:00", "Họp giao ban", "Chủ tịch", "Phòng họp số 1"),
        Expected(23, AFTERNOON, "14:30", "Làm việc với Công ty Môi trường", place="Phòng họp số 2", attendees="Phòng Kinh tế, Tổ dân phố 4"),
        Expected(25, MORNING, "", "Tiếp công dân", place="Trụ sở tiếp công dân"),
        Expected(29, MORNING, "6:30", "Ra quân Ngày Chủ nhật xanh", place="bờ sông Hương", ends="8:00"),
    ]),
    Layout("halves.docx", halves_as_columns, [
        Expected(23, MORNING, "8:00", "Giao ban tuần", "Chủ tịch", "Phòng họp số 1"),
        Expected(23, AFTERNOON, "14:00", "Họp thẩm định giá đất"),
        Expected(23, AFTERNOON, "15:30", "Tiếp Đoàn công tác Sở Nội vụ"),
        Expected(24, MORNING, "", "Đi kiểm tra cơ sở"),
        Expected(24, AFTERNOON, "", "Làm việc tại trụ sở"),
    ]),
    Layout("dates.xlsx", real_dates, [
        Expected(23, MORNING, "8:00", "Họp giao ban", "CT", "Phòng họp số 1"),
        Expected(23, AFTERNOON, "14:30", "Họp hội đồng nghĩa vụ quân sự", "PCT Trần Thị Bình", "Phòng họp số 2", notes="Mang hồ sơ"),
        Expected(24, MORNING, "7:30", "Kiểm tra mô hình trồng rau", "PCT Lê Công Cường", "Thôn 2", ends="9:00", vehicle="Xe số 1"),
        Expected(28, ALL_DAY, "", "Trực bão"),
    ]),
    Layout("banners.xlsx", banner_rows, [
        Expected(23, MORNING, "8:00", "Họp giao ban Sở", "Giám đốc", "Phòng họp số 1", "Các Phó Giám đốc"),
        Expected(23, AFTERNOON, "13:30", "Hội nghị tổng kết dự án", "Phó Giám đốc Trần Thị Bình", "Hội trường", "Phòng Kế hoạch", ends="16:00"),
        Expected(23, AFTERNOON, "", "Làm việc tại cơ quan", "Giám đốc"),
        Expected(26, EVENING, "19:00", "Dự đêm văn nghệ quần chúng", "Giám đốc", "Nhà hát Sông Hương", notes="Trang phục áo dài"),
    ]),
    Layout("sheets.xlsx", several_sheets, [
        Expected(23, MORNING, "8:00", "Họp giao ban", "Chủ tịch", "Phòng họp số 1"),
        Expected(24, AFTERNOON, "14:00", "Đối thoại với thanh niên", "PCT Trần Thị Bình", "Hội trường UBND"),
    ]),
    Layout("columns.xlsx", days_as_columns, [
        Expected(23, MORNING, "8:00", "Giao ban", "Chủ tịch Nguyễn Văn An", "Phòng họp số 1"),
        Expected(23, AFTERNOON, "14:00", "Làm việc với Sở Xây dựng", "Chủ tịch Nguyễn Văn An"),
        Expected(24, ALL_DAY, "", "Tiếp công dân", "Chủ tịch Nguyễn Văn An"),
        Expected(24, MORNING, "7:30", "Kiểm tra trường học", "PCT Trần Thị Bình"),
        Expected(25, MORNING, "", "Dự lễ phát động", place="Quảng trường", attendees="PCT Trần Thị Bình"),
    ]),
    Layout("formulas.xlsx", formula_dates, [
        Expected(23, MORNING, "8:00", "Họp giao ban", "Chủ tịch", "Phòng họp số 1"),
        Expected(24, MORNING, "9:00", "Khai mạc hội thi", "Chủ tịch", "Nhà văn hóa"),
    ]),
]  # fmt: skip
