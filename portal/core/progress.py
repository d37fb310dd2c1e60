"""Progress of long commands: one line that moves on a terminal, a line now and then in a log."""

import sys
import time
from typing import TextIO

LOG_EVERY_SECONDS = 5.0
BAR = 24


class ProgressLine:
    """Call it with (done, total, what); it draws at most a few times a second."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self.label = label
        self.stream = stream or sys.stderr
        self.started = self.drawn = time.monotonic()

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Show that ``done`` of ``total`` are finished; ``what`` names the last one."""
        now = time.monotonic()
        terminal = self.stream.isatty()
        if done < total and now - self.drawn < (0.2 if terminal else LOG_EVERY_SECONDS):
            return
        self.drawn = now
        rate = done / max(now - self.started, 0.001)
        filled = BAR * done // max(total, 1)
        text = f"{self.label} [{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} {rate:.0f}/s {what[:30]}"
        self.stream.write(f"\r{text:<100}" + ("\n" if done >= total else "") if terminal else text + "\n")
        self.stream.flush()
