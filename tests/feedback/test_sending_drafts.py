"""A form between its steps: whose it is, for how long, where there is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from feedback.actions.drafts import forget_drafts
from feedback.models import Case, CaseDraft
from feedback.rules.cases import DRAFTS_PER_HOUR
from portal.core.tenancy import unit_scope
from tests.factories.cases import category_of
from tests.factories.cast import NOW, Cast
from tests.factories.sending import NEW, TEXT, WHAT, Sender, draft_at, make_draft
from tests.factories.visits import body_of, headers_of, visit
from units.enums import Module
from units.models import Site

pytestmark = pytest.mark.django_db


def test_another_units_draft_is_not_there(cast: Cast) -> None:
    draft = make_draft(cast.a)
    for path in ("1/", "2/", "3/", "tuong-tu/", "da-nhan/"):
        response = Sender(cast.b).get(f"{NEW}{draft.key}/{path}")
        assert response.status_code == 404, path
        assert cast.a.marker not in body_of(response) + headers_of(response)
        posted = Sender(cast.b).post(f"{NEW}{draft.key}/{path}", {"text": TEXT})
        assert posted.status_code in {404, 405}


def test_a_draft_is_sealed_and_over_after_two_days(cast: Cast) -> None:
    sender = Sender(cast.a)
    third = sender.text(sender.what())
    answered = str(sender.who(third).headers["Location"])
    left = sender.what(place_text="Trước đình ZZTOP")
    assert "ZZTOP" not in draft_at(cast.a, left).sealed_data
    with time_machine.travel(NOW + timedelta(hours=47), tick=False):
        assert sender.get(answered).status_code == 200
    with time_machine.travel(NOW + timedelta(hours=49), tick=False):
        for path in (answered, left):
            response = sender.get(path)
            assert response.status_code == 404
            assert "Viết phản ánh mới" in body_of(response)
        with unit_scope(cast.b.unit):
            assert forget_drafts() == 0
        with unit_scope(cast.a.unit):
            assert forget_drafts() == 2
            assert not CaseDraft.objects.exists()
            assert Case.objects.count() == 1


def test_a_site_without_reports_has_none_of_it(cast: Cast) -> None:
    draft = make_draft(cast.a)
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [module for module in Module.values if module != Module.REPORTS]
        site.save(update_fields=["modules"])
    assert visit(cast.a.host, NEW).status_code == 404
    assert visit(cast.a.host, f"{NEW}{draft.key}/1/").status_code == 404


def test_a_closed_unit_takes_none_and_names_who_took_over(cast: Cast) -> None:
    response = visit("phu-thuan.localhost", NEW)
    assert response.status_code == 404
    assert "Phường Thuận An" in body_of(response)


def test_an_address_opens_so_many_forms_an_hour(cast: Cast) -> None:
    sender = Sender(cast.a)
    for _turn in range(DRAFTS_PER_HOUR):
        sender.what()
    response = sender.post(NEW, {**WHAT, "place_text": "chỗ này"})
    assert response.status_code == 429
    assert 'value="chỗ này"' in body_of(response)
    assert Sender(cast.a, "10.1.1.2").what()


def test_what_is_meant_for_other_units_is_not_offered(cast: Cast) -> None:
    category_of("cay-xanh").units.add(cast.b.unit)
    assert "viec-cay-xanh" not in body_of(visit(cast.a.host, NEW))
    assert Sender(cast.a).post(NEW, {**WHAT, "category": "cay-xanh"}).status_code == 422
    assert "viec-cay-xanh" in body_of(visit(cast.b.host, NEW))
