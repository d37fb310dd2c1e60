"""Never below five voices, also not by subtraction: over nights, quarters, scores, units and sums."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from portal.core.tenancy import unit_scope
from services.actions.satisfaction import publish_quarters
from services.enums import Contentment
from services.models import Questionnaire, SatisfactionAnswer, SatisfactionQuarter
from services.rules.satisfaction import class_of, let_out, quarter_end, quarter_of, quarters_until
from services.tasks.satisfaction import publish_all_satisfaction
from tests.factories.cast import NOW, Cast
from tests.factories.dossiers import TODAY, add_voices
from tests.factories.visits import body_of, visit
from units.models import Unit

QUARTER = date(2026, 10, 1)
RESULTS = "/dich-vu-cong/hai-long/ket-qua/"


def publish(unit: Unit, today: date = TODAY) -> None:
    with unit_scope(unit):
        publish_quarters(today=today)


def told(unit: Unit, quarter: date = QUARTER) -> tuple[int, ...]:
    """(voices, low, fair, high) that are public; () for none."""
    with unit_scope(unit):
        found = SatisfactionQuarter.objects.by_level().in_quarter(quarter).first()
        return (found.number, found.low, found.fair, found.high) if found else ()


def scored(unit: Unit, quarter: date = QUARTER) -> list[tuple[int, int]]:
    with unit_scope(unit):
        return list(
            SatisfactionQuarter.objects.filter(questionnaire__isnull=False, quarter=quarter).values_list(
                "number", "score_sum"
            )
        )


def test_quarters() -> None:
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)
    assert quarter_end(date(2026, 1, 1)) == date(2026, 3, 31)
    assert quarters_until(TODAY, 5) == [
        date(2026, 10, 1),
        date(2026, 7, 1),
        date(2026, 4, 1),
        date(2026, 1, 1),
        date(2025, 10, 1),
    ]


def test_what_is_let_out_never_differs_by_fewer_than_five() -> None:
    """Every number a reader could ever have seen while a quarter grew to ``last`` voices, and when it was over."""
    for last in range(60):
        seen = [0, *(let_out(number, is_over=False) for number in range(last + 1)), let_out(last, is_over=True)]
        for before, after in pairwise(seen):
            assert after == before or after - before >= 5, (last, before, after)
        assert seen[-1] == (last if last >= 5 else 0)


@pytest.mark.parametrize(
    ("number", "public"), [(4, ()), (5, ()), (9, ()), (10, (5, 0, 0, 5)), (14, (5, 0, 0, 5)), (15, (10, 0, 0, 10))]
)
def test_while_the_quarter_runs_the_last_five_are_held_back(cast: Cast, number: int, public: tuple[int, ...]) -> None:
    add_voices(cast.a.unit, number)
    publish(cast.a.unit)
    assert told(cast.a.unit) == public


@pytest.mark.parametrize(("number", "public"), [(4, ()), (5, (5, 0, 0, 5)), (9, (9, 0, 0, 9)), (14, (14, 0, 0, 14))])
def test_when_it_is_over_all_are_counted_if_they_are_five(cast: Cast, number: int, public: tuple[int, ...]) -> None:
    add_voices(cast.a.unit, number)
    publish(cast.a.unit)
    publish(cast.a.unit, date(2027, 1, 1))
    assert told(cast.a.unit) == public


def test_night_after_night_no_difference_tells_of_fewer_than_five(cast: Cast) -> None:
    """A reader who writes every night's table down learns of groups of five at least, for each level and for scores."""
    chance = Random(7)
    questionnaire = Questionnaire.objects.on(TODAY)
    assert questionnaire is not None
    seen: list[tuple[int, ...]] = [(0, 0, 0, 0)]
    scores = [(0, 0)]
    for offset in range(95):
        day = QUARTER + timedelta(days=offset)
        if day.month != 1:
            full = chance.random() < 0.5
            add_voices(
                cast.a.unit, chance.randint(0, 2), day=day, level=chance.choice(list(Contentment)),
                questionnaire=questionnaire if full else None, answers={str(n): 1 for n in range(1, 10)} if full else {},
            )  # fmt: skip
        with time_machine.travel(NOW + timedelta(days=offset)):
            publish(cast.a.unit, day)
        seen.append(told(cast.a.unit) or (0, 0, 0, 0))
        scores.append((scored(cast.a.unit) or [(0, 0)])[0])
    steps = {after[0] - before[0] for before, after in pairwise(seen)} | {b[0] - a[0] for a, b in pairwise(scores)}
    assert steps - {0}
    assert min(steps - {0}) >= 5
    assert all(sum(row[1:]) == row[0] for row in seen)
    with unit_scope(cast.a.unit):
        assert seen[-1][0] == SatisfactionAnswer.objects.count(), "nobody's voice is lost in the end"
    assert scores[-1][1] == 9 * scores[-1][0]


