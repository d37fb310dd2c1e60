"""What is taken away is gone: no public file, no cached page, nothing left after a crash."""

from __future__ import annotations

import os

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import TestCase

from feedback.actions.moderate_case import hide, mark_spam, why_not_public
from feedback.actions.public_copies import sweep_public_files
from feedback.actions.sender_steps import withdraw_consent
from feedback.enums.cases import ConsentPurpose, EventKind, HideReason
from feedback.models import CaseEvent, CaseFile, CaseParty
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.case_files import add_file
from tests.factories.cases import make_case
from tests.factories.cast import Cast
from tests.factories.visits import visit
from tests.feedback.moderation_steps import again, generation, press, take_away

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["hide", "spam", "consent"])
def test_taking_away_removes_every_public_copy(cast: Cast, how: str) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Cống"})
    names = [again(file).public_path, file.public_small]
    before = generation(cast.province)
    if how == "hide":
        event = take_away(cast.a, hide, case, reason=HideReason.RUDE)
        assert (event.kind, event.text) == (EventKind.HIDDEN, "Lời lẽ xúc phạm")
    elif how == "spam":
        event = take_away(cast.a, mark_spam, case)
        assert event.kind == EventKind.SPAM
    else:
        with unit_scope(cast.a.unit), TestCase.captureOnCommitCallbacks(execute=True):
            assert withdraw_consent(case=case, purpose=ConsentPurpose.PUBLISH)
            event = CaseEvent.objects.filter(case=case).latest("pk")
        assert why_not_public(case)
        with pytest.raises(ValidationError, match="không đồng ý"):
            press(cast.a, case)
    assert not event.is_public
    assert case.moderation == ("SPAM" if how == "spam" else "PRIVATE")
    assert not any(default_storage.exists(name) for name in names)
    assert visit(cast.a.host, f"/media/{names[0]}").status_code == 404
    assert (again(file).is_public, file.public_path, file.private_path != "") == (False, "", True)
    assert generation(cast.province) > before
    assert set(CaseParty.everywhere.filter(case=case).values_list("is_public", flat=True)) == {False}


def test_the_sweep_deletes_what_no_row_names(cast: Cast) -> None:
    case, other = make_case(cast.a), make_case(cast.a)
    file, kept = add_file(case), add_file(other)
    press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Cống"})
    press(cast.a, other, pictures={kept.pk: []}, descriptions={kept.pk: "Cống"})
    lost = default_storage.save(f"u{cast.a.unit.pk}/phan-anh/2026/11/khong-ai-nhac-den.webp", ContentFile(b"x"))
    young = default_storage.save(f"u{cast.a.unit.pk}/phan-anh/2026/11/vua-viet-xong.webp", ContentFile(b"x"))
    os.utime(default_storage.path(lost), (1, 1))
    with unit_scope(cast.a.unit):
        # Committed, but killed before the files were deleted: nothing runs what waits for the commit.
        hide(case=case, reason=HideReason.RUDE, seen=case.version, actor=cast.a.admin)
        dropped = AuditEntry.objects.about(case).get(verb="case.hidden").detail["dropped"]
        assert all(default_storage.exists(name) for name in dropped)
        assert sweep_public_files() == 3
        assert sweep_public_files() == 0
    assert not any(default_storage.exists(name) for name in [*dropped, lost])
    assert default_storage.exists(again(kept).public_path)
    assert default_storage.exists(young), "what was written just now may still get its row"
    default_storage.delete(young)


def test_a_public_copy_is_known_to_units_with_a_part_alone(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    press(cast.a, case, pictures={file.pk: []}, descriptions={file.pk: "Cống"})
    names = [again(file).public_path, file.public_small]
    for unit, sees in ((cast.a.unit, True), (cast.province, True), (cast.b.unit, False)):
        with unit_scope(unit):
            assert [CaseFile.objects.shown_as(name).exists() for name in names] == [sees, sees]
            assert not CaseFile.objects.shown_as(file.private_path).exists()
    take_away(cast.a, hide, case, reason=HideReason.RUDE)
    with unit_scope(cast.province):
        assert not any(CaseFile.objects.shown_as(name).exists() for name in names)
