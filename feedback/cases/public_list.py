"""What /phan-anh/ lists: the filter of an address, its rows by keyset, what each row says; a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from feedback.cases.standing import Standing, calendar_for, standing_of
from feedback.enums.cases import OPEN, RUNNING, CaseKind, CaseStatus
from feedback.models import Case, CaseCategory, CaseParty
from feedback.querysets.cases import PAGE_SIZE, CasePartyQuerySet
from units.models import Unit

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
YEAR: Final = timedelta(days=365)
FEED_SIZE: Final = 30
STATUS, CATEGORY, COMMUNE, BEFORE = "tinh-trang", "linh-vuc", "xa", "truoc"
LATE: Final = "qua-han"
STATUSES: Final[dict[str, tuple[Any, tuple[CaseStatus, ...]]]] = {
    "dang-xu-ly": (_("Đang xử lý"), OPEN),
    LATE: (_("Quá hạn"), RUNNING),
    "da-tra-loi": (_("Đã trả lời"), (CaseStatus.ANSWERED,)),
    "da-xong": (_("Người gửi báo đã xong"), (CaseStatus.SOLVED,)),
    "khong-tiep-nhan": (_("Không tiếp nhận"), (CaseStatus.REJECTED,)),
}
# What no list shows of a case: sealed parts, long texts, outlines of units.
_UNREAD: Final = (
    "case__sealed_text", "case__sealed_details", "case__sealed_token", "case__folded", "case__answer",
    "case__holder__boundary", "case__commune__boundary",
)  # fmt: skip


class UnknownFilter(ValueError):
    """An address that no page of ours leads to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends in the newest-first order."""

    at: datetime
    case_id: int

    @property
    def text(self) -> str:
        """As it stands in an address: microseconds since 1970, a dash, the id."""
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.case_id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for an empty text; raises UnknownFilter for what is no place."""
        if not text:
            return None
        micros, _dash, key = text.partition("-")
        if not (micros + key).isascii() or not micros.isdigit() or not key.isdigit() or max(len(micros), len(key)) > 18:  # noqa: PLR2004 - beyond any date or id
            raise UnknownFilter
        try:
            return cls(EPOCH + timedelta(microseconds=int(micros)), int(key))
        except OverflowError as error:
            raise UnknownFilter from error


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as it was understood."""

    status: str = ""
    category: CaseCategory | None = None
    commune: Unit | None = None
    before: Place | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether it shows less than everything."""
        return bool(self.status or self.category or self.commune)

    def parameters(self, **other: str) -> dict[str, str]:
        """As in an address, without the place; ``other`` replaces single ones, "" takes them out."""
        mine = {
            STATUS: self.status, CATEGORY: self.category.slug if self.category else "",
            COMMUNE: self.commune.slug if self.commune else "", **other,
        }  # fmt: skip
        return {name: value for name, value in mine.items() if value}


def address(path: str, parameters: Mapping[str, str]) -> str:
    """A path with what is asked, in one spelling."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def read_filter(
    given: Mapping[str, str], categories: Iterable[CaseCategory], communes: Iterable[Unit]
) -> Asked:  # fmt: skip
    """What an address asks for; raises UnknownFilter for words that name nothing."""
    status = given.get(STATUS, "")
    if status and status not in STATUSES:
        raise UnknownFilter
    return Asked(
        status,
        _named(given.get(CATEGORY, ""), categories),
        _named(given.get(COMMUNE, ""), communes),
        Place.read(given.get(BEFORE, "")),
    )


def _named(slug: str, rows: Iterable[Any]) -> Any:
    if not slug:
        return None
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        raise UnknownFilter
    return found


# --- rows --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    case: Case
    standing: Standing


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list; ``older`` is where the next one begins."""

    rows: list[Row]
    older: Place | None


def listed(asked: Asked, kind: CaseKind, today: date) -> list[CasePartyQuerySet]:
    """The rows an address asks for: one queryset for each status, so that each walks an index in the list's order.

    A single one over several statuses would have to sort all that are open before it could show twenty.
    """
    rows = CaseParty.objects.listed(kind)
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.commune:
        rows = rows.filter(commune=asked.commune)
    if asked.before:
        at, key = asked.before.at, asked.before.case_id
        rows = rows.filter(published_at__lte=at).exclude(published_at=at, case_id__gte=key)
    if asked.status == LATE:
        rows = rows.filter(case__due_on__lt=today)
    if not asked.status:
        return [rows]
    return [rows.filter(status=status) for status in STATUSES[asked.status][1]]


def page(asked: Asked, kind: CaseKind, today: date, size: int = PAGE_SIZE) -> Page:
    """One page, newest first: a query for each status, one for the calendar of all rows."""
    cases = newest(listed(asked, kind, today), size + 1)
    older = None
    if len(cases) > size:
        cases = cases[:size]
        last = cases[-1]
        older = Place(last.published_at, last.pk) if last.published_at else None
    calendar = calendar_for(cases, today)
    return Page([Row(case, standing_of(case, today, calendar)) for case in cases], older)


def newest(querysets: Iterable[CasePartyQuerySet], number: int) -> list[Case]:
    """The newest cases among these parties, each with what a list shows of it."""
    parties: list[CaseParty] = []
    for rows in querysets:
        read = rows.select_related("case__category", "case__holder", "case__commune").defer(*_UNREAD)
        parties += read[:number]
    parties.sort(key=lambda party: (party.published_at or EPOCH, party.case_id), reverse=True)
    return [party.case for party in parties[:number]]


def numbers_by_commune(kind: CaseKind, since: datetime) -> dict[int, int]:
    """How many of the last months' public cases happened in each commune; two queries.

    All of them are counted in the index alone; to look at each one's status would be four times the work, and few are merged.
    """
    rows = CaseParty.objects.mine().filter(kind=kind, is_public=True, published_at__gte=since, commune__isnull=False)
    by_commune = rows.order_by().values_list("commune_id").annotate(number=Count("pk"))
    merged = dict(by_commune.filter(status=CaseStatus.MERGED))
    return {commune_id: number - merged.get(commune_id, 0) for commune_id, number in by_commune}
