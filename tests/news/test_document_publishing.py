"""Publishing a document: by whom, in time or late by the rule of the day it was signed, seen at once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from news.actions.documents import (
    delete_document,
    publish_document,
    save_document,
    set_files,
    set_relations,
    withdraw_document,
)
from news.enums.documents import DocumentReach, DocumentStatus
from news.models import DisclosureRule
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from tests.factories.cast import HANOI, Cast, House
from tests.factories.register import make_document, published_document, stored
from tests.news.document_steps import generation, publish, verbs
from units.enums import Role


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
