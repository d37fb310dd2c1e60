"""Articles from two small tables of the open data: visits to monuments and ticket prices."""

from __future__ import annotations

from portal.pages.demo.units_facts import load
from portal.pages.demo.wording import dong, number

from .draft import ATTRIBUTION, Draft, paragraphs

Prices = dict[str, dict[str, int]]
_ADULT, _CHILD, _OTHER = "Người lớn", "Trẻ em", "Khách ưu tiên"


def _prices() -> Prices:
    found: Prices = load("places.json")["tickets"]
    return found


def _visits() -> list[tuple[str, int, int]]:
    return sorted(((n, a, b) for n, a, b in load("places.json")["visits"]), key=lambda row: -(row[1] + row[2]))


def _draft(ref: str, title: str, summary: str, *parts: str, scene: str = "ngomon") -> Draft:
    return Draft(
        title=title, summary=summary, body=paragraphs(*parts, ATTRIBUTION), scene=scene,
        tags=("du lịch", "giá vé", "dữ liệu mở") if "vé" in title.lower() else ("du lịch", "số liệu", "dữ liệu mở"),
        caption="Khách đến di tích Huế. Tranh minh họa.", ref=f"tickets-{ref}",
    )  # fmt: skip


def _table(caption: str, head: str, rows: list[str]) -> str:
    return f"! {caption}\n{head}\n" + "\n".join(rows)


def ticket_drafts() -> list[Draft]:
    """Six articles on ticket prices, each from another side."""
    price = _prices()
    single = {name: row for name, row in price.items() if not name.startswith("Tuyến")}
    routes = {
        name.removeprefix("Tuyến tham quan ").removeprefix("Tuyến "): row
        for name, row in price.items()
        if name not in single
    }
    return [*_price_lists(price, single, routes), *_for_families(price, single, routes)]


def _price_lists(price: Prices, single: Prices, routes: Prices) -> list[Draft]:
    rows = [f"| {name} | {dong(row[_ADULT])} | {dong(row[_CHILD])} |" for name, row in single.items()]
    line = [f"| {name} | {dong(row[_ADULT])} | {dong(row[_CHILD])} |" for name, row in routes.items()]
    citadel, minh, dinh = price["Đại Nội Huế"], price["Lăng vua Minh Mạng"], price["Lăng vua Khải Định"]
    route = price["Tuyến 3 điểm Đại Nội - Minh Mạng - Khải Định"]
    apart = citadel[_ADULT] + minh[_ADULT] + dinh[_ADULT]
    return [
        _draft("single", "Bảng giá vé từng điểm di tích Huế", "Giá vé lẻ cho người lớn và trẻ em, điểm nào cũng có.",
               f"Mua vé lẻ khi chỉ đi một nơi. Danh sách có {len(single)} điểm.",
               _table("Giá vé từng điểm", "| Điểm | Người lớn | Trẻ em |", rows)),
        _draft("routes", "Vé tuyến: đi nhiều lăng, trả ít hơn", "Các tuyến hai đến bốn điểm và giá gộp.",
               "Một vé, nhiều cổng. Vé tuyến hợp với người có trọn một hoặc hai ngày.",
               _table("Giá vé tuyến", "| Tuyến | Người lớn | Trẻ em |", line)),
        _draft("saving", "Đại Nội, Minh Mạng, Khải Định: mua lẻ hay mua tuyến",
               f"Ba vé lẻ {dong(apart)}, vé tuyến {dong(route[_ADULT])}.",
               f"Cộng ba vé lẻ cho một người lớn được {dong(apart)}. Vé tuyến ba điểm là {dong(route[_ADULT])}, "
               f"rẻ hơn {dong(apart - route[_ADULT])}.",
               f"Với trẻ em, vé tuyến ba điểm là {dong(route[_CHILD])}. Nhà đi hai người lớn, hai trẻ em nên tính trước "
               "trên giấy rồi chọn."),
    ]  # fmt: skip


