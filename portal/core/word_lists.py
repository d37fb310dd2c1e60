"""Word's paragraphs that only look like a list, and lists inside lists of Google Docs, as real lists."""

import re
from typing import Final

from portal.core.html_tree import SPACES, Node

_LEVEL: Final = re.compile(r"level([1-9])", re.IGNORECASE)
# "1." "2)" "(3)" "a)" "iv."; a lone "o" is Word's second bullet.
_NUMBER: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,5})[.)]+", re.IGNORECASE)
_TYPED_BULLET: Final = re.compile(r"^[\s\u00a0]*[·•●▪◦§\uf0b7\uf0a7][\s\u00a0]+")


def gather_lists(root: Node) -> None:
    """Neighbouring list paragraphs of Word become one list, nested as their levels say; markers go."""
    for node in [root, *root.elements()]:
        if not any(_is_item(child) for child in node.children):
            continue
        kept: list[Node | str] = []
        run: list[Node] = []
        for child in node.children:
            if isinstance(child, Node) and _is_item(child):
                run.append(child)
            elif run and isinstance(child, str) and not SPACES.sub("", child):
                continue
            else:
                kept.extend(_lists(run))
                run = []
                kept.append(child)
        node.children = [*kept, *_lists(run)]
    for node in [root, *root.elements()]:
        _forget(node)


def _is_item(child: "Node | str") -> bool:
    """A paragraph with a list's level; Word's style name alone also stands on plain indented text."""
    if not isinstance(child, Node) or child.tag != "p":
        return False
    return "mso-list:" in child.attrs.get("style", "").lower().replace(" ", "") or (
        "MsoListParagraph" in child.attrs.get("class", "") and _marker(child) != ""
    )


def _marker(item: Node) -> str:
    """The sign before a list paragraph: Word's own, or a bullet that stands in its first words."""
    for node in item.elements():
        if node.tag == "marker":
            return node.text() or "·"
    typed = _TYPED_BULLET.match(item.text())
    return "·" if typed else ""


def _lists(run: list[Node]) -> "list[Node | str]":
    """The lists of one run of list paragraphs."""
    found: list[Node | str] = []
    path: list[tuple[int, Node]] = []
    for item in run:
        match = _LEVEL.search(item.attrs.get("style", ""))
        level = int(match.group(1)) if match else 1
        tag = "ol" if _NUMBER.fullmatch(_marker(item)) else "ul"
        while path and (path[-1][0] > level or (path[-1][0] == level and path[-1][1].tag != tag)):
            path.pop()
        if not path or path[-1][0] < level:
            new = Node(tag)
            parent = path[-1][1].children[-1] if path else None
            (parent.children if isinstance(parent, Node) else found).append(new)
            path.append((level, new))
        path[-1][1].children.append(Node("li", {}, _without_marker(item)))
    return found


def _without_marker(item: Node) -> "list[Node | str]":
    had_marker = any(node.tag == "marker" for node in item.elements())
    for node in [item, *item.elements()]:
        node.children = [child for child in node.children if not (isinstance(child, Node) and child.tag == "marker")]
    if not had_marker and item.children and isinstance(item.children[0], str):
        item.children[0] = _TYPED_BULLET.sub("", item.children[0])
    return item.children


def _forget(node: Node) -> None:
    """What told of lists has been read; a marker that stands outside a list paragraph goes with its sign."""
    node.attrs = {
        name: value
        for name, value in node.attrs.items()
        if name != "style" and (name != "class" or node.tag == "figure")
    }
    node.children = [child for child in node.children if not (isinstance(child, Node) and child.tag == "marker")]


def nest_lists(root: Node) -> None:
    """A list that stands between items belongs to the item before it; an item's only paragraph is the item."""
    for node in [root, *root.elements()]:
        if node.tag in {"ul", "ol"}:
            _nest(node)
        elif node.tag == "li":
            _open_paragraphs(node)


def _nest(outer: Node) -> None:
    kept: list[Node | str] = []
    for child in outer.children:
        last = kept[-1] if kept else None
        if isinstance(child, Node) and child.tag in {"ul", "ol"}:
            if isinstance(last, Node):
                last.children.append(child)
            else:
                kept.append(Node("li", {}, [child]))
        elif isinstance(child, Node) or SPACES.sub("", child):
            kept.append(child if isinstance(child, Node) and child.tag == "li" else Node("li", {}, [child]))
    outer.children = kept


def _open_paragraphs(item: Node) -> None:
    paragraphs = [child for child in item.child_elements() if child.tag == "p"]
    if len(paragraphs) != 1 or item.has_text():
        return
    place = item.children.index(paragraphs[0])
    item.children[place : place + 1] = paragraphs[0].children
