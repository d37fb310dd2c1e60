"""What citizens of the demo province reported, and what became of it: invented, in the manner of real reports."""

from dataclasses import dataclass, field

from feedback.enums.cases import CaseKind, EventKind

E = EventKind


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: how many working days after receipt, in what words; ``to`` is a unit's slug, ``days`` a later due day."""

    kind: EventKind
    after: int
    text: str = ""
    to: str = ""
    days: int = 0
    word: str = ""
    """Satisfaction, reject reason, or the post that answers."""


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """One report of the demo."""

    unit: str
    category: str
    place: str
    title: str
    text: str
    received: int
    """Calendar days ago."""
    steps: tuple[StepPlan, ...] = ()
    joins: int = 0
    is_public: bool = True
    is_held: bool = False
    """Waits for a moderator."""
    kind: CaseKind = CaseKind.REPORT
    pictures: tuple[str, ...] = field(default=())


_POST = "Trưởng phòng Kinh tế, Hạ tầng và Đô thị"
_CHAIR = "Phó Chủ tịch Ủy ban nhân dân phường"
_TAKEN = "Phòng Kinh tế, Hạ tầng và Đô thị xử lý."

REPORTS: tuple[ReportPlan, ...] = (
    ReportPlan(
        "thuan-an", "cong-ngap-nuoc", "Trước số 12 Hoàng Sa, tổ dân phố An Hải", "Nắp cống vỡ trước số 12 Hoàng Sa",
        "Nắp cống vỡ từ thứ Sáu tuần trước, nước tràn vào nhà khi mưa lớn. Trẻ em đi học ngang qua rất nguy hiểm.",
        10,
        (
            StepPlan(E.ACCEPTED, 1, _TAKEN),
            StepPlan(E.PROGRESS, 5, "Đã rào chắn và đúc nắp mới. Chờ bê tông đủ cứng để lắp."),
        ),
        joins=4, pictures=("lagoon-pha",),
    ),
    ReportPlan(
        "thuan-an", "den-duong-day-dien", "Đường ra bãi tắm, gần ngã ba chợ", "Ba trụ đèn đường ra bãi tắm không sáng",
        "Ba trụ đèn liền nhau không sáng đã hơn một tuần. Tối đi chợ về không thấy ổ gà.", 19,
        (
            StepPlan(E.ACCEPTED, 1, _TAKEN),
            StepPlan(E.ANSWERED, 6, "Đã thay bóng và sửa tủ điều khiển ngày hôm qua. Cả ba trụ đã sáng.", word=_POST),
            StepPlan(E.CONFIRMED, 8, word="VERY"),
        ),
        joins=2,
    ),
    ReportPlan(
        "thuan-an", "rac-moi-truong", "Bến thuyền Tân Cảng", "Rác dồn ở bến thuyền sau mưa lũ",
        "Sau đợt mưa, rác và bèo dồn kín bến thuyền, bốc mùi, thuyền không vào được.", 33,
        (
            StepPlan(E.ACCEPTED, 2, "Đội vệ sinh môi trường xử lý."),
            StepPlan(E.ANSWERED, 7, "Đã huy động 20 người vớt rác trong hai ngày, chở đi 6 xe.", word=_CHAIR),
            StepPlan(E.REOPENED, 10),
            StepPlan(E.PROGRESS, 12, "Rác lại dồn về sau mưa đêm. Phường đặt phao chắn ở cửa bến."),
            StepPlan(E.ANSWERED, 15, "Đã vớt lần hai và lắp phao chắn dài 60 mét. Sẽ vớt mỗi tuần trong mùa mưa.", word=_CHAIR),
            StepPlan(E.CONFIRMED, 17, word="SATISFIED"),
        ),
        joins=11, pictures=("lagoon-som",),
    ),
    ReportPlan(
        "thuan-an", "duong-via-he", "Quốc lộ 49B, đoạn qua cầu Thuận An", "Ổ gà sâu ngay chân cầu Thuận An",
        "Ổ gà sâu gần 20 cm ngay chân cầu, xe máy tránh ra giữa đường. Đã thấy hai người ngã.", 17,
        (
            StepPlan(E.ACCEPTED, 1, _TAKEN),
            StepPlan(E.TRANSFERRED, 2, "Quốc lộ do Sở Xây dựng quản lý, phường không được sửa mặt đường.", to="sxd"),
            StepPlan(E.ACCEPTED, 4, "Phòng Quản lý hạ tầng giao thông xử lý."),
            StepPlan(E.EXTENDED, 8, "Mưa liên tục, nhựa nóng không bám. Sẽ vá ngay khi tạnh.", days=5),
        ),
        joins=23,
    ),
    ReportPlan(
        "thuan-an", "trat-tu-tieng-on", "Xóm 3, tổ dân phố Minh Hải", "Hát loa kéo sau 22 giờ",
        "Quán mở loa kéo hát đến gần nửa đêm, hầu như tối nào cũng vậy.", 6,
        (StepPlan(E.ACCEPTED, 1, "Công an phường xử lý."),),
    ),
    ReportPlan(
        "thuan-an", "cay-xanh", "Trước Trường Tiểu học Thuận An", "Cành phượng khô trước cổng trường",
        "Cành phượng lớn đã khô, gió là rụng xuống chỗ phụ huynh chờ con.", 2, is_held=True, is_public=False,
    ),
    ReportPlan(
        "thuan-an", "duong-via-he", "Kiệt 5 Nguyễn Văn Tuyết", "Kiệt 5 Nguyễn Văn Tuyết chưa có bê tông",
        "Kiệt có 14 nhà, đường đất, mưa là lầy. Mong phường đưa vào kế hoạch năm tới.", 45,
        (
            StepPlan(E.ACCEPTED, 2, _TAKEN),
            StepPlan(E.ASKED, 4, "Xin cho biết các hộ trong kiệt có đồng ý góp ngày công không."),
            StepPlan(E.SUPPLIED, 6),
            StepPlan(E.ANSWERED, 12, "Đã đưa kiệt vào danh mục làm đường năm 2027, khởi công quý I.", word=_CHAIR),
        ),
        joins=6,
    ),
    ReportPlan(
        "thuan-an", "viec-khac", "", "Xin hỗ trợ giống tôm", "Hộ nuôi tôm mất trắng sau lũ, xin được hỗ trợ con giống.", 24,
        (
            StepPlan(E.REJECTED, 3, "Hỗ trợ giống sau thiên tai do ngành nông nghiệp xét theo danh sách xã, phường lập.",
                     to="Sở Nông nghiệp và Môi trường", word="NOT_OURS"),
        ),
    ),
    ReportPlan(
        "phu-xuan", "cong-ngap-nuoc", "Đường Đinh Tiên Hoàng, gần cửa Đông Ba", "Ngập nửa bánh xe mỗi khi mưa to",
        "Đoạn trước chợ ngập nửa bánh xe mỗi khi mưa to, nước rút rất chậm. Hố ga có vẻ bị bồi lấp.", 21,
        (
            StepPlan(E.ACCEPTED, 1, _TAKEN),
            StepPlan(E.PROGRESS, 6, "Đã nạo vét sáu hố ga. Còn đoạn cống dưới lòng đường."),
        ),
        joins=17,
    ),
    ReportPlan(
        "phu-xuan", "rac-moi-truong", "Bờ Hộ Thành hào phía đường Lê Huân", "Đổ rác xuống hộ thành hào",
        "Có người đổ xà bần và rác xuống hào vào ban đêm, đã thành đống.", 28,
        (
            StepPlan(E.ACCEPTED, 1, "Đội quản lý đô thị xử lý."),
            StepPlan(E.ANSWERED, 5, "Đã dọn sạch, lắp biển cấm và một máy quay. Đã nhắc nhở hai hộ sửa nhà gần đó.", word=_POST),
            StepPlan(E.CONFIRMED, 6, word="VERY"),
        ),
        joins=9,
    ),
    ReportPlan(
        "phu-xuan", "thai-do-phuc-vu", "Bộ phận một cửa", "Phải đi lại ba lần để xác nhận một tờ giấy",
        "Mỗi lần đến lại được nói thiếu một thứ khác. Mong niêm yết đủ giấy cần có ngay từ đầu.", 14,
        (
            StepPlan(E.ACCEPTED, 2, "Văn phòng phường xử lý."),
            StepPlan(E.ANSWERED, 7, "Phường xin lỗi vì hướng dẫn không đủ ngay lần đầu. Từ thứ Hai, mỗi thủ tục có phiếu ghi đủ "
                     "giấy cần có, phát tại quầy và đăng trên trang này.", word="Chủ tịch Ủy ban nhân dân phường"),
        ),
    ),
    ReportPlan(
        "hue", "den-duong-day-dien", "Cầu Trường Tiền", "Đèn trang trí cầu Trường Tiền tắt hai nhịp",
        "Hai nhịp phía bờ Bắc tắt đèn trang trí từ tối Chủ nhật.", 9,
        (
            StepPlan(E.ACCEPTED, 1, "Văn phòng Ủy ban nhân dân thành phố phân loại."),
            StepPlan(E.TRANSFERRED, 1, "Hệ thống chiếu sáng do Sở Xây dựng quản lý.", to="sxd"),
            StepPlan(E.ACCEPTED, 2, "Trung tâm quản lý chiếu sáng xử lý."),
            StepPlan(E.ANSWERED, 4, "Đã thay bộ nguồn của hai nhịp. Đèn sáng lại từ tối qua.", word="Phó Giám đốc Sở"),
            StepPlan(E.CONFIRMED, 5, word="VERY"),
        ),
        joins=31,
    ),
)  # fmt: skip

