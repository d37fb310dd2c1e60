"""What a careful colleague would say of a text before it goes out: for everybody to read, hear and understand.

Pure: takes what was typed, gives findings with their place. The one home of these rules; the page's script asks for them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from news.rules.listing import TITLE_ADVICE
from news.rules.quality_text import EXCERPT, Text, excerpt, is_shouting, long_sentences, same_words, shouted
from portal.core.html_tree import Node, parse
from portal.core.richtext import clean_html
from portal.core.word_tables import has_header, rows_of

SUMMARY_ADVICE: Final = 250
LONG_SENTENCE: Final = 30
LONG_PARAGRAPH: Final = 120
WIDE_PICTURE: Final = 2000
MOST_FINDINGS: Final = 60
_LONGEST_CHECKED: Final = 1_000_000
_SHORT_HEADING: Final = 100
_VAGUE: Final = frozenset(
    {
        *("tại đây", "ở đây", "đây", "xem thêm", "xem tiếp", "xem chi tiết", "chi tiết", "xem tại đây", "bấm vào đây"),
        *("nhấn vào đây", "click", "click vào đây", "click here", "here", "link", "đường link", "vào đây", "tải về"),
        *("xem", "đọc thêm", "đọc tiếp", "tải tại đây", "bấm đây"),
    }
)
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|heic|bmp)|(?:img|dsc|dscn|image|clip_image|screenshot|anh|photo|z)[_\-\s]?\d+.*",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"ngày\s+(?:\d{1,2}[/-]\d{1,2}(?![/\-.]?\d)|\d{1,2}\s+tháng\s+\d{1,2}(?!\d)(?!\s*[,/]?\s*(?:năm|\d)))",
    re.IGNORECASE,
)
_TYPED_ITEM: Final = re.compile(r"^[-–+•*]\s+\S")
_WORDY: Final = ("p", "li", "td", "blockquote")


class Severity(StrEnum):
    """NEED: publishing asks for it. MEND: somebody is shut out. ADVICE: it would read better."""

    NEED = "need"
    MEND = "mend"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: what it is, how bad, in words; where (``field``, and in the body ``tag`` number ``number`` of its kind)."""

    code: str
    severity: Severity
    sentence: str
    field: str = "body"
    tag: str = ""
    number: int = 0
    excerpt: str = ""
    can_fix: bool = False


def quality_findings(*, title: str, summary: str, body: str) -> list[Finding]:
    """All remarks on an article, the worse first, in the order of reading; bounded."""
    found = [*_title(title), *_summary(summary, title), *body_findings(body)]
    if any(text != unicodedata.normalize("NFC", text) for text in (title, summary, body)):
        found.append(
            Finding("nfd", Severity.ADVICE, _("Một số dấu tiếng Việt gõ rời khỏi chữ. Máy tự ghép lại khi lưu."))
        )
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))[:MOST_FINDINGS]


def body_findings(body: str) -> list[Finding]:
    """The remarks on the text alone, as an about page needs them."""
    if len(body) > _LONGEST_CHECKED:
        return [
            Finding("body-long", Severity.ADVICE, _("Bài dài quá, máy không xem hết được. Nên chia thành nhiều bài."))
        ]
    root = parse(clean_html(body))
    text = Text(root)
    checks: list[Callable[[Text], Iterator[Finding]]] = [_pictures, _headings, _links, _tables, _words, _typed_lists]
    return [finding for check in checks for finding in check(text)]


# --- title and summary --------------------------------------------------------------------------------------------------


def _title(title: str) -> Iterator[Finding]:
    words = " ".join(unicodedata.normalize("NFC", title).split())
    if not words:
        yield Finding("title-missing", Severity.NEED, _("Chưa có tiêu đề."), "title")
    if len(words) > TITLE_ADVICE:
        sentence = _("Tiêu đề dài %(number)d ký tự. Nên dưới %(limit)d để đọc hết trên điện thoại.")
        yield Finding("title-long", Severity.ADVICE, sentence % {"number": len(words), "limit": TITLE_ADVICE}, "title")
    if is_shouting(words):
        yield Finding(
            "title-capitals", Severity.MEND, _("Tiêu đề toàn chữ hoa, khó đọc. Nên viết thường như câu."), "title",
            excerpt=excerpt(words), can_fix=True,
        )  # fmt: skip


def _summary(summary: str, title: str) -> Iterator[Finding]:
    words = " ".join(unicodedata.normalize("NFC", summary).split())
    if not words:
        yield Finding("summary-missing", Severity.NEED, _("Chưa có tóm tắt."), "summary")
        return
    if same_words(words, title):
        sentence = _("Tóm tắt giống hệt tiêu đề. Viết thêm điều người đọc cần biết.")
        yield Finding("summary-same", Severity.ADVICE, sentence, "summary")
    if len(words) > SUMMARY_ADVICE:
        sentence = _("Tóm tắt dài %(number)d ký tự. Nên dưới %(limit)d.")
        yield Finding(
            "summary-long", Severity.ADVICE, sentence % {"number": len(words), "limit": SUMMARY_ADVICE}, "summary"
        )
    if is_shouting(words):
        yield Finding("summary-capitals", Severity.MEND, _("Tóm tắt toàn chữ hoa, khó đọc."), "summary", can_fix=True)


# --- the body -----------------------------------------------------------------------------------------------------------


def _at(
    code: str, severity: Severity, sentence: str, text: Text, node: Node, said: str = "", *, can_fix: bool = False
) -> Finding:
    return Finding(
        code, severity, sentence, tag=node.tag, number=text.number(node), excerpt=excerpt(said or text.words(node)),
        can_fix=can_fix,
    )  # fmt: skip


