"""The officer's screen of a request: who may open it, what each button does, what is refused stays typed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.enums.cases import CaseKind, CaseStatus
from feedback.models import Case, CaseSender
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast, House
from tests.feedback.test_request_steps import _answered as answered
from tests.feedback.test_request_steps import _ask as ask
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]


def _path(case: Case) -> str:
    return f"/quan-tri/feedback/case/{case.pk}/yeu-cau/"


def _client(house: House, role: Role = Role.UNIT_ADMIN) -> Client:
    client = Client(headers={"host": house.host})
    client.force_login(house.people[role])
    return client


def test_only_the_holding_unit_opens_it_and_only_for_requests(cast: Cast) -> None:
    case, report = make_case(cast.a, kind=CaseKind.INFORMATION), make_case(cast.a)
    assert _client(cast.a).get(_path(case)).status_code == 200
    foreign = _client(cast.b).get(_path(case))
    assert foreign.status_code == 404
    assert cast.a.marker not in foreign.content.decode()
    assert _client(cast.a).get(_path(report)).status_code == 404
    assert _client(cast.a, Role.AUTHOR).get(_path(case)).status_code == 403
    assert Client(headers={"host": cast.a.host}).get(_path(case)).status_code == 302


def test_the_longer_term_by_a_form(cast: Cast) -> None:
    case, client = make_case(cast.a, kind=CaseKind.INFORMATION), _client(cast.a)
    data = {"viec": "phuc-tap", "seen": str(case.version), "reason": "Phải hỏi kho lưu trữ"}
    assert client.post(_path(case), {**data, "reason": ""}).status_code == 422
    assert client.post(_path(case), {**data, "seen": "99"}).status_code == 302
    with unit_scope(cast.a.unit):
        assert str(Case.objects.get(pk=case.pk).due_on) == "2026-11-27"
    assert client.post(_path(case), data).status_code == 302
    with unit_scope(cast.a.unit):
        assert str(Case.objects.get(pk=case.pk).due_on) == "2026-12-11"
    assert "phuc-tap" not in client.get(_path(case)).content.decode()


def test_deletion_and_copy_by_a_form(cast: Cast) -> None:
    own, client = answered(cast.a), _client(cast.a)
    request = ask(cast.a, code=own.code, proof="CODE")
    words = client.get(_path(request)).content.decode()
    assert own.code_words in words
    assert "Nguyễn Thị" not in words
    data = {"seen": str(request.version), "target_codes": own.code, "reason": "Trao tại quầy"}
    copy = client.post(_path(request), {**data, "viec": "ban-sao"})
    assert (copy.status_code, copy.headers["Content-Type"]) == (200, "application/zip")
    assert "no-store" in copy.headers["Cache-Control"]
    assert client.post(_path(request), {**data, "viec": "ban-sao", "reason": ""}).status_code == 422
    assert client.post(_path(request), {**data, "viec": "xoa", "target_codes": "ACE4679"}).status_code == 422
    assert client.post(_path(request), {**data, "viec": "xoa"}).status_code == 302
    with unit_scope(cast.a.unit):
        assert CaseSender.objects.get(case=own).forgotten_at


def test_who_may_not_unmask_sees_no_other_case(cast: Cast) -> None:
    own = answered(cast.a)
    request = ask(cast.a, code=own.code, proof="CODE")
    page = _client(cast.a, Role.EDITOR).get(_path(request)).content.decode()
    assert f'value="{own.code}"' not in page


def test_without_proof_the_officer_must_have_seen_the_person(cast: Cast) -> None:
    own, client = answered(cast.a), _client(cast.a)
    request = ask(cast.a)
    data = {"seen": str(request.version), "target_codes": own.code, "viec": "xoa"}
    refused = client.post(_path(request), data)
    assert refused.status_code == 422
    assert "seen_in_person" in refused.context["person"].errors
    assert client.post(_path(request), {**data, "seen_in_person": "1"}).status_code == 302
    with unit_scope(cast.a.unit):
        assert CaseSender.objects.get(case=own).forgotten_at


def test_queries_do_not_grow_with_the_cases_of_a_person(cast: Cast) -> None:
    client = _client(cast.a)
    answered(cast.a)
    request = ask(cast.a)

    def counted() -> int:
        client.get(_path(request))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(_path(request)).status_code == 200
        return len(queries)

    before = counted()
    for _turn in range(2):
        answered(cast.a)
    assert counted() == before
    assert request.status == CaseStatus.RECEIVED
