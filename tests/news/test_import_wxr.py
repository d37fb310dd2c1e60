"""A WordPress export with everything such exports have: what comes in, how it looks, and that no old address is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

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
from tests.factories.media import pdf_bytes
from tests.factories.pictures import jpeg_with_position, png_bytes
from tests.factories.visits import body_of, visit
from tests.factories.web import serve
from units.models import QueryShape, Redirect

EXPORT = Path(__file__).parent / "data" / "wordpress.xml"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast without the rows that the sweeps want."""
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            ImportRun.objects.all().delete()
    return cast


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """A copy of wp-content/uploads, in which some files are missing and one is broken."""
    for name, data in {
        "2020/05/den-long.jpg": jpeg_with_position((900, 600)),
        "2020/06/tiem-1.png": png_bytes((1, 2, 3), (300, 200)),
        "2020/06/tiem-2.png": png_bytes((9, 8, 7), (300, 200)),
        "2020/08/hong.jpg": b"\xff\xd8\xff broken",
        "2020/07/lich-cat-dien.pdf": pdf_bytes(),
    }.items():
        file = tmp_path / "uploads" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return tmp_path / "uploads"


@pytest.fixture
def bring(cast: Cast, uploads: Path) -> Callable[..., ImportReport]:
    """Import a file into Thuận An."""

    def run(path: Path = EXPORT, **more: Any) -> ImportReport:
        options = ImportOptions(**{"media_folder": uploads, **more})
        with unit_scope(cast.a.unit):
            return Importer(open_source(path, options={"drafts": options.drafts}), options)()

    return run


def article(cast: Cast, key: int) -> Article:
    with unit_scope(cast.a.unit):
        return Article.objects.select_related("category", "picture").get(
            source_ref=f"wp:thuanan.thuathienhue.gov.vn:{key}"
        )


def page(cast: Cast, title: str) -> Page:
    with unit_scope(cast.a.unit):
        return Page.objects.select_related("parent").get(title=title)


# --- what comes in -----------------------------------------------------------------------------------------------------


