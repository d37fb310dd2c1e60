"""Many small questions to one set of rows: every one is asked, and all that went wrong is named together at the end.

A parametrised test that makes the same rows anew for each of a hundred pages spends its time on the rows. One test that asks
the hundred pages in turn finds the same, and says it of each by name.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import caches


class Findings:
    """What went wrong, by name."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.asked = 0

    @contextmanager
    def at(self, *names: object) -> Iterator[None]:
        """One question with empty caches, as a test of its own would have; a failure is kept and the next one is asked."""
        self.asked += 1
        for alias in ("default", "pages"):
            caches[alias].clear()
        try:
            yield
        except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - it is said at the end, with the others
            place = traceback.extract_tb(error.__traceback__)[-1]
            words = str(error) or place.line or type(error).__name__
            name = " · ".join(map(str, names))
            self.wrong.append(f"{name}: {type(error).__name__} in {place.name}, line {place.lineno}: {words}")

    def assert_none(self) -> None:
        """Everything was as it should be, and something was asked."""
        assert self.asked, "nothing was asked"
        assert not self.wrong, f"{len(self.wrong)} of {self.asked}:\n" + "\n".join(self.wrong)
