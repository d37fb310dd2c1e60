"""The register's verbs: keeping, taking away, files, and rules that come later. Each story of its own has its own file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from news.actions.attachments import delete_attachment
from news.actions.document_files import read_waiting_signatures
from news.actions.document_terms import remeasure_documents
from news.actions.documents import (
    FileDraft,
    delete_document,
    save_document,
    set_files,
    withdraw_document,
)
from news.enums.documents import DocumentStatus, FileRole
from news.models import Attachment, Document, DocumentFile, DocumentRelation
from portal.core import pdf_signatures
from portal.core.models import Holiday
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import Cast, House
from tests.factories.register import make_document, make_file, published_document, stored
from tests.factories.signed_pdfs import CHAIR, signed_pdf
from tests.news.document_steps import REPLACES, draft, generation, publish, relate, verbs
from units.enums import Role

# --- keeping --------------------------------------------------------------------------------------------------------------


def test_a_kept_document_has_its_key_year_deadline_and_audit_row(house: House) -> None:
    document = make_document(
        "54/2026/qd-ubnd", "  Quy định \u200bthử\n", group="NORMATIVE", issued_on=date(2026, 11, 13)
    )
    row = stored(document)
    assert (row.key, row.year, row.abstract) == ("54.2026.qd.ubnd", 2026, "Quy định thử")
    # Friday 13/11: Monday 16, Tuesday 17.
    assert row.due_on == date(2026, 11, 17)
    assert row.status == DocumentStatus.DRAFT
    assert verbs(document) == ["document.create"]


def test_a_save_never_changes_where_a_document_stands(house: House) -> None:
    stale = published_document()
    stale = stored(stale)
    withdraw_document(document=stored(stale), note="Nhầm bản.", actor=None)
    stale.abstract = "Sửa trích yếu"
    save_document(document=stale, actor=house.admin)
    row = stored(stale)
    assert (row.status, row.withdrawal_note, row.abstract) == (DocumentStatus.WITHDRAWN, "Nhầm bản.", "Sửa trích yếu")
    assert stale.status == DocumentStatus.WITHDRAWN, "the row in hand knows it too"


def test_a_form_filled_before_somebody_else_saved_is_refused(house: House) -> None:
    document = make_document()
    mine, yours = stored(document), stored(document)
    seen = mine.edited_at
    save_document(document=yours, actor=house.admin, seen=seen)
    with pytest.raises(ValidationError, match="Người khác vừa lưu"):
        save_document(document=mine, actor=house.people[Role.EDITOR], seen=seen)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"abstract": " \u200b "}, "trích yếu"),
        ({"issuer": ""}, "cơ quan ban hành"),
        ({"issued_on": date(2026, 11, 23)}, "sau hôm nay"),
        ({"effective_from": date(2026, 11, 1)}, "trước ngày ban hành"),
        ({"effective_from": date(2026, 12, 1), "own_end": date(2026, 11, 30)}, "trước ngày có hiệu lực"),
        ({"notes": "x" * 2_001}, "ngắn hơn"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(house: House, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        make_document(**changes)
    assert not Document.objects.filter(number="12/QĐ-UBND").exists()


def test_hostile_text_is_kept_as_text(house: House) -> None:
    document = make_document("<b>1</b>/QĐ-UBND", "<script>alert(1)</script>", signer_name="'; DROP TABLE--")
    row = stored(document)
    assert (row.abstract, row.signer_name) == ("<script>alert(1)</script>", "'; DROP TABLE--")
    assert row.slug.isascii()


# --- withdrawing ----------------------------------------------------------------------------------------------------------


def test_a_withdrawn_document_says_why_and_can_come_back_with_its_first_date(
    house: House, clock: time_machine.Traveller
) -> None:
    document = published_document()
    first = stored(document).published_at
    with pytest.raises(ValidationError, match="vì sao gỡ"):
        withdraw_document(document=document, note=" \n ", actor=house.admin)
    withdraw_document(document=document, note="Đăng nhầm bản chưa ký.", actor=house.admin)
    assert (document.status, document.withdrawal_note) == (DocumentStatus.WITHDRAWN, "Đăng nhầm bản chưa ký.")
    clock.shift(timedelta(days=30))
    publish(document, house)
    row = stored(document)
    assert (row.published_at, row.days_late, row.withdrawal_note) == (first, 0, "")
    assert verbs(document)[-3:] == ["document.publish", "document.withdraw", "document.publish"]


def test_only_drafts_are_deleted_and_others_words_about_them_stay(house: House) -> None:
    later = published_document("9/QĐ-UBND")
    earlier = make_document("8/QĐ-UBND")
    relate(later, draft(REPLACES, "8/QĐ-UBND"))
    with pytest.raises(ValidationError, match="không xóa được"):
        delete_document(document=later, actor=house.admin)
    delete_document(document=earlier, actor=house.admin)
    [relation] = DocumentRelation.objects.filter(document=later)
    assert (relation.earlier, relation.earlier_number) == (None, "8/QĐ-UBND")


# --- files ----------------------------------------------------------------------------------------------------------------


def test_files_keep_order_roles_and_what_they_say_of_signatures(house: House) -> None:
    document = make_document()
    signed, plain = make_file("da-ky.pdf", signed_pdf()), make_file("phu-luc.pdf")
    set_files(
        document=document, files=[FileDraft(signed), FileDraft(plain, FileRole.APPENDIX), FileDraft(signed)], actor=None
    )
    rows = list(DocumentFile.objects.filter(document=document))
    assert [(row.attachment_id, row.role) for row in rows] == [(signed.pk, "MAIN"), (plain.pk, "APPENDIX")]
    assert rows[0].signature["signers"][0]["name"] == CHAIR[0]
    assert rows[0].signature["is_intact"] is True
    assert rows[1].signature["is_signed"] is False


def test_large_files_are_read_by_a_worker_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.actions.document_files.IN_REQUEST_BYTES", 100)
    document = published_document()
    set_files(document=document, files=[FileDraft(make_file("da-ky.pdf", signed_pdf()))], actor=None)
    assert DocumentFile.objects.get(document=document).signature == {}
    before = generation(house.unit)
    assert read_waiting_signatures() == 1
    assert DocumentFile.objects.get(document=document).signature["is_signed"] is True
    assert generation(house.unit) == before + 1
    assert read_waiting_signatures() == 0


def test_a_file_that_can_not_be_read_is_not_asked_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_signatures, "TIME_LIMIT", 0.01)
    document = make_document()
    set_files(document=document, files=[FileDraft(make_file("da-ky.pdf", signed_pdf()))], actor=None)
    assert DocumentFile.objects.get(document=document).signature["is_signed"] is None
    assert not DocumentFile.objects.unread().exists()


def test_another_units_file_is_refused(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        other = make_file()
    with unit_scope(cast.a.unit):
        document = make_document()
        with pytest.raises(ScopeError):
            set_files(document=document, files=[FileDraft(other)], actor=None)
        assert not DocumentFile.objects.filter(document=document).exists()


def test_a_file_of_a_document_is_not_deleted_from_the_library(house: House) -> None:
    document = published_document("12/QĐ-UBND", "Văn bản giữ tệp")
    attachment = Attachment.objects.get(document_links__document=document)
    with pytest.raises(ValidationError, match="Văn bản giữ tệp"):
        delete_attachment(attachment=attachment, actor=house.admin)
    assert Attachment.objects.filter(pk=attachment.pk).exists()


# --- rules and holidays that come later -----------------------------------------------------------------------------------


def test_a_day_off_written_later_moves_deadlines(house: House) -> None:
    waiting = make_document("1/QĐ-UBND", issued_on=date(2026, 11, 20))
    public = published_document("2/QĐ-UBND", issued_on=date(2026, 11, 12))
    assert (waiting.due_on, public.days_late) == (date(2026, 11, 27), 1)
    for day in (17, 24):
        Holiday.objects.create(day=date(2026, 11, day), name="Nghỉ")
    assert remeasure_documents() == 3, "these two, and the draft of the cast"
    assert stored(waiting).due_on == date(2026, 11, 30)
    assert stored(public).days_late == 0
    assert remeasure_documents() == 0