def test_what_is_public_comes_in_and_the_rest_is_counted(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    report = bring()
    assert (report.added, report.pages_added, report.drafts_added) == (9, 3, 0)
    assert report.skipped == {
        "draft": 1, "future": 1, "private": 1, "password": 1, "trash": 1, "no_title": 1, "menu": 2, "revision": 1,
        "other": 1,
    }  # fmt: skip
    assert report.comments == 2
    with unit_scope(cast.a.unit):
        assert not Article.objects.filter(body__contains="BI-MAT").exists()
    with unit_scope(cast.b.unit):
        assert not Article.objects.filter(source_ref__startswith="wp:").exists()


def test_an_article_keeps_its_facts(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    first = article(cast, 11)
    assert first.title == "Lễ hội đèn lồng & múa lân"
    assert first.published_at == datetime(2020, 5, 12, 8, 30, tzinfo=HANOI)
    assert first.author_name == "Lê Minh Tâm"
    assert first.slug == "le-hoi-den-long"
    assert first.category == cast.a.category  # the address part is the same: no second category
    assert first.summary.startswith("Tối 12/5, phường tổ chức lễ hội đèn lồng. Dòng thứ hai")
    assert first.picture is not None
    assert first.picture.alt_text == "Đèn lồng treo trước đình làng"
    assert first.picture.is_ready
    with unit_scope(cast.a.unit):
        assert {tag.slug for tag in first.tags.all()} == {"le-hoi", "den-long"}
        assert cast.a.tag in first.tags.all()
    assert article(cast, 13).slug == "thong-bao-cat-dien"
    assert article(cast, 13).category == cast.a.notices
    assert article(cast, 15).published_at == datetime(2020, 8, 1, 10, 0, tzinfo=HANOI)
    assert article(cast, 19).summary == "Bài chỉ có tóm tắt, không có nội dung."


def test_the_main_category_of_several_is_the_one_its_author_chose(
    cast: Cast, bring: Callable[..., ImportReport]
) -> None:
    bring()
    second = article(cast, 12)
    assert second.category.slug == "y-te"
    with unit_scope(cast.a.unit):
        assert "Tin hoạt động" in {tag.name for tag in second.tags.all()}


def test_classic_texts_get_their_paragraphs(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    body = article(cast, 11).body
    assert "<p>Tối 12/5, phường tổ chức <strong>lễ hội đèn lồng</strong>.<br>" in body
    assert "<h2>Chương trình</h2>" in body
    for gone in ("<script", "onclick", "[caption", "more-->", 'class="size'):
        assert gone not in body
    assert "<figcaption>Đèn lồng ở đình làng</figcaption>" in body


def test_blocks_galleries_and_players(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    report = bring()
    body = article(cast, 12).body
    assert "wp:" not in body
    assert body.count("<img") == 2
    assert 'alt="Bé được tiêm"' in body
    assert 'href="https://www.youtube.com/watch?v=abc123"' in body
    assert "[contact-form-7" not in body
    assert report.shortcodes["contact-form-7"] == 1
    gallery = article(cast, 15).body
    assert gallery.count("<img") == 2  # 999 is nobody's
    assert "[sic]" in gallery
    assert "[Xem thêm]" in gallery
    assert "[gallery] là mã" in gallery
    assert "Chữ trong cột" in gallery
    assert "vc_row" not in gallery


def test_pictures_are_taken_once_reencoded_and_described(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    report = bring()
    assert report.pictures == 4  # three files and the one inside a text
    with unit_scope(cast.a.unit):
        waiting = Picture.objects.filter(is_ready=False)
        assert [picture.alt_text for picture in waiting] == ["Ảnh trong bài “Tiêm phòng cúm cho trẻ em”"]
    host = cast.a.host
    body = article(cast, 11).body
    source = body.split('<img src="')[1].split('"')[0]
    answer = visit(host, source)
    assert answer.status_code == 200
    assert b"MayAnhBiMat" not in b"".join(answer.streaming_content)
    assert 'alt="Ô màu nhúng"' in article(cast, 18).body
    assert article(cast, 18).body.count("<img") == 2


def test_missing_and_broken_media_are_named_and_the_article_comes_in(
    cast: Cast, bring: Callable[..., ImportReport]
) -> None:
    report = bring()
    lines = "\n".join(report.missing_media)
    assert "“Ảnh mất trên máy chủ”: khong-con.jpg – không có trong thư mục ảnh" in lines
    assert "hong.jpg – Tệp này không phải ảnh, hoặc ảnh bị hỏng." in lines
    assert "mat.pdf" in lines
    body = article(cast, 16).body
    assert "Trước ảnh." in body
    assert "Sau ảnh." in body
    assert "<img" not in body
    assert article(cast, 16).picture is None
    assert "Tìm được tệp thì nạp lại" in report.text()


def test_a_picture_found_later_is_put_in_by_importing_again(
    cast: Cast, bring: Callable[..., ImportReport], uploads: Path
) -> None:
    bring()
    with unit_scope(cast.a.unit):
        Article.objects.filter(source_ref__endswith=":13").update(version_number=2, body="<p>Sửa ở đây.</p>")
    (uploads / "2020/08/khong-con.jpg").write_bytes(png_bytes((5, 5, 5), (50, 40)))
    (uploads / "2020/07/mat.pdf").write_bytes(pdf_bytes(3))
    report = bring()
    assert (report.added, report.mended) == (0, 1)
    mended = article(cast, 16)
    assert mended.body.count("<img") == 1
    assert mended.picture is not None
    assert "Trước ảnh." in mended.body
    assert article(cast, 13).body == "<p>Sửa ở đây.</p>"
    assert visit(cast.a.host, "/wp-content/uploads/2020/08/khong-con.jpg").status_code == 301


def test_documents_come_along(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    assert bring().files == 1
    with unit_scope(cast.a.unit):
        file = Attachment.objects.get()
    assert f'href="{file.url}"' in article(cast, 13).body
    assert visit(cast.a.host, file.url).status_code == 200


def test_dangerous_links_are_dropped_and_said(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    report = bring()
    body = article(cast, 17).body
    assert "javascript" not in body.lower()
    assert "xau.example" not in body
    assert 'href="https://baochinhphu.vn/x?a=1&amp;b=2"' in body
    assert "watch?v=zzz999" in body
    assert any("“Liên kết nguy hiểm”: bỏ 2 liên kết không an toàn" in line for line in report.notes)


def test_pages_keep_their_place_whatever_the_order(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    child = page(cast, "Cơ cấu tổ chức")  # stands before its parent in the file
    assert child.parent is not None
    assert child.parent.title == "Giới thiệu"


def test_links_between_old_texts_lead_to_the_new_ones(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    report = bring()
    body = article(cast, 11).body
    assert f'href="{article(cast, 12).get_absolute_url()}"' in body
    assert f'href="{article(cast, 13).get_absolute_url()}"' in body
    assert f'href="{page(cast, "Giới thiệu").get_absolute_url()}"' in body
    assert "thuanan.thuathienhue" not in body.replace("/bai-khong-con/", "")
    assert any("/bai-khong-con/ của trang cũ chưa có bài" in line for line in report.notes)
    assert report.links_joined >= 4


# --- old addresses -----------------------------------------------------------------------------------------------------

TO_ARTICLES = {
    11: ["/2020/05/le-hoi-den-long/", "/?p=11", "/2020/05/le-hoi-den-long/den-long/", "/?attachment_id=101",
         "/2020/05/le-hoi-den-long/feed/", "/2020/05/le-hoi-den-long/amp/", "/2020/05/LE-HOI-DEN-LONG",
         "/index.php?p=11", "/?p=11&utm_source=zalo", "/2020/05/le-hoi-den-long/?replytocom=9"],
    12: ["/2020/06/tiem-phong-cum/", "/?p=12", "/2020/06/tiem-phong-cum/tiem-2/", "/?attachment_id=102"],
    13: ["/2020/07/th%c3%b4ng-b%c3%a1o-c%e1%ba%aft-%c4%91i%e1%bb%87n/", "/2020/07/thông-báo-cắt-điện", "/?p=13",
         "/2020/07/thong-bao-cat-dien-cu/", "/2020/07/lich-cat-dien/", "/?attachment_id=104"],
    14: ["/2020/07/bai-chep-lai/", "/?p=14"],
    15: ["/2020/08/anh-dep/", "/?p=15"],
    16: ["/2020/08/anh-mat/", "/?p=16"],
    17: ["/2020/08/lien-ket-nguy-hiem/", "/?p=17"],
    18: ["/2020/09/anh-nhung/", "/?p=18"],
    19: ["/2020/09/chi-co-trich/", "/?p=19"],
}  # fmt: skip
TO_PAGES = {
    "Giới thiệu": ["/?page_id=30", "/?p=30"],
    "Cơ cấu tổ chức": ["/?page_id=31", "/?p=31"],
    "Trang chủ cũ": ["/?page_id=32"],
}
TO_LISTS = {
    "/tin-tuc/tin-hoat-dong/": ["/category/tin-hoat-dong/", "/?cat=3", "/category/tin-hoat-dong/page/7/"],
    "/tin-tuc/tin-hoat-dong/rss/": ["/category/tin-hoat-dong/feed/"],
    "/tin-tuc/y-te/": ["/category/tin-hoat-dong/y-te/", "/category/y-te/", "/?cat=4"],
    "/tin-tuc/thong-bao/": ["/category/th%c3%b4ng-b%c3%a1o/", "/category/thông-báo/", "/?cat=5"],
    "/tin-tuc/the/le-hoi/": ["/tag/le-hoi/", "/?tag=le-hoi", "/tag/le-hoi/page/2/"],
    "/tin-tuc/the/den-long/": ["/tag/den-long/"],
    "/tin-tuc/": ["/author/minhtam/", "/author/quantri/page/3/", "/?author=2", "/page/4/", "/type/gallery/", "/2020/",
                  "/?m=2020", "/khong-con/"],
    "/rss/": ["/feed/", "/?feed=rss2", "/comments/feed/"],
    "/atom/": ["/feed/atom/", "/?feed=atom"],
    "/tin-tuc/ngay/2020/05/": ["/2020/05/", "/?m=202005", "/2020/05/page/2/"],
}  # fmt: skip


def test_every_old_address_leads_in_one_step_to_a_page_that_answers(
    cast: Cast, bring: Callable[..., ImportReport]
) -> None:
    bring()
    host = cast.a.host
    wanted = [(path, article(cast, key).get_absolute_url()) for key, paths in TO_ARTICLES.items() for path in paths]
    wanted += [(path, page(cast, title).get_absolute_url()) for title, paths in TO_PAGES.items() for path in paths]
    wanted += [(path, target) for target, paths in TO_LISTS.items() for path in paths]
    for path, target in wanted:
        answer = visit(host, path)
        assert (answer.status_code, answer.headers.get("Location")) == (301, target), path
        assert visit(host, target).status_code == 200, target
    # These have not changed.
    assert {visit(host, path).status_code for path in ("/", "/gioi-thieu/", "/gioi-thieu/co-cau-to-chuc/")} == {200}


def test_old_addresses_of_files_lead_to_the_files(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    for path in ("/wp-content/uploads/2020/05/den-long.jpg", "/wp-content/uploads/2020/07/lich-cat-dien.pdf"):
        answer = visit(cast.a.host, path)
        assert answer.status_code == 301
        assert visit(cast.a.host, answer.headers["Location"]).status_code == 200


def test_nothing_that_was_hidden_has_an_address(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    for path in ("/2020/09/rieng-tu/", "/2020/09/mat-khau/"):
        assert visit(cast.a.host, path).status_code == 404
    assert visit(cast.a.host, "/?p=22").status_code == 200  # the home page
    assert visit(cast.b.host, "/2020/05/le-hoi-den-long/").status_code == 404


def test_an_imported_article_is_read_by_citizens(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    bring()
    text = body_of(visit(cast.a.host, article(cast, 11).get_absolute_url()))
    assert "múa lân" in text
    assert "Lê Minh Tâm" in text


def test_a_category_renamed_later_takes_the_old_addresses_along(cast: Cast, bring: Callable[..., ImportReport]) -> None:
    from news.actions import save_category

    bring()
    with unit_scope(cast.a.unit):
        row = Category.objects.get(slug="y-te")
        row.slug = "suc-khoe"
        save_category(category=row)
    assert visit(cast.a.host, "/?cat=4").headers["Location"] == "/tin-tuc/suc-khoe/"
    assert visit(cast.a.host, "/?p=12").headers["Location"] == article(cast, 12).get_absolute_url()


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
