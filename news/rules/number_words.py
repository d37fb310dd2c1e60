"""Whole numbers in Vietnamese words, as amounts stand on papers to be signed."""

from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES: Final = ("", "nghìn", "triệu")
_BILLION: Final = 1_000_000_000
_THOUSAND: Final = 1000
_TEN: Final = 10
_HUNDRED: Final = 100


def _units(digit: int, tens: int) -> str:
    """The last digit of a group: mốt after mươi, tư after mươi, lăm after mười and mươi."""
    if digit == 5 and tens:  # noqa: PLR2004 - the digit five
        return "lăm"
    if tens > 1 and digit in (1, 4):
        return "mốt" if digit == 1 else "tư"
    return _DIGITS[digit]


def _group(number: int, *, is_full: bool) -> list[str]:
    """0–999 in words; ``is_full``: something stands before it, so that zero hundreds are said."""
    hundreds, rest = divmod(number, _HUNDRED)
    tens, units = divmod(rest, _TEN)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words.append("mười")
    elif units and words:
        words.append("linh")
    if units:
        words.append(_units(units, tens))
    return words


def _below_billion(number: int, *, is_full: bool) -> list[str]:
    words: list[str] = []
    for place in (2, 1, 0):
        part = number // _THOUSAND**place % _THOUSAND
        if part:
            words += _group(part, is_full=is_full or bool(words))
            words += [_SCALES[place]] if _SCALES[place] else []
    return words


def number_words(number: int) -> str:
    """``1234567`` → ``một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy``; raises ValueError below zero."""
    if number < 0:
        raise ValueError("Amounts are not negative.")
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    words = [number_words(billions), "tỷ"] if billions else []
    return " ".join([*words, *_below_billion(rest, is_full=bool(billions))])


def dong_words(amount: int) -> str:
    """``Một triệu hai trăm … đồng``, with a capital."""
    words = f"{number_words(amount)} đồng"
    return words[0].upper() + words[1:]
