"""What was wrong with a line, as it is told to whoever imports."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the file, the code in it where one could be read, and a sentence; ``is_refused``: the line stayed out."""

    line: int
    code: str
    words: str
    is_refused: bool = False

    def as_json(self) -> dict[str, Any]:
        """For CatalogueRun.problems."""
        return {"line": self.line, "code": self.code, "problem": self.words, "is_refused": self.is_refused}
