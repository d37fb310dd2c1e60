"""Whom the demo's units are staffed with: divisions, posts and duties by kind of unit. Every person is invented."""

from dataclasses import dataclass
from typing import Final

from units.enums import UnitKind
from units.enums.people import DivisionKind, PostLevel
from units.models import Unit


@dataclass(frozen=True, slots=True)
class DivisionPlan:
    """A part of a unit; ``inside`` is the name of the one it belongs to."""

    name: str
    short_name: str
    kind: DivisionKind
    duties: str
    room: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class PostPlan:
    """A post, and who holds it by the name's seed; ``division`` is a division's name, empty for the unit's leaders."""

    seed: str
    title: str
    short_title: str
    level: PostLevel
    duties: str
    division: str = ""


LEADER, HEAD, STAFF = PostLevel.LEADER, PostLevel.HEAD, PostLevel.STAFF
OFFICE, DIVISION, CENTRE, OTHER = DivisionKind.OFFICE, DivisionKind.DIVISION, DivisionKind.CENTRE, DivisionKind.OTHER
COMMUNE_OFFICE: Final = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"
CENTRE_NAME: Final = "Trung tâm Phục vụ hành chính công"
DESK: Final = "Bộ phận Tiếp nhận và Trả kết quả"
SOCIAL: Final = "Phòng Văn hóa – Xã hội"
CITY_OFFICE: Final = "Văn phòng Ủy ban nhân dân thành phố"


def _economy(unit: Unit) -> str:
    return "Phòng Kinh tế" if unit.type_name == "Xã" else "Phòng Kinh tế, Hạ tầng và Đô thị"


def _commune_divisions(unit: Unit) -> tuple[DivisionPlan, ...]:
    land = "nông nghiệp, môi trường" if unit.type_name == "Xã" else "trật tự đô thị, vỉa hè"
    return (
        DivisionPlan(COMMUNE_OFFICE, "VP HĐND và UBND", OFFICE, "Lịch công tác, văn thư, tiếp công dân, phục vụ họp.", "Tầng 2"),
        DivisionPlan(_economy(unit), "Phòng Kinh tế", DIVISION, f"Ngân sách, đất đai, xây dựng, {land}, hộ kinh doanh.", "Tầng 1"),
        DivisionPlan(SOCIAL, "Phòng VH – XH", DIVISION, "Trường học, y tế, chính sách xã hội, lễ hội, di tích.", "Tầng 1"),
        DivisionPlan(CENTRE_NAME, "TT PVHCC", CENTRE, "Nhận hồ sơ, hẹn ngày, trả kết quả thủ tục hành chính.", "Tầng 1, cửa chính"),
        DivisionPlan(DESK, "Một cửa", OTHER, "Bàn hướng dẫn, bàn nhận hồ sơ, bàn trả kết quả.", inside=CENTRE_NAME),
    )  # fmt: skip


