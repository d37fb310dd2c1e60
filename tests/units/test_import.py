"""`units import` and `units list`: repeatable, all or nothing, a bad row named with its line."""

from __future__ import annotations

import os
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from portal.core.tenancy.escape import unscoped
from tests.factories.visits import body_of, visit
from units.enums import UnitKind
from units.models import Domain, Site, Unit

DATA = Path(os.environ.get("PORTAL_DATA_DIR", Path(__file__).resolve().parents[3] / "shared" / "data"))
HEAD = "code,name,type,parent_code\n"
NEW_HEAD = "code,name,type,parent_code,name_en,slug\n"
GOOD = HEAD + (
    "46,Thành phố Huế,Thành phố Trung ương,\n"
    "474,Quận Thuận Hóa,Quận,46\n"
    "19777,Phường Vỹ Dạ,Phường,474\n"
    "20074,Xã Phú Vinh,Xã,474\n"
)

pytestmark = pytest.mark.django_db


def write(folder: Path, text: str | bytes, name: str = "units.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("units", "import", str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def refused(path: Path, **options: Any) -> str:
    """What the operator reads when the file is refused; nothing may have been written."""
    before = state()
    err = StringIO()
    with pytest.raises(CommandError, match="nothing was written"):
        call_command("units", "import", str(path), stdout=err, stderr=err, **options)
    assert state() == before
    return err.getvalue()


def state() -> list[Any]:
    with unscoped():
        return [
            list(Unit.objects.order_by("pk").values()),
            list(Domain.objects.order_by("pk").values()),
            list(Site.objects.order_by("pk").values()),
            AuditEntry.objects.count(),
        ]


def test_units_come_in_with_host_site_and_audit(tmp_path: Path) -> None:
    assert "created 4, updated 0, closed 0, unchanged 0" in run(write(tmp_path, GOOD))
    ward = Unit.objects.get(code="19777")
    assert (ward.name, ward.type_name, ward.kind) == ("Phường Vỹ Dạ", "Phường", UnitKind.COMMUNE)
    assert ward.parent == Unit.objects.get(code="474")
    assert ward.parent.kind == UnitKind.DISTRICT
    assert Unit.objects.get(code="46").canonical_host == "localhost"
    assert ward.canonical_host == "vy-da.localhost"
    with unit_scope(ward):
        assert Site.objects.count() == 1
        assert AuditEntry.objects.get().verb == "unit.create"
    response = visit("vy-da.localhost", "/")
    assert response.status_code == 200
    assert "Phường Vỹ Dạ" in body_of(response)


def test_repeating_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    run(path)
    before = state()
    assert "created 0, updated 0, closed 0, unchanged 4" in run(path)
    assert "unchanged 4" in run(path, valid_from="2026-01-01"), "same units with a later date go on"
    assert state() == before


def test_parents_may_stand_below_their_children(tmp_path: Path) -> None:
    rows = GOOD.splitlines()
    run(write(tmp_path, "\n".join([rows[0], *reversed(rows[1:])])))
    assert Unit.objects.get(code="19777").parent == Unit.objects.get(code="474")


def test_a_bom_blank_lines_and_decomposed_letters_are_taken(tmp_path: Path) -> None:
    import unicodedata

    text = "\ufeff" + unicodedata.normalize("NFD", GOOD).replace("\n", "\r\n")
    run(write(tmp_path, text))
    assert Unit.objects.get(code="19777").name == "Phường Vỹ Dạ"


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        ("19778,Phường Thuỷ Biều,Phượng,474", 6, "Phượng"),
        (",Phường Không Mã,Phường,474", 6, "mã (code)"),
        ("19778,,Phường,474", 6, "tên (name)"),
        ("19778,Phường A,Phường,999", 6, "999"),
        ("19777,Phường Trùng,Phường,474", 6, "19777"),
        ("19778,Phường A,Phường,19778", 6, "chính nó"),
        ("1" * 21 + ",Phường A,Phường,474", 6, "20 ký tự"),
        ("19778," + "A" * 151 + ",Phường,474", 6, "150 ký tự"),
        ("19778,Phường A", 6, "loại hình"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_written(
    tmp_path: Path, row: str, line: int, said: str
) -> None:
    report = refused(write(tmp_path, GOOD + row + "\n"))
    assert f"Dòng {line}" in report
    assert said in report


def test_every_bad_row_is_named_at_once(tmp_path: Path) -> None:
    report = refused(write(tmp_path, GOOD + "1,A,Phượng,\n2,,Phường,474\n"))
    assert "Dòng 6" in report
    assert "Dòng 7" in report


def test_rows_that_hang_below_each_other_are_refused(tmp_path: Path) -> None:
    report = refused(write(tmp_path, HEAD + "1,Phường A,Phường,2\n2,Phường B,Phường,1\n"))
    assert "vòng lặp" in report
    assert "Dòng 2" in report
    assert "Dòng 3" in report


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name,type\n1,Phường A,Phường\n", "parent_code"),
        ("", "code"),
        ("một dòng chữ\n", "code"),
        (GOOD.encode("utf-16"), "UTF-8"),
        (GOOD.replace("Vỹ Dạ", "Hoà").encode("utf-8") + "Phường Huế".encode("cp1258", "ignore") + b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    assert said in refused(write(tmp_path, text))


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert "khong-co.csv" in refused(tmp_path / "khong-co.csv")


def test_a_wrong_date_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2025-07-01"):
        run(write(tmp_path, GOOD), valid_from="01/07/2025")


@pytest.mark.parametrize("slug", ["có dấu", "-a", "a--b-", "a.b", "a b"])
def test_a_host_label_that_can_not_be_is_refused(tmp_path: Path, slug: str) -> None:
    text = NEW_HEAD + f"1,Phường A,Phường,,Ward A,{slug}\n"
    assert slug.replace("_", "-") in refused(write(tmp_path, text))


def test_slugs_of_the_official_list_become_host_labels(tmp_path: Path) -> None:
    run(write(tmp_path, NEW_HEAD + "19753,Phường Phú Xuân,Phường,,Phu Xuan Ward,phu_xuan\n"))
    unit = Unit.objects.get()
    assert (unit.slug, unit.canonical_host, unit.name_en) == ("phu-xuan", "phu-xuan.localhost", "Phu Xuan Ward")
    assert set(unit.domains.values_list("host", flat=True)) == {"phu-xuan.localhost", "phuxuan.localhost"}


def test_homonyms_get_addresses_of_their_own(tmp_path: Path) -> None:
    text = HEAD + (
        "46,Thành phố Huế,Thành phố,\n475,Quận Phú Xuân,Quận,46\n19753,Phường Phú Xuân,Phường,475\n"
        "19918,Xã Phú Xuân,Xã,46\n19919,Xã Phú Xuân,Xã,46\n"
    )
    run(write(tmp_path, text), valid_from="2025-01-01")
    slugs = list(Unit.objects.exclude(code="46").order_by("code").values_list("slug", flat=True))
    assert len(set(slugs)) == 4
    assert all("phu-xuan" in slug for slug in slugs)
    hosts = list(Domain.objects.values_list("host", flat=True))
    assert len(hosts) == len(set(hosts))


def test_a_reused_code_closes_its_former_holder(tmp_path: Path) -> None:
    """19753 was Phường Thuận Lộc and is Phường Phú Xuân: two units, two sites, one code."""
    run(
        write(tmp_path, HEAD + "46,Thành phố Huế,Thành phố Trung ương,\n19753,Phường Thuận Lộc,Phường,46\n"),
        valid_from="2025-01-01",
    )
    new = HEAD + "46,Thành phố Huế,Thành phố Trung ương,\n19753,Phường Phú Xuân,Phường,46\n"
    report = run(write(tmp_path, new), valid_from="2025-07-01")
    assert "closed   Phường Thuận Lộc" in report
    old, present = Unit.objects.filter(code="19753").order_by("valid_from")
    assert (old.name, old.valid_to) == ("Phường Thuận Lộc", date(2025, 6, 30))
    assert (present.name, present.valid_from, present.valid_to) == ("Phường Phú Xuân", date(2025, 7, 1), None)
    assert old.canonical_host != present.canonical_host
    assert visit(old.canonical_host, "/").status_code == 200
    assert "closed 0" in run(write(tmp_path, new), valid_from="2025-07-01")


def test_a_reused_code_without_a_date_is_refused(tmp_path: Path) -> None:
    run(write(tmp_path, HEAD + "474,Thành phố Huế,Thành phố,\n"), valid_from="2020-01-01")
    report = refused(write(tmp_path, HEAD + "474,Phường Thuận Hóa,Phường,\n"))
    assert "--valid-from" in report


def test_a_file_older_than_what_is_there_is_refused(tmp_path: Path) -> None:
    run(write(tmp_path, HEAD + "19753,Phường Phú Xuân,Phường,\n"), valid_from="2025-07-01")
    assert "19753" in refused(write(tmp_path, HEAD + "19753,Phường Thuận Lộc,Phường,\n"), valid_from="2025-01-01")


def test_a_corrected_name_is_an_update_and_visible_at_once(tmp_path: Path) -> None:
    run(write(tmp_path, HEAD + "1,Phường Hòa Ái,Phường,\n"))
    host = Unit.objects.get().canonical_host
    assert "Phường Hòa Ái" in body_of(visit(host, "/"))
    assert "updated 1" in run(write(tmp_path, HEAD + "1,Phường Hoà Ái,Phường,\n"))
    assert "Phường Hoà Ái" in body_of(visit(host, "/"))
    assert Unit.objects.get().canonical_host == host, "an address once published keeps working"


def test_the_list_has_a_line_for_each_unit(tmp_path: Path) -> None:
    run(write(tmp_path, GOOD))
    Unit.objects.filter(code="474").update(valid_from=date(2024, 1, 1), valid_to=date(2025, 6, 30))
    out = StringIO()
    call_command("units", "list", stdout=out)
    lines = [line.split("\t") for line in out.getvalue().splitlines()]
    assert len(lines) == 4
    assert ["19777", "vy-da", "vy-da.localhost", "COMMUNE", "current"] in lines
    assert ["474", "thuan-hoa", "thuan-hoa.localhost", "DISTRICT", "closed 2025-06-30"] in lines
    out = StringIO()
    call_command("units", "list", "--current", stdout=out)
    assert len(out.getvalue().splitlines()) == 3


@pytest.mark.skipif(not (DATA / "units_old.csv").exists(), reason=f"the real unit lists are not in {DATA}")
def test_the_real_lists_of_hue(tmp_path: Path) -> None:
    """143 units until 30 June 2025, then 41: the city goes on, all others are closed or new."""
    assert "created 143" in run(DATA / "units_old.csv", valid_from="2025-01-01")
    report = run(DATA / "units_new.csv", valid_from="2025-07-01")
    assert "unchanged 1" in report or "updated 1" in report
    current = Unit.objects.current()
    assert current.filter(kind=UnitKind.PROVINCE).count() == 1
    new = current.filter(valid_from=date(2025, 7, 1), kind=UnitKind.COMMUNE)
    assert new.count() == 40
    hosts = list(Domain.objects.values_list("host", flat=True))
    assert len(hosts) == len(set(hosts))
    assert Unit.objects.count() == len(set(Unit.objects.values_list("slug", flat=True)))
    before = state()
    again = run(DATA / "units_new.csv", valid_from="2025-07-01")
    assert "created 0, updated 0, closed 0, unchanged 41" in again
    assert state() == before
