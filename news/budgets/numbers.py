"""Numbers as finance offices write them: “1.234.567,5”, “1,234,567.5”, “(1.200)”, “-”; kept exactly, as text with a point."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from portal.core.text import one_line

# Ten to the eighteenth is more đồng than the whole country spends in a century.
DIGITS_LIMIT: Final = 18
DECIMALS_LIMIT: Final = 6
VIETNAMESE: Final = "vi"
ENGLISH: Final = "en"
_NOTHING: Final = frozenset({"", "-", "–", "—", "x", "…", "..."})
_AROUND: Final = re.compile(r"\s*(?:%|đồng|đ)\s*$", re.IGNORECASE)
_STORED: Final = re.compile(rf"-?[0-9]{{1,{DIGITS_LIMIT}}}(?:\.[0-9]{{1,{DECIMALS_LIMIT}}})?")
_FIGURES: Final = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPS: Final = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+") for mark in ".,"}
_DECIMAL_MARK: Final = {VIETNAMESE: ",", ENGLISH: "."}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a number as text (“-1234.5”), or nothing; ``doubt`` says to the clerk why to look again."""

    value: str = ""
    doubt: str = ""


def plain(value: Decimal) -> str:
    """A number as it is stored: digits, a point, a minus."""
    return format(value, "f")


def number_of(text: str) -> Decimal | None:
    """A stored number; None for an empty one, a broken one, and one of more digits than are ever stored."""
    return Decimal(text) if _STORED.fullmatch(text) else None


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no number."""
    return one_line(text).lower() in _NOTHING


def style_of(texts: Iterable[str]) -> str:
    """In whose writing a table's numbers are, told by those that can be read in one way only; “” when none or both."""
    seen = {style for text in texts if (style := _sure_style(_bare(text)[0]))}
    return seen.pop() if len(seen) == 1 else ""


def _bare(text: str) -> tuple[str, bool]:
    """The figures alone, and whether they are negative: “(1.200)”, “-1.200”."""
    words = _AROUND.sub("", one_line(text).replace("−", "-").replace("–", "-"))
    is_negative = False
    if words.startswith("(") and words.endswith(")"):
        words, is_negative = words[1:-1].strip(), True
    if words.startswith(("-", "+")):
        words, is_negative = words[1:].strip(), is_negative != words.startswith("-")
    return re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", "", words), is_negative


def _sure_style(figures: str) -> str:
    """The style that a number shows by itself: two kinds of mark, one mark twice, or decimals that are no group."""
    if not _FIGURES.fullmatch(figures):
        return ""
    dots, commas = figures.count("."), figures.count(",")
    if dots and commas:
        return VIETNAMESE if figures.rfind(",") > figures.rfind(".") else ENGLISH
    if dots > 1 or commas > 1:
        return VIETNAMESE if dots else ENGLISH
    if dots + commas == 1 and not _GROUPS["." if dots else ","].fullmatch(figures):
        return ENGLISH if dots else VIETNAMESE
    return ""


def read_number(text: str, *, style: str = "") -> Reading:
    """One cell. ``style`` is the table's; where it is not known, “1,234” is read as thousands and doubted.

    What is no number is left out and doubted, never guessed.
    """
    if is_nothing(text):
        return Reading()
    figures, is_negative = _bare(text)
    if not _FIGURES.fullmatch(figures) or not figures.isascii():
        return Reading(doubt=_("“%(text)s” không phải là số") % {"text": one_line(text)[:40]})
    own = _sure_style(figures)
    doubt = ""
    if not own and "," in figures and not style:
        doubt = _("“%(text)s”: dấu phẩy ngăn hàng nghìn hay phần lẻ?") % {"text": one_line(text)[:40]}
        own = ENGLISH
    plain_figures = _without_groups(figures, own or style or VIETNAMESE)
    if plain_figures is None:
        return Reading(doubt=_("“%(text)s” viết sai dấu ngăn hàng nghìn") % {"text": one_line(text)[:40]})
    if own and style and own != style:
        doubt = _("“%(text)s” viết khác cách các ô kia") % {"text": one_line(text)[:40]}
    return _bounded(Decimal(f"-{plain_figures}" if is_negative else plain_figures), doubt)


def _without_groups(figures: str, style: str) -> str | None:
    mark = _DECIMAL_MARK[style]
    whole, _mark, decimals = figures.partition(mark)
    other = "." if mark == "," else ","
    if mark in decimals or other in decimals:
        return None
    if other in whole:
        if not _GROUPS[other].fullmatch(whole):
            return None
        whole = whole.replace(other, "")
    return f"{whole}.{decimals}" if decimals else whole


def _bounded(value: Decimal, doubt: str = "") -> Reading:
    if not value.is_finite() or abs(value) >= Decimal(10) ** DIGITS_LIMIT:
        return Reading(doubt=_("Số lớn quá, có lẽ nhầm đơn vị tính"))
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMALS_LIMIT:
        value = value.quantize(Decimal(1).scaleb(-DECIMALS_LIMIT), ROUND_HALF_UP).normalize()
    return Reading(plain(value + 0), doubt)


def number_of_excel(value: int | float) -> Reading:  # noqa: PYI041 - mypy tells them apart
    """A number that Excel keeps in binary: its fifteen digits are what a person sees."""
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    try:
        return _bounded(Decimal(text))
    except InvalidOperation:
        return Reading(doubt=_("Ô này không có số"))


# --- Showing ----------------------------------------------------------------------------------------------------------


def rounded(value: Decimal, decimals: int) -> Decimal:
    """At most so many decimals, halves away from zero, without zeros at the end that rounding made."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -decimals:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return Decimal(plain(value.normalize()))
    return value


def vietnamese(value: Decimal, *, minus: str = "-") -> str:
    """``-1234567.5`` → ``-1.234.567,5``."""
    whole, _point, decimals = plain(abs(value)).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = minus if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def shown(text: str, *, decimals: int = 3) -> str:
    """A stored number in Vietnamese writing for readers; “” for nothing."""
    value = number_of(text)
    return "" if value is None else vietnamese(rounded(value, decimals), minus="−")


def typed(text: str) -> str:
    """A stored number as a clerk types it; read back with the style VIETNAMESE it is the same."""
    value = number_of(text)
    return "" if value is None else vietnamese(value)
