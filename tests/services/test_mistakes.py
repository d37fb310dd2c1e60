"""Telling that a page is wrong: it reaches whoever wrote that part, nobody is named, machines are held off, a person decides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from services.actions.mistakes import AlreadyDecided, decide_mistake
from services.enums import MistakeStatus
from services.models import MistakeReport
from services.rules import mistakes as rules
from services.tasks.mistakes import dispatch_mistake_forgetting, forget_mistake_senders
from tests.factories.cast import Cast, House
from tests.factories.procedure_rows import BIRTH, mistakes_of, procedure_of
from tests.factories.readers import proof_for
from tests.factories.visits import body_of, visit
from units.enums import Role

PATH = f"/dich-vu-cong/{BIRTH}/bao-sai/"
LIST = "/quan-tri/services/mistakereport/"
WORDS = "Số điện thoại này đã đổi từ tháng trước."


@pytest.fixture
def told(cast: Cast) -> Cast:
    procedure_of(cast.a)
    procedure_of(cast.b)
    return cast


def _send(client: Client, house: House, *, part: str = "noi-nop", text: str = WORDS, **more: str) -> Any:
    return client.post(PATH, {"part": part, "text": text, **more}, headers={"host": house.host})


def test_the_units_own_part_goes_to_the_unit(told: Cast) -> None:
    client = Client()
    response = _send(client, told.a, altcha=proof_for(client, told.a.host, "mistake"))
    assert response.status_code == 302
    assert "Đã nhận" in client.get(response.headers["Location"], headers={"host": told.a.host}).content.decode()
    (report,) = mistakes_of(told.a)
    assert (report.part, report.text, report.sent_from) == ("noi-nop", WORDS, told.a.unit)
    assert report.status == MistakeStatus.NEW
    assert mistakes_of(None, told.province) == []
    assert mistakes_of(told.b) == []
    with unit_scope(told.a.unit):
        assert AuditEntry.objects.about(report).get().verb == "mistake.receive"


@pytest.mark.parametrize("part", sorted(set(rules.PARTS) - rules.LOCAL_PARTS))
def test_the_catalogues_part_goes_to_the_province(told: Cast, part: str) -> None:
    assert _send(Client(), told.a, part=part).status_code == 302
    (report,) = mistakes_of(None, told.province)
    assert (report.part, report.sent_from) == (part, told.a.unit)
    assert mistakes_of(told.a) == []
    with unit_scope(told.province):
        assert AuditEntry.objects.about(report).get().verb == "mistake.receive"


def test_the_form_is_never_cached_and_needs_its_token(told: Cast) -> None:
    response = visit(told.a.host, PATH)
    assert response.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert "csrfmiddlewaretoken" in body_of(response)
    assert 'content="noindex' in body_of(response)
    assert _send(Client(enforce_csrf_checks=True), told.a).status_code == 403
    assert mistakes_of(told.a) == []


def test_the_pressed_part_is_chosen(told: Cast) -> None:
    html = body_of(visit(told.a.host, f"{PATH}?cho=giay-to"))
    assert re.search(r'value="giay-to"[^>]*checked', html)
    assert "checked" not in body_of(visit(told.a.host, f"{PATH}?cho=<script>"))


@pytest.mark.parametrize(
    ("part", "text"),
    [("", WORDS), ("bua", WORDS), ("giay-to", "ngắn"), ("giay-to", " \u200b" * 30), ("giay-to", "x" * 1_001)],
)
def test_what_can_not_be_understood_is_said_so_and_kept_in_the_form(told: Cast, part: str, text: str) -> None:
    response = _send(Client(), told.a, part=part, text=text)
    assert response.status_code == 422
    html = response.content.decode()
    assert "Chưa gửi được" in html
    assert text.strip("\u200b ") in html
    assert mistakes_of(told.a) == mistakes_of(None, told.province) == []


def test_a_machine_is_thanked_and_not_heard(told: Cast) -> None:
    assert _send(Client(), told.a, trang_web="http://spam.example").status_code == 302
    assert mistakes_of(told.a) == []


def test_without_proof_there_is_less_room(told: Cast, clock: time_machine.Traveller) -> None:
    client = Client()
    statuses = [_send(client, told.a, text=f"{WORDS} Lần {number}").status_code for number in range(3)]
    assert statuses == [302, 302, 429]
    proved = [
        _send(client, told.a, altcha=proof_for(client, told.a.host, "mistake")).status_code
        for _number in range(rules.MISTAKES_PER_HOUR + 1)
    ]
    assert proved == [302] * rules.MISTAKES_PER_HOUR + [429]
    refused = _send(client, told.a, text="Câu dài khó viết lại lần nữa")
    assert "Câu dài khó viết lại lần nữa" in refused.content.decode()
    assert _send(client, told.b).status_code == 302, "another unit has its own room"
    clock.shift(timedelta(hours=1))
    assert _send(client, told.a).status_code == 302


def test_many_addresses_without_proof_meet_one_lid(told: Cast) -> None:
    statuses = [
        _send(Client(REMOTE_ADDR=f"10.0.0.{number}"), told.a).status_code
        for number in range(rules.UNPROVED_UNIT_PER_HOUR + 1)
    ]
    assert statuses.count(302) == rules.UNPROVED_UNIT_PER_HOUR
    assert statuses[-1] == 429


def test_a_proof_for_something_else_does_not_count(told: Cast) -> None:
    client = Client()
    for _number in range(2):
        _send(client, told.a)
    assert _send(client, told.a, altcha=proof_for(client, told.a.host, "comment")).status_code == 429


def test_no_address_is_stored_and_the_hash_goes_with_its_day(told: Cast, clock: time_machine.Traveller) -> None:
    _send(Client(REMOTE_ADDR="203.0.113.77"), told.a)
    _send(Client(REMOTE_ADDR="203.0.113.77"), told.a, part="giay-to")
    (mine,), (top,) = mistakes_of(told.a), mistakes_of(None, told.province)
    assert len(mine.address_hash) == len(top.address_hash) == 64
    assert "203.0.113" not in f"{mine.__dict__}{top.__dict__}"
    assert forget_mistake_senders(unit_id=told.a.unit.pk) == 0, "today's is still needed for the limits"
    clock.shift(timedelta(days=1))
    assert dispatch_mistake_forgetting() == 2
    assert forget_mistake_senders(unit_id=told.a.unit.pk) == 1
    assert mistakes_of(told.a)[0].address_hash == ""
    assert mistakes_of(None, told.province)[0].address_hash != "", "one unit's task touches its own rows only"


def _report(house: House, text: str = WORDS) -> MistakeReport:
    with unit_scope(house.unit):
        return MistakeReport.objects.create(
            procedure=procedure_of(house), part="noi-nop", text=f"{text} {house.marker}", sent_from=house.unit
        )


def _client(house: House, role: Role) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def test_the_desk_and_the_list_show_ones_own_only(told: Cast) -> None:
    mine = _report(told.a)
    _report(told.b)
    client = _client(told.a, Role.EDITOR)
    for path in ("/quan-tri/", LIST, f"{LIST}{mine.pk}/change/"):
        html = client.get(path, headers={"host": told.a.host}).content.decode()
        assert WORDS in html, path
        assert told.b.marker not in html, path
    assert "1 chỗ sai được báo" in client.get("/quan-tri/", headers={"host": told.a.host}).content.decode()


def _decide(house: House, report: MistakeReport, decision: str, note: str, role: Role = Role.EDITOR) -> Any:
    return _client(house, role).post(
        f"{LIST}{report.pk}/change/",
        {"decision": decision, "decision_note": note},
        headers={"host": house.host},
        follow=True,
    )


def test_a_mended_one_leaves_the_desk_and_is_on_record(told: Cast) -> None:
    report = _report(told.a)
    response = _decide(told.a, report, "MENDED", "Đã ghi số mới.")
    assert response.status_code == 200
    (row,) = mistakes_of(told.a)
    assert (row.status, row.decision_note, row.decided_by) == (
        MistakeStatus.MENDED, "Đã ghi số mới.", told.a.people[Role.EDITOR],
    )  # fmt: skip
    with unit_scope(told.a.unit):
        assert [entry.verb for entry in AuditEntry.objects.about(report)] == ["mistake.decide"]
    desk = _client(told.a, Role.EDITOR).get("/quan-tri/", headers={"host": told.a.host}).content.decode()
    assert "chỗ sai được báo" not in desk


def test_no_mistake_needs_a_reason(told: Cast) -> None:
    report = _report(told.a)
    assert "Ghi vì sao không sai." in _decide(told.a, report, "NO_MISTAKE", "  ").content.decode()
    assert mistakes_of(told.a)[0].status == MistakeStatus.NEW
    with unit_scope(told.a.unit), pytest.raises(ValueError, match="reason"):
        decide_mistake(report=report, to=MistakeStatus.NO_MISTAKE, note="", actor=told.a.people[Role.EDITOR])
    with unit_scope(told.a.unit), pytest.raises(ValueError, match="decision"):
        decide_mistake(report=report, to=MistakeStatus.NEW, note="x", actor=told.a.people[Role.EDITOR])


def test_of_two_people_the_first_ones_word_holds(told: Cast) -> None:
    report = _report(told.a)
    with unit_scope(told.a.unit):
        decide_mistake(report=report, to=MistakeStatus.MENDED, note="Trước", actor=told.a.people[Role.EDITOR])
        with pytest.raises(AlreadyDecided):
            decide_mistake(report=report, to=MistakeStatus.NO_MISTAKE, note="Sau", actor=told.a.people[Role.APPROVER])
    assert mistakes_of(told.a)[0].decision_note == "Trước"
    assert _decide(told.a, report, "NO_MISTAKE", "Sau nữa").status_code == 403
    assert mistakes_of(told.a)[0].decision_note == "Trước"


def test_authors_read_and_do_not_decide(told: Cast) -> None:
    report = _report(told.a)
    assert _client(told.a, Role.AUTHOR).get(LIST, headers={"host": told.a.host}).status_code == 200
    assert _decide(told.a, report, "MENDED", "Tự ý", Role.AUTHOR).status_code == 403
    assert mistakes_of(told.a)[0].status == MistakeStatus.NEW


def test_the_others_report_is_not_there(told: Cast) -> None:
    theirs = _report(told.b)
    assert _decide(told.a, theirs, "MENDED", "Sang nhà người").status_code == 404
    assert mistakes_of(told.b)[0].status == MistakeStatus.NEW


def test_hostile_words_are_words_on_the_screens(told: Cast) -> None:
    report = _report(told.a, "<script>alert(1)</script> & <b>sai</b> ở đây")
    client = _client(told.a, Role.EDITOR)
    for path in ("/quan-tri/", LIST, f"{LIST}{report.pk}/change/"):
        html = client.get(path, headers={"host": told.a.host}).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, path
        assert "<script>alert" not in html, path


def test_nothing_is_added_or_deleted_by_hand(told: Cast) -> None:
    report = _report(told.a)
    client = _client(told.a, Role.UNIT_ADMIN)
    assert client.get(f"{LIST}add/", headers={"host": told.a.host}).status_code == 403
    assert client.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}, headers={"host": told.a.host}).status_code == 403
    assert len(mistakes_of(told.a)) == 1


def test_the_list_costs_the_same_with_one_and_with_many(told: Cast) -> None:
    client = _client(told.a, Role.EDITOR)
    costs = []
    for number in (1, 4):
        for _count in range(number):
            _report(told.a)
        client.get(LIST, headers={"host": told.a.host})
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, headers={"host": told.a.host})
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 30
