"""Reading the column of papers: groups under their headings, papers with their numbers of originals and copies.

The source writes a heading (or “--” for none), then “## ” before the group's first paper; every paper ends with
“[1 bản chính, 1 bản sao]”. Its order within a group is not the order of the law, so nothing is nested by it.
"""

import re
from typing import Final

from services.importing.words import plain
from services.rules.shapes import Paper, PaperGroup

_COUNT: Final = re.compile(r"\[\s*(\d{1,6})(?: bản chính(?:, (\d{1,6}) bản sao)?)?\s*\]\s*\Z")
_BULLET: Final = re.compile(r"\A(?:[-–—•*+]+\)?\s*)+(?=[^\W\d_]|[“\"(])")
_NOTE: Final = re.compile(r"\A(?:luu y|ghi chu|chu y)\b")
_FIRST: Final = "## "
_NO_TITLE: Final = re.compile(r"\A-{2,}\Z")
# “… của Bộ Công an)Mẫu DC01 Phiếu thu thập.docx”: a file's name glued on without a space.
# Only behind a bracket, a semicolon or the end of a sentence: file names have dots of their own.
_FILE: Final = re.compile(
    r"(?:(?<=[);”])(?=[^\W_])|(?<=\)\.)(?=[^\W_])|(?<=[^\W\d_]{2}\.)(?=[A-ZÀ-ỴĐ\d]))([^;\n]{1,110}\.(?:docx?|pdf|xlsx?|rtf|odt))\Z"
)
MOST_READ: Final = 9
"""Numbers beyond come from a cell that swallowed the end of the text before (“Mẫu số 18” + “1” → “[181 bản chính]”)."""


def paper_groups(text: str, doubts: list[str]) -> list[PaperGroup]:
    """The groups of a cell in NFC; lines the source marks with no original and no copy, and “Lưu ý”, come as groups of notes."""
    groups: list[PaperGroup] = []
    title = ""
    pending: list[str] = []
    papers: list[Paper] = []
    for line in text.replace("\r", "\n").split("\n"):
        if line.startswith(_FIRST) and (pending or not papers):
            groups += _finished(title, papers)
            title, pending, papers = _title(pending), [], []
        piece = " ".join(line.removeprefix(_FIRST).split())
        if not piece:
            continue
        pending.append(piece)
        if _COUNT.search(piece):
            papers.append(_paper(" ".join(pending), doubts))
            pending = []
    groups += _finished(title, papers)
    return groups + _rest(pending)


def _title(lines: list[str]) -> str:
    words = " ".join(line for line in lines if not _NO_TITLE.match(line))
    return _BULLET.sub("", words).strip().rstrip(":").strip()


def _paper(words: str, doubts: list[str]) -> Paper:
    count = _COUNT.search(words)
    if count is None:
        return Paper(words=_BULLET.sub("", words))
    originals, copies = int(count[1]), int(count[2]) if count[2] is not None else None
    glued = (count[1].startswith("0") and len(count[1]) > 2) or max(originals, copies or 0) > MOST_READ  # noqa: PLR2004
    if glued:
        doubts.append(count[0])
        return Paper(words=_BULLET.sub("", words))
    words, file_name = _without_file(_BULLET.sub("", words[: count.start()].strip()))
    return Paper(words=words, originals=originals, copies=copies, file_name=file_name)


def _without_file(words: str) -> tuple[str, str]:
    """(the paper's words, the name of the form's file glued to them or "")."""
    found = _FILE.search(words)
    if found is None or len(words[: found.start()].strip(" .")) < 8:  # noqa: PLR2004 - the name alone is the paper
        return words, ""
    return words[: found.start()].rstrip(" ."), found[1]


def _says_note(words: str) -> bool:
    return bool(_NOTE.match(plain(words[:12])))


def _is_note(paper: Paper) -> bool:
    return (paper.originals == 0 and not paper.copies) or _says_note(paper.words)


def _finished(title: str, papers: list[Paper]) -> list[PaperGroup]:
    """One group of papers to bring, and behind it the lines that are none."""
    papers = [paper for paper in papers if paper.words]
    if not papers:
        return []
    if _says_note(title):
        return [PaperGroup(title=title, papers=[Paper(words=paper.words) for paper in papers], is_note=True)]
    bring = [paper for paper in papers if not _is_note(paper)]
    notes = [Paper(words=paper.words) for paper in papers if _is_note(paper)]
    groups = [PaperGroup(title=title, papers=bring)] if bring else []
    if notes:
        groups.append(PaperGroup(title="" if bring else title, papers=notes, is_note=True))
    return groups


def _rest(lines: list[str]) -> list[PaperGroup]:
    """What stands behind the last paper, or a cell that is no list at all: kept as lines, nothing to tick."""
    kept = [Paper(words=line) for line in lines if not _NO_TITLE.match(line)]
    return [PaperGroup(title="", papers=kept, is_note=True)] if kept else []
