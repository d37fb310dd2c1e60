"""Mending what a machine can mend without guessing; the clerk sees the result and can undo it."""

from collections.abc import Callable
from typing import Final

from news.rules.quality import Finding, body_findings
from news.rules.quality_text import as_sentence, fold_spaces, shouted
from portal.core.html_tree import Node, parse, to_html
from portal.core.richtext import clean_html
from portal.core.word_tables import make_header

_DASHES: Final = "-–+•* \u00a0"


def mend_line(code: str, words: str) -> str:
    """A title or summary with its capitals as in a sentence; unchanged for every other remark."""
    return as_sentence(words) if code in {"title-capitals", "summary-capitals"} else words


def mend_body(body: str, *, code: str, number: int, excerpt: str) -> str | None:
    """``body`` with one remark mended; None when the text has changed and the remark is not there any more."""
    cleaned = clean_html(body)
    fixable = [finding for finding in body_findings(cleaned) if finding.code == code and finding.can_fix]
    wanted = [finding for finding in fixable if finding.excerpt == excerpt] or [
        finding for finding in fixable if finding.number == number
    ]
    if not wanted:
        return None
    finding = min(wanted, key=lambda one: abs(one.number - number))
    root = parse(cleaned)
    node = [item for item in root.elements() if item.tag == finding.tag][finding.number]
    _FIXES[code](root, node, finding)
    return clean_html(to_html(root))


def _parent(root: Node, node: Node) -> Node:
    return next(item for item in [root, *root.elements()] if node in item.children)


def _heading_before(root: Node, node: Node) -> int:
    level = 1
    for item in root.elements():
        if item is node:
            break
        if item.tag in {"h2", "h3", "h4"}:
            level = int(item.tag[1])
    return level


def _level(root: Node, node: Node, finding: Finding) -> None:
    node.tag = f"h{min(_heading_before(root, node) + 1, 4)}"


def _drop(root: Node, node: Node, finding: Finding) -> None:
    parent = _parent(root, node)
    parent.children.remove(node)


def _header(root: Node, node: Node, finding: Finding) -> None:
    make_header(node)


def _bold_to_heading(root: Node, node: Node, finding: Finding) -> None:
    """Beside its neighbours: under a heading of the second level a bold line is one of the third only if none was made so."""
    node.tag = "h2" if _heading_before(root, node) == 1 else f"h{_heading_before(root, node)}"
    node.children = [grandchild for child in node.child_elements() for grandchild in child.children]


def _sentence_case(root: Node, node: Node, finding: Finding) -> None:
    stretch = shouted(node.text()) if finding.code == "capitals" else ""
    wanted = set(stretch.split())
    is_first = True
    for item in [node, *node.elements()]:
        for place, child in enumerate(item.children):
            if not isinstance(child, str) or not child.strip():
                continue
            mended = _small(child, wanted) if wanted else as_sentence(child)
            item.children[place] = mended if is_first or wanted else mended[:1].lower() + mended[1:]
            is_first = False


def _small(words: str, wanted: set[str]) -> str:
    """Only the words of the stretch; the first of them keeps its capital where a sentence begins."""
    parts = words.split(" ")
    hits = [place for place, word in enumerate(parts) if word in wanted]
    if hits:
        begin, end = hits[0], hits[-1] + 1
        text = as_sentence(" ".join(parts[begin:end]))
        if begin and not parts[begin - 1].endswith((".", "!", "?", ":")) and text[:2] != text[:2].upper():
            text = text[:1].lower() + text[1:]
        parts[begin:end] = text.split(" ")
    return " ".join(parts)


def _spaces(root: Node, node: Node, finding: Finding) -> None:
    node.children = [fold_spaces(child) if isinstance(child, str) else child for child in node.children]


def _list(root: Node, node: Node, finding: Finding) -> None:
    """The run of dashed paragraphs that begins here, as a list."""
    parent = _parent(root, node)
    start = parent.children.index(node)
    items: list[Node] = []
    end = start
    for place in range(start, len(parent.children)):
        child = parent.children[place]
        if isinstance(child, str):
            if child.strip():
                break
            continue
        if child.tag != "p" or not child.text().startswith(tuple(_DASHES.strip())):
            break
        items.append(Node("li", {}, _without_dash(child)))
        end = place
    parent.children[start : end + 1] = [Node("ul", {}, list(items))]


def _without_dash(paragraph: Node) -> "list[Node | str]":
    holder = paragraph
    while holder.children and isinstance(holder.children[0], Node):
        holder = holder.children[0]
    if holder.children and isinstance(holder.children[0], str):
        holder.children[0] = holder.children[0].lstrip(_DASHES)
    return paragraph.children


_FIXES: Final[dict[str, Callable[[Node, Node, Finding], None]]] = {
    "heading-level": _level,
    "heading-empty": _drop,
    "heading-capitals": _sentence_case,
    "link-empty": _drop,
    "table-header": _header,
    "bold-heading": _bold_to_heading,
    "capitals": _sentence_case,
    "spaces": _spaces,
    "typed-list": _list,
}
