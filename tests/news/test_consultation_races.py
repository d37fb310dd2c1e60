"""Two people at one draft: what one has published, withdrawn or deleted is never taken back by the other's older screen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from news.actions import consultations as actions
from news.enums.documents import ConsultationOutcome, DocumentStatus
from news.models import Consultation
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.consultations import TODAY, make_consultation, make_draft
from tests.factories.visits import body_of, visit
from units.enums import Role

LIST = "/quan-tri/news/consultation/"
SUMMARY = "<p>Nhận 12 ý kiến: tiếp thu 9, không tiếp thu 3 vì trái nghị định.</p>"


def test_an_older_form_does_not_take_publishing_back(cast: Cast) -> None:
    draft = make_draft(cast.a)
    with unit_scope(cast.a.unit):
        opened = Consultation.objects.light().get(pk=draft.pk)
        actions.publish_consultation(consultation=draft, actor=cast.a.admin, secrecy_checked=True)
        opened.contact = "Phòng một cửa"
        actions.save_consultation(consultation=opened, actor=cast.a.admin)
        stored = Consultation.objects.get(pk=draft.pk)
    assert (stored.status, stored.published_at, stored.contact) == (
        DocumentStatus.PUBLISHED, draft.published_at, "Phòng một cửa",
    )  # fmt: skip
    assert stored.secrecy_checked_by == cast.a.admin
    assert opened.status == DocumentStatus.PUBLISHED, (
        "the row in hand knows where it stands, so pages and search follow"
    )


def test_an_older_form_does_not_bring_a_withdrawn_draft_back(cast: Cast) -> None:
    draft = make_consultation(cast.a)
    with unit_scope(cast.a.unit):
        opened = Consultation.objects.get(pk=draft.pk)
        actions.withdraw_consultation(consultation=draft, note="Soạn lại.", actor=cast.a.admin)
        opened.closes_on += timedelta(days=1)
        actions.save_consultation(consultation=opened, actor=cast.a.admin)
        stored = Consultation.objects.get(pk=draft.pk)
    assert (stored.status, stored.withdrawal_note) == (DocumentStatus.WITHDRAWN, "Soạn lại.")


def test_an_older_form_does_not_take_the_summary_back(cast: Cast) -> None:
    draft = make_consultation(cast.a, closes=-2)
    with unit_scope(cast.a.unit):
        opened = Consultation.objects.get(pk=draft.pk)
        actions.publish_summary(consultation=draft, summary=SUMMARY, actor=cast.a.admin)
        actions.tell_outcome(
            consultation=draft, outcome=ConsultationOutcome.DROPPED, actor=cast.a.admin, note="Không làm nữa."
        )
        actions.save_consultation(consultation=opened, actor=cast.a.admin)
        stored = Consultation.objects.get(pk=draft.pk)
    assert (stored.summary, stored.summary_published_at) == (SUMMARY, draft.summary_published_at)
    assert stored.summary_published_at is not None
    assert stored.outcome == ConsultationOutcome.DROPPED


def test_steps_ask_the_stored_row(cast: Cast) -> None:
    draft, never = make_consultation(cast.a, closes=-2), make_draft(cast.a)
    with unit_scope(cast.a.unit):
        opened, unseen = Consultation.objects.get(pk=draft.pk), Consultation.objects.get(pk=never.pk)
        actions.withdraw_consultation(consultation=draft, note="Soạn lại.", actor=cast.a.admin)
        with pytest.raises(ValidationError, match="hết hạn góp ý"):
            actions.publish_summary(consultation=opened, summary=SUMMARY, actor=cast.a.admin)
        for row in (opened, unseen):
            with pytest.raises(ValidationError, match="đang đăng"):
                actions.tell_outcome(
                    consultation=row, outcome=ConsultationOutcome.DROPPED, actor=cast.a.admin, note="Thôi."
                )
        actions.publish_consultation(consultation=never, actor=cast.a.admin, secrecy_checked=True)
        with pytest.raises(ValidationError, match="không xóa"):
            actions.delete_consultation(consultation=unseen, actor=cast.a.admin)
        assert Consultation.objects.filter(pk=never.pk).exists()


def _post(cast: Cast, path: str, **more: str) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(cast.a.people[Role.APPROVER])
    data = {
        "title": "Quy chế", "drafting_office": "Phòng Kinh tế", "opens_on": TODAY.isoformat(), "closes_on": "2026-12-31",
        "draft": "<p>Điều 1. Một</p>", **more,
    }  # fmt: skip
    return client.post(path, data, headers={"host": cast.a.host})


def test_a_last_day_at_the_end_of_the_calendar_is_refused_in_the_form(cast: Cast) -> None:
    response = _post(cast, f"{LIST}add/", closes_on="9999-12-31")
    assert response.status_code == 200
    assert "Ngày đóng xa quá" in body_of(response)
    assert "Quy chế" in body_of(response)


def test_what_the_action_refuses_comes_back_in_the_form(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody deletes the draft after the screen has read it."""
    draft = make_draft(cast.a)

    def gone(_row: Consultation) -> Consultation:
        raise ValidationError("Dự thảo này không còn.")

    monkeypatch.setattr(actions, "_locked", gone)
    response = _post(cast, f"{LIST}{draft.pk}/change/")
    assert response.status_code == 200
    assert "Dự thảo này không còn." in body_of(response)


def test_the_screen_of_the_outcome_says_no_to_a_draft_nobody_has_seen(cast: Cast) -> None:
    draft = make_draft(cast.a)
    response = _post(cast, f"{LIST}{draft.pk}/ket-qua/", outcome="DROPPED", note="Thôi.")
    assert "đang đăng" in body_of(response)
    assert visit(cast.a.host, draft.get_absolute_url()).status_code == 404
