"""A very small text format for demo bodies and its renderer.

Blocks are separated by blank lines: paragraphs, `## ` and `### ` headings, `- ` and `1. ` lists, `> ` quotations and
`| a | b |` tables whose first row is the header (an optional line `! caption` before the table). Inside text:
`**bold**`, `*emphasis*`, `[label](url)`. Everything else is escaped. Output uses only
p h2 h3 ul ol li blockquote strong em a table caption thead tbody tr th td.
"""

from __future__ import annotations

import re
from html import escape

_INLINE = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*")
_SAFE_URL = re.compile(r"^(https?://|/|#|mailto:|tel:)")
_ORDERED = re.compile(r"^\d+\.\s+")


def _span(text: str) -> str:
    """One line of text with links, bold and emphasis; the rest escaped."""
    out, position = [], 0
    for match in _INLINE.finditer(text):
        out.append(escape(text[position : match.start()], quote=False))
        label, url, bold, emphasis = match.groups()
        if label is not None and _SAFE_URL.match(url):
            out.append(f'<a href="{escape(url)}">{escape(label, quote=False)}</a>')
        elif label is not None:
            out.append(escape(match.group(0), quote=False))
        elif bold is not None:
            out.append(f"<strong>{escape(bold, quote=False)}</strong>")
        else:
            out.append(f"<em>{escape(emphasis, quote=False)}</em>")
        position = match.end()
    out.append(escape(text[position:], quote=False))
    return "".join(out)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _table(lines: list[str]) -> str:
    caption = ""
    if lines[0].startswith("! "):
        caption = f"<caption>{_span(lines[0][2:])}</caption>"
        lines = lines[1:]
    rows = [_cells(line) for line in lines if not re.fullmatch(r"[\s|:-]+", line)]
    head = "".join(f'<th scope="col">{_span(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{_span(row[0])}</th>' + "".join(f"<td>{_span(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows[1:]
    )
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(lines: list[str], tag: str) -> str:
    items = (line[2:] if tag == "ul" else _ORDERED.sub("", line) for line in lines)
    return f"<{tag}>" + "".join(f"<li>{_span(item.strip())}</li>" for item in items) + f"</{tag}>"


def _heading(line: str) -> str:
    marks, _, text = line.partition(" ")
    tag = "h3" if marks == "###" else "h2"
    return f"<{tag}>{_span(text.strip())}</{tag}>"


def _block(lines: list[str]) -> str:
    shape = _shape(lines[0])
    if shape == "heading":
        return _heading(lines[0])
    if shape == "table":
        return _table(lines)
    if shape in ("ul", "ol"):
        return _list(lines, shape)
    if shape == "quote":
        inner = " ".join(line.removeprefix(">").strip() for line in lines)
        return f"<blockquote><p>{_span(inner)}</p></blockquote>"
    return f"<p>{_span(' '.join(line.strip() for line in lines))}</p>"


def _shape(line: str) -> str:
    """What a line belongs to, so that a list right under a paragraph starts its own block."""
    if line.startswith(("## ", "### ")):
        return "heading"
    if line.startswith(("| ", "! ")):
        return "table"
    if line.startswith("- "):
        return "ul"
    if _ORDERED.match(line):
        return "ol"
    return "quote" if line.startswith(">") else "text"


def blocks(text: str) -> list[list[str]]:
    """The lines of `text` grouped into blocks."""
    found: list[list[str]] = []
    last = ""
    for line in (raw.rstrip() for raw in text.strip().splitlines()):
        shape = _shape(line) if line else ""
        if line and found and shape == last and shape != "heading":
            found[-1].append(line)
        elif line:
            found.append([line])
        last = shape
    return found


def to_html(text: str) -> str:
    """HTML of markup `text`; an empty text gives an empty string."""
    return "\n".join(_block(block) for block in blocks(text))
