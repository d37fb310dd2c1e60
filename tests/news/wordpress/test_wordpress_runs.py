"""Importing a WordPress export again, after a kill, as a preview, from a server; and files that can not be taken."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.actions import imports as imports_module
from news.actions import load_articles
from news.actions.import_terms import ImportOptions
from news.actions.imports import Importer
from news.enums import ArticleStatus
from news.importing import ImportRefusedError, ImportReport, open_source
from news.models import Article, Category, ImportedItem, ImportRun, Page, Picture, Tag
from news.models.attachments import Attachment
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.factories.visits import visit
from tests.factories.web import serve
from tests.news.wordpress.old_site import EXPORT, article, page
from units.models import QueryShape, Redirect

# --- again, killed, previewed -----------------------------------------------------------------------------------------


def counts() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (Article, Page, Picture, Attachment, Category, Tag, Redirect, QueryShape, ImportedItem)
    }


def test_the_same_file_twice_adds_nothing(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    with unit_scope(cast.a.unit):
        before = counts()
    again = bring()
    with unit_scope(cast.a.unit):
        assert counts() == before
    assert (again.added, again.pages_added, again.known, again.redirects, again.pictures) == (0, 0, 12, 0, 0)


def test_a_newer_export_adds_only_what_is_new_and_overwrites_nothing(
    cast: Cast, bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    bring()
    with unit_scope(cast.a.unit):
        Article.objects.filter(source_ref__endswith=":14").update(title="Sửa ở đây")
    newer = tmp_path / "newer.xml"
    text = EXPORT.read_text(encoding="utf-8").replace("Nội dung chép từ bài mười một.", "Sửa ở trang cũ.")
    newer.write_text(text.replace("<wp:post_id>19</wp:post_id>", "<wp:post_id>119</wp:post_id>"), encoding="utf-8")
    report = bring(newer)
    assert (report.added, report.changed) == (1, 1)
    assert article(cast, 14).title == "Sửa ở đây"


def test_a_killed_import_goes_on_where_it_stopped(
    cast: Cast, bring: Callable[..., ImportReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports_module, "BATCH", 4)
    real, calls = load_articles, []

    def dies(**given: Any) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise SystemExit("killed")
        return real(**given)

    monkeypatch.setattr(imports_module, "load_articles", dies)
    with pytest.raises(SystemExit):
        bring()
    with unit_scope(cast.a.unit):
        half = Article.objects.filter(source_ref__startswith="wp:").count()
    assert 0 < half < 9
    report = bring()
    assert report.added == 9 - half
    with unit_scope(cast.a.unit):
        assert Article.objects.filter(source_ref__startswith="wp:").count() == 9
        assert Picture.objects.filter(original_name="den-long.jpg").count() == 1
        assert ImportedItem.objects.with_open_links("wp:thuanan.thuathienhue.gov.vn").count() == 0
    assert visit(cast.a.host, "/?p=11").headers["Location"] == article(cast, 11).get_absolute_url()
    assert page(cast, "Cơ cấu tổ chức").parent is not None


def test_killed_before_the_links_were_joined(
    cast: Cast, bring: Callable[..., ImportReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    from news.actions.import_addresses import AddressKeeper

    with monkeypatch.context() as patch:
        patch.setattr(AddressKeeper, "finish", lambda self, sections: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            bring()
    assert "thuanan.thuathienhue" in article(cast, 11).body
    bring()
    assert f'href="{article(cast, 12).get_absolute_url()}"' in article(cast, 11).body
    assert page(cast, "Cơ cấu tổ chức").parent is not None
    assert visit(cast.a.host, "/tag/le-hoi/").status_code == 301


def test_a_preview_writes_nothing_and_says_the_same(
    cast: Cast, bring: Callable[..., ImportReport], settings: Any
) -> None:
    with unit_scope(cast.a.unit):
        before = counts()
    files = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    with CaptureQueriesContext(connection) as seen:
        preview = bring(is_preview=True)
    writing = [q["sql"] for q in seen if q["sql"].lstrip("( ").split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert writing == []
    with unit_scope(cast.a.unit):
        assert counts() == before
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} == files
    real = bring()
    for name in ("added", "pages_added", "categories", "pictures", "files", "redirects", "skipped", "missing_media",
                 "links_joined", "comments", "shortcodes"):  # fmt: skip
        assert getattr(preview, name) == getattr(real, name), name


def test_drafts_on_request(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    assert bring(drafts=True).drafts_added == 1
    draft = article(cast, 20)
    assert draft.status == ArticleStatus.DRAFT
    assert draft.published_at is None
    assert visit(cast.a.host, "/?p=20").status_code == 200  # no redirect to a page nobody may read


# --- media from the old site's server --------------------------------------------------------------------------------


def test_pictures_are_fetched_from_the_old_site(cast: Cast, tmp_path: Path, settings: Any) -> None:
    with serve() as web:
        settings.FETCH_ALLOWED_HOSTS = [f"127.0.0.1:{web.port}"]
        web.put("/wp-content/uploads/2020/05/den-long-300x200.jpg", jpeg_with_position((300, 200)))
        web.put("/wp-content/uploads/2020/06/tiem-1.png", png_bytes((3, 3, 3)))
        text = EXPORT.read_text(encoding="utf-8").replace(
            "http://thuanan.thuathienhue.gov.vn", f"http://127.0.0.1:{web.port}"
        )
        export = tmp_path / "export.xml"
        export.write_text(text, encoding="utf-8")
        with unit_scope(cast.a.unit):
            report = Importer(open_source(export, options={}), ImportOptions(fetch_media=True))()
    assert report.pictures >= 3
    assert any("khong-con.jpg – trang cũ trả lời 404" in line for line in report.missing_media)


def test_the_inside_of_our_network_is_not_fetched(cast: Cast, tmp_path: Path) -> None:
    with serve() as web:
        web.put("/anh.png", png_bytes())
        export = tmp_path / "export.xml"
        export.write_text(
            EXPORT.read_text(encoding="utf-8").replace(
                "http://thuanan.thuathienhue.gov.vn", f"http://127.0.0.1:{web.port}"
            ),
            encoding="utf-8",
        )
        with unit_scope(cast.a.unit):
            report = Importer(open_source(export, options={}), ImportOptions(fetch_media=True))()
        assert web.asked == []
    assert report.added == 9
    assert any("mạng nội bộ" in line for line in report.missing_media)


def test_a_folder_is_never_left(cast: Cast, tmp_path: Path, uploads: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png_bytes())
    export = tmp_path / "export.xml"
    text = EXPORT.read_text(encoding="utf-8").replace("2020/06/tiem-1.png", "../secret.png")
    export.write_text(text.replace("2020/06/tiem-2", "%2e%2e/secret"), encoding="utf-8")
    with unit_scope(cast.a.unit):
        Importer(open_source(export, options={}), ImportOptions(media_folder=uploads))()
        assert not Picture.objects.filter(original_name__contains="secret").exists()


# --- files that can not be taken --------------------------------------------------------------------------------------


def refused(tmp_path: Path, data: bytes, name: str = "export.xml") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ImportRefusedError) as caught:
        open_source(path, options={})
    return str(caught.value)


def test_a_truncated_export_says_where_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    whole = EXPORT.read_bytes()
    message = refused(tmp_path, whole[: len(whole) * 2 // 3])
    assert "hỏng hoặc bị cắt ở dòng" in message
    assert "Xuất lại từ WordPress" in message
    with pytest.raises(CommandError, match="bị cắt ở dòng"):
        call_command("import_articles", str(tmp_path / "export.xml"), "--unit", "thuan-an", stdout=StringIO())
    with unit_scope(cast.a.unit):
        assert not Article.objects.filter(source_ref__startswith="wp:").exists()
        assert ImportRun.objects.get().state == "REFUSED"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c SYSTEM "file:///etc/passwd">]><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<wp:base_site_url>http://x.vn</wp:base_site_url><item><title>&b;&c;</title></item></channel></rss>"""


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    assert "ENTITY" in refused(tmp_path, BOMB)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Không nhận ra loại tệp"),
        (b"\x89PNG\r\n", "Không nhận ra loại tệp"),
        (b"<html><body>http://wordpress.org/export/1.2/</body></html>", "không phải tệp xuất của WordPress"),
        (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel></channel></rss>", "không phải tệp xuất"),
        (b"\x1f\x8bnot gzip", "Không đọc được tệp"),
    ],
)
def test_what_is_no_export(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, data)


