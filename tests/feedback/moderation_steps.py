"""What a moderator of a unit does, with what waits for the commit done at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import TestCase

from feedback.actions.moderate_case import publish
from feedback.models import Case, CaseEvent, CaseFile
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Role
from units.models import Unit

SPAM = "Nhà cái uy tín, nổ hũ đổi thưởng, truy cập bet88.com ngay hôm nay"


def press(house: House, case: Case, **more: Any) -> CaseEvent:
    """Publish as the unit's editor does."""
    facts = {"title": "Nắp cống vỡ", "text": "Nắp cống vỡ trước nhà số 12.", "pictures": {}, "seen": case.version}
    with unit_scope(house.unit), TestCase.captureOnCommitCallbacks(execute=True):
        return publish(case=case, actor=house.people[Role.EDITOR], **{**facts, **more})


def take_away(house: House, verb: Callable[..., CaseEvent], case: Case, **more: Any) -> CaseEvent:
    """Hide, mark or restore as the unit's editor does."""
    with unit_scope(house.unit), TestCase.captureOnCommitCallbacks(execute=True):
        return verb(case=case, seen=case.version, actor=house.people[Role.EDITOR], **more)


def again(file: CaseFile) -> CaseFile:
    """The file as it stands now."""
    file.refresh_from_db(from_queryset=CaseFile.everywhere.all())
    return file


def media_of(house: House) -> set[str]:
    """Public copies that lie in the unit's folder."""
    folder = Path(settings.MEDIA_ROOT) / f"u{house.unit.pk}" / "phan-anh"
    return {str(path) for path in folder.rglob("*.*")}


def generation(unit: Unit) -> int:
    """What the page cache of a unit is keyed by."""
    return Unit.objects.get(pk=unit.pk).generation
