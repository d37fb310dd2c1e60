"""What the demo's leaders do all week: ordinary meetings and visits of a province, a department, a coastal ward. All invented."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from portal.pages.demo.wording import rng
from units.enums import UnitKind
from units.models import Unit


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line; ``chair`` counts the unit's leaders, ``room`` its rooms; a ``place`` stands instead of a room."""

    weekday: int
    starts_at: time
    ends_at: time | None
    title: str
    chair: int = 0
    room: int = 0
    place: str = ""
    content: str = ""
    attendees: str = ""
    is_internal: bool = False


# Every Monday at half past seven.
SERIES: Final = ("Giao ban đầu tuần", "FREQ=WEEKLY;BYDAY=MO", time(7, 30), time(8, 45))
_MON, _TUE, _WED, _THU, _FRI = range(5)

# The head receives citizens on Thursday mornings (communes) and on the 10th and 25th: nothing of theirs then.
_CITY: Final = (
    Meeting(_MON, time(9, 30), time(11), "Họp ứng phó mưa lũ", 2, place="Trực tuyến với 40 phường, xã",
            attendees="Chủ tịch Ủy ban nhân dân 40 phường, xã; các cơ quan phòng chống thiên tai"),
    Meeting(_MON, time(14), None, "Kiểm tra khu neo đậu tàu thuyền", 1, place="Phường Thuận An"),
    Meeting(_TUE, time(8), time(9, 30), "Khánh thành trường học", 3, place="Xã Bình Điền"),
    Meeting(_TUE, time(14), time(16, 30), "Làm việc về chuyển đổi số cấp xã", 0, 1,
            content="Tiến độ số hóa hồ sơ, kết nối dữ liệu một cửa.", attendees="Trung tâm phục vụ hành chính công"),
    Meeting(_WED, time(14, 30), time(16, 30), "Thông qua đồ án chỉnh trang bờ nam sông Hương", 2, place="Sở Xây dựng"),
    Meeting(_WED, time(9), time(10, 30), "Họp bàn giá dịch vụ thu gom rác", 1, 1),
    Meeting(_THU, time(8), time(11, 30), "Họp Ủy ban nhân dân thành phố thường kỳ", 0, 2,
            attendees="Thành viên Ủy ban nhân dân; thủ trưởng các sở, ban, ngành"),
    Meeting(_THU, time(14), time(17), "Họp Ủy ban nhân dân thành phố thường kỳ (tiếp)", 0, 2),
    Meeting(_THU, time(18, 30), None, "Dự chương trình nghệ thuật truyền thống", 3, place="Duyệt Thị Đường, Đại Nội"),
    Meeting(_FRI, time(8, 30), time(10, 30), "Thăm làng nghề gốm Phước Tích", 3, place="Phường Phong Dinh"),
    Meeting(_FRI, time(14), time(15, 30), "Nghe báo cáo công tác cán bộ", 0, 1, is_internal=True),
)  # fmt: skip
_DEPARTMENT: Final = (
    Meeting(_MON, time(14), time(16), "Họp rà soát thủ tục hành chính quá hạn", 1, 0),
    Meeting(_TUE, time(8), time(11), "Kiểm tra cơ sở tại phường, xã", 2, place="Phường Hương Thủy"),
    Meeting(_WED, time(8, 30), time(10), "Họp giao ban chuyên môn", 0, 0, attendees="Trưởng, phó các phòng"),
    Meeting(_THU, time(14), time(16), "Tập huấn phần mềm một cửa cho cấp xã", 2, 0, attendees="Công chức 40 phường, xã"),
    Meeting(_FRI, time(9), time(10, 30), "Duyệt kế hoạch ngân sách năm sau", 0, 0, is_internal=True),
)  # fmt: skip
_COAST: Final = (
    Meeting(_MON, time(9, 30), time(11), "Họp ứng phó mưa lũ, triều cường", 0, 0, attendees="Bộ đội Biên phòng; các tổ dân phố ven biển"),
    Meeting(_TUE, time(14), None, "Kiểm tra khu neo đậu tàu thuyền", 1, place="Âu thuyền Phú Hải"),
    Meeting(_WED, time(8), time(9, 30), "Đối thoại với hộ nuôi cá lồng", 1, place="Nhà văn hóa tổ dân phố Hải Bình"),
)  # fmt: skip
_TOWN: Final = (
    Meeting(_MON, time(9, 30), time(11), "Họp chống ngập, khơi thông cống", 1, 0, attendees="Tổ trưởng các tổ dân phố"),
    Meeting(_TUE, time(14), None, "Kiểm tra trật tự vỉa hè, chỗ đỗ xe", 1, place="Đường Đinh Tiên Hoàng, Mai Thúc Loan"),
    Meeting(_WED, time(8), time(9, 30), "Họp dân về chỉnh trang kiệt, hẻm", 1, place="Nhà sinh hoạt cộng đồng"),
)  # fmt: skip
_COUNTRY: Final = (
    Meeting(_MON, time(9, 30), time(11), "Họp phòng chống thiên tai", 0, 0, attendees="Trưởng thôn, xã đội"),
    Meeting(_TUE, time(14), None, "Kiểm tra đường giao thông nông thôn", 1, place="Các thôn trong xã"),
    Meeting(_WED, time(8), time(9, 30), "Họp với hợp tác xã về vụ đông xuân", 1, place="Nhà văn hóa thôn"),
)  # fmt: skip
_COMMUNE: Final = (
    Meeting(_WED, time(14), time(16), "Thăm gia đình chính sách, người cao tuổi", 2, place="Tại nhà"),
    Meeting(_THU, time(14), time(16), "Họp xét hồ sơ bảo trợ xã hội", 2, 0, content="Trợ giúp hằng tháng, hộ nghèo mới."),
    Meeting(_THU, time(8), time(10, 30), "Kiểm tra bếp ăn bán trú", 2, place="Trường tiểu học số 1"),
    Meeting(_FRI, time(8), time(10), "Họp giải phóng mặt bằng", 1, 0, attendees="Phòng Kinh tế; các hộ liên quan"),
    Meeting(_FRI, time(14), time(16), "Sơ kết tháng, chấm điểm thi đua", 0, 0, is_internal=True),
)  # fmt: skip
_COAST_UNITS: Final = frozenset({"thuan-an", "vinh-loc", "phu-vinh", "chan-may-lang-co", "phong-quang"})


