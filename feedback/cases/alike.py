"""Which public open cases speak of the same thing: asked before a report is sent, so that one hole is reported once.

Likeness is the share of word pairs that two texts have in common, once politeness, function words and the commune's own
name are left out: what remains are places and things. Nearness and the same category add to it. Only the newest of the
place are looked at, so it costs the same at any size.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from feedback.enums.cases import OPEN, CaseKind
from feedback.models import Case, CaseParty
from feedback.rules.cases import FOLDED_LIMIT
from portal.core.text import folded
from units.models import Unit

LOOKED_AT: Final = 300
MOST_SHOWN: Final = 4
LEAST_SCORE: Final = 0.2
LEAST_SHARED: Final = 2
# A text of a few words is not alike because two of them are.
LEAST_PAIRS: Final = 8
SAME_CATEGORY: Final = 0.06
NEAR: Final = 0.15
NEAR_METRES: Final = 250
_METRES_PER_DEGREE: Final = 111_320

_WORDS: Final = re.compile(r"[a-z0-9]+")
_FORMULAS: Final = re.compile(
    r"\b(?:xin cam on|cam on|co quan chuc nang|cac co quan|co quan|chuc nang|chinh quyen|dia phuong|kinh mong|rat mong"
    r"|mong|kinh de nghi|de nghi|kien nghi|kinh gui|phan anh|som|xu ly|kiem tra|giai quyet|khac phuc|gay nguy hiem"
    r"|nguy hiem|nguoi tham gia giao thong|tham gia giao thong|giao thong|phuong tien|nguoi dan|ba con|nguoi di duong"
    r"|di lai|tinh trang|hien nay|hien tai|thoi gian qua|thuong xuyen|thanh pho|tp|anh huong|quan tam|don vi"
    r"|uy ban nhan dan|ubnd|mat an toan|an toan|dac biet)\b"
)
_SMALL_WORDS: Final = frozenset({
    "va", "la", "co", "cua", "cho", "cac", "nhung", "da", "dang", "se", "bi", "duoc", "o", "tai", "tu", "den",
    "trong", "ngoai", "tren", "duoi", "nay", "do", "kia", "thi", "ma", "rat", "qua", "mot", "nhieu", "khong",
    "chua", "toi", "chung", "ong", "nha", "nguoi", "voi", "ve", "ra", "vao", "len", "xuong", "roi", "con", "khi",
    "neu", "nhu", "de", "lam", "gi", "ai", "cung", "moi", "vua", "lai", "nua", "xin", "qui", "quy", "dan", "xa",
    "phuong", "hue",
})  # fmt: skip
_NOT_READ: Final = ("sealed_text", "sealed_token", "sealed_details", "text", "answer")

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Alike:
    """One case that may be the same, how much so, and how far away where both positions are known."""

    case: Case
    score: float
    metres: int | None = None


def word_pairs(text: str, without: str = "") -> Pairs:
    """Neighbouring words of a text that tell something; ``without`` is a name that all texts of a place share."""
    plain = text.lower() if text.isascii() else folded(text)
    words = " ".join(_WORDS.findall(plain[:FOLDED_LIMIT]))
    if name := " ".join(_WORDS.findall(folded(without))):
        words = re.sub(rf"\b{name}\b", " . ", words)
    pairs = set[tuple[str, str]]()
    before = ""
    for word in _FORMULAS.sub(" . ", words).split():
        if word == ".":
            before = ""
        elif word not in _SMALL_WORDS:
            if before:
                pairs.add((before, word))
            before = word
    return frozenset(pairs)


def _metres(here: tuple[Decimal, Decimal], case: Case) -> int | None:
    if case.latitude is None or case.longitude is None:
        return None
    up = float(case.latitude - here[0]) * _METRES_PER_DEGREE
    across = float(case.longitude - here[1]) * _METRES_PER_DEGREE * math.cos(math.radians(float(here[0])))
    return round(math.hypot(up, across))


def _candidates(kind: CaseKind | str, category_id: int | None, commune_id: int | None) -> list[Case]:
    """The newest public cases of the place (or, where it is unknown, of the category) that are still open; two queries."""
    parties = CaseParty.objects.mine().filter(kind=kind, is_public=True)
    if commune_id:
        parties = parties.filter(commune_id=commune_id)
    elif category_id:
        parties = parties.filter(category_id=category_id)
    newest = parties.order_by("-published_at", "-case_id").values_list("pk", "status")[:LOOKED_AT]
    keys = [key for key, status in newest if status in OPEN]
    if not keys:
        return []
    # Through the parties, which say already that the unit may see them: asked of all cases, that costs a walk through all.
    rows = CaseParty.objects.mine().filter(pk__in=keys).select_related("case__category").order_by()
    return [row.case for row in rows.defer(*(f"case__{name}" for name in _NOT_READ))]


def alike(
    *,
    kind: CaseKind | str,
    text: str,
    category_id: int | None,
    commune_id: int | None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> list[Alike]:
    """Public open cases of the unit in scope that may be the same, the likest first; at most four, at most three queries."""
    cases = _candidates(kind, category_id, commune_id)
    if not cases:
        return []
    commune = Unit.objects.filter(pk=commune_id).only("sort_name").first() if commune_id else None
    name = commune.sort_name if commune else ""
    own = word_pairs(text, name)
    here = (latitude, longitude) if latitude is not None and longitude is not None else None
    found = []
    for case in cases:
        metres = _metres(here, case) if here else None
        is_near = metres is not None and metres <= NEAR_METRES
        is_same = category_id is not None and case.category_id == category_id
        score = _share(own, word_pairs(f"{folded(case.place_text)} . {case.folded}", name))
        score += SAME_CATEGORY * is_same + NEAR * is_near
        if score >= LEAST_SCORE:
            found.append(Alike(case, score, metres))
    return sorted(found, key=lambda row: (-row.score, -row.case.pk))[:MOST_SHOWN]


def _share(one: Pairs, other: Pairs) -> float:
    shared = len(one & other)
    return shared / max(LEAST_PAIRS, min(len(one), len(other))) if shared >= LEAST_SHARED else 0.0
