"""Numbers beyond every calendar, a thousand words, two clerks at once, a closed unit's pages: never a crash, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from portal.core.tenancy import unit_scope
from services.actions import local as actions
from services.enums import Audience
from services.models import Counter, LifeEvent, LocalAnswer, MistakeReport
from tests.factories.cast import Cast
from tests.factories.procedure_rows import BIRTH, mistakes_of, procedure_of
from tests.factories.visits import body_of, visit
from units.enums import Role

PAGE = f"/dich-vu-cong/{BIRTH}/"


def _post(host: str, user: Any, path: str, data: dict[str, str]) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client.post(path, data, headers={"host": host})


@pytest.mark.parametrize("month", [f"{10**20}/1", f"2026/{10**20}", f"{2**31}/1", "0/0", "2026/13"])
def test_no_month_has_such_a_number(cast: Cast, month: str) -> None:
    for end in ("", "so-lieu.csv"):
        assert visit(cast.a.host, f"/dich-vu-cong/tra-cuu/thang/{month}/{end}").status_code == 404


@pytest.mark.parametrize(
    "path", [f"royaltysheet/thang/{10**20}/1/", f"royaltysheet/thang/{2**31}/1/", f"article/trao-doi/gui-di/{10**20}/"]
)
def test_nor_has_a_screen_of_the_newsroom(cast: Cast, path: str) -> None:
    assert visit(cast.a.host, f"/quan-tri/news/{path}", user=cast.a.admin).status_code == 404


@pytest.mark.parametrize("path", ["services/localanswer/", "services/lifeevent/", "news/consultation/"])
def test_a_thousand_words_are_searched_by_the_first(cast: Cast, path: str) -> None:
    response = visit(cast.a.host, f"/quan-tri/{path}?q={'a+' * 1500}", user=cast.a.admin)
    assert response.status_code == 200


def test_two_clerks_make_a_main_counter_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's row comes between looking and writing: the form is taken once more, and knows it then."""
    real, calls = actions.save_counter, []

    def between(**arguments: Any) -> Counter:
        calls.append(arguments)
        if len(calls) == 1:
            raise IntegrityError("UNIQUE constraint failed: counter_one_main")
        with unit_scope(cast.a.unit):
            real(counter=Counter(name="Bàn kia", address="Số 2", hours="7:30"))
        return real(**arguments)

    monkeypatch.setattr(actions, "save_counter", between)
    data = {"name": "Bàn này", "address": "Số 1", "hours": "7:30", "order": "0", "is_open": "on", "is_main": "on"}
    response = _post(cast.a.host, cast.a.people[Role.EDITOR], "/quan-tri/services/counter/add/", data)
    assert response.status_code == 302
    with unit_scope(cast.a.unit):
        assert [row.name for row in Counter.objects.filter(is_main=True)] == ["Bàn này"]
        assert Counter.objects.count() == 2


def test_two_clerks_answer_one_procedure_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    procedure, real = procedure_of(cast.a), LocalAnswer.save

    def late(row: LocalAnswer, *arguments: Any, **more: Any) -> None:
        """The constraint speaks; by the time the form is read again the other's answer is there."""
        if not LocalAnswer.objects.filter(procedure=procedure, notes="Kia").exists():
            late.armed = True  # type: ignore[attr-defined]
            raise IntegrityError("UNIQUE constraint failed: local_answer_procedure_once")
        real(row, *arguments, **more)

    with unit_scope(cast.a.unit):
        LocalAnswer.objects.filter(procedure=procedure).delete()
    monkeypatch.setattr(LocalAnswer, "save", late)
    first = "/quan-tri/services/localanswer/add/"

    from services.forms.local import LocalAnswerForm

    clean = LocalAnswerForm.clean

    def clean_late(form: LocalAnswerForm) -> Any:
        if getattr(late, "armed", False) and not LocalAnswer.objects.filter(procedure=procedure).exists():
            real(LocalAnswer(procedure=procedure, notes="Kia"))
        return clean(form)

    monkeypatch.setattr(LocalAnswerForm, "clean", clean_late)
    response = _post(cast.a.host, cast.a.people[Role.EDITOR], first, {"subject": BIRTH, "is_handled": "1"})
    assert response.status_code == 200
    assert "Đơn vị đã ghi thủ tục" in body_of(response)


def test_a_life_event_of_the_same_name_is_refused_in_the_form(cast: Cast) -> None:
    data = {"name": "Nuôi ong", "icon": "baby", "audience": Audience.PEOPLE.value, "order": "1", "summary": "Ong"}
    host, path = cast.province.canonical_host, "/quan-tri/services/lifeevent/add/"
    assert _post(host, cast.operator, path, data).status_code == 302
    again = _post(host, cast.operator, path, {**data, "name": "Nuôi Ông"})
    assert again.status_code == 200
    assert "Đã có việc khác cùng tên" in body_of(again)
    assert LifeEvent.objects.filter(slug="nuoi-ong").count() == 1


def test_a_closed_units_page_is_mended_by_the_province(cast: Cast) -> None:
    """Nobody works at a closed unit any more; what readers write there must not lie where nobody looks."""
    procedure_of(cast.a)
    client = Client()
    data = {"part": "noi-nop", "text": "Số điện thoại này đã đổi từ tháng trước."}
    assert client.post(f"{PAGE}bao-sai/", data, headers={"host": cast.closed.canonical_host}).status_code == 302
    with unit_scope(cast.closed):
        assert not MistakeReport.objects.exists()
    (report,) = mistakes_of(None, cast.province)
    assert report.sent_from == cast.closed


@pytest.mark.parametrize("end", ["", "lich-su/", "noi-nop/", "bao-sai/"])
def test_a_closed_units_pages_lead_to_no_closed_door(cast: Cast, end: str) -> None:
    procedure_of(cast.a)
    html = body_of(visit(cast.closed.canonical_host, f"{PAGE}{end}"))
    crumbs = html.split('class="crumbs', 1)[1].split("</nav>", 1)[0] if 'class="crumbs' in html else html
    assert 'href="/dich-vu-cong/"' not in crumbs
    assert "/dich-vu-cong/linh-vuc/" not in crumbs
