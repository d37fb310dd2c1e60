"""Reading a week's table from the Word and Excel files of an office; needs no database."""

from units.schedule.importing.lines import ReadFile, ReadLine
from units.schedule.importing.reading import SheetNotNamedError, read_schedule_file
from units.schedule.importing.refusals import ScheduleFileRefusedError

__all__ = ["ReadFile", "ReadLine", "ScheduleFileRefusedError", "SheetNotNamedError", "read_schedule_file"]
