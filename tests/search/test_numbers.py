"""A document's number finds it in whatever spelling, and digits that are no number mislead nobody."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.search.analyzers import words_of
from portal.search.engine import VietnameseWhooshBackend
from portal.search.numbers import number_tokens, typed_pairs

Find = Callable[..., list[str]]

NUMBERS = ["54/2023/QĐ-UBND", "54/2023/NQ-HĐND", "54/2021/QĐ-UBND", "154/2023/QĐ-UBND", "2023/QĐ-UBND", "05/CT-UBND"]


@pytest.fixture
def register(engine: VietnameseWhooshBackend, make_document: Callable[..., dict[str, Any]]) -> None:
    """Numbered documents, and articles that name them over and over."""
    documents = []
    for key, number in enumerate(NUMBERS, 1):
        prepared = make_document(key, f"{number} Quy định về vỉa hè", "Quyết định của Ủy ban nhân dân")
        documents.append(prepared | {"numbers": dict.fromkeys(number_tokens(number, 2026), 1)})
    documents += [
        make_document(key, "Tin về quyết định 54/2023/QĐ-UBND", "quyết định 54/2023/QĐ-UBND năm 2023 " * 5)
        for key in range(100, 103)
    ]
    with engine.locked():
        engine.apply(documents)


@pytest.mark.parametrize(
    "typed",
    [
        "54/2023/QĐ-UBND", "54/2023/qd-ubnd", "QĐ 54/2023", "54 2023 QD UBND", "quyết định 54/2023", "quyet dinh so 54 nam 2023",
        "054/2023/QĐ‑UBND", "QĐ-UBND 54/2023", "quyết định của UBND số 54/2023", "54/2023/qđ.ubnd về vỉa hè ở đâu",
    ],
)  # fmt: skip
def test_any_spelling_leads_to_the_document_first(register: None, find: Find, typed: str) -> None:
    assert find(typed)[0] == "54/2023/QĐ-UBND Quy định về vỉa hè"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("NQ 54/2023", "54/2023/NQ-HĐND"), ("chỉ thị số 5", "05/CT-UBND"), ("05/CT-UBND năm 2026", "05/CT-UBND"),
     ("54/2021", "54/2021/QĐ-UBND"), ("154/2023", "154/2023/QĐ-UBND")],
)  # fmt: skip
def test_type_and_year_tell_documents_apart(register: None, find: Find, typed: str, number: str) -> None:
    assert find(typed)[0].startswith(number)


@pytest.mark.parametrize(
    "typed", ["căn cước cho con 14 tuổi", "rút bhxh 1 lần", "đường 54 ở phường 2023 hộ", "1/1", "", "2"]
)
def test_other_digits_are_no_number(typed: str) -> None:
    assert typed_pairs(words_of(typed)) == ()


def test_hostile_numbers_are_bounded() -> None:
    assert len(typed_pairs(words_of("qd " + " ".join(str(number) for number in range(500))), is_number=True)) <= 8 * 16
    assert number_tokens("") == []
    assert number_tokens("không số") == []
    assert len(number_tokens("1/" + "/".join("a" * 50 for _ in range(50)))) <= 8


def test_a_code_of_a_procedure_is_a_number_too() -> None:
    assert set(number_tokens("1.004873")) & set(typed_pairs(words_of("1.004873")))
    assert set(number_tokens("1.004873")) & set(typed_pairs(words_of("thủ tục 1-004873")))
