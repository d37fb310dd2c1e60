"""The sheet of a month: computed, checked by another person, locked. What is locked stays for ever."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from news.actions.royalty_reckoning import Reckoning, reckon
from news.enums.royalty import OverBudget, SheetState
from news.models import RoyaltyLine, RoyaltySheet
from news.rules.royalty import first_of, month_after
from portal.core.audit import record
from portal.core.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """One payment that would be another one if the sheet were computed now; None where there is none."""

    title: str
    pen_name: str
    before: int | None
    after: int | None


@transaction.atomic
def open_sheet(*, month: date, actor: User | None) -> RoyaltySheet:
    """The unit's sheet of a month, made when it is first asked for; raises ValidationError for a month to come.

    Budget and what happens beyond it are those of the sheet before.
    """
    first = first_of(month)
    if first > timezone.localdate():
        raise ValidationError(_("Tháng này chưa đến."))
    before = RoyaltySheet.objects.before(first)
    start = {"budget": before.budget, "over_budget": before.over_budget} if before else {}
    sheet, created = RoyaltySheet.objects.get_or_create(month=first, defaults=start)
    if created:
        record(verb="royalty.open", target=sheet, actor=actor)
    return sheet


@transaction.atomic
def compute_sheet(
    *, sheet: RoyaltySheet, budget: int | None, over_budget: OverBudget, actor: User | None
) -> RoyaltySheet:
    """Reckon the month and write its lines; an open or computed sheet only.

    Raises ValidationError when it was checked or locked meanwhile, and when it costs more than a budget that refuses.
    """
    # Whoever computes another month of the unit waits: a late article is taken by one of the two sheets only.
    RoyaltySheet.objects.held()
    changed = RoyaltySheet.objects.filter(pk=sheet.pk, state__in=(SheetState.OPEN, SheetState.COMPUTED)).update(
        state=SheetState.COMPUTED, revision=F("revision") + 1, budget=budget, over_budget=over_budget,
        computed_by=actor, computed_at=timezone.now(), checked_by=None, checked_at=None,
    )  # fmt: skip
    if not changed:
        raise ValidationError(_("Bảng đã được kiểm tra hoặc khóa nên không tính lại được."))
    sheet = RoyaltySheet.objects.get(pk=sheet.pk)
    result = reckon(sheet)
    if over_budget == OverBudget.REFUSE and budget is not None and result.total_before > budget:
        over = {"total": _dong(result.total_before), "over": _dong(result.total_before - budget)}
        raise ValidationError(
            _("Tổng %(total)s đồng, vượt mức chi %(over)s đồng. Bớt hệ số, tăng mức chi, hoặc chọn giảm đều.") % over
        )
    RoyaltyLine.objects.replace(sheet, result.lines)
    sheet.total_before, sheet.total = result.total_before, sum(line.amount for line in result.lines)
    sheet.snapshot, sheet.due_on = _snapshot(result), result.first_due()
    sheet.save(update_fields=["total_before", "total", "snapshot", "due_on"])
    record(verb="royalty.compute", target=sheet, actor=actor, detail={"total": sheet.total, "lines": len(result.lines)})
    return sheet


@transaction.atomic
def check_sheet(*, sheet: RoyaltySheet, revision: int, actor: User) -> None:
    """Say that the sheet is right: by another person than who computed it, about the result they have seen."""
    _refuse_outsiders(actor)
    if sheet.computed_by_id == actor.pk:
        raise ValidationError(_("Bạn đã tính bảng này. Nhờ người khác kiểm tra."))
    changed = RoyaltySheet.objects.filter(pk=sheet.pk, state=SheetState.COMPUTED, revision=revision).exclude(
        computed_by=actor
    ).update(state=SheetState.CHECKED, checked_by=actor, checked_at=timezone.now())  # fmt: skip
    _after_step(sheet, changed, verb="royalty.check", actor=actor)


@transaction.atomic
def lock_sheet(*, sheet: RoyaltySheet, revision: int, actor: User) -> None:
    """Close the month for ever; of two people who lock at once one hears that it is done."""
    _refuse_outsiders(actor)
    if month_after(sheet.month) > timezone.localdate():
        raise ValidationError(_("Tháng chưa hết. Khóa bảng từ ngày đầu tháng sau."))
    if sheet.computed_by_id == actor.pk:
        raise ValidationError(_("Bạn đã tính bảng này. Nhờ người khác khóa."))
    changed = RoyaltySheet.objects.filter(pk=sheet.pk, state=SheetState.CHECKED, revision=revision).exclude(
        computed_by=actor
    ).update(state=SheetState.LOCKED, locked_by=actor, locked_at=timezone.now())  # fmt: skip
    _after_step(sheet, changed, verb="royalty.lock", actor=actor)


@transaction.atomic
def reopen_sheet(*, sheet: RoyaltySheet, actor: User | None, reason: str = "") -> None:
    """Take a computed or checked sheet back, its lines with it; a locked one never: raises ValidationError."""
    changed = RoyaltySheet.objects.filter(pk=sheet.pk, state__in=(SheetState.COMPUTED, SheetState.CHECKED)).update(
        state=SheetState.OPEN, checked_by=None, checked_at=None, total=0, total_before=0, due_on=None
    )
    if not changed:
        raise ValidationError(_("Bảng đã khóa hoặc đang mở nên không mở lại được."))
    sheet = RoyaltySheet.objects.get(pk=sheet.pk)
    RoyaltyLine.objects.replace(sheet, [])
    record(verb="royalty.reopen", target=sheet, actor=actor, detail={"reason": reason})


@transaction.atomic
def mark_paid(*, sheet: RoyaltySheet, day: date, actor: User | None) -> None:
    """Write down when the money of a locked sheet was paid out; a wrong day is written anew, both stay in the trail."""
    if day > timezone.localdate():
        raise ValidationError(_("Ngày trả không thể sau hôm nay."))
    if day < sheet.month:
        raise ValidationError(_("Ngày trả không thể trước tháng của bảng."))
    if not RoyaltySheet.objects.filter(pk=sheet.pk, state=SheetState.LOCKED).update(paid_on=day):
        raise ValidationError(_("Chỉ ghi ngày trả cho bảng đã khóa."))
    record(verb="royalty.paid", target=sheet, actor=actor, detail={"day": day.isoformat()})


def differences(sheet: RoyaltySheet, now: Reckoning) -> list[Difference]:
    """What has changed since the sheet was computed; empty for one that says the truth, and for a locked one."""
    if sheet.state not in (SheetState.COMPUTED, SheetState.CHECKED):
        return []
    old = {_key(line): line for line in RoyaltyLine.objects.of_sheet(sheet)}
    new = {_key(line): line for line in now.lines}
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        one, other = old.get(key), new.get(key)
        line = one or other
        if line and (one is None or other is None or _facts(one) != _facts(other)):
            found.append(
                Difference(
                    line.article_title, line.pen_name, one.amount if one else None, other.amount if other else None
                )
            )
    return found


def line_note(line: RoyaltyLine) -> str:
    """What is special about a line: paid late, cut at the ceiling, reduced to the budget."""
    notes = []
    if line.is_late:
        notes.append(_("Truy lĩnh"))
    if line.ceiling_applied:
        notes.append(_("Theo mức cao nhất một bài"))
    if line.amount != line.amount_before:
        notes.append(_("Giảm theo mức chi của tháng"))
    return "; ".join(notes)


def _key(line: RoyaltyLine) -> tuple[Any, ...]:
    return (line.article_id, line.kind, line.contributor_id, line.role)


def _facts(line: RoyaltyLine) -> tuple[Any, ...]:
    return (line.amount, line.amount_before, line.genre_name, line.coefficient, line.quantity, line.share_percent)


def _after_step(sheet: RoyaltySheet, changed: int, *, verb: str, actor: User) -> None:
    """Refuse a step that found another sheet than the one on the screen, or one that no longer says the truth."""
    if not changed:
        raise ValidationError(_("Bảng đã đổi từ khi bạn mở trang. Xem lại rồi làm tiếp."))
    stored = RoyaltySheet.objects.get(pk=sheet.pk)
    # Compared as it stood before the step: a locked sheet is not compared with anything any more.
    stored.state = SheetState.COMPUTED
    if differences(stored, reckon(stored)):
        raise ValidationError(_("Có thay đổi sau khi tính. Mở lại bảng và tính lại trước."))
    record(verb=verb, target=stored, actor=actor, detail={"total": stored.total, "revision": stored.revision})


def _refuse_outsiders(actor: User) -> None:
    if actor.is_operator:
        raise ValidationError(_("Người điều hành cổng không kiểm tra và khóa bảng thay đơn vị."))


def _snapshot(result: Reckoning) -> list[dict[str, Any]]:
    terms = sorted(result.terms.values(), key=lambda item: (item.table.valid_from, item.percent))
    return [item.as_snapshot() for item in terms]


def _dong(amount: int) -> str:
    return number_format(amount, use_l10n=True, force_grouping=True)
