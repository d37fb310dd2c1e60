"""Facts about units: official codes, names, dates, areas, neighbours, mergers; and the slugs, which never change.

Sources: General Statistics Office codes; Resolution 1675/NQ-UBTVQH15 (communes from 1 July 2025); the March 2025
restructuring of departments. Department codes (H46.…) are invented but stable.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .plan import CITY_FROM, COMMUNE, COMMUNE_FROM, DEPARTMENT, DISTRICT, MERGER_FROM, PROVINCE

DATA = Path(__file__).parent / "data"
OLD_END, DEPARTMENT_END = date(2025, 6, 30), date(2025, 2, 28)
_PLAIN = str.maketrans({"đ": "d", "Đ": "D"})


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Raw facts of one unit; `km` and `heading` are measured from Ngọ Môn in a straight line."""

    code: str
    valid_from: date
    valid_to: date | None
    kind: str
    type_name: str
    name: str
    name_en: str
    slug: str
    parent: tuple[str, date] | None
    area: float | None = None
    lat: float | None = None
    lon: float | None = None
    km: float = 0.0
    heading: str = ""
    near: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, date]:
        """(code, valid_from)."""
        return self.code, self.valid_from

    @property
    def bare(self) -> str:
        """The name without its type: "Thuận An"."""
        return self.name.removeprefix(self.type_name + " ") if self.kind in (COMMUNE, DISTRICT) else self.name

    @property
    def low(self) -> str:
        """The name inside a sentence: "phường Thuận An"."""
        return self.name[0].lower() + self.name[1:] if self.kind in (COMMUNE, DISTRICT, PROVINCE) else self.name


def plain(text: str) -> str:
    """Vietnamese text without marks, lower-case ASCII, hyphens between words."""
    folded = unicodedata.normalize("NFD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


@cache
def load(name: str) -> Any:
    """A JSON file of this package's data folder."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _english(name: str, type_name: str) -> str:
    suffix = {"Phường": "Ward", "Xã": "Commune", "Thị trấn": "Township", "Quận": "Urban District"}
    suffix |= {"Huyện": "District", "Thị xã": "Town"}
    words = plain(name.removeprefix(type_name + " ")).replace("-", " ").title()
    return f"{words} {suffix[type_name]}"


def _free(slug: str, year: int, taken: set[str]) -> str:
    """`slug`, with the year of closing when another unit already has it."""
    chosen = slug if slug not in taken else f"{slug}-{year}"
    taken.add(chosen)
    return chosen


def _departments(taken: set[str]) -> list[UnitFacts]:
    found = []
    rows = sorted(load("departments.json")["departments"], key=lambda row: bool(row.get("to")))
    for row in rows:
        closed = row.get("to")
        start = MERGER_FROM if row.get("since") == "2025-03-01" else CITY_FROM
        found.append(
            UnitFacts(
                code=row["code"], valid_from=start, valid_to=DEPARTMENT_END if closed else None, kind=DEPARTMENT,
                type_name=row["type"], name=row["name"], name_en=row["en"],
                slug=_free(row["slug"], 2025, taken), parent=("46", CITY_FROM),
            )
        )  # fmt: skip
    return found


def _communes_today(taken: set[str]) -> list[UnitFacts]:
    return [
        UnitFacts(
            code=row["code"], valid_from=COMMUNE_FROM, valid_to=None, kind=COMMUNE, type_name=row["type"],
            name=row["name"], name_en=row["name_en"], slug=_free(row["slug"], 2025, taken), parent=("46", CITY_FROM),
            area=row["area"], lat=row["lat"], lon=row["lon"], km=row["km"], heading=row["dir"],
            near=tuple(row["near"]),
        )
        for row in load("units.json")["current"]
    ]  # fmt: skip


def _closed(taken: set[str]) -> list[UnitFacts]:
    found = []
    for row in load("units.json")["old"]:
        district = row["parent"] == "46"
        found.append(
            UnitFacts(
                code=row["code"], valid_from=CITY_FROM, valid_to=OLD_END, kind=DISTRICT if district else COMMUNE,
                type_name=row["type"], name=row["name"], name_en=_english(row["name"], row["type"]),
                slug=_free(plain(row["name"]), 2025, taken), parent=(row["parent"], CITY_FROM),
            )
        )  # fmt: skip
    return sorted(found, key=lambda unit: unit.kind != DISTRICT)


@cache
def all_units() -> tuple[UnitFacts, ...]:
    """Every unit of both periods, parents first. Slugs are given here once, so they do not depend on `as_of`."""
    taken: set[str] = set()
    city = UnitFacts(
        "46", CITY_FROM, None, PROVINCE, "Thành phố", "Thành phố Huế", "Hue City", _free("hue", 2025, taken), None,
        area=4947.1, lat=16.4637, lon=107.5909,
    )  # fmt: skip
    current = _communes_today(taken)
    return (city, *_departments(taken), *current, *_closed(taken))


def units_on(as_of: date) -> tuple[UnitFacts, ...]:
    """Units that exist or have already ended on `as_of`; an end still in the future is not known yet."""
    known = (unit for unit in all_units() if unit.valid_from <= as_of)
    return tuple(
        replace(unit, valid_to=None) if unit.valid_to is not None and unit.valid_to >= as_of else unit for unit in known
    )


@cache
def successions() -> tuple[tuple[tuple[str, date], tuple[str, date], str], ...]:
    """(predecessor key, successor key, extent) of every change of 2025, oldest first.

    A district has no legal heir: its successors are the communes that took over its ground, each in part.
    """
    rows: list[tuple[tuple[str, date], tuple[str, date], str]] = []
    by_code = {unit.code: unit for unit in all_units() if unit.kind == DEPARTMENT and unit.valid_to is None}
    closed = [row for row in load("departments.json")["departments"] if row.get("to")]
    rows += [((row["code"], CITY_FROM), by_code[row["to"]].key, "full") for row in closed]
    parents = {row["code"]: row["parent"] for row in load("units.json")["old"]}
    heirs: dict[tuple[str, str], None] = {}
    for old, new, extent in load("units.json")["mergers"]:
        rows.append(((old, CITY_FROM), (new, COMMUNE_FROM), extent))
        heirs[(parents[old], new)] = None
    rows += [((district, CITY_FROM), (new, COMMUNE_FROM), "partial") for district, new in heirs]
    return tuple(rows)
