"""Paragraphs and tables of a .docx in reading order, from its XML: merged cells filled out, what is hidden or deleted left out."""

from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from units.schedule.importing.grid import Block, Cell, Grid, Paragraph, clean
from units.schedule.importing.packages import broken, part

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Strict Office files use another name for the same things.
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_LEFT_OUT: Final = frozenset({"del", "moveFrom", "Fallback", "pPr", "rPr", "tblPr", "tcPr", "instrText", "delText"})
_BREAKS: Final = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}


def blocks_of_docx(upload: IO[bytes]) -> list[Block]:
    """Everything in the body, in order; tables are named “Bảng 1”, “Bảng 2” and so on."""
    root = part(upload, "word/document.xml")
    body = next((child for child in root if _name(child) == "body"), None)
    if body is None:
        raise broken()
    blocks: list[Block] = []
    for element in _blocks(body):
        if _name(element) == "tbl":
            number = sum(isinstance(block, Grid) for block in blocks) + 1
            blocks.append(_grid(element, _("Bảng %(number)d") % {"number": number}))
        elif text := clean(_text(element)):
            blocks.append(Paragraph(text))
    return blocks


def _name(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables directly inside, also those inside content controls."""
    for child in parent:
        if _name(child) in {"p", "tbl"}:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _blocks(child)


def _text(element: Element) -> str:
    """The words of a paragraph as they are seen."""
    name = _name(element)
    if name == "t":
        return element.text or ""
    if name in _BREAKS:
        return _BREAKS[name]
    if name in _LEFT_OUT or (name == "r" and _is_hidden(element)):
        return ""
    return "".join(_text(child) for child in element)


def _is_hidden(run: Element) -> bool:
    marks = (mark for look in run if _name(look) == "rPr" for mark in look if _name(mark) == "vanish")
    return any(_value(mark) not in {"0", "false"} for mark in marks)


def _value(element: Element) -> str:
    return element.get(f"{_W}val") or element.get(f"{_STRICT}val") or ""


def _cell_text(cell: Element) -> str:
    """Each paragraph on a line of its own; a table inside the cell is read as lines."""
    lines = [_text(one) for one in cell.iter() if _name(one) == "p"]
    return clean("\n".join(lines))


def _children(parent: Element, name: str) -> Iterator[Element]:
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _children(child, name)


def _number(parent: Element | None, name: str, *, most: int = 63) -> int:
    """A count kept in a property; 0 where there is none. Word has no more than 63 columns."""
    found = next((one for one in (parent if parent is not None else ()) if _name(one) == name), None)
    value = _value(found) if found is not None else ""
    return min(int(value), most) if value.isdigit() else 0


def _properties(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _grid(table: Element, name: str) -> Grid:
    rows: list[list[Cell]] = []
    for element in _children(table, "tr"):
        row_properties = _properties(element, "trPr")
        row: list[Cell] = [Cell()] * _number(row_properties, "gridBefore")
        for cell in _children(element, "tc"):
            properties = _properties(cell, "tcPr")
            merged = _properties(properties, "vMerge") if properties is not None else None
            goes_on = merged is not None and _value(merged) != "restart"
            above = rows[-1][len(row)] if goes_on and rows and len(row) < len(rows[-1]) else None
            one = above or Cell(_cell_text(cell), (len(rows), len(row)))
            row += [one] * max(_number(properties, "gridSpan"), 1)
        rows.append(row)
    return Grid(_even(rows), name)


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    """All rows of the same length."""
    width = max((len(row) for row in rows), default=0)
    return [
        [*row, *(Cell(anchor=(number, column)) for column in range(len(row), width))] for number, row in enumerate(rows)
    ]
