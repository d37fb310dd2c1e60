"""What a unit adds to the catalogue: counters, its own words on procedures, fees by dated resolution."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record, record_many
from portal.core.models import User
from portal.core.page_cache import bump_every_generation, bump_generation
from portal.core.tenancy import current_unit_id
from portal.core.text import nfc, one_line
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from units.enums import UnitKind
from units.models import Unit

COPIES_LIMIT: Final = 300
_WORDS: Final = ("is_handled", "counter", "officer_post", "phone", "hours", "notes", "checked_on")


def _writing_unit() -> Unit:
    return Unit.objects.only("kind", "name").get(pk=current_unit_id())


def _show(unit: Unit) -> None:
    """Bring the change to every page that shows it: the province's counters and fees stand on all sites."""
    if unit.kind == UnitKind.PROVINCE:
        bump_every_generation()
    else:
        bump_generation(unit.pk)


# --- counters ---


@transaction.atomic
def save_counter(*, counter: Counter, actor: User | None = None) -> Counter:
    """Create or change a counter. There is one main counter: the first becomes it, another one takes its place."""
    counter.name, counter.address = one_line(counter.name), one_line(counter.address)
    counter.hours, counter.notes = nfc(counter.hours).strip(), nfc(counter.notes).strip()
    others = Counter.objects.exclude(pk=counter.pk)
    if counter.is_main:
        others.filter(is_main=True).update(is_main=False)
    elif not others.filter(is_main=True).exists():
        counter.is_main = True
    counter.save()
    record(verb="counter.save", target=counter, actor=actor)
    _show(_writing_unit())
    return counter


@transaction.atomic
def delete_counter(*, counter: Counter, actor: User | None = None) -> None:
    """Take a counter away; the next one in use becomes the main one. Raises ValidationError while answers name it."""
    used = LocalAnswer.objects.filter(counter=counter).count()
    if used:
        raise ValidationError(
            _("%(number)d thủ tục đang dẫn tới nơi này. Chuyển các thủ tục ấy sang nơi khác trước.") % {"number": used}
        )
    record(verb="counter.delete", target=counter, actor=actor)
    was_main = counter.is_main
    counter.delete()
    heir = Counter.objects.for_page().first() if was_main else None
    if heir:
        heir.is_main = True
        heir.save(update_fields=["is_main"])
    _show(_writing_unit())


# --- answers ---


@transaction.atomic
def save_answer(*, answer: LocalAnswer, actor: User | None = None) -> LocalAnswer:
    """Create or change what the unit says about one procedure or one field; whoever saves it has looked at it today."""
    answer.officer_post, answer.notes = one_line(answer.officer_post), nfc(answer.notes).strip()
    if not answer.is_handled:
        answer.counter, answer.officer_post, answer.phone, answer.hours = None, "", "", ""
    answer.checked_on = timezone.localdate()
    answer.save()
    record(verb="localanswer.save", target=answer, actor=actor)
    _show(_writing_unit())
    return answer


@transaction.atomic
def delete_answer(*, answer: LocalAnswer, actor: User | None = None) -> None:
    """Take the unit's own words away; the main counter and the catalogue speak again."""
    record(verb="localanswer.delete", target=answer, actor=actor)
    answer.delete()
    _show(_writing_unit())


@transaction.atomic
def copy_answer(*, answer: LocalAnswer, procedures: Sequence[Procedure], actor: User | None = None) -> int:
    """Say the same about other procedures; what was said about them before is replaced. Returns how many were written.

    Five queries whatever their number. Raises ValidationError for more than COPIES_LIMIT.
    """
    wanted = {procedure.pk for procedure in procedures} - {answer.procedure_id}
    if len(wanted) > COPIES_LIMIT:
        raise ValidationError(_("Chép một lần nhiều nhất %(limit)d thủ tục.") % {"limit": COPIES_LIMIT})
    words = {name: getattr(answer, name) for name in _WORDS}
    there = LocalAnswer.objects.filter(procedure__in=wanted)
    known = set(there.values_list("procedure_id", flat=True))
    there.update(**words)
    LocalAnswer.objects.bulk_create(LocalAnswer(procedure_id=pk, **words) for pk in sorted(wanted - known))
    rows = list(LocalAnswer.objects.filter(procedure__in=wanted).select_related("procedure"))
    detail = {"from": str(answer)[:80]}
    record_many(verb="localanswer.copy", targets=rows, actor=actor, detail=detail)
    _show(_writing_unit())
    return len(rows)


# --- fees ---


def _same_kind(fee: LocalFee) -> list[LocalFee]:
    """Rows that speak of the same thing as ``fee`` on other days, the earliest first."""
    rows = LocalFee.objects.filter(
        procedure_id=fee.procedure_id, channel=fee.channel, per=fee.per, who=fee.who, reaches_all=fee.reaches_all
    )
    return list(rows.exclude(pk=fee.pk).order_by("valid_from"))


@transaction.atomic
def save_fee(*, fee: LocalFee, actor: User | None = None) -> LocalFee:
    """Create or change a fee. An earlier one of the same kind ends the day before; this one before a later one begins.

    Raises ValidationError when another begins on the same day, or when a unit below the province speaks for all.
    """
    unit = _writing_unit()
    if fee.reaches_all and unit.kind != UnitKind.PROVINCE:
        raise ValidationError(_("Chỉ trang của tỉnh, thành phố ghi mức thu cho toàn tỉnh, thành phố."))
    others = _same_kind(fee)
    if any(row.valid_from == fee.valid_from for row in others):
        raise ValidationError(_("Đã có mức thu cùng loại áp dụng từ ngày này. Sửa mức ấy."))
    day = timedelta(days=1)
    later = next((row for row in others if row.valid_from > fee.valid_from), None)
    if later and (fee.valid_to is None or fee.valid_to >= later.valid_from):
        fee.valid_to = later.valid_from - day
    ended = [
        row for row in others
        if row.valid_from < fee.valid_from and (row.valid_to is None or row.valid_to >= fee.valid_from)
    ]  # fmt: skip
    for row in ended:
        row.valid_to = fee.valid_from - day
        row.save(update_fields=["valid_to"])
    fee.save()
    record(verb="localfee.save", target=fee, actor=actor, detail={"ended": [row.pk for row in ended]})
    _show(unit)
    return fee


@transaction.atomic
def delete_fee(*, fee: LocalFee, actor: User | None = None) -> None:
    """Take a fee written by mistake away; one that is over is left to end by its date."""
    record(verb="localfee.delete", target=fee, actor=actor)
    fee.delete()
    _show(_writing_unit())
