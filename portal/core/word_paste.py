"""Text pasted from Word, Google Docs or a web page, brought into our own formats.

Works between two passes of nh3 (:mod:`portal.core.richtext`): the first gives well-formed HTML and still tells styles, the
second is the boundary. What has been through here carries no sign of pasting any more, so it never comes here twice.
"""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

import nh3

from portal.core.html_tree import BLOCKS, SPACES, Node, parse, to_html
from portal.core.word_lists import gather_lists, nest_lists
from portal.core.word_styles import dress
from portal.core.word_tables import tidy_tables

# A picture's frame keeps its class (`figure.picture`), so that alone is no sign of pasting.
_PASTED: Final = re.compile(
    r"<(?!figure\b)[^<>]*\s(?:style|class)\s*=|<(?:b|i|span|font|div|center|strike|del|h1|h5|h6|o:p)\b", re.IGNORECASE
)
_PICTURE: Final = re.compile(r"<img\b[^<>]*", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_OUR_SOURCE: Final = re.compile(r"""\ssrc\s*=\s*["']?/media/""", re.IGNORECASE)
_READ_TAGS: Final = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "br", "strong", "em", "u", "s", "sub", "sup"),
    *("ul", "ol", "li", "table", "thead", "tbody", "tfoot", "tr", "caption", "th", "td", "a", "img", "figure"),
    *("figcaption", "b", "i", "span", "font", "div", "center", "strike", "del"),
}
_READ_ATTRIBUTES: Final = {
    "*": {"style", "class", "id", "data-picture"},
    "a": {"href", "title", "name"},
    "img": {"src", "alt", "width", "height"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
}
_DROPPED: Final = {"script", "style", "xml", "title", "iframe", "object", "svg", "math", "template", "noscript"}
# More than any text anybody wrote, also with Word's styles; nh3 alone still makes it harmless.
_TREE_LIMIT: Final = 3_000_000
_INLINE: Final = frozenset({"strong", "em", "u", "s", "sub", "sup"})


def looks_pasted(html: str) -> bool:
    """Whether ``html`` still carries what only other programs write."""
    return _PASTED.search(html) is not None


def pictures_left_out(html: str) -> int:
    """How many pictures of ``html`` will not be kept, because they do not come from the unit's library."""
    if "<img" not in html.lower():
        return 0
    return sum(1 for tag in _PICTURE.findall(_COMMENT.sub("", html)) if not _OUR_SOURCE.search(tag))


def from_other_programs(html: str) -> str:
    """``html`` with lists, headings, tables, bold and italic as our own elements, and without anything empty."""
    read = nh3.clean(
        html, tags=_READ_TAGS, attributes=_READ_ATTRIBUTES, clean_content_tags=_DROPPED, strip_comments=True,
        url_schemes={"http", "https", "mailto", "tel"}, link_rel=None,
    )  # fmt: skip
    if len(read) > _TREE_LIMIT:
        return read
    root = parse(read)
    dress(root)
    gather_lists(root)
    nest_lists(root)
    _plain_links(root)
    _boxes_to_paragraphs(root)
    _fold_spaces(root)
    tidy_tables(root)
    _join_and_prune(root)
    # What was pruned may have stood before a space.
    _fold_spaces(root)
    return to_html(root)


def _plain_links(root: Node) -> None:
    """Addresses without Google's detour; anchors that lead nowhere keep their words only."""
    for node in [root, *root.elements()]:
        kept: list[Node | str] = []
        for child in node.children:
            if not isinstance(child, Node) or child.tag != "a":
                kept.append(child)
            elif "href" not in child.attrs:
                kept.extend(child.children)
            else:
                child.attrs = {**child.attrs, "href": _without_detour(child.attrs["href"])}
                kept.append(child)
        node.children = kept


def _without_detour(href: str) -> str:
    if not href.startswith(("https://www.google.com/url?", "http://www.google.com/url?")):
        return href
    try:
        target = parse_qs(urlsplit(href).query).get("q", [""])[0]
    except ValueError:
        return href
    return target if target.startswith(("http://", "https://")) else href


def _boxes_to_paragraphs(root: Node) -> None:
    """A box around blocks is opened; one around words is a paragraph, or nothing inside one (deepest first)."""
    for node in reversed([root, *root.elements()]):
        kept: list[Node | str] = []
        for child in node.children:
            if not isinstance(child, Node) or child.tag not in {"div", "center"}:
                kept.append(child)
            elif any(inner.tag in BLOCKS for inner in child.child_elements()):
                kept.extend(_loose_words_in_paragraphs(child.children))
            else:
                kept.append(Node("p", {}, child.children))
        node.children = kept
    root.children = _loose_words_in_paragraphs(root.children)


def _loose_words_in_paragraphs(children: "list[Node | str]") -> "list[Node | str]":
    """Words between blocks become paragraphs of their own."""
    kept: list[Node | str] = []
    run: list[Node | str] = []
    for child in [*children, None]:
        if child is not None and not (isinstance(child, Node) and child.tag in BLOCKS):
            run.append(child)
            continue
        if any(isinstance(item, Node) or SPACES.sub("", item) for item in run):
            kept.append(Node("p", {}, run))
        run = []
        if child is not None:
            kept.append(child)
    return kept


def _fold_spaces(root: Node) -> None:
    """One space where Word has line ends, tabs and rows of hard spaces; none at the ends of a block."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag == "pre":
            continue
        node.children = [SPACES.sub(" ", child) if isinstance(child, str) else child for child in node.children]
        if node.tag in BLOCKS:
            _trim(node)
        waiting.extend(node.child_elements())


def _trim(node: Node) -> None:
    for end, cut in ((0, str.lstrip), (-1, str.rstrip)):
        holder = node
        while holder.children:
            child = holder.children[end]
            if isinstance(child, str):
                holder.children[end] = cut(child)
                break
            if child.tag == "br" and holder is node and len(node.children) > 1:
                holder.children.pop(end)
                continue
            if child.tag not in _INLINE:
                break
            holder = child


def _join_and_prune(root: Node) -> None:
    """Bold beside bold is one; an element without words or picture is none (deepest first)."""
    for node in reversed([root, *root.elements()]):
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and _is_empty(child):
                kept.extend(child.children if child.tag in _INLINE else [])
                continue
            last = kept[-1] if kept else None
            if isinstance(child, Node) and isinstance(last, Node) and child.tag == last.tag and child.tag in _INLINE:
                last.children.extend(child.children)
            elif child != "":
                kept.append(child)
        node.children = kept


def _is_empty(node: Node) -> bool:
    """Whether nothing of it would be seen; cells keep their place in the table."""
    if node.tag in {"br", "hr", "img", "td", "th", "tr"}:
        return False
    return not any(SPACES.sub("", child) if isinstance(child, str) else child.tag != "br" for child in node.children)
