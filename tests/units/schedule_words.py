"""Reading the schedule's pages as words."""

from __future__ import annotations

import re

from tests.factories.cast import House
from tests.factories.visits import body_of, visit

WEEK = "/lich-cong-tac/2026/W48/"
DAY = "/lich-cong-tac/ngay/2026/11/23/"


def page(house: House, path: str = WEEK, status: int = 200) -> str:
    """The words of a page's main part, on one line."""
    response = visit(house.host, path)
    assert response.status_code == status, path
    text = body_of(response).split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
