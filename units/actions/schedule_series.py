"""Recurring meetings and meeting rooms, kept by the office."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.text import nfc, one_line
from units.actions.schedule_checks import check_day
from units.models import Division, Person, Room, ScheduleSeries, Unit
from units.rules.recurrence import check_rule
from units.rules.schedule import session_of


@transaction.atomic
def save_series(
    *, series: ScheduleSeries, actor: User | None, persons: Sequence[Person] | None = None,
    divisions: Sequence[Division] | None = None, invited_units: Sequence[Unit] | None = None,
) -> ScheduleSeries:  # fmt: skip
    """Create or change a recurring meeting; weeks that are begun later get it so, those begun already stay as they are.

    Raises ValidationError for a rule that never comes round.
    """
    check_day(series.starts_on)
    try:
        series.rule = check_rule(series.rule, series.starts_on)
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("Cách lặp lại chưa đúng. Chọn lại.")) from error
    series.title, series.place = one_line(series.title), one_line(series.place)
    series.content, series.notes = nfc(series.content).strip(), nfc(series.notes).strip()
    if series.starts_at is not None:
        series.session = session_of(series.starts_at)
    series.save()
    for name, rows in (("persons", persons), ("divisions", divisions), ("invited_units", invited_units)):
        if rows is not None:
            getattr(series, name).set(rows)
    record(verb="scheduleseries.save", target=series, actor=actor, detail={"rule": series.rule})
    return series


@transaction.atomic
def delete_series(*, series: ScheduleSeries, actor: User) -> None:
    """End a series for good; meetings that it made stay and live on by themselves."""
    record(verb="scheduleseries.delete", target=series, actor=actor, detail={"rule": series.rule})
    series.delete()


@transaction.atomic
def save_room(*, room: Room, actor: User | None) -> Room:
    """Create or change a meeting room."""
    room.place = one_line(room.place)
    room.save()
    record(verb="room.save", target=room, actor=actor)
    return room


@transaction.atomic
def delete_room(*, room: Room, actor: User) -> None:
    """Delete a room that no meeting names; Django refuses (ProtectedError) any other."""
    record(verb="room.delete", target=room, actor=actor)
    room.delete()
