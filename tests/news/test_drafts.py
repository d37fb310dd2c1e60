"""Articles read out of a pasted draft."""

from __future__ import annotations

import pytest

from news.rules.drafts import PARTS_LIMIT, split_draft


def headings(html: str) -> list[str]:
    return [part.heading for part in split_draft(html)]


def test_each_article_with_its_text() -> None:
    first, second = split_draft(
        "<p>Căn cứ Luật…</p><p>Điều 1. Phạm vi</p><p>Một.</p><ul><li>a</li></ul><p>Điều 2. Giờ</p><p>Hai.</p>"
    )
    assert (first.label, first.heading, first.body) == ("dieu-1", "Điều 1. Phạm vi", "<p>Một.</p><ul><li>a</li></ul>")
    assert (second.label, second.body) == ("dieu-2", "<p>Hai.</p>")


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>Điều 3. Tên</h3>",
        "<p><strong>Điều 3.</strong> Tên</p>",
        "<p>ĐIỀU 3: Tên</p>",
        "<p>Điều 3 – Tên</p>",
        "<h2>Điều 3</h2>",
    ],
)
def test_ways_of_writing_a_heading(heading: str) -> None:
    assert [part.label for part in split_draft(f"{heading}<p>Chữ.</p>")] == ["dieu-3"]


def test_an_article_named_in_a_sentence_begins_nothing() -> None:
    html = "<p>Điều 1. Tên</p><p>Điều 3 của Nghị định 30 vẫn áp dụng.</p><p>Theo Điều 4. và Điều 5.</p>"
    assert headings(html) == ["Điều 1. Tên"]


def test_chapter_headings_belong_to_no_article() -> None:
    html = "<p>Điều 1. A</p><p>Một.</p><h2>Chương II. Cụ thể</h2><p>Điều 2. B</p><p>Hai.</p>"
    assert [part.body for part in split_draft(html)] == ["<p>Một.</p>", "<p>Hai.</p>"]


def test_letters_and_repeats_have_labels_of_their_own() -> None:
    html = "<p>Điều 1. A</p><p>Điều 1a. B</p><p>Điều 1. C</p><p>Điều 1. D</p>"
    labels = [part.label for part in split_draft(html)]
    assert labels[:2] == ["dieu-1", "dieu-1a"]
    assert len(set(labels)) == 4


def test_an_article_in_one_long_paragraph_loses_no_word() -> None:
    words = "Điều 7. " + "rất dài " * 60
    (part,) = split_draft(f"<p>{words}</p>")
    assert len(part.heading) <= 250
    assert words.strip() in part.body


def test_a_text_without_articles_has_no_parts_and_a_flood_is_bounded() -> None:
    assert split_draft("<p>Kế hoạch năm 2027.</p>") == []
    flood = "".join(f"<p>Điều {number % 900}. A</p>" for number in range(PARTS_LIMIT * 3))
    assert len(split_draft(flood)) == PARTS_LIMIT
