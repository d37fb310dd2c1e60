"""The register's verbs: keeping, publishing on time, taking away, what later documents do to earlier ones."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from news.actions.attachments import delete_attachment
from news.actions.document_files import read_waiting_signatures
from news.actions.document_terms import remeasure_documents
from news.actions.documents import (
    FileDraft,
    RelationDraft,
    delete_document,
    publish_document,
    save_document,
    set_files,
    set_relations,
    withdraw_document,
)
from news.enums.documents import DocumentReach, DocumentStatus, Effect, FileRole, RelationKind
from news.models import Attachment, DisclosureRule, Document, DocumentFile, DocumentRelation
from portal.core import pdf_signatures
from portal.core.models import AuditEntry, Holiday
from portal.core.tenancy import ScopeError, unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import HANOI, Cast, House, make_cast
from tests.factories.register import make_document, make_file, published_document, stored
from tests.factories.signed_pdfs import CHAIR, signed_pdf
from units.enums import Role
from units.models import Unit

REPLACES, REPEALS, AMENDS, GUIDES = (
    RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.GUIDES,
)  # fmt: skip


def verbs(document: Document) -> list[str]:
    return list(AuditEntry.objects.about(document).order_by("pk").values_list("verb", flat=True))


def publish(document: Document, house: House, role: Role = Role.APPROVER, **more: Any) -> Document:
    return publish_document(document=document, actor=house.people[role], **{"secrecy_checked": True, **more})


def relate(document: Document, *drafts: RelationDraft) -> None:
    set_relations(document=document, relations=drafts, actor=None)


def draft(kind: RelationKind, number: str, **more: Any) -> RelationDraft:
    return RelationDraft(kind=kind, earlier_number=number, **more)


def generation(unit: Unit) -> int:
    return int(Unit.objects.values_list("generation", flat=True).get(pk=unit.pk))


@pytest.fixture
def house(cast: Cast) -> Any:
    with unit_scope(cast.a.unit):
        yield cast.a


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


# --- publishing -----------------------------------------------------------------------------------------------------------


def test_publishing_in_time(house: House) -> None:
    document = published_document(issued_on=date(2026, 11, 20))
    # Signed on Friday, due in five working days, published on Sunday.
    assert (document.due_on, document.days_late) == (date(2026, 11, 27), 0)


def test_publishing_late_counts_working_days(house: House, clock: time_machine.Traveller) -> None:
    document = make_document(
        "5/2026/QĐ-UBND", group="NORMATIVE", issued_on=date(2026, 11, 13), source_url="https://x.vn/"
    )
    clock.move_to(datetime(2026, 11, 25, 9, tzinfo=HANOI))
    publish(document, house)
    # Due on Tuesday 17; 18, 19, 20, 23, 24 and 25 are six working days.
    assert (stored(document).due_on, stored(document).days_late) == (date(2026, 11, 17), 6)
    assert AuditEntry.objects.about(document).get(verb="document.publish").detail["days_late"] == 6


def test_each_day_of_signing_has_the_rule_of_that_day(house: House) -> None:
    DisclosureRule.objects.filter(group="NOTICE", valid_from=date(2026, 9, 1)).update(days=3)
    before = make_document("1/TB-UBND", group="NOTICE", issued_on=date(2026, 8, 28))
    after = make_document("2/TB-UBND", group="NOTICE", issued_on=date(2026, 9, 3))
    # Friday 28/8 and five days: 31/8–2/9 off, 3, 4, 7, 8, 9. Thursday 3/9 and three: 4, 7, 8.
    assert (before.due_on, after.due_on) == (date(2026, 9, 9), date(2026, 9, 8))


def test_others_documents_have_their_own_rule_or_none(house: House) -> None:
    others = make_document("1/2026/NĐ-CP", group="NORMATIVE", is_own=False, issued_on=date(2026, 11, 2))
    assert others.due_on == date(2026, 11, 16)
    assert make_document("2/CĐ-TTg", group="STEERING", is_own=False).due_on is None
    assert make_document("3/QĐ-UBND", issued_on=None).due_on is None


def test_what_was_public_elsewhere_before_is_not_measured(house: House) -> None:
    document = make_document("54/2023/QĐ-UBND", issued_on=date(2023, 9, 30))
    publish_document(document=document, actor=None, secrecy_checked=True, is_timed=False)
    row = stored(document)
    assert (row.status, row.due_on, row.days_late) == (DocumentStatus.PUBLISHED, None, 0)
    row.abstract = "Sửa"
    save_document(document=row, actor=house.admin)
    assert (stored(document).due_on, stored(document).days_late) == (None, 0)


def test_without_the_tick_nothing_happens(house: House) -> None:
    document = make_document(source_url="https://x.vn/")
    before = generation(house.unit)
    with pytest.raises(ValidationError, match="bí mật nhà nước"):
        publish(document, house, secrecy_checked=False)
    assert stored(document).status == DocumentStatus.DRAFT
    assert verbs(document) == ["document.create"]
    assert generation(house.unit) == before


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
def test_authors_and_editors_draft_and_do_not_publish(house: House, role: Role) -> None:
    person = house.people[role]
    document = make_document(source_url="https://x.vn/")
    document.abstract = "Sửa"
    save_document(document=document, actor=person)
    with pytest.raises(PermissionDenied):
        publish(document, house, role)
    publish(document, house)
    for change in (
        lambda: save_document(document=stored(document), actor=person),
        lambda: withdraw_document(document=stored(document), note="x", actor=person),
        lambda: set_files(document=document, files=[], actor=person),
        lambda: set_relations(document=document, relations=[], actor=person),
        lambda: delete_document(document=stored(document), actor=person),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert stored(document).status == DocumentStatus.PUBLISHED


@pytest.mark.parametrize("role", [Role.APPROVER, Role.UNIT_ADMIN])
def test_who_published_is_known(house: House, role: Role) -> None:
    document = make_document(source_url="https://x.vn/")
    publish(document, house, role)
    assert stored(document).secrecy_checked_by == house.people[role]


def test_people_publish_what_is_whole(house: House) -> None:
    document = make_document(issued_on=None)
    with pytest.raises(ValidationError, match=r"ngày ban hành, tệp của văn bản"):
        publish(document, house)


def test_what_was_changed_since_it_was_looked_at_is_read_again(house: House) -> None:
    document = make_document(source_url="https://x.vn/")
    seen = document.edited_at
    save_document(document=stored(document), actor=house.people[Role.AUTHOR])
    with pytest.raises(ValidationError, match="Đọc lại bản mới"):
        publish(document, house, seen=seen)


def test_publishing_twice_is_one_story(house: House) -> None:
    document = make_document(source_url="https://x.vn/")
    mine, yours = stored(document), stored(document)
    publish(mine, house)
    first = stored(document).published_at
    publish(yours, house, Role.UNIT_ADMIN)
    row = stored(document)
    assert (row.published_at, row.secrecy_checked_by) == (first, house.people[Role.APPROVER])
    assert yours.status == DocumentStatus.PUBLISHED
    assert verbs(document).count("document.publish") == 1


def test_citizens_see_it_at_once_and_search_looks_again(house: House, cast: Cast) -> None:
    document = make_document(source_url="https://x.vn/")
    own, other = generation(house.unit), generation(cast.b.unit)
    assert not IndexChange.objects.filter(model_label="news.document").exists(), "a draft is nothing to search for"
    publish(document, house)
    assert generation(house.unit) == own + 1
    assert generation(cast.b.unit) == other
    assert IndexChange.objects.filter(model_label="news.document", object_id=document.pk).exists()


def test_a_document_for_every_site_is_the_provinces_only(house: House) -> None:
    document = make_document(source_url="https://x.vn/", reach=DocumentReach.ALL)
    with pytest.raises(ValidationError, match="Chỉ trang của tỉnh"):
        publish(document, house)


def test_a_document_for_every_site_refreshes_every_site(cast: Cast) -> None:
    with unit_scope(cast.province):
        document = make_document(source_url="https://x.vn/", reach=DocumentReach.ALL)
        before = generation(cast.b.unit)
        publish_document(document=document, actor=None, secrecy_checked=True)
        assert generation(cast.b.unit) == before + 1
        row = stored(document)
        row.reach = DocumentReach.OWN
        save_document(document=row, actor=None)
        assert generation(cast.b.unit) == before + 2, "taken out of the others' registers at once"


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


# --- what later documents do to earlier ones ------------------------------------------------------------------------------


def test_a_replaced_document_is_over_the_day_before(house: House) -> None:
    earlier = published_document("54/2023/QĐ-UBND", issued_on=date(2023, 9, 30), effective_from=date(2023, 10, 15))
    later = make_document("60/2026/QĐ-UBND", effective_from=date(2026, 12, 1), source_url="https://x.vn/")
    relate(later, draft(REPLACES, "54/2023/qd–ubnd"))
    assert stored(earlier).expires_on is None, "a draft changes nothing"
    publish(later, house)
    row = stored(earlier)
    assert row.expires_on == date(2026, 11, 30)
    assert (row.effect(date(2026, 11, 30)), row.effect(date(2026, 12, 1))) == (Effect.IN_FORCE, Effect.OVER)
    withdraw_document(document=later, note="Nhầm.", actor=None)
    assert stored(earlier).expires_on is None


def test_the_sooner_of_its_own_end_and_what_others_do_counts(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND", effective_from=date(2026, 11, 20), own_end=date(2026, 12, 31))
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2027, 3, 1))
    relate(later, draft(REPEALS, "1/2023/QĐ-UBND"))
    assert stored(earlier).expires_on == date(2026, 12, 31)
    row = stored(earlier)
    row.own_end = None
    save_document(document=row, actor=None)
    assert (stored(earlier).expires_on, row.expires_on) == (date(2027, 2, 28), date(2027, 2, 28))


def test_amending_and_ending_a_part_makes_it_partly_over(house: House) -> None:
    earlier = published_document("1/2020/QĐ-UBND", issued_on=date(2020, 1, 2), effective_from=date(2020, 2, 1))
    first = published_document("2/2021/QĐ-UBND", issued_on=date(2021, 5, 4), effective_from=date(2021, 6, 1))
    second = published_document("3/2024/QĐ-UBND", issued_on=date(2024, 5, 6), effective_from=date(2024, 6, 1))
    relate(first, draft(AMENDS, "1/2020/QĐ-UBND", what="Điều 5"))
    relate(second, draft(REPEALS, "1/2020/QĐ-UBND", is_partial=True, what="Điều 9"))
    row = stored(earlier)
    assert (row.partly_from, row.expires_on) == (date(2021, 6, 1), None)
    assert row.effect(date(2026, 1, 1)) == Effect.PARTLY
    relate(first)
    assert stored(earlier).partly_from == date(2024, 6, 1), "recomputed from what is left"
    relate(second, draft(GUIDES, "1/2020/QĐ-UBND"))
    assert stored(earlier).partly_from is None


def test_three_amendments_then_an_end(house: House) -> None:
    earlier = published_document("1/2015/QĐ-UBND", issued_on=date(2015, 1, 5), effective_from=date(2015, 2, 1))
    for year in (2017, 2019, 2022):
        later = published_document(f"7/{year}/QĐ-UBND", issued_on=date(year, 3, 1), effective_from=date(year, 4, 1))
        relate(later, draft(AMENDS, "1/2015/QĐ-UBND"))
    last = published_document("8/2025/QĐ-UBND", issued_on=date(2025, 3, 3), effective_from=date(2025, 5, 1))
    relate(last, draft(REPLACES, "1/2015/QĐ-UBND"))
    row = stored(earlier)
    assert (row.partly_from, row.expires_on) == (date(2017, 4, 1), date(2025, 4, 30))
    assert [row.effect(date(year, 1, 1)) for year in (2016, 2018, 2026)] == [
        Effect.IN_FORCE, Effect.PARTLY, Effect.OVER,
    ]  # fmt: skip


def test_the_day_named_in_the_relation_goes_before_the_documents_own(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND")
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "1/2023/QĐ-UBND", takes_effect_on=date(2027, 1, 1)))
    assert stored(earlier).expires_on == date(2026, 12, 31)


def test_a_changed_first_day_moves_the_earlier_ones_end(house: House) -> None:
    earlier = published_document("1/2023/QĐ-UBND")
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "1/2023/QĐ-UBND"))
    row = stored(later)
    row.effective_from = date(2027, 2, 1)
    save_document(document=row, actor=None)
    assert stored(earlier).expires_on == date(2027, 1, 31)


def test_a_document_entered_later_is_found_by_those_that_named_it(house: House) -> None:
    later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
    relate(later, draft(REPLACES, "01/2020/QĐ-UBND"))
    earlier = make_document("1/2020/qđ-ubnd", issued_on=date(2020, 1, 2))
    assert earlier.expires_on == date(2026, 11, 30)
    earlier.number = "3/2020/QĐ-UBND"
    save_document(document=earlier, actor=None)
    assert stored(earlier).expires_on is None, "another number was another document"


def test_a_number_that_two_documents_have_links_nothing_by_itself(house: House) -> None:
    first = published_document("12/KH-UBND", issued_on=date(2024, 2, 1))
    second = published_document("12/KH-UBND", issued_on=date(2025, 2, 3))
    later = published_document("30/KH-UBND")
    relate(later, draft(REPLACES, "12/KH-UBND"))
    assert (stored(first).expires_on, stored(second).expires_on) == (None, None)
    relate(later, draft(REPLACES, "12/KH-UBND", earlier=second))
    assert stored(first).expires_on is None
    assert stored(second).expires_on == date(2026, 11, 15)


@pytest.mark.parametrize(
    ("drafts", "words"),
    [
        ([draft(REPLACES, "--- / ...")], "Nhập số ký hiệu"),
        ([draft(REPLACES, "2/2026/qd-ubnd")], "chính nó"),
        ([draft(REPLACES, "1/QĐ-UBND"), draft(REPLACES, "01/qd-ubnd")], "ghi hai lần"),
        ([draft(GUIDES, f"{number}/QĐ-UBND") for number in range(1, 50)], "nhiều nhất"),
    ],
)
def test_relations_that_make_no_sense_are_refused(house: House, drafts: list[RelationDraft], words: str) -> None:
    document = make_document("2/2026/QĐ-UBND")
    relate(document, draft(GUIDES, "7/QĐ-UBND"))
    with pytest.raises(ValidationError, match=words):
        relate(document, *drafts)
    assert DocumentRelation.objects.get(document=document).earlier_number == "7/QĐ-UBND"


def test_the_same_relations_again_write_nothing(house: House) -> None:
    document = make_document("2/2026/QĐ-UBND")
    for _time in range(2):
        relate(document, draft(AMENDS, "1/2020/QĐ-UBND", what="Điều 1"))
    assert verbs(document).count("document.relate") == 1


def test_another_units_document_is_neither_found_nor_linked(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        other = published_document("1/2020/QĐ-UBND")
    with unit_scope(cast.a.unit):
        later = published_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1))
        relate(later, draft(REPLACES, "1/2020/QĐ-UBND"))
        assert DocumentRelation.objects.get(document=later).earlier is None
        with pytest.raises(ScopeError):
            relate(later, draft(REPLACES, "1/2020/QĐ-UBND", earlier=other))
    with unit_scope(cast.b.unit):
        assert stored(other).expires_on is None


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


# --- two connections ------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(transactional_db: None, clock: time_machine.Traveller) -> Callable[..., list[Any]]:
    """Run functions at the same time, each on its own connection; gives what each returned or raised, in order."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite writes one after the other")

    def run(cast: Cast, *verbs: Callable[[], Any]) -> list[Any]:
        start = threading.Barrier(len(verbs))
        outcomes: list[Any] = [None] * len(verbs)

        def work(place: int, verb: Callable[[], Any]) -> None:
            with unit_scope(cast.a.unit):
                start.wait()
                try:
                    outcomes[place] = verb()
                except ValidationError as error:
                    outcomes[place] = error
            connection.close()

        threads = [threading.Thread(target=work, args=(place, verb)) for place, verb in enumerate(verbs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return outcomes

    return run


@pytest.mark.postgres
def test_two_publishers_at_once_publish_once(two: Callable[..., list[Any]]) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        document = make_document(source_url="https://x.vn/")
    outcomes = two(
        cast,
        lambda: publish(stored(document), cast.a, Role.APPROVER),
        lambda: publish(stored(document), cast.a, Role.UNIT_ADMIN),
    )
    assert all(outcome.status == DocumentStatus.PUBLISHED for outcome in outcomes)
    with unit_scope(cast.a.unit):
        assert verbs(document).count("document.publish") == 1


@pytest.mark.postgres
@pytest.mark.parametrize("attempt", range(4))
@pytest.mark.parametrize("removes", [True, False])
def test_relations_rewritten_while_publishing_leave_the_earlier_one_true(
    two: Callable[..., list[Any]], removes: bool, attempt: int
) -> None:
    cast = make_cast()
    relation = draft(REPLACES, "1/2020/QĐ-UBND")
    with unit_scope(cast.a.unit):
        earlier = published_document("1/2020/QĐ-UBND")
        later = make_document("2/2026/QĐ-UBND", effective_from=date(2026, 12, 1), source_url="https://x.vn/")
        relate(later, *([relation] if removes else []))
    two(
        cast,
        lambda: publish(stored(later), cast.a),
        lambda: set_relations(document=stored(later), relations=[] if removes else [relation], actor=None),
    )
    with unit_scope(cast.a.unit):
        assert stored(later).status == DocumentStatus.PUBLISHED
        assert stored(earlier).expires_on == (None if removes else date(2026, 11, 30))


@pytest.mark.postgres
@pytest.mark.parametrize("attempt", range(4))
def test_two_documents_that_end_one_at_once_both_count(two: Callable[..., list[Any]], attempt: int) -> None:
    cast = make_cast()
    with unit_scope(cast.a.unit):
        earlier = published_document("1/2020/QĐ-UBND")
        laters = []
        for number, month in ((2, 12), (3, 1)):
            day = date(2026 + (month == 1), month, 1)
            later = make_document(f"{number}/2026/QĐ-UBND", effective_from=day, source_url="https://x.vn/")
            relate(later, draft(AMENDS if month == 1 else REPLACES, "1/2020/QĐ-UBND"))
            laters.append(later)
    two(cast, *(lambda row=row: publish(stored(row), cast.a) for row in laters))
    with unit_scope(cast.a.unit):
        row = stored(earlier)
        assert (row.expires_on, row.partly_from) == (date(2026, 11, 30), date(2027, 1, 1))