QUESTIONS: tuple[ReportPlan, ...] = (
    ReportPlan(
        "thuan-an", "", "", "Khai sinh cho con khi bố mẹ chưa đăng ký kết hôn",
        "Con tôi sinh tháng trước, hai chúng tôi chưa đăng ký kết hôn. Làm khai sinh có ghi tên cha được không, cần giấy gì?",
        27,
        (
            StepPlan(E.ACCEPTED, 1, "Bộ phận Tư pháp, Hộ tịch trả lời."),
            StepPlan(E.ANSWERED, 4, "Được. Cha làm thủ tục nhận con cùng lúc với khai sinh, tại phường nơi cha hoặc mẹ cư trú. Mang "
                     "giấy chứng sinh, căn cước của cả hai; người cha nộp thêm tờ khai nhận cha, mẹ, con.",
                     word="Công chức Tư pháp, Hộ tịch"),
        ),
        kind=CaseKind.QUESTION,
    ),
    ReportPlan(
        "thuan-an", "", "", "Phường có làm việc sáng thứ Bảy không",
        "Tôi đi làm cả tuần, muốn nộp hồ sơ đất đai sáng thứ Bảy thì có ai nhận không?", 16,
        (
            StepPlan(E.ACCEPTED, 1, "Văn phòng Ủy ban nhân dân phường trả lời."),
            StepPlan(E.ANSWERED, 3, "Bộ phận một cửa làm việc từ thứ Hai đến thứ Sáu. Nhiều thủ tục nộp được trên Cổng Dịch vụ công "
                     "quốc gia vào bất cứ lúc nào, không cần đến phường.", word="Chánh Văn phòng Ủy ban nhân dân phường"),
            StepPlan(E.CONFIRMED, 4, word="SATISFIED"),
        ),
        kind=CaseKind.QUESTION,
    ),
    ReportPlan(
        "hue", "", "", "Tra cứu quy hoạch sử dụng đất ở đâu",
        "Tôi muốn biết thửa đất của gia đình có nằm trong quy hoạch đường hay không thì xem ở đâu?", 20,
        (
            StepPlan(E.TRANSFERRED, 1, "Thông tin quy hoạch đất do Sở Nông nghiệp và Môi trường quản lý.", to="snnmt"),
            StepPlan(E.ACCEPTED, 2, "Phòng Quản lý đất đai trả lời."),
            StepPlan(E.ANSWERED, 6, "Bản đồ kế hoạch sử dụng đất hằng năm đăng ở mục Công khai của từng phường, xã. Cần văn bản trả lời "
                     "cho một thửa cụ thể thì gửi Yêu cầu cung cấp thông tin trên trang này.", word="Trưởng phòng Quản lý đất đai"),
        ),
        kind=CaseKind.QUESTION,
    ),
    ReportPlan(
        "phu-xuan", "", "", "Đổi giấy tờ sau khi đổi tên đường",
        "Đường trước nhà tôi vừa đổi tên. Có phải đổi căn cước, sổ đỏ ngay không?", 3, is_held=True, is_public=False,
        kind=CaseKind.QUESTION,
    ),
)  # fmt: skip

