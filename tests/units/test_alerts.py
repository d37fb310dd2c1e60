"""The bar above every page: one unit's, or the province's on every site; it ends by itself, and the gravest goes first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.visits import body_of, visit
from units import actions
from units.enums import AlertLevel, AlertReach, Role
from units.models import Alert, Unit

STORM = "Bão số 9 vào bờ đêm nay"


def _alert(**more: Any) -> Alert:
    given = {"text": STORM, "starts_at": NOW - timedelta(minutes=5), "ends_at": NOW + timedelta(hours=6)}
    return actions.save_alert(alert=Alert(**{**given, **more}))


def _later(clock: Any, moment: datetime) -> None:
    """Move the clock, and let go of pages: Redis counts real seconds."""
    clock.move_to(moment)
    caches["pages"].clear()


def _seen(host: str) -> bool:
    return STORM in body_of(visit(host, "/tin-tuc/"))


def _form(**changed: str) -> dict[str, str]:
    fine = {"level": "EMERGENCY", "title": "", "text": STORM, "url": "", "link_label": "",
            "starts_at": "2026-11-22T07:00", "ends_at": "2026-11-23T08:00"}  # fmt: skip
    return {**fine, **changed}


def _post(cast: Cast, role: Role, path: str, data: dict[str, str]) -> Any:
    client = Client()
    client.force_login(cast.a.people[role])
    return client.post(path, data, headers={"host": cast.a.host}, follow=True)


def test_a_units_alert_stands_on_its_own_pages_only_and_at_once(cast: Cast) -> None:
    assert not _seen(cast.a.host)
    with unit_scope(cast.a.unit):
        _alert(level=AlertLevel.EMERGENCY)
    assert _seen(cast.a.host)
    assert not _seen(cast.b.host)
    assert not _seen("localhost")


def test_the_provinces_alert_for_all_stands_on_every_site_and_leaves_every_site(cast: Cast) -> None:
    for host in (cast.a.host, cast.b.host, "localhost"):
        assert not _seen(host)
    with unit_scope(cast.province):
        alert = _alert(level=AlertLevel.EMERGENCY, reach=AlertReach.ALL, url="https://hue.example.vn/bao/")
    assert all(_seen(host) for host in (cast.a.host, cast.b.host, "localhost"))
    with unit_scope(cast.province):
        assert actions.end_alert(alert=alert)
        assert not actions.end_alert(alert=alert)
    assert not any(_seen(host) for host in (cast.a.host, cast.b.host, "localhost"))


def test_a_commune_reaches_no_other_site_whatever_it_sends(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        alert = _alert(level=AlertLevel.EMERGENCY, reach=AlertReach.ALL)
    assert alert.reach == AlertReach.OWN
    assert _seen(cast.a.host)
    assert not _seen(cast.b.host)
    answer = _post(cast, Role.UNIT_ADMIN, "/quan-tri/units/alert/add/", _form(text="Lũ lên nhanh", reach="ALL"))
    assert answer.status_code == 200
    with unit_scope(cast.a.unit):
        assert Alert.objects.get(text="Lũ lên nhanh").reach == AlertReach.OWN


def test_only_the_gravest_is_shown(cast: Cast) -> None:
    with unit_scope(cast.province):
        _alert(level=AlertLevel.NOTICE, reach=AlertReach.ALL)
    assert not _seen(cast.a.host), "the ward's own warning is graver than the province's notice"
    with unit_scope(cast.province):
        _alert(level=AlertLevel.EMERGENCY, reach=AlertReach.ALL)
    text = body_of(visit(cast.a.host, "/tin-tuc/"))
    assert text.count("alertbar ") == 1
    assert STORM in text


def test_an_alert_waits_for_its_beginning_and_ends_by_itself(cast: Cast, clock: Any) -> None:
    with unit_scope(cast.a.unit):
        Alert.objects.all().delete()
        _alert(starts_at=NOW + timedelta(hours=1), ends_at=NOW + timedelta(hours=2))
    assert not _seen(cast.a.host)
    _later(clock, NOW + timedelta(hours=1, minutes=2))
    assert _seen(cast.a.host)
    _later(clock, NOW + timedelta(hours=2, minutes=2))
    assert not _seen(cast.a.host)


def test_one_that_never_began_can_be_ended(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        alert = _alert(starts_at=NOW + timedelta(hours=1), ends_at=NOW + timedelta(hours=2))
        assert actions.end_alert(alert=alert)
        alert.refresh_from_db()
        assert alert.is_over


def test_approvers_set_alerts_and_authors_do_not(cast: Cast) -> None:
    assert _post(cast, Role.AUTHOR, "/quan-tri/units/alert/add/", _form()).status_code == 403
    assert not _seen(cast.a.host)
    assert "Đã thêm" in _post(cast, Role.APPROVER, "/quan-tri/units/alert/add/", _form()).text
    assert _seen(cast.a.host)
    with unit_scope(cast.a.unit):
        alert = Alert.objects.get(text=STORM)
        assert AuditEntry.objects.about(alert).values_list("verb", flat=True).get() == "alert.set"
    assert _post(cast, Role.APPROVER, f"/quan-tri/units/alert/{alert.pk}/an/", {}).status_code == 200
    assert not _seen(cast.a.host)


def test_the_others_alert_can_not_be_ended(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        alert = _alert(level=AlertLevel.EMERGENCY)
    for path in (f"/quan-tri/units/alert/{alert.pk}/an/", f"/quan-tri/units/alert/{alert.pk}/change/"):
        assert _post(cast, Role.UNIT_ADMIN, path, _form()).status_code == 404
    assert _seen(cast.b.host)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "evil", "\\\\evil", "/\\evil.example"]
)
def test_an_alert_leads_nowhere_dangerous(cast: Cast, url: str) -> None:
    answer = _post(cast, Role.APPROVER, "/quan-tri/units/alert/add/", _form(url=url))
    assert "Địa chỉ phải bắt đầu bằng / hoặc https://" in answer.text
    assert not _seen(cast.a.host)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends_at": "2026-11-21T08:00"}, "Lúc tự ẩn phải sau lúc bắt đầu hiện."),
        ({"ends_at": "2027-11-21T08:00"}, "nhiều nhất 30 ngày"),
        ({"text": ""}, 'href="#id_text"'),
    ],
)
def test_a_wrong_alert_says_what_to_do(cast: Cast, changed: dict[str, str], words: str) -> None:
    assert words in _post(cast, Role.APPROVER, "/quan-tri/units/alert/add/", _form(**changed)).text


def test_a_path_for_every_site_is_refused(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.operator)
    form = _form(reach="ALL", url="/tin-tuc/")
    answer = client.post("/quan-tri/units/alert/add/", form, headers={"host": "localhost"}, follow=True)
    assert "cần địa chỉ đầy đủ" in answer.text


def test_closed_units_keep_their_generation(cast: Cast) -> None:
    before = Unit.objects.get(pk=cast.closed.pk).generation
    with unit_scope(cast.province):
        _alert(reach=AlertReach.ALL)
    assert Unit.objects.get(pk=cast.closed.pk).generation == before
