"""The public results: only what SatisfactionQuarter holds, never the voices themselves (services.rules.satisfaction)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.tenancy import units_scope
from services.dossier_page import scope_of
from services.enums import Contentment
from services.models import Questionnaire, SatisfactionQuarter
from services.rules import satisfaction as rules
from units.chrome import site_url
from units.models import Unit

BAR_WIDTH: Final = 400
BAR_STEP: Final = 44
MOST_SCORE: Final = 2
_COLUMNS: Final = ((Contentment.HIGH, "high"), (Contentment.FAIR, "fair"), (Contentment.LOW, "low"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a quarter: voices, per cent, and the bar's place and length in the drawing."""

    label: str
    number: int
    share: float
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Score:
    """The average of those who answered one questionnaire to the end."""

    number: int
    average: float
    most: int
    class_name: str
    title: str
    source: str


@dataclass(slots=True)
class Quarter:
    """What is told of one quarter at one unit."""

    row: SatisfactionQuarter
    scores: list[Score] = field(default_factory=list)
    unit_name: str = ""
    unit_url: str = ""

    @property
    def name(self) -> str:
        """“Quý 4/2026”."""
        return quarter_name(self.row.quarter)

    @property
    def url(self) -> str:
        """Its own address on the same site."""
        return quarter_url(self.row.quarter)

    @property
    def content_share(self) -> float:
        """Per cent of those who were content or more."""
        return _share(self.row.fair + self.row.high, self.row.number)

    @property
    def levels(self) -> list[Level]:
        """The three levels, best first."""
        found = []
        for place, (level, column) in enumerate(_COLUMNS):
            number = getattr(self.row, column)
            share = _share(number, self.row.number)
            found.append(Level(str(level.label), number, share, place * BAR_STEP, round(BAR_WIDTH * share / 100, 1)))
        return found


@dataclass(frozen=True, slots=True)
class Results:
    """A unit's quarters, newest first."""

    newest: Quarter | None
    older: list[Quarter]


@dataclass(frozen=True, slots=True)
class UnitsTable:
    """The units of a province in one quarter; the sum is that of the rows, nothing else."""

    name: str
    rows: list[Quarter]
    number: int
    content_share: float
    links: list[dict[str, Any]]


def quarter_name(quarter: date) -> str:
    """“Quý 4/2026”."""
    return _("Quý %(number)d/%(year)d") % {"number": (quarter.month + 2) // 3, "year": quarter.year}


def _tidy(number: float) -> float:
    """One decimal, none where it would be 0: “100”, “93,4”."""
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _share(part: int, whole: int) -> float:
    return _tidy(100 * part / whole) if whole else 0


def _quarters(rows: Iterable[SatisfactionQuarter]) -> list[Quarter]:
    """Rows of both kinds put together: levels of a unit's quarter with its scores, in the order of the rows."""
    rows = list(rows)
    scores: dict[tuple[int, date], list[Score]] = {}
    for row in rows:
        if row.questionnaire is not None:
            scores.setdefault((row.unit_id, row.quarter), []).append(_score(row, row.questionnaire))
    levels = [row for row in rows if row.questionnaire_id is None]
    return [Quarter(row, scores.get((row.unit_id, row.quarter), [])) for row in levels]


def _score(row: Any, questionnaire: Questionnaire) -> Score:
    average = row.score_sum / row.number
    name = rules.class_of(average, questionnaire.classes)
    most = MOST_SCORE * row.question_count
    return Score(row.number, _tidy(average), most, name, questionnaire.title, questionnaire.source)


def results_of(quarter: date | None = None) -> Results:
    """The last quarters of the unit in scope, or the one asked for; one query."""
    first = rules.quarters_until(timezone.localdate(), rules.QUARTERS_SHOWN)[-1]
    rows = SatisfactionQuarter.objects.all().with_scores().filter(quarter__gte=first)
    quarters = _quarters(rows.in_quarter(quarter) if quarter else rows)
    return Results(quarters[0] if quarters else None, quarters[1:])


def units_table(request: HttpRequest, unit: Unit, quarter: date | None = None) -> UnitsTable | None:
    """A quarter (the newest one without) with a row for each unit that has told something; None without any."""
    with units_scope(scope_of(unit)):
        quarters = SatisfactionQuarter.objects.all().quarters()
        if not quarters or (quarter and quarter not in quarters):
            return None
        shown = quarter or quarters[0]
        lines = _quarters(SatisfactionQuarter.objects.all().with_scores().in_quarter(shown))
    ids = [line.row.unit_id for line in lines]
    units = {row.pk: row for row in Unit.objects.filter(pk__in=ids).defer("boundary").prefetch_related("domains")}
    path = reverse("services:satisfaction-results")
    for line in lines:
        other = units[line.row.unit_id]
        line.unit_name = other.name
        line.unit_url = "" if other.pk == unit.pk else site_url(request, other, path)
    lines.sort(key=lambda line: (units[line.row.unit_id].sort_name, line.row.unit_id))
    number = sum(line.row.number for line in lines)
    content = _share(sum(line.row.fair + line.row.high for line in lines), number)
    return UnitsTable(quarter_name(shown), lines, number, content, _links(quarters, shown))


def quarter_url(quarter: date) -> str:
    """Address of one quarter's results."""
    return reverse("services:satisfaction-quarter", args=[quarter.year, (quarter.month + 2) // 3])


def _links(quarters: list[date], shown: date) -> list[dict[str, Any]]:
    """The quarters as chips."""
    return [
        {"label": quarter_name(quarter), "url": quarter_url(quarter), "is_current": quarter == shown}
        for quarter in quarters
    ]
