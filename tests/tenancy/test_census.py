"""Wall 4: a model that belongs to no unit is found by `manage.py check`."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from portal.core.tenancy.checks import census
from portal.core.tenancy.models import TenantModel


def test_the_portal_itself_is_clean() -> None:
    assert run_checks(tags=["tenancy"]) == []


def test_the_census_is_part_of_manage_py_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "GLOBAL_MODELS", {})
    assert "cong.E001" in {message.id for message in run_checks()}


def test_every_global_model_exists_and_says_why() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    assert set(settings.GLOBAL_MODELS) <= labels
    assert all(len(reason) > 15 for reason in settings.GLOBAL_MODELS.values())


@isolate_apps("news")
def test_a_planted_model_without_unit_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rumour(models.Model):
        class Meta:
            app_label = "news"

    monkeypatch.setattr(apps, "get_models", lambda: [Rumour])
    messages = census(None)
    assert [(message.id, message.obj) for message in messages] == [("cong.E001", Rumour)]
    assert "GLOBAL_MODELS" in str(messages[0].hint)


@isolate_apps("news")
def test_a_planted_tenant_model_with_an_open_manager_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gossip(TenantModel):
        objects = models.Manager()  # type: ignore[assignment]  # wrong on purpose

        class Meta(TenantModel.Meta):
            app_label = "news"

    monkeypatch.setattr(apps, "get_models", lambda: [Gossip])
    assert [message.id for message in census(None)] == ["cong.E002"]
