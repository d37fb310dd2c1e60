"""What Word, Google Docs and web pages put into the clipboard becomes our own formats, or goes."""

from __future__ import annotations

import re
import time

import pytest

from portal.core.richtext import ATTRIBUTES, TAGS, clean_html
from portal.core.word_paste import looks_pasted, pictures_left_out
from portal.settings.editor import CONFIGS

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-parent:"";} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI><!--StartFragment-->
<p class=MsoTitle><b>KẾ HOẠCH PHÒNG CHỐNG LỤT BÃO<o:p></o:p></b></p>
<h1 style='margin:0cm'><span lang=VI style='font-size:14.0pt'>I. Mục đích<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify'><span style='font-size:14.0pt;font-family:"Times New Roman",serif'>Toàn
phường&nbsp;&nbsp;&nbsp; chuẩn  bị trước <b style='mso-bidi-font-weight:normal'>16</b><b>:00</b> <i>hôm nay</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Neo đậu tàu thuyền<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp;</span></span><![endif]>Âu thuyền Phú Hải</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·&nbsp;</span>Chằng chống nhà</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Bước một</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>Bước hai</p>
<table class=MsoTableGrid border=1><tr><td width=80><p class=MsoNormal align=center><b><span>STT</span></b></p></td>
<td><p class=MsoNormal><b>Điểm neo đậu</b></p></td></tr>
<tr><td><p class=MsoNormal>1</p></td><td><p>Bến Hải Tiến</p><p>20 thuyền</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="a"><v:imagedata src="file:///C:/Temp/msohtml/clip_image001.png"/></v:shape>
<![endif]--><![if !vml]><img width=300 height=200 src="file:///C:/Temp/msohtml/clip_image001.png"><![endif]></p>
<p class=MsoNormal>Xem <a href="file:///D:/ke-hoach.doc">tệp</a>, <a href="javascript:alert(1)">bấm</a>,
<a name="_Toc1">mục lục</a><span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp;&nbsp;</span><a href="https://hue.gov.vn/">Huế</a></p>
<p><img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg=="></p>
<!--EndFragment--></body></html>"""
WORD_CLEAN = (
    "<h2>KẾ HOẠCH PHÒNG CHỐNG LỤT BÃO</h2><h2>I. Mục đích</h2>"
    "<p>Toàn phường chuẩn bị trước <strong>16:00</strong> <em>hôm nay</em>.</p>"
    "<ul><li>Neo đậu tàu thuyền<ul><li>Âu thuyền Phú Hải</li></ul></li><li>Chằng chống nhà</li></ul>"
    "<ol><li>Bước một</li><li>Bước hai</li></ol>"
    '<table><thead><tr><th scope="col">STT</th><th scope="col">Điểm neo đậu</th></tr></thead>'
    "<tbody><tr><td>1</td><td>Bến Hải Tiến<br>20 thuyền</td></tr></tbody></table>"
    '<p>Xem tệp, bấm, mục lục <a href="https://hue.gov.vn/" rel="noopener noreferrer">Huế</a></p>'
)
DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f2e"><h1 dir="ltr"
style="line-height:1.38;margin-top:20pt"><span style="font-size:20pt;font-weight:400;white-space:pre-wrap">Thông báo</span></h1>
<h2 dir="ltr"><span style="font-weight:400">Chi tiết</span></h2>
<p dir="ltr" style="line-height:1.38"><span style="font-weight:700">Đậm</span><span style="font-weight:400;font-style:italic"> nghiêng</span>
<a href="https://www.google.com/url?q=https://hue.gov.vn/lich?a%3D1&amp;sa=D&amp;ust=1" style="text-decoration:none"><span
style="color:#1155cc;text-decoration:underline">lịch</span></a> m<span style="vertical-align:super">2</span></p><br>
<ul style="margin-top:0"><li dir="ltr" style="list-style-type:disc" aria-level="1"><p dir="ltr" role="presentation"><span>Một</span></p></li>
<ul><li dir="ltr" aria-level="2"><p role="presentation"><span>Con</span></p></li></ul><li><p><span>Hai</span></p></li></ul>
<div dir="ltr" align="left"><table style="border:none"><colgroup><col width="50" /></colgroup><tbody>
<tr><td><p><span style="font-weight:700">Ngày</span></p></td><td><p><span style="font-weight:700">Việc</span></p></td></tr>
<tr><td><p><span>22/11</span></p></td><td><p><span>Họp</span></p></td></tr></tbody></table></div></b><br class="Apple-interchange-newline">"""
DOCS_CLEAN = (
    "<h2>Thông báo</h2><h3>Chi tiết</h3>"
    '<p><strong>Đậm</strong><em> nghiêng</em> <a href="https://hue.gov.vn/lich?a=1" rel="noopener noreferrer">lịch</a> m<sup>2</sup></p>'
    "<ul><li>Một<ul><li>Con</li></ul></li><li>Hai</li></ul>"
    '<table><thead><tr><th scope="col">Ngày</th><th scope="col">Việc</th></tr></thead>'
    "<tbody><tr><td>22/11</td><td>Họp</td></tr></tbody></table>"
)


def flat(html: str) -> str:
    """Without the line ends between blocks, which nobody sees."""
    return re.sub(r">\s+<(?!a\b|em|strong)", "><", html)


