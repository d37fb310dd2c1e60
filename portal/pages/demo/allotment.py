"""Which text stands on which site: every composed item is used exactly once in the whole province."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from .composer.draft import Draft
from .composer.festivals import festival_draft, festivals
from .composer.geography import neighbours
from .composer.heritage import heritage_draft, monuments
from .composer.mergers import UNCHANGED, merger_draft
from .composer.past import districts_of, predecessors
from .composer.procedures import procedure_draft, procedures
from .composer.tickets import ticket_drafts, visit_drafts
from .composer.weather import FORMS as WEATHER
from .composer.weather import weather_draft
from .plan import COMMUNE
from .records import Written, profiles, written_articles
from .units_facts import UnitFacts, all_units

Allotted = tuple[Draft, str]
_OFFICES = {
    "stp": ("2.000806", "2.000528", "1.005136", "1.002010"), "stc": ("2.001999", "1.004901"),
    "snnmt": ("1.012783", "1.004359", "1.003650", "2.001827"), "sxd": ("1.000703", "1.014159"),
    "congan": ("3.000348", "3.000228", "1.014064"), "sngv": ("1.000253",), "hcc": ("2.001023", "2.000635"),
    "sdl": ("2.001159",), "snv": (), "sct": ("2.000720",),
}  # fmt: skip
_SUITED = {
    "coast": ("3.000439", "2.001215"), "lagoon": ("1.009454", "1.004088", "1.008004"),
    "mountain": ("1.012922", "1.012531", "1.003583", "1.000419"), "urban": ("1.013274", "1.002693"),
}  # fmt: skip
_SCHOOLS = ("35", "115", "158", "14", "322")
_ROYAL = {"19753", "19813", "19774", "19815", "19789"}


@cache
def communes() -> tuple[UnitFacts, ...]:
    """The forty communes of today."""
    return tuple(unit for unit in all_units() if unit.kind == COMMUNE and unit.valid_to is None)


@cache
def new_names() -> tuple[str, ...]:
    """Lower-case names ("phường hóa châu") that exist only since July 2025."""
    old = {unit.name.lower() for unit in all_units() if unit.kind == COMMUNE and unit.valid_to is not None}
    return tuple(unit.name.lower() for unit in communes() if unit.name.lower() not in old)


def written_for(unit: UnitFacts) -> list[Written]:
    """Hand-written articles of this unit."""
    return [text for text in written_articles() if text.unit == unit.slug]


def _places(found: dict[str, list[Allotted]]) -> None:
    """Up to three monuments for each commune; the rest to the offices that look after heritage."""
    by_code = {unit.code: unit for unit in communes()}
    kept: dict[str, int] = defaultdict(int)
    spill = ("ttbtdt", "hue", "ttbtdt", "svhtt", "hue", "sdl")
    for turn, item in enumerate(monuments()):
        unit = by_code[item.code]
        draft = heritage_draft(item, unit, turn * 4 + turn // 15)
        if item.ident in _SCHOOLS:
            found["sgddt"].append((draft, "chuyen-de"))
        elif kept[item.code] < 3:
            kept[item.code] += 1
            found[unit.slug].append((draft, "van-hoa-di-tich"))
        else:
            kept["spill"] += 1
            royal = item.code in _ROYAL
            slug = spill[kept["spill"] % len(spill)] if royal else "svhtt"
            found[slug].append((draft, "van-hoa-du-lich" if slug == "hue" else "chuyen-de"))


def _feasts(found: dict[str, list[Allotted]]) -> None:
    by_code = {unit.code: unit for unit in communes()}
    kept: dict[str, int] = defaultdict(int)
    for turn, item in enumerate(festivals()):
        unit = by_code[item.code]
        draft = festival_draft(item, unit, profiles("communes.txt")[unit.slug]["road"], turn * 5 + turn // 13)
        kept[item.code] += 1
        if kept[item.code] <= 3:
            found[unit.slug].append((draft, "van-hoa-di-tich"))
        else:
            slug = ("svhtt", "hue", "sdl", "sdttg")[turn % 4]
            found[slug].append((draft, "van-hoa-du-lich" if slug == "hue" else "chuyen-de"))


def _mergers(found: dict[str, list[Allotted]]) -> None:
    for turn, unit in enumerate(communes()):
        olds = predecessors(unit)
        form = turn * 5 if len(olds) > 1 else UNCHANGED
        draft = merger_draft(
            unit, olds, districts_of(unit), neighbours(unit), profiles("communes.txt")[unit.slug]["road"], form
        )
        found[unit.slug].append((draft, "thong-bao"))


def _weather(found: dict[str, list[Allotted]]) -> None:
    """Each wording once: the communes with the fewest items first."""
    for risk, pool in WEATHER.items():
        same = [unit for unit in communes() if profiles("communes.txt")[unit.slug]["risk"] == risk]
        same.sort(key=lambda unit: (len(found[unit.slug]) + len(written_for(unit)), unit.code))
        for form, unit in enumerate(same[: len(pool)]):
            facts = profiles("communes.txt")[unit.slug]
            found[unit.slug].append((weather_draft(unit, facts, form), "phong-chong-thien-tai"))


def _offices(found: dict[str, list[Allotted]]) -> set[str]:
    names = {unit.slug: unit for unit in all_units()}
    used: set[str] = set()
    for slug, codes in _OFFICES.items():
        for code in codes:
            unit = names[slug]
            draft = procedure_draft(procedures()[code], unit.name, unit.low, len(used) * 3 + 1, slug)
            found[slug].append((draft, "huong-dan"))
            used.add(code)
    return used


def _papers(found: dict[str, list[Allotted]]) -> None:
    """The remaining procedures, one by one to the commune that has least; suited ones to the right ground."""
    used = _offices(found)
    suited = {code: risk for risk, codes in _SUITED.items() for code in codes}
    rest = [code for code in procedures() if code not in used]
    rest.sort(key=lambda code: code not in suited)
    given: dict[str, int] = defaultdict(int)
    for turn, code in enumerate(rest):
        risk = suited.get(code)
        pool = [unit for unit in communes() if risk in (None, profiles("communes.txt")[unit.slug]["risk"])]
        unit = min(pool, key=lambda item: (given[item.slug], len(found[item.slug]) + len(written_for(item)), item.code))
        given[unit.slug] += 1
        draft = procedure_draft(procedures()[code], unit.name, unit.low, turn * 3, unit.slug)
        found[unit.slug].append((draft, "thu-tuc-can-biet"))


def _numbers(found: dict[str, list[Allotted]]) -> None:
    homes = ("ttbtdt", "hue", "sdl", "hue", "hue", "hue")
    for draft, slug in zip(ticket_drafts(), homes, strict=True):
        found[slug].append((draft, "van-hoa-du-lich" if slug == "hue" else "huong-dan"))
    for draft, slug in zip(visit_drafts(), ("skhcn", "hue", "sdl", "ioc"), strict=True):
        found[slug].append((draft, "kinh-te" if slug == "hue" else "chuyen-de"))


@cache
def _allotted() -> dict[str, list[Allotted]]:
    found: dict[str, list[Allotted]] = defaultdict(list)
    for step in (_places, _feasts, _mergers, _numbers, _weather, _papers):
        step(found)
    return dict(found)


def drafts_for(unit: UnitFacts) -> list[Allotted]:
    """Composed drafts of this unit with the category each belongs to."""
    return _allotted().get(unit.slug, [])
