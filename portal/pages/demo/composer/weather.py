"""Seasonal advice for each commune: what wind, rain and water do on its own ground."""

from __future__ import annotations

from portal.pages.demo.units_facts import UnitFacts
from portal.pages.demo.wording import choose, lower_first, number

from .draft import Draft, paragraphs
from .festivals import tidy_lines

# Per kind of ground, three times: (title, summary, body). Slots: U u b unit, land, road, A area, w a neighbouring commune
FORMS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "coast": (
        ("Biển động: chủ ghe ở {b} làm gì trước", "{land}",
         "{land}\n\n## Trước khi gió mạnh\n\n- Kéo ghe nhỏ lên cồn, buộc hai đầu.\n- Gỡ lưới, cất máy.\n- Báo tổ đội "
         "số người còn ngoài khơi.\n\nTrực ban {u} ghi tên từng ghe vào bờ. {road}"),
        ("Cát bay, sóng lớn và nhà sát biển ở {u}", "{U} nhắc hộ ở mép biển chuẩn bị trước mỗi đợt gió.",
         "Nhà cách mép nước dưới 100 m ở {b} nên biết sẵn đường đi vào trong. {land}\n\n> Nghe loa là đi, đồ đạc tính sau.\n\n"
         "Nơi tránh được treo ở nhà sinh hoạt cộng đồng. Ai có người già yếu ở {u} thì báo thôn trước."),
        ("Ba số điện thoại dân biển {b} nên lưu", "Cứu nạn 114, cấp cứu 115 và số trực của {u}.",
         "1. 114: cứu nạn, chìm ghe.\n2. 115: cấp cứu.\n3. Số trực của {u}, in ở chân trang này.\n\n{land}\n\nGhi số ra "
         "giấy, dán trong ca-bin. Điện thoại ướt thì còn tờ giấy."),
        ("Sau bão, hồ tôm và ruộng cát ở {u} làm lại từ đâu", "{land}",
         "Việc đầu tiên là xả nước mặt, đo độ mặn rồi mới thả lại.\n\nNgười nuôi ở {b} chụp ảnh thiệt hại ngay sáng hôm sau, ghi "
         "diện tích, giữ hóa đơn giống. {land}\n\nHồ sơ hỗ trợ nộp tại {u}, theo danh sách thôn."),
        ("Đường ven biển qua {b} khi có gió cấp 8", "{road}",
         "{road}\n\nGió ngang trên cầu và trên đoạn trống ở {u} dễ làm ngã xe máy. Đi chậm, tránh chở cồng kềnh, hoặc chờ.\n\n"
         "{land}"),
    ),
    "lagoon": (
        ("Nước phá lên: người {b} thu lưới, neo lồng", "{land}",
         "{land}\n\n- Neo lồng thêm hai dây.\n- Đưa chòi canh về bờ.\n- Không ở lại trên đầm ban đêm.\n\n{U} kiểm tra các "
         "chòi lúc 17:00 trước mỗi đợt lũ."),
        ("Ruộng ven phá ở {u} giữ ngọt, tháo mặn", "Lịch đóng mở cống ở {b} theo con nước.",
         "{land}\n\nĐầu mùa khô, cống đóng giữ ngọt; mưa lớn thì mở tháo. Hộ có ruộng cạnh cống ở {u} cử người trực cùng tổ thủy nông.\n\n"
         "> Mở sớm thì trôi phân, mở muộn thì úng lúa."),
        ("Trẻ con và nước lũ ở {b}: người lớn nhớ giúp", "Nước đứng cũng nguy hiểm như nước chảy.",
         "Mùa lũ, sân nhà ở {u} cũng có thể thành bến. Rào giếng, cất thuyền, không để trẻ một mình.\n\n{land}\n\nÁo phao của "
         "thôn để ở nhà cộng đồng, mượn ghi sổ."),
        ("Đi đò ngang ở {b} mùa gió", "{road}",
         "{road}\n\nKhách sang phá mặc áo phao từ lúc bước xuống. Gió lớn, chủ đò ở {u} được quyền dừng, khách không nên ép.\n\n{land}"),
        ("Vệ sinh ao, chuồng sau khi nước rút ở {u}", "{land}",
         "Rác dồn về đầu gió. Gom sớm, rải vôi, rồi mới thả giống.\n\n{land}\n\nHộ ở {b} có gia súc chết báo thôn trong ngày để chôn đúng chỗ."),
    ),
    "river": (
        ("Lũ về {b}: mốc nào thì kê đồ, mốc nào thì đi", "{land}",
         "{land}\n\n1. Nước mấp mé bờ: kê đồ, dắt xe lên cao.\n2. Nước vào sân: chuyển người già, trẻ nhỏ.\n3. Nước vào nhà: "
         "ngắt điện, lên gác hoặc đến nơi tránh.\n\n{U} báo từng mốc bằng loa và tin nhắn."),
        ("Bờ sông ở {u} có vết nứt, báo ngay", "{U} nhận tin báo sạt lở cả đêm.",
         "Vết nứt song song bờ, cây nghiêng, nước đục ở chân bờ là ba dấu hiệu.\n\n{land}\n\nNhà gần chỗ nứt ở {b} chuyển đi trước, "
         "đợi kiểm tra rồi mới về. Chụp ảnh gửi kèm vị trí."),
        ("Thu hoạch sớm trước lũ ở {b}: lúa, rau, quả", "Đợi thêm một tuần có khi mất cả vụ.",
         "{land}\n\nLúa chín tám phần đã có thể gặt. Rau lá ở {u} nhổ bán trước mưa. Quả non thì chống cành.\n\nMáy gặt trên địa bàn {b} "
         "điều theo tổ, gọi trưởng thôn để đăng ký."),
        ("Xe để đâu khi {b} ngập", "{road}",
         "{road}\n\nCầu vượt và sân cao được mở cho gửi xe miễn phí trong đợt lũ. Không đỗ trên cầu nhỏ ở {u}, xe cứu hộ cần lối.\n\n{land}"),
        ("Nước giếng sau lũ ở {u}: thau rửa ra sao", "{U} phát hóa chất và hướng dẫn.",
         "Múc cạn, rửa thành, cho nước vào lại, khử trùng theo hướng dẫn của trạm y tế. Nước ở {b} trong mới dùng để rửa; nấu ăn "
         "thì đợi trạm báo.\n\n{land}"),
    ),
    "urban": (
        ("Ngập phố ở {b}: tránh chỗ nào", "{land}",
         "{land}\n\nXem bản đồ ngập của HueIOC trước khi ra đường. {U} đặt biển ở các điểm sâu.\n\n> Không đi qua chỗ không thấy mặt đường."),
        ("Cành cây, mái tôn: người {b} rà lại trước mùa bão", "Cây trong vườn do chủ nhà tự cắt, cây phố gọi phường.",
         "{U} đang rà cây nguy hiểm trên các trục. Nhà ở {b} có mái tôn cũ chằng thêm dây, buộc bồn nước, hạ biển hiệu.\n\n{land}"),
        ("Miệng cống trước nhà ở {b} đừng bịt", "{U} nhắc mở miệng thu nước trước mùa mưa.",
         "Tấm ván, bao cát chắn mùi làm cả đoạn phố ngập.\n\n{land}\n\nThấy cống nghẹt ở {u} thì chụp ảnh gửi Hue-S."),
        ("Chung cư và hẻm sâu ở {b}: chuẩn bị gì khi mất điện", "Đèn pin, nước uống, đường xuống cầu thang bộ.",
         "Mưa lớn ở {u} có thể cắt điện chủ động. Sạc điện thoại, trữ nước, không dùng thang máy khi có nước ở tầng hầm.\n\n{land}"),
    ),
    "mountain": (
        ("Mưa lớn trên núi: {b} đề phòng lũ quét", "{land}",
         "{land}\n\nNghe tiếng ầm từ thượng nguồn, nước đục đột ngột thì lên chỗ cao ngay.\n\n{U} cắt người ở các ngầm tràn, có "
         "dây chắn thì đừng qua."),
        ("Đường lên {b} có sạt: đi vòng hay chờ", "{road}",
         "{road}\n\nGọi {u} trước khi đi, nhất là xe khách và xe chở hàng. Gặp đất mới đổ thì dừng xa 50 m.\n\n{land}"),
        ("Trữ gì cho bảy ngày cô lập ở {u}", "Gạo, muối, pin, thuốc và củi khô.",
         "Danh sách các thôn ở {b} dùng nhiều năm:\n\n- Gạo, mắm, muối, cá khô.\n- Thuốc người già, sữa trẻ nhỏ.\n- Pin, bật lửa, củi "
         "khô.\n\n{land}"),
        ("Rét đậm ở {b}: giữ ấm cho trâu bò", "Che chuồng, dự trữ rơm, không thả rông sáng sớm.",
         "{land}\n\nNhiệt độ dưới 12 độ thì giữ trâu bò trong chuồng, cho ăn cỏ khô, uống nước ấm pha muối. Thú y {u} đi từng thôn, gặp con yếu báo ngay."),
        ("Mùa khô, {b} giữ rừng", "Không đốt nương khi có cảnh báo cấp IV.",
         "{land}\n\nNgười vào rừng ở {u} không mang lửa. Thấy khói, gọi 114 hoặc trạm kiểm lâm; đừng tự vào giữa đám cháy.\n\n"
         "Tổ bảo vệ rừng trực theo phiên, bảng tên dán ở nhà thôn."),
        ("Ngầm tràn ở {b} nguy hiểm nhất lúc nào", "{road}",
         "Lúc trời vừa tạnh: mưa đã dứt ở dưới mà nước trên còn về.\n\n{land}\n\n{road} Học sinh {u} có người lớn dắt qua hoặc nghỉ."),
        ("Nhà dưới chân taluy ở {u} cần xem gì mỗi sáng", "{U} nhắc những nhà ở sát chân dốc.",
         "Nhìn ba chỗ: vết nứt trên sân, nước rỉ ở chân dốc, cửa bị kẹt.\n\n{land}\n\nMột trong ba dấu hiệu xuất hiện thì cả nhà ra "
         "khỏi phòng sát núi. Thôn ở {b} có danh sách nhà ở nhờ."),
    ),
    "hill": (
        ("Gò đồi {b} trước mưa bão: ruộng và rừng", "{land}",
         "{land}\n\nKeo dưới ba năm ở {u} tỉa cành cho thưa gió. Ruộng ven sông gặt sớm. {road}"),
    ),
}  # fmt: skip


