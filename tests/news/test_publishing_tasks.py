"""The clock and the mails: what is due is done once, by whichever worker, and a killed one loses nothing."""

from __future__ import annotations

import contextvars
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery.app.task import Task
from django.conf import settings
from django.core import mail
from django.utils import timezone

from news import actions
from news.actions import desk_mails
from news.actions.category_rights import set_category_rights
from news.actions.clock import do_what_is_due
from news.actions.versions import Change
from news.enums import ArticleStatus as Status
from news.models import Article
from news.tasks import publishing
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import NOW, Cast, House
from tests.factories.visits import body_of, visit
from tests.factories.workflow import approve, standing, steps_of, words
from units.enums import Role
from units.models import Unit


def _run(task: Any, **arguments: int) -> Any:
    """As a worker runs it: in a context of its own, without a scope."""
    return contextvars.Context().run(task, **arguments)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What would have been enqueued."""
    calls: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **options: calls.append((self.name, options["kwargs"])))
    return calls


def _with_addresses(house: House) -> None:
    for role, person in house.people.items():
        person.email = f"{role.value.lower()}@{house.unit.slug}.example.vn"
        person.save(update_fields=["email"])


def test_a_scheduled_article_is_published_when_its_time_comes(
    cast: Cast, clock: time_machine.Traveller, sent: list[Any]
) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, title=f"Hẹn giờ {cast.a.word}")
        approve(cast.a, article, at=NOW + timedelta(minutes=30))
        path = article.get_absolute_url()
    assert _run(publishing.turn_clocks) == 0
    assert visit(cast.a.host, "/tin-tuc/").status_code == 200
    clock.shift(timedelta(minutes=31))
    sent.clear()
    assert _run(publishing.turn_clocks) == 1
    assert sent == [("news.turn_clock", {"unit_id": cast.a.unit.pk})]
    generation = Unit.objects.get(pk=cast.a.unit.pk).generation
    with unit_scope(cast.a.unit):
        IndexChange.objects.all().delete()
    assert _run(publishing.turn_clock, unit_id=cast.a.unit.pk) == 1
    assert visit(cast.a.host, path).status_code == 200
    assert cast.a.word in body_of(visit(cast.a.host, "/tin-tuc/"))
    assert Unit.objects.get(pk=cast.a.unit.pk).generation > generation
    with unit_scope(cast.a.unit):
        stored = Article.objects.get(pk=article.pk)
        assert stored.published_at is not None
        assert stored.published_at >= NOW + timedelta(minutes=30)
        assert steps_of(article)[-1] == ("publish", "SCHEDULED", "PUBLISHED")
        assert IndexChange.objects.filter(object_id=article.pk).exists()
    assert _run(publishing.turn_clock, unit_id=cast.a.unit.pk) == 0, "again is harmless"


def test_a_worker_killed_before_it_did_its_task_loses_nothing(cast: Cast, clock: time_machine.Traveller) -> None:
    """The message is gone; the row still says that it is due, so the next beat finds it."""
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SCHEDULED, scheduled_for=NOW + timedelta(minutes=1))
    clock.shift(timedelta(minutes=2))
    for _lost in range(2):
        with pytest.MonkeyPatch.context() as patch:
            lost: list[Any] = []
            patch.setattr(Task, "apply_async", lambda self, **options: lost.append(options["kwargs"]))  # noqa: B023
            assert _run(publishing.turn_clocks) == 1
            assert lost == [{"unit_id": cast.a.unit.pk}]
    _run(publishing.turn_clock, unit_id=cast.a.unit.pk)
    with unit_scope(cast.a.unit):
        assert Article.objects.get(pk=article.pk).status == Status.PUBLISHED
        assert len(steps_of(article)) == 1


def test_what_was_put_off_meanwhile_is_not_published(cast: Cast) -> None:
    """Two workers: one has read that it is due, then somebody sets another day."""
    from news.actions.workflow import publish_scheduled

    with unit_scope(cast.a.unit):
        stale = standing(cast.a, Status.SCHEDULED, scheduled_for=NOW - timedelta(minutes=1))
        later = timezone.now() + timedelta(days=1)
        actions.schedule_article(article=Article.objects.get(pk=stale.pk), actor=cast.a.people[Role.APPROVER], at=later)
        assert publish_scheduled(article=stale) is False
        assert Article.objects.get(pk=stale.pk).status == Status.SCHEDULED


def test_expired_articles_leave_the_lists_and_pins_come_off(cast: Cast, clock: time_machine.Traveller) -> None:
    soon = NOW + timedelta(minutes=5)
    with unit_scope(cast.a.unit):
        ended = standing(cast.a, Status.PUBLISHED, title=f"Hết hạn {cast.a.marker}", expires_at=soon)
        pinned = standing(cast.a, Status.PUBLISHED, is_pinned=True, pinned_until=soon)
        featured = standing(cast.a, Status.PUBLISHED, is_featured=True, featured_until=soon)
        kept = standing(cast.a, Status.PUBLISHED, is_pinned=True, is_featured=True)
        assert do_what_is_due() == 0
        clock.shift(timedelta(minutes=6))
        assert do_what_is_due() == 3
        assert do_what_is_due() == 0
        assert Article.objects.get(pk=ended.pk).status == Status.EXPIRED
        assert not Article.objects.get(pk=pinned.pk).is_pinned
        assert not Article.objects.get(pk=featured.pk).is_featured
        stays = Article.objects.get(pk=kept.pk)
        assert stays.is_pinned
        assert stays.is_featured
        verbs = set(AuditEntry.objects.values_list("verb", flat=True))
        assert {"article.expire", "article.unpin", "article.unfeature"} <= verbs
    assert f"Hết hạn {cast.a.marker}" not in body_of(visit(cast.a.host, "/tin-tuc/"))


def test_one_units_clock_leaves_the_others_articles_alone(cast: Cast, sent: list[Any]) -> None:
    past = NOW - timedelta(minutes=1)
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            standing(house, Status.SCHEDULED, scheduled_for=past)
    assert _run(publishing.turn_clocks) == 2
    _run(publishing.turn_clock, unit_id=cast.a.unit.pk)
    with unit_scope(cast.b.unit):
        assert Article.objects.filter(status=Status.SCHEDULED).count() == 1


def test_the_beat_knows_the_clock_and_the_mails() -> None:
    from celery import current_app

    import news.tasks  # noqa: F401 - registers them

    for name in ("news-clock", "news-mails", "news-approvals"):
        assert settings.CELERY_BEAT_SCHEDULE[name]["task"] in current_app.tasks
    assert settings.CELERY_BEAT_SCHEDULE["news-clock"]["schedule"] == 60.0


# --- mails ----------------------------------------------------------------------------------------------------------------


def test_approvers_hear_of_a_text_once_and_its_writer_not(
    cast: Cast, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT, title="Tàu vào bờ")
        with django_capture_on_commit_callbacks(execute=True):
            actions.submit_article(
                article=article, actor=cast.a.people[Role.AUTHOR], due_at=NOW + timedelta(hours=5), remark="Cần sớm."
            )
    assert ("news.send_step_mail", {"unit_id": cast.a.unit.pk, "article_id": article.pk}) in sent
    for _twice in range(2):
        _run(publishing.send_step_mail, unit_id=cast.a.unit.pk, article_id=article.pk)
    assert sorted(message.to[0] for message in mail.outbox) == [
        "approver@thuan-an.example.vn", "unit_admin@thuan-an.example.vn",
    ]  # fmt: skip
    message = mail.outbox[0]
    assert message.subject == f"Chờ duyệt: Tàu vào bờ – {cast.a.unit.name}"
    assert "Cần sớm." in message.body
    assert f"{cast.a.host}" in message.body
    assert f"/quan-tri/news/article/{article.pk}/duyet/" in message.body


def test_the_author_reads_in_the_mail_what_to_mend(cast: Cast) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, title="Lịch <b>rác</b>")
        actions.return_article(article=article, actor=cast.a.admin, reason="Thiếu giờ & số điện thoại.")
        desk_mails.tell_about_step(article_id=article.pk)
    (message,) = mail.outbox
    assert message.to == ["author@thuan-an.example.vn"]
    assert "Thiếu giờ & số điện thoại." in message.body
    assert "<b>" not in message.subject or "&lt;" not in message.subject


def test_no_mail_goes_to_people_without_address_or_right(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT)
        actions.submit_article(article=article, actor=cast.a.people[Role.AUTHOR])
        assert desk_mails.tell_about_step(article_id=article.pk) == 0
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        set_category_rights(category=cast.a.category, writers=[], approvers=[cast.a.admin], actor=None)
        other = standing(cast.a, Status.DRAFT)
        actions.submit_article(article=other, actor=cast.a.people[Role.AUTHOR])
        desk_mails.tell_about_step(article_id=other.pk)
    assert [message.to for message in mail.outbox] == [["unit_admin@thuan-an.example.vn"]]


def test_a_mail_that_could_not_be_sent_is_sent_by_the_sweep(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT)
        actions.submit_article(article=article, actor=cast.a.people[Role.AUTHOR])
        with monkeypatch.context() as patch:

            def down(*_arguments: Any, **_options: Any) -> int:
                raise ConnectionRefusedError

            patch.setattr(mail.EmailMessage, "send", down)
            with pytest.raises(ConnectionRefusedError):
                desk_mails.tell_about_step(article_id=article.pk)
        assert not AuditEntry.objects.filter(verb="article.mail").exists(), "the claim fell with the transaction"
        assert desk_mails.send_missing() == 2
        assert desk_mails.send_missing() == 0


def test_what_moved_on_since_is_told_to_nobody(cast: Cast) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.DRAFT)
        actions.submit_article(article=article, actor=cast.a.people[Role.AUTHOR])
        actions.recall_article(article=article, actor=cast.a.people[Role.AUTHOR])
        assert desk_mails.tell_about_step(article_id=article.pk) == 0


def test_the_sweep_wakes_units_with_something_unsent(cast: Cast, sent: list[Any]) -> None:
    assert _run(publishing.sweep_mails) == 0
    with unit_scope(cast.b.unit):
        standing(cast.b, Status.SUBMITTED)
    assert _run(publishing.sweep_mails) == 1
    assert sent == [("news.send_missing_mails", {"unit_id": cast.b.unit.pk})]


def test_overdue_approvals_are_reminded_of_once_a_day(
    cast: Cast, clock: time_machine.Traveller, sent: list[Any]
) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        late = [
            standing(cast.a, Status.SUBMITTED, title=f"Trễ {number}", due_at=NOW - timedelta(hours=1))
            for number in range(2)
        ]
    assert _run(publishing.remind_all_of_approvals) == 1
    assert sent[-1] == ("news.remind_of_approvals", {"unit_id": cast.a.unit.pk})
    assert _run(publishing.remind_of_approvals, unit_id=cast.a.unit.pk) == 2
    assert _run(publishing.remind_of_approvals, unit_id=cast.a.unit.pk) == 0
    assert all(all(article.title in message.body for article in late) for message in mail.outbox)
    clock.shift(timedelta(days=1))
    assert _run(publishing.remind_of_approvals, unit_id=cast.a.unit.pk) == 2


def test_a_second_look_that_is_late_is_reminded_of_once(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_addresses(cast.a)
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, body=words(5))
        article.body = words(60)
        actions.save_article(
            article=article, actor=cast.a.people[Role.APPROVER], change=Change(public_note="Viết lại.")
        )
        assert desk_mails.send_missing() == 1, "the other approver hears of it"
        clock.shift(timedelta(hours=25))
        assert desk_mails.send_missing() == 1
        assert desk_mails.send_missing() == 0
    assert [message.to for message in mail.outbox] == [["unit_admin@thuan-an.example.vn"]] * 2
    assert mail.outbox[1].subject.startswith("Quá hạn xem lại:")
