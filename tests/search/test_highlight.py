import unicodedata

import pytest

from portal.search.analyzers import words_of
from portal.search.highlight import excerpt, marked


def test_marks_of_the_text_are_kept() -> None:
    assert marked("Thủ tục đăng ký kết hôn", words_of("dang ky")) == "Thủ tục <mark>đăng ký</mark> kết hôn"


def test_another_spelling_is_marked() -> None:
    assert marked("Ủy ban Thuận Hóa", words_of("uỷ thuận hoá")) == "<mark>Ủy</mark> ban <mark>Thuận Hóa</mark>"


def test_words_with_marks_do_not_light_up_look_alikes() -> None:
    assert marked("thu phí theo thủ tục", words_of("thủ tục")) == "thu phí theo <mark>thủ tục</mark>"


def test_a_word_that_only_stands_without_its_marks_is_marked() -> None:
    assert marked("DANG KY truc tuyen", words_of("đăng ký")) == "<mark>DANG KY</mark> truc tuyen"


def test_everything_else_is_escaped() -> None:
    shown = marked('<script>alert("x")</script> & Huế', words_of("script huế"))
    assert shown == (
        "&lt;<mark>script</mark>&gt;alert(&quot;x&quot;)&lt;/<mark>script</mark>&gt; &amp; <mark>Huế</mark>"
    )


def test_decomposed_text_with_invisible_characters() -> None:
    text = unicodedata.normalize("NFD", "Cố đô Hu\u200bế")
    assert marked(text, words_of("hue")) == "Cố đô <mark>Huế</mark>"


def test_excerpt_shows_the_sentence_with_most_of_the_words() -> None:
    text = "Câu đầu nói chuyện khác. Hồ sơ cấp giấy khai sinh gồm những gì? Giấy tờ khác."
    assert "<mark>giấy khai sinh</mark>" in excerpt(text, words_of("giay khai sinh"), length=45)
    assert excerpt(text, words_of("khai sinh"), length=45).startswith("…Hồ sơ")


def test_excerpt_without_a_hit_is_the_beginning() -> None:
    assert excerpt("Câu một. Câu hai.", words_of("vắng"), length=200) == "Câu một. Câu hai."


def test_excerpt_of_one_endless_sentence_is_cut_at_words() -> None:
    text = " ".join(f"từ{number}" for number in range(1, 600))
    shown = str(excerpt(text, words_of("từ300"), length=120))
    assert "<mark>từ300</mark>" in shown
    assert shown.startswith("…từ")
    assert shown.endswith("…")
    assert len(shown) < 160


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_excerpt_of_nothing(text: str) -> None:
    assert excerpt(text, words_of("gì")) == ""


def test_excerpt_never_leaves_markup_open() -> None:
    shown = str(excerpt("<b>" * 400 + "Huế" + "<i>" * 400, words_of("hue"), length=80))
    assert "<b" not in shown
    assert shown.count("<mark>") == shown.count("</mark>") == 1
