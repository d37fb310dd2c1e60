"""What real people type, and what it must find. The cases are written from the meaning of vn_search_traps.csv."""

import csv
import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from portal.search.analyzers import words_of
from portal.search.engine import VietnameseWhooshBackend
from portal.search.folding import phrase_key
from portal.search.highlight import marked
from portal.search.terms import Expansion, parse

Put = Callable[..., None]
Find = Callable[..., list[str]]

# What lies in the index beside the wanted text, so that a hit means something.
BACKGROUND = [
    "Lịch tiếp công dân tháng mười một",
    "Thông báo cúp điện khu vực bờ nam sông Hương",
    "Trung tâm Văn hóa tổ chức hội thi cồng chiêng",
    "Phát động trồng cây trên phá Tam Giang",
    "Kết quả kỳ họp bất thường",
    "Tuyển sinh lớp mẫu giáo năm học mới",
    "Danh sách thôn, tổ dân phố",
    "Đoàn kiểm tra an toàn thực phẩm chợ Đông Ba",
]

MATCHES = [
    # Decomposed on one side only: macOS file names, copies from PDF and Word.
    (unicodedata.normalize("NFD", "Hội đồng thẩm định giá đất"), "Hội đồng thẩm định giá đất"),
    ("Giấy xác nhận nơi cư trú", unicodedata.normalize("NFD", "Giấy xác nhận nơi cư trú")),
    # Đ that is not Đ.
    ("Ðiện lực Quảng Ðiền", "Điện lực Quảng Điền"),
    ("đường Đặng Tất", "Đường Ðặng Tất"),
    # Tone on the other vowel.
    ("Khánh Hoà", "Tỉnh Khánh Hòa"),
    ("Tòa nhà hành chính", "Toà nhà hành chính"),
    ("UỶ BAN KIỂM TRA", "Ủy ban Kiểm tra"),
    ("hủy kết quả", "Huỷ kết quả trúng tuyển"),
    ("Phong Thuỷ", "Trạm y tế Phong Thủy"),
    # i and y.
    ("chữ kí số", "Cấp chữ ký số"),
    ("lí lịch", "Khai lý lịch"),
    ("kĩ sư", "Tuyển kỹ sư cầu đường"),
    ("quí bốn", "Kế hoạch quý bốn"),
    ("bác sỹ", "Bác sĩ trực Tết"),
    # No marks at all, any case.
    ("thu tuc dang ky dat dai", "Thủ tục đăng ký đất đai"),
    ("PHUONG KIM LONG", "Phường Kim Long"),
    ("xa phu loc", "Xã Phú Lộc"),
    ("nghi quyet 1675/nq-ubtvqh15", "Nghị quyết số 1675/NQ-UBTVQH15 về sắp xếp đơn vị hành chính"),
    # Short words and digits count.
    ("A Lưới 3", "Xã A Lưới 3"),
    ("y tế", "Trạm y tế lưu động"),
    # Hyphens and dashes, or none.
    ("Bình Trị - Thiên", "Bình Trị Thiên khói lửa"),
    ("Phú Vang – Phú Mỹ", "Tuyến Phú Vang-Phú Mỹ"),
    # Invisible characters inside a word.
    ("cố đô Hu\u200bế", "Cố đô Huế"),
    ("nhà vườn", "Nhà v\u00adườn An Hiên"),
    # Abbreviations and everyday words.
    ("stttt", "Sở Thông tin và Truyền thông"),
    ("CCCD", "Đổi thẻ căn cước công dân"),
    ("sở nn&ptnt", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("hdnd", "Hội đồng nhân dân phường"),
    ("HĐND xã", "Hội đồng nhân dân xã Bình Điền"),
    ("Ủy ban nhân dân", "Tin từ UBND thành phố"),
    ("gcn qsdđ", "Cấp đổi giấy chứng nhận quyền sử dụng đất"),
    ("sổ đỏ", "Giấy chứng nhận quyền sử dụng đất"),
    ("báo tử", "Đăng ký khai tử"),
    ("giấy độc thân", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"),
    # One wrong mark, dialect, sounds, raw keys.
    ("đang ký tạm vắng", "Đăng ký tạm vắng"),
    ("hẽm 12", "Hẻm 12 đường Bạch Đằng"),
    ("xổ tiết kiệm", "Sổ tiết kiệm cho người nghèo"),
    ("trứng nhận", "Chứng nhận nghệ nhân"),
    ("ddawng kis khai sinh", "Đăng ký khai sinh lưu động"),
    ("dang9 ky1 ket61 hon6", "Đăng ký kết hôn"),
    ("dk tam tru can j z", "Đăng ký tạm trú"),
]

HARMLESS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "ế" * 200, "' OR ''='", "%_*?[]{}()"]


def expansions() -> dict[str, list[Expansion]]:
    """The seeds as the lookup in the database would return them."""
    seeds = import_module("portal.search.migrations.0002_seed_synonyms")
    known: dict[str, list[Expansion]] = defaultdict(list)
    for term, meaning in [*seeds.TWO_WAY, *seeds.ONE_WAY]:
        known[phrase_key(term)].append(Expansion(term, meaning))
    for term, meaning in seeds.TWO_WAY:
        known[phrase_key(meaning)].append(Expansion(meaning, term))
    return known


@pytest.mark.parametrize(("query", "wanted"), MATCHES)
def test_what_people_type_finds_what_is_written(put: Put, find: Find, query: str, wanted: str) -> None:
    put(*BACKGROUND)
    put(wanted, start=100)
    assert find(query, expansions=expansions())[:1] == [wanted]


@pytest.mark.parametrize("query", HARMLESS)
def test_harmless_whatever_it_looks_like(put: Put, find: Find, query: str) -> None:
    put(*BACKGROUND)
    assert find(query) == []
    shown = str(marked(query, words_of(query)))
    assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")


def test_homonyms_are_both_there(put: Put, find: Find) -> None:
    put("Xã Hương Phong (cũ)", "Phường Hương Phong", *BACKGROUND)
    assert set(find("Hương Phong")[:2]) == {"Xã Hương Phong (cũ)", "Phường Hương Phong"}


def test_a_word_said_twice_in_a_name(put: Put, find: Find) -> None:
    put("Phường Phường Đúc", "Phường Đức Thịnh", *BACKGROUND)
    assert find("Phường Đúc")[0] == "Phường Phường Đúc"


TRAPS = Path(os.environ.get("PORTAL_DATA_DIR", Path(__file__).parents[3] / "shared" / "data")) / "vn_search_traps.csv"


@pytest.mark.skipif(
    not TRAPS.is_file(), reason=f"the shared data is not here: {TRAPS} (PORTAL_DATA_DIR names its folder)"
)
def test_every_match_and_safe_row_of_the_shared_file(engine: VietnameseWhooshBackend, put: Put, find: Find) -> None:
    with TRAPS.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    texts = [row["should_match_text"] for row in rows if row["expect"] != "safe"]
    put(*BACKGROUND, *dict.fromkeys(texts))
    known = expansions()
    missed = [
        row["query"]
        for row in rows
        if row["expect"] in ("match", "nice_to_have")
        and row["should_match_text"] not in find(row["query"], expansions=known)
    ]
    assert missed == []
    for row in rows:
        if row["expect"] == "safe":
            engine.find(parse(row["query"], known), [1], 0, 10)
            assert "<script" not in marked(row["query"], words_of(row["query"]))
