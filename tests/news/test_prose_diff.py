"""The comparison of two texts: true to both, safe whatever stands in them, quick whatever their length."""

from __future__ import annotations

import random
import re
import time
from html import unescape

import pytest

from news.rules.prose_blocks import blocks_of
from news.rules.prose_diff import Comparison, compare_bodies, compare_lines, words_changed
from news.rules.prose_html import comparison_html, pieces_html
from portal.core.richtext import clean_html

HOSTILE = [
    "",
    "   ",
    "<p></p>",
    "<p>a</p>",
    "a < b & c > d",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<script>alert(1)</script><p>x</p>",
    '<p>"><img src=x onerror=alert(1)></p>',
    "<p>&lt;/del&gt;&lt;ins&gt;giả&lt;/ins&gt;</p>",
    "<p title='\"><b>'>x</p>",
    "<a href='javascript:alert(1)'>bấm</a> <a href='https://a.vn/\"onmouseover=1'>đây</a>",
    "<img src='/media/u1/a.webp' alt='\"><script>1</script>'>",
    "<img src='https://evil.vn/x.png' alt='x'>",
    "<ul><li>một<ul><li>hai</li></ul></li><li>ba</li></ul>",
    "<table><tr><th>Tên</th><td><p>An</p><p>Bình</p></td></tr><tr><td colspan='2'></td></tr></table>",
    "<blockquote><p>Lời &amp; ý</p></blockquote><pre>a\n  b</pre>",
    "<p>Không <strong>đóng",
    "</p></div></table>lạc",
    "<p>\u202eđảo chiều\u202c e\u0301 👩‍👩‍👧 \u00a0 x</p>",
    "<p>dài " + "x" * 5000 + "</p>",
    "<!-- x --><p>y</p><![CDATA[z]]>",
    "<p>[thêm: giả]</p>",
]
SPOKEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')


def _letters(html: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _sides(comparison: Comparison) -> tuple[list[str], list[str]]:
    """Both texts put together again from the shown HTML: without ``ins`` the old one, without ``del`` the new one."""
    old = [piece.text for line in comparison.lines for piece in line.pieces if piece.op != "ins"]
    new = [piece.text for line in comparison.lines for piece in line.pieces if piece.op != "del"]
    return "".join(" ".join(old).split()).split(), "".join(" ".join(new).split()).split()


def _words(html: str) -> str:
    return "".join("".join(block.text.split()) for block in blocks_of(html) if not block.image)


@pytest.mark.parametrize("before", HOSTILE)
@pytest.mark.parametrize("after", HOSTILE)
def test_taking_out_and_putting_in_gives_back_both_texts(before: str, after: str) -> None:
    old, new = clean_html(before), clean_html(after)
    comparison = compare_bodies(old, new)
    back, forth = _sides(comparison)
    assert "".join(back) == _words(old)
    assert "".join(forth) == _words(new)


@pytest.mark.parametrize("before", HOSTILE)
@pytest.mark.parametrize("after", HOSTILE)
def test_what_is_shown_is_nothing_but_our_own_tags(before: str, after: str) -> None:
    """Also of bodies that never went through the cleaner: the comparison is a boundary of its own."""
    for old, new in ((clean_html(before), clean_html(after)), (before, after)):
        html = str(comparison_html(compare_bodies(old, new)))
        tags = set(re.findall(r"</?([a-zA-Z]+)", html))
        assert tags <= {
            *("div", "p", "ins", "del", "span", "details", "summary", "figure", "figcaption", "img", "strong")
        }
        assert not re.search(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', html))
        assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
        assert re.findall(r'src="([^"]*)"', html) == [
            path for path in re.findall(r'src="([^"]*)"', html) if path.startswith("/media/")
        ]
    assert "<script" not in str(pieces_html(compare_lines(before, after)))


def test_the_shown_html_itself_gives_back_both_texts() -> None:
    old = "<p>Tiếp dân lúc 8:00 ngày 20/11 &amp; 21/11.</p><p>Giữ nguyên.</p>"
    new = "<p>Tiếp công dân lúc 7:30 ngày 20/11 &amp; 21/11.</p><p>Giữ nguyên.</p>"
    html = SPOKEN.sub("", str(comparison_html(compare_bodies(old, new))))
    assert _letters(re.sub(r"<ins>.*?</ins>", "", html)) == _letters(old)
    assert _letters(re.sub(r"<del>.*?</del>", "", html)) == _letters(new)


def test_it_reads_like_prose() -> None:
    html = str(
        comparison_html(
            compare_bodies("<p>Họp lúc 8:00 tại hội trường.</p>", "<p>Họp lúc 8:30 tại hội trường lớn.</p>")
        )
    )
    assert "<ins>" in html
    plain = SPOKEN.sub("", html)
    assert "<del> 8:00</del>" in plain
    assert "<ins> 8:30</ins>" in plain
    assert "<ins> lớn</ins>" in plain
    assert "tại hội trường" in plain
    assert "[thêm: " in html, "who hears the page is told what was put in"
    assert "[bỏ: " in html


def test_a_sentence_written_anew_is_not_shredded_word_by_word() -> None:
    old = "<p>Ủy ban mời bà con đến nhà văn hóa của tổ dân phố để nhận quà.</p>"
    new = "<p>Học sinh các trường được nghỉ học của cả tuần vì mưa lũ lớn.</p>"
    pieces = [piece for line in compare_bodies(old, new).lines for piece in line.pieces]
    assert len(pieces) <= 3


def test_a_moved_paragraph_is_called_moved() -> None:
    comparison = compare_bodies("<p>Một.</p><p>Hai hai.</p><p>Ba.</p>", "<p>Ba.</p><p>Một.</p><p>Hai hai.</p>")
    assert any("Chuyển chỗ" in note for line in comparison.lines for note in line.notes)
    assert comparison.words == 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<p>Một câu</p>", "<p>Một <strong>câu</strong></p>", "Thêm chữ đậm: “câu”"),
        ("<p>Một <em>câu</em></p>", "<p>Một câu</p>", "Bỏ chữ nghiêng: “câu”"),
        ("<p>Mục</p>", "<h2>Mục</h2>", "Đổi đoạn văn thành tiêu đề mục"),
        ("<ul><li>Mục</li></ul>", "<ol><li>Mục</li></ol>", "Đổi mục có dấu đầu dòng thành mục đánh số"),
        ("<p>Xem <a href='https://a.vn/'>đây</a></p>", "<p>Xem <a href='https://b.vn/'>đây</a></p>",
         "Liên kết ở “đây”: https://a.vn/ → https://b.vn/"),
        ("<p>Xem <a href='https://a.vn/'>đây</a> nhé bà con</p>", "<p>Xem <a href='https://b.vn/'>đây</a> nhé các bạn</p>",
         "Liên kết ở “đây”: https://a.vn/ → https://b.vn/"),
    ],
)  # fmt: skip
def test_a_change_without_a_word_is_said_in_words(before: str, after: str, said: str) -> None:
    comparison = compare_bodies(clean_html(before), clean_html(after))
    assert comparison.has_changes
    assert said in [note for line in comparison.lines for note in line.notes]