def _ground(unit: UnitFacts, land: str) -> str:
    """The ground of the commune as a sentence of its own."""
    openings = ("Địa hình {u}:", "Nhìn thế đất {b} sẽ hiểu:", "Đất {b} có đặc điểm riêng:", "Nhắc lại thế đất của {u}:")
    return f"{choose(openings, unit.slug, 'ground').format(u=unit.low, b=unit.bare)} {lower_first(land)}"


def weather_draft(unit: UnitFacts, profile: dict[str, str], form: int) -> Draft:
    """One piece of seasonal advice for `unit`; `profile` gives its ground and roads."""
    pool = FORMS[profile["risk"]]
    title, summary, body = pool[form % len(pool)]
    slots = {
        "U": unit.name, "u": unit.low, "b": unit.bare, "land": _ground(unit, profile["land"]), "road": profile["road"],
        "A": number(unit.area or 0),
    }  # fmt: skip
    return Draft(
        title=title.format(**slots), summary=tidy_lines(summary.format(**slots)),
        body=paragraphs(tidy_lines(body.format(**slots)), f"Số trực của {unit.low} in ở chân trang."),
        scene="rain", tags=("thiên tai", unit.bare), caption=f"Mưa trên {unit.low}. Tranh minh họa.",
        ref=f"weather-{unit.code}", source=f"Ban Chỉ huy Phòng thủ dân sự {unit.low}",
    )  # fmt: skip