def test_a_quarter_that_is_over_never_changes_again(cast: Cast) -> None:
    add_voices(cast.a.unit, 7, day=date(2026, 9, 30))
    publish(cast.a.unit)
    assert told(cast.a.unit, date(2026, 7, 1)) == (7, 0, 0, 7)
    add_voices(cast.a.unit, 1, day=date(2026, 9, 30), level=Contentment.LOW)
    publish(cast.a.unit)
    assert told(cast.a.unit, date(2026, 7, 1)) == (7, 0, 0, 7)


def test_voices_of_today_wait_for_the_night(cast: Cast) -> None:
    add_voices(cast.a.unit, 20, day=TODAY)
    publish(cast.a.unit)
    assert told(cast.a.unit) == ()


def test_scores_are_let_out_by_the_same_rule_and_never_with_levels(cast: Cast) -> None:
    questionnaire = Questionnaire.objects.on(TODAY)
    full: dict[str, Any] = {"questionnaire": questionnaire, "answers": {str(n): 2 for n in range(1, 10)}}
    add_voices(cast.a.unit, 4, day=date(2026, 9, 1), **full)
    add_voices(cast.a.unit, 3, day=date(2026, 9, 2))
    add_voices(cast.a.unit, 6, day=date(2026, 9, 3), questionnaire=questionnaire, answers={"1": 0})
    publish(cast.a.unit)
    assert told(cast.a.unit, date(2026, 7, 1))[0] == 13
    assert scored(cast.a.unit, date(2026, 7, 1)) == [], "four complete ones are too few, incomplete ones have no score"
    add_voices(cast.b.unit, 5, day=date(2026, 9, 1), **full)
    add_voices(cast.b.unit, 1, day=date(2026, 9, 2), level=Contentment.LOW)
    publish(cast.b.unit)
    assert scored(cast.b.unit, date(2026, 7, 1)) == [(5, 90)]
    with unit_scope(cast.b.unit):
        found = SatisfactionQuarter.objects.get(questionnaire__isnull=False)
    # With levels of these five the sixth voice would be the difference.
    assert (found.low, found.fair, found.high) == (0, 0, 0)


def test_the_database_itself_refuses_fewer_than_five(cast: Cast) -> None:
    with unit_scope(cast.a.unit), pytest.raises(IntegrityError), transaction.atomic():
        SatisfactionQuarter.objects.create(quarter=QUARTER, number=4, high=4, counted_at=NOW)


def test_every_night_all_units_with_voices(cast: Cast, eager_tasks: None) -> None:
    add_voices(cast.a.unit, 10)
    add_voices(cast.b.unit, 1)
    assert publish_all_satisfaction() == 2
    assert told(cast.a.unit) == (5, 0, 0, 5)
    assert told(cast.b.unit) == ()


