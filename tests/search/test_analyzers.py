import unicodedata

import pytest

from portal.search.analyzers import count_words, exact_analyzer, folded_analyzer, numbers_of, words_of


def folded(text: str) -> list[str]:
    return [word.folded for word in words_of(text)]


def test_short_words_and_digits_are_words() -> None:
    assert folded("Xã A Lưới 2") == ["xa", "a", "luoi", "2"]
    assert folded("y tế và an ninh") == ["y", "te", "va", "an", "ninh"]


@pytest.mark.parametrize("dash", ["-", "–", "—", "‑", "−"])
def test_all_dashes_separate(dash: str) -> None:
    assert folded(f"Chân Mây {dash} Lăng Cô") == ["chan", "may", "lang", "co"]


def test_a_document_number_is_kept_whole_and_in_parts() -> None:
    counts = count_words("Nghị quyết số 1675/NQ-UBTVQH15")
    assert {"1675", "nq", "ubtvqh15", "1675/nq-ubtvqh15"} <= set(counts.folded)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Quyết định 2240/QĐ-UBND ngày", "2240/qd-ubnd"),
        ("số 45/2026/NĐ-CP", "45/2026/nd-cp"),
        ("01/CT–TTg", "01/ct-ttg"),
        ("Luật 72/2025/QH15", "72/2025/qh15"),
    ],
)
def test_document_numbers(text: str, number: str) -> None:
    assert numbers_of(text) == [number]


@pytest.mark.parametrize("text", ["ngày 01/7/2026", "và/hoặc", "tỉ lệ 1/2", "http://a/b"])
def test_what_is_no_document_number(text: str) -> None:
    assert numbers_of(text) == []


def test_exact_keeps_marks_and_folded_does_not() -> None:
    assert [token.text for token in folded_analyzer()("Đăng Ký")] == ["dang", "ki"]
    assert [token.text for token in exact_analyzer()("đăng ký")] == [
        token.text for token in exact_analyzer()("Đăng Kí")
    ]
    assert [token.text for token in exact_analyzer()("má")] != [token.text for token in exact_analyzer()("mã")]


def test_decomposed_text_gives_the_same_words() -> None:
    text = "Sở Nông nghiệp và Môi trường"
    assert words_of(unicodedata.normalize("NFD", text)) == words_of(text)


def test_counting_adds_spellings_together() -> None:
    counts = count_words("hoà hòa HOÀ")
    assert list(counts.exact.values()) == [3]
    assert counts.folded == {"hoa": 3}
