"""The organisation chart as a drawing: boxes and connectors with their places, made on the server; the template prints them.

Two drawings of the same tree: ``wide`` for desks and paper, ``narrow`` for phones. Sizes are SVG units, one to a CSS pixel.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from units.people.pages import DivisionBlock, People, Staff
from units.rules.people import wrapped

WIDE: Final = 1120
NARROW: Final = 360
_COLUMNS: Final = 4
_GAP: Final = 24
_MARGIN: Final = 28
_STEP: Final = 18
_PAD: Final = 12
# As in people-chart.css; the semibold title is reckoned a size larger.
_TITLE_SIZE: Final = 16
_NAME_SIZE: Final = 14
_TITLE_HEIGHT: Final = 21
_NAME_HEIGHT: Final = 20
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One box: what it is, who leads it, what is inside it."""

    title: str
    names: tuple[str, ...]
    kind: str
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text at its place."""

    x: int
    y: int
    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A frame with its lines of text."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    words: tuple[Words, ...]

    @property
    def middle(self) -> int:
        """The x of its middle."""
        return self.x + self.width // 2


@dataclass(slots=True)
class Drawing:
    """Everything to print, and how large it is."""

    width: int
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def add(self, node: Node, x: int, y: int, width: int) -> Box:
        """Put a node's box; its height follows from its text."""
        titles = wrapped(node.title, width - 2 * _PAD, _TITLE_SIZE)
        names = [line for name in node.names for line in wrapped(name, width - 2 * _PAD, _NAME_SIZE, 3)]
        words, base = [], y + _PAD - 4
        for lines, height, is_name in ((titles, _TITLE_HEIGHT, False), (names, _NAME_HEIGHT, True)):
            for text in lines:
                base += height
                words.append(Words(x + _PAD, base, text, is_name))
        box = Box(x, y, width, base + _PAD - y, node.kind, tuple(words))
        self.boxes.append(box)
        self.height = max(self.height, box.y + box.height + 2)
        return box


def nodes_of(people: People) -> tuple[list[Node], list[Node]]:
    """Leaders of no division in order, and divisions with those inside them."""
    leaders = [one for one in people.leaders if any(post.is_leading and not post.division for post in one.posts)]
    seats = [Node(_seat(one), (_name(one),), "head" if not number else "leader") for number, one in enumerate(leaders)]
    blocks = {block.division.pk: block for block in people.blocks if block.division}
    children: dict[int | None, list[DivisionBlock]] = defaultdict(list)
    for block in blocks.values():
        parent = block.division.parent_id if block.division else None
        children[parent if parent in blocks else None].append(block)
    seen: set[int] = set()
    tops = [_node(block, children, seen) for block in children[None]]
    # A circle among divisions has no top: its first member becomes one.
    tops += [_node(block, children, seen) for key, block in blocks.items() if key not in seen]
    return seats, tops


def _node(block: DivisionBlock, children: dict[int | None, list[DivisionBlock]], seen: set[int]) -> Node:
    division = block.division
    assert division is not None  # noqa: S101 - blocks without a division are not drawn
    seen.add(division.pk)
    inside = tuple(
        _node(one, children, seen) for one in children[division.pk] if one.division and one.division.pk not in seen
    )
    heads = tuple(_name(one) for one in block.people[:1])
    return Node(division.name, heads, "part", inside)


def _name(one: Staff) -> str:
    return one.person.full_name


def _seat(one: Staff) -> str:
    return next(post.title for post in one.posts if post.is_leading)


def narrow_chart(people: People) -> Drawing:
    """One box below the other, what is inside stands further right."""
    seats, parts = nodes_of(people)
    drawing = Drawing(NARROW)
    top = Node("", (), "head")
    rows = [*seats[1:], *parts]
    if seats:
        box = drawing.add(seats[0], 1, 1, NARROW - 2)
        _stacked(drawing, rows, box, 1)
    else:
        _stacked(drawing, rows, Box(-_STEP, 1 - _GAP, NARROW, 0, top.kind, ()), 0)
    return drawing


def _stacked(drawing: Drawing, nodes: Sequence[Node], parent: Box, level: int) -> int:
    """Boxes below ``parent``, each with an elbow from the parent's left edge; returns where the next one may stand."""
    x = parent.x + (_STEP if level <= _DEEPEST else 0)
    y = parent.y + parent.height + 14
    for node in nodes:
        box = drawing.add(node, x, y, parent.x + parent.width - x)
        if level and x > parent.x:
            middle = box.y + box.height // 2
            drawing.paths.append(f"M{parent.x + 8} {parent.y + parent.height}V{middle}H{x}")
        y = _stacked(drawing, node.children, box, level + 1) if node.children else box.y + box.height + 14
    return y


def wide_chart(people: People) -> Drawing:
    """The head on top, then deputies and divisions in rows of four under one line each."""
    seats, parts = nodes_of(people)
    drawing = Drawing(WIDE)
    bottom, middle = 0, WIDE // 2
    if seats:
        head = drawing.add(seats[0], middle - 190, 1, 380)
        bottom = head.y + head.height
    rows = [seats[1:][start : start + _COLUMNS] for start in range(0, len(seats) - 1, _COLUMNS)]
    rows += [parts[start : start + _COLUMNS] for start in range(0, len(parts), _COLUMNS)]
    trunk = _first_row(drawing, rows, bottom, has_head=bool(seats))
    if len(rows) > 1 and trunk:
        drawing.paths.append(f"M8 {trunk[0]}V{trunk[-1]}")
    return drawing


def _first_row(drawing: Drawing, rows: Sequence[Sequence[Node]], bottom: int, *, has_head: bool) -> list[int]:
    """All rows below ``bottom``; returns the height of each row's line, which the trunk at the left joins."""
    lines = []
    width = (WIDE - 2 - _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS
    for number, row in enumerate(rows):
        line = bottom + _GAP
        taken = len(row) * width + (len(row) - 1) * _GAP
        start = _MARGIN + (WIDE - _MARGIN - taken) // 2 if row[0].kind == "leader" else _MARGIN
        boxes = [drawing.add(node, start + at * (width + _GAP), line + _GAP, width) for at, node in enumerate(row)]
        reach = [8] if len(rows) > 1 else []
        if number == 0 and has_head:
            drawing.paths.append(f"M{WIDE // 2} {bottom}V{line}")
            reach.append(WIDE // 2)
        if number or has_head or len(rows) > 1:
            reach += [box.middle for box in boxes]
            drawing.paths.append(f"M{min(reach)} {line}H{max(reach)}")
            drawing.paths += [f"M{box.middle} {line}V{box.y}" for box in boxes]
        ends = [_stacked(drawing, node.children, box, 1) for node, box in zip(row, boxes, strict=True)]
        bottom = max([*ends, *(box.y + box.height for box in boxes)])
        lines.append(line)
    return lines
