"""Contact data go when their time is over, and a row proves it; what others were allowed to see stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from feedback.actions.forget_cases import forget_address_hashes, forget_old_senders, forget_sender
from feedback.enums.cases import CaseKind, CaseStatus, EventKind, FileKind, TermStep
from feedback.models import Case, CaseEvent, CaseFile, CaseForgetting, CaseJoin, CaseSender, CaseTerm
from feedback.tasks.forgetting import forget_all_case_senders
from portal.core import private_files
from portal.core.models import AuditEntry
from portal.core.sealing import seal
from portal.core.tenancy import unit_scope
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, visit

pytestmark = pytest.mark.django_db


def _ended(house: House, case: Case, *, days_ago: int) -> None:
    with unit_scope(house.unit):
        at = timezone.now() - timedelta(days=days_ago)
        Case.objects.filter(pk=case.pk).update(status=CaseStatus.SOLVED, closed_at=at, solved_at=at, answered_at=at)


def test_the_sender_goes_and_what_was_public_stays(cast: Cast) -> None:
    a = cast.a
    case = make_public_case(a)
    _ended(a, case, days_ago=366)
    with unit_scope(a.unit):
        CaseEvent(case=case, kind=EventKind.SUPPLIED, unit=a.unit, text="Tôi là Lan, số 5").save()
        CaseJoin.objects.create(case=case, sealed_email=seal("ai-do@example.vn"), address_hash="h")
        assert forget_old_senders() == 1
        assert forget_old_senders() == 0
        sender = CaseSender.objects.get(case=case)
        sealed = (
            sender.sealed_name,
            sender.sealed_phone,
            sender.sealed_email,
            sender.sealed_address,
            sender.phone_hash,
        )
        assert sealed == ("",) * 5
        assert sender.forgotten_at is not None
        kept = Case.objects.get(pk=case.pk)
        assert kept.sealed_text == ""
        assert a.marker in kept.text
        assert CaseEvent.objects.get(case=case, kind=EventKind.SUPPLIED).text == ""
        assert CaseJoin.objects.get(case=case).sealed_email == ""
        proof = CaseForgetting.objects.get()
        assert (proof.number, proof.keep_days, proof.codes) == (1, 365, [case.code])
        assert "91/2025" in proof.rule
        assert AuditEntry.objects.filter(verb="case.forget").count() == 1


def test_words_that_nobody_else_saw_go_as_well(cast: Cast) -> None:
    case = make_case(cast.a, kind=CaseKind.INFORMATION)
    _ended(cast.a, case, days_ago=400)
    with unit_scope(cast.a.unit):
        forget_old_senders()
        kept = Case.objects.get(pk=case.pk)
        assert cast.a.marker not in f"{kept.title} {kept.text} {kept.folded} {kept.place_text}"


def test_pictures_as_sent_are_deleted_and_the_blurred_copy_stays(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    case = make_public_case(cast.a)
    _ended(cast.a, case, days_ago=366)
    name = private_files.new_name(cast.a.unit.pk, "phan-anh", ".webp")
    private_files.store(name, b"so wie gesendet")
    with unit_scope(cast.a.unit):
        CaseFile(
            case=case,
            kind=FileKind.PICTURE,
            private_path=name,
            public_path=f"u{cast.a.unit.pk}/phan-anh/x.webp",
            is_public=True,
        ).save()
        CaseFile(case=case, kind=FileKind.PICTURE, private_path=name).save()
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            forget_old_senders()
        assert not private_files.path_of(name).exists()
        kept = CaseFile.objects.get(case=case)
        assert kept.private_path == ""
        assert kept.public_path


def test_open_and_young_cases_keep_their_sender(cast: Cast) -> None:
    still_open = make_case(cast.a)
    young = make_case(cast.a)
    _ended(cast.a, young, days_ago=364)
    with unit_scope(cast.a.unit):
        Case.objects.filter(pk=still_open.pk).update(received_at=timezone.now() - timedelta(days=900))
        assert forget_old_senders() == 0
        assert CaseSender.objects.filter(forgotten_at__isnull=True).count() == 2


def test_the_dated_row_decides(cast: Cast) -> None:
    case = make_case(cast.a)
    _ended(cast.a, case, days_ago=40)
    CaseTerm.objects.create(
        kind=CaseKind.REPORT, step=TermStep.KEEP_CONTACT, days=30, is_working=False, valid_from=date(2026, 11, 1),
        source="Quyết định thử",
    )  # fmt: skip
    with unit_scope(cast.a.unit):
        assert forget_old_senders() == 1
        assert CaseForgetting.objects.get().rule == "Quyết định thử"


def test_every_night_all_units_are_asked(cast: Cast, eager_tasks: None) -> None:
    for house in (cast.a, cast.b):
        _ended(house, make_case(house), days_ago=366)
    forget_all_case_senders()
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            assert CaseForgetting.objects.get().number == 1


def test_hashes_of_addresses_live_for_a_day(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        assert forget_address_hashes() == 0
        with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
            assert forget_address_hashes() == 1
        assert Case.objects.get(pk=case.pk).address_hash == ""


def test_one_is_forgotten_at_once_and_only_once(cast: Cast) -> None:
    case = make_case(cast.a)
    with unit_scope(cast.a.unit):
        assert forget_sender(case=case, actor=cast.a.admin)
        assert not forget_sender(case=case, actor=cast.a.admin)


def test_the_proof_can_be_read_and_not_changed(cast: Cast) -> None:
    case = make_case(cast.b)
    _ended(cast.b, case, days_ago=366)
    with unit_scope(cast.b.unit):
        forget_old_senders()
        row = CaseForgetting.objects.get()
    path = f"/quan-tri/feedback/caseforgetting/{row.pk}/change/"
    assert case.code_words in body_of(visit(cast.b.host, path, user=cast.b.admin))
    assert visit(cast.a.host, path, user=cast.a.admin).status_code == 404
