"""Repeating the import: only what changed is written, history is kept, the office's own words are never touched."""

from __future__ import annotations

import os
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.search.models import IndexChange
from services.actions import catalogue
from services.actions.catalogue import CatalogueReport
from services.actions.catalogue_care import save_our_words
from services.actions.catalogue_runs import close_abandoned_runs, import_catalogue
from services.enums import RunState
from services.importing import CatalogueRefusedError
from services.models import CatalogueRun, Procedure, ProcedureVersion
from tests.factories.cast import Cast
from tests.factories.catalogue_files import row, rows, text_of, write
from units.models import Unit

DATA = Path(os.environ.get("PORTAL_DATA_DIR", Path(__file__).resolve().parents[3] / "shared" / "data"))
REAL = DATA / "procedures_all.csv.gz"

pytestmark = pytest.mark.django_db


def load(folder: Path, *lines: dict[str, Any], **options: Any) -> CatalogueReport:
    return import_catalogue(path=write(folder, text_of(*lines)), **options)


def counts(report: CatalogueReport) -> tuple[int, ...]:
    return report.added, report.changed, report.unchanged, report.closed, report.reopened


def get(number: int) -> Procedure:
    return Procedure.objects.get(code=f"1.{number:06d}")


def test_repeating_the_same_file_writes_no_procedure(tmp_path: Path) -> None:
    assert counts(load(tmp_path, *rows(3))) == (3, 0, 0, 0, 0)
    stamps = list(Procedure.objects.order_by("pk").values_list("changed_at", "version_number"))
    IndexChange.objects.all().delete()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counts(load(tmp_path, *rows(3))) == (0, 0, 3, 0, 0)
    writes = [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not [sql for sql in writes if "services_catalogue" not in sql and "core_auditentry" not in sql]
    assert list(Procedure.objects.order_by("pk").values_list("changed_at", "version_number")) == stamps
    assert not IndexChange.objects.exists()


def test_what_changed_is_updated_and_the_old_words_are_kept(tmp_path: Path) -> None:
    with time_machine.travel("2026-03-01 08:00+07:00"):
        load(tmp_path, *rows(3))
    with time_machine.travel("2026-09-10 08:00+07:00"):
        changed = row(2, fee="Trực tiếp: Miễn phí", result="Giấy mới")
        assert counts(load(tmp_path, row(1), changed, row(3))) == (0, 1, 2, 0, 0)
    procedure = get(2)
    assert (procedure.result, procedure.version_number) == ("Giấy mới", 2)
    version = procedure.versions.get()
    assert (version.number, version.changed_columns) == (1, ["fee", "result"])
    assert version.source["result"] == "Giấy chứng nhận kết hôn"
    assert (version.valid_from, version.valid_to) == (date(2026, 3, 1), date(2026, 9, 10))
    with time_machine.travel("2026-10-01 08:00+07:00"):
        load(tmp_path, row(1), row(2, result="Giấy thứ ba"), row(3))
    second = procedure.versions.get(number=2)
    assert (second.valid_from, second.valid_to) == (date(2026, 9, 10), date(2026, 10, 1))
    assert ProcedureVersion.objects.count() == 2


def test_a_procedure_that_disappears_is_closed_and_opened_again_when_it_returns(tmp_path: Path) -> None:
    load(tmp_path, *rows(4))
    assert counts(load(tmp_path, *rows(3))) == (0, 0, 3, 1, 0)
    assert get(4).valid_to == timezone.localdate()
    assert counts(load(tmp_path, *rows(3))) == (0, 0, 3, 0, 0), "closed once"
    assert counts(load(tmp_path, *rows(4))) == (0, 0, 4, 0, 1)
    assert get(4).valid_to is None
    load(tmp_path, *rows(3))
    assert counts(load(tmp_path, *rows(3), row(4, result="Khác"))) == (0, 1, 3, 0, 1)
    assert (get(4).valid_to, get(4).result) == (None, "Khác")


def test_the_file_itself_may_close_a_procedure(tmp_path: Path) -> None:
    columns = ("code", "name", "valid_from", "valid_to")
    text = text_of(
        row(1, valid_from="01/07/2025", valid_to="2026-01-31"),
        row(2, valid_from="", valid_to="2099-01-01"),
        columns=columns,
    )
    import_catalogue(path=write(tmp_path, text))
    assert (get(1).valid_from, get(1).valid_to) == (date(2025, 7, 1), date(2026, 1, 31))
    assert get(2).valid_to is None, "a day to come closes nothing yet"
    assert counts(import_catalogue(path=write(tmp_path, text))) == (0, 0, 2, 0, 0)


def test_a_row_that_is_bad_this_time_is_not_closed(tmp_path: Path) -> None:
    load(tmp_path, *rows(3))
    report = load(tmp_path, row(1), row(2), row(3, name=""))
    assert (report.refused, report.closed) == (1, 0)
    assert get(3).valid_to is None


def test_our_words_are_never_touched(cast: Cast, tmp_path: Path) -> None:
    load(tmp_path, *rows(1))
    ours = {
        "everyday_names": "đăng ký kết hôn", "summary": "Hai người cùng đến.", "often_order": 7,
        "checked_on": date(2026, 11, 1), "online_level": "PARTIAL", "online_reason": "Ký sổ tại phường",
        "submit_url": "https://example.vn/nop",
    }  # fmt: skip
    procedure = get(1)
    for name, value in ours.items():
        setattr(procedure, name, value)
    with unit_scope(cast.province):
        save_our_words(procedure=procedure, changed=list(ours), actor=None)
    load(tmp_path, row(1, channels="Trực tiếp", result="Khác"))
    assert Procedure.objects.values(*ours).get() == ours


def test_what_the_file_states_about_handing_in_online_wins(tmp_path: Path) -> None:
    columns = ("code", "name", "channels", "online_level", "online_reason", "submit_url")
    stated = row(1, channels="Trực tuyến", online_level="Một phần", online_reason="Ký sổ", submit_url="https://a.vn/1")
    import_catalogue(path=write(tmp_path, text_of(stated, columns=columns)))
    assert (get(1).online_level, get(1).online_reason, get(1).submit_url) == ("PARTIAL", "Ký sổ", "https://a.vn/1")


def test_a_level_nobody_stated_follows_the_channels(tmp_path: Path) -> None:
    load(tmp_path, row(1, channels="Trực tiếp"))
    assert get(1).online_level == "NONE"
    load(tmp_path, row(1, channels="Trực tuyến; Trực tiếp"))
    assert get(1).online_level == "UNSTATED"


def test_a_newer_reading_is_no_new_version(tmp_path: Path) -> None:
    load(tmp_path, *rows(2))
    Procedure.objects.update(fingerprint="old", result="")
    report = load(tmp_path, *rows(2))
    assert (report.reread, report.changed) == (2, 0)
    assert get(1).result == "Giấy chứng nhận kết hôn"
    assert not ProcedureVersion.objects.exists()


def test_a_dry_run_writes_nothing_at_all(tmp_path: Path) -> None:
    load(tmp_path, *rows(3))
    with CaptureQueriesContext(connection) as asked:
        report = load(tmp_path, row(1), row(2, result="Khác"), row(9), dry_run=True)
    assert counts(report) == (1, 1, 1, 1, 0)
    assert not [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE", "SAVEPOINT"))]


def test_citizens_and_search_hear_of_it_on_every_site(cast: Cast, tmp_path: Path) -> None:
    before = dict(Unit.objects.values_list("pk", "generation"))
    load(tmp_path, *rows(2))
    after = dict(Unit.objects.values_list("pk", "generation"))
    assert all(after[pk] > before[pk] for pk in before)
    waiting = IndexChange.objects.filter(unit=None, model_label="services.procedure")
    assert set(waiting.values_list("object_id", flat=True)) == set(Procedure.objects.values_list("pk", flat=True))
    with unit_scope(cast.province):
        entry = AuditEntry.objects.get(verb="catalogue.import")
    assert entry.detail["added"] == 2


def test_killed_in_the_middle_and_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "BATCH", 2)

    def die(done: int, total: int, what: str) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    path = write(tmp_path, text_of(*rows(7)))
    with pytest.raises(KeyboardInterrupt):
        import_catalogue(path=path, progress=die)
    assert Procedure.objects.count() == 4, "whole batches stand"
    with pytest.raises(CatalogueRefusedError, match="Đang có một lần nạp khác"):
        import_catalogue(path=path)
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert counts(import_catalogue(path=path)) == (3, 0, 4, 0, 0)
    assert [run.state for run in CatalogueRun.objects.order_by("pk")] == ["REFUSED", "DONE"]


def test_a_run_that_was_taken_from_its_process_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "BATCH", 1)

    def taken(done: int, total: int, what: str) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=3)):
            close_abandoned_runs()

    with pytest.raises(CatalogueRefusedError, match="tiến trình khác"):
        import_catalogue(path=write(tmp_path, text_of(*rows(3))), progress=taken)
    assert Procedure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_one_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "BATCH", 1)
    path = write(tmp_path, text_of(*rows(3)))
    began, go_on = threading.Event(), threading.Event()
    refused: list[str] = []

    def hold(done: int, total: int, what: str) -> None:
        began.set()
        go_on.wait(10)

    def second() -> None:
        began.wait(10)
        try:
            import_catalogue(path=path)
        except CatalogueRefusedError as error:
            refused.append(str(error))
        finally:
            connection.close()
            go_on.set()

    other = threading.Thread(target=second)
    other.start()
    report = import_catalogue(path=path, progress=hold)
    other.join(10)
    assert report.added == 3
    assert refused
    assert "Đang có một lần nạp khác" in refused[0]
    assert CatalogueRun.objects.get().state == RunState.DONE


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, text_of(row(1), row(1), row(2)))
    call_command("services", "import", str(path), "--dry-run")
    assert "would be added 2" in capsys.readouterr().out
    call_command("services", "import", str(path))
    said = capsys.readouterr()
    assert "3 rows; added 2, changed 0, closed 0" in said.out
    assert "kept out 1" in said.out
    assert "1.000001 (kept out): Mã 1.000001 đã có ở dòng 2. Giữ dòng ấy." in said.err
    call_command("services", "runs")
    assert "import\tDONE\tdanh-muc.csv" in capsys.readouterr().out
    with pytest.raises(CommandError, match="thiếu cột"):
        call_command("services", "import", str(write(tmp_path, "a,b\n")))


@pytest.mark.skipif(
    not REAL.is_file(), reason=f"the shared data is not here: {REAL} (PORTAL_DATA_DIR names its folder)"
)
def test_the_real_catalogue(cast: Cast) -> None:
    began = time.process_time()  # its own seconds, whatever else the machine is doing
    report = import_catalogue(path=REAL)
    took = time.process_time() - began
    assert (report.rows, report.added, report.refused) == (2_642, 2_642, 0)
    assert Procedure.objects.count() == 2_642
    assert took < 60, f"{took:.1f} s"
    birth = Procedure.objects.get(code="1.001193")
    assert birth.at_commune
    assert birth.for_people
    assert len(birth.steps) > 1
    assert not any(limit["unit"] for limit in birth.times), "the source names no unit, so we name none"
    assert Procedure.objects.exclude(source={}).filter(name="").count() == 0
    untold = [
        procedure.code
        for procedure in Procedure.objects.only("code", "source", "steps")
        if procedure.source["steps"] and not procedure.steps
    ]
    assert untold == []
    again = import_catalogue(path=REAL)
    assert (again.unchanged, again.changed, again.reread) == (2_642, 0, 0)
