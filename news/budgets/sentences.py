"""What a table says, in a sentence or two for people who read no tables; nothing where the columns do not allow it."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from news.budgets.amounts import money_words
from news.budgets.figures import Figures, Row
from news.budgets.numbers import number_of, rounded, vietnamese
from news.budgets.roles import Roles, is_total, roles_of
from news.enums.disclosure import DisclosurePeriod
from portal.core.text import folded

_MONTHS: Final = {3, 6, 9}
_QUARTERS: Final = 4
_HALVES: Final = {1: 6, 2: 12}


def sentences_of(figures: Figures, *, money_unit: str, when: str, who: str) -> list[str]:
    """One sentence on income, one on spending: ``Đến hết 9 tháng, phường thu 12,3 tỷ đồng, đạt 78% dự toán``."""
    roles = roles_of(figures)
    if roles.plan is None and roles.done is None:
        return []
    told = []
    for verb, row in ((_("thu"), _total(figures, "thu")), (_("chi"), _total(figures, "chi"))):
        words = _sentence(row, roles, verb, money_unit) if row else ""
        if words:
            told.append(f"{when}, {who} {words}." if when else f"{who[:1].upper()}{who[1:]} {words}.")
    return told


def _total(figures: Figures, verb: str) -> Row | None:
    """The line that sums up income or spending: “Tổng số thu”, “TỔNG CHI NGÂN SÁCH PHƯỜNG”; of several the highest."""
    found = [
        row
        for row in figures.rows
        if is_total(row)
        and verb in (words := folded(row.label).split())
        and _other(verb) not in words[: words.index(verb)]
    ]
    return min(found, key=lambda row: row.level, default=None)


def _other(verb: str) -> str:
    return "chi" if verb == "thu" else "thu"


def _sentence(row: Row, roles: Roles, verb: str, money_unit: str) -> str:
    plan = number_of(row.cell(roles.plan)) if roles.plan is not None else None
    done = number_of(row.cell(roles.done)) if roles.done is not None else None
    if done is not None and done >= 0:
        words = _("%(verb)s %(money)s") % {"verb": verb, "money": money_words(done, money_unit)}
        share = _share(row, roles, done, plan)
        if share is None:
            return words
        return _("%(words)s, đạt %(share)s%% dự toán") % {"words": words, "share": vietnamese(share)}
    if plan is not None and plan >= 0:
        return _("dự toán %(verb)s %(money)s") % {"verb": verb, "money": money_words(plan, money_unit)}
    return ""


def _share(row: Row, roles: Roles, done: Decimal, plan: Decimal | None) -> Decimal | None:
    """Reckoned, never taken from a cell that might be wrong; halves of a percent are enough for a sentence."""
    if not plan or plan < 0:
        return None
    share = done * 100 / plan
    return rounded(share, 0 if share >= 10 else 1)  # noqa: PLR2004 - small shares keep a figure


def when_of(period: str, year: int | None, part: int) -> str:
    """“Đến hết 9 tháng năm 2026”, “Quý 3 năm 2026”, “Năm 2026”; “” where no year is known."""
    if not year:
        return ""
    if period == DisclosurePeriod.YEAR_TO_DATE and part in _MONTHS:
        return _("Đến hết %(months)d tháng năm %(year)d") % {"months": part, "year": year}
    if period == DisclosurePeriod.HALF_YEAR and part in _HALVES:
        return _("Đến hết %(months)d tháng năm %(year)d") % {"months": _HALVES[part], "year": year}
    if period == DisclosurePeriod.QUARTER and 1 <= part <= _QUARTERS:
        return _("Quý %(part)d năm %(year)d") % {"part": part, "year": year}
    if period == DisclosurePeriod.MONTH and part:
        return _("Tháng %(part)d năm %(year)d") % {"part": part, "year": year}
    return _("Năm %(year)d") % {"year": year}
