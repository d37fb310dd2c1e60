"""Asking the public about a draft: opening, days, locking, summary, outcome, reminders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.actions.consultation_reminders import remind_of_summaries
from news.actions.consultations import (
    delete_consultation,
    publish_consultation,
    publish_summary,
    save_consultation,
    shorter_than_term,
    tell_outcome,
    withdraw_consultation,
)
from news.enums.documents import ConsultationOutcome, DocumentStatus
from news.models import Consultation, ConsultationPart, ConsultationRule
from news.rules.summary_reminders import stage_on
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.consultations import TODAY, make_consultation, make_draft
from tests.factories.visits import body_of, visit
from units.enums import Role

LONG_SUMMARY = "<p>Nhận 12 ý kiến: tiếp thu 9, không tiếp thu 3 vì trái nghị định.</p>"


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_draft_is_seen_by_nobody_until_it_is_published(cast: Cast) -> None:
    a = cast.a
    draft = make_draft(a)
    assert visit(a.host, draft.get_absolute_url()).status_code == 404
    assert "Quy chế chợ đêm" not in body_of(visit(a.host, "/lay-y-kien/"))
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="bí mật nhà nước"):
            publish_consultation(consultation=draft, actor=a.admin, secrecy_checked=False)
        assert publish_consultation(consultation=draft, actor=a.admin, secrecy_checked=True)
        assert not publish_consultation(consultation=draft, actor=a.admin, secrecy_checked=True)
    page = body_of(visit(a.host, draft.get_absolute_url()))
    assert "Đang nhận góp ý" in page
    assert "Góp ý điều này" in page
    assert "Điều 2. Giờ mở cửa" in page
    assert "Quy chế chợ đêm" in body_of(visit(a.host, "/lay-y-kien/"))


def test_another_units_draft_is_not_here(cast: Cast) -> None:
    foreign = make_consultation(cast.b)
    assert visit(cast.a.host, foreign.get_absolute_url()).status_code == 404
    assert cast.b.marker not in body_of(visit(cast.a.host, "/lay-y-kien/"))


@pytest.mark.parametrize(("closes", "words"), [(0, "hôm nay là ngày cuối"), (3, "còn 3 ngày"), (-1, "Đã đóng")])
def test_the_last_day_counts(cast: Cast, closes: int, words: str) -> None:
    row = make_consultation(cast.a, closes=closes)
    assert words in body_of(visit(cast.a.host, row.get_absolute_url()))


def test_a_draft_that_opens_later_takes_nothing_yet(cast: Cast) -> None:
    row = make_consultation(cast.a, opens=2, closes=60)
    page = body_of(visit(cast.a.host, row.get_absolute_url()))
    assert "Sắp mở" in page
    assert "Góp ý điều này" not in page


def test_what_citizens_were_asked_does_not_change(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    with unit_scope(a.unit):
        row.draft = "<p>Điều 1. Câu khác</p>"
        with pytest.raises(ValidationError, match="không sửa nội dung"):
            save_consultation(consultation=row, actor=a.admin)
        row.refresh_from_db()
        row.closes_on -= timedelta(days=1)
        with pytest.raises(ValidationError, match="kéo dài"):
            save_consultation(consultation=row, actor=a.admin)
        row.refresh_from_db()
        row.closes_on += timedelta(days=5)
        due = row.summary_due_on
        save_consultation(consultation=row, actor=a.admin)
        row.refresh_from_db()
        assert due is not None
        assert row.summary_due_on == due + timedelta(days=5)


def test_an_article_that_stays_keeps_its_row(cast: Cast) -> None:
    a, row = cast.a, make_draft(cast.a)
    with unit_scope(a.unit):
        second = ConsultationPart.objects.get(consultation=row, label="dieu-2")
        row.draft = "<p>Điều 2. Giờ mới</p><p>Từ 19:00.</p><p>Điều 3. Rác</p>"
        save_consultation(consultation=row, actor=a.admin)
        parts = list(ConsultationPart.objects.of(row))
    assert [part.label for part in parts] == ["dieu-2", "dieu-3"]
    assert parts[0].pk == second.pk
    assert parts[0].heading == "Điều 2. Giờ mới"


def test_hostile_texts_are_cleaned(cast: Cast) -> None:
    row = make_consultation(
        cast.a, title="<b>Tên</b>", intro="<p onclick=x>A<script>alert(1)</script></p>",
        draft="<p>Điều 1. <img src=x onerror=alert(1)>Tên</p><p><a href='javascript:alert(1)'>B</a></p>",
    )  # fmt: skip
    page = body_of(visit(cast.a.host, row.get_absolute_url()))
    assert "&lt;b&gt;Tên" in page
    for bad in ("onclick", "alert(1)", "onerror", "javascript:"):
        assert bad not in page


def test_withdrawing_needs_words_and_keeps_the_page(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError):
            withdraw_consultation(consultation=row, note="  ", actor=a.admin)
        assert withdraw_consultation(consultation=row, note="Soạn lại từ đầu.", actor=a.admin)
        assert not withdraw_consultation(consultation=row, note="Lần nữa", actor=a.admin)
    page = body_of(visit(a.host, row.get_absolute_url()))
    assert "Soạn lại từ đầu." in page
    assert "Góp ý cho dự thảo" not in page
    assert "Quy chế chợ đêm" not in body_of(visit(a.host, "/lay-y-kien/"))


def test_the_summary_comes_after_the_last_day_and_says_something(cast: Cast) -> None:
    a = cast.a
    running, closed = make_consultation(a), make_consultation(a, closes=-3)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="sau khi đã hết hạn"):
            publish_summary(consultation=running, summary=LONG_SUMMARY, actor=a.admin)
        with pytest.raises(ValidationError, match="nói rõ"):
            publish_summary(consultation=closed, summary="<p>Xong.</p>", actor=a.admin)
        publish_summary(consultation=closed, summary=LONG_SUMMARY, actor=a.admin)
        verbs = list(AuditEntry.objects.about(closed).values_list("verb", flat=True))
    assert "consultation.summary" in verbs
    assert "tiếp thu 9" in body_of(visit(a.host, closed.get_absolute_url()))


def test_the_outcome_leads_to_the_document_by_its_number(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a, closes=-3)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError):
            tell_outcome(consultation=row, outcome=ConsultationOutcome.ISSUED, actor=a.admin)
        with pytest.raises(ValidationError):
            tell_outcome(consultation=row, outcome=ConsultationOutcome.DROPPED, actor=a.admin)
        tell_outcome(consultation=row, outcome=ConsultationOutcome.ISSUED, actor=a.admin, number="78/2026/QĐ-UBND")
    page = body_of(visit(a.host, row.get_absolute_url()))
    assert "Đã ban hành" in page
    assert "/van-ban/so/78/2026/" in page


def test_a_seen_draft_is_not_deleted(cast: Cast) -> None:
    a, seen, unseen = cast.a, make_consultation(cast.a), make_draft(cast.a, title="Nháp bỏ")
    with unit_scope(a.unit):
        with pytest.raises(ValidationError):
            delete_consultation(consultation=seen, actor=a.admin)
        delete_consultation(consultation=unseen, actor=a.admin)
        assert Consultation.objects.get().pk == seen.pk


def test_short_terms_are_said_with_their_source(cast: Cast) -> None:
    a, row = cast.a, make_draft(cast.a, opens=0, closes=10)
    ConsultationRule.objects.all().delete()
    ConsultationRule.objects.create(least_days=30, summary_days=20, valid_from=date(2026, 1, 1), source="Quy chế 5")
    ConsultationRule.objects.create(least_days=5, summary_days=9, valid_from=date(2026, 12, 1), source="Quy chế 6")
    with unit_scope(a.unit):
        rule = shorter_than_term(row)
        assert rule is not None
        assert rule.source == "Quy chế 5"
        assert shorter_than_term(make_draft(a, opens=0, closes=29)) is None


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 12, 31), 0), (date(2027, 1, 1), 1), (date(2027, 1, 21), 1), (date(2027, 1, 22), 2),
        (date(2027, 1, 29), 2), (date(2027, 1, 30), 3), (date(2027, 2, 5), 3), (date(2027, 2, 6), 4),
    ],
)  # fmt: skip
def test_when_the_reminders_go(day: date, stage: int) -> None:
    assert stage_on(day, date(2027, 1, 29)) == stage


def test_reminders_come_once_at_each_stage_and_stop_with_the_summary(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a, closes=-3)
    owner = a.people[Role.EDITOR]
    owner.email = "bientap@thuan-an.test"
    owner.save()
    with unit_scope(a.unit):
        Consultation.objects.filter(pk=row.pk).update(owner=owner)
        for after, sent in ((28, 0), (29, 1), (34, 1), (50, 2), (52, 2), (58, 3), (60, 3), (65, 4)):
            with time_machine.travel(NOW + timedelta(days=after), tick=False):
                remind_of_summaries()
            assert len(mail.outbox) == sent, after
        assert mail.outbox[0].to == ["bientap@thuan-an.test"]
        assert "còn 28 ngày" in mail.outbox[0].body
        assert f"/quan-tri/news/consultation/{row.pk}/tong-hop/" in mail.outbox[0].body
        assert "đã quá 1 ngày" in mail.outbox[2].body
        publish_summary(consultation=Consultation.objects.get(), summary=LONG_SUMMARY, actor=a.admin)
        with time_machine.travel(NOW + timedelta(days=90), tick=False):
            assert remind_of_summaries() == 0


def test_lists_cost_the_same_at_one_row_and_at_three(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert visit(cast.a.host, "/lay-y-kien/").status_code == 200
        return len(found)

    make_consultation(cast.a, title="Một")
    one = queries()
    for number in range(2):
        make_consultation(cast.a, title=f"Nữa {number}")
        make_consultation(cast.a, title=f"Đóng {number}", closes=-3)
    assert queries() == one <= 12


def test_old_ones_are_reached_page_by_page(cast: Cast) -> None:
    for number in range(17):
        make_consultation(cast.a, title=f"Dự thảo số {number}.", opens=-90, closes=-3 - number // 2)
    first = body_of(visit(cast.a.host, "/lay-y-kien/"))
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = body_of(visit(cast.a.host, older))
    for number in range(17):
        words = f"Dự thảo số {number}."
        assert (words in first) != (words in second), number
    assert visit(cast.a.host, "/lay-y-kien/?truoc=2026-99-99-1").status_code == 404


def test_who_may_what_in_the_administration(cast: Cast) -> None:
    a = cast.a
    row = make_draft(a)
    author, editor, approver = (Client(), Client(), Client())
    for client, role in ((author, Role.AUTHOR), (editor, Role.EDITOR), (approver, Role.APPROVER)):
        client.force_login(a.people[role])
    path = f"/quan-tri/news/consultation/{row.pk}/dang/"
    assert editor.get(path, headers={"host": a.host}).status_code == 403
    assert approver.post(path, {}, headers={"host": a.host}).status_code == 200
    with unit_scope(a.unit):
        assert Consultation.objects.get().status == DocumentStatus.DRAFT
    assert approver.post(path, {"secrecy": "on"}, headers={"host": a.host}).status_code == 302
    with unit_scope(a.unit):
        assert Consultation.objects.get().status == DocumentStatus.PUBLISHED
    assert approver.get(path, headers={"host": cast.b.host}).status_code in {302, 403}


@pytest.mark.parametrize("step", ["dang", "go", "tong-hop", "ket-qua"])
def test_the_steps_of_another_units_draft_are_not_here(cast: Cast, step: str) -> None:
    foreign, client = make_consultation(cast.b, closes=-3), Client()
    client.force_login(cast.a.admin)
    path = f"/quan-tri/news/consultation/{foreign.pk}/{step}/"
    assert client.get(path, headers={"host": cast.a.host}).status_code == 404
    data = {"secrecy": "on", "note": "Gỡ", "summary": LONG_SUMMARY, "outcome": "DROPPED"}
    assert client.post(path, data, headers={"host": cast.a.host}).status_code == 404
    with unit_scope(cast.b.unit):
        row = Consultation.objects.get()
    assert (row.status, row.summary, row.outcome) == (DocumentStatus.PUBLISHED, "", "")


def test_the_form_makes_a_draft_with_its_articles(cast: Cast) -> None:
    a, client = cast.a, Client()
    client.force_login(a.people[Role.EDITOR])
    data = {
        "title": "Quy chế mới", "drafting_office": "Phòng Văn hóa", "opens_on": TODAY.isoformat(),
        "closes_on": (TODAY + timedelta(days=70)).isoformat(), "draft": "<p>Điều 1. A</p><p>B</p>", "intro": "",
        "contact": "", "summary_due_on": "", "attachments_shown": "1",
    }  # fmt: skip
    page = client.post("/quan-tri/news/consultation/add/", data, headers={"host": a.host})
    assert page.status_code == 302
    with unit_scope(a.unit):
        row = Consultation.objects.get()
        assert row.summary_due_on == row.closes_on + timedelta(days=60)
        assert ConsultationPart.objects.get().heading == "Điều 1. A"
    changed = client.get(f"/quan-tri/news/consultation/{row.pk}/change/", headers={"host": a.host})
    assert "báo người duyệt đăng" in changed.content.decode()


def test_a_last_day_before_the_first_is_refused_in_words(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.people[Role.EDITOR])
    data = {
        "title": "A",
        "drafting_office": "B",
        "opens_on": "2026-12-10",
        "closes_on": "2026-12-01",
        "draft": "<p>x</p>",
    }
    page = client.post("/quan-tri/news/consultation/add/", data, headers={"host": cast.a.host})
    assert "Ngày đóng phải sau ngày bắt đầu." in page.content.decode()
