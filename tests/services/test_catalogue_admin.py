"""The catalogue in the administration: the province's office writes its own words, others read, files are looked at first."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from services.actions.catalogue_runs import import_catalogue, work_on_run
from services.models import CatalogueRun, Procedure, ProcedureForm
from services.tasks.catalogue import go_on_with_catalogue
from tests.factories.cast import Cast, make_user
from tests.factories.catalogue_files import row, rows, text_of, write
from tests.factories.visits import body_of, visit
from units.enums import Role
from units.models import Membership

pytestmark = pytest.mark.anywhere

LIST = "/quan-tri/services/procedure/"
RUNS = "/quan-tri/services/cataloguerun/"
PDF = b"%PDF-1.4\n"


@pytest.fixture
def clerk(cast: Cast, tmp_path: Path) -> User:
    """An administrator of the province's own site; four procedures stand."""
    lines = [row(1, name="Cấp Giấy <b>độc thân</b>"), *rows(4)[1:3], row(4, field="Đất đai", agency_level="Cấp tỉnh")]
    import_catalogue(path=write(tmp_path, text_of(*lines)))
    return member(cast, Role.UNIT_ADMIN)


def member(cast: Cast, role: Role) -> User:
    """Somebody at the province."""
    user = make_user(f"tinh.{role.value.lower()}")
    with unit_scope(cast.province):
        Membership.objects.create(user=user, role=role)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def get(number: int) -> Procedure:
    return Procedure.objects.get(code=f"1.{number:06d}")


def change(procedure: Procedure) -> str:
    return f"{LIST}{procedure.pk}/change/"


OURS = {
    "everyday_names": "giấy độc thân\n giấy  độc thân \ngiấy chưa vợ chồng", "summary": "Ai cần thì xin.", "often_order": "3",
    "checked_on": "2026-11-20", "online_level": "PARTIAL", "online_reason": "Ký sổ", "submit_url": "https://a.vn/1",
}  # fmt: skip


def test_the_list_finds_in_any_spelling_and_filters(cast: Cast, clerk: User) -> None:
    host = cast.province.canonical_host

    def names(query: str) -> str:
        return body_of(visit(host, f"{LIST}?{query}", user=clerk))

    assert "Cấp Giấy &lt;b&gt;độc thân&lt;/b&gt;" in names("q=giay+doc+than"), "HTML in a name is shown, not run"
    assert "1.000002" not in names("q=GIẤY+Độc+thân")
    assert "1.000004" in names("q=dat+dai")
    assert "1.000001" not in names("q=dat+dai")
    assert "1.000004" in names("cap=at_province")
    assert "1.000002" not in names("cap=at_province")
    assert "1.000004" in names("linh-vuc=dat-dai")
    assert "1.000002" not in names("linh-vuc=dat-dai")
    Procedure.objects.filter(code="1.000002").update(valid_to="2026-10-01")
    assert "1.000002" in names("tinh-trang=da-dong")
    assert "1.000003" not in names("tinh-trang=da-dong")


def test_the_office_writes_its_words_and_never_the_source(cast: Cast, clerk: User) -> None:
    procedure, host = get(1), cast.province.canonical_host
    text = body_of(visit(host, change(procedure), user=clerk))
    assert "&lt;b&gt;độc thân&lt;/b&gt;" in text
    assert "<b>độc thân</b>" not in text
    assert "* Giấy tờ phải nộp:" in text, "the source is there to read, word for word"
    answer = client_of(clerk).post(change(procedure), {**OURS, "name": "Giả", "result": "Giả"}, headers={"host": host})
    assert answer.status_code == 302
    saved = get(1)
    assert saved.everyday_list == ["giấy độc thân", "giấy chưa vợ chồng"]
    assert (saved.online_level, saved.online_reason, saved.often_order) == ("PARTIAL", "Ký sổ", 3)
    assert (saved.name, saved.result) == (procedure.name, procedure.result)
    with unit_scope(cast.province):
        assert "summary" in AuditEntry.objects.get(verb="procedure.words").detail["columns"]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("online_reason", "", "khâu nào còn phải đến"),
        ("submit_url", "http://a.vn", "https://"),
        ("everyday_names", "x" * 90, "không quá 80 ký tự"),
        ("summary", "x" * 1_600, "Nói ngắn hơn"),
    ],
)
def test_what_the_office_writes_is_checked(cast: Cast, clerk: User, field: str, text: str, words: str) -> None:
    host = cast.province.canonical_host
    answer = client_of(clerk).post(change(get(1)), {**OURS, field: text}, headers={"host": host})
    assert words in body_of(answer)
    assert get(1).summary == ""


