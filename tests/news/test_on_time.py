"""“Đăng đúng hạn”: months and groups of a unit, all units of the province, and nobody else's business."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.actions.documents import publish_document, save_document, withdraw_document
from news.models import Document
from news.on_time import months_of, units_in, waiting_now, year_of
from portal.core.tenancy import unit_scope
from tests.factories.cast import HANOI, Cast
from tests.factories.register import make_document, stored
from tests.factories.visits import body_of, visit

PAGE = "/quan-tri/news/document/dung-han/"
UNITS = f"{PAGE}cac-don-vi/"
CSV = "/quan-tri/news/document/dung-han/cac-don-vi.csv"


def published(number: str, signed: date, at: datetime, **more: Any) -> Document:
    """A document published at a moment, by the system."""
    document = make_document(number, f"Số {number}", issued_on=signed, **more)
    return publish_document(document=document, actor=None, secrecy_checked=True, at=at)


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, tzinfo=HANOI)


@pytest.fixture
def year(cast: Cast) -> Cast:
    """Thuận An: October one late; November two in time, one late, each in its group. Phú Vinh: one in time."""
    with unit_scope(cast.a.unit):
        # Thursday 1/10, due on the 8th; published on Wednesday 14th: 4 days late, 9 working days.
        published("1/QĐ-UBND", date(2026, 10, 1), moment(10, 14))
        # Monday 2/11 → Wednesday 4/11: 2 days. Monday 2/11 → Thursday 5/11: 3 days.
        published("2/QĐ-UBND", date(2026, 11, 2), moment(11, 4))
        published("3/QĐ-UBND", date(2026, 11, 2), moment(11, 5))
        # A legal document has two days: Monday 2/11 → Friday 6/11 is 2 days late, 4 working days.
        published("4/2026/QĐ-UBND", date(2026, 11, 2), moment(11, 6), group="NORMATIVE")
        publish_document(
            document=make_document("5/2020/QĐ-UBND", issued_on=date(2020, 1, 2)), actor=None, secrecy_checked=True,
            is_timed=False,
        )  # fmt: skip
        make_document("6/QĐ-UBND", issued_on=date(2026, 11, 2))
    with unit_scope(cast.b.unit):
        published("1/QĐ-UBND", date(2026, 11, 2), moment(11, 3))
    return cast


def test_a_units_months_and_groups(year: Cast) -> None:
    with unit_scope(year.a.unit):
        november, october = months_of(2026)
        assert (november.first, october.first) == (date(2026, 11, 1), date(2026, 10, 1))
        assert (november.all.on_time, november.all.late, november.all.median_words) == (2, 1, "3")
        assert [(str(label), line.on_time, line.late, line.median_words) for label, line in november.groups] == [
            ("Văn bản quy phạm pháp luật", 0, 1, "4"), ("Chỉ đạo, điều hành", 2, 0, "2,5"),
        ]  # fmt: skip
        assert (october.all.on_time, october.all.late, october.all.median_words) == (0, 1, "9")
        # The cast's own draft is due on Monday 23/11; number 6 was due on 9/11.
        assert waiting_now(date(2026, 11, 22)) == {"waiting": 2, "overdue": 1}
        assert months_of(2025) == []


def test_a_withdrawn_document_still_counts_as_it_was_published(year: Cast) -> None:
    with unit_scope(year.a.unit):
        late = Document.objects.get(number="1/QĐ-UBND")
        withdraw_document(document=late, note="Nhầm.", actor=None)
        assert months_of(2026)[1].all.late == 1


def test_correcting_the_day_of_signing_corrects_the_count(year: Cast) -> None:
    with unit_scope(year.a.unit):
        late = Document.objects.get(number="1/QĐ-UBND")
        late.issued_on = date(2026, 10, 12)
        save_document(document=late, actor=None)
        assert stored(late).days_late == 0
        assert months_of(2026)[1].all.on_time == 1


def test_the_province_sees_every_unit_the_latest_first(year: Cast) -> None:
    with unit_scope(year.province):
        rows = units_in([year.province, year.b.unit, year.a.unit, year.third], 2026)
    assert [row.unit.pk for row in rows[:2]] == [year.a.unit.pk, year.b.unit.pk]
    assert (rows[0].line.on_time, rows[0].line.late, rows[0].waiting, rows[0].overdue) == (2, 2, 2, 1)
    assert (rows[1].line.on_time, rows[1].line.share, rows[1].line.median_words) == (1, 100, "1")
    assert rows[2].line.share is None
    assert rows[2].line.median_words == "–"


def test_the_pages_say_it(year: Cast) -> None:
    text = body_of(visit(year.a.host, PAGE, user=year.a.admin))
    for words in ("Tháng 11/2026", "Chỉ đạo, điều hành", "2,5", "2 ngày làm việc", "6/QĐ-UBND: Về việc thử"):
        assert words in text, words
    assert "Mọi đơn vị" not in text, "only the province's site has that page"
    assert year.b.marker not in text
    text = body_of(visit(year.province.canonical_host, UNITS, user=year.operator))
    assert "3 văn bản đúng hạn, 2 trễ" in text
    assert "Phường Thuận An" in text
    assert "Xã Phú Thuận" not in text, "a unit that is no more"


def test_the_file_opens_in_a_spreadsheet(year: Cast) -> None:
    response = visit(year.province.canonical_host, f"{CSV}?nam=2026", user=year.operator)
    assert response.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(body_of(response).removeprefix("\ufeff")), delimiter=";"))
    assert rows[1][1:] == ["Phường Thuận An", "2026", "2", "2", "3,5", "2", "1"]


@pytest.mark.parametrize("path", [UNITS, CSV])
def test_a_commune_has_no_table_of_the_others(year: Cast, path: str) -> None:
    assert visit(year.a.host, path, user=year.a.admin).status_code == 404
    assert visit(year.a.host, path, user=year.operator).status_code == 404
    assert visit(year.province.canonical_host, path, user=year.a.admin).status_code == 302, "not a member there"


@pytest.mark.parametrize("text", ["", "x", "-5", "0", "99999", "20261", "٢٠٢٦", "9" * 5000])
def test_a_senseless_year_is_this_one(text: str, clock: time_machine.Traveller) -> None:
    assert year_of(text) == 2026


def test_a_year_before_is_asked_for_by_number(year: Cast) -> None:
    assert year_of("2025") == 2025
    assert "Năm này chưa có văn bản nào" in body_of(visit(year.a.host, f"{PAGE}?nam=2025", user=year.a.admin))


@pytest.mark.parametrize("path", [PAGE, UNITS])
def test_the_pages_cost_the_same_however_many_documents(year: Cast, path: str) -> None:
    host, user = (year.a.host, year.a.admin) if path == PAGE else (year.province.canonical_host, year.operator)
    client = Client()
    client.force_login(user)
    counts = []
    for number in (10, 20):
        client.get(path, headers={"host": host})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path, headers={"host": host}).status_code == 200
        counts.append(len(queries))
        for house in (year.a, year.b):
            with unit_scope(house.unit):
                published(f"{number}/QĐ-UBND", date(2026, 9, 3), moment(9, number))
                make_document(f"{number + 1}/QĐ-UBND", issued_on=date(2026, 11, 3))
    assert counts[0] == counts[1] <= 20
