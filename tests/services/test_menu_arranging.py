"""The shipped menu: added once, never against the office, in constant queries; and that it is right for the real catalogue."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from services.actions.menu import EntryDraft, arrange_menu, delete_life_event, save_life_event
from services.enums import Audience
from services.forms.menu import ICONS
from services.models import LifeEvent, LifeEventProcedure, Procedure
from services.rules.menu import read_plan
from tests.factories.cast import Cast
from tests.factories.menu_rows import SINGLE, plan_file
from tests.factories.procedure_rows import BIRTH, make_procedure
from units.models import Unit

CATALOGUE = Path("/work/shared/data/procedures_all.csv.gz")
SINGLE_NAME = "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"


def _entries() -> list[tuple[str, str]]:
    rows = LifeEventProcedure.objects.order_by("order").values_list("procedure__code", "note")
    return list(rows)


def test_what_is_missing_is_added_and_told(cast: Cast, tmp_path: Path) -> None:
    make_procedure()
    make_procedure(SINGLE, SINGLE_NAME)
    before = Unit.objects.get(pk=cast.a.unit.pk).generation
    IndexChange.objects.all().delete()
    report = arrange_menu(path=plan_file(tmp_path))
    assert (report.events, report.entries, report.names, report.often) == (1, 2, 2, 1)
    event = LifeEvent.objects.get()
    assert (event.name, event.icon, event.intro) == ("Sinh con", "baby", "Trong 60 ngày.")
    assert _entries() == [(BIRTH, "Khi làm giấy khai sinh"), (SINGLE, "Khi kết hôn")]
    birth = Procedure.objects.get(code=BIRTH)
    assert (birth.everyday_names, birth.often_order) == ("làm giấy khai sinh", 10)
    assert Unit.objects.get(pk=cast.a.unit.pk).generation == before + 1
    assert IndexChange.objects.filter(model_label="services.procedure", unit=None).count() == 2
    with unit_scope(cast.province):
        assert AuditEntry.objects.get(verb="menu.arrange").detail["entries"] == 2


def test_a_second_time_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    make_procedure()
    path = plan_file(tmp_path)
    arrange_menu(path=path)
    before = Unit.objects.get(pk=cast.a.unit.pk).generation
    assert arrange_menu(path=path).is_empty
    assert Unit.objects.get(pk=cast.a.unit.pk).generation == before


def test_what_the_office_changed_or_took_away_stays_so(cast: Cast, tmp_path: Path) -> None:
    birth, single = make_procedure(), make_procedure(SINGLE, SINGLE_NAME)
    path = plan_file(tmp_path)
    arrange_menu(path=path)
    event = LifeEvent.objects.get()
    event.name, event.intro = "Có con", "Lời của tỉnh."
    with unit_scope(cast.province):
        save_life_event(event=event, entries=[EntryDraft(single, "Trước hết")], actor=cast.operator)
    Procedure.objects.filter(pk=birth.pk).update(everyday_names="tên của tỉnh", often_order=None)
    assert arrange_menu(path=path).is_empty
    event.refresh_from_db()
    birth.refresh_from_db()
    assert (event.name, event.intro) == ("Có con", "Lời của tỉnh.")
    assert _entries() == [(SINGLE, "Trước hết")]
    assert (birth.everyday_names, birth.often_order) == ("tên của tỉnh", None)
    with unit_scope(cast.province):
        delete_life_event(event=event, actor=cast.operator)
    assert arrange_menu(path=path).is_empty
    assert not LifeEvent.objects.exists()


def test_words_the_office_had_before_come_first(cast: Cast, tmp_path: Path) -> None:
    make_procedure(everyday_names="giấy khai của tỉnh\nLAM GIAY KHAI SINH", often_order=3)
    event = LifeEvent.objects.create(slug="sinh-con", name="Việc của tỉnh")
    report = arrange_menu(path=plan_file(tmp_path, names={BIRTH: ["làm giấy khai sinh", "khai sinh cho con"]}))
    row = Procedure.objects.get(code=BIRTH)
    # The same name without marks is the same name.
    assert row.everyday_list == ["giấy khai của tỉnh", "LAM GIAY KHAI SINH", "khai sinh cho con"]
    assert row.often_order == 3
    assert (report.events, report.names) == (0, 1)
    event.refresh_from_db()
    assert event.name == "Việc của tỉnh"


def test_a_line_waits_for_its_procedure(cast: Cast, tmp_path: Path) -> None:
    make_procedure()
    closed = make_procedure(SINGLE, SINGLE_NAME, valid_to="2026-01-31")
    path = plan_file(tmp_path)
    assert arrange_menu(path=path).entries == 1
    Procedure.objects.filter(pk=closed.pk).update(valid_to=None)
    report = arrange_menu(path=path)
    assert (report.events, report.entries, report.names) == (0, 1, 1)


def test_a_later_list_adds_only_its_new_lines(cast: Cast, tmp_path: Path) -> None:
    make_procedure()
    arrange_menu(path=plan_file(tmp_path))
    LifeEventProcedure.objects.all().delete()
    later = plan_file(tmp_path, names={BIRTH: ["làm giấy khai sinh", "giấy khai sinh mới"]})
    report = arrange_menu(path=later)
    assert (report.events, report.entries, report.names, report.often) == (0, 0, 1, 0)


def test_queries_do_not_grow_with_the_list(db: None, tmp_path: Path) -> None:
    counts = []
    for number in (1, 30):
        codes = [f"{number}.{place:06d}" for place in range(number)]
        for code in codes:
            make_procedure(code, f"Việc {code}")
        event = {
            "slug": f"viec-{number}", "name": "Việc", "icon": "baby", "audience": "nguoi-dan", "summary": "", "intro": "",
            "procedures": [[code, "Khi cần"] for code in codes],
        }  # fmt: skip
        names = {code: [f"tên {code}"] for code in codes}
        path = plan_file(tmp_path, events=[event], names=names, often=codes)
        with CaptureQueriesContext(connection) as asked:
            arrange_menu(path=path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_events_address_is_fixed_and_two_never_share_one(cast: Cast) -> None:
    with unit_scope(cast.province):
        event = save_life_event(event=LifeEvent(name="Đi  chợ"), actor=cast.operator)
        assert (event.name, event.slug) == ("Đi chợ", "di-cho")
        event.name, event.slug = "Đi làm", "di-lam"
        assert save_life_event(event=event, actor=cast.operator).slug == "di-cho"
        with pytest.raises(ValidationError):
            save_life_event(event=LifeEvent(name="Đi chợ"), actor=cast.operator)
        assert AuditEntry.objects.filter(verb="life_event.save").count() == 2


def test_the_shipped_list_is_whole() -> None:
    plan = read_plan()
    people = [event for event in plan.events if event.audience == Audience.PEOPLE]
    assert len(people) >= 12
    assert len(plan.events) - len(people) >= 4
    assert len(plan.names) >= 120
    assert len({event.slug for event in plan.events}) == len(plan.events)
    assert {event.icon for event in plan.events} <= set(ICONS)
    for event in plan.events:
        LifeEvent(
            slug=event.slug, name=event.name, icon=event.icon, audience=event.audience, summary=event.summary
        ).full_clean(validate_unique=False)
        codes = [entry.code for entry in event.entries]
        assert len(codes) == len(set(codes)) >= 5, event.slug
        assert all(entry.note and len(entry.note) <= 160 for entry in event.entries), event.slug
    for words in json.dumps([plan.names, [event.intro for event in plan.events]], ensure_ascii=False).lower().split():
        assert "!" not in words


def test_the_shipped_icons_are_drawn() -> None:
    from django.contrib.staticfiles import finders

    sprite = Path(str(finders.find("icons/icons.svg"))).read_text(encoding="utf-8")
    assert [name for name in ICONS if f'<symbol id="{name}"' not in sprite] == []


@pytest.mark.skipif(not CATALOGUE.exists(), reason="the shared catalogue is not on this machine")
def test_every_code_of_the_shipped_list_is_in_the_real_catalogue() -> None:
    csv.field_size_limit(10**9)
    with gzip.open(CATALOGUE, "rt", encoding="utf-8") as file:
        real: dict[str, Any] = {row["code"]: row for row in csv.DictReader(file)}
    plan = read_plan()
    assert plan.codes - set(real) == set()
    # Citizens go to the commune: no event of theirs begins with what only a ministry does.
    for event in plan.events:
        if event.audience == Audience.PEOPLE:
            assert real[event.entries[0].code]["agency_level"] != "Cấp bộ", event.slug
