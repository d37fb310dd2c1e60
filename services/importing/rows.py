"""One row: what the catalogue keeps of it word for word, and what is read from it."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from portal.core.text import folded, nfc, one_line
from services.enums import Channel, OnlineLevel
from services.importing import words
from services.importing.papers import paper_groups
from services.importing.problems import Problem
from services.importing.steps import steps

READING: Final = 1
"""Raised when the readers change: rows are then read again, and what the source said keeps its version."""
KNOWN: Final = (
    *(
        "code",
        "name",
        "field",
        "agency_level",
        "ministry",
        "audience",
        "agency",
        "steps",
        "channels",
        "time_limit",
        "fee",
    ),
    *("fee_note", "documents", "result", "conditions", "legal_basis", "decision_no", "source_url"),
    *("online_level", "online_reason", "submit_url", "valid_from", "valid_to"),
)
CODE: Final = re.compile(r"[0-9A-Za-z]{1,8}(?:[.\-][0-9A-Za-z]{1,12}){0,4}")
MOST_CODE: Final = 40
MOST_FIELD: Final = 250
MOST_URL: Final = 500
_URL: Final = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_TAG: Final = re.compile(r"<[a-z/!][^>]{0,200}>", re.IGNORECASE)
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y")
_ONLINE: Final = {
    "full": OnlineLevel.FULL,
    "toan trinh": OnlineLevel.FULL,
    "partial": OnlineLevel.PARTIAL,
    "mot phan": OnlineLevel.PARTIAL,
    "none": OnlineLevel.NONE,
    "den truc tiep": OnlineLevel.NONE,
}


@dataclass(slots=True)
class ReadRow:
    """``source`` with its fingerprint, the columns of Procedure read from it, and the field's name.

    ``online`` and ``life`` hold only what the file itself states; the rest of those columns is the office's.
    """

    code: str
    source: dict[str, str]
    fingerprint: str
    field_name: str
    values: dict[str, Any]
    online: dict[str, Any] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None


def merged(old: dict[str, str], cells: dict[str, str]) -> dict[str, str]:
    """The row as it is now: columns the file does not have keep what an earlier file said."""
    return {**old, **{name: text.replace("\x00", "") for name, text in cells.items()}}


def fingerprint(source: dict[str, str]) -> str:
    """SHA-256 of the source's words and of the way we read them."""
    text = json.dumps([READING, sorted(source.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def code_of(cells: dict[str, str]) -> str:
    """The row's code in one spelling."""
    return one_line(cells.get("code", ""))


def refusal(cells: dict[str, str]) -> str | None:
    """Why the row can not be kept at all, or None."""
    code = code_of(cells)
    if not code:
        return _("Thiếu mã thủ tục (code).")
    if len(code) > MOST_CODE or not CODE.fullmatch(code):
        return _("Mã “%(code)s” không đúng dạng.") % {"code": code[:60]}
    if not one_line(cells.get("name", "")):
        return _("Thiếu tên thủ tục (name).")
    if len(one_line(cells.get("field", ""))) > MOST_FIELD:
        return _("Tên lĩnh vực dài hơn %(most)d ký tự.") % {"most": MOST_FIELD}
    return None


def read_source(source: dict[str, str], *, line: int = 0) -> tuple[ReadRow, list[Problem]]:
    """Read one row that was not refused; problems name what stayed words. Nothing is guessed."""
    doubts: dict[str, list[str]] = {}

    def text(name: str) -> str:
        return nfc(source.get(name, "")).strip()

    def doubt(name: str) -> list[str]:
        return doubts.setdefault(name, [])

    row = ReadRow(
        code=code_of(source), source=source, fingerprint=fingerprint(source), values=_values(text, doubt),
        field_name=one_line(text("field")) or _("Chưa ghi lĩnh vực"),
        online=_online(source, doubt), valid_from=_day(text("valid_from"), doubt("valid_from")),
        valid_to=_day(text("valid_to"), doubt("valid_to")),
    )  # fmt: skip
    return row, [*_problems(line, row.code, doubts), *_remarks(line, row, source)]


def _values(text: Callable[[str], str], doubt: Callable[[str], list[str]]) -> dict[str, Any]:
    """The columns of Procedure that are read from the row's cells."""
    for_people, for_business = words.audience(text("audience"))
    return {
        "name": one_line(text("name")),
        **words.levels(text("agency_level"), doubt("agency_level")),
        "ministry": _ministry(text("ministry")),
        "agency": text("agency"),
        "audience": text("audience"),
        "for_people": for_people,
        "for_business": for_business,
        "channels": words.channels(text("channels"), doubt("channels")),
        "steps": [step.as_json() for step in steps(text("steps"))],
        "papers": [group.as_json() for group in paper_groups(text("documents"), doubt("documents"))],
        "times": [limit.as_json() for limit in words.times(text("time_limit"), doubt("time_limit"))],
        "fees": [fee.as_json() for fee in words.fees(text("fee"), doubt("fee"))],
        "fee_note": text("fee_note"),
        "result": text("result"),
        "conditions": text("conditions"),
        "bases": [basis.as_json() for basis in words.bases(text("legal_basis"))],
        "decision_number": _short(text("decision_no"), 80, doubt("decision_no")),
        "source_url": _url(text("source_url"), doubt("source_url")),
    }


def derived_level(channels: list[str]) -> str:
    """What a source without a level says of one: nothing online at all, or not said how far."""
    return (OnlineLevel.NONE if channels and Channel.ONLINE not in channels else OnlineLevel.UNSTATED).value


def _ministry(text: str) -> str:
    return words.MINISTRIES.get(text, one_line(text))[:60]


def _short(text: str, most: int, doubts: list[str]) -> str:
    if len(text) <= most:
        return one_line(text)
    doubts.append(text[:most])
    return ""


def _url(text: str, doubts: list[str]) -> str:
    if not text or (len(text) <= MOST_URL and _URL.fullmatch(text)):
        return text
    doubts.append(text[:80])
    return ""


def _day(text: str, doubts: list[str]) -> date | None:
    for form in _DAYS if text else ():
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day
        except ValueError:
            continue
    if text:
        doubts.append(text[:40])
    return None


def _online(source: dict[str, str], doubt: Any) -> dict[str, Any]:
    """What the file states about handing in online; silent columns are left to the office."""
    stated: dict[str, Any] = {}
    level = folded(source.get("online_level", ""))
    if level in _ONLINE:
        stated["online_level"] = _ONLINE[level].value
    elif level:
        doubt("online_level").append(level[:40])
    if reason := one_line(source.get("online_reason", "")):
        stated["online_reason"] = reason[:300]
    if address := _url(nfc(source.get("submit_url", "")).strip(), doubt("submit_url")):
        stated["submit_url"] = address
    return stated


def _problems(line: int, code: str, doubts: dict[str, list[str]]) -> list[Problem]:
    """One problem for each column with doubts, naming the first of them."""
    return [
        Problem(line, code, _("Cột %(column)s: “%(words)s” không đọc được thành số liệu, giữ nguyên chữ.")
                % {"column": name, "words": found[0][:80]})
        for name, found in doubts.items() if found
    ]  # fmt: skip


def _remarks(line: int, row: ReadRow, source: dict[str, str]) -> list[Problem]:
    """What was read as it stands, but is worth a look."""
    said = []
    if any(limit["number"] is not None and not limit["unit"] for limit in row.values["times"]):
        said.append(_("Cột time_limit: có số mà không có đơn vị, giữ nguyên, không đoán."))
    if _TAG.search(source.get("name", "")):
        said.append(_("Cột name: có thẻ HTML, hiện như chữ thường."))
    if row.values["papers"] and all(group["is_note"] for group in row.values["papers"]):
        said.append(_("Cột documents: không thấy danh mục giấy tờ, hiện nguyên văn."))
    if not source.get("field", "").strip():
        said.append(_("Thiếu lĩnh vực (field), xếp vào “%(name)s”.") % {"name": row.field_name})
    return [Problem(line, row.code, words) for words in said]