# --- the pages --------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_is_let_out_and_nothing_else(cast: Cast) -> None:
    add_voices(cast.a.unit, 8, words=f"lời riêng {cast.a.word}", level=Contentment.FAIR)
    add_voices(cast.a.unit, 6, level=Contentment.LOW, words=f"lời riêng {cast.a.word}")
    publish(cast.a.unit)
    text = " ".join(body_of(visit(cast.a.host, RESULTS)).split())
    assert '<th scope="row">Hài lòng</th><td data-label="Số phiếu">5</td>' in text
    assert '<th scope="row">Chưa hài lòng</th><td data-label="Số phiếu">0</td>' in text
    assert "Hài lòng: 100%" in text
    assert "lời riêng" not in text
    assert ">14<" not in text


def test_four_voices_are_no_result(cast: Cast) -> None:
    add_voices(cast.a.unit, 4, day=date(2026, 9, 1))
    publish(cast.a.unit)
    text = body_of(visit(cast.a.host, RESULTS))
    assert "Chưa đủ năm phiếu" in text
    assert "Quý 3/2026" not in text


def test_the_provinces_table_adds_up_what_it_shows(cast: Cast) -> None:
    add_voices(cast.a.unit, 7, day=date(2026, 9, 1))
    add_voices(cast.b.unit, 6, day=date(2026, 9, 1), level=Contentment.LOW)
    add_voices(cast.third, 4, day=date(2026, 9, 1), level=Contentment.LOW)
    add_voices(cast.closed, 50, day=date(2026, 9, 1))
    for unit in (cast.a.unit, cast.b.unit, cast.third, cast.closed, cast.province):
        publish(unit)
    text = " ".join(body_of(visit(cast.province.canonical_host, RESULTS)).split())
    assert f'<a href="http://{cast.a.host}{RESULTS}">Phường Thuận An</a>' in text
    assert cast.third.name not in text
    assert 'Cộng các đơn vị trong bảng</th><td data-label="Số phiếu">13</td>' in text
    assert "53,8%" in text  # 7 of 13
    assert ">17<" not in text


def test_older_quarters_of_the_province_have_their_own_address(cast: Cast) -> None:
    add_voices(cast.a.unit, 7, day=date(2026, 9, 1))
    add_voices(cast.a.unit, 20)
    publish(cast.a.unit)
    host = cast.province.canonical_host
    assert "Các đơn vị, Quý 4/2026" in body_of(visit(host, RESULTS))
    assert "Các đơn vị, Quý 3/2026" in body_of(visit(host, f"{RESULTS}2026/3/"))
    for path in ("2026/2/", "2026/5/", "2026/0/", "0/1/", "99999/1/"):
        assert visit(host, f"{RESULTS}{path}").status_code == 404
    text = body_of(visit(cast.a.host, f"{RESULTS}2026/3/"))
    assert "Quý 3/2026" in text
    assert "Quý 4/2026" not in text
    assert visit(cast.b.host, f"{RESULTS}2026/3/").status_code == 404


@pytest.mark.parametrize(
    ("average", "name"),
    [
        (18, "Xuất sắc"),
        (15, "Xuất sắc"),
        (14.9, "Tốt"),
        (12, "Tốt"),
        (9, "Khá"),
        (8.9, "Trung bình"),
        (6, "Trung bình"),
        (5.9, "Yếu"),
    ],
)
def test_classes_come_from_the_questionnaire(db: None, average: float, name: str) -> None:
    questionnaire = Questionnaire.objects.on(TODAY)
    assert questionnaire is not None
    assert class_of(average, questionnaire.classes) == name


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_results(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    full: dict[str, Any] = {
        "questionnaire": Questionnaire.objects.on(TODAY),
        "answers": {str(n): 2 for n in range(1, 10)},
    }
    for unit in (cast.a.unit, cast.b.unit, cast.third)[:number]:
        for quarter in quarters_until(TODAY, number + 1)[1:]:
            add_voices(unit, 6, day=quarter, **full)
        publish(unit)
    for host, queries in ((cast.a.host, 5), (cast.province.canonical_host, 10)):
        with django_assert_num_queries(queries):
            assert visit(host, RESULTS).status_code == 200
