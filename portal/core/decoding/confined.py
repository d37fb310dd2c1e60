"""Starting a decoding process and saying how it ended."""

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

logger = logging.getLogger(__name__)
_HERE: Final = Path(__file__).resolve().parent
UNREADABLE: Final = 3
TOO_LARGE: Final = 4
_MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may use: seconds by the clock and of the processor, bytes of memory and of each file it writes."""

    wall_seconds: int
    processor_seconds: int
    memory: int
    file_size: int


class NotDecoded(Exception):
    """The file could not be read. ``too_large``: it has more pixels than we take."""

    def __init__(self, why: str, *, too_large: bool = False) -> None:
        super().__init__(why)
        self.too_large = too_large


def run_confined(program: str, arguments: list[str], limits: Limits) -> dict[str, Any]:
    """Run one of the programs of this folder; what it printed (JSON). Raises NotDecoded."""
    command = [
        sys.executable, "-I", str(_HERE / "child.py"), str(limits.processor_seconds), str(limits.memory),
        str(limits.file_size), str(_HERE / program), *arguments,
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="cong-") as folder:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, paths of our own making
                command, cwd=folder, env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=limits.wall_seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotDecoded("it took too long") from error
    if done.returncode:
        # The last line says what the library said; it never reaches a page.
        why = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1][:200]
        logger.info("%s ended with %s: %s", program, done.returncode, why)
        raise NotDecoded(why or str(done.returncode), too_large=done.returncode == TOO_LARGE)
    answer: dict[str, Any] = json.loads(done.stdout or b"{}")
    return answer


PICTURE_LIMITS: Final = Limits(wall_seconds=20, processor_seconds=15, memory=1200 * _MEGABYTE, file_size=64 * _MEGABYTE)
VIDEO_LIMITS: Final = Limits(wall_seconds=420, processor_seconds=400, memory=2000 * _MEGABYTE, file_size=96 * _MEGABYTE)
