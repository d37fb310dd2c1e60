"""How royalty is reckoned: whole đồng, exact parts, no float; and numbers in Vietnamese words."""

from __future__ import annotations

import ast
import random
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from news.rules import royalty as rules
from news.rules.number_words import dong_words, number_words
from news.rules.royalty import Supplement, added_percent, equal_shares, split, within_budget, work_amount
from news.rules.royalty_seed import GENRES, SUPPLEMENTS, base_amount_on


def amount(coefficient: str, percent: str = "100", base: int = 253_000, **more: Any) -> int:
    return work_amount(base=base, unit_percent=Decimal(percent), coefficient=Decimal(coefficient), **more).value


def test_base_times_part_times_coefficient() -> None:
    assert amount("2") == 506_000
    assert amount("2", "20") == 101_200
    assert amount("0.5", "20", quantity=3) == 75_900
    # 253.000 × 20 % × 3,33 × 55 % = 92.673,9
    assert amount("3.33", "20", supplements=[Supplement("Bản dịch", Decimal(55), is_portion=True)]) == 92_674


def test_half_a_dong_is_rounded_up_once_at_the_end() -> None:
    assert amount("0.5", base=1) == 1
    assert amount("0.49", base=1) == 0
    # 0,5 + 0,5 rounded each would be 2.
    assert amount("1", base=1, quantity=1) == 1


def test_supplements_stack_up_to_the_ceiling() -> None:
    fifteen, forty = Supplement("a", Decimal(15)), Supplement("b", Decimal(40))
    assert added_percent([fifteen, forty], None) == 55
    assert added_percent([fifteen, forty], Decimal(50)) == 50
    assert added_percent([], Decimal(50)) == 0
    assert amount("10", supplements=[fifteen, forty], supplement_ceiling=Decimal(50)) == 3_795_000


def test_of_supplements_that_do_not_stack_the_highest_counts() -> None:
    alone = [Supplement("a", Decimal(30), stacks=False), Supplement("b", Decimal(20), stacks=False)]
    assert added_percent(alone, None) == 30
    assert added_percent([*alone, Supplement("c", Decimal(10))], None) == 40


def test_the_ceiling_cuts_and_says_so() -> None:
    cut = work_amount(base=253_000, unit_percent=Decimal(100), coefficient=Decimal(30), ceiling=1_000_000)
    assert (cut.value, cut.is_cut) == (1_000_000, True)
    kept = work_amount(base=100_000, unit_percent=Decimal(100), coefficient=Decimal(10), ceiling=1_000_000)
    assert (kept.value, kept.is_cut) == (1_000_000, False)


def test_parts_always_sum_to_the_whole() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    # 92.674 by 33,33 : 66,67 → 30.888,24 and 61.785,76
    assert split(92_674, [Decimal("33.33"), Decimal("66.67")]) == [30_888, 61_786]
    assert split(0, [0, 0]) == [0, 0]
    with pytest.raises(ValueError, match="Nothing to divide by"):
        split(5, [0])
    chance = random.Random(18)
    for _round in range(500):
        weights = [Decimal(chance.randint(0, 10_000)) / 100 for _weight in range(chance.randint(1, 9))]
        total = chance.randint(0, 50_000_000)
        if not sum(weights):
            continue
        parts = split(total, weights)
        assert sum(parts) == total
        whole = sum(weights)
        assert all(abs(part - total * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True))


def test_more_coefficient_is_never_less_money() -> None:
    chance = random.Random(287)
    for _round in range(200):
        base, percent = chance.randint(1, 400_000), Decimal(chance.randint(1, 10_000)) / 100
        steps = sorted(Decimal(chance.randint(0, 5_000)) / 100 for _step in range(6))
        values = [work_amount(base=base, unit_percent=percent, coefficient=step).value for step in steps]
        assert all(low <= high for low, high in pairwise(values))


def test_a_budget_reduces_all_in_proportion_and_is_spent_to_the_last_dong() -> None:
    assert within_budget([600, 300, 100], 500) == [300, 150, 50]
    assert within_budget([600, 300, 100], 1000) == [600, 300, 100]
    assert within_budget([600, 300, 100], None) == [600, 300, 100]
    assert within_budget([], 5) == []
    chance = random.Random(2157)
    for _round in range(300):
        amounts = [chance.randint(0, 900_000) for _amount in range(chance.randint(1, 30))]
        budget = chance.randint(1, 10_000_000)
        reduced = within_budget(amounts, budget)
        assert sum(reduced) == min(sum(amounts), budget)
        assert all(after <= before for after, before in zip(reduced, amounts, strict=True))
        pairs = sorted(zip(amounts, reduced, strict=True))
        assert all(one[1] <= other[1] for one, other in pairwise(pairs) if one[0] < other[0])


def test_equal_shares_sum_to_a_hundred() -> None:
    for number in range(1, 30):
        assert sum(equal_shares(number)) == 100
    assert equal_shares(3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


def test_floats_are_refused_and_none_stand_in_the_rules() -> None:
    with pytest.raises(TypeError):
        work_amount(base=1, unit_percent=Decimal(1), coefficient=0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        split(10, [0.5, 0.5])  # type: ignore[list-item]
    for name in ("rules/royalty.py", "actions/royalty.py", "actions/royalty_reckoning.py", "actions/royalty_sheets.py"):
        path = Path(rules.__file__).parents[1] / name
        floats = [
            node
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        ]
        divisions = "float(" in path.read_text()
        assert not floats
        assert not divisions


def test_of_rows_that_hold_the_one_that_began_last_counts() -> None:
    old = SimpleNamespace(valid_from=date(2026, 1, 1), valid_to=None)
    new = SimpleNamespace(valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 31))
    assert rules.newest_on([new, old], date(2026, 6, 30)) is old
    assert rules.newest_on([old, new], date(2026, 7, 1)) is new
    assert rules.newest_on([old, new], date(2026, 7, 31)) is new
    assert rules.newest_on([old, new], date(2026, 8, 1)) is old
    assert rules.newest_on([old, new], date(2025, 12, 31)) is None


def test_the_template_holds_what_the_regulation_says() -> None:
    highest = {seed.code: seed.highest for seed in GENRES}
    assert highest == {
        "tin": 10, "tranh": 10, "anh": 10, "chinh-luan": 30, "phong-su": 30, "van-hoc": 30, "nghien-cuu": 30, "truc-tuyen": 50,
    }  # fmt: skip
    ranges: Any = {seed.code: (seed.lowest, seed.highest) for seed in SUPPLEMENTS}
    assert ranges == {
        "dich": (40, 65), "thieu-nhi-dan-toc": (10, 20), "tieng-nuoc-ngoai": (30, 50), "kho-khan": (0, 100),
    }  # fmt: skip
    assert base_amount_on(date(2026, 6, 30)) == 234_000
    assert base_amount_on(date(2026, 7, 1)) == 253_000


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (253_000, "hai trăm năm mươi ba nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (1_000_000_000, "một tỷ"),
        (2_000_005_000, "hai tỷ không trăm linh năm nghìn"),
        (1_234_567_890_123, "một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


def test_amounts_in_words() -> None:
    assert dong_words(1_234_567) == "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"
    assert dong_words(0) == "Không đồng"
    with pytest.raises(ValueError, match="negative"):
        number_words(-1)