@pytest.mark.parametrize(("pasted", "clean"), [(WORD, WORD_CLEAN), (DOCS, DOCS_CLEAN)], ids=["word", "docs"])
def test_pasted_documents_become_our_formats(pasted: str, clean: str) -> None:
    once = clean_html(pasted)
    assert flat(once) == clean
    assert clean_html(once) == once
    assert not looks_pasted(once)


def test_pictures_that_are_left_out_are_counted_and_conditional_ones_not_twice() -> None:
    assert pictures_left_out(WORD) == 2
    assert pictures_left_out('<p><img src="/media/u1/a.webp" alt="a"><img src="https://x.example/a.png"></p>') == 1
    assert pictures_left_out("<p>không ảnh</p>") == 0


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ('<p style="mso-outline-level:2">Phần</p>', "<h2>Phần</h2>"),
        ('<p class="MsoTitle">Tên</p><p style="mso-outline-level:2">Phần</p>', "<h2>Tên</h2><h3>Phần</h3>"),
        ('<p class="MsoHeading8">Phần</p><h1 class="x">A</h1>', "<h4>Phần</h4><h2>A</h2>"),
        ("<b>Đậm</b> và <i>nghiêng</i>", "<p><strong>Đậm</strong> và <em>nghiêng</em></p>"),
        ("<div>Một</div><div><div>Hai</div></div>", "<p>Một</p><p>Hai</p>"),
        ('<p style="display:none">ẩn</p><p>hiện</p>', "<p>hiện</p>"),
        ('<p><span style="text-decoration:line-through">cũ</span></p>', "<p><s>cũ</s></p>"),
        ('<p class="x"><b></b><b> </b>chữ</p>', "<p>chữ</p>"),
        ('<p class="MsoListParagraph">·&nbsp;&nbsp; Một</p>', "<ul><li>Một</li></ul>"),
        ('<p class="MsoListParagraph">Không phải mục</p>', "<p>Không phải mục</p>"),
        ('<pre class="x">a  b\n c</pre>', "<pre>a  b\n c</pre>"),
        ('<p class="x"><a href="https://www.google.com/url?q=javascript:alert(1)">x</a></p>', None),
    ],
)  # fmt: skip
def test_small_cases(pasted: str, clean: str | None) -> None:
    once = clean_html(pasted)
    assert clean_html(once) == once
    if clean is not None:
        assert once == clean
    assert "javascript:" not in once or "google.com" in once


def test_a_table_with_one_bold_row_only_or_a_header_already_is_left_alone() -> None:
    one = '<table class="x"><tr><td><b>A</b></td></tr></table>'
    assert "<th" not in clean_html(one)
    had = '<table class="x"><tr><td><b>A</b></td></tr><tr><th>B</th></tr></table>'
    assert "<thead" not in clean_html(had)


def test_old_encodings_are_not_guessed_at() -> None:
    for text in ("Coäng hoøa xaõ hoäi", "Céng hßa x· héi"):
        assert (
            clean_html(f'<p class="MsoNormal"><span style="font-family:VNI-Times">{text}</span></p>')
            == f"<p>{text}</p>"
        )


def test_the_frame_of_a_picture_from_the_library_is_kept_and_nothing_else_of_a_class() -> None:
    kept = (
        '<figure class="picture" data-picture="12"><img src="/media/u1/a.webp" alt="Cầu" width="8" height="6"'
        ' data-picture="12"><figcaption>Cầu</figcaption></figure>'
    )
    assert clean_html(kept) == kept
    assert not looks_pasted(kept)
    assert clean_html(
        '<figure class="picture evil" data-picture="1 or 1"><img src="/media/a.webp" alt=""></figure>'
    ) == ('<figure class="picture"><img src="/media/a.webp" alt=""></figure>')
    assert clean_html(f'<p class="MsoNormal">a</p>{kept}') == f"<p>a</p>{kept}"


def test_what_the_editor_lets_in_is_what_the_server_keeps() -> None:
    allowed = CONFIGS["default"]["allowedContent"]
    tags: dict[str, set[str]] = {}
    for rule in allowed.split(";"):
        match = re.fullmatch(r"\s*([a-z0-9 ]+?)\s*(?:\((\w+)\))?(?:\[([^\]]*)\])?\s*", rule)
        assert match, rule
        for tag in match.group(1).split():
            tags[tag] = {name.lstrip("!") for name in (match.group(3) or "").split(",") if name}
    assert set(tags) == TAGS
    assert {tag: names for tag, names in tags.items() if names} == {
        tag: names for tag, names in ATTRIBUTES.items() if names
    }


@pytest.mark.parametrize(
    ("piece", "size"),
    [
        ('<p class=MsoNormal><span style="font-weight:bold">chữ dài</span> abc</p>', 5_000_000),
        ('<img src="data:image/png;base64,' + "A" * 1_000_000 + '">', 5_000_000),
        ("<p><b>", 1_000_000),
        ('<span style="x:1">', 1_000_000),
        ("<", 1_000_000),
        ("<!--[if gte mso 9]>", 1_000_000),
    ],
    ids=["word", "picture", "open", "spans", "brackets", "comments"],
)
def test_megabytes_are_cleaned_in_bounded_time(piece: str, size: int) -> None:
    started = time.perf_counter()
    clean_html(piece * (size // len(piece)))
    assert time.perf_counter() - started < 20
