"""What the screens “Bài tự viết và bài lấy lại” show: rows of a table, bars of a chart, lines of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import OriginalityMonth
from portal.core.spreadsheets import csv_text

BARS: Final = 12
BAR_WIDTH: Final = 34
BAR_GAP: Final = 20
CHART_HEIGHT: Final = 150
SORTS: Final = ("share", "name", "articles", "words")


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the chart: where its bar stands, how high its own part is, its words."""

    label: str
    share: str
    x: int
    own_y: int
    own_height: int
    copied_height: int
    has_words: bool

    @property
    def middle(self) -> int:
        """Where its words are centred."""
        return self.x + BAR_WIDTH // 2

    @property
    def share_y(self) -> int:
        """Where its number stands: above its own part, never above the chart."""
        return max(self.own_y - 6, 12)


def percent(share: float | None) -> str:
    """``94,6%``; a dash for a month without words."""
    return "–" if share is None else f"{share:.1f}%".replace(".", ",")


def chart_of(months: Sequence[OriginalityMonth]) -> dict[str, Any]:
    """The newest twelve months as bars of own and copied words, oldest first; bars start at zero."""
    bars = []
    for number, row in enumerate(sorted(months, key=lambda one: one.month)[-BARS:]):
        own = round(CHART_HEIGHT * (row.own_share or 0) / 100)
        bars.append(
            Bar(
                label=f"{row.month.month}/{row.month.year % 100:02d}", share=percent(row.own_share),
                x=BAR_GAP + number * (BAR_WIDTH + BAR_GAP), own_y=20 + CHART_HEIGHT - own, own_height=own,
                copied_height=CHART_HEIGHT - own if row.words else 0, has_words=bool(row.words),
            )
        )  # fmt: skip
    width = BAR_GAP + len(bars) * (BAR_WIDTH + BAR_GAP)
    return {"bars": bars, "width": width, "height": CHART_HEIGHT + 48, "base": 20 + CHART_HEIGHT, "bar": BAR_WIDTH}


def sorted_rows(rows: Iterable[OriginalityMonth], by: str) -> list[OriginalityMonth]:
    """Units in the order asked for; the smallest own share first unless said otherwise."""
    keys: dict[str, Any] = {
        "name": lambda row: row.unit.sort_name,
        "articles": lambda row: (-row.articles, row.unit.sort_name),
        "words": lambda row: (-row.words, row.unit.sort_name),
    }
    smallest = lambda row: (row.own_share is None, row.own_share or 0, row.unit.sort_name)  # noqa: E731 - one of four
    return sorted(rows, key=keys.get(by, smallest))


def csv_of(rows: Iterable[OriginalityMonth], month: date) -> str:
    """The month of all units as a file for spreadsheets."""
    heads = [
        _("Mã"), _("Đơn vị"), _("Tháng"), _("Bài tự viết"), _("Bài lấy lại"), _("Chữ tự viết"), _("Chữ lấy lại"),
        _("Phần tự viết (%)"), _("Tính lúc"),
    ]  # fmt: skip
    return csv_text([heads, *(_cells(row, month) for row in rows)])


def _cells(row: OriginalityMonth, month: date) -> list[Any]:
    share = "" if row.own_share is None else f"{row.own_share:.1f}".replace(".", ",")
    return [
        row.unit.code, row.unit.name, f"{month:%m/%Y}", row.articles_own, row.articles_copied, row.words_own,
        row.words_copied, share, f"{timezone.localtime(row.computed_at):%d/%m/%Y %H:%M}",
    ]  # fmt: skip
