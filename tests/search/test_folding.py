import unicodedata

import pytest

from portal.search.folding import clean, exact_form, fold, fold_chars, folded_form, has_marks, phrase_key, split_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("uỷ", "ủy"),
        ("toà", "tòa"),
        ("huỷ", "hủy"),
        ("hoá", "hóa"),
        ("tuỳ", "tùy"),
        ("xoá", "xóa"),
        ("ký", "kí"),
        ("lý", "lí"),
        ("mỹ", "mĩ"),
        ("sỹ", "sĩ"),
        ("tỷ", "tỉ"),
        ("quý", "quí"),
        ("hy", "hi"),
    ],
)
def test_two_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert exact_form(one) == exact_form(other)
    assert folded_form(one) == folded_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tai", "tay"),
        ("ui", "uy"),
        ("túi", "túy"),
        ("thủy", "thủi"),
        ("mai", "may"),
        ("má", "mã"),
        ("mà", "mạ"),
        ("thu", "thư"),
        ("la", "lạ"),
        ("đi", "di"),
        ("o", "ô"),
        ("bay", "bai"),
        ("hoa", "hòa"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert exact_form(one) != exact_form(other)


@pytest.mark.parametrize(("one", "other"), [("tai", "tay"), ("ui", "uy"), ("hai", "hay"), ("mai", "may")])
def test_folding_does_not_take_i_for_y_after_a_vowel(one: str, other: str) -> None:
    assert folded_form(one) != folded_form(other)


def test_fold_drops_every_mark_and_the_stroke_of_d() -> None:
    assert fold("Đường Nguyễn Phước Ưng Ðịnh ẵ ặ ỡ ữ") == "duong nguyen phuoc ung dinh a a o u"


def test_fold_takes_decomposed_text() -> None:
    assert fold(unicodedata.normalize("NFD", "Thừa Thiên Huế")) == "thua thien hue"


@pytest.mark.parametrize("text", ["Đà Nẵng", "ẾẾẾ İı ß ﬁ", "Quyết định số 2240/QĐ-UBND", "a\u0301b", "𝔸 😀 x"])
def test_fold_chars_keeps_the_length(text: str) -> None:
    assert len(fold_chars(text)) == len(text)


@pytest.mark.parametrize("invisible", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060"])
def test_invisible_characters_do_not_break_words(invisible: str) -> None:
    assert split_words(f"Hu{invisible}ế") == ["huế"]


@pytest.mark.parametrize("lookalike", ["\u00d0", "\u0110", "\u0189"])
def test_every_kind_of_capital_d_with_stroke_is_the_same(lookalike: str) -> None:
    assert clean(f"{lookalike}à Nẵng") == "Đà Nẵng"


def test_zero_width_between_letter_and_its_combining_mark() -> None:
    assert clean("Hue\u200b\u0302\u0301") == "Huế"


def test_nul_and_control_characters_are_spaces() -> None:
    assert split_words("a\x00b\x07c") == ["a", "b", "c"]


@pytest.mark.parametrize(("text", "expected"), [("thu tuc", False), ("thủ tục", True), ("do", False), ("đo", True)])
def test_has_marks(text: str, expected: bool) -> None:
    assert has_marks(text) is expected
    assert has_marks(unicodedata.normalize("NFD", text)) is expected


def test_words_are_bounded() -> None:
    assert [len(word) for word in split_words("ế" * 10_000)] == [64]


def test_phrase_key_of_an_abbreviation_with_a_sign() -> None:
    assert phrase_key("NN&PTNT") == "nn ptnt"
    assert phrase_key("GCN QSDĐ") == "gcn qsdd"
