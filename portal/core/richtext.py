"""The boundary against hostile rich text: what may stand in an article's body.

Runs on every save and every import; the editor's own filter is only a comfort (docs/decisions/0002-ckeditor.md).
"""

import re
from typing import Final

import nh3
from django.utils.html import strip_tags

from portal.core.text import nfc

TAGS: Final = {
    *("p", "h2", "h3", "h4", "blockquote", "pre", "hr", "br", "strong", "em", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tr", "caption", "th", "td", "a", "img", "figure", "figcaption"),
}
ATTRIBUTES: Final = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
_DROPPED_WITH_CONTENT: Final = {"script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript"}
_EMPTY_PARAGRAPH: Final = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>\s*")
_IMAGE: Final = re.compile(r"<img\b[^>]*>")
_WORDS_A_MINUTE: Final = 200


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """Drop links without scheme to other hosts and pictures that do not lie in our own media."""
    target = value.strip()
    if name == "href" and target.startswith(("//", "\\\\", "/\\")):
        return None
    if tag == "img" and name == "src" and not target.startswith("/media/"):
        return None
    return value


def _drop_broken_image(match: re.Match[str]) -> str:
    # A picture without a source of ours, or without any alternative text attribute, helps nobody.
    return match.group() if " src=" in match.group() and " alt=" in match.group() else ""


def clean_html(html: str) -> str:
    """Return ``html`` reduced to the allowed tags and attributes, NFC, without empty paragraphs or foreign pictures.

    First-level headings become second-level: the page's title is the only first one.
    """
    text = re.sub(r"(</?)h1\b", r"\1h2", nfc(html), flags=re.IGNORECASE)
    cleaned = nh3.clean(
        text,
        tags=TAGS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    return _IMAGE.sub(_drop_broken_image, _EMPTY_PARAGRAPH.sub("", cleaned)).strip()


def plain_text(html: str) -> str:
    """The words of ``html``, blocks separated by a space: for search, descriptions and reading time."""
    spaced = re.sub(r"</(p|h2|h3|h4|li|td|th|tr|caption|blockquote|figcaption|pre)>|<br>|<hr>", " ", html)
    text = strip_tags(spaced).replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(text.split())


def reading_minutes(html: str) -> int:
    """Whole minutes an unhurried reader needs; at least one."""
    return max(1, round(len(plain_text(html).split()) / _WORDS_A_MINUTE))