def _for_families(price: Prices, single: Prices, routes: Prices) -> list[Draft]:
    citadel = price["Đại Nội Huế"]
    free = [name for name, row in single.items() if row[_CHILD] == 0]
    half = [f"- {name}: {dong(row[_OTHER])}" for name, row in single.items() if row[_OTHER]]
    return [
        _draft("children", "Đưa con đi lăng: nơi nào trẻ em vào không mất tiền", "Danh sách điểm miễn vé cho trẻ em.",
               f"Dữ liệu giá vé ghi trẻ em được miễn ở {len(free)} điểm:", "\n".join(f"- {name}" for name in free),
               f"Đại Nội thu {dong(citadel[_CHILD])} một em. Mang giấy tờ có ngày sinh để khỏi phải đo chiều cao."),
        _draft("half", "Khách ưu tiên mua vé di tích giá bao nhiêu", "Mức cho khách ưu tiên bằng một nửa giá người lớn.",
               "Cột “khách ưu tiên” trong dữ liệu bằng nửa giá người lớn:", "\n".join(half),
               "Ai thuộc nhóm ưu tiên thì xem quy định tại quầy và mang thẻ còn hạn."),
        _draft("pair", "Nửa ngày với hai lăng gần nhau: Đồng Khánh và Tự Đức",
               f"Vé đôi {dong(routes['2 điểm Đồng Khánh và Tự Đức'][_ADULT])} cho người lớn.",
               "Hai lăng cách nhau vài trăm mét, đi bộ được.",
               f"Mua lẻ hết {dong(price['Lăng vua Tự Đức'][_ADULT] + price['Lăng vua Đồng Khánh'][_ADULT])}; "
               f"vé đôi {dong(routes['2 điểm Đồng Khánh và Tự Đức'][_ADULT])}.",
               "Xem lăng Tự Đức trước khi trời nắng, rồi sang lăng Đồng Khánh ở phía trên.", scene="thap"),
    ]  # fmt: skip


def visit_drafts() -> list[Draft]:
    """Four articles on the counted visits; the source does not say the period, and neither do we."""
    visits = _visits()
    rows = [f"| {name} | {number(home)} | {number(abroad)} |" for name, home, abroad in visits]
    first, second = visits[0], visits[1]
    foreign = [row for row in visits if row[2] > row[1]]
    home = sorted(visits, key=lambda row: row[2] / row[1])[:3]
    total = sum(row[1] + row[2] for row in visits)
    return [
        _draft("all", "Lượt khách ở 13 điểm di tích: bảng đầy đủ", f"Tổng cộng {number(total)} lượt trong dữ liệu mở.",
               "Bảng xếp từ nhiều đến ít. Nguồn không ghi kỳ thống kê, nên chỉ dùng để so các điểm với nhau.",
               _table("Lượt khách theo điểm", "| Điểm | Trong nước | Quốc tế |", rows), scene="bridge"),
        _draft("top", "Nơi nào ở Huế đông khách nhất", f"{first[0]} đứng đầu, tiếp theo là {second[0]}.",
               f"{first[0]} có {number(first[1])} lượt khách trong nước và {number(first[2])} lượt khách quốc tế.",
               f"{second[0]} đứng thứ hai với {number(second[1] + second[2])} lượt. Muốn vắng, bạn đi lúc mới mở cửa hoặc "
               "sau 15:00."),
        _draft("foreign", "Điểm nào khách quốc tế đông hơn khách trong nước", "Có những lăng nhỏ được khách xa tìm đến.",
               "Đa số điểm có khách trong nước nhiều hơn. Ngoại lệ:",
               "\n".join(f"- {n}: {number(b)} lượt quốc tế, {number(a)} lượt trong nước" for n, a, b in foreign),
               "Bảng chỉ dẫn tiếng Anh ở các điểm này cần được ưu tiên.", scene="thap"),
        _draft("home", "Nơi người trong nước hay đến mà khách xa ít biết", "Ba điểm có tỉ lệ khách trong nước cao nhất.",
               "\n".join(f"{i}. {n}: {number(a)} lượt trong nước, {number(b)} lượt quốc tế" for i, (n, a, b) in enumerate(home, 1)),
               "Điện Hòn Chén đông vào tháng Ba và tháng Bảy âm lịch, mùa lễ của người theo tín ngưỡng thờ Mẫu.",
               scene="lagoon"),
    ]  # fmt: skip
