"""A WordPress export with everything such exports have: what comes in, how it looks, and that no old address is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from news.importing import ImportReport
from news.models import Article, Category, Picture
from news.models.attachments import Attachment
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.media import pdf_bytes
from tests.factories.pictures import png_bytes
from tests.factories.visits import body_of, visit
from tests.news.wordpress.old_site import article, page

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


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