def meetings_of(unit: Unit, monday: date) -> list[Meeting]:
    """The week's meetings; which of them come differs a little from week to week, the first always do."""
    if unit.kind == UnitKind.PROVINCE:
        whole: tuple[Meeting, ...] = _CITY
    elif unit.kind == UnitKind.DEPARTMENT:
        whole = _DEPARTMENT
    else:
        own = _COAST if unit.slug in _COAST_UNITS else _COUNTRY if unit.type_name == "Xã" else _TOWN
        whole = (*own, *_COMMUNE)
    left_out = rng(unit.slug, monday.isoformat()).randrange(4, len(whole) * 2)
    return [one for number, one in enumerate(whole) if number != left_out]


def rooms_of(unit: Unit) -> tuple[tuple[str, str, int], ...]:
    """Name, where, seats."""
    if unit.kind == UnitKind.PROVINCE:
        return (
            ("Phòng họp A", "Tầng 2, 16 Lê Lợi", 40),
            ("Phòng họp B", "Tầng 2, 16 Lê Lợi", 24),
            ("Hội trường", "Tầng 1, 16 Lê Lợi", 200),
        )
    if unit.kind == UnitKind.DEPARTMENT:
        return (("Phòng họp", "Tầng 2", 30), ("Phòng họp nhỏ", "Tầng 1", 12))
    return (("Phòng họp số 1", "Tầng 2", 30), ("Hội trường", "Tầng 1", 120))
