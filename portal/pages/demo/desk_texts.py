"""What the demo's desks are working on. Persons, numbers and events are invented; the articles say so (`is_demo`)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DeskText:
    """Title, summary and body (HTML) of one article on a desk."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class EnglishWords:
    """One translated article (``about``: words of the Vietnamese title), and the English words of the site around it."""

    about: str
    title: str
    summary: str
    body: str
    intro: str
    lead: str


UNFINISHED: Final = DeskText(
    "Ra quân dọn vệ sinh trước Tết",
    "",
    "<p>Sáng thứ Bảy tuần tới, các tổ dân phố dọn rác, khơi cống trước mùa Tết. Còn chờ danh sách điểm tập trung.</p>",
)
WAITING: Final = DeskText(
    "Lịch tiêm vắc xin cúm cho người cao tuổi",
    "Trạm y tế tiêm miễn phí cho người từ 65 tuổi, từ thứ Hai đến thứ Năm.",
    "<p>Người đến tiêm mang theo thẻ bảo hiểm y tế và sổ khám bệnh, nếu có.</p>"
    "<h2>Thời gian</h2><p>Sáng 7:30 – 11:00, chiều 14:00 – 16:30.</p>"
    "<h2>Ai nên hoãn tiêm</h2><ul><li>Người đang sốt.</li><li>Người mới ốm dậy dưới hai tuần.</li></ul>",
)
RETURNED: Final = DeskText(
    "Hội thi nấu bánh truyền thống",
    "Mười hai đội dự thi nấu bánh tại nhà sinh hoạt cộng đồng.",
    "<p>Hội thi diễn ra vào cuối tuần. Các đội nấu bánh khoái, bánh canh và bánh lọc.</p><p>Xem thể lệ TẠI ĐÂY.</p>",
)
REMARK: Final = "Ghi rõ ngày, giờ và nơi thi. Thay “tại đây” bằng tên tài liệu. Thêm ảnh của lần thi trước nếu có."
PLANNED: Final = DeskText(
    "Tạm dừng cấp nước để thay van",
    "Nước yếu hoặc ngừng từ 22:00 đến 4:00 sáng hôm sau, người dân trữ nước trước.",
    "<p>Đơn vị cấp nước thay van trên tuyến ống chính. Sau 4:00, nước có thể đục trong 15 phút đầu.</p>",
)
URGENT: Final = DeskText(
    "Đóng tạm đường ven phá do sạt lở",
    "Xe đi vòng theo đường tỉnh cho đến khi có thông báo mới.",
    "<p>Mưa lớn làm sạt một đoạn lề đường. Lực lượng chức năng đã đặt rào và đèn báo.</p>"
    "<p>Người đi bộ và xe máy không vượt rào.</p>",
)
WHY_URGENT: Final = "Đường đang sạt, cần báo ngay cho người đi đường trong đêm."
CORRECTED_SENTENCE: Final = "Nơi hỏi thêm: văn phòng Ủy ban nhân dân, giờ hành chính, từ thứ Hai đến thứ Sáu; lần đăng đầu bài này ghi thiếu nơi hỏi."
CORRECTION: Final = "Bổ sung nơi hỏi thêm; lần đăng đầu ghi thiếu."
ALBUM_TITLE: Final = "Cảnh quê qua tranh minh họa"
ALBUM_WORDS: Final = "Những bức tranh minh họa vẽ riêng cho cổng này: kinh thành, đầm phá, cầu và sen."
MESSAGE: Final = "Bài về việc làm hay của địa phương, mong cổng thành phố đăng lại."
INVITATION: Final = "Mời các xã, phường đăng lại để người dân biết."
COMMENTS: Final = (
    ("Người dân (minh họa)", "Thông tin rõ ràng. Mong ghi thêm số điện thoại để hỏi khi cần."),
    ("Bạn đọc (minh họa)", "Xin hỏi nếu có thay đổi thì báo ở đâu?"),
)
ANSWER: Final = "Cảm ơn góp ý. Số điện thoại nằm ở cuối trang; có thay đổi thì báo ngay ở bài này."

ENGLISH: Final = {
    True: EnglishWords(
        "Mưa lớn từ đêm nay",
        "Heavy rain from tonight: raise belongings in low areas, schools close for two days",
        "Low-lying wards may flood; residents should know their shelter and the emergency numbers.",
        "<p>Heavy rain can flood low-lying wards within hours.</p>"
        "<h2>Before the rain</h2><ul><li>Know the shelter nearest to your home.</li><li>Keep papers and medicine in a dry bag.</li></ul>"
        "<h2>Emergency numbers</h2><p>112 for rescue, 114 for fire, 115 for ambulance.</p>",
        "Hue is a centrally governed city of 40 wards and communes on the Perfume River, with the monuments of the former capital.",
        "Who we are, where we work, and how to reach us.",
    ),
    False: EnglishWords(
        "Kêu gọi tàu thuyền",
        "Boats called back to harbour before 16:00 today",
        "The mooring area still has room for 60 boats; the duty desk notes names and crews.",
        "<p>A strong north-east wind is expected from the afternoon, with waves of three to five metres.</p>"
        "<h2>At the mooring</h2><ul><li>Small boats inside, large boats outside.</li><li>Two ropes on each boat.</li></ul>",
        "Thuan An is a coastal ward between the sea and Tam Giang lagoon.",
        "The ward office, its people and its news in English.",
    ),
}
"""By whether the unit is the province."""
