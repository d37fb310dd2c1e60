"""What a careful colleague would say of a text, where, and what the machine mends by itself."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from news.rules.quality import Severity, body_findings, quality_findings
from news.rules.quality_fixes import mend_body, mend_line
from news.rules.quality_text import sentences
from portal.core.richtext import clean_html


def codes(body: str) -> list[str]:
    return [finding.code for finding in body_findings(body)]


def mended(body: str, code: str) -> str | None:
    finding = next(one for one in body_findings(body) if one.code == code)
    assert finding.can_fix
    return mend_body(body, code=code, number=finding.number, excerpt=finding.excerpt)


LONG = "Ủy ban phường " + "báo tin cho bà con biết rõ " * 6 + "."


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<p><img src="/media/u1/a.webp" alt=""></p>', "picture-alt"),
        ('<p><img src="/media/u1/a.webp" alt="IMG_2034.JPG"></p>', "picture-file-name"),
        ('<p><img src="/media/u1/a.webp" alt="z5012345_abc"></p>', "picture-file-name"),
        ('<p><img src="/media/u1/a.webp" alt="Cầu" width="4000"></p>', "picture-wide"),
        ("<h3>Mục</h3><p>a</p>", "heading-level"),
        ("<h2>A</h2><h4>B</h4>", "heading-level"),
        ("<h2>THÔNG BÁO CẮT ĐIỆN</h2>", "heading-capitals"),
        ("<h2> </h2><p>a</p>", "heading-empty"),
        ('<p>Xem <a href="/a/">tại đây</a></p>', "link-vague"),
        ('<p><a href="/a/">Xem thêm »</a></p>', "link-vague"),
        ('<p><a href="https://hue.gov.vn/a">https://hue.gov.vn/a</a></p>', "link-address"),
        ('<p>a<a href="/a/"></a></p>', "link-empty"),
        ("<table><tr><td>A</td></tr><tr><td>1</td></tr></table>", "table-header"),
        (f"<p>{LONG}</p>", "sentence-long"),
        ("<p>" + "Một câu ngắn thôi. " * 40 + "</p>", "paragraph-long"),
        ("<p><strong>Thời gian, địa điểm</strong></p><p>a</p>", "bold-heading"),
        ("<p>Đề nghị CÁC HỘ DÂN KHẨN TRƯƠNG sơ tán.</p>", "capitals"),
        ("<p>thừa  dấu cách</p>", "spaces"),
        ("<p>Họp ngày 5/12 tại phường.</p>", "date-year"),
        ("<p>Họp ngày 5 tháng 12 tại phường.</p>", "date-year"),
        ("<p>- một</p><p>- hai</p>", "typed-list"),
    ],
)
def test_each_remark_is_made_once_with_its_place_and_a_sentence(body: str, code: str) -> None:
    found = [finding for finding in body_findings(body) if finding.code == code]
    assert len(found) == 1, codes(body)
    assert found[0].sentence.endswith(".")
    assert found[0].tag
    assert found[0].field == "body"


@pytest.mark.parametrize(
    "body",
    [
        "",
        '<p><img src="/media/u1/a.webp" alt="Thuyền neo ở bến Hải Tiến"></p>',
        "<h2>Mục</h2><h3>Con</h3><h2>Mục sau</h2>",
        '<p>Đọc <a href="/a/">kế hoạch phòng chống lụt bão</a>.</p>',
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        "<p>UBND phường, HĐND phường và MTTQ phường họp ngày 5/12/2026.</p>",
        "<p>Họp ngày 5 tháng 12 năm 2026.</p>",
        "<p><strong>Lưu ý:</strong> mang theo giấy tờ.</p>",
        "<p>- chỉ một dòng gạch</p><p>dòng thường</p>",
        '<p><a href="/a/"><img src="/media/u1/a.webp" alt="Bản đồ"></a></p>',
    ],
)
def test_good_texts_get_no_remark(body: str) -> None:
    assert codes(body) == []


def test_title_and_summary() -> None:
    def of(**texts: str) -> dict[str, Severity]:
        whole: Any = {"title": "Lịch họp", "summary": "Họp dân phố.", "body": "<p>a</p>", **texts}
        return {finding.code: finding.severity for finding in quality_findings(**whole)}

    assert of() == {}
    assert of(title="") == {"title-missing": Severity.NEED}
    assert of(summary=" ") == {"summary-missing": Severity.NEED}
    assert "title-long" in of(title="a" * 120)
    assert of(title="THÔNG BÁO CẮT ĐIỆN") == {"title-capitals": Severity.MEND}
    assert of(title="UBND phường họp") == {}
    assert of(title="Lịch  họp", summary="lịch họp.") == {"summary-same": Severity.ADVICE}
    assert "nfd" in of(title=unicodedata.normalize("NFD", "Lễ hội"))
    assert "summary-long" in of(summary="chữ " * 90)


def test_the_worse_comes_first_and_the_number_is_bounded() -> None:
    body = "<p>thừa  cách</p>" * 300 + "<h4>Mục</h4>"
    found = quality_findings(title="", summary="", body=body)
    assert len(found) <= 60
    order = list(Severity)
    assert [order.index(one.severity) for one in found] == sorted(order.index(one.severity) for one in found)


def test_the_sentence_says_the_number_and_shows_the_words() -> None:
    finding = next(one for one in body_findings(f"<p>Ngắn.</p><p>Ngắn thôi. {LONG}</p>") if one.code == "sentence-long")
    assert str(len(LONG.split())) in finding.sentence
    assert finding.excerpt.startswith("Ủy ban phường")
    assert (finding.tag, finding.number) == ("p", 1)


def test_sentences_are_not_torn_at_short_forms() -> None:
    text = "Họp tại TP. Huế lúc 8:00. Ông Nguyễn V. An chủ trì! Ủy ban mời bà con."
    assert len(sentences(text)) == 3


@pytest.mark.parametrize(
    ("body", "code", "after"),
    [
        ("<h2>A</h2><h4>B</h4>", "heading-level", "<h2>A</h2><h3>B</h3>"),
        ("<h3>Mục</h3>", "heading-level", "<h2>Mục</h2>"),
        ("<h2></h2><p>a</p>", "heading-empty", "<p>a</p>"),
        ("<h2>UBND PHƯỜNG THÔNG BÁO</h2>", "heading-capitals", "<h2>UBND phường thông báo</h2>"),
        ("<p>a<a href='/x/'></a></p>", "link-empty", "<p>a</p>"),
        (
            "<table><tbody><tr><td><strong>A</strong></td></tr><tr><td>1</td></tr></tbody></table>", "table-header",
            '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>',
        ),
        ("<p><strong>Thời gian</strong></p><p>a</p>", "bold-heading", "<h2>Thời gian</h2><p>a</p>"),
        ("<p>Đề nghị CÁC HỘ DÂN KHẨN TRƯƠNG đi.</p>", "capitals", "<p>Đề nghị các hộ dân khẩn trương đi.</p>"),
        ("<p>thừa   cách</p>", "spaces", "<p>thừa cách</p>"),
        ("<p>- một</p><p>- <em>hai</em></p><p>ba</p>", "typed-list", "<ul><li>một</li><li><em>hai</em></li></ul><p>ba</p>"),
    ],
)  # fmt: skip
def test_mending_does_what_it_says_and_the_remark_is_gone(body: str, code: str, after: str) -> None:
    text = mended(body, code)
    assert text == after
    assert code not in codes(after)
    assert clean_html(after) == after


def test_of_several_the_named_one_is_mended() -> None:
    body = "<h2>MỘT HAI BA</h2><p>a</p><h2>BỐN NĂM SÁU</h2>"
    second = [one for one in body_findings(body) if one.code == "heading-capitals"][1]
    text = mend_body(body, code=second.code, number=second.number, excerpt=second.excerpt)
    assert text == "<h2>MỘT HAI BA</h2><p>a</p><h2>Bốn năm sáu</h2>"


def test_a_text_that_has_changed_meanwhile_is_not_mended_blindly() -> None:
    assert mend_body("<p>khác rồi</p>", code="heading-level", number=0, excerpt="Mục") is None
    assert mend_body("<h2>A</h2>", code="khong-co", number=0, excerpt="") is None


def test_titles_in_capitals_become_sentences() -> None:
    assert mend_line("title-capitals", "UBND PHƯỜNG MỜI HỌP TỔ DÂN PHỐ SỐ 5") == "UBND phường mời họp tổ dân phố số 5"
    assert mend_line("title-long", "Giữ nguyên") == "Giữ nguyên"


def test_hostile_text_is_looked_at_without_harm() -> None:
    assert body_findings("<script>alert(1)</script>" * 50) == []
    assert [one.code for one in body_findings("<p>a</p>" * 200_000)] == ["body-long"]
