"""One report from its sender to its end: passed on twice, asked about, late, answered, open again, solved. With its mails."""

from __future__ import annotations

from datetime import date, datetime
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail

from feedback.actions import handle_case as verbs
from feedback.actions.case_duties import do_duties
from feedback.actions.case_mailing import send_waiting
from feedback.actions.own_solved import confirm_solved
from feedback.actions.sender_steps import supply
from feedback.enums.cases import CaseStatus, EventKind, SolvedAnswer
from feedback.models import Case
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.case_desk import do, events, fresh, handler
from tests.factories.cases import EMAIL, make_public_case
from tests.factories.cast import HANOI, Cast

pytestmark = pytest.mark.django_db

CHAIN = [
    EventKind.RECEIVED, EventKind.TRANSFERRED, EventKind.TRANSFERRED, EventKind.ACCEPTED, EventKind.ASKED, EventKind.SUPPLIED,
    EventKind.EXTENDED, EventKind.ESCALATED, EventKind.APOLOGISED, EventKind.ANSWERED, EventKind.REOPENED,
    EventKind.PROGRESS, EventKind.ANSWERED, EventKind.CONFIRMED,
]  # fmt: skip


def _on(clock: Any, day: date) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=HANOI))


def _sender(case: Case, cast: Cast, deed: Any, **facts: Any) -> None:
    with unit_scope(cast.a.unit):
        deed(case=fresh(case), **facts)


def test_from_the_sender_to_the_end(cast: Cast, clock: Any) -> None:
    case = make_public_case(cast.a)
    outsider = User.objects.get(pk=cast.outsider.pk)
    do(verbs.transfer, case, cast.a, to_unit=cast.b.unit, reason="Đường thuộc Phú Vinh.")
    _on(clock, date(2026, 11, 24))
    do(verbs.transfer, case, cast.b, to_unit=cast.third, reason="Đường thuộc Kim Long.")
    do(verbs.accept, case, cast.third, actor=outsider, post="Công chức địa chính")
    do(verbs.ask_sender, case, cast.third, actor=outsider, text="Gần cột đèn nào?")
    _on(clock, date(2026, 11, 26))
    _sender(case, cast, supply, text="Cột số 12.")
    assert fresh(case).due_on == date(2026, 12, 8)
    do(verbs.extend, case, cast.third, actor=outsider, due_on=date(2026, 12, 10), reason="Chờ vật tư.")
    _on(clock, date(2026, 12, 14))
    with unit_scope(cast.third):
        assert do_duties()["leader"] == 1
        draft = verbs.apology_draft(fresh(case))
    do(verbs.apologise, case, cast.third, actor=outsider, text=draft)
    do(verbs.answer, case, cast.third, actor=outsider, text="Đã thay.", post="Phó Chủ tịch")
    _on(clock, date(2026, 12, 15))
    _sender(case, cast, confirm_solved, answer=SolvedAnswer.NO, text="Nắp vẫn kênh.")
    do(verbs.report_progress, case, cast.third, actor=outsider, text="Thợ đang làm lại.")
    do(verbs.answer, case, cast.third, actor=outsider, text="Đã kê lại.", post="Phó Chủ tịch")
    _sender(case, cast, confirm_solved, answer=SolvedAnswer.YES)
    now = fresh(case)
    assert (now.status, now.transferred, now.extended, now.reopened) == (CaseStatus.SOLVED, 2, 1, 1)
    for unit in (cast.a.unit, cast.b.unit, cast.third, cast.province):
        assert [event.kind for event in events(case, unit) if event.is_public] == CHAIN
    _mails_are_readable(cast)


def _mails_are_readable(cast: Cast) -> None:
    """Each in the name of the unit that took the step, none with a telephone number or another's words in it."""
    sent = {}
    for unit in (cast.a.unit, cast.b.unit, cast.third):
        mail.outbox.clear()
        with unit_scope(unit):
            send_waiting()
        sent[unit.name] = [one for one in mail.outbox if one.to == [EMAIL]]
        assert all(unit.name in str(make_header(decode_header(one.from_email))) for one in sent[unit.name])
    assert {name: len(mails) for name, mails in sent.items()} == {
        "Phường Thuận An": 3, "Xã Phú Vinh": 1, "Phường Kim Long": 7
    }  # fmt: skip
    bodies = "".join(str(one.body) for mails in sent.values() for one in mails)
    for words in ("Đường thuộc Phú Vinh.", "Đường thuộc Kim Long.", "Gần cột đèn nào?", "Chờ vật tư.", "Đã kê lại."):
        assert words in bodies
    assert "0905" not in bodies
    assert handler(cast.a).full_name not in bodies
