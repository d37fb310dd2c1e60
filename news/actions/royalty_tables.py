"""Rate tables and the units' parts of them: prepared as drafts, confirmed with a decision, never changed once they paid."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from news.enums.royalty import RateStatus, SheetState, SupplementEffect, WorkKind
from news.models import RoyaltyFactor, RoyaltyGenre, RoyaltySheet, RoyaltySupplement, RoyaltyTable
from news.rules import royalty_seed as seed
from portal.core.audit import record
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from units.enums import UnitKind
from units.models import Unit


@transaction.atomic
def take_template(*, valid_from: date, actor: User | None) -> RoyaltyTable:
    """Make a draft from the template of the old national maxima, for a person to change and confirm."""
    table = RoyaltyTable.objects.create(
        name=_("Bảng mức nhuận bút từ %(day)s") % {"day": f"{valid_from:%d/%m/%Y}"},
        valid_from=valid_from,
        base_amount=seed.base_amount_on(valid_from),
    )
    RoyaltyGenre.objects.bulk_create(
        RoyaltyGenre(
            table=table, code=row.code, name=row.name, coefficient_max=row.highest, order=place,
            kind=WorkKind.PHOTO if row.is_photo else WorkKind.TEXT,
        )
        for place, row in enumerate(seed.GENRES, start=1)
    )  # fmt: skip
    RoyaltySupplement.objects.bulk_create(
        RoyaltySupplement(
            table=table, code=row.code, name=row.name, percent_min=row.lowest, percent_max=row.highest, order=place,
            effect=SupplementEffect.PORTION if row.is_portion else SupplementEffect.ADD,
        )
        for place, row in enumerate(seed.SUPPLEMENTS, start=1)
    )  # fmt: skip
    record(verb="royaltytable.template", target=table, actor=actor)
    return table


@transaction.atomic
def copy_table(*, table: RoyaltyTable, valid_from: date, actor: User | None) -> RoyaltyTable:
    """Make a draft with all lines of a table: how rates are changed."""
    draft = RoyaltyTable.objects.create(
        name=_("Bảng mức nhuận bút từ %(day)s") % {"day": f"{valid_from:%d/%m/%Y}"}, valid_from=valid_from,
        base_amount=table.base_amount, article_ceiling=table.article_ceiling, payment_days=table.payment_days,
        supplement_ceiling=table.supplement_ceiling,
    )  # fmt: skip
    genres, supplements = list(table.genres.all()), list(table.supplements.all())
    rows: list[Any] = [*genres, *supplements]
    for row in rows:
        row.pk, row.table = None, draft
    RoyaltyGenre.objects.bulk_create(genres)
    RoyaltySupplement.objects.bulk_create(supplements)
    record(verb="royaltytable.copy", target=draft, actor=actor, detail={"from": table.name})
    return draft


@transaction.atomic
def save_table(*, table: RoyaltyTable, actor: User | None) -> RoyaltyTable:
    """Create or change a draft; raises ValidationError for a confirmed table."""
    if table.pk and not RoyaltyTable.objects.filter(pk=table.pk, status=RateStatus.DRAFT).exists():
        raise ValidationError(_("Bảng đã ban hành không sửa được. Sao thành bảng mới rồi sửa."))
    table.status = RateStatus.DRAFT
    table.save()
    record(verb="royaltytable.save", target=table, actor=actor)
    return table


@transaction.atomic
def confirm_table(*, table: RoyaltyTable, actor: User | None) -> None:
    """Put a draft in force. The table before it, if it has no end, ends the day before this one begins.

    Raises ValidationError without decision or genres, when another table holds on these days, and when a locked month
    was paid by other rates already.
    """
    RoyaltyTable.objects.select_for_update().filter(status=RateStatus.IN_FORCE).count()
    if not table.decision_number or table.decision_date is None:
        raise ValidationError(_("Ghi số và ngày của quyết định rồi ban hành."))
    if not table.genres.exists():
        raise ValidationError(_("Bảng chưa có thể loại nào."))
    for other in RoyaltyTable.objects.overlapping(table.valid_from, table.valid_to).exclude(pk=table.pk):
        if other.valid_to is not None or other.valid_from >= table.valid_from:
            raise ValidationError(_("Ngày áp dụng trùng với “%(name)s”. Sửa ngày của bảng này.") % {"name": other.name})
        other.valid_to = table.valid_from - timedelta(days=1)
        other.save(update_fields=["valid_to"])
        record(verb="royaltytable.end", target=other, actor=actor)
    changed = RoyaltyTable.objects.filter(pk=table.pk, status=RateStatus.DRAFT).update(status=RateStatus.IN_FORCE)
    if not changed:
        raise ValidationError(_("Bảng này đã ban hành từ trước."))
    record(verb="royaltytable.confirm", target=table, actor=actor, detail={"decision": table.decision_number})


@transaction.atomic
def withdraw_table(*, table: RoyaltyTable, actor: User | None) -> None:
    """Make a draft again of a table that nothing was locked by; raises ValidationError otherwise.

    Only the own unit's sheets are looked at: those of other units keep a copy of what they were paid by anyway.
    """
    last = table.valid_to or date.max
    months = RoyaltySheet.objects.filter(state=SheetState.LOCKED, month__gte=table.valid_from.replace(day=1))
    if months.filter(month__lte=last).exists():
        raise ValidationError(_("Đã có tháng khóa sổ theo bảng này nên không rút lại được. Sao thành bảng mới."))
    changed = RoyaltyTable.objects.filter(pk=table.pk, status=RateStatus.IN_FORCE).update(status=RateStatus.DRAFT)
    if not changed:
        raise ValidationError(_("Bảng này đang soạn."))
    record(verb="royaltytable.withdraw", target=table, actor=actor)


@transaction.atomic
def delete_table(*, table: RoyaltyTable, actor: User | None) -> None:
    """Throw a draft away; raises ValidationError for a confirmed table."""
    if table.status != RateStatus.DRAFT:
        raise ValidationError(_("Chỉ xóa được bảng đang soạn."))
    record(verb="royaltytable.delete", target=table, actor=actor)
    table.delete()


@transaction.atomic
def save_factor(*, factor: RoyaltyFactor, actor: User | None) -> RoyaltyFactor:
    """Say which part of its rates a unit, or a kind of unit, pays; only the province may (ValidationError)."""
    if Unit.objects.only("kind").get(pk=current_unit_id()).kind != UnitKind.PROVINCE:
        raise ValidationError(_("Tỷ lệ của các đơn vị do tỉnh đặt."))
    factor.percent = Decimal(factor.percent)
    factor.save()
    record(verb="royaltyfactor.save", target=factor, actor=actor)
    return factor


@transaction.atomic
def delete_factor(*, factor: RoyaltyFactor, actor: User | None) -> None:
    """Take such a row away; locked sheets keep what they were reckoned with."""
    record(verb="royaltyfactor.delete", target=factor, actor=actor)
    factor.delete()
