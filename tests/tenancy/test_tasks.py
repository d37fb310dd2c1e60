"""Background work runs in the unit it was started for, and in no other."""

from __future__ import annotations

import contextvars
from typing import Any

import pytest
from celery import shared_task
from celery.app.task import Task
from kombu.exceptions import OperationalError

from news.models import Article
from portal.core.tasks import TenantTask, start_after_commit
from portal.core.tenancy import ScopeError, current_unit_id, unit_scope
from tests.factories.cast import Cast


@shared_task(base=TenantTask, name="tests.titles")
def titles(limit: int = 10) -> tuple[int, list[str]]:
    return current_unit_id(), list(Article.objects.published().values_list("title", flat=True)[:limit])


def test_a_task_runs_in_its_units_scope(cast: Cast) -> None:
    unit_id, found = contextvars.Context().run(titles, unit_id=cast.b.unit.pk)
    assert unit_id == cast.b.unit.pk
    assert found
    assert all(cast.b.marker in title for title in found)


def test_a_task_ignores_the_callers_scope(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        unit_id, found = titles(unit_id=cast.b.unit.pk)
        assert current_unit_id() == cast.a.unit.pk
    assert unit_id == cast.b.unit.pk
    assert not [title for title in found if cast.a.marker in title]


def test_a_task_leaves_no_scope_behind(cast: Cast) -> None:
    context = contextvars.Context()
    context.run(titles, unit_id=cast.a.unit.pk)
    with pytest.raises(ScopeError):
        context.run(current_unit_id)


@pytest.mark.parametrize("wrong", [{}, {"limit": 1}])
def test_a_task_without_unit_id_fails_even_inside_a_scope(cast: Cast, wrong: dict[str, Any]) -> None:
    with unit_scope(cast.a.unit), pytest.raises(TypeError, match="unit_id"):
        titles(**wrong)


@pytest.mark.parametrize("wrong", [None, True, "1"])
def test_a_task_refuses_what_is_no_unit(wrong: Any) -> None:
    with pytest.raises(ScopeError):
        titles(unit_id=wrong)


def test_a_task_is_sent_after_commit_only(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(Task, "apply_async", lambda self, **options: sent.append(options["kwargs"]))
    with django_capture_on_commit_callbacks(execute=True):
        start_after_commit(titles, unit_id=cast.a.unit.pk)
        assert sent == []
    assert sent == [{"unit_id": cast.a.unit.pk}]


def test_a_broker_that_is_down_does_not_undo_the_change(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def down(self: Any, **options: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(Task, "apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        start_after_commit(titles, unit_id=cast.a.unit.pk)


def test_a_task_can_be_enqueued_with_the_unit_its_body_never_names(cast: Cast) -> None:
    """Celery refuses arguments that the body does not take; the broker here is a real one."""
    assert titles.apply_async(kwargs={"unit_id": cast.a.unit.pk}).id