def _pictures(text: Text) -> Iterator[Finding]:
    for node in text.all("img"):
        alt = " ".join(node.attrs.get("alt", "").split())
        name = node.attrs.get("src", "").rsplit("/", 1)[-1]
        width = node.attrs.get("width", "")
        if not alt:
            sentence = _("Ảnh chưa có lời mô tả. Người không nhìn thấy sẽ không biết ảnh có gì.")
            yield _at("picture-alt", Severity.MEND, sentence, text, node, name)
        elif _FILE_NAME.fullmatch(alt):
            sentence = _("Lời mô tả ảnh là tên tệp. Viết một câu: trong ảnh có gì.")
            yield _at("picture-file-name", Severity.MEND, sentence, text, node, alt)
        if width.isdigit() and int(width[:6]) > WIDE_PICTURE:
            sentence = _("Ảnh rộng %(width)s điểm, tải chậm trên điện thoại. Chọn lại ảnh trong thư viện.")
            yield _at("picture-wide", Severity.ADVICE, sentence % {"width": width}, text, node, alt or name)


def _headings(text: Text) -> Iterator[Finding]:
    last = 1
    for node in text.all("h2", "h3", "h4"):
        words, level = text.words(node), int(node.tag[1])
        if not words:
            sentence = _("Có một tiêu đề mục trống.")
            yield _at("heading-empty", Severity.MEND, sentence, text, node, can_fix=True)
            continue
        if level > last + 1:
            # The editor's menu calls them so.
            sentence = _("Tiêu đề mục nhảy bậc: đây là “Heading %(level)d”, trước nó chưa có “Heading %(missing)d”.")
            values = {"level": level, "missing": last + 1}
            yield _at("heading-level", Severity.MEND, sentence % values, text, node, can_fix=True)
        if is_shouting(words):
            sentence = _("Tiêu đề mục toàn chữ hoa, khó đọc.")
            yield _at("heading-capitals", Severity.ADVICE, sentence, text, node, can_fix=True)
        last = level


def _links(text: Text) -> Iterator[Finding]:
    for node in text.all("a"):
        words = text.words(node)
        bare = words.lower().strip(" .:>»→…")
        if not words and not any(inner.tag == "img" for inner in node.elements()):
            sentence = _("Có một liên kết không có chữ.")
            yield _at("link-empty", Severity.MEND, sentence, text, node, node.attrs.get("href", ""), can_fix=True)
        elif bare in _VAGUE:
            sentence = _("Liên kết chỉ ghi “%(words)s”. Ghi rõ nó dẫn tới đâu.")
            yield _at("link-vague", Severity.MEND, sentence % {"words": words}, text, node)
        elif _ADDRESS.fullmatch(words):
            sentence = _("Liên kết là một địa chỉ mạng. Thay bằng tên trang để người nghe hiểu được.")
            yield _at("link-address", Severity.ADVICE, sentence, text, node)


def _tables(text: Text) -> Iterator[Finding]:
    for node in text.all("table"):
        if len(rows_of(node)) > 1 and not has_header(node):
            sentence = _("Bảng chưa có hàng tiêu đề. Người nghe không biết mỗi cột là gì.")
            yield _at("table-header", Severity.MEND, sentence, text, node, can_fix=True)


def _words(text: Text) -> Iterator[Finding]:
    """Long sentences and paragraphs, capitals, spaces, dates, bold lines in place of headings."""
    for node in text.all(*_WORDY):
        words = text.own_words(node)
        number = len(words.split())
        for sentence, length in long_sentences(words, LONG_SENTENCE):
            said = _("Câu dài %(number)d chữ. Nên tách thành câu ngắn.") % {"number": length}
            yield _at("sentence-long", Severity.ADVICE, said, text, node, sentence)
        if number > LONG_PARAGRAPH:
            said = _("Đoạn dài %(number)d chữ. Nên tách đoạn.") % {"number": number}
            yield _at("paragraph-long", Severity.ADVICE, said, text, node, words)
        is_heading = node.tag == "p" and text.is_bold_line(node) and len(words) <= _SHORT_HEADING
        if is_heading:
            said = _("Dòng chữ đậm này dùng làm tiêu đề mục. Đổi thành tiêu đề thật để nghe và tìm được.")
            yield _at("bold-heading", Severity.MEND, said, text, node, can_fix=True)
        stretch = "" if is_heading else shouted(words)
        if stretch:
            said = _("Một đoạn viết toàn chữ hoa, khó đọc.")
            yield _at("capitals", Severity.ADVICE, said, text, node, stretch, can_fix=True)
        if text.has_double_spaces(node):
            yield _at("spaces", Severity.ADVICE, _("Có chỗ thừa dấu cách."), text, node, can_fix=True)
        dated = _DATE.search(words)
        if dated:
            said = _("“%(date)s” chưa có năm. Bài còn được đọc nhiều năm sau.") % {"date": dated.group()}
            yield _at("date-year", Severity.ADVICE, said, text, node, words[max(0, dated.start() - 20) :][:EXCERPT])


def _typed_lists(text: Text) -> Iterator[Finding]:
    """Neighbouring paragraphs that begin with a dash, said once for each run."""
    run = False
    for before, node in text.neighbours():
        both = all(
            item is not None and item.tag == "p" and _TYPED_ITEM.match(text.words(item)) for item in (before, node)
        )
        if both and not run and before is not None:
            said = _("Các dòng bắt đầu bằng dấu gạch. Đổi thành danh sách thật để máy đọc từng mục.")
            yield _at("typed-list", Severity.ADVICE, said, text, before, can_fix=True)
        run = both