def _commune_posts(unit: Unit) -> tuple[PostPlan, ...]:
    place = f"Ủy ban nhân dân {unit.type_name.lower()}"
    return (
        PostPlan("Chủ tịch Ủy ban nhân dân", f"Chủ tịch {place}", "Chủ tịch", LEADER,
                 "Điều hành chung; ngân sách, tổ chức bộ máy, quốc phòng, an ninh, phòng chống thiên tai."),
        PostPlan("Phó Chủ tịch phụ trách kinh tế", f"Phó Chủ tịch {place}", "PCT Kinh tế", LEADER,
                 "Đất đai, xây dựng, giao thông, nông nghiệp, môi trường, hộ kinh doanh."),
        PostPlan("Phó Chủ tịch phụ trách văn hóa, xã hội", f"Phó Chủ tịch {place}", "PCT Văn xã", LEADER,
                 "Giáo dục, y tế, văn hóa, chính sách xã hội, chuyển đổi số."),
        PostPlan("Chánh Văn phòng", f"Chánh Văn phòng Hội đồng nhân dân và {place}", "Chánh Văn phòng", LEADER,
                 "Lịch công tác, phát ngôn, tiếp công dân, văn thư.", COMMUNE_OFFICE),
        PostPlan("Trưởng phòng kinh tế", f"Trưởng p{_economy(unit)[1:]}", "TP Kinh tế", HEAD,
                 "Địa chính, cấp phép xây dựng nhà ở, thuế hộ kinh doanh.", _economy(unit)),
        PostPlan("Trưởng phòng văn hóa", "Trưởng phòng Văn hóa – Xã hội", "TP VH – XH", HEAD,
                 "Người có công, trẻ em, trường học, lễ hội.", SOCIAL),
        PostPlan("Giám đốc Trung tâm Phục vụ hành chính công", f"Giám đốc {CENTRE_NAME}", "GĐ TT PVHCC", HEAD,
                 "Quầy nhận hồ sơ, hẹn trả kết quả.", CENTRE_NAME),
        PostPlan("Công chức hộ tịch", "Công chức tư pháp – hộ tịch", "Hộ tịch", STAFF,
                 "Khai sinh, kết hôn, khai tử, chứng thực.", DESK),
        PostPlan("Công chức địa chính", "Công chức địa chính – xây dựng", "Địa chính", STAFF,
                 "Đất đai, đo đạc, xác nhận tranh chấp.", _economy(unit)),
    )  # fmt: skip


_CITY_DIVISIONS: Final = (
    DivisionPlan(CITY_OFFICE, "VP UBND", OFFICE, "Chương trình, lịch công tác, kiểm soát thủ tục, phát ngôn.", "Tầng 2"),
    DivisionPlan("Phòng Tổng hợp", "Tổng hợp", DIVISION, "Chương trình công tác, báo cáo.", inside=CITY_OFFICE),
    DivisionPlan("Phòng Hành chính – Tổ chức", "Hành chính", DIVISION, "Văn thư, lưu trữ, phục vụ họp.", inside=CITY_OFFICE),
    DivisionPlan("Ban Tiếp công dân thành phố", "Ban TCD", OTHER, "Tiếp người dân, nhận đơn.", "Cổng số 2", CITY_OFFICE),
    DivisionPlan("Trung tâm Công báo, Cổng thông tin", "TT Công báo", CENTRE, "Công báo, cổng thông tin điện tử.", inside=CITY_OFFICE),
)  # fmt: skip
_CITY: Final = "Ủy ban nhân dân thành phố"
_CITY_POSTS: Final = (
    PostPlan("Chủ tịch Ủy ban nhân dân", f"Chủ tịch {_CITY}", "Chủ tịch", LEADER,
             "Điều hành chung; quy hoạch, đầu tư công, tổ chức bộ máy, quốc phòng, an ninh."),
    PostPlan("Phó Chủ tịch phụ trách kinh tế", f"Phó Chủ tịch {_CITY}", "PCT Kinh tế", LEADER,
             "Công nghiệp, thương mại, nông nghiệp, biển, đầm phá."),
    PostPlan("Phó Chủ tịch phụ trách đô thị", f"Phó Chủ tịch {_CITY}", "PCT Đô thị", LEADER,
             "Đô thị, giao thông, đất đai, môi trường, phòng chống thiên tai."),
    PostPlan("Phó Chủ tịch phụ trách văn hóa, xã hội", f"Phó Chủ tịch {_CITY}", "PCT Văn xã", LEADER,
             "Di sản, văn hóa, giáo dục, y tế, du lịch, chính sách xã hội."),
    PostPlan("Chánh Văn phòng", f"Chánh Văn phòng {_CITY}", "Chánh Văn phòng", LEADER,
             "Lịch công tác, phát ngôn, kiểm soát thủ tục hành chính.", CITY_OFFICE),
    PostPlan("Phó Chánh Văn phòng", f"Phó Chánh Văn phòng {_CITY}", "Phó CVP", HEAD,
             "Cổng thông tin, công báo, chuyển đổi số.", CITY_OFFICE),
    PostPlan("Trưởng phòng tổng hợp", "Trưởng phòng Tổng hợp", "TP Tổng hợp", HEAD, "Chương trình công tác.", "Phòng Tổng hợp"),
    PostPlan("Trưởng phòng hành chính", "Trưởng phòng Hành chính – Tổ chức", "TP Hành chính", HEAD,
             "Văn thư, phục vụ họp.", "Phòng Hành chính – Tổ chức"),
    PostPlan("Trưởng ban tiếp công dân", "Trưởng ban Tiếp công dân", "Ban TCD", HEAD,
             "Nhận đơn, xếp lịch gặp lãnh đạo.", "Ban Tiếp công dân thành phố"),
    PostPlan("Giám đốc công báo", "Giám đốc Trung tâm Công báo, Cổng thông tin", "GĐ Công báo", HEAD,
             "Trang này, công báo.", "Trung tâm Công báo, Cổng thông tin"),
)  # fmt: skip
_HEADS: Final = {
    "vpubnd": ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Phó CVP"),
    "thanhtra": ("Chánh Thanh tra", "Phó Chánh Thanh tra", "Phó CTT"),
    "bqlkktcn": ("Trưởng ban", "Phó Trưởng ban", "Phó TB"),
    "hdnd": ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Phó CVP"),
}
_DEPARTMENT_DIVISIONS: Final = (
    DivisionPlan("Bộ phận Văn phòng", "Văn phòng", OFFICE, "Lịch công tác, văn thư, tài chính, tổ chức.", "Phòng 101"),
    DivisionPlan("Phòng Nghiệp vụ 1", "Nghiệp vụ 1", DIVISION, "Hướng dẫn phường, xã; giải quyết thủ tục.", "Phòng 203"),
    DivisionPlan("Phòng Nghiệp vụ 2", "Nghiệp vụ 2", DIVISION, "Kiểm tra, kế hoạch, báo cáo ngành.", "Phòng 205"),
)  # fmt: skip