def test_pictures_stand_side_by_side_with_what_they_say() -> None:
    old, new = "<p><img src='/media/a.webp' alt='Cầu cũ'></p>", "<p><img src='/media/b.webp' alt='Cầu mới'></p>"
    html = str(comparison_html(compare_bodies(old, new)))
    assert html.index("/media/a.webp") < html.index("/media/b.webp")
    assert "Mô tả: Cầu cũ" in html
    assert "Mô tả: Cầu mới" in html
    same = str(comparison_html(compare_bodies(old, old.replace("cũ", "cũ, sáng sớm"))))
    assert "Đổi lời mô tả ảnh" in same
    gone = str(comparison_html(compare_bodies(old, "<p>Không ảnh</p>")))
    assert "không có ảnh" in gone


def test_rows_of_tables_and_items_of_lists_are_compared_one_by_one() -> None:
    old = "<table><tr><td>An</td><td>10</td></tr><tr><td>Bình</td><td>20</td></tr></table><ul><li>một</li><li>hai</li></ul>"
    new = "<table><tr><td>An</td><td>10</td></tr><tr><td>Bình</td><td>25</td></tr></table><ul><li>một</li><li>mới</li><li>hai</li></ul>"
    changed = [(line.kind, line.op) for line in compare_bodies(old, new).lines if line.op != "same"]
    assert changed == [("row", "changed"), ("li", "added")]


def test_long_stretches_without_a_change_are_folded_and_can_be_opened() -> None:
    body = "".join(f"<p>Đoạn {number}.</p>" for number in range(30))
    html = str(comparison_html(compare_bodies(body, body.replace("Đoạn 15.", "Đoạn mười lăm."))))
    assert html.count("<details") == 2
    assert "14 đoạn không đổi" in html
    assert "Đoạn 3." in html, "without a script, by the keyboard"


def test_nothing_changed_is_said_so() -> None:
    body = "<p>Một.</p><h2>Hai</h2>"
    assert not compare_bodies(body, body).has_changes
    assert compare_bodies("", "").lines == ()


def _chance(words: list[str], number: int, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(words) for _word in range(number))


VOCABULARY = [f"từ{number}" for number in range(2000)]
SLOW: dict[str, tuple[str, str]] = {
    "20,000 other words": tuple(f"<p>{_chance(VOCABULARY, 20_000, seed)}</p>" for seed in (1, 2)),  # type: ignore[dict-item]
    "20,000 times one word": ("<p>" + "a " * 20_000 + "</p>", "<p>b " + "a " * 15_000 + "c</p>"),
    "two words in turn": ("<p>" + "a b " * 10_000 + "</p>", "<p>" + "b a a " * 7_000 + "</p>"),
    "two words by chance": tuple(f"<p>{_chance(['a', 'b'], 20_000, seed)}</p>" for seed in (3, 4)),  # type: ignore[dict-item]
    "backwards": (
        "<p>" + " ".join(map(str, range(20_000))) + "</p>", "<p>" + " ".join(map(str, range(20_000, 0, -1))) + "</p>",
    ),
    "20,000 paragraphs": tuple(
        "".join(f"<p>{word}</p>" for word in _chance(VOCABULARY, 20_000, seed).split()) for seed in (5, 6)
    ),  # type: ignore[dict-item]
    "5 MB": ("<p>" + "abc " * 650_000 + "</p>", "<p>" + "abd " * 650_000 + "</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name: str) -> None:
    before, after = SLOW[name]
    start = time.process_time()
    comparison = compare_bodies(before, after)
    html = comparison_html(comparison)
    assert time.process_time() - start < 6, "about half a second on an idle machine"
    assert len(html) < 10_000_000
    assert comparison.words == words_changed(before, after)


def test_twenty_thousand_words_with_a_few_changes_show_exactly_these() -> None:
    words = _chance(VOCABULARY, 20_000, 7).split()
    changed = list(words)
    for number in range(100, 20_000, 1_000):
        changed[number] = "đổi"

    def body(text: list[str]) -> str:
        return "".join(f"<p>{' '.join(text[start : start + 100])}</p>" for start in range(0, len(text), 100))

    comparison = compare_bodies(body(words), body(changed))
    put_in = [piece.text.strip() for line in comparison.lines for piece in line.pieces if piece.op == "ins"]
    assert put_in == ["đổi"] * 20
    assert comparison.words == 40