# For every other commune: two of these each, so that the map and the table of the province have something to show.
COMMON: tuple[tuple[str, str, str, str], ...] = (
    ("duong-via-he", "đường liên thôn", "Ổ gà trên đường liên thôn", "Mặt đường vỡ nhiều chỗ, mưa xuống không thấy ổ gà."),
    ("den-duong-day-dien", "ngã ba đầu thôn", "Đèn ngã ba không sáng", "Đèn ở ngã ba tắt đã mấy tối, xe đi lại không an toàn."),
    ("rac-moi-truong", "cuối chợ", "Rác tồn đọng cuối chợ", "Rác để hai ngày chưa lấy, bốc mùi sang nhà bên cạnh."),
    ("cong-ngap-nuoc", "đường vào trường học", "Cống tắc trước trường", "Cống tắc nên sân trước trường đọng nước, học sinh phải lội."),
    ("cay-xanh", "trước trạm y tế", "Cây nghiêng sau gió lớn", "Cây xà cừ nghiêng hẳn ra đường sau đợt gió vừa rồi."),
    ("trat-tu-tieng-on", "gần nhà văn hóa", "Lấn lòng đường để bán hàng", "Hàng quán lấn hết lòng đường vào giờ tan học."),
)  # fmt: skip
COMMON_ANSWERS: tuple[str, ...] = (
    "Đã cho người đến sửa xong trong tuần.",
    "Đã xử lý xong; tổ dân phố, thôn cùng theo dõi tiếp.",
    "Đã làm xong phần trước mắt. Phần còn lại đưa vào kế hoạch quý sau.",
)
