"""Questions and answers: the list, one pair, what was asked before, the part at the end of a procedure's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.cases.question_search import find_questions, procedures_about, questions_alike, telling_words
from feedback.cases.questions import Place
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, Moderation, PartyRole
from feedback.models import Case, CaseEvent, CaseParty
from portal.core.subjects import find_named, find_subject
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import Cast
from tests.factories.procedure_rows import make_procedure
from tests.factories.questions import QUESTION, get, make_pair
from units.enums import Module

pytestmark = pytest.mark.django_db
LIST = "/hoi-dap/"


def test_answered_pairs_are_listed_newest_first(cast: Cast, client: Client) -> None:
    old, new = make_pair(cast.a, "Đổi căn cước ở đâu"), make_pair(cast.a)
    with unit_scope(cast.a.unit):
        day = timezone.now() - timedelta(days=1)
        Case.objects.filter(pk=old.pk).update(published_at=day)
        CaseParty.objects.filter(case=old).update(published_at=day)
    make_case(cast.a, kind=CaseKind.QUESTION)
    make_public_case(cast.a, kind=CaseKind.QUESTION)
    make_public_case(cast.a)
    page = get(client, cast.a, LIST)
    assert page.status_code == 200
    assert [row.pk for row in page.context["rows"]] == [new.pk, old.pk]
    # Two wait, whether public or not; working days from Thursday the twelfth to Sunday the 22nd of November.
    assert (page.context["figures"].waiting, page.context["figures"].median_days) == (2, 6)
    assert "2 câu đang chờ" in page.content.decode()


def test_another_unit_sees_none_of_it(cast: Cast, client: Client) -> None:
    case = make_pair(cast.a)
    for path in (LIST, f"{LIST}?q=khai+sinh", f"{LIST}atom/", "/hoi-dap/goi-y?q=dang+ky+khai+sinh+o+dau"):
        assert cast.a.marker not in get(client, cast.b, path).content.decode(), path
    assert get(client, cast.b, case.get_absolute_url()).status_code == 404
    assert get(client, cast.a, case.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("moderation", [Moderation.WAITING, Moderation.PRIVATE, Moderation.SPAM])
def test_what_was_not_let_in_has_no_page(cast: Cast, client: Client, moderation: Moderation) -> None:
    case = make_pair(cast.a)
    with unit_scope(cast.a.unit):
        Case.objects.filter(pk=case.pk).update(moderation=moderation)
        CaseParty.objects.filter(case=case).update(is_public=False)
    assert get(client, cast.a, case.get_absolute_url()).status_code == 404
    assert case.title not in get(client, cast.a, f"{LIST}?q=khai+sinh").content.decode()


def test_a_report_is_no_question(cast: Cast, client: Client) -> None:
    case = make_public_case(cast.a)
    assert get(client, cast.a, f"/hoi-dap/{case.code}/").status_code == 404


def test_the_pair_names_who_answered_and_the_way_it_went(cast: Cast, client: Client) -> None:
    case = make_pair(cast.a)
    with unit_scope(cast.a.unit):
        CaseEvent(
            case=case, kind=EventKind.TRANSFERRED, unit=cast.a.unit, to_unit=cast.third, is_public=True,
            text="Việc của phường Kim Long",
        ).save(force_insert=True)  # fmt: skip
        CaseEvent(case=case, kind=EventKind.NOTE, unit=cast.a.unit, text="Chỉ nội bộ").save(force_insert=True)
        Case.objects.filter(pk=case.pk).update(holder=cast.third)
    words = get(client, cast.a, case.get_absolute_url()).content.decode()
    assert case.answer_post in words
    assert "Phường Thuận An → Phường Kim Long" in words
    assert "Việc của phường Kim Long" in words
    assert "Chỉ nội bộ" not in words
    assert "0905" not in words
    # The answer stands there once, not again in the way it went.
    assert words.split("<main")[1].count("Mang giấy chứng sinh.") == 1


def test_a_code_in_another_spelling_leads_to_the_page(cast: Cast, client: Client) -> None:
    case = make_pair(cast.a)
    answer = get(client, cast.a, f"/hoi-dap/{case.code_words.lower()}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, case.get_absolute_url())
    assert get(client, cast.a, "/hoi-dap/khong-co/").status_code == 404


def test_pages_go_on_behind_the_last(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = [make_pair(cast.a, f"Câu hỏi số {number} về đất đai") for number in range(3)]
    monkeypatch.setattr("feedback.cases.questions.page_of_pairs.__defaults__", (2,))
    first = get(client, cast.a, LIST)
    assert len(first.context["rows"]) == 2
    second = get(client, cast.a, first.context["older_url"])
    assert {row.pk for page in (first, second) for row in page.context["rows"]} == {case.pk for case in cases}
    for bad in ("truoc=x", "truoc=1-1", f"truoc={'9' * 40}-1", "thu-tuc=9.999999"):
        assert get(client, cast.a, f"{LIST}?{bad}").status_code == 404, bad


def test_places_are_read_only_as_they_were_written() -> None:
    place = Place(timezone.now(), 7)
    assert Place.read(place.words()) == place
    for text in ("", "-", "1", "a-1", "1-", "-1", "1-" + "9" * 30, "١-١"):
        assert Place.read(text) is None, text


def _queries(client: Client, cast: Cast, path: str) -> int:
    get(client, cast.a, path)
    with CaptureQueriesContext(connection) as queries:
        assert get(client, cast.a, path).status_code == 200
    return len(queries)


def test_queries_do_not_grow(cast: Cast, client: Client) -> None:
    first = make_pair(cast.a)
    paths = [f"{LIST}?q=khai+sinh", f"{LIST}?x=1", first.get_absolute_url() + "?x=1", f"{LIST}atom/?x=1",
             "/hoi-dap/goi-y?q=dang+ky+khai+sinh"]  # fmt: skip
    before = [_queries(client, cast, path) for path in paths]
    for number in range(2):
        make_pair(cast.a, f"Đăng ký khai sinh lần {number}")
    assert [_queries(client, cast, path) for path in paths] == before


def test_search_finds_without_an_index(cast: Cast) -> None:
    case = make_pair(cast.a)
    make_pair(cast.a, "Xin phép xây nhà cấp bốn mất bao lâu")
    make_pair(cast.b)
    with unit_scope(cast.a.unit):
        assert [row.pk for row in find_questions("khai sinh cho con").cases] == [case.pk]
        assert [row.pk for row in questions_alike("Tôi muốn hỏi đăng ký khai sinh ở đâu ạ")] == [case.pk]
        assert questions_alike("khai") == []
        assert find_questions("và là có").cases == []


def test_the_engine_finds_pairs_and_nothing_else(
    cast: Cast, search_index: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_pair(cast.a)
    make_public_case(cast.a, text="Đăng ký khai sinh ở đây rất lâu")
    make_public_case(cast.a, kind=CaseKind.QUESTION, text="Đăng ký khai sinh, chưa ai trả lời")
    make_pair(cast.b)
    procedure = make_procedure()
    search_index()
    # Without the words of the newest pairs: the engine alone.
    monkeypatch.setattr("feedback.cases.question_search.LOOKED_AT", 0)
    with unit_scope(cast.a.unit):
        assert [row.pk for row in find_questions("khai sinh").cases] == [case.pk]
        assert [row.pk for row in questions_alike("con mới sinh đăng ký khai sinh ở đâu vậy")] == [case.pk]
        [found] = procedures_about("Tôi cần đăng ký khai sinh cho con")
    assert (found.key, found.path) == (procedure.pk, procedure.get_absolute_url())


def test_suggestions_are_bounded_and_know_only_answered_pairs(cast: Cast, client: Client) -> None:
    for number in range(6):
        make_pair(cast.a, f"{QUESTION} lần {number}")
    make_public_case(cast.a, kind=CaseKind.QUESTION, text="Đăng ký khai sinh ở đâu, chưa ai trả lời")
    answer = get(client, cast.a, "/hoi-dap/goi-y?q=" + "dang+ky+khai+sinh+o+dau")
    rows = answer.json()["questions"]
    assert len(rows) == 4
    assert set(rows[0]) == {"code", "title", "url"}
    assert "chưa ai trả lời" not in answer.content.decode()
    for typed in ("", "a", "'" * 400, "<script>", "khai " * 500):
        assert get(client, cast.a, f"/hoi-dap/goi-y?q={typed}").status_code == 200, typed
    assert telling_words("x" * 5_000) == {"x" * 300}
    with unit_scope(cast.a.unit):
        assert procedures_about("khai") == []


def test_a_unit_without_the_module_has_none_of_these_pages(cast: Cast, client: Client) -> None:
    case = make_pair(cast.a)
    with unit_scope(cast.a.unit):
        cast.a.site.modules = [name for name in cast.a.site.modules if name != Module.QUESTIONS.value]
        cast.a.site.save()
    for path in (LIST, "/hoi-dap/gui/", "/hoi-dap/goi-y", f"{LIST}atom/", case.get_absolute_url()):
        assert get(client, cast.a, path).status_code == 404, path


def test_a_procedure_and_its_questions_lead_to_each_other(cast: Cast, client: Client) -> None:
    procedure = make_procedure()
    with unit_scope(cast.a.unit):
        subject = find_subject("services.procedure", procedure.pk)
        assert find_named("services.procedure", procedure.code) == subject
        assert find_named("services.procedure", "khong-co") is None
    assert subject
    path = procedure.get_absolute_url()
    empty = _queries(client, cast, f"{path}?x=1")
    case = make_pair(cast.a, subject=subject)
    make_pair(cast.b, subject=subject)
    shown = get(client, cast.a, path).content.decode()
    assert case.get_absolute_url() in shown
    assert f"/hoi-dap/gui/?thu-tuc={procedure.code}" in shown
    assert cast.b.marker not in shown
    assert path in get(client, cast.a, case.get_absolute_url()).content.decode()
    for number in range(3):
        make_pair(cast.a, f"Đăng ký khai sinh {number}", subject=subject)
    assert _queries(client, cast, f"{path}?x=1") == empty
    page = get(client, cast.a, f"{LIST}?thu-tuc={procedure.code}")
    assert len(page.context["rows"]) == 4
    assert page.context["figures"].procedures == [(procedure.code, subject.title)]


def test_what_the_province_follows_stands_in_its_list_too(cast: Cast) -> None:
    case = make_pair(cast.a)
    with unit_scope(cast.province):
        assert CaseParty.objects.listed(CaseKind.QUESTION).get(case=case).role == PartyRole.ABOVE
    assert case.status == CaseStatus.ANSWERED