def _department_posts(unit: Unit) -> tuple[PostPlan, ...]:
    head, deputy, short = _HEADS.get(unit.slug, ("Giám đốc", "Phó Giám đốc", "Phó GĐ"))
    return (
        PostPlan("Người đứng đầu", f"{head} {unit.name}"[:160], head, LEADER,
                 "Điều hành chung; tổ chức bộ máy, tài chính."),
        PostPlan("Cấp phó thứ nhất", f"{deputy} {unit.name}"[:160], f"{short} 1", LEADER, "Chuyên môn, kế hoạch."),
        PostPlan("Cấp phó thứ hai", f"{deputy} {unit.name}"[:160], f"{short} 2", LEADER,
                 "Cải cách thủ tục, chuyển đổi số, tiếp công dân."),
        PostPlan("Phụ trách văn phòng", "Phụ trách Bộ phận Văn phòng", "Văn phòng", HEAD, "Lịch, văn thư.", "Bộ phận Văn phòng"),
        PostPlan("Trưởng phòng một", "Trưởng phòng Nghiệp vụ 1", "TP NV1", HEAD, "Giải quyết thủ tục.", "Phòng Nghiệp vụ 1"),
        PostPlan("Trưởng phòng hai", "Trưởng phòng Nghiệp vụ 2", "TP NV2", HEAD, "Kế hoạch, báo cáo.", "Phòng Nghiệp vụ 2"),
    )  # fmt: skip


def divisions_of(unit: Unit) -> tuple[DivisionPlan, ...]:
    """The apparatus of a unit by its kind."""
    if unit.kind == UnitKind.COMMUNE:
        return _commune_divisions(unit)
    return _CITY_DIVISIONS if unit.kind == UnitKind.PROVINCE else _DEPARTMENT_DIVISIONS


def posts_of(unit: Unit) -> tuple[PostPlan, ...]:
    """The posts of a unit by its kind, leaders first."""
    if unit.kind == UnitKind.COMMUNE:
        return _commune_posts(unit)
    return _CITY_POSTS if unit.kind == UnitKind.PROVINCE else _department_posts(unit)
