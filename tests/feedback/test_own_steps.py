"""What a sender does with their case: adding, taking back, taking everything away."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from feedback.actions.case_steps import Stale
from feedback.actions.sender_steps import export_of, supply, withdraw, withdraw_consent
from feedback.cases.event_words import lines_of
from feedback.enums.cases import (
    CaseStatus,
    ConsentPurpose,
    EventKind,
    FileKind,
    Moderation,
)
from feedback.models import Case, CaseConsent, CaseDraft, CaseEvent, CaseFile, CaseParty
from portal.core.models import AuditEntry
from portal.core.private_files import open_private
from portal.core.sealing import unseal
from portal.core.tenancy import unit_scope
from portal.core.visitors import TooMany
from tests.factories.cases import EMAIL, PHONE, make_case, make_public_case, receive
from tests.factories.cast import NOW, Cast
from tests.factories.own_cases import a_picture, answer, ask, body_of, fresh, own_path, press, visit

pytestmark = pytest.mark.django_db


def events_of(case: Case) -> list[CaseEvent]:
    with unit_scope(case.intake_unit_id):
        return list(CaseEvent.objects.filter(case=case).in_order())


# --- adding -----------------------------------------------------------------------------------------------------------


def test_what_was_asked_is_supplied_and_the_clock_runs_on(cast: Cast) -> None:
    case = make_case(cast.a)
    ask(cast.a, case)
    with time_machine.travel(NOW + timedelta(days=8), tick=False), unit_scope(cast.a.unit):
        row = fresh(case)
        supply(case=row, text="Phía bên trái, gọi 0905 777 666, xem http://x.vn")
    row = fresh(case)
    # Ten working days were left on Sunday the 22nd, and are again from Monday the 30th.
    assert (row.status, row.stopped_on, row.due_on) == (CaseStatus.RECEIVED, None, date(2026, 12, 14))
    event = events_of(case)[-1]
    assert (event.kind, event.is_public) == (EventKind.SUPPLIED, True)
    assert "0905 777 666" not in event.text
    assert "Phía bên trái" in event.text
    assert lines_of(event, row).text == ""
    assert "Phía bên trái" in lines_of(event, row, for_sender=True).text
    assert "0905 777 666" in unseal(row.sealed_text)
    with unit_scope(cast.a.unit):
        assert not AuditEntry.objects.filter(verb="case.supplied", detail__icontains="bên trái").exists()


def test_words_and_pictures_are_added_by_the_form_without_javascript(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "bo-sung/")
    page = body_of(visit(cast.a, path))
    assert body_of(visit(cast.a, path)).count('name="don"') == 1
    key = page.split('name="don" value="')[1].split('"')[0]
    data = {"text": "Nước đã tràn vào nhà bà cụ số 14.", "don": key, "files": a_picture()}
    response = press(cast.a, path, data)
    assert (response.status_code, response["Location"]) == (302, own_path(received.token) + "?bao=bo-sung")
    # The same button again adds nothing.
    again = press(cast.a, path, {"text": "Nước đã tràn vào nhà bà cụ số 14.", "don": key})
    assert again["Location"].endswith("?bao=bo-sung")
    with unit_scope(cast.a.unit):
        file = CaseFile.objects.get(case=received.case)
        assert file.event is not None
        assert (file.event.kind, file.is_public, file.is_from_sender) == (EventKind.SUPPLIED, False, True)
        assert CaseDraft.objects.filter(case_id=received.case.pk).count() == 1
        with open_private(file.private_path) as opened:
            stored = opened.read()
    assert [event.kind for event in events_of(received.case)].count(EventKind.SUPPLIED) == 1
    picture = visit(cast.a, own_path(received.token, f"tep/{file.pk}/"))
    assert picture.status_code == 200
    assert b"".join(picture.streaming_content) == stored
    assert "no-store" in picture["Cache-Control"]
    assert visit(cast.b, own_path(received.token, f"tep/{file.pk}/")).status_code == 404
    other = receive(cast.a)
    assert visit(cast.a, own_path(other.token, f"tep/{file.pk}/")).status_code == 404


def test_nothing_at_all_is_no_addition(cast: Cast) -> None:
    received = receive(cast.a)
    response = press(cast.a, own_path(received.token, "bo-sung/"), {"text": " \u200b "})
    assert response.status_code == 422
    assert "Viết vài câu" in body_of(response)


def test_a_closed_case_takes_nothing_more_and_six_a_day_are_enough(cast: Cast) -> None:
    received = receive(cast.a)
    with unit_scope(cast.a.unit):
        for number in range(6):
            supply(case=received.case, text=f"Thêm lần {number}")
        with pytest.raises(TooMany):
            supply(case=received.case, text="Thêm nữa")
    assert press(cast.a, own_path(received.token, "bo-sung/"), {"text": "Thêm nữa"}).status_code == 429
    answer(cast.a, received.case)
    with unit_scope(cast.a.unit), pytest.raises(Stale):
        supply(case=fresh(received.case), text="Muộn")
    assert visit(cast.a, own_path(received.token, "bo-sung/"))["Location"] == own_path(received.token)


def test_who_was_overtaken_by_the_office_adds_all_the_same(cast: Cast) -> None:
    case = make_case(cast.a)
    stale = fresh(case)
    ask(cast.a, case)
    with unit_scope(cast.a.unit):
        supply(case=stale, text="Ở bên trái")
    assert fresh(case).status == CaseStatus.RECEIVED


# --- taking back ------------------------------------------------------------------------------------------------------


def with_public_picture(case: Case) -> str:
    """A public picture of a case, on the disk."""
    with unit_scope(case.intake_unit_id):
        name = default_storage.save(f"u{case.intake_unit_id}/phan-anh/2026/11/{'k' * 22}.webp", ContentFile(b"x"))
        CaseFile(case=case, kind=FileKind.PICTURE, public_path=name, is_public=True).save(force_insert=True)
    return str(name)


def test_withdrawing_takes_it_from_everybody_else(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    case = make_public_case(cast.a)
    name = with_public_picture(case)
    with unit_scope(cast.a.unit), django_capture_on_commit_callbacks(execute=True):
        withdraw(case=case)
    row = fresh(case)
    assert (row.status, row.moderation) == (CaseStatus.WITHDRAWN, Moderation.PRIVATE)
    assert not default_storage.exists(name)
    with unit_scope(cast.a.unit):
        assert not CaseParty.objects.filter(is_public=True).exists()
        with pytest.raises(Stale):
            withdraw(case=row)


def test_withdrawing_asks_first(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "rut/")
    assert visit(cast.a, path).status_code == 200
    assert fresh(received.case).status == CaseStatus.RECEIVED
    assert press(cast.a, path, {})["Location"].endswith("?bao=rut")
    assert fresh(received.case).status == CaseStatus.WITHDRAWN
    assert visit(cast.a, path)["Location"] == own_path(received.token)


def test_consent_to_publication_is_taken_back(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    case = make_public_case(cast.a)
    name = with_public_picture(case)
    with unit_scope(cast.a.unit), django_capture_on_commit_callbacks(execute=True):
        assert withdraw_consent(case=case, purpose=ConsentPurpose.PUBLISH)
        assert not withdraw_consent(case=case, purpose=ConsentPurpose.PUBLISH)
        assert CaseConsent.objects.get(case=case, purpose=ConsentPurpose.PUBLISH).withdrawn_at
    row = fresh(case)
    assert (row.moderation, row.may_publish, row.status) == (Moderation.PRIVATE, False, CaseStatus.RECEIVED)
    assert not default_storage.exists(name)


def test_consent_to_mails_is_taken_back_by_a_button_only(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "thoi/thu/")
    assert visit(cast.a, path).status_code == 200
    with unit_scope(cast.a.unit):
        assert CaseConsent.objects.get(purpose=ConsentPurpose.MAIL).withdrawn_at is None
    assert press(cast.a, path, {})["Location"].endswith("thoi-thu")
    assert "Đã rút lúc" in body_of(visit(cast.a, own_path(received.token)))
    assert visit(cast.a, own_path(received.token, "thoi/het/")).status_code == 404


# --- taking everything away -------------------------------------------------------------------------------------------


def test_everything_is_in_the_archive(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "bo-sung/")
    press(cast.a, path, {"text": "Thêm một câu.", "files": a_picture()})
    answer(cast.a, received.case)
    response = visit(cast.a, own_path(received.token, "tai-ve/"))
    assert response["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    facts = json.loads(archive.read(f"{received.case.code}.json"))
    assert cast.a.marker in facts["noi_dung_da_viet"]
    assert "Thêm một câu." in facts["noi_dung_da_viet"]
    assert facts["nguoi_gui"]["dien_thoai"] == PHONE
    assert facts["nguoi_gui"]["thu_dien_tu"] == EMAIL
    assert len(facts["dong_y"]) == 3
    assert facts["dong_y"][0]["cau_da_dong_y"]
    assert [step["viec"] for step in facts["dien_bien"]] == ["Đã nhận", "Người gửi bổ sung", "Trả lời"]
    assert archive.read(facts["tep"][0]["tep"])[:4] == b"RIFF"
    with unit_scope(cast.a.unit):
        assert zipfile.ZipFile(io.BytesIO(export_of(fresh(received.case)))).namelist() == archive.namelist()


def test_the_archive_is_made_six_times_an_hour(cast: Cast) -> None:
    received = receive(cast.a)
    path = own_path(received.token, "tai-ve/")
    answers = [visit(cast.a, path) for _turn in range(7)]
    for response in answers[:6]:
        b"".join(response.streaming_content)
    assert [response.status_code for response in answers] == [200] * 6 + [429]
