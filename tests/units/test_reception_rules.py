"""Codes, telephone numbers, queue times: what needs no database."""

from __future__ import annotations

from datetime import date, time
from itertools import combinations

import pytest

from portal.core import letter_codes, phone_numbers
from units.rules import reception as rules

PLAIN = "0905123456"


@pytest.mark.parametrize(
    "typed",
    [
        PLAIN, "0905 123 456", "0905.123.456", "0905-123-456", "+84905123456", "+84 905 123 456", "84905123456",
        "0084905123456", "(0905) 123 456", "０９０５１２３４５６", " 0905 123 456 ", "+840905123456",
    ],
)  # fmt: skip
def test_a_mobile_number_however_it_is_typed(typed: str) -> None:
    assert phone_numbers.read_phone(typed) == PLAIN


@pytest.mark.parametrize("typed", ["0234 3822 100", "02343822100", "024 3822 1000", "+84 234 3822 100"])
def test_a_landline_with_its_area(typed: str) -> None:
    assert phone_numbers.read_phone(typed).startswith("02")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", "letters"), ("điện thoại", "letters"), ("0905 123 45a", "letters"), ("0905 123 45", "length"),
        ("0905 123 4567", "length"), ("3822100", "length"), ("0123456789", "length"), ("01234567890", "old"),
        ("01681234567", "old"), ("0" * 24, "length"), ("٠٩٠٥١٢٣٤٥٦", "letters"), ("1" * 5000, "length"),
    ],
)  # fmt: skip
def test_what_is_no_number_says_why(typed: str, kind: str) -> None:
    with pytest.raises(phone_numbers.WrongPhone) as wrong:
        phone_numbers.read_phone(typed)
    assert wrong.value.kind == kind


def test_numbers_are_shown_as_they_are_read_aloud() -> None:
    assert phone_numbers.phone_words(PLAIN) == "0905 123 456"
    assert phone_numbers.phone_words("02343822100") == "0234 3822 100"
    assert phone_numbers.phone_words("(không đọc được)") == "(không đọc được)"
    assert phone_numbers.masked_phone(PLAIN) == "0905 ••• 456"
    assert phone_numbers.masked_phone("") == "•••"


def _code(body: str) -> str:
    return body + letter_codes.check_letter(body)


def test_a_code_is_read_however_it_is_typed() -> None:
    code = _code("ACEFHJ")
    for typed in (
        code,
        code.lower(),
        letter_codes.code_words(code),
        f" {code[:3]} {code[3:]} ",
        f"{code[:3]}–{code[3:]}",
    ):
        assert letter_codes.read_code(typed) == code


@pytest.mark.parametrize("body", ["ACEFHJ", "799643", "VXYVXY", "333333", "KNPRTA"])
def test_one_wrong_letter_and_two_that_changed_places_are_noticed(body: str) -> None:
    code = _code(body)
    for place in range(len(code)):
        for letter in letter_codes.LETTERS:
            if letter != code[place]:
                assert not letter_codes.read_code(code[:place] + letter + code[place + 1 :])
    for first, second in combinations(range(len(code)), 2):
        letters = list(code)
        letters[first], letters[second] = letters[second], letters[first]
        assert "".join(letters) == code or not letter_codes.read_code("".join(letters))


@pytest.mark.parametrize("junk", ["", "ABC", "ACEFHJ", "0" * 7, "<script>", "Đ" * 7, "A" * 4000, "IIIIIII", "\x00" * 7])
def test_junk_is_no_code(junk: str) -> None:
    assert letter_codes.read_code(junk) == ""


def test_no_two_letters_look_alike() -> None:
    assert len(set(letter_codes.LETTERS)) == len(letter_codes.LETTERS) == 19
    for pair in ("0O", "1I", "1L", "5S", "8B", "2Z", "6G", "UV", "MN"):
        assert not set(pair) <= set(letter_codes.LETTERS), pair


@pytest.mark.parametrize(
    ("number", "expected"), [(1, time(7, 30)), (2, time(7, 50)), (10, time(10, 35)), (30, time(10, 55))]
)
def test_the_session_is_divided_into_equal_parts(number: int, expected: time) -> None:
    assert rules.about_when(time(7, 30), time(11), 10, number) == expected


def test_a_session_without_places_has_times_all_the_same() -> None:
    assert rules.about_when(time(7, 30), time(11), 0, 1) == time(7, 30)


def test_the_first_free_number() -> None:
    assert rules.free_number([]) == 1
    assert rules.free_number([1, 2, 4]) == 3
    assert rules.free_number([2, 3]) == 1


def test_months() -> None:
    assert rules.month_of(date(2028, 2, 10)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert rules.next_month(date(2026, 12, 31)) == date(2027, 1, 1)
