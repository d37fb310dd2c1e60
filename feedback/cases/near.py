"""Cases that a clerk may want to read beside one: about the same thing, at the same place, whether public or not."""

from typing import Final

from feedback.cases.alike import LEAST_PAIRS, LEAST_SHARED, word_pairs
from feedback.enums.cases import CaseStatus
from feedback.models import Case

LOOKED_AT: Final = 150
MOST_SHOWN: Final = 4
LEAST_SCORE: Final = 0.15


def near_to(case: Case) -> list[Case]:
    """The likest among the newest of the same place (or, where that is unknown, of the same category); one query."""
    rows = Case.objects.not_spam().filter(kind=case.kind).exclude(pk=case.pk).exclude(status=CaseStatus.WITHDRAWN)
    if case.commune_id:
        rows = rows.filter(commune_id=case.commune_id)
    elif case.category_id:
        rows = rows.filter(category_id=case.category_id)
    else:
        rows = rows.filter(holder_id=case.holder_id)
    kept = rows.only("pk", "code", "title", "status", "place_text", "folded", "received_at", "holder_id", "joins")
    without = case.commune.sort_name if case.commune else ""
    own = word_pairs(f"{case.place_text} . {case.folded}", without)
    scored = []
    for other in kept.order_by("-pk")[:LOOKED_AT]:
        theirs = word_pairs(f"{other.place_text} . {other.folded}", without)
        shared = len(own & theirs)
        score = shared / max(LEAST_PAIRS, min(len(own), len(theirs))) if shared >= LEAST_SHARED else 0.0
        if score >= LEAST_SCORE:
            scored.append((score, other))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].pk))
    return [other for _score, other in scored[:MOST_SHOWN]]
