"""The boundary against hostile rich text: what may stand in an article's body.

Runs on every save and every import; the editor's own filter is only a comfort (docs/decisions/0002-ckeditor.md).
"""

import re
from typing import Final

import nh3
from django.utils.html import strip_tags

from portal.core.text import nfc
from portal.core.word_paste import from_other_programs, looks_pasted, pictures_left_out

__all__ = ["ATTRIBUTES", "CLASSES", "TAGS", "clean_html", "pictures_left_out", "plain_text", "reading_minutes"]

TAGS: Final = {
    *("p", "h2", "h3", "h4", "blockquote", "pre", "hr", "br", "strong", "em", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "caption", "th", "td", "a", "img", "figure", "figcaption"),
}
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "data-picture"},
    "figure": {"data-picture"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
# The frame of a picture from the library; every other class is somebody else's looks.
CLASSES: Final = {"figure": {"picture"}}
_DROPPED_WITH_CONTENT: Final = {
    *("script", "style", "xml", "title", "iframe", "object", "embed", "svg", "math", "template", "noscript"),
}
_EMPTY_PARAGRAPH: Final = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")
_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_DEAD_LINK: Final = re.compile(r"<a(?![^>]*\shref=)[^>]*>(.*?)</a>", re.DOTALL)
# Links in links and tables in links are told apart only when read again; what is clean already takes one round.
_ROUNDS: Final = 4
_WORDS_A_MINUTE: Final = 200


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop links without scheme to other hosts and pictures that do not lie in our own media."""
    target = value.strip()
    if name == "href" and target.startswith(("//", "\\\\", "/\\")):
        return None
    if tag == "img" and name == "src" and not target.startswith("/media/"):
        return None
    if name == "data-picture" and not (target.isascii() and target.isdigit()):
        return None
    return value


def _drop_broken_image(match: re.Match[str]) -> str:
    # A picture without a source of ours, or without any alternative text attribute, helps nobody.
    return match.group() if " src=" in match.group() and " alt=" in match.group() else ""


def clean_html(html: str) -> str:
    """Return ``html`` reduced to the allowed tags and attributes, NFC, without empty paragraphs or foreign pictures.

    What other programs write (Word, Google Docs) is brought into our formats first. First-level headings become
    second-level: the page's title is the only first one. Links whose address is refused keep their words.
    """
    text = nfc(html)
    for _round in range(_ROUNDS):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    cleaned = nh3.clean(
        from_other_programs(text) if looks_pasted(text) else text,
        tags=TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    mended = _DEAD_LINK.sub(r"\1", _IMAGE.sub(_drop_broken_image, cleaned))
    return _EMPTY_PARAGRAPH.sub("", mended).strip()


def plain_text(html: str) -> str:
    """The words of ``html``, blocks separated by a space: for search, descriptions and reading time."""
    spaced = re.sub(r"</(p|h2|h3|h4|li|td|th|tr|caption|blockquote|figcaption|pre)>|<br>|<hr>", " ", html)
    text = strip_tags(spaced).replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


def reading_minutes(html: str) -> int:
    """Whole minutes an unhurried reader needs; at least one."""
    return max(1, round(len(plain_text(html).split()) / _WORDS_A_MINUTE))
