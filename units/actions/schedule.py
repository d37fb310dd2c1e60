"""The verbs of the work schedule, by one name; each lives with those it belongs to."""

from units.actions.schedule_changes import cancel_entry, move_entry, restore_entry, withdraw_entry
from units.actions.schedule_checks import ScheduleChanged, WeekHasConflicts
from units.actions.schedule_entries import accept_entries, delete_entry, propose_entry, return_entry, save_entry
from units.actions.schedule_openings import fill_series, open_week, series_on_holidays
from units.actions.schedule_weeks import approve_week, copy_week, publish_week, save_week_note, unexcused

__all__ = [
    "ScheduleChanged",
    "WeekHasConflicts",
    "accept_entries",
    "approve_week",
    "cancel_entry",
    "copy_week",
    "delete_entry",
    "fill_series",
    "move_entry",
    "open_week",
    "propose_entry",
    "publish_week",
    "restore_entry",
    "return_entry",
    "save_entry",
    "save_week_note",
    "series_on_holidays",
    "unexcused",
    "withdraw_entry",
]
