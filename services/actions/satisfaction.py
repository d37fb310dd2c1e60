"""Voices about the service: one for each device and day, and what of them is told (services.rules.satisfaction)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.page_cache import bump_generation
from portal.core.proof_of_work import spend_proof
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.core.visitors import Limit, TooMany, take
from services.enums import Contentment
from services.models import Procedure, Questionnaire, SatisfactionAnswer, SatisfactionQuarter
from services.rules import satisfaction as rules

PURPOSE: Final = "satisfaction"
_PER_ADDRESS: Final = Limit("satisfaction", rules.PER_ADDRESS_PER_HOUR)
_UNPROVED: Final = Limit("satisfaction-unproved", rules.UNPROVED_PER_HOUR)
_UNPROVED_ALL: Final = Limit("satisfaction-unproved-all", rules.UNPROVED_UNIT_PER_HOUR)


class SecondToday(Exception):
    """This device has given its voice today."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What somebody says. ``answers``: order of the question → 0, 1 or 2; may be empty or incomplete."""

    level: Contentment
    questionnaire: Questionnaire | None = None
    answers: Mapping[int, int] | None = None
    words: str = ""
    procedure: Procedure | None = None
    after_visit: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """What the form tells besides the voice: hashes of the day (portal.core.visitors), the proof, signs of a machine."""

    device_hash: str
    address_hash: str
    proof: str = ""
    was_trapped: bool = False


@transaction.atomic
def give_voice(*, voice: Voice, sending: Sending) -> SatisfactionAnswer | None:
    """Keep a voice in the unit in scope; None for a machine's, which is told the same as a person.

    Nobody is named, so there is no audit row. Without a proof of work it counts as well, under a tighter limit.
    Raises TooMany and SecondToday.
    """
    if sending.was_trapped:
        return None
    proved = spend_proof(sending.proof, PURPOSE)
    if not take(_PER_ADDRESS, sending.address_hash):
        raise TooMany
    if not proved and not (take(_UNPROVED, sending.address_hash) and take(_UNPROVED_ALL)):
        raise TooMany
    answers = voice.answers or {}
    try:
        with transaction.atomic():
            return SatisfactionAnswer.objects.create(
                questionnaire=voice.questionnaire if answers else None,
                procedure=voice.procedure,
                level=voice.level,
                answers={str(order): mark for order, mark in sorted(answers.items())},
                after_visit=voice.after_visit,
                words=one_line(voice.words)[: rules.WORDS_LIMIT],
                day=timezone.localdate(),
                device_hash=sending.device_hash,
            )
    except IntegrityError as error:
        raise SecondToday from error


@transaction.atomic
def forget_devices(*, today: date) -> int:
    """Empty the hashes of devices of days that are over, in the unit in scope; returns how many."""
    return SatisfactionAnswer.objects.hashed_before(today).update(device_hash="")


# --- what is told -----------------------------------------------------------------------------------------------------


@transaction.atomic
def publish_quarters(*, today: date) -> int:
    """Write down what may be told of the unit's last quarters; returns how many rows changed.

    Runs at night. A quarter that is over is counted once more, whole, and then never again.
    """
    changed = 0
    for quarter in rules.quarters_until(today, rules.QUARTERS_SHOWN):
        if SatisfactionQuarter.objects.by_level().in_quarter(quarter).filter(is_final=True).exists():
            continue
        last = rules.quarter_end(quarter)
        voices = SatisfactionAnswer.objects.between(quarter, min(last, today - timedelta(days=1)))
        for row in _tallies(quarter, list(voices.values_list("level", "questionnaire_id", "answers")), last < today):
            changed += _write(row)
    if changed:
        bump_generation(current_unit_id())
    return changed


Told = tuple[int, int | None, dict[str, int]]


def _tallies(quarter: date, voices: list[Told], is_over: bool) -> list[SatisfactionQuarter]:  # noqa: FBT001 - one caller
    """What may be told of these voices, given in the order they came: all by level, then each questionnaire's scores."""
    sizes = _sizes()
    groups: dict[int | None, list[Told]] = {None: voices}
    for voice in voices:
        if voice[1] is not None and len(voice[2]) == sizes.get(voice[1]):
            groups.setdefault(voice[1], []).append(voice)
    rows = []
    for questionnaire_id, group in groups.items():
        number = rules.let_out(len(group), is_over=is_over)
        if number:
            rows.append(_tally(quarter, questionnaire_id, group[:number], is_over=is_over))
    return rows


def _sizes() -> dict[int, int]:
    """Questionnaire → number of its questions; two bounded queries, for there is a handful of versions."""
    rows = Questionnaire.objects.prefetch_related("questions")
    return {row.pk: len(row.questions.all()) for row in rows}


def _tally(quarter: date, questionnaire_id: int | None, group: list[Told], *, is_over: bool) -> SatisfactionQuarter:
    levels = [level for level, _questionnaire, _answers in group]
    has_scores = questionnaire_id is not None
    return SatisfactionQuarter(
        quarter=quarter,
        questionnaire_id=questionnaire_id,
        number=len(group),
        # Levels of those with a score alone would let the others be found as the difference.
        low=0 if has_scores else levels.count(Contentment.LOW),
        fair=0 if has_scores else levels.count(Contentment.FAIR),
        high=0 if has_scores else levels.count(Contentment.HIGH),
        score_sum=sum(sum(answers.values()) for _level, _id, answers in group) if has_scores else 0,
        is_final=is_over,
        counted_at=timezone.now(),
    )


def _write(row: SatisfactionQuarter) -> int:
    """Keep a tally; 1 when it tells more than before, else 0."""
    shown = SatisfactionQuarter.objects.filter(quarter=row.quarter, questionnaire=row.questionnaire).first()
    if shown is None:
        row.save()
        return 1
    if (shown.number, shown.is_final) == (row.number, row.is_final):
        return 0
    fields = ("number", "low", "fair", "high", "score_sum", "is_final", "counted_at")
    for name in fields:
        setattr(shown, name, getattr(row, name))
    shown.save(update_fields=fields)
    return 1
