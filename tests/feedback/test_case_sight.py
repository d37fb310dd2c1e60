"""Who sees a case and who sent it: the sender hidden until somebody says why, other units outside, parts that only read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.enums.cases import CaseStatus, EventKind, FileState
from feedback.models import Case, CaseEvent, CaseFile
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cases import EMAIL, PHONE, make_case
from tests.factories.cast import Cast, House
from tests.factories.handling import (
    LIST,
    add_picture,
    client_of,
    fresh,
    press,
    screen_of,
    steps,
)
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
TODAY = date(2026, 11, 22)
STALE_WORDS = "Việc này vừa có người khác xử lý. Đọc lại rồi làm tiếp."


def _open(house: House, case: Case, *, role: Role = Role.APPROVER, path: str = "") -> Any:
    return client_of(house.people[role]).get(path or screen_of(case), headers={"host": house.host})


def _kinds(house: House, case: Case) -> list[str]:
    with unit_scope(house.unit):
        return list(CaseEvent.objects.filter(case=case).order_by("pk").values_list("kind", flat=True))


def test_the_sender_is_hidden_until_somebody_says_why(cast: Cast) -> None:
    a = cast.a
    case = make_case(a, text=f"Nhà ông Trần {a.marker}, gọi 0914 555 666, nắp cống vỡ")
    url = f"{LIST}{case.pk}/nguoi-gui/"
    for path in (screen_of(case), f"{LIST}{case.pk}/in/"):
        text = body_of(_open(a, case, role=Role.UNIT_ADMIN, path=path))
        for secret in (PHONE, EMAIL, "Nguyễn Thị", "0914 555 666"):
            assert secret not in text, (path, secret)
    client, host = client_of(a.people[Role.APPROVER]), {"host": a.host}
    assert client.get(url, headers=host).status_code == 405
    short = client.post(url, {"reason": "xem"}, headers=host)
    assert (short.status_code, PHONE in body_of(short)) == (422, False)
    shown = client.post(url, {"reason": "Gọi hẹn giờ đến xem"}, headers=host)
    text = body_of(shown)
    for secret in (PHONE, EMAIL, "Nguyễn Thị", "0914 555 666"):
        assert secret in text, secret
    assert "no-store" in shown.headers["Cache-Control"]
    # Once: the next look is hidden again, and both the timeline and the audit trail know.
    assert PHONE not in body_of(client.get(screen_of(case), headers=host))
    assert _kinds(a, case).count(EventKind.UNMASKED) == 1
    with unit_scope(a.unit):
        assert AuditEntry.objects.filter(verb="case.unmasked").count() == 1
    assert (
        client_of(a.people[Role.EDITOR]).post(url, {"reason": "Gọi hẹn giờ đến xem"}, headers=host).status_code == 403
    )


def test_who_may_do_what(cast: Cast) -> None:
    a = cast.a
    case = make_case(a)
    assert _open(a, case, role=Role.AUTHOR).status_code == 403
    assert press(a, case, steps.ACCEPT, user=a.people[Role.AUTHOR]).status_code == 403
    press(a, case, steps.ACCEPT, user=a.people[Role.EDITOR], assignee=a.people[Role.APPROVER].pk)
    assert fresh(case).assignee == a.people[Role.EDITOR], "an editor gives work to nobody else"
    text = body_of(press(a, case, steps.ASSIGN, user=a.people[Role.EDITOR], assignee=a.people[Role.APPROVER].pk))
    assert fresh(case).assignee == a.people[Role.EDITOR], text[:200]


def test_another_unit_gets_404_everywhere(cast: Cast) -> None:
    case = make_case(cast.a)
    row = add_picture(cast.a, case)
    paths = [
        screen_of(case), f"{LIST}{case.pk}/in/", f"{LIST}{case.pk}/history/", f"{LIST}{case.pk}/tep/{row.pk}/goc/",
        f"{LIST}999999999999999999999/change/", f"{LIST}abc/change/",
    ]  # fmt: skip
    for path in paths:
        response = _open(cast.b, case, path=path, role=Role.UNIT_ADMIN)
        assert response.status_code == 404, path
        assert cast.a.marker not in body_of(response)
    host = {"host": cast.b.host}
    client = client_of(cast.b.admin)
    assert client.post(f"{LIST}{case.pk}/nguoi-gui/", {"reason": "Muốn biết ai gửi"}, headers=host).status_code == 404
    assert client.post(screen_of(case), {"viec": steps.ACCEPT, "seen": 1}, headers=host).status_code == 404
    assert fresh(case).status == CaseStatus.RECEIVED


def test_a_unit_with_a_part_reads_and_cannot_act(cast: Cast) -> None:
    a = cast.a
    case = make_case(a)
    press(a, case, steps.TRANSFER, to_unit=cast.b.unit.pk, reason="Đường của phường bên.")
    response = _open(a, case)
    text = body_of(response)
    assert f"{cast.b.unit.name} đang giữ việc này" in text
    assert not response.context["likely"]
    assert press(a, case, steps.ACCEPT).status_code == 409
    assert fresh(case).status == CaseStatus.RECEIVED
    client, url = client_of(a.people[Role.APPROVER]), f"{LIST}{case.pk}/nguoi-gui/"
    answer = client.post(url, {"reason": "Vẫn muốn biết ai gửi"}, headers={"host": a.host})
    assert (answer.status_code, PHONE in body_of(answer)) == (409, False)
    # Notes of one unit are not the other's to read; neither are its people's names.
    press(a, case, steps.NOTE, text="Ghi chú riêng của đơn vị chuyển")
    theirs = body_of(_open(cast.b, case))
    assert "Ghi chú riêng" not in theirs
    assert str(a.people[Role.APPROVER]) not in theirs
    assert "Đường của phường bên." in theirs


def test_pictures_are_for_units_with_a_part_only_and_only_when_ready(cast: Cast) -> None:
    a = cast.a
    case, other = make_case(a), make_case(a)
    row = add_picture(a, case)
    path = f"{LIST}{case.pk}/tep/{row.pk}/nho/"
    response = _open(a, case, role=Role.EDITOR, path=path)
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)
    assert path in body_of(_open(a, case))
    assert _open(a, case, role=Role.AUTHOR, path=path).status_code == 403
    assert _open(a, case, path=f"{LIST}{other.pk}/tep/{row.pk}/nho/").status_code == 404
    with unit_scope(a.unit):
        CaseFile.objects.filter(pk=row.pk).update(state=FileState.WAITING)
    assert _open(a, case, path=path).status_code == 404
