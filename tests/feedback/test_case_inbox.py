"""The list of cases: what one glance tells, who sees what, at a constant number of queries; the sheet; the desk."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from feedback.actions import handle_case
from feedback.cases import inbox
from feedback.enums.cases import CaseKind, CaseStatus
from feedback.models import Case
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast, House
from tests.factories.handling import LIST, accepted_case, client_of, due_on, fresh
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def _list(house: House, query: str = "", *, role: Role = Role.EDITOR, host: str = "") -> Any:
    return client_of(house.people[role]).get(LIST + query, headers={"host": host or house.host})


def test_one_glance_tells_what_is_late_due_new_and_whose(cast: Cast) -> None:
    late = due_on(accepted_case(cast.a), TODAY - timedelta(days=9))
    due_on(accepted_case(cast.a), TODAY)
    make_case(cast.a)
    response = _list(cast.a)
    text = body_of(response)
    for words in (
        "Quá hạn 5 ngày làm việc",
        "Hạn hôm nay",
        "Còn 10 ngày làm việc",
        "Chưa giao ai",
        ">Mới<",
        "(<b>tôi</b>)",
    ):
        assert words.replace("(<b>tôi</b>)", "tôi") in text, words
    tiles = {tile["tone"]: tile["number"] for tile in response.context["tiles"]}
    assert tiles == {"late": 1, "today": 1, "new": 1, "moderate": 3}
    # The most pressing one first.
    assert response.context["groups"][0]["lines"][0]["case"] == late
    assert [group["key"] for group in response.context["groups"]] == ["late", "today", "rest"]


def test_tabs_hold_what_they_say(cast: Cast) -> None:
    new, taken, moved = make_case(cast.a), accepted_case(cast.a), make_case(cast.a)
    with unit_scope(cast.a.unit):
        handle_case.transfer(
            case=moved, to_unit=cast.b.unit, reason="Việc của phường bên", actor=cast.a.people[Role.APPROVER],
            seen=moved.version,
        )  # fmt: skip

        def of(slug: str) -> set[int]:
            return {case.pk for case in inbox.page_of(inbox.tab_of(slug), inbox.Wanted(), TODAY)[0]}

        assert of("moi") == {new.pk}
        assert of("dang") == {taken.pk}
        assert of("can-lam") == {new.pk, taken.pk}
        assert of("chuyen") == {moved.pk}
        assert of("tat-ca") == {new.pk, taken.pk, moved.pk}
        assert of("khong-co") == of("can-lam")


def test_who_may_see_the_list(cast: Cast) -> None:
    make_case(cast.a)
    assert _list(cast.a, role=Role.AUTHOR).status_code == 403
    for role in (Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN):
        assert _list(cast.a, role=role).status_code == 200


def test_another_unit_sees_nothing(cast: Cast) -> None:
    case = make_case(cast.a)
    for query in ("", "?xem=tat-ca", f"?xem=tat-ca&q={case.code}", f"?xem=tat-ca&q={cast.a.word}"):
        assert cast.a.marker not in body_of(_list(cast.b, query))
    sheet = client_of(cast.b.admin).get(f"{LIST}danh-sach.xlsx?xem=tat-ca", headers={"host": cast.b.host})
    assert len(list(load_workbook(io.BytesIO(sheet.content)).active)) == 4  # type: ignore[arg-type]


def test_narrowing_and_searching(cast: Cast) -> None:
    report, question = (
        make_case(cast.a),
        make_case(cast.a, kind=CaseKind.QUESTION, text="Xin hỏi giấy khai sinh bản sao"),
    )
    mine = accepted_case(cast.a)

    def found(query: str) -> set[int]:
        groups = _list(cast.a, f"?xem=tat-ca&{query}").context["groups"]
        return {line["case"].pk for group in groups for line in group["lines"]}

    assert found(f"q={report.code.lower()}") == {report.pk}
    assert found("q=giay khai sinh") == {question.pk}
    assert found("q=Giấy Khai") == {question.pk}
    assert found("loai=QUESTION") == {question.pk}
    assert found("nguoi=toi") == {mine.pk}
    assert found("nguoi=0") == {report.pk, question.pk}
    assert found(f"muc={report.category_id}") == {report.pk, mine.pk}
    assert found("loai=BỪA&nguoi=999999&muc=x&truoc=1_2_3") == {report.pk, question.pk, mine.pk}


def test_pages_follow_each_other_without_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "PAGE_SIZE", 2)
    cases = [make_case(cast.a) for _turn in range(5)]
    for place, case in enumerate(cases):
        due_on(case, TODAY + timedelta(days=5 - place // 2))
    with unit_scope(cast.a.unit):
        for slug in ("can-lam", "moi", "tat-ca"):
            seen, mark = [], ""
            for _turn in range(4):
                rows, mark = inbox.page_of(inbox.tab_of(slug), inbox.Wanted(), TODAY, mark)
                seen += [case.pk for case in rows]
                if not mark:
                    break
            assert sorted(seen) == sorted(case.pk for case in cases), slug
        for nonsense in ("x", "1", "9" * 40, "2026-99-99_1", "2026-11-24_x", "'_1"):
            assert inbox.page_of(inbox.tab_of("can-lam"), inbox.Wanted(), TODAY, nonsense)[0]


def test_queries_do_not_grow_with_the_list(cast: Cast) -> None:
    def asked(query: str) -> int:
        client = client_of(cast.a.people[Role.EDITOR])
        client.get(LIST, headers={"host": cast.a.host})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST + query, headers={"host": cast.a.host}).status_code == 200
        return len(queries)

    accepted_case(cast.a)
    before = [asked(""), asked("?xem=tat-ca"), asked("?xem=xong"), asked("?xem=chuyen")]
    for _turn in range(3):
        accepted_case(cast.a)
        make_case(cast.a, kind=CaseKind.QUESTION)
    assert [asked(""), asked("?xem=tat-ca"), asked("?xem=xong"), asked("?xem=chuyen")] == before
    assert max(before) <= 30


def test_the_sheet_has_the_list_and_nobody_who_sent(cast: Cast) -> None:
    case = accepted_case(cast.a, text=f'=HYPERLINK("x") hố sâu giữa đường {cast.a.marker}')
    response = client_of(cast.a.people[Role.EDITOR]).get(
        f"{LIST}danh-sach.xlsx?xem=tat-ca", headers={"host": cast.a.host}
    )
    assert "no-store" in response.headers["Cache-Control"]
    page = load_workbook(io.BytesIO(response.content)).active
    assert page is not None
    cells = [cell for row in page for cell in row]
    values = [str(cell.value) for cell in cells]
    assert case.code_words in values
    assert all(cell.data_type != "f" for cell in cells)
    assert not any("Nguyễn Thị" in value or "0905" in value or "example.vn" in value for value in values)


def test_the_desk_says_what_waits(cast: Cast) -> None:
    def desk(role: Role) -> str:
        return body_of(client_of(cast.a.people[role]).get("/quan-tri/", headers={"host": cast.a.host}))

    assert "phan-anh-cho" not in desk(Role.EDITOR)
    due_on(accepted_case(cast.a), TODAY - timedelta(days=3))
    make_case(cast.a)
    text = desk(Role.EDITOR)
    for words in (">1</span>quá hạn", ">1</span>mới", ">2</span>chờ duyệt công khai", 'class="menu__count">2<'):
        assert words in text, words
    assert "phan-anh-cho" not in desk(Role.AUTHOR)


def test_the_desk_asks_three_times(cast: Cast) -> None:
    from django.test import RequestFactory

    from feedback.admin.case_desk import cases_panel

    for _turn in range(3):
        make_case(cast.a)
    request = RequestFactory().get("/quan-tri/")
    request.user = cast.a.people[Role.EDITOR]
    with unit_scope(cast.a.unit):
        assert request.user.has_perm("feedback.handle_case")
        with CaptureQueriesContext(connection) as queries:
            assert cases_panel(request)["numbers"].fresh == 3
    assert len(queries) == 3


def test_the_province_sees_who_is_late_below(cast: Cast) -> None:
    case = due_on(accepted_case(cast.a), TODAY - timedelta(days=20))
    Case.everywhere.filter(pk=case.pk).update(escalation="PROVINCE")
    with unit_scope(cast.province):
        assert [row.pk for row in inbox.page_of(inbox.tab_of("duoi"), inbox.Wanted(), TODAY)[0]] == [case.pk]
        assert not inbox.page_of(inbox.tab_of("can-lam"), inbox.Wanted(), TODAY)[0]
    assert fresh(case).status == CaseStatus.ACCEPTED
    assert timezone.localdate() == TODAY
