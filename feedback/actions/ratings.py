"""Marks that readers give: “Bài này có giúp được bạn không?”."""

from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from feedback import rules
from feedback.enums import RatingReason, Satisfaction
from feedback.models import PageRating, RatingTotal
from portal.core.subjects import Subject
from portal.core.text import one_line
from portal.core.visitors import Limit, TooMany, take

_LIMIT: Final = Limit("rating", rules.RATINGS_PER_HOUR)
_COLUMNS: Final = {
    Satisfaction.VERY: "very",
    Satisfaction.SATISFIED: "satisfied",
    Satisfaction.UNSATISFIED: "unsatisfied",
}


@transaction.atomic
def rate(*, subject: Subject, level: Satisfaction, address_hash: str, reason: str = "", text: str = "") -> PageRating:
    """Count a reader's mark for a page of the unit in scope; a second one on the same day takes the place of the first.

    Nobody is named, so there is no audit row: the law keeps the rater's identity from us. Raises TooMany.
    """
    if not take(_LIMIT, address_hash):
        raise TooMany
    today = timezone.localdate().replace(day=1)
    words = {
        "level": level,
        "reason": reason,
        "text": one_line(rules.clean_words(text).text)[: rules.RATING_TEXT_LIMIT],
    }
    mine = {"subject_kind": subject.kind, "subject_key": subject.key, "address_hash": address_hash}
    try:
        with transaction.atomic():
            row = PageRating.objects.create(**mine, **words, month=today)
    except IntegrityError:
        row = PageRating.objects.select_for_update().get(**mine)
        _count(subject, row.month, Satisfaction(row.level), -1)
        PageRating.objects.filter(pk=row.pk).update(**words)
        row.refresh_from_db()
    _count(subject, row.month, level, 1)
    return row


@transaction.atomic
def add_reason(*, subject: Subject, reason: RatingReason | str, text: str, address_hash: str) -> bool:
    """Say why, after the mark was given; False when there is no mark of this reader today. Raises TooMany."""
    if not take(_LIMIT, address_hash):
        raise TooMany
    mine = PageRating.objects.about(subject.kind, subject.key).filter(
        address_hash=address_hash, level=Satisfaction.UNSATISFIED
    )
    clean = one_line(rules.clean_words(text).text)[: rules.RATING_TEXT_LIMIT]
    return bool(mine.update(reason=reason, text=clean))


def _count(subject: Subject, month: date, level: Satisfaction, step: int) -> None:
    """Raise or lower one sum; the page's title and address are those of the newest mark."""
    shown = {"subject_title": subject.title[:250], "subject_path": subject.path}
    total, _made = RatingTotal.objects.get_or_create(
        subject_kind=subject.kind, subject_key=subject.key, month=month, defaults=shown
    )
    column = _COLUMNS[level]
    RatingTotal.objects.filter(pk=total.pk).update(**shown, **{column: F(column) + step})
