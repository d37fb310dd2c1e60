"""The demo's documents: all invented, and every abstract says so. Days are counted back from the day the demo is loaded."""

from dataclasses import dataclass
from typing import Final

from news.enums.documents import RelationKind

INVENTED: Final = "(văn bản minh họa)"


@dataclass(frozen=True, slots=True)
class Act:
    """What a document does to an earlier one of the same list, or to one that is named by its number only."""

    kind: RelationKind
    target: str
    is_partial: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. ``number`` has ``{y}`` for the year of issue; ``issued`` days ago, in force ``starts`` days after that."""

    key: str
    type_slug: str
    number: str
    abstract: str
    field_slug: str
    issued: int
    starts: int | None = 0
    ends: int | None = None
    group: str = ""
    notes: str = ""
    acts: tuple[Act, ...] = ()
    everywhere: bool = False
    is_signed: bool = False
    has_appendix: bool = False


AMENDS, REPLACES, GUIDES, BASED_ON = (
    RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.GUIDES, RelationKind.BASED_ON,
)  # fmt: skip

# A decision, its three amendments, and the one that replaces it soon; a steering letter, a plan, a notice.
PROVINCE: Final = (
    Paper("via-he", "quyet-dinh", "31/{y}/QĐ-UBND", "Quy định sử dụng tạm thời vỉa hè, lòng đường cho đám cưới, đám tang, lễ hội",
          "giao-thong-van-tai", 1880, starts=10, group="NORMATIVE"),
    Paper("via-he-1", "quyet-dinh", "12/{y}/QĐ-UBND", "Sửa đổi thời hạn cấp phép tại Quy định sử dụng tạm thời vỉa hè, lòng đường",
          "giao-thong-van-tai", 1500, starts=12, group="NORMATIVE", acts=(Act(AMENDS, "via-he", is_partial=True, what="Điều 5"),)),
    Paper("via-he-2", "quyet-dinh", "40/{y}/QĐ-UBND", "Bổ sung tuyến phố không cho để vật liệu trên vỉa hè",
          "giao-thong-van-tai", 1130, starts=10, group="NORMATIVE", acts=(Act(AMENDS, "via-he", is_partial=True, what="Phụ lục 1"),)),
    Paper("via-he-3", "quyet-dinh", "08/{y}/QĐ-UBND", "Giao phường, xã cấp phép sử dụng tạm thời vỉa hè thay quận, huyện",
          "giao-thong-van-tai", 500, starts=11, group="NORMATIVE",
          acts=(Act(AMENDS, "via-he", is_partial=True, what="Điều 3, Điều 4"), Act(AMENDS, "via-he-1", is_partial=True, what="Điều 1"))),
    Paper("via-he-moi", "quyet-dinh", "78/{y}/QĐ-UBND", "Quy định sử dụng tạm thời một phần vỉa hè, lòng đường trên địa bàn thành phố",
          "giao-thong-van-tai", 4, starts=25, group="NORMATIVE", everywhere=True, is_signed=True, has_appendix=True,
          notes="Muốn dựng rạp cưới, rạp tang trên vỉa hè thì báo phường trước 24 giờ, không phải xin phép. Tổ chức lễ hội, để "
                "vật liệu xây dựng vẫn phải có giấy phép của phường.",
          acts=(Act(REPLACES, "via-he"), Act(BASED_ON, "35/2024/QH15"))),
    Paper("mua-lu", "cong-dien", "21/CĐ-UBND", "Ứng phó mưa lũ những ngày tới: trực ban, kiểm tra nơi ở ven sông, ven đầm",
          "phong-chong-thien-tai", 1, group="STEERING", everywhere=True, is_signed=True,
          notes="Nhà ở ven sông, ven đầm, chân núi chuẩn bị đồ khô, nước uống, đèn pin. Gọi 112 khi cần cứu hộ."),
    Paper("tet", "ke-hoach", "231/KH-UBND", "Tổ chức chợ hoa Tết và điểm đỗ xe phục vụ Tết", "cong-nghiep-thuong-mai", 10,
          everywhere=True),
    Paper("phan-anh", "chi-thi", "09/CT-UBND", "Tăng cường kỷ luật trả lời phản ánh, kiến nghị của người dân đúng hạn",
          "khieu-nai-to-cao", 17, is_signed=True),
    Paper("chieu-sang", "quyet-dinh", "71/{y}/QĐ-UBND", "Phân cấp quản lý chiếu sáng công cộng, cây xanh cho phường, xã",
          "quy-hoach-do-thi", 25, starts=10, group="NORMATIVE", everywhere=True),
    Paper("hop", "thong-bao", "112/TB-UBND", "Kết luận phiên họp thường kỳ của Ủy ban nhân dân thành phố", "cai-cach-hanh-chinh",
          29, starts=None),
    Paper("giu-xe", "quyet-dinh", "15/{y}/QĐ-UBND", "Giá tối đa dịch vụ trông giữ xe dịp lễ hội, áp dụng thí điểm một năm",
          "thue-phi-le-phi", 800, starts=10, ends=375, group="NORMATIVE"),
    Paper("so-hoa", "nghi-quyet", "07/{y}/NQ-HĐND", "Mức hỗ trợ số hóa hồ sơ địa chính cấp xã", "dat-dai", 220, starts=10,
          has_appendix=True),
)  # fmt: skip

COMMUNE: Final = (
    Paper("rac", "quyet-dinh", "45/QĐ-UBND", "Điều chỉnh giờ và tuyến thu gom rác sinh hoạt trên địa bàn {unit}", "moi-truong", 6,
          starts=4, is_signed=True, notes="Xe đi sớm hơn trước 30 phút. Xem giờ của từng tuyến trong phụ lục.", has_appendix=True),
    Paper("via-he-xa", "huong-dan", "03/HD-UBND", "Hướng dẫn báo dựng rạp cưới, rạp tang trên vỉa hè tại {unit}",
          "giao-thong-van-tai", 2, starts=None, acts=(Act(GUIDES, "@via-he-moi"),)),
    Paper("tiep-dan", "thong-bao", "18/TB-UBND", "Lịch tiếp công dân quý IV của Chủ tịch Ủy ban nhân dân {unit}",
          "khieu-nai-to-cao", 40, starts=None),
    Paper("ke-hoach-lu", "ke-hoach", "27/KH-UBND", "Phòng, chống lụt bão và sơ tán dân năm {y} trên địa bàn {unit}",
          "phong-chong-thien-tai", 60, acts=(Act(BASED_ON, "@mua-lu"),)),
)  # fmt: skip

DEPARTMENT: Final = (
    Paper("chung-thuc", "huong-dan", "14/HD-STP", "Hướng dẫn chứng thực bản sao điện tử tại phường, xã", "tu-phap-ho-tich", 33,
          starts=None, is_signed=True),
    Paper("ho-tich", "cong-van", "1320/STP-HCTP", "Rà soát dữ liệu hộ tịch trước khi đồng bộ", "tu-phap-ho-tich", 12, starts=None),
)  # fmt: skip
