"""Two people, or two workers, with one article at once: one outcome, written down once, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news import actions
from news.actions.clock import do_what_is_due
from news.actions.versions import EditConflict
from news.actions.workflow import publish_scheduled
from news.enums import ArticleStatus as Status
from news.models import Article
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, make_cast
from tests.factories.workflow import approve, standing, steps_of, words
from units.enums import Role

Outcome = Any


def _verbs(article: Article) -> list[str]:
    return [verb for verb, _from, _to in steps_of(article)]


# --- one connection: the second person's page is old ----------------------------------------------------------------------


def test_two_approvers_with_the_same_page_open_approve_once(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        mine = standing(cast.a, Status.SUBMITTED)
        yours = Article.objects.get(pk=mine.pk)
        options: dict[str, Any] = {"seen_version": 1, "secrecy_checked": True, "publish": True}
        assert actions.approve_article(article=mine, actor=cast.a.people[Role.APPROVER], **options) is True
        assert actions.approve_article(article=yours, actor=cast.a.admin, **options) is False
        assert _verbs(mine) == ["approve", "publish"]
        assert AuditEntry.objects.about(mine).filter(verb="article.approve").count() == 1


def test_approving_loses_against_a_return_that_came_first(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        mine = standing(cast.a, Status.SUBMITTED)
        yours = Article.objects.get(pk=mine.pk)
        assert actions.return_article(article=mine, actor=cast.a.people[Role.EDITOR], reason="Sai.")
        assert approve(cast.a, yours) is False
        assert Article.objects.get(pk=mine.pk).status == Status.RETURNED


def test_withdrawing_twice_and_publishing_between_leave_one_story(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        mine = standing(cast.a, Status.PUBLISHED)
        yours = Article.objects.get(pk=mine.pk)
        assert actions.withdraw_article(article=mine, actor=cast.a.admin) is True
        assert actions.publish_article(article=yours, actor=cast.a.admin) is False
        assert actions.withdraw_article(article=yours, actor=cast.a.admin) is False
        assert _verbs(mine) == ["withdraw"]


def test_the_clock_and_a_person_publish_once(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        mine = standing(cast.a, Status.SCHEDULED, scheduled_for=timezone.now() - timedelta(seconds=1))
        yours = Article.objects.get(pk=mine.pk)
        assert actions.publish_article(article=mine, actor=cast.a.people[Role.APPROVER]) is True
        assert publish_scheduled(article=yours) is False
        assert do_what_is_due() == 0
        assert _verbs(mine) == ["publish"]


def test_a_save_with_an_old_base_is_a_conflict_and_changes_no_step(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
        stale = Article.objects.get(pk=article.pk)
        actions.save_article(article=article, actor=cast.a.people[Role.EDITOR], base_version=1)
        with pytest.raises(EditConflict):
            actions.save_article(article=stale, actor=cast.a.admin, base_version=1)
        assert Article.objects.get(pk=article.pk).version_number == article.version_number


# --- two connections ------------------------------------------------------------------------------------------------------


def _fresh(article: Article) -> Article:
    return Article.objects.select_related("category").get(pk=article.pk)


def _approve_as(cast: Cast, article: Article, role: Role) -> Callable[[], bool]:
    return lambda: actions.approve_article(
        article=_fresh(article), actor=cast.a.people[role], seen_version=1, secrecy_checked=True, publish=True
    )


@pytest.mark.postgres
def test_two_approvers_at_once_approve_once(two: Callable[..., list[Outcome]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)
    outcomes = two(cast, _approve_as(cast, article, Role.APPROVER), _approve_as(cast, article, Role.UNIT_ADMIN))
    with unit_scope(cast.a.unit):
        assert sorted(outcomes) == [False, True]
        assert _verbs(article) == ["approve", "publish"]
        assert AuditEntry.objects.about(article).filter(verb="article.publish").count() == 1


@pytest.mark.postgres
def test_publishing_and_sending_back_at_once_ends_in_one_of_the_two(two: Callable[..., list[Outcome]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED)

    def send_back() -> bool:
        return actions.return_article(article=_fresh(article), actor=cast.a.people[Role.EDITOR], reason="Sai.")

    published, returned = two(cast, _approve_as(cast, article, Role.APPROVER), send_back)
    with unit_scope(cast.a.unit):
        assert {published, returned} == {True, False}
        assert _fresh(article).status == (Status.PUBLISHED if published else Status.RETURNED)


@pytest.mark.postgres
def test_withdrawing_and_expiring_at_once_tell_one_story(two: Callable[..., list[Outcome]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.PUBLISHED, expires_at=NOW - timedelta(minutes=1))
    withdrawn, expired = two(
        cast,
        lambda: actions.withdraw_article(article=_fresh(article), actor=cast.a.admin),
        lambda: actions.expire_article(article=_fresh(article)),
    )
    with unit_scope(cast.a.unit):
        # An expired text may be withdrawn after that; the other way round nothing expires.
        verbs = _verbs(article)
        assert verbs == ["withdraw"] * withdrawn if not expired else verbs in (["expire"], ["expire", "withdraw"])
        assert _fresh(article).status in {Status.WITHDRAWN, Status.EXPIRED}


@pytest.mark.postgres
def test_publishing_and_withdrawing_at_once_never_leaves_it_half(two: Callable[..., list[Outcome]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.APPROVED)
    published, withdrawn = two(
        cast,
        lambda: actions.publish_article(article=_fresh(article), actor=cast.a.admin),
        lambda: actions.withdraw_article(article=_fresh(article), actor=cast.a.admin),
    )
    with unit_scope(cast.a.unit):
        assert published is True
        assert _verbs(article) == (["publish", "withdraw"] if withdrawn else ["publish"])
        assert _fresh(article).status == (Status.WITHDRAWN if withdrawn else Status.PUBLISHED)


@pytest.mark.postgres
@pytest.mark.parametrize("attempt", range(3))
def test_approving_while_an_editor_saves_never_approves_unread_words(
    two: Callable[..., list[Outcome]], attempt: int
) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        article = standing(cast.a, Status.SUBMITTED, body=words(10))

    def save() -> bool:
        row = _fresh(article)
        row.body = words(10) + "<p>chưa đọc</p>"
        actions.save_article(article=row, actor=cast.a.people[Role.EDITOR], base_version=1)
        return True

    def approve_only() -> bool:
        return actions.approve_article(
            article=_fresh(article), actor=cast.a.admin, seen_version=1, secrecy_checked=True
        )

    approved, saved = two(cast, approve_only, save)
    with unit_scope(cast.a.unit):
        stored = _fresh(article)
        assert saved is True
        assert "chưa đọc" in stored.body
        assert stored.status == Status.SUBMITTED, "approved words went back to the approver, or were never approved"
        assert approved is True or isinstance(approved, ValidationError)
        assert _verbs(article) == (["approve", "unapprove"] if approved is True else [])


@pytest.mark.postgres
def test_two_workers_publish_once(two: Callable[..., list[Outcome]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        rows = [standing(cast.a, Status.SCHEDULED, scheduled_for=NOW - timedelta(minutes=1)) for _number in range(3)]
    outcomes = two(cast, do_what_is_due, do_what_is_due)
    with unit_scope(cast.a.unit):
        assert sum(outcomes) == 3
        assert [_verbs(row) for row in rows] == [["publish"]] * 3
