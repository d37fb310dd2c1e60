"""The wordings of monument articles. Slots: N n name, U u unit, a b c facts, W way, T hours, R nearby, A address."""

WAYS = (
    "Tính theo đường chim bay, {n} cách Ngọ Môn khoảng {km} về hướng {dir}.",
    "Lấy Ngọ Môn làm mốc, cứ đi về phía {dir} chừng {km} đường chim bay là đến {n}.",
    "Trên bản đồ, {n} nằm ở phía {dir}, cách cổng Ngọ Môn {km}.",
    "Khoảng cách thẳng từ Ngọ Môn tới {n} là {km}, hướng {dir}; đường đi thật dài hơn.",
    "Người ở trung tâm Huế đi về hướng {dir}, khoảng {km} tính thẳng, sẽ gặp {n}.",
    "Ai đi xe máy từ Đại Nội nên tính hơn {km}, nhắm hướng {dir} để tới {n}.",
    "Vị trí {n} trên bản đồ số: {km} về phía {dir} của Ngọ Môn.",
)  # fmt: skip
WALKS = (
    "Từ Ngọ Môn đi bộ chừng {m} phút là tới {n}.", "{N} gần Ngọ Môn, đi bộ khoảng {m} phút.",
    "Gửi xe trước Ngọ Môn rồi đi bộ {m} phút đến {n} là tiện nhất.",
    "Chừng {m} phút đi bộ từ Ngọ Môn, bạn đã ở {n}.",
)  # fmt: skip
# Notes that begin so are noun phrases; the composer makes sentences of them.
NOUNS = (
    "Nơi ", "Nhà hát", "Miếu thờ các", "Kho lưu", "Cung riêng", "Cửa chính", "Đấu trường", "Thành phụ", "Trường đại học",
    "Đàn tế", "Tên gọi", "Tòa nhà gỗ", "Lăng vua duy", "Khoảng sân", "Dấu thành", "Đền thờ", "Nhà thờ tổ", "Đình còn lại",
    "Hang tự nhiên", "Nhà thủy tạ", "Ngôi nhà rường", "Hai hệ thống hầm", "Tám gian hầm", "Chín khẩu", "Chín đỉnh", "Hai tháp",
)  # fmt: skip
HOURS = {
    "day": (
        "Vào {n} không mất vé, giờ nào trong ngày cũng được.", "{N} mở cả ngày, vào xem không mất tiền.",
        "Dữ liệu của thành phố ghi {n} mở cửa cả ngày, miễn phí.",
        "Muốn đến {n} giờ nào trong ngày cũng được, không thu phí.",
        "Khách đến {n} không phải mua vé; nên đi ban ngày để dễ gặp người trông coi.",
    ),
    "clock": (
        "Giờ mở cửa của {n} là {h}, không thu vé.", "{N} đón khách từ {h}; vào cửa tự do.",
        "Đến {n} trong khoảng {h} thì có người hướng dẫn, không mất phí.",
    ),
}  # fmt: skip
PAID = (
    "Giờ mở cửa {h}; vé người lớn vào {n} theo dữ liệu là {p}.",
    "{N} mở {h}. Giá cao nhất ghi trong dữ liệu là {p} một người.",
    "Vào {n} mất {p} với người lớn, trong giờ {h}.",
)
NEARBY = {
    1: (
        "Gần đó còn {x}, cách {d}.", "Đi thêm {d} là {x}.", "Nơi đáng ghé cùng chuyến với {n} là {x}, chỉ {d}.",
        "Từ {n} sang {x} khoảng {d}.",
    ),
    2: (
        "Quanh {n} còn {x} ({d}) và {y} ({e}).", "Cùng buổi có thể ghé {x}, cách {d}, rồi {y}, cách {e}.",
        "Hai nơi gần nhất là {x}, {d}, và {y}, {e}.", "Rời {n}, đi {d} thì tới {x}; đi {e} thì tới {y}.",
        "Người có thêm thời gian thường nối chuyến sang {x} ({d}) hoặc {y} ({e}).",
    ),
}  # fmt: skip
PLACE = (
    "Hồ sơ cũ ghi địa chỉ “{addr}”; nay nơi này thuộc {u}.",
    "Từ 01/7/2025, {n} ở {u}. Giấy tờ trước đó ghi: {addr}.",
    "Ai tìm {n} theo địa chỉ cũ “{addr}” thì đến {u}.",
    "Tên gọi hành chính hôm nay là {u}, còn dữ liệu gốc vẫn để “{addr}”.",
    "{N} nằm trên đất {u}; địa chỉ ghi trong dữ liệu là {addr}.",
    "Địa chỉ {n} trong bộ dữ liệu: {addr} (tên cũ), tức {u} bây giờ.",
)
FORMS = (
    ("{N}: đi thế nào, xem gì, mấy giờ mở cửa", "{a} {A}",
     "{a} {b}\n\n## Đường đi\n\n{W} {A}\n\n## Giờ mở cửa\n\n{T}\n\n{c}\n\n{R}"),
    ("Một buổi ghé {n}", "{W} {a}",
     "Buổi sáng trời mát là lúc hợp để ghé {n}.\n\n{W}\n\n{a} {c}\n\n{b}\n\n{T} {R}\n\n{A}"),
    ("{N} ở {u} có gì đáng biết", "{b}",
     "Vài điều ngắn về {n}:\n\n1. {a}\n2. {b}\n3. {c}\n\n{T}\n\n{A} {W}\n\n{R}"),
    ("Chuyện cũ ở {n}", "{a}",
     "{a}\n\n{b} {c}\n\n## Hôm nay\n\n{A} {T}\n\n{W} {R}"),
    ("Hỏi nhanh về {n}", "Mấy câu hay gặp khi tìm {n}: ở đâu, mở lúc nào, vì sao được giữ gìn.",
     "## Vì sao nơi này được giữ gìn?\n\n{a} {b}\n\n## {N} nay thuộc phường, xã nào?\n\n{A}\n\n"
     "## Mấy giờ mở cửa?\n\n{T}\n\n## Từ trung tâm đi bao xa?\n\n{W}\n\n## Gần đó còn gì?\n\n{R}"),
    ("{U} có {n}", "{a} {T}",
     "Trong danh mục di tích của thành phố, {n} được xếp nhóm {kind}.\n\n{a}\n\n{b}\n\n{c}\n\n"
     "## Khi đến thăm\n\n- {T}\n- {W}\n- {R}\n\n{A}"),
    ("Biết thêm về {n} trước khi đưa con đi xem", "{b} {T}",
     "Trẻ con đến {n} thường hỏi “ở đây ngày xưa có chi”. Có thể kể thế này:\n\n> {a}\n\n{b}\n\n{c}\n\n{T} {W}\n\n"
     "{R} {A}"),
    ("{N} trên bản đồ di tích của {u}", "{W}",
     "{W} {R}\n\n{a} {b} {c}\n\n## Địa chỉ\n\n{A}\n\n## Vào cửa\n\n{T}"),
    ("Vài dòng về {n} cho người mới tới", "{a}",
     "{A}\n\n{a}\n\n{b}\n\n## Nên nhớ\n\n{c} {T}\n\n{W}\n\n{R}"),
    ("Đến {n}, đọc gì trước", "{a} {b}",
     "## Đọc trong một phút\n\n{a}\n\n## Đọc thêm\n\n{b} {c}\n\n{T}\n\n{W} {R}\n\n{A}"),
    ("{N} còn lại những gì", "{b}",
     "{b}\n\n{c}\n\n{a}\n\n{A}\n\n## Đường và giờ\n\n{W} {T} {R}"),
    ("Ghi chép ngắn: {n}", "{a} {W}",
     "**{N}.** {a}\n\n{b} {c}\n\n{R}\n\n{T}\n\n{A} {W}"),
    ("{N}: một địa chỉ của {u} cho bài học ngoài lớp", "{b} {A}",
     "Thầy cô đưa học sinh đến {n} có thể bắt đầu từ một câu:\n\n> {a}\n\n## Gợi ý cho buổi học\n\n"
     "- Tìm trên bản đồ. {W}\n- Kể lại cho nhau nghe. {b}\n- Hỏi người lớn trong nhà còn biết gì về {n}.\n\n{c}\n\n{T}\n\n{A} {R}"),
    ("Từ Đại Nội đi xem {n}", "{W} {T}",
     "{W}\n\n{T}\n\n## Điều nên biết\n\n{a}\n\n{b}\n\n{c}\n\n## Nối chuyến\n\n{R}\n\n{A}"),
    ("{N}, nơi nhiều người Huế biết tên mà chưa ghé", "{a}",
     "Nghe tên {n} đã lâu, nhiều người vẫn chưa một lần bước vào.\n\n{a} {b}\n\n{T} {W}\n\n{c}\n\n{R}\n\n{A}"),
)  # fmt: skip