def _export_with(body: str) -> str:
    text = EXPORT.read_text(encoding="utf-8")
    return text.replace("Bài chỉ có tóm tắt", "Bài dài").replace(
        "<content:encoded><![CDATA[]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA[Bài dài",
        f"<content:encoded><![CDATA[{body}]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA[Bài dài",
    )


def test_a_huge_text_is_left_out_by_name_and_the_rest_comes_in(
    cast: Cast, bring: Callable[..., ImportReport], tmp_path: Path
) -> None:
    export = tmp_path / "huge.xml"
    export.write_text(_export_with("<p>chữ</p>" * 600_000), encoding="utf-8")
    report = bring(export)
    assert report.skipped["too_big"] == 1
    assert report.added == 8
    assert any("“Chỉ có dòng trích”: Bài dài hơn 5 MB: tách thành nhiều bài" in line for line in report.notes)


def test_almost_five_megabytes_of_html_come_in(cast: Cast, bring: Callable[..., ImportReport], tmp_path: Path) -> None:
    export = tmp_path / "large.xml"
    export.write_text(_export_with("<p>chữ <b onclick='x()'>đậm</b></p>\n\n" * 120_000), encoding="utf-8")
    assert bring(export).added == 9
    assert "onclick" not in article(cast, 19).body


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    import tracemalloc

    text = EXPORT.read_text(encoding="utf-8")
    start, end = text.index("\t<item>"), text.index("</channel>")
    export = tmp_path / "long.xml"
    with export.open("w", encoding="utf-8") as file:
        file.write(text[:start])
        for _number in range(150):
            file.write(text[start:end])
        file.write(text[end:])
    tracemalloc.start()
    source = open_source(export, options={})
    assert sum(1 for _item in source.items()) > 3000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


def test_the_command_reports(cast: Cast, uploads: Path, tmp_path: Path, settings: Any) -> None:
    out = StringIO()
    mapping = tmp_path / "map.csv"
    mapping.write_text("categories,tin-hoat-dong,thong-bao\nauthors,Lê Minh Tâm,Minh Tâm\n", encoding="utf-8")
    shutil.copy(EXPORT, tmp_path / "export.xml")
    call_command(
        "import_articles", str(tmp_path / "export.xml"), "--unit", "thuan-an", "--media-folder", str(uploads),
        "--map", str(mapping), stdout=out, stderr=StringIO(),
    )  # fmt: skip
    assert "added 12, already there 0, bad lines 0" in out.getvalue()
    assert "Bài mới: 9" in out.getvalue()
    report = Path(out.getvalue().split("report: ")[1].splitlines()[0])
    assert "Bình luận ở trang cũ: không nạp: 2" in report.read_text(encoding="utf-8")
    assert article(cast, 11).category == cast.a.notices
    assert article(cast, 11).author_name == "Minh Tâm"
    with unit_scope(cast.a.unit):
        run = ImportRun.objects.get()
    assert (run.state, run.report["added"], run.file_name) == ("DONE", 9, "export.xml")