def test_a_commune_reads_and_cannot_write(cast: Cast, clerk: User) -> None:
    admin, host, procedure = cast.a.admin, cast.a.host, get(1)
    text = body_of(visit(host, change(procedure), user=admin))
    assert "ở đây chỉ xem" in text
    assert 'name="summary"' not in text
    client = client_of(admin)
    for path in (change(procedure), f"{LIST}{procedure.pk}/bieu-mau/", f"{RUNS}add/"):
        assert client.post(path, OURS, headers={"host": host}).status_code == 403, path
    assert get(1).summary == ""
    # A clerk of the province is nobody on the commune's host.
    assert client_of(clerk).get(change(procedure), headers={"host": host}).status_code == 302
    # An operator may, wherever.
    assert client_of(cast.operator).post(change(procedure), OURS, headers={"host": host}).status_code == 302
    assert get(1).summary == "Ai cần thì xin."


def test_an_author_of_the_province_reads_only(cast: Cast, clerk: User) -> None:
    author, host = member(cast, Role.AUTHOR), cast.province.canonical_host
    assert client_of(author).post(change(get(1)), OURS, headers={"host": host}).status_code == 403
    assert visit(host, change(get(1)), user=author).status_code == 200
    assert visit(host, RUNS, user=author).status_code == 403


def test_what_changed_is_shown_as_differences(cast: Cast, clerk: User, tmp_path: Path) -> None:
    import_catalogue(path=write(tmp_path, text_of(row(2, result="Thẻ mới"))), partial=True)
    text = body_of(visit(cast.a.host, f"{LIST}{get(2).pk}/phien-ban/", user=cast.a.admin))
    assert "<h3>Kết quả</h3>" in text
    assert "<h3>Lệ phí</h3>" not in text
    assert "<ins>" in text
    assert "<del>" in text
    assert "chứng nhận" in text


@pytest.mark.parametrize("path", ["", "{pk}/change/", "{pk}/phien-ban/", "{pk}/bieu-mau/"])
def test_screens_ask_the_same_at_one_row_and_at_three(cast: Cast, tmp_path: Path, path: str) -> None:
    import_catalogue(path=write(tmp_path, text_of(row(1))))
    client, host = client_of(member(cast, Role.UNIT_ADMIN)), cast.province.canonical_host
    client.get(f"{LIST}{get(1).pk}/change/", headers={"host": host})  # what a process asks only once
    asked = []
    for more in (1, 3):
        lines = [row(number, result=f"Giấy {more}") for number in range(1, more + 1)]
        import_catalogue(path=write(tmp_path, text_of(*lines)))
        with CaptureQueriesContext(connection) as queries:
            address = f"{LIST}{path.format(pk=get(1).pk)}"
            assert client.get(address, headers={"host": host}).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 30, asked


# --- forms to download ------------------------------------------------------------------------------------------------


def pdf() -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


def send_form(cast: Cast, clerk: User, **data: Any) -> Any:
    path = f"{LIST}{get(1).pk}/bieu-mau/"
    fields = {"title": "Tờ khai kết hôn", "order": "0", "url": "", **data}
    return client_of(clerk).post(path, fields, headers={"host": cast.province.canonical_host})


def test_a_form_is_downloaded_on_every_site_until_it_is_taken_away(cast: Cast, clerk: User) -> None:
    assert send_form(cast, clerk, upload=SimpleUploadedFile("to-khai.exe", pdf())).status_code == 302
    form = ProcedureForm.objects.get()
    assert (form.extension, form.title) == ("pdf", "Tờ khai kết hôn"), "told by content, not by name"
    for host in (cast.a.host, cast.b.host, cast.province.canonical_host):
        answer = visit(host, form.file.url)
        assert answer.status_code == 200
        assert 'filename="to-khai-ket-hon.pdf"' in answer.headers["Content-Disposition"]
    url = form.file.url
    assert send_form(cast, clerk, mau=form.pk, upload=SimpleUploadedFile("b.pdf", pdf())).status_code == 302
    assert visit(cast.a.host, url).status_code == 404, "the old file is gone"
    assert send_form(cast, clerk, mau=form.pk, delete="1").status_code == 302
    assert not ProcedureForm.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"upload": SimpleUploadedFile("a.pdf", b"MZ\x90\x00 program")}, "chương trình"),
        ({}, "Tải lên một tệp, hoặc ghi địa chỉ"),
        ({"url": "javascript:alert(1)"}, "URL"),
        ({"title": " ", "url": "https://a.vn"}, "bắt buộc"),
    ],
)
def test_a_form_that_is_none_is_refused(cast: Cast, clerk: User, data: dict[str, Any], words: str) -> None:
    text = body_of(send_form(cast, clerk, **data))
    assert words.lower() in text.lower()
    assert not ProcedureForm.objects.exists()


