"""The demo province as frozen dataclasses.

`province_plan(as_of)` is the only entry point. It is deterministic, reads only files inside this package and knows
nothing of Django; the loader (`manage.py demo`) turns the result into rows. Dates of articles are relative
(`days_before` the base day `today`), so the demo looks fresh whenever it is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

PROVINCE, DEPARTMENT, DISTRICT, COMMUNE = "PROVINCE", "DEPARTMENT", "DISTRICT", "COMMUNE"
GOVERNMENT, PROVINCE_LINKS, DEPARTMENTS, COMMUNES = "GOVERNMENT", "PROVINCE", "DEPARTMENTS", "COMMUNES"
CITY_FROM, MERGER_FROM, COMMUNE_FROM = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)
DEFAULT_DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """One entry of the grouped link directory; `group` is GOVERNMENT, PROVINCE, DEPARTMENTS or COMMUNES.

    `unit_slug` is set when the target is a unit of this installation: the loader then puts that unit's own
    address in place of `url` (which is only a hint, `//<slug>/`).
    """

    group: str
    label: str
    url: str
    order: int
    unit_slug: str = ""


@dataclass(frozen=True, slots=True)
class ContactPlan:
    """Whom to meet for what: `label` is the errand in everyday words, `detail` the counter or room."""

    label: str
    detail: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class SitePlan:
    """Looks and footer facts of one unit's site. Invented names and numbers say so inside the value."""

    palette: str
    banner: str
    over_line: str
    responsible: str
    address: str
    phone: str
    email: str
    email_note: str
    hours: str
    intro: str
    hero_title: str
    hero_lead: str
    search_placeholder: str
    popular: tuple[str, ...]
    chips: tuple[tuple[str, str], ...]
    contacts: tuple[ContactPlan, ...]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page under /gioi-thieu/. `body` is markup text (see `markup.to_html`)."""

    slug: str
    title: str
    body: str
    order: int
    parent_slug: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """A news section of one unit."""

    name: str
    slug: str
    order: int
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """An illustration: `scene` is the file name in demo/art without ending, for example `lagoon-pha`."""

    scene: str
    alt_text: str
    caption: str
    credit: str = "Tranh minh họa của Cổng"


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """One article. `body` is markup text; `source_ref` is unique over the province and stable between loads."""

    category_slug: str
    title: str
    summary: str
    body: str
    author_name: str
    source_name: str
    picture: PicturePlan | None
    tags: tuple[str, ...]
    days_before: int
    time: str
    source_ref: str
    is_pinned: bool = False
    is_demo: bool = True

    def published_on(self, today: date) -> datetime:
        """The local (Asia/Ho_Chi_Minh), naive moment of publishing for a demo whose base day is `today`."""
        hour, minute = self.time.split(":")
        return datetime.combine(today - timedelta(days=self.days_before), time(int(hour), int(minute)))


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One unit with everything that stands on its site. The key is (code, valid_from): codes are reused."""

    code: str
    valid_from: date
    valid_to: date | None
    kind: str
    type_name: str
    name: str
    name_en: str
    slug: str
    parent_code: str | None
    parent_from: date | None
    site: SitePlan
    categories: tuple[CategoryPlan, ...]
    pages: tuple[PagePlan, ...]
    links: tuple[LinkPlan, ...]
    articles: tuple[ArticlePlan, ...]
    area_km2: float | None = None
    lat: float | None = None
    lon: float | None = None

    @property
    def key(self) -> tuple[str, date]:
        """(code, valid_from)."""
        return self.code, self.valid_from

    @property
    def is_closed(self) -> bool:
        """True when the unit has ended by the plan's day."""
        return self.valid_to is not None


@dataclass(frozen=True, slots=True)
class SuccessionPlan:
    """Predecessor → successor, both by (code, valid_from); `extent` is "full" or "partial"."""

    predecessor: tuple[str, date]
    successor: tuple[str, date]
    extent: str


@dataclass(frozen=True, slots=True)
class ProvincePlan:
    """Everything `manage.py demo` loads. `units` are in parent-before-child order."""

    as_of: date
    today: date
    units: tuple[UnitPlan, ...]
    successions: tuple[SuccessionPlan, ...]

    def unit(self, slug: str) -> UnitPlan:
        """The unit with this slug; KeyError when there is none."""
        for unit in self.units:
            if unit.slug == slug:
                return unit
        raise KeyError(slug)

    @property
    def active(self) -> tuple[UnitPlan, ...]:
        """Units in force on `as_of`."""
        return tuple(unit for unit in self.units if not unit.is_closed)


def province_plan(as_of: date = DEFAULT_DAY, today: date | None = None) -> ProvincePlan:
    """The whole province as it stood on `as_of`, with articles dated back from `today` (default: `as_of`).

    Raises ValueError before 1 January 2025, when the centrally-run city of Huế did not exist yet.
    """
    if as_of < CITY_FROM:
        raise ValueError("the demo begins on 2025-01-01, when Thành phố Huế was founded")
    from .assemble import assemble  # deferred: assemble needs the dataclasses above

    return assemble(as_of, today or as_of)
