"""Styles of other programs as elements of ours: bold, italic, headings; what is only looks goes."""

import re
from typing import Final

from portal.core.html_tree import Node

# Names of a style by what they look like; only these mean something to a reader.
_BOLD: Final = re.compile(r"bold|bolder|[6-9]00")
_OUTLINE: Final = re.compile(r"[1-9]")
_HEADING_CLASS: Final = re.compile(r"(?:mso)?heading\s?([1-9])", re.IGNORECASE)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_RENAMED: Final = {"i": "em", "strike": "s", "del": "s"}
_KEPT_ATTRIBUTES: Final = frozenset(
    {"href", "title", "src", "alt", "width", "height", "colspan", "rowspan", "scope", "data-picture"}
)


def declarations(node: Node) -> dict[str, str]:
    """The element's style as name → value, both in small letters."""
    found = {}
    for part in node.attrs.get("style", "").lower().split(";"):
        name, _colon, value = part.partition(":")
        found[name.strip()] = value.strip()
    return found


def dress(root: Node) -> None:
    """Turn styles into elements, in the whole tree; what tells about lists stays for :mod:`portal.core.word_lists`."""
    for node in [root, *root.elements()]:
        if node.tag in {"p", "div"}:
            _name_heading(node)
    _shift_headings(root)
    for node in reversed([root, *root.elements()]):
        kept: list[Node | str] = []
        for child in node.children:
            kept.extend(_dressed(child) if isinstance(child, Node) else [child])
        node.children = kept
    _plain_headings_and_links(root)


def _name_heading(node: Node) -> None:
    """Word's paragraphs that its outline calls headings."""
    style, classes = declarations(node), node.attrs.get("class", "")
    named = _HEADING_CLASS.search(classes)
    level = style.get("mso-outline-level", "")
    if "MsoTitle" in classes:
        node.tag = "h1"
    elif "MsoSubtitle" in classes:
        node.tag = "h2"
    elif named:
        node.tag = f"h{min(int(named.group(1)), 6)}"
    elif _OUTLINE.fullmatch(level) and "mso-list" not in style:
        node.tag = f"h{min(int(level), 6)}"


def _shift_headings(root: Node) -> None:
    """The page's title is the only first heading: where a text begins with one, all go one down, to h4 at most."""
    headings = [node for node in root.elements() if node.tag in _HEADINGS]
    shift = 1 if any(node.tag == "h1" for node in headings) else 0
    for node in headings:
        node.tag = f"h{min(max(int(node.tag[1]) + shift, 2), 4)}"


def _dressed(node: Node) -> "list[Node | str]":
    """The element as ours, or its content where it was only looks."""
    style = declarations(node)
    if style.get("mso-list") == "ignore" and node.tag == "span":
        return [Node("marker", {}, node.children)]
    if style.get("display") == "none" or "mso-hide" in style:
        return []
    content: list[Node | str] = [" "] if "mso-tab-count" in style else node.children
    if node.tag in {"span", "font", "b", "strong"}:
        return _wrapped(content, _inline_tags(node, style))
    if node.tag == "em" or node.tag in _RENAMED:
        plain = node.tag in {"i", "em"} and style.get("font-style") == "normal"
        return content if plain else [Node(_RENAMED.get(node.tag, node.tag), {}, content)]
    is_frame = node.tag == "figure" and "picture" in node.attrs.get("class", "").split()
    if is_frame:
        node.attrs["class"] = "picture"
    kept = _KEPT_ATTRIBUTES | ({"style", "class"} if is_frame or _tells_of_list(node, style) else set())
    node.attrs = {name: value for name, value in node.attrs.items() if name in kept}
    return [node]


def _tells_of_list(node: Node, style: dict[str, str]) -> bool:
    return "mso-list" in style or "MsoListParagraph" in node.attrs.get("class", "")


def _inline_tags(node: Node, style: dict[str, str]) -> list[str]:
    weight = style.get("font-weight", "")
    bold = _BOLD.fullmatch(weight) is not None if weight else node.tag in {"b", "strong"}
    line = f"{style.get('text-decoration', '')} {style.get('text-decoration-line', '')}"
    raised = style.get("vertical-align", "")
    found = {
        "strong": bold,
        "em": style.get("font-style") in {"italic", "oblique"},
        "s": "line-through" in line,
        "sup": raised == "super",
        "sub": raised == "sub",
    }
    return [tag for tag, applies in found.items() if applies]


def _wrapped(content: "list[Node | str]", tags: list[str]) -> "list[Node | str]":
    for tag in reversed(tags):
        content = [Node(tag, {}, content)]
    return content


def _plain_headings_and_links(root: Node) -> None:
    """A heading is bold by itself, a link underlined by itself."""
    for node in root.elements():
        unneeded = {"strong"} if node.tag in _HEADINGS else {"u"} if node.tag == "a" else set()
        while unneeded and any(isinstance(child, Node) and child.tag in unneeded for child in node.children):
            opened: list[Node | str] = []
            for child in node.children:
                opened.extend(child.children if isinstance(child, Node) and child.tag in unneeded else [child])
            node.children = opened
