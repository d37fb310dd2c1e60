"""Tables of other programs: plain cells, and a first row of bold words as the table's header."""

from typing import Final

from portal.core.html_tree import Node

_FEWEST_ROWS: Final = 2


def tidy_tables(root: Node) -> None:
    """Cells without paragraphs inside; the first row becomes the header where all its words are bold."""
    for node in root.elements():
        if node.tag in {"td", "th"}:
            _open_paragraphs(node)
    for table in root.elements():
        if table.tag == "table" and not has_header(table) and _first_row_is_bold(table):
            make_header(table)


def rows_of(table: Node) -> list[Node]:
    """The rows of a table, not those of tables inside it."""
    rows = [child for child in table.child_elements() if child.tag == "tr"]
    for part in table.child_elements():
        if part.tag in {"thead", "tbody", "tfoot"}:
            rows += [child for child in part.child_elements() if child.tag == "tr"]
    return rows


def has_header(table: Node) -> bool:
    """Whether a cell of the table says that it names others."""
    return any(cell.tag == "th" for row in rows_of(table) for cell in row.child_elements())


def make_header(table: Node) -> None:
    """The first row as header cells of their columns, in a part of its own."""
    rows = rows_of(table)
    if not rows:
        return
    first = rows[0]
    for holder in [table, *table.child_elements()]:
        holder.children = [child for child in holder.children if child is not first]
    for cell in first.child_elements():
        cell.tag = "th"
        cell.attrs = {**cell.attrs, "scope": "col"}
        while len(cell.children) == 1 and isinstance(cell.children[0], Node) and cell.children[0].tag == "strong":
            cell.children = cell.children[0].children
    head = next((child for child in table.child_elements() if child.tag == "thead"), None)
    if head is None:
        head = Node("thead")
        captions = [child for child in table.children if isinstance(child, Node) and child.tag == "caption"]
        others = [child for child in table.children if child not in captions]
        table.children = [*captions, head, *others]
    head.children.insert(0, first)


def _open_paragraphs(cell: Node) -> None:
    """One paragraph in a cell is the cell; several become lines."""
    inner = cell.child_elements()
    if not inner or cell.has_text() or any(child.tag != "p" for child in inner):
        return
    lines: list[Node | str] = []
    for paragraph in inner:
        if lines and paragraph.text():
            lines.append(Node("br"))
        lines.extend(paragraph.children)
    cell.children = lines


def _first_row_is_bold(table: Node) -> bool:
    rows = rows_of(table)
    if len(rows) < _FEWEST_ROWS:
        return False
    cells = rows[0].child_elements()
    return any(cell.text() for cell in cells) and all(not cell.text() or _is_bold(cell) for cell in cells)


def _is_bold(cell: Node) -> bool:
    holders = [child for child in cell.child_elements() if child.tag != "br"]
    return bool(holders) and not cell.has_text() and all(child.tag == "strong" for child in holders)
