"""Everyday words for public services and the official wording of their procedures; operators add to them later.

Written from how people of Huế ask; the left-hand sides are words that the national catalogue's names use.
"""

from typing import Any

from django.db import migrations

from portal.search.folding import phrase_key

# Official wording → what people type, one after the other.
WORDS: dict[str, str] = {
    # --- Hộ tịch ---
    "đăng ký khai sinh": (
        "làm giấy khai sinh; giấy khai sinh; khai sinh muộn; khai sinh trễ; mới sinh con; sinh con; đẻ con"
    ),
    "đăng ký lại khai sinh": "mất giấy khai sinh; mất khai sinh; làm lại giấy khai sinh; làm lại khai sinh",
    "bản sao giấy khai sinh": "mất giấy khai sinh; bản sao khai sinh",
    "cấp bản sao trích lục hộ tịch": "trích lục khai sinh; trích lục",
    "đăng ký khai sinh cho người đã có hồ sơ, giấy tờ cá nhân": (
        "chưa có khai sinh; chưa có giấy khai sinh; chưa làm khai sinh"
    ),
    "thay đổi, cải chính, bổ sung thông tin hộ tịch": (
        "sửa khai sinh; sửa giấy khai sinh; sai khai sinh; khai sinh bị sai; giấy khai sinh bị sai; "
        "cải chính khai sinh; sửa tên; sửa năm sinh; sai năm sinh; tên đệm; đổi tên; đổi họ"
    ),
    "xác định lại dân tộc": "đổi dân tộc",
    "xác nhận tình trạng hôn nhân": (
        "độc thân; chưa có vợ; chưa có chồng; chưa có vợ chồng; chưa vợ; chưa chồng; chưa lập gia đình; "
        "chưa kết hôn; xác nhận hôn nhân"
    ),
    "đăng ký kết hôn": "hôn thú; giấy hôn thú; lấy vợ; lấy chồng; cưới vợ; cưới chồng; làm giấy kết hôn",
    "đăng ký lại kết hôn": "mất giấy kết hôn; mất giấy đăng ký kết hôn",
    "đăng ký kết hôn có yếu tố nước ngoài": (
        "lấy vợ nước ngoài; lấy chồng nước ngoài; lấy chồng tây; kết hôn với người nước ngoài; "
        "giấy kết hôn với người nước ngoài"
    ),
    "đăng ký khai tử": (
        "báo tử; giấy báo tử; chứng tử; giấy chứng tử; giấy khai tử; người chết; qua đời; người thân mất"
    ),
    "đăng ký việc nuôi con nuôi trong nước": "xin con nuôi; nhận con nuôi; nuôi con nuôi",
    "đăng ký nhận cha, mẹ, con": "con ngoài giá thú; nhận con; nhận cha",
    "đăng ký giám hộ": "người giám hộ; giấy giám hộ; mồ côi",
    "ghi vào Sổ hộ tịch việc ly hôn": "ghi chú ly hôn; ly hôn ở nước ngoài",
    "ghi vào Sổ hộ tịch việc kết hôn": "ghi chú kết hôn",
    # --- Căn cước, định danh ---
    "thẻ căn cước": "cmnd; cccd; chứng minh; chứng minh nhân dân; căn cước công dân; căn cước gắn chip",
    "cấp thẻ căn cước cho người từ đủ 14 tuổi trở lên": "làm căn cước; làm cccd; làm chứng minh; làm căn cước lần đầu",
    "cấp thẻ căn cước cho người dưới 14 tuổi": (
        "căn cước cho con; căn cước cho bé; căn cước trẻ em; căn cước cho trẻ em"
    ),
    "cấp lại thẻ căn cước": (
        "làm lại chứng minh; làm lại căn cước; làm lại cccd; mất chứng minh; mất cmnd; mất cccd; "
        "mất căn cước; mất thẻ căn cước"
    ),
    "cấp đổi thẻ căn cước": "đổi chứng minh; đổi cccd; đổi căn cước; cccd hết hạn; căn cước hết hạn",
    "tích hợp, cập nhật, điều chỉnh thông tin trên thẻ căn cước": "vào thẻ căn cước; vô thẻ căn cước; tích hợp giấy tờ",
    "xác nhận số chứng minh nhân dân 09 số": "số cmnd cũ; cmnd 9 số; chứng minh 9 số",
    "tài khoản định danh điện tử": "vneid; mã định danh",
    "cấp tài khoản định danh điện tử mức độ 02": "định danh mức 2",
    "mức độ 02": "mức 2",
    "mở khóa tài khoản định danh điện tử": "mở khóa vneid; vneid bị khóa",
    # --- Cư trú ---
    "đăng ký thường trú": "sổ hộ khẩu; nhập hộ khẩu; chuyển hộ khẩu; chuyển khẩu; nhập hộ",
    "xóa đăng ký thường trú": "cắt hộ khẩu; xóa hộ khẩu; xóa khẩu",
    "tách hộ": "tách khẩu; tách hộ khẩu; tách sổ hộ khẩu",
    "đăng ký tạm trú": "kt3; ở trọ; thuê trọ",
    "xác nhận thông tin về cư trú": "ct07; xác nhận cư trú; giấy xác nhận cư trú; xác nhận hộ khẩu; xác nhận nơi ở",
    "thông báo lưu trú": "ngủ lại; ở lại qua đêm; khách ngủ lại",
    "khai báo tạm vắng": "đi làm ăn xa",
    "khai báo tạm trú cho người nước ngoài": "khách tây; khách nước ngoài",
    # --- Chứng thực ---
    "chứng thực bản sao từ bản chính": (
        "sao y bản chính; photo công chứng; công chứng bản sao; bản sao công chứng; công chứng giấy tờ; "
        "chứng thực bản sao"
    ),
    "chứng thực chữ ký": "công chứng chữ ký; xác nhận chữ ký; giấy ủy quyền",
    "chứng thực giao dịch": "công chứng mua bán; công chứng hợp đồng; hợp đồng mua bán; hợp đồng tặng cho",
    "chứng thực giao dịch liên quan đến tài sản là động sản, quyền sử dụng đất, nhà ở": "mua bán nhà đất",
    "chứng thực giao dịch liên quan đến tài sản là động sản": "mua bán xe",
    "chứng thực di chúc": "làm di chúc; lập di chúc; viết di chúc",
    "từ chối nhận di sản": "từ chối thừa kế; từ chối nhận thừa kế",
    "phân chia di sản": "chia thừa kế; chia di sản; chia tài sản thừa kế",
    # --- Đất đai ---
    "cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu": (
        "làm sổ đỏ; làm sổ hồng; làm sổ đỏ lần đầu; làm bìa đỏ; sổ đỏ lần đầu; chưa có sổ; chưa có sổ đỏ"
    ),
    "cấp lại giấy chứng nhận do bị mất": "mất sổ đỏ; mất sổ hồng; mất bìa đỏ; làm lại sổ đỏ",
    "cấp đổi giấy chứng nhận quyền sử dụng đất": "đổi sổ đỏ; đổi sổ hồng; đổi bìa đỏ",
    "chuyển nhượng, thừa kế, tặng cho quyền sử dụng đất": (
        "sang tên sổ đỏ; sang tên đất; sang tên nhà; sang tên nhà đất; sang tên sổ hồng; bán đất"
    ),
    "tặng cho quyền sử dụng đất": "cho đất",
    "đã chuyển quyền sử dụng đất": "giấy viết tay; giấy tay; mua bán giấy tay",
    "tách thửa hoặc hợp thửa đất": "tách sổ; tách đất; tách sổ đỏ; gộp thửa; nhập thửa",
    "chuyển mục đích sử dụng đất": "thổ cư; lên thổ cư; lên đất ở; chuyển đất vườn; chuyển đất ruộng; chuyển mục đích",
    "hòa giải tranh chấp đất đai": "lấn đất; tranh chấp đất; tranh chấp ranh giới",
    "đính chính giấy chứng nhận": "sổ đỏ sai; sổ đỏ ghi sai; sửa sổ đỏ",
    "tặng cho quyền sử dụng đất cho Nhà nước hoặc cộng đồng dân cư hoặc mở rộng đường giao thông": "hiến đất",
    "ghi nợ tiền sử dụng đất": "nợ tiền đất",
    "cung cấp thông tin quy hoạch": "xem quy hoạch; hỏi quy hoạch; dính quy hoạch",
    # --- Nhà, xây dựng, hạ tầng ---
    "cấp giấy phép xây dựng mới": "xin phép xây nhà; giấy phép xây nhà; xây nhà; xây nhà mới; làm nhà; cất nhà",
    "cấp giấy phép xây dựng sửa chữa, cải tạo": "sửa nhà; nâng tầng; lên thêm tầng; cơi nới nhà",
    "đăng ký mua, thuê mua, thuê nhà ở xã hội": "mua nhà ở xã hội; nhà thu nhập thấp",
    "chặt hạ, dịch chuyển cây xanh": "chặt cây; đốn cây",
    "sử dụng tạm thời lòng đường, vỉa hè": "vỉa hè; dựng rạp",
    "khai thác nước dưới đất": "giếng khoan; khoan giếng; đóng giếng",
    # --- Kinh doanh ---
    "đăng ký thành lập hộ kinh doanh": (
        "quán ăn; mở quán; mở quán ăn; mở quán cà phê; mở tiệm; mở tiệm tạp hóa; mở cửa hàng; mở shop; "
        "tạp hóa; buôn bán nhỏ; bán hàng online; lập hộ kinh doanh; giấy phép kinh doanh"
    ),
    "chấm dứt hoạt động hộ kinh doanh": (
        "đóng cửa quán; đóng cửa tiệm; đóng cửa hộ kinh doanh; nghỉ bán luôn; dẹp quán; trả giấy phép kinh doanh"
    ),
    "tạm ngừng kinh doanh": "tạm nghỉ bán; tạm nghỉ kinh doanh; tạm đóng cửa",
    "đăng ký thay đổi nội dung đăng ký hộ kinh doanh": (
        "đổi tên hộ kinh doanh; đổi chủ hộ kinh doanh; đổi tên chủ hộ kinh doanh"
    ),
    "cấp lại giấy chứng nhận đăng ký hộ kinh doanh": "mất giấy phép kinh doanh",
    "đăng ký thành lập công ty": "mở công ty; lập công ty",
    "giải thể doanh nghiệp": "đóng cửa công ty",
    "cơ sở đủ điều kiện an toàn thực phẩm": "vệ sinh an toàn thực phẩm; giấy vệ sinh",
    "giấy chứng nhận đủ điều kiện về an ninh, trật tự": "khách sạn; nhà nghỉ; cầm đồ; karaoke",
    "mẫu con dấu": "khắc dấu",
    # --- Thuế ---
    "đăng ký thuế lần đầu": "mã số thuế; làm mã số thuế",
    "đăng ký thuế lần đầu đối với người nộp thuế là cá nhân": "mã số thuế cá nhân",
    "người phụ thuộc": "giảm trừ gia cảnh",
    "người nộp thuế là cá nhân, người phụ thuộc": "giảm trừ người phụ thuộc",
    "khai quyết toán thuế": "quyết toán thuế",
    "thuế thu nhập cá nhân": "thuế tncn",
    "đăng ký sử dụng hóa đơn điện tử": "hóa đơn điện tử; hóa đơn đỏ",
    "cá nhân cho thuê bất động sản": "cho thuê nhà trọ; cho thuê phòng trọ; cho thuê nhà; thuế cho thuê nhà",
    "lệ phí trước bạ": "trước bạ xe; thuế trước bạ",
    "lệ phí trước bạ đối với tài sản khác": "lệ phí trước bạ xe",
    "thu nhập từ chuyển nhượng bất động sản": "thuế bán đất; thuế bán nhà",
    "thuế sử dụng đất phi nông nghiệp": "thuế đất",
    "nộp dần tiền thuế nợ": "nợ thuế",
    # --- Xe, bằng lái ---
    "giấy phép lái xe": "bằng lái xe; bằng xe máy",
    "cấp lại giấy phép lái xe": "mất bằng lái; mất bằng lái xe; làm lại bằng lái",
    "đổi giấy phép lái xe": "đổi bằng lái; đổi bằng lái xe; bằng lái hết hạn",
    "cấp giấy phép lái xe": "thi bằng lái; thi bằng lái xe; học bằng lái",
    "cấp giấy phép lái xe quốc tế": "bằng lái quốc tế",
    "đăng ký, cấp biển số xe lần đầu": "biển số; biển số xe; bấm biển số; làm biển số; đăng ký xe mới",
    "cấp lại chứng nhận đăng ký xe, biển số xe": (
        "mất biển số; mất cà vẹt; mất cà vẹt xe; mất giấy tờ xe; mất đăng ký xe"
    ),
    "chứng nhận đăng ký xe": "cà vẹt; cà vẹt xe",
    "đăng ký sang tên xe": "sang tên xe; sang tên xe máy; sang tên ô tô; mua xe cũ",
    "cấp giấy chứng nhận kiểm định": "đăng kiểm; đăng kiểm xe",
    "xe ô tô": "xe hơi",
    "xe mô tô, xe gắn máy": "xe máy",
    # --- Hộ chiếu, lý lịch tư pháp ---
    "cấp hộ chiếu phổ thông ở trong nước": "hộ chiếu; làm hộ chiếu; làm passport",
    "hộ chiếu phổ thông": "passport",
    "trình báo mất hộ chiếu phổ thông": "mất hộ chiếu; mất passport",
    "thị thực": "visa",
    "gia hạn tạm trú cho người nước ngoài": "gia hạn visa",
    "phiếu lý lịch tư pháp": "tiền án; tiền án tiền sự",
    "cấp phiếu lý lịch tư pháp": "lý lịch tư pháp",
    # --- Bảo hiểm, an sinh ---
    "công nhận hộ nghèo, hộ cận nghèo": "hộ nghèo; sổ hộ nghèo",
    "hưởng bảo hiểm xã hội một lần": "rút bảo hiểm; rút bảo hiểm xã hội; rút bhxh; lãnh bảo hiểm một lần",
    "hưởng chế độ thai sản": "nghỉ sinh; nghỉ đẻ; tiền thai sản",
    "hưởng chế độ tử tuất": "tiền tuất; mai táng; mai táng phí",
    "hưởng chế độ ốm đau": "tiền ốm đau; nghỉ ốm",
    "ủy quyền lĩnh thay các chế độ bảo hiểm xã hội": "nhận thay lương hưu; nhận giúp lương hưu; lãnh lương hưu giùm",
    "tài khoản cá nhân": "thẻ atm",
    "đăng ký đóng, cấp thẻ BHYT": "mua bảo hiểm y tế; mua bhyt",
    "cấp lại, đổi, điều chỉnh thông tin trên sổ BHXH, thẻ BHYT": "mất thẻ bảo hiểm y tế; mất thẻ bhyt; mất sổ bảo hiểm",
    "đóng BHXH tự nguyện": "bảo hiểm xã hội tự nguyện; bảo hiểm tự nguyện",
    "thanh toán trực tiếp chi phí khám, chữa bệnh BHYT": "khám trái tuyến; thanh toán viện phí",
    # --- Pháp luật, tòa án ---
    "yêu cầu trợ giúp pháp lý": "luật sư miễn phí; tư vấn luật miễn phí",
    "gửi, nhận đơn khởi kiện": "đơn ly hôn; nộp đơn ly hôn; ly hôn; đơn kiện",
    "cấp sao bản án": "bản án; bản sao bản án",
    "yêu cầu thi hành án dân sự": "thi hành án",
    "giải quyết tố cáo": "tố cáo công an",
    "giải quyết khiếu nại": "khiếu nại công an",
    "giải quyết yêu cầu bồi thường": "đòi bồi thường",
    # --- Nông nghiệp, thủy sản, việc khác ---
    "khai thác thủy sản": "đánh bắt cá; đánh cá",
    "đăng ký tàu cá": "ghe cá",
    "nuôi trồng thủy sản lồng bè": "nuôi cá lồng; cá lồng",
    "thiệt hại do dịch bệnh động vật": "dịch tả; heo chết; lợn chết; gà chết",
    "đất trồng lúa": "đất lúa; đất ruộng",
    "cây trồng": "cây ăn trái",
    "thuốc bảo vệ thực vật": "thuốc trừ sâu; thuốc sâu",
    "đăng ký cai nghiện ma túy tự nguyện": "đi cai; cai nghiện",
    "nghĩa vụ tham gia công an nhân dân": "nghĩa vụ công an",
    "tuyển chọn công dân vào công an nhân dân": "đi công an",
}
PAIRS = [(term, meaning) for meaning, terms in WORDS.items() for term in terms.split("; ")]


def seed(apps: Any, schema_editor: Any) -> None:
    """Add the pairs that are not there yet: an operator may have typed one already."""
    synonym = apps.get_model("search", "Synonym")
    rows = [
        # Historical models have no save() of ours, which fills the keys.
        synonym(term=term, expansion=meaning, key=phrase_key(term), expansion_key=phrase_key(meaning))
        for term, meaning in PAIRS
    ]
    synonym.objects.bulk_create(rows, ignore_conflicts=True)


def unseed(apps: Any, schema_editor: Any) -> None:
    """Take these pairs out again."""
    synonym = apps.get_model("search", "Synonym")
    for meaning, terms in WORDS.items():
        synonym.objects.filter(expansion=meaning, term__in=terms.split("; ")).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_shared_rows")]

    operations = [migrations.RunPython(seed, unseed, elidable=False)]
