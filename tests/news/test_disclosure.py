"""/cong-khai/: an entry from draft to page and away again; what is missing and late; another unit's rows; bad addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from news.actions.disclosure import delete_disclosure, publish_disclosure, save_disclosure, withdraw_disclosure
from news.actions.disclosure_terms import delete_duty, remeasure_disclosures, save_duty
from news.models import Attachment, DisclosureDuty, DisclosureEntry
from news.tasks.disclosure import measure_all_disclosures
from portal.core.models import AuditEntry, Holiday
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import HANOI, NOW, Cast, House, make_cast
from tests.factories.disclosure import (
    BUDGET,
    EVENT,
    PLAN,
    QUARTERS,
    STANDING,
    duty_of,
    make_duty,
    make_entry,
)
from tests.factories.documents import document_of
from tests.factories.visits import body_of, visit
from units.actions import close_unit
from units.enums import Module, Role, UnitKind
from units.models import Site, Unit


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=HANOI)


def new(house: House, code: str, **more: Any) -> DisclosureEntry:
    return make_entry(house, code, draft=True, **more)


def page(house: House, path: str = "/cong-khai/") -> str:
    return body_of(visit(house.host, path))


# --- from draft to page -----------------------------------------------------------------------------------------------


def test_a_draft_is_seen_by_nobody_until_it_is_published(cast: Cast) -> None:
    a = cast.a
    draft = new(a, BUDGET, year=2026, part=9)
    assert visit(a.host, draft.get_absolute_url()).status_code == 404
    assert f"Công khai {a.marker}" not in page(a)
    approver = a.people[Role.APPROVER]
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="bí mật nhà nước"):
            publish_disclosure(entry=draft, actor=approver, secrecy_checked=False)
        assert publish_disclosure(entry=draft, actor=approver, secrecy_checked=True)
        assert not publish_disclosure(entry=draft, actor=approver, secrecy_checked=True)
        assert draft.secrecy_checked_by == approver
        verbs = list(AuditEntry.objects.about(draft).values_list("verb", flat=True))
    assert verbs.count("disclosure.publish") == 1
    text = page(a, draft.get_absolute_url())
    for words in ("9 tháng năm 2026", a.marker, "15/10/2026", "22/11/2026", "Trễ 38 ngày", "Thông tư 26/2026/TT-BTC"):
        assert words in text, words
    assert f"Công khai {a.marker}" in page(a)
    assert f"Công khai {a.marker}" in page(a, f"/cong-khai/noi-dung/{BUDGET}/")


def test_authors_write_approvers_publish(cast: Cast) -> None:
    a = cast.a
    author, editor, approver = (a.people[role] for role in (Role.AUTHOR, Role.EDITOR, Role.APPROVER))
    with unit_scope(a.unit):
        entry = DisclosureEntry(duty=duty_of(QUARTERS), year=2026, part=2, nothing_arose=True)
        save_disclosure(entry=entry, actor=author)
        for person in (author, editor):
            with pytest.raises(PermissionDenied):
                publish_disclosure(entry=entry, actor=person, secrecy_checked=True)
        publish_disclosure(entry=entry, actor=approver, secrecy_checked=True)
        with pytest.raises(PermissionDenied):
            save_disclosure(entry=entry, actor=editor)
        with pytest.raises(PermissionDenied):
            withdraw_disclosure(entry=entry, note="x", actor=editor)
        with pytest.raises(PermissionDenied):
            save_disclosure(entry=DisclosureEntry(duty=duty_of(QUARTERS), year=2026, part=1), actor=cast.b.admin)


def test_nothing_to_read_is_not_published_but_nothing_arose_is(cast: Cast) -> None:
    a = cast.a
    empty = new(a, QUARTERS, year=2026, part=1, body="<p> </p>")
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="Chưa có gì để đọc"):
            publish_disclosure(entry=empty, actor=a.admin, secrecy_checked=True)
        empty.nothing_arose = True
        save_disclosure(entry=empty, actor=a.admin)
        assert publish_disclosure(entry=empty, actor=a.admin, secrecy_checked=True)
    assert "Trong quý I năm 2026 không phát sinh" in page(a, empty.get_absolute_url())


def test_an_event_has_a_day(cast: Cast) -> None:
    a = cast.a
    entry = new(a, EVENT)
    with unit_scope(a.unit), pytest.raises(ValidationError, match="ngày ký"):
        publish_disclosure(entry=entry, actor=a.admin, secrecy_checked=True)
    entry = make_entry(a, EVENT, signed_on=date(2026, 11, 19))
    assert (entry.year, entry.due_on, entry.days_late) == (2026, date(2026, 11, 26), 0)


def test_a_document_of_the_register_is_linked(cast: Cast) -> None:
    a = cast.a
    document = document_of(a)
    entry = make_entry(a, EVENT, document=document, signed_on=date(2026, 11, 19), body="")
    assert document.get_absolute_url() in page(a, entry.get_absolute_url())
    with unit_scope(a.unit):
        other = document_of(cast.b)
        with pytest.raises(ScopeError):
            save_disclosure(entry=DisclosureEntry(duty=duty_of(EVENT), document=other), actor=a.admin)


def test_withdrawing_needs_words_and_keeps_the_page(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=3)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="Viết một câu"):
            withdraw_disclosure(entry=entry, note="  ", actor=a.admin)
        assert withdraw_disclosure(entry=entry, note="Nhập nhầm quý.", actor=a.admin)
        assert not withdraw_disclosure(entry=entry, note="Lần nữa", actor=a.admin)
    response = visit(a.host, entry.get_absolute_url())
    assert response.status_code == 410
    assert "Nhập nhầm quý." in body_of(response)
    assert "Số liệu" not in body_of(response)
    assert f"Công khai {a.marker}" not in page(a)
    assert "quý III năm 2026" in page(a), "the period is missing again"
    first = entry.published_at
    with unit_scope(a.unit):
        assert publish_disclosure(entry=entry, actor=a.admin, secrecy_checked=True)
    assert entry.published_at == first
    assert visit(a.host, entry.get_absolute_url()).status_code == 200


def test_only_drafts_that_nobody_saw_are_deleted(cast: Cast) -> None:
    a = cast.a
    seen, draft = make_entry(a, QUARTERS, year=2026, part=3), new(a, QUARTERS, year=2026, part=2)
    with unit_scope(a.unit):
        with pytest.raises(ValidationError, match="chỉ gỡ"):
            delete_disclosure(entry=seen, actor=a.admin)
        delete_disclosure(entry=draft, actor=a.admin)
        with pytest.raises(ValidationError, match="không còn"):
            save_disclosure(entry=draft, actor=a.admin)
        assert DisclosureEntry.objects.count() == 1


def test_a_form_that_was_opened_before_somebody_saved_is_refused(cast: Cast) -> None:
    a = cast.a
    draft = new(a, QUARTERS, year=2026, part=2)
    with unit_scope(a.unit), pytest.raises(ValidationError, match="vừa lưu"):
        save_disclosure(entry=draft, actor=a.admin, seen=draft.edited_at - timedelta(minutes=1))


def test_a_form_never_writes_where_an_entry_stands(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=3, at=at(2026, 10, 5))
    with unit_scope(a.unit):
        entry.status, entry.published_at, entry.title = "DRAFT", None, "Tên mới"
        save_disclosure(entry=entry, actor=a.admin)
        stored = DisclosureEntry.objects.get(pk=entry.pk)
    assert (stored.status, stored.published_at, stored.title) == ("PUBLISHED", at(2026, 10, 5), "Tên mới")


@pytest.mark.postgres
def test_two_publishers_at_once_publish_once(two: Callable[..., list[Any]]) -> None:
    cast = make_cast()
    make_duty(QUARTERS) if not DisclosureDuty.objects.filter(code=QUARTERS).exists() else None
    draft = new(cast.a, QUARTERS, year=2026, part=3)

    def publish(role: Role) -> bool:
        entry = DisclosureEntry.objects.get(pk=draft.pk)
        return publish_disclosure(entry=entry, actor=cast.a.people[role], secrecy_checked=True)

    outcomes = two(cast, lambda: publish(Role.APPROVER), lambda: publish(Role.UNIT_ADMIN))
    assert sorted(outcomes) == [False, True]


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year", "part", "field"),
    [
        (QUARTERS, 0, 1, "year"), (QUARTERS, 99999, 1, "year"), (QUARTERS, None, 1, "year"), (QUARTERS, 2026, 5, "part"),
        (QUARTERS, 2026, 0, "part"), (BUDGET, 2026, 13, "part"), (PLAN, 2026, 1, "part"),
    ],
)  # fmt: skip
def test_a_period_that_does_not_exist_is_refused(cast: Cast, code: str, year: Any, part: int, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        new(cast.a, code, year=year, part=part)
    assert field in refusal.value.error_dict


def test_days_to_come_and_days_of_long_ago_are_refused(cast: Cast) -> None:
    for day in (date(2026, 11, 23), date(26, 11, 2)):
        with pytest.raises(ValidationError) as refusal:
            new(cast.a, EVENT, signed_on=day)
        assert "signed_on" in refusal.value.error_dict


def test_an_event_is_nothing_that_did_not_arise(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        new(cast.a, EVENT, nothing_arose=True)
    assert "nothing_arose" in refusal.value.error_dict


def test_a_duty_of_others_is_refused(cast: Cast) -> None:
    make_duty("chi-tinh", kinds=["PROVINCE"])
    make_duty("mai-sau", valid_from=date(2027, 1, 1))
    for code in ("chi-tinh", "mai-sau"):
        with pytest.raises(ValidationError, match="không phải công khai"):
            new(cast.a, code, year=2026, part=1)


@pytest.mark.parametrize(
    "path",
    [
        "/cong-khai/noi-dung/khong-co/", "/cong-khai/noi-dung/ngan-sach-tinh-thuc-hien/", "/cong-khai/x-999999999999999999/",
        "/cong-khai/noi-dung/danh-muc-quy/?truoc=abc", "/cong-khai/noi-dung/danh-muc-quy/?truoc=99999-1-1",
        "/cong-khai/noi-dung/danh-muc-quy/?truoc=2026-9-" + "9" * 30, "/cong-khai/noi-dung/danh-muc-quy/?truoc=2020-1-1",
        "/cong-khai/bang/999999999999999999.csv", "/cong-khai/cac-don-vi/", "/cong-khai/cac-don-vi.csv",
    ],
)  # fmt: skip
def test_junk_is_not_found(cast: Cast, path: str) -> None:
    assert visit(cast.a.host, path).status_code == 404


@pytest.mark.parametrize("year", ["0", "99999", "abc", "2026 OR 1=1", "1999", "٢٠٢٦", ""])
def test_a_year_without_anything_is_todays_page(cast: Cast, year: str) -> None:
    response = visit(cast.a.host, f"/cong-khai/?nam={year}")
    assert response.status_code == 200
    assert "Công khai năm" not in body_of(response)


def test_an_outdated_slug_leads_on(cast: Cast) -> None:
    entry = make_entry(cast.a, QUARTERS, year=2026, part=3)
    response = visit(cast.a.host, f"/cong-khai/ten-cu-{entry.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, entry.get_absolute_url())


def test_hostile_texts_are_cleaned(cast: Cast) -> None:
    entry = make_entry(
        cast.a, EVENT, signed_on=date(2026, 11, 20), title="<b>Tên</b><script>alert(1)</script>", signer="<i onclick=x>",
        body="<p onclick=x>A<script>alert(1)</script><a href='javascript:alert(1)'>B</a></p>",
    )  # fmt: skip
    for path in (entry.get_absolute_url(), "/cong-khai/", f"/cong-khai/noi-dung/{EVENT}/", "/cong-khai/rss/"):
        text = page(cast.a, path)
        for bad in ("<script>alert", "<b>Tên", "<i onclick", "javascript:"):
            assert bad not in text, (path, bad)


def test_the_register_as_a_file_runs_no_formula(cast: Cast) -> None:
    a = cast.a
    make_entry(a, QUARTERS, year=2026, part=3, at=at(2026, 10, 9), title="=HYPERLINK(1)", signer="@SUM(1)")
    response = visit(a.host, "/cong-khai/tai-ve.csv")
    rows = list(csv.reader(io.StringIO(body_of(response).lstrip("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["Mã nội dung", "Nội dung", "Kỳ"]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Tên"] == "'=HYPERLINK(1)"
    assert row["Người ký"] == "'@SUM(1)"
    assert (row["Hạn công khai"], row["Ngày công khai"], row["Trễ (ngày)"]) == ("2026-10-07", "2026-10-09", "2")
    assert row["Kỳ"] == "quý III năm 2026"


# --- what is missing and late -----------------------------------------------------------------------------------------


def test_what_is_missing_and_late_is_said(cast: Cast) -> None:
    a = cast.a
    make_entry(a, QUARTERS, year=2026, part=2, at=at(2026, 7, 7))
    make_entry(a, QUARTERS, year=2026, part=1, at=at(2026, 4, 10))
    text = page(a, f"/cong-khai/noi-dung/{QUARTERS}/")
    order = [text.index(words) for words in ("Quý IV năm 2026", "Quý III năm 2026", "Quý II năm 2026", "Quý I năm 2026", "Quý IV năm 2025")]  # fmt: skip
    assert order == sorted(order), "newest first, missing ones in their place"
    assert "Sắp công khai quý IV năm 2026" in text
    assert "Chưa công khai quý III năm 2026" in text
    assert "hạn là ngày 07/10/2026" in text
    assert "Trễ 3 ngày làm việc" in text
    assert "Đúng hạn" in text
    shelf = page(a)
    assert "14 nội dung:" in shelf
    assert "Còn thiếu" in shelf


def test_events_are_never_missing_what_must_be_there_is(cast: Cast) -> None:
    event, standing = page(cast.a, f"/cong-khai/noi-dung/{EVENT}/"), page(cast.a, f"/cong-khai/noi-dung/{STANDING}/")
    assert "Chưa có mục nào" in event
    assert "Còn thiếu" not in event
    assert "Còn thiếu" in standing
    make_entry(cast.a, STANDING)
    assert "Đã công khai" in page(cast.a, f"/cong-khai/noi-dung/{STANDING}/")


def test_a_year_shows_what_was_for_it(cast: Cast) -> None:
    a = cast.a
    make_entry(a, QUARTERS, year=2026, part=3, title="Quý ba năm nay")
    make_entry(a, QUARTERS, year=2025, part=4, title="Quý bốn năm ngoái")
    text = page(a, "/cong-khai/?nam=2025")
    assert "Công khai năm 2025" in text
    assert "Quý bốn năm ngoái" in text
    assert "Quý ba năm nay" not in text
    assert "quý III năm 2025" in text, "missing of that year"
    assert "quý II năm 2026" not in text


def test_midnight_turns_what_is_missing(cast: Cast) -> None:
    a = cast.a
    with time_machine.travel(at(2026, 10, 7), tick=False):
        assert "Sắp công khai quý III năm 2026" in page(a, f"/cong-khai/noi-dung/{QUARTERS}/")
        generation = Unit.objects.get(pk=a.unit.pk).generation
        changed = Unit.objects.get(pk=a.unit.pk).changed_at
    with time_machine.travel(at(2026, 10, 8), tick=False):
        measure_all_disclosures()
        unit = Unit.objects.get(pk=a.unit.pk)
        assert unit.generation > generation
        assert unit.changed_at == changed, "nobody changed the site"
        assert "Chưa công khai quý III năm 2026" in page(a, f"/cong-khai/noi-dung/{QUARTERS}/")


def test_a_new_holiday_and_a_changed_duty_move_what_is_kept(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=3, at=at(2026, 10, 8))
    assert (entry.due_on, entry.days_late) == (date(2026, 10, 7), 1)
    Holiday.objects.create(day=date(2026, 10, 2), name="Nghỉ bù", is_worked=False)
    with unit_scope(a.unit):
        assert remeasure_disclosures() == 1
        assert remeasure_disclosures() == 0
        entry.refresh_from_db()
        assert (entry.due_on, entry.days_late) == (date(2026, 10, 8), 0)
        duty = entry.duty
        duty.due_days = 3
        save_duty(duty=duty, actor=cast.operator)
        remeasure_disclosures()
        entry.refresh_from_db()
    assert (entry.due_on, entry.days_late) == (date(2026, 10, 6), 2)


def test_a_duty_that_has_begun_is_ended_not_deleted(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đừng xóa"):
        delete_duty(duty=duty_of(QUARTERS), actor=None)
    future = make_duty("mai-sau", valid_from=date(2027, 1, 1))
    with unit_scope(cast.a.unit):
        delete_duty(duty=future, actor=cast.operator)
    assert not DisclosureDuty.objects.filter(code="mai-sau").exists()


def test_keyset_reaches_every_entry_once(cast: Cast) -> None:
    a = cast.a
    with unit_scope(a.unit):
        duty = duty_of(EVENT)
        DisclosureEntry.objects.bulk_create(
            DisclosureEntry(duty=duty, title=f"Dự án số {n:03d}", slug="du-an", year=2026 - n // 20, part=0, status="PUBLISHED",
                            published_at=timezone.now()) for n in range(65)
        )  # fmt: skip
    seen: list[str] = []
    path = f"/cong-khai/noi-dung/{EVENT}/"
    for _ in range(3):
        text = page(a, path)
        seen += [piece[:12] for piece in text.split('">')[1:] if piece.startswith("Dự án số ")]
        _before, found, rest = text.partition("?truoc=")
        path = f"/cong-khai/noi-dung/{EVENT}/?truoc={rest.split(chr(34))[0]}" if found else ""
        if not path:
            break
    assert len(seen) == len(set(seen)) == 65


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_another_units_entries_are_not_here(cast: Cast) -> None:
    entry = make_entry(cast.b, QUARTERS, year=2026, part=3)
    assert visit(cast.a.host, entry.get_absolute_url()).status_code == 404
    for path in ("/cong-khai/", f"/cong-khai/noi-dung/{QUARTERS}/", "/cong-khai/tai-ve.csv", "/cong-khai/rss/"):
        assert cast.b.marker not in page(cast.a, path)
        assert cast.b.marker in page(cast.b, path)
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="không còn"):
        publish_disclosure(entry=entry, actor=cast.a.admin, secrecy_checked=True)


def test_another_units_file_is_refused(cast: Cast) -> None:
    with unit_scope(cast.b.unit):
        file = Attachment.objects.create(file="u/x.pdf", title="Tệp", extension="pdf", size=1, sha256="0" * 64)
    with unit_scope(cast.a.unit), pytest.raises(ScopeError):
        save_disclosure(
            entry=DisclosureEntry(duty=duty_of(QUARTERS), year=2026, part=1), actor=cast.a.admin, files=[file]
        )


def test_a_site_without_the_module_has_no_such_pages(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=3)
    with unit_scope(a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [one for one in site.modules if one != Module.DISCLOSURE]
        site.save()
    for path in ("/cong-khai/", entry.get_absolute_url(), "/cong-khai/rss/", "/cong-khai/tai-ve.csv", f"/cong-khai/noi-dung/{QUARTERS}/"):  # fmt: skip
        assert visit(a.host, path).status_code == 404, path
    assert "/cong-khai/" not in page(a, "/so-do-trang/")
    assert "/cong-khai/" not in page(a, "/sitemap-0.xml")


def test_a_closed_unit_keeps_its_archive_and_owes_nothing(cast: Cast) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=2)
    close_unit(unit=a.unit, last_day=date(2026, 10, 31))
    text = page(a)
    assert a.marker in text
    assert "Còn thiếu" not in text
    assert visit(a.host, entry.get_absolute_url()).status_code == 200
    with pytest.raises(ValidationError, match="kết thúc hoạt động"):
        new(a, QUARTERS, year=2026, part=3)


def test_site_maps_and_search_know_it(cast: Cast, search_index: Any) -> None:
    a = cast.a
    entry = make_entry(a, QUARTERS, year=2026, part=3)
    search_index()
    assert entry.get_absolute_url() in page(a, "/sitemap-0.xml")
    assert f"/cong-khai/noi-dung/{QUARTERS}/" in page(a, "/sitemap-0.xml")
    assert "/cong-khai/" in page(a, "/so-do-trang/")
    assert entry.get_absolute_url() in page(a, "/tim-kiem/?q=danh+muc+thong+tin+da+cong+khai")


# --- the province -----------------------------------------------------------------------------------------------------


def test_the_province_sees_all_its_units(cast: Cast) -> None:
    make_entry(cast.a, QUARTERS, year=2026, part=3, at=at(2026, 10, 20))
    make_entry(cast.b, QUARTERS, year=2026, part=3, at=at(2026, 10, 2))
    text = body_of(visit("localhost", "/cong-khai/cac-don-vi/"))
    assert cast.a.unit.name in text
    assert cast.b.unit.name in text
    assert cast.a.marker not in text, "numbers only"
    assert "1 mục đúng hạn, 1 mục trễ" in text
    rows = list(csv.reader(io.StringIO(body_of(visit("localhost", "/cong-khai/cac-don-vi.csv")).lstrip("\ufeff")), delimiter=";"))  # fmt: skip
    late = {row[1]: row[5] for row in rows[1:]}
    assert late[cast.a.unit.name] == "1"
    assert late[cast.b.unit.name] == "0"
    assert cast.closed.name not in late


def test_a_unit_without_the_module_is_counted_without_a_link(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [one for one in site.modules if one != Module.DISCLOSURE]
        site.save()
    text = body_of(visit("localhost", "/cong-khai/cac-don-vi/"))
    assert cast.a.unit.name in text
    assert f"//{cast.a.host}/cong-khai/" not in text
    assert f"//{cast.b.host}/cong-khai/" in text


def test_departments_owe_other_things(cast: Cast) -> None:
    from news.disclosure_board import DutyBook

    book = DutyBook()
    owed = {kind: {duty.code for duty in book.current(kind)} for kind in (UnitKind.COMMUNE, UnitKind.DEPARTMENT, UnitKind.PROVINCE)}  # fmt: skip
    assert "ngan-sach-don-vi-du-toan" in owed[UnitKind.DEPARTMENT]
    assert not any(code.startswith("xa-") for code in owed[UnitKind.DEPARTMENT] | owed[UnitKind.PROVINCE])
    assert sum(code.startswith("xa-") for code in owed[UnitKind.COMMUNE]) == 14
    assert "dau-thau" in owed[UnitKind.COMMUNE] & owed[UnitKind.DEPARTMENT] & owed[UnitKind.PROVINCE]
