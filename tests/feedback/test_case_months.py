"""The months of a unit: each number reconciled with cases whose outcome was worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from feedback.actions.case_index import index_case
from feedback.actions.case_months import count_months, first_month
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, Moderation, RejectReason
from feedback.models import CaseMonth
from feedback.rules.months import median_of
from feedback.search_indexes import CaseIndex
from feedback.tasks.months import count_all_months
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.report_pages import answered, at, change, event_of, pass_on, report_of
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def count(unit: Unit, today: date = TODAY) -> int:
    with unit_scope(unit):
        return count_months(today=today)


def month_of(unit: Unit, month: date) -> dict[str, Any]:
    row = CaseMonth.objects.get(unit=unit, kind=CaseKind.REPORT, month=month)
    names = ("received", "answered", "on_time", "late", "reopened", "rejected", "transferred")
    return {name: getattr(row, name) for name in names}


def test_a_month_worked_out_by_hand(cast: Cast) -> None:
    a, unit = cast.a, cast.a.unit
    # Answered on its last day, four days after it came: on time.
    answered(report_of(a, date(2026, 10, 1), date(2026, 10, 5)), date(2026, 10, 5), unit, satisfaction="VERY")
    # The day after: late.
    answered(report_of(a, date(2026, 10, 1), date(2026, 10, 5)), date(2026, 10, 6), unit, satisfaction="UNSATISFIED")
    # The sender was asked, the day moved from the 9th to the 20th; answered on the 19th: on time.
    moved = report_of(a, date(2026, 10, 2), date(2026, 10, 9))
    event_of(moved, EventKind.SUPPLIED, date(2026, 10, 14), unit, detail={"due": "2026-10-20"})
    answered(change(moved, due_on=date(2026, 10, 20)), date(2026, 10, 19), unit)
    # Extended and then answered late by one day.
    longer = report_of(a, date(2026, 10, 2), date(2026, 10, 9))
    event_of(longer, EventKind.EXTENDED, date(2026, 10, 8), unit, detail={"due": "2026-10-12"})
    answered(change(longer, due_on=date(2026, 10, 12)), date(2026, 10, 13), unit)
    # Refused in time, refused late.
    for day in (8, 10):
        change(
            report_of(a, date(2026, 10, 5), date(2026, 10, 9)), status=CaseStatus.REJECTED,
            reject_reason=RejectReason.UNCLEAR, closed_at=at(date(2026, 10, day)),
        )  # fmt: skip
    # Not answered: past its day is late, waiting for the sender is not, merged and taken back count for neither.
    report_of(a, date(2026, 10, 30), date(2026, 11, 20))
    report_of(a, date(2026, 10, 30), date(2026, 11, 10), status=CaseStatus.WAITING, stopped_on=date(2026, 11, 5))
    report_of(a, date(2026, 10, 30), date(2026, 11, 10), status=CaseStatus.WITHDRAWN, closed_at=at(date(2026, 11, 1)))
    # Another month, another unit, a heap: none of them here.
    report_of(a, date(2026, 11, 1), date(2026, 11, 30))
    report_of(cast.b, date(2026, 10, 1), date(2026, 10, 5))
    change(make_case(a, phone="0900000001"), received_at=at(date(2026, 10, 3)), moderation=Moderation.SPAM)
    assert count(unit) == 2
    assert month_of(unit, date(2026, 10, 1)) == {
        "received": 9, "answered": 4, "on_time": 3, "late": 4, "reopened": 0, "rejected": 2, "transferred": 0,
    }  # fmt: skip
    row = CaseMonth.objects.get(unit=unit, kind=CaseKind.REPORT, month=date(2026, 10, 1))
    assert (row.very, row.satisfied, row.unsatisfied) == (1, 0, 1)
    assert row.spread == [[4, 1], [5, 1], [11, 1], [17, 1]]
    assert row.median_days == Decimal("8.0")
    assert month_of(unit, date(2026, 11, 1))["received"] == 1


def test_a_case_that_is_not_public_counts_as_well(cast: Cast) -> None:
    change(make_case(cast.a), received_at=at(date(2026, 11, 2)), moderation=Moderation.PRIVATE)
    count(cast.a.unit)
    assert month_of(cast.a.unit, date(2026, 11, 1))["received"] == 1


def test_a_reopened_case_is_judged_by_its_first_answer(cast: Cast) -> None:
    unit = cast.a.unit
    for answered_on, due in ((date(2026, 10, 9), "on_time"), (date(2026, 10, 16), "late")):
        case = answered(report_of(cast.a, date(2026, 10, 1), date(2026, 10, 9)), answered_on, unit)
        event_of(case, EventKind.REOPENED, date(2026, 10, 20), unit, detail={"due": "2026-11-03"})
        change(case, status=CaseStatus.ACCEPTED, reopened=1, due_on=date(2026, 11, 3))
        assert due
    count(unit)
    found = month_of(unit, date(2026, 10, 1))
    assert (found["received"], found["on_time"], found["late"], found["reopened"]) == (2, 1, 1, 2)


def test_what_went_to_the_province_after_an_answer_stays_with_who_answered(cast: Cast) -> None:
    unit = cast.a.unit
    case = answered(report_of(cast.a, date(2026, 10, 1), date(2026, 10, 9)), date(2026, 10, 8), unit)
    event_of(case, EventKind.REOPENED, date(2026, 10, 20), unit, to_unit=cast.province, detail={"due": "2026-11-03"})
    change(case, reopened=2, status=CaseStatus.RECEIVED, due_on=date(2026, 11, 3))
    pass_on(case, cast.province)
    count(unit)
    count(cast.province)
    found = month_of(unit, date(2026, 10, 1))
    assert (found["received"], found["on_time"], found["transferred"]) == (1, 1, 1)
    assert not CaseMonth.objects.filter(unit=cast.province).exists()


def test_a_transferred_case_counts_where_it_is(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 2), date(2026, 11, 30))
    event_of(case, EventKind.TRANSFERRED, date(2026, 11, 3), cast.a.unit, to_unit=cast.b.unit, text="x")
    pass_on(case, cast.b.unit)
    count(cast.a.unit)
    count(cast.b.unit)
    assert month_of(cast.a.unit, date(2026, 11, 1))["received"] == 0
    assert month_of(cast.a.unit, date(2026, 11, 1))["transferred"] == 1
    assert month_of(cast.b.unit, date(2026, 11, 1))["received"] == 1


def test_counting_again_changes_nothing_and_wakes_no_cache(cast: Cast) -> None:
    report_of(cast.a, date(2026, 11, 2), date(2026, 11, 30))
    assert count(cast.a.unit) == 1
    before = Unit.objects.get(pk=cast.a.unit.pk).generation
    assert count(cast.a.unit) == 0
    assert Unit.objects.get(pk=cast.a.unit.pk).generation == before
    # A day later it is late: one row changes, and the pages with it.
    assert count(cast.a.unit, date(2026, 12, 1)) == 1
    assert Unit.objects.get(pk=cast.a.unit.pk).generation > before
    assert month_of(cast.a.unit, date(2026, 11, 1))["late"] == 1


def test_a_month_that_emptied_goes_and_old_months_stay(cast: Cast) -> None:
    assert first_month(TODAY) == date(2025, 10, 1)
    old = CaseMonth.objects.create(unit=cast.a.unit, kind=CaseKind.REPORT, month=date(2025, 9, 1), received=3)
    gone = CaseMonth.objects.create(unit=cast.a.unit, kind=CaseKind.REPORT, month=date(2026, 3, 1), received=3)
    assert count(cast.a.unit) == 1
    assert CaseMonth.objects.filter(pk=old.pk).exists()
    assert not CaseMonth.objects.filter(pk=gone.pk).exists()


def test_every_night_all_units_with_cases_are_counted(cast: Cast, eager_tasks: None) -> None:
    report_of(cast.a, date(2026, 11, 2))
    CaseMonth.objects.create(unit=cast.third, kind=CaseKind.REPORT, month=date(2026, 3, 1), received=3)
    assert count_all_months() == 2
    assert CaseMonth.objects.get().unit == cast.a.unit


@pytest.mark.parametrize(
    ("spread", "median"),
    [([], None), ([(3, 1)], 3), ([(1, 1), (4, 1)], Decimal("2.5")), ([(9, 1), (1, 4)], 1), ([(0, 2), (7, 3)], 7)],
)
def test_medians(spread: list[tuple[int, int]], median: object) -> None:
    assert median_of(spread) == median


# --- search ------------------------------------------------------------------------------------------------------------


def test_search_holds_public_cases_under_their_holder(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 2))
    make_case(cast.a)
    index = CaseIndex()
    with unit_scope(cast.a.unit):
        found = list(index.index_queryset())
        assert [row.pk for row in found] == [case.pk]
        document = index.full_prepare(found[0])
        index_case(case)
    assert (document["kind"], document["unit_id"], document["url"]) == (
        "report",
        cast.a.unit.pk,
        f"/phan-anh/{case.code}/",
    )
    assert case.code in document["aliases"]
    for unit in (cast.b.unit, cast.province):
        with unit_scope(unit):
            assert not index.index_queryset().exists()
    changed = IndexChange.objects.filter(model_label="feedback.case")
    assert (cast.a.unit.pk, case.pk) in changed.values_list("unit_id", "object_id")
