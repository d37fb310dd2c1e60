"""Numbers of documents in any spelling: a table, and what is no number."""

from __future__ import annotations

import pytest

from news.rules.document_numbers import NumberQuery, key_serial, parse_number, query_words, search_words, tokens
from news.rules.documents import number_key

WANTED = NumberQuery("54", 2023, ("qd", "ubnd"))

NUMBERS = {
    "54/2023/QĐ-UBND": WANTED,
    "54/2023/qd-ubnd": WANTED,
    "54-2023-QĐ-UBND": WANTED,
    "54/2023/QĐ\u2011UBND": WANTED,
    "  54 / 2023 / QĐ – UBND ": WANTED,
    "５４/２０２３/QĐ-UBND": WANTED,
    "số 054/2023/QĐ-UBND": WANTED,
    "văn bản số 54/2023/QĐ-UBND": WANTED,
    "QĐ 54/2023": NumberQuery("54", 2023, ("qd",)),
    "qd54/2023": NumberQuery("54", 2023, ("qd",)),
    "quyet dinh 54 2023": NumberQuery("54", 2023, ("quyet", "dinh")),
    "Quyết định số 54 năm 2023": NumberQuery("54", 2023, ("quyet", "dinh")),
    "54/2023": NumberQuery("54", 2023, ()),
    "54": NumberQuery("54", None, ()),
    "54/QĐ-UBND": NumberQuery("54", None, ("qd", "ubnd")),
    "09/CT-UBND": NumberQuery("9", None, ("ct", "ubnd")),
    "1975/QĐ-UBND": NumberQuery("1975", None, ("qd", "ubnd")),
    "66.7/2025/NQ-CP": NumberQuery("66", 2025, ("7", "nq", "cp")),
    "09b/2013/TT-BTP": NumberQuery("9b", 2013, ("tt", "btp")),
    "luật 54/2014": NumberQuery("54", 2014, ("luat",)),
    "54/2014/QH13": NumberQuery("54", 2014, ("qh13",)),
    "nghị định số 30 năm 2020 của Chính phủ": NumberQuery("30", 2020, ("nghi", "dinh", "chinh", "phu")),
    "Nghị định 30 ngày 5/3/2020": NumberQuery("30", 2020, ("nghi", "dinh")),
}
NO_NUMBERS = (
    "", "   ", "nhuận bút", "2023", "Tết 2027", "tháng 10", "ngày 20/11", "ngày 05 tháng 3 năm 2020", "/", "---", "%_\\",
    "' OR 1=1", "<script>alert(1)</script>", "\x00", "phòng dịch sốt xuất huyết",
)  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted"), NUMBERS.items())
def test_a_number_is_read_in_any_spelling(typed: str, wanted: NumberQuery) -> None:
    assert parse_number(typed) == wanted


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_other_words_are_no_number(typed: str) -> None:
    assert parse_number(typed) is None


@pytest.mark.parametrize("typed", [text for text in NUMBERS if "2023" in text and "54" in text])
def test_a_spelled_number_is_found_in_what_the_register_is_searched_in(typed: str) -> None:
    text = search_words("54/2023/QĐ-UBND", "Quyết định", "UBND thành phố", 2023, "Quy định về nhuận bút")
    number = parse_number(typed)
    assert number is not None
    assert number.serial == key_serial(number_key("54/2023/QĐ-UBND"))
    assert all(f" {word} " in text for word in number.words)


def test_words_are_whole_and_without_marks() -> None:
    assert tokens("Đường Lê Lợi, số 09") == ["duong", "le", "loi", "so", "9"]
    assert search_words("Chợ", "hoa") == " cho hoa "
    assert " cho " not in search_words("phòng chống")


def test_what_is_typed_is_bounded() -> None:
    assert len(query_words("một hai ba bốn năm sáu bảy tám chín mười " * 500)) == 8
    assert len(search_words("chữ " * 100_000)) < 4_100
    assert parse_number("9" * 5_000) is None
    assert parse_number("54/" * 5_000) is not None


@pytest.mark.parametrize(
    ("key", "serial"),
    [("54.2023.qd.ubnd", "54"), ("9b.2013", "9b"), ("09b.2013", "9b"), ("qd.ubnd", ""), ("", ""), ("0", "0")],
)
def test_the_serial_of_a_key(key: str, serial: str) -> None:
    assert key_serial(key) == serial
