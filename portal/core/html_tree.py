"""A small tree of well-formed HTML: for looking at a text and mending it between two passes of nh3.

Takes only what nh3 wrote (every tag closed, entities escaped). Nothing here is a boundary against hostile text:
:func:`portal.core.richtext.clean_html` cleans whatever comes out again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"br", "hr", "img"})
SPACES: Final = re.compile(r"[\s\u00a0]+")


@dataclass(slots=True, eq=False)
class Node:
    """An element; its children are elements and strings of plain text."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def elements(self) -> "Iterator[Node]":
        """Every element below this one, in reading order."""
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def child_elements(self) -> "list[Node]":
        """The elements directly below."""
        return [child for child in self.children if isinstance(child, Node)]

    def has_text(self) -> bool:
        """Whether words stand directly in it, beside its elements."""
        return any(isinstance(child, str) and SPACES.sub("", child) for child in self.children)

    def text(self) -> str:
        """Its words, white space folded; a line break is a space."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                if item.tag == "br" or item.tag in BLOCKS:
                    parts.append(" ")
                waiting.extend(reversed(item.children))
        return SPACES.sub(" ", "".join(parts)).strip()


BLOCKS: Final = frozenset(
    {
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "ul", "ol", "li", "div", "figure"),
        *("table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption", "figcaption", "dl", "dt", "dd"),
    }
)


class _Builder(HTMLParser):
    """Builds the tree; a closing tag that fits nothing is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self.path) > 1 and self.path[-1].tag == tag:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def parse(html: str) -> Node:
    """The tree of well-formed ``html``, under a root without a tag."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def to_html(root: Node) -> str:
    """The tree as HTML again, without the root itself."""
    parts: list[str] = []
    waiting: list[Node | str] = list(reversed(root.children))
    closing: Final = "\x00"
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item[1:] if item.startswith(closing) else escape(item, quote=False))
            continue
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in item.attrs.items())
        parts.append(f"<{item.tag}{attrs}>")
        if item.tag not in VOID:
            waiting.append(f"{closing}</{item.tag}>")
            waiting.extend(reversed(item.children))
    return "".join(parts)
