"""Prepared texts: kept as plain words, told in the audit trail, one unit's own."""

from __future__ import annotations

from typing import Any

import pytest

from feedback.enums.cases import TemplateUse
from feedback.models import AnswerTemplate
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.handling import client_of
from tests.factories.visits import body_of
from units.enums import Role

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/feedback/answertemplate/"


def _post(house: House, path: str, **data: Any) -> Any:
    sent = {"use": TemplateUse.ANSWER, "title": "Đã sửa", "text": "Đã sửa xong.", "order": 0, "is_active": "on", **data}
    return client_of(house.people[Role.EDITOR]).post(path, sent, headers={"host": house.host}, follow=True)


def test_a_text_is_added_changed_and_told_of(cast: Cast) -> None:
    a = cast.a
    _post(a, f"{LIST}add/", text="<b>Đơn vị {don_vi}</b> đã sửa.\r\nMã {ma}.")
    with unit_scope(a.unit):
        row = AnswerTemplate.objects.get()
        assert row.text == "Đơn vị {don_vi} đã sửa.\nMã {ma}."
    _post(a, f"{LIST}{row.pk}/change/", title="Đã sửa xong")
    with unit_scope(a.unit):
        row.refresh_from_db()
        assert row.title == "Đã sửa xong"
        verbs = list(
            AuditEntry.objects.filter(verb__startswith="case_template").order_by("pk").values_list("verb", flat=True)
        )
    assert verbs == ["case_template.add", "case_template.change"]


def test_two_of_one_name_are_refused_with_a_sentence(cast: Cast) -> None:
    _post(cast.a, f"{LIST}add/")
    assert "Đã có mẫu mang tên này." in body_of(_post(cast.a, f"{LIST}add/"))
    _post(cast.b, f"{LIST}add/")
    with unit_scope(cast.a.unit):
        assert AnswerTemplate.objects.count() == 1
    with unit_scope(cast.b.unit):
        assert AnswerTemplate.objects.count() == 1


def test_only_the_unit_administrator_deletes_and_nobody_elses(cast: Cast) -> None:
    _post(cast.a, f"{LIST}add/", title="ALPHA-7391")
    with unit_scope(cast.a.unit):
        row = AnswerTemplate.objects.get()
    path = f"{LIST}{row.pk}/delete/"
    stolen = client_of(cast.b.admin).post(path, {"post": "yes"}, headers={"host": cast.b.host})
    assert (stolen.status_code, "ALPHA-7391" in body_of(stolen)) == (404, False)
    refused = client_of(cast.a.people[Role.EDITOR]).post(path, {"post": "yes"}, headers={"host": cast.a.host})
    assert refused.status_code == 403
    client_of(cast.a.admin).post(path, {"post": "yes"}, headers={"host": cast.a.host})
    with unit_scope(cast.a.unit):
        assert not AnswerTemplate.objects.exists()
        assert AuditEntry.objects.filter(verb="case_template.delete").count() == 1
