"""Procedures found by words on the menu: what else was searched for, and help when there is nothing."""

from __future__ import annotations

import re
from typing import Any

from tests.factories.cast import Cast
from tests.factories.menu_rows import land, menu_rows
from tests.factories.procedure_rows import BIRTH
from tests.factories.visits import body_of, visit

MENU = "/dich-vu-cong/"
FIELDS = "/dich-vu-cong/linh-vuc/"


def _html(host: str, path: str) -> str:
    response = visit(host, path)
    assert response.status_code == 200, path
    return body_of(response)


def _words(html: str) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _links(html: str) -> set[str]:
    return set(re.findall(r'href="([^"#]+)"', html))


def test_results_state_what_else_was_searched_and_help_when_there_are_none(cast: Cast, search_index: Any) -> None:
    menu_rows()
    search_index()
    found = visit(cast.a.host, f"{MENU}?q=lam+giay+khai+sinh")
    assert f"/dich-vu-cong/{BIRTH}/" in _links(body_of(found))
    assert 'content="noindex, follow"' in body_of(found)
    assert found.headers["Cache-Control"] == "no-store"
    none = _html(cast.a.host, f"{MENU}?q=zzkhongco")
    assert "Không thấy thủ tục nào về “zzkhongco”" in _words(none)
    assert {FIELDS, "/tim-kiem/?q=zzkhongco", "/dich-vu-cong/viec/sinh-con/"} <= _links(none)
    hostile = body_of(visit(cast.a.host, f"{MENU}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script>alert" not in hostile
    for wrong in ("0", "x", "51", "2"):
        assert visit(cast.a.host, f"{MENU}?q=khai+sinh&trang={wrong}").status_code == 404, wrong
    assert "Theo việc trong đời" in _html(cast.a.host, f"{MENU}?q=+")


def test_what_other_offices_handle_is_found_and_says_so(cast: Cast, search_index: Any) -> None:
    land()
    search_index()
    assert "Nơi khác giải quyết: Cấp tỉnh" in _words(_html(cast.a.host, f"{MENU}?q=tach+thua+dat"))
    assert "Nơi khác giải quyết" not in _words(_html("localhost", f"{MENU}?q=tach+thua+dat"))