def test_a_form_belongs_to_its_procedure(cast: Cast, clerk: User) -> None:
    send_form(cast, clerk, url="https://a.vn/mau")
    path = f"{LIST}{get(2).pk}/bieu-mau/?mau={ProcedureForm.objects.get().pk}"
    assert visit(cast.province.canonical_host, path, user=clerk).status_code == 404


# --- imports ----------------------------------------------------------------------------------------------------------


def upload(cast: Cast, clerk: User, content: str | bytes, name: str = "danh-muc.csv", **data: str) -> Any:
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client_of(clerk).post(f"{RUNS}add/", {"file": file, **data}, headers={"host": cast.province.canonical_host})


def test_a_file_is_looked_at_then_imported(cast: Cast, clerk: User) -> None:
    host = cast.province.canonical_host
    page = upload(cast, clerk, text_of(*rows(5)[1:], row(9, name=""))).headers["Location"]
    assert "Máy đang xem thử" in body_of(visit(host, page, user=clerk))
    run = CatalogueRun.objects.latest("pk")
    assert work_on_run(run_id=run.pk)
    assert not work_on_run(run_id=run.pk), "done once"
    text = body_of(visit(host, page, user=clerk))
    assert "Nếu nạp, máy sẽ làm" in text
    assert "Thiếu tên thủ tục" in text
    assert "mã 1.000009" in text
    assert Procedure.objects.count() == 4, "nothing was written"
    client = client_of(clerk)
    assert client.post(f"{RUNS}{run.pk}/nap/", headers={"host": host}).status_code == 302
    again = client.post(f"{RUNS}{run.pk}/nap/", headers={"host": host}, follow=True)
    assert "đã được nạp hoặc đang được nạp" in body_of(again)
    assert work_on_run(run_id=run.pk)
    assert Procedure.objects.count() == 5
    assert get(1).is_closed, "it was no longer in the list"
    run.refresh_from_db()
    assert (run.state, run.is_preview, run.added, run.closed, run.actor) == ("DONE", False, 1, 1, clerk)
    assert "Máy đã làm" in body_of(visit(host, page, user=clerk))
    with unit_scope(cast.province):
        assert AuditEntry.objects.filter(verb__startswith="catalogue.", actor=clerk).count() == 3


def test_a_waiting_file_is_found_by_the_sweep(cast: Cast, clerk: User) -> None:
    upload(cast, clerk, text_of(*rows(2)), is_partial="on")
    run = CatalogueRun.objects.latest("pk")
    CatalogueRun.objects.filter(pk=run.pk).update(seen_at="2026-11-01T00:00:00Z", state="RUNNING")
    go_on_with_catalogue()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.unchanged) == ("DONE", 1, 1)


@pytest.mark.parametrize(("content", "name"), [(b"a,b\n1,2\n", "a.csv"), (b"PK\x03\x04", "a.csv")])
def test_a_file_that_cannot_be_read_says_so(cast: Cast, clerk: User, content: bytes, name: str) -> None:
    page = upload(cast, clerk, content, name).headers["Location"]
    work_on_run(run_id=CatalogueRun.objects.latest("pk").pk)
    assert "Không nạp được tệp này" in body_of(visit(cast.province.canonical_host, page, user=clerk))


def test_other_kinds_and_too_large_files_are_not_taken(cast: Cast, clerk: User, settings: Any) -> None:
    assert "Chọn tệp .csv" in body_of(upload(cast, clerk, b"x", "a.xlsx"))
    settings.IMPORT_LIMIT_BYTES = 10
    assert "lớn hơn 12 MB" in body_of(upload(cast, clerk, b"x" * 20, "a.csv"))


def test_another_site_sees_imports_but_not_who_made_them(cast: Cast, clerk: User) -> None:
    upload(cast, clerk, text_of(*rows(2)))
    own = body_of(visit(cast.province.canonical_host, RUNS, user=clerk))
    other = body_of(visit(cast.a.host, RUNS, user=cast.a.admin))
    assert clerk.full_name in own
    assert "danh-muc.csv" in other
    assert clerk.full_name not in other
    assert f"{RUNS}add/" in own
    assert f"{RUNS}add/" not in other
