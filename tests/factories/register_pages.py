"""The register as a reader walks it: pages, the numbers on them."""

from __future__ import annotations

import re

from tests.factories.visits import body_of, visit

PAGE = "/van-ban/"
ROW = re.compile(r'<td role="cell" class="register__number"><b>([^<]*)</b>')


def numbers(host: str, query: str = "") -> list[str]:
    """The numbers on one page, in its order."""
    response = visit(host, f"{PAGE}{query}")
    assert response.status_code == 200
    return ROW.findall(body_of(response))


def walk(host: str, query: str = "") -> list[str]:
    """The numbers on all pages, by “Cũ hơn”."""
    seen: list[str] = []
    address: str | None = f"{PAGE}{query}"
    for _ in range(200):
        text = body_of(visit(host, str(address)))
        seen += ROW.findall(text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        if not found:
            return seen
        address = found[1].replace("&amp;", "&")
    raise AssertionError("the register never ends")
