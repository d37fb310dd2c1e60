"""Reading a week's table from the Word and Excel files of an office; needs no database."""

from units.importing_schedule.lines import ReadFile, ReadLine
from units.importing_schedule.reading import SheetNotNamedError, read_schedule_file
from units.importing_schedule.refusals import ScheduleFileRefusedError

__all__ = ["ReadFile", "ReadLine", "ScheduleFileRefusedError", "SheetNotNamedError", "read_schedule_file"]
