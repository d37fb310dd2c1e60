"""Importing through the administration: look first, take over then, by whoever may, in one's own unit."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from news.actions.import_runs import work_on_run
from news.models import Article, ImportRun
from news.tasks.imports import go_on_with_imports
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, visit
from units.enums import Role
from units.models import Redirect

pytestmark = pytest.mark.anywhere

EXPORT = Path(__file__).parent / "data" / "wordpress.xml"
LIST = "/quan-tri/news/importrun/"
TABLE = "/quan-tri/units/redirect/nap/"


def client_of(house: House, role: Role = Role.UNIT_ADMIN) -> Client:
    client = Client()
    client.force_login(house.people[role])
    return client


def send(house: House, data: bytes, name: str = "export.xml", role: Role = Role.UNIT_ADMIN) -> Any:
    upload = SimpleUploadedFile(name, data)
    return client_of(house, role).post(f"{LIST}add/", {"file": upload}, headers={"host": house.host})


def newest(house: House) -> ImportRun:
    with unit_scope(house.unit):
        return ImportRun.objects.latest("pk")


def work(house: House) -> ImportRun:
    with unit_scope(house.unit):
        work_on_run(run_id=newest(house).pk)
    return newest(house)


def test_a_file_is_looked_at_then_taken_over(cast: Cast, settings: Any) -> None:
    a = cast.a
    answer = send(a, EXPORT.read_bytes())
    assert answer.status_code == 302
    page = answer.headers["Location"]
    waiting = visit(a.host, page, user=a.admin)
    assert "Máy đang xem thử, chưa ghi gì" in body_of(waiting)
    assert waiting.headers["Refresh"]
    run = work(a)
    assert (run.state, run.is_preview, run.report["added"]) == ("DONE", True, 9)
    with unit_scope(a.unit):
        assert not Article.objects.filter(source_ref__startswith="wp:").exists()
    text = body_of(visit(a.host, page, user=a.admin))
    assert "Nếu nạp, máy sẽ làm" in text
    assert "Nạp thật" in text
    answer = client_of(a).post(f"{LIST}{run.pk}/nap/", headers={"host": a.host})
    assert answer.status_code == 302
    again = client_of(a).post(f"{LIST}{run.pk}/nap/", headers={"host": a.host}, follow=True)
    assert "đã được nạp hoặc đang được nạp" in body_of(again)
    run = work(a)
    with unit_scope(a.unit):
        assert Article.objects.filter(source_ref__startswith="wp:").count() == 9
    text = body_of(visit(a.host, page, user=a.admin))
    assert "Máy đã làm" in text
    assert "chưa chọn tải ảnh" in text
    assert list((settings.VAR_DIR / "imports" / f"u{a.unit.pk}").glob("*.tep")) == []


def test_a_broken_file_says_what_to_do(cast: Cast) -> None:
    send(cast.a, EXPORT.read_bytes()[:9000])
    run = work(cast.a)
    assert run.state == "REFUSED"
    text = body_of(visit(cast.a.host, f"{LIST}{run.pk}/change/", user=cast.a.admin))
    assert "Tệp hỏng hoặc bị cắt ở dòng" in text
    assert "Chưa ghi gì vào trang." in text


def test_wrong_uploads_are_refused_at_the_form(cast: Cast, settings: Any) -> None:
    assert "Chọn tệp .xml" in body_of(send(cast.a, b"x", "anh.png"))
    settings.IMPORT_LIMIT_BYTES = 10
    assert "lớn hơn 12 MB" in body_of(send(cast.a, b"x" * 20))


def test_a_killed_workers_run_is_taken_over(cast: Cast) -> None:
    send(cast.a, EXPORT.read_bytes())
    with unit_scope(cast.a.unit):
        run = newest(cast.a)
        ImportRun.objects.filter(pk=run.pk).update(state="RUNNING", seen_at=timezone.now())
        assert work_on_run(run_id=run.pk) is False  # somebody is at it
        ImportRun.objects.filter(pk=run.pk).update(seen_at=timezone.now() - timedelta(minutes=11))
    go_on_with_imports(unit_id=cast.a.unit.pk)
    assert newest(cast.a).state == "DONE"


def test_a_killed_command_says_how_it_goes_on(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        run = ImportRun.objects.create(
            file_name="lon.xml", file_digest="0" * 64, state="RUNNING", seen_at=timezone.now() - timedelta(minutes=11)
        )
    go_on_with_imports(unit_id=cast.a.unit.pk)
    text = body_of(visit(cast.a.host, f"{LIST}{run.pk}/change/", user=cast.a.admin))
    assert "Chạy lại đúng lệnh ấy" in text


def test_a_run_that_kills_every_worker_ends(cast: Cast) -> None:
    send(cast.a, EXPORT.read_bytes())
    with unit_scope(cast.a.unit):
        run = newest(cast.a)
        ImportRun.objects.filter(pk=run.pk).update(attempts=5)
        assert work_on_run(run_id=run.pk) is False
    assert newest(cast.a).state == "REFUSED"


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.APPROVER])
def test_only_administrators_import(cast: Cast, role: Role) -> None:
    assert send(cast.a, EXPORT.read_bytes(), role=role).status_code == 403
    answer = client_of(cast.a, role).get(LIST, headers={"host": cast.a.host})
    assert answer.status_code == 403


def test_another_units_runs_are_not_here(cast: Cast) -> None:
    send(cast.b, EXPORT.read_bytes())
    run = work(cast.b)
    assert visit(cast.a.host, f"{LIST}{run.pk}/change/", user=cast.a.admin).status_code == 404
    answer = client_of(cast.a).post(f"{LIST}{run.pk}/nap/", headers={"host": cast.a.host})
    assert answer.status_code == 404


# --- old addresses at the desk -----------------------------------------------------------------------------------------


def post(house: House, path: str, data: dict[str, Any]) -> str:
    return body_of(client_of(house).post(path, data, headers={"host": house.host}, follow=True))


def test_an_old_address_by_hand(cast: Cast) -> None:
    a = cast.a
    text = post(a, "/quan-tri/units/redirect/add/", {"old": "/?gd=9", "new": "/tin-tuc/"})
    assert "Đã thêm" in text
    assert visit(a.host, "/?gd=9").headers["Location"] == "/tin-tuc/"
    text = post(a, "/quan-tri/units/redirect/add/", {"old": "/x/", "new": "https://xau.example/"})
    assert "không phải tên miền của cổng này" in text
    with unit_scope(a.unit):
        row = Redirect.objects.get(old_query="gd=9")
    post(a, f"/quan-tri/units/redirect/{row.pk}/change/", {"old": "/khac/", "new": "/gioi-thieu/"})
    assert visit(a.host, "/?gd=9").headers["Location"] == "/gioi-thieu/"
    post(a, f"/quan-tri/units/redirect/{row.pk}/delete/", {"post": "yes"})
    assert visit(a.host, "/?gd=9").status_code == 200


def test_a_table_of_old_addresses(cast: Cast) -> None:
    a = cast.a
    table = "\ufeffĐịa chỉ cũ;Dẫn tới\n/cu/1.html;/tin-tuc/\n/cu/2.html;https://xau.example/\n/?gd=1&cn=2&tc=3;/gioi-thieu/\n"
    text = post(a, TABLE, {"table": SimpleUploadedFile("bang.csv", table.encode())})
    assert "Đã ghi 2 địa chỉ mới" in text
    assert "/cu/2.html" in text
    assert visit(a.host, "/?tc=3&cn=2&gd=1").headers["Location"] == "/gioi-thieu/"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b"/a;\n", "Thiếu cột thứ hai ở dòng: 1"),
        ("cũ;mới".encode("utf-16"), "không phải UTF-8"),
        ("cũ;mới\n".encode(), "Bảng trống"),
    ],
)
def test_tables_that_can_not_be_taken(cast: Cast, data: bytes, words: str) -> None:
    assert words in post(cast.a, TABLE, {"table": SimpleUploadedFile("bang.csv", data)})


def test_a_deleted_category_may_lead_on(cast: Cast) -> None:
    from news.actions import save_category
    from news.models import Category

    a = cast.a
    with unit_scope(a.unit):
        rows = [save_category(category=Category(name=f"Bỏ {number}", slug=f"bo-{number}")) for number in (1, 2)]
    path = "/quan-tri/news/category/{}/delete/"
    assert "Người vào bằng địa chỉ cũ thì dẫn tới" in body_of(visit(a.host, path.format(rows[0].pk), user=a.admin))
    post(a, path.format(rows[0].pk), {"post": "yes", "leads_to": "/tin-tuc/thong-bao/"})
    post(a, path.format(rows[1].pk), {"post": "yes", "leads_to": "https://xau.example/"})
    assert visit(a.host, "/tin-tuc/bo-1/").headers["Location"] == "/tin-tuc/thong-bao/"
    assert visit(a.host, "/tin-tuc/bo-2/").status_code == 404
