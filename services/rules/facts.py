"""What a procedure's page says of time and money: the source's own words, set so that they can be read at a glance.

Nothing is guessed: a time without a unit says so, “Không có thông tin” stays different from “Miễn phí”.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import one_line
from services.enums import Channel, FeeKind
from services.rules.shapes import Fee, TimeLimit

# "3 (đơn vị không ghi)", "120,000 (đơn vị không ghi)?": the source's mark for a number that stands alone.
_BARE_NUMBER: Final = re.compile(r"\A([\d.,]+)\s*(?:\((?:nguồn không ghi đơn vị|đơn vị không ghi)\)\s*\??)?\Z")
_UNIT_WORDS: Final[dict[str, Any]] = {
    "WORKDAY": gettext_lazy("ngày làm việc"),
    "DAY": gettext_lazy("ngày"),
    "HOUR": gettext_lazy("giờ"),
    "MONTH": gettext_lazy("tháng"),
    "YEAR": gettext_lazy("năm"),
}
DETAIL_IN_BOX: Final = 90
"""Characters of small print that still fit into one of the four boxes; longer ones have a section of their own."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of one or several channels; ``detail`` is the source's small print, ``channels`` in words."""

    text: str
    channels: str = ""
    detail: str = ""

    @property
    def short_detail(self) -> str:
        """The small print where it fits into a box."""
        return self.detail if len(self.detail) <= DETAIL_IN_BOX else ""


def time_said(limits: Sequence[TimeLimit]) -> list[Said]:
    """Time limits, channels with the same words together; one “Không có thông tin” where the source has none."""
    said = [(limit.channel, *_time_words(limit)) for limit in limits]
    return _grouped(said) or [Said(_("Không có thông tin"))]


def fee_said(fees: Sequence[Fee]) -> list[Said]:
    """What each channel costs, channels with the same words together."""
    said = [(fee.channel, *_fee_words(fee)) for fee in fees]
    return _grouped(said) or [Said(str(FeeKind.UNSTATED.label))]


def _time_words(limit: TimeLimit) -> tuple[str, str]:
    words = one_line(limit.words)
    if limit.number is None:
        return words or _("Không có thông tin"), ""
    if not limit.unit:
        bare = _BARE_NUMBER.match(words)
        number = bare.group(1) if bare else _number(limit.number)
        return _("%(number)s (nguồn không ghi đơn vị)") % {"number": number}, "" if bare else words
    text = f"{_number(limit.number)} {_UNIT_WORDS.get(limit.unit, limit.unit)}"
    return text, "" if words.casefold() == text.casefold() or not words else _rest(words, text)


def _fee_words(fee: Fee) -> tuple[str, str]:
    words = one_line(fee.words)
    if fee.kind == FeeKind.AMOUNT:
        if fee.amount is None:
            return str(FeeKind.AMOUNT.label), words
        return _("%(amount)s đồng") % {"amount": number_format(fee.amount, force_grouping=True)}, _without_sum(words)
    text = str(FeeKind(fee.kind).label)
    return text, "" if words.casefold() == text.casefold() else _rest(words, text)


def _number(number: float) -> str:
    """``3``, ``0,5``."""
    return number_format(int(number) if number == int(number) else number, use_l10n=True)


def _rest(words: str, text: str) -> str:
    """The small print behind the words that are shown large; brackets around the whole of it are taken off."""
    rest = words[len(text) :].strip(" :;.-–") if words.casefold().startswith(text.casefold()) else words
    is_bracketed = rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1
    return rest[1:-1].strip() if is_bracketed else rest


def _without_sum(words: str) -> str:
    """Nothing where the words are the sum and no more: “75.000 đồng”, “75000 Đồng ()”."""
    return "" if not re.sub(r"[\d.,\s()]|đồng|vnđ|vnd", "", words.casefold()) else words


def _grouped(said: Iterable[tuple[str, str, str]]) -> list[Said]:
    """Channels that say the same become one line, in the source's order."""
    channels: dict[tuple[str, str], list[str]] = {}
    for channel, text, detail in said:
        channels.setdefault((text, detail), []).append(channel)
    alone = len(channels) == 1
    return [Said(text, channel_words(names, alone=alone), detail) for (text, detail), names in channels.items()]


def channel_words(channels: Sequence[str], *, alone: bool) -> str:
    """“Trực tuyến, Trực tiếp”; ``alone``: nothing else is said of any other channel."""
    known = [value for value in dict.fromkeys(channels) if value in Channel.values]
    if not known or (alone and len(known) == 1):
        return ""
    if alone:
        return _("cả ba cách nộp") if len(known) == len(Channel) else _("cả hai cách nộp")
    return ", ".join(str(Channel(value).label) for value in known)
