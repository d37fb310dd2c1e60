"""Keeping the working calendar: what operators write, with a trace of who did it."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import Holiday, User
from portal.core.text import one_line

NEXT_YEAR_FROM: Final = 10
"""From this month on the coming year's Tết is asked for: the notice comes in autumn."""
FRIDAY: Final = 4


@transaction.atomic
def save_holiday(*, holiday: Holiday, actor: User | None) -> Holiday:
    """Write or change one day. Raises ValidationError where it would change nothing: a working day worked."""
    holiday.name, holiday.source = one_line(holiday.name), one_line(holiday.source)
    if holiday.is_worked and holiday.day.weekday() <= FRIDAY:
        raise ValidationError({"day": _("Ngày này vốn là ngày làm việc. Làm bù chỉ ghi cho thứ Bảy, Chủ Nhật.")})
    holiday.save()
    record(verb="holiday.save", target=holiday, actor=actor, detail={"is_worked": holiday.is_worked})
    return holiday


@transaction.atomic
def delete_holiday(*, holiday: Holiday, actor: User | None) -> None:
    """Take a day out of the calendar's exceptions."""
    record(verb="holiday.delete", target=holiday, actor=actor, detail={"is_worked": holiday.is_worked})
    holiday.delete()


def years_without_tet(today: date) -> list[int]:
    """This year, and from autumn the next, where the days off at Tết are not written yet; one or two queries."""
    years = [today.year, *([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])]
    return [year for year in years if not Holiday.objects.all().tet_is_known(year)]
