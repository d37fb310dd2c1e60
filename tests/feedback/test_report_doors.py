"""Who gets to a report's page: spellings, merged ones, closed units, and what looks the same to who may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.enums.cases import CaseStatus, EventKind, Moderation
from feedback.models import Case
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.report_pages import change, event_of, report_of
from tests.factories.visits import body_of, visit
from units.actions import close_unit
from units.enums import Module
from units.models import Site

pytestmark = pytest.mark.django_db


def path_of(case: Case) -> str:
    return f"/phan-anh/{case.code}/"


def test_a_code_in_another_spelling_leads_to_the_page(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12))
    for typed in (case.code.lower(), case.code_words, case.code_words.lower()):
        response = visit(cast.a.host, f"/phan-anh/{typed}/")
        assert (response.status_code, response.headers["Location"]) == (301, path_of(case))


def test_unknown_unpublished_and_foreign_codes_look_the_same(cast: Cast) -> None:
    hidden, foreign = make_case(cast.a), report_of(cast.b, date(2026, 11, 12))
    private = change(report_of(cast.a, date(2026, 11, 12)), moderation=Moderation.PRIVATE)
    answers = []
    for code in ("ACE4679", "khong-co", hidden.code, private.code, foreign.code):
        response = visit(cast.a.host, f"/phan-anh/{code}/")
        assert response.status_code == 404, code
        assert response.headers["Cache-Control"] == "no-store"
        answers.append(body_of(response).replace(f"/phan-anh/{code}/", ""))
    assert len(set(answers)) == 1
    assert "/phan-anh/tra-cuu/" in answers[0]
    assert cast.b.marker not in answers[0]


def test_another_unit_sees_nothing_of_it(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12))
    response = visit(cast.b.host, path_of(case))
    assert response.status_code == 404
    assert cast.a.marker not in body_of(response)


def test_a_merged_report_leads_to_its_target(cast: Cast) -> None:
    target, case = report_of(cast.a, date(2026, 11, 10)), report_of(cast.a, date(2026, 11, 12))
    change(case, status=CaseStatus.MERGED, merged_into=target)
    response = visit(cast.a.host, path_of(case))
    assert (response.status_code, response.headers["Location"]) == (302, path_of(target))
    change(target, moderation=Moderation.PRIVATE)
    assert visit(cast.a.host, path_of(case)).status_code == 200


def test_a_target_elsewhere_is_led_to_on_its_own_site(cast: Cast) -> None:
    target, case = report_of(cast.b, date(2026, 11, 10)), report_of(cast.a, date(2026, 11, 12))
    change(case, status=CaseStatus.MERGED, merged_into=target)
    assert visit(cast.a.host, path_of(case)).headers["Location"] == f"http://{cast.b.host}{path_of(target)}"
    assert visit(cast.province.canonical_host, path_of(case)).headers["Location"] == path_of(target)


def test_a_closed_unit_still_shows_what_was_told_but_takes_nothing(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    close_unit(unit=cast.a.unit, last_day=date(2026, 11, 21))
    page = body_of(visit(cast.a.host, path_of(case)))
    assert case.title in page
    assert "cung-gap" not in page
    assert "/phan-anh/gui/" not in body_of(visit(cast.a.host, "/phan-anh/"))


def test_a_site_without_reports_has_none_of_the_pages(cast: Cast) -> None:
    case = report_of(cast.a, date(2026, 11, 12))
    with unit_scope(cast.a.unit):
        site = Site.objects.get()
        site.modules = [module for module in site.modules if module != Module.REPORTS]
        site.save(update_fields=["modules"])
    for path in ("/phan-anh/", path_of(case), "/phan-anh/ket-qua/", "/phan-anh/ket-qua/csv/", "/phan-anh/atom/"):
        assert visit(cast.a.host, path).status_code == 404, path


def test_the_page_is_cached_and_a_step_is_seen_at_once(cast: Cast, django_assert_num_queries: Any) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    visit(cast.a.host, path_of(case))
    with django_assert_num_queries(1):
        assert visit(cast.a.host, path_of(case)).status_code == 200
    change(case, moderation=Moderation.PRIVATE)
    assert visit(cast.a.host, path_of(case)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_page(cast: Cast, django_assert_num_queries: Any, number: int) -> None:
    case = report_of(cast.a, date(2026, 11, 12), date(2026, 11, 26))
    for _turn in range(number):
        event_of(case, EventKind.TRANSFERRED, date(2026, 11, 13), cast.a.unit, to_unit=cast.third, text="x")
    visit(cast.a.host, "/phan-anh/")
    with django_assert_num_queries(8):
        assert visit(cast.a.host, path_of(case)).status_code == 200
