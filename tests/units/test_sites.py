"""The face of a site: closed units, successors, the directory of all sites and of old names."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.page_cache import bump_generation
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.visits import body_of, visit
from units import actions
from units.enums import Extent, Module
from units.forms import SiteForm
from units.models import Site, UnitSuccession


def test_the_footer_shows_the_five_compulsory_facts_on_every_kind_of_page(cast: Cast) -> None:
    for path in ("/", "/tin-tuc/", "/so-do-trang/", "/tim-kiem/", "/khong-co/"):
        text = body_of(visit(cast.a.host, path))
        site = cast.a.site
        for fact in (site.responsible, site.address, site.phone, site.email, cast.a.unit.name):
            assert fact in text, (path, fact)


def test_an_old_name_leads_to_its_successor(cast: Cast) -> None:
    for typed in ("Phú Thuận", "phu thuan", "  PHU   THUAN ", "xã phú thuận", "Phu\u0301 Thua\u0323\u0302n"):
        response = visit("localhost:8000", f"/phuong-xa/?ten={typed}")
        text = body_of(response)
        assert response.status_code == 200
        assert "Xã Phú Thuận" in text
        assert 'href="http://thuan-an.localhost:8000/"' in text


def test_a_part_is_named_as_a_part(cast: Cast) -> None:
    actions.link_successor(predecessor=cast.closed, successor=cast.third, extent=Extent.PARTIAL)
    assert "một phần" in body_of(visit("localhost", "/phuong-xa/?ten=phu thuan"))


def test_a_name_nobody_had_is_said_so(cast: Cast) -> None:
    response = visit("localhost", "/phuong-xa/?ten=khongcogi")
    assert response.status_code == 200
    assert "khongcogi" in body_of(response)


def test_linking_twice_is_once(cast: Cast) -> None:
    for extent in (Extent.PARTIAL, Extent.FULL, Extent.FULL):
        actions.link_successor(predecessor=cast.closed, successor=cast.a.unit, extent=extent)
    assert UnitSuccession.objects.get().extent == Extent.FULL


def test_the_directory_lists_current_units_with_their_hosts(cast: Cast) -> None:
    text = body_of(visit("localhost:8000", "/phuong-xa/"))
    assert 'href="http://phu-vinh.localhost:8000/"' in text
    assert "Xã Phú Thuận" not in text


def test_switched_off_parts_are_gone(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/"))
    assert cast.a.link.url in text
    assert cast.a.article.title in text
    cast.a.site.modules = [Module.ABOUT.value]
    with unit_scope(cast.a.unit):
        actions.save_site(site=cast.a.site)
    text = body_of(visit(cast.a.host, "/"))
    assert cast.a.link.url not in text
    assert cast.a.article.title not in text
    assert "/phuong-xa/?ten" not in text


def test_saving_the_site_is_audited(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        actions.save_site(site=cast.a.site, actor=cast.a.admin)
        entry = AuditEntry.objects.about(cast.a.site).first()
    assert entry is not None
    assert (entry.verb, entry.actor) == ("site.update", cast.a.admin)
    assert entry.at <= timezone.now()


def _form(site: Site, **changed: str) -> SiteForm:
    fine = {
        "palette": "tim",
        "banner": "citadel-tim",
        "responsible": "Bà A",
        "address": "Số 1",
        "phone": "0234 382 0000",
        "email": "a@b.vn",
    }
    return SiteForm({**fine, **changed}, instance=site)


@pytest.mark.parametrize("field", ["responsible", "address", "phone", "email"])
def test_a_compulsory_fact_can_not_be_left_out(cast: Cast, field: str) -> None:
    with unit_scope(cast.a.unit):
        assert _form(cast.a.site).is_valid()
        assert field in _form(cast.a.site, **{field: "  "}).errors


def test_the_measurement_script_comes_over_https_only(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        Site(measurement_src="http://do.example.vn/a.js").clean()
    assert Site(measurement_src="https://do.example.vn/a.js").script_origin == "https://do.example.vn"


def test_words_that_lead_nowhere_are_hidden(cast: Cast, settings: Any) -> None:
    assert "/phan-anh/gui/" in body_of(visit(cast.a.host, "/"))
    settings.REPORTS_URL = "https://phan-anh.vi-du.vn"
    with unit_scope(cast.a.unit):
        Site.objects.update(modules=[name for name in cast.a.site.modules if name != Module.REPORTS])
        bump_generation(cast.a.unit.pk)
    assert "https://phan-anh.vi-du.vn" in body_of(visit(cast.a.host, "/"))
    settings.REPORTS_URL = ""
    with unit_scope(cast.a.unit):
        bump_generation(cast.a.unit.pk)
    text = body_of(visit(cast.a.host, "/"))
    assert "Gửi phản ánh" not in text
    assert 'href=""' not in text
