"""The article's screen: writing, publishing, withdrawing, pictures, and who may do what."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from news.enums import ArticleStatus
from news.models import Article, Category, Picture, Tag
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.pictures import png_bytes
from tests.factories.visits import visit
from units.enums import Role

pytestmark = pytest.mark.anywhere

ADD = "/quan-tri/news/article/add/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
NOT_A_PICTURE = "Tệp này không phải ảnh, hoặc ảnh bị hỏng."
CUT_OFF = "Tệp này không phải ảnh trọn vẹn: phần cuối bị thiếu."


class Clerk:
    """A logged-in person at the administration of one house."""

    def __init__(self, house: House, role: Role) -> None:
        self.house = house
        self.client = Client()
        self.client.force_login(house.people[role])

    def get(self, path: str) -> Any:
        """Open a screen."""
        return self.client.get(path, headers={"host": self.house.host})

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """Send a form and follow to the next screen."""
        return self.client.post(path, data, headers={"host": self.house.host}, follow=True)

    def article(self, **changes: Any) -> dict[str, Any]:
        """The form of a complete article."""
        return {
            "title": "Lịch tiếp công dân tháng 12",
            "summary": "Chủ tịch phường tiếp công dân sáng thứ Hai hằng tuần.",
            "body": "<p>Tại phòng tiếp công dân.</p>",
            "category": self.house.notices.pk,
            "tag_names": "",
            "author_name": "",
            "source_name": "",
            "alt_text": "",
            "caption": "",
            **changes,
        }


def newest(house: House) -> Article:
    with unit_scope(house.unit):
        return Article.objects.select_related("category", "picture").latest("pk")


def counts(house: House) -> tuple[int, int, int]:
    """Articles, pictures, stored files: what a refused form must leave as it was."""
    with unit_scope(house.unit):
        files = sum(1 for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
        return Article.objects.count(), Picture.objects.count(), files


@pytest.fixture
def approver(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.APPROVER)


@pytest.fixture
def author(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.AUTHOR)


def publish(author: Clerk, approver: Clerk, **changes: Any) -> Article:
    """The whole way through the screens: one person writes and hands in, another one reads and publishes."""
    author.post(ADD, author.article(_submit="1", **changes))
    article = newest(author.house)
    decision = {"decision": "publish", "secrecy": "on", "seen_version": article.version_number}
    approver.post(f"/quan-tri/news/article/{article.pk}/duyet/", decision)
    return newest(author.house)


def test_one_writes_another_publishes_and_citizens_read(author: Clerk, approver: Clerk) -> None:
    article = publish(author, approver)
    assert article.status == ArticleStatus.PUBLISHED
    assert article.approved_by == approver.house.people[Role.APPROVER]
    assert visit(approver.house.host, article.get_absolute_url()).status_code == 200


def test_saving_keeps_a_draft_that_citizens_do_not_see(approver: Clerk) -> None:
    approver.post(ADD, approver.article(_save="1", summary="", body="", tag_names="tiếp dân, Tiếp dân, lịch"))
    article = newest(approver.house)
    assert (article.status, article.created_by) == (ArticleStatus.DRAFT, approver.house.people[Role.APPROVER])
    assert visit(approver.house.host, article.get_absolute_url()).status_code == 404
    with unit_scope(approver.house.unit):
        assert set(article.tags.values_list("name", flat=True)) == {"tiếp dân", "lịch"}
        assert Tag.objects.filter(slug="tiep-dan").count() == 1


def test_handing_in_what_is_not_complete_says_what_is_missing_and_keeps_what_was_typed(approver: Clerk) -> None:
    before = counts(approver.house)
    response = approver.post(ADD, approver.article(_submit="1", summary=" ", body="<p>&nbsp;</p>", category=""))
    assert counts(approver.house) == before
    assert "Chưa gửi duyệt được. Cần sửa những chỗ sau:" in response.text
    for link in ('href="#id_summary"', 'href="#id_body"', 'href="#id_category"'):
        assert link in response.text
    assert 'value="Lịch tiếp công dân tháng 12"' in response.text


def test_the_checks_before_publishing_say_what_stands_in_the_form(approver: Clerk) -> None:
    checks = {check.field: check.is_met for check in approver.get(ADD).context["checks"]}
    assert checks == {"title": False, "summary": False, "body": False, "category": False, "alt_text": True}
    path = f"/quan-tri/news/article/{approver.house.article.pk}/change/"
    assert all(check.is_met for check in approver.get(path).context["checks"])


def test_an_author_has_no_publish_button_and_publishes_nothing_by_sending_its_name(author: Clerk) -> None:
    assert 'name="_publish"' not in author.get(ADD).text
    author.post(ADD, author.article(_publish="1"))
    article = newest(author.house)
    assert article.status == ArticleStatus.DRAFT
    assert visit(author.house.host, article.get_absolute_url()).status_code == 404


def test_an_author_reads_published_articles_and_changes_none(author: Clerk) -> None:
    path = f"/quan-tri/news/article/{author.house.article.pk}/change/"
    response = author.get(path)
    assert response.status_code == 200
    assert "Bài này đã đăng. Bạn xem được" in response.text
    assert 'id="article_form"' not in response.text
    assert author.post(path, author.article(_withdraw="1")).status_code == 403
    with unit_scope(author.house.unit):
        assert Article.objects.get(pk=author.house.article.pk).status == ArticleStatus.PUBLISHED


def test_an_editor_changes_drafts_but_publishes_none(cast: Cast) -> None:
    editor = Clerk(cast.a, Role.EDITOR)
    path = f"/quan-tri/news/article/{cast.a.draft.pk}/change/"
    assert 'name="_publish"' not in editor.get(path).text
    editor.post(path, editor.article(title="Nháp đã sửa", _publish="1"))
    with unit_scope(cast.a.unit):
        draft = Article.objects.get(pk=cast.a.draft.pk)
    assert (draft.title, draft.status) == ("Nháp đã sửa", ArticleStatus.DRAFT)


def test_what_citizens_have_seen_is_never_deleted(approver: Clerk) -> None:
    for article in (approver.house.article, approver.house.withdrawn):
        path = f"/quan-tri/news/article/{article.pk}/delete/"
        assert approver.post(path, {"post": "yes"}).status_code == 403
    path = f"/quan-tri/news/article/{approver.house.draft.pk}/delete/"
    assert "Xóa rồi không lấy lại được." in approver.get(path).text
    assert approver.post(path, {"post": "yes"}).status_code == 200
    with unit_scope(approver.house.unit):
        assert not Article.objects.filter(pk=approver.house.draft.pk).exists()
        assert AuditEntry.objects.filter(verb="article.delete").count() == 1


@pytest.mark.parametrize("content", [SVG, HTML, png_bytes()[:60], b""], ids=["svg", "html", "broken", "empty"])
def test_what_is_no_picture_is_refused_by_its_content_and_nothing_is_stored(approver: Clerk, content: bytes) -> None:
    before = counts(approver.house)
    upload = SimpleUploadedFile("anh.jpg", content, content_type="image/jpeg")
    response = approver.post(ADD, approver.article(_submit="1", upload=upload, alt_text="Bến thuyền"))
    assert response.status_code == 200
    assert counts(approver.house) == before
    assert 'href="#id_upload"' in response.text
    if content:
        assert (CUT_OFF if content.startswith(b"\x89PNG") else NOT_A_PICTURE) in response.text
    assert 'value="Bến thuyền"' in response.text


def test_a_file_over_the_limit_is_refused_with_its_size(approver: Clerk, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    before = counts(approver.house)
    upload = SimpleUploadedFile("anh.png", png_bytes() + b"\0" * 1024 * 1024, content_type="image/png")
    response = approver.post(ADD, approver.article(_save="1", upload=upload, alt_text="Bến thuyền"))
    assert "Tệp lớn hơn 1 MB." in response.text
    assert counts(approver.house) == before


def test_a_body_of_50_megabytes_is_refused_before_it_is_looked_at(approver: Clerk) -> None:
    before = counts(approver.house)
    body = b"0" * (50 * 1024 * 1024)
    response = approver.client.generic(
        "POST", ADD, body, content_type="multipart/form-data; boundary=x", headers={"host": approver.house.host}
    )
    assert response.status_code == 413
    assert counts(approver.house) == before


def test_a_picture_says_what_it_shows_or_that_it_is_decoration(approver: Clerk) -> None:
    def upload() -> SimpleUploadedFile:
        return SimpleUploadedFile("anh.png", png_bytes(), content_type="image/png")

    before = counts(approver.house)
    response = approver.post(ADD, approver.article(_save="1", upload=upload()))
    assert "Viết một câu tả ảnh" in response.text
    assert counts(approver.house) == before
    approver.post(ADD, approver.article(_save="1", upload=upload(), alt_text="Bến thuyền buổi sáng"))
    picture = newest(approver.house).picture
    assert picture is not None
    assert picture.alt == "Bến thuyền buổi sáng"
    approver.post(ADD, approver.article(_save="1", upload=upload(), is_decorative="on"))
    decoration = newest(approver.house).picture
    assert decoration is not None
    assert decoration.alt == ""


def test_the_picture_in_use_can_be_described_anew_and_taken_off(approver: Clerk) -> None:
    article = approver.house.article
    path = f"/quan-tri/news/article/{article.pk}/change/"
    told = {"public_note": "Thay bài.", "note_kind": "CHANGE"}
    approver.post(path, approver.article(_save="1", alt_text="Đèn lồng đỏ", **told))
    with unit_scope(approver.house.unit):
        assert Picture.objects.get(articles=article).alt_text == "Đèn lồng đỏ"
    approver.post(path, approver.article(_save="1", remove_picture="on"))
    with unit_scope(approver.house.unit):
        assert Article.objects.get(pk=article.pk).picture is None


def test_the_picture_screen_changes_the_description_and_refuses_none(approver: Clerk) -> None:
    path = f"/quan-tri/news/picture/{approver.house.picture.pk}/change/"
    response = approver.post(path, {"alt_text": "  ", "caption": ""})
    assert "Viết một câu tả ảnh" in response.text
    approver.post(path, {"alt_text": "Đèn lồng đỏ", "caption": "Phố đèn"})
    with unit_scope(approver.house.unit):
        picture = Picture.objects.get(pk=approver.house.picture.pk)
        assert (picture.alt_text, picture.caption) == ("Đèn lồng đỏ", "Phố đèn")
        assert AuditEntry.objects.filter(verb="picture.describe").count() == 1


def test_two_categories_never_share_an_address(cast: Cast) -> None:
    clerk = Clerk(cast.a, Role.UNIT_ADMIN)
    response = clerk.post("/quan-tri/news/category/add/", {"name": "Khác", "slug": "thong-bao", "order": "3"})
    assert "Đã có chuyên mục" in response.text
    response = clerk.post("/quan-tri/news/category/add/", {"name": "Ngày", "slug": "", "order": "3"})
    assert "Từ này máy đã dùng" in response.text
    clerk.post("/quan-tri/news/category/add/", {"name": "An sinh xã hội", "slug": "", "order": "3"})
    with unit_scope(cast.a.unit):
        assert Category.objects.filter(slug="an-sinh-xa-hoi").count() == 1


def test_today_shows_own_drafts_and_to_approvers_what_others_handed_in(cast: Cast) -> None:
    author, approver = Clerk(cast.a, Role.AUTHOR), Clerk(cast.a, Role.APPROVER)
    author.post(ADD, author.article(_save="1", title="Bài của cộng tác viên"))
    panel = author.get("/quan-tri/").context["panels"][0]
    assert panel["drafts"][0].title == "Bài của cộng tác viên"
    assert not panel["waiting"]
    path = f"/quan-tri/news/article/{newest(cast.a).pk}/change/"
    author.post(path, author.article(_submit="1", title="Bài của cộng tác viên"))
    panel = approver.get("/quan-tri/").context["panels"][0]
    assert "Bài của cộng tác viên" in [row.title for row in panel["waiting"]]


def test_a_site_without_news_for_a_week_is_called_stale(cast: Cast, clock: Any) -> None:
    approver = Clerk(cast.a, Role.APPROVER)
    assert approver.get("/quan-tri/").context["panels"][0]["is_stale"] is False
    clock.shift(8 * 24 * 3600)
    approver.client.force_login(cast.a.people[Role.APPROVER])
    response = approver.get("/quan-tri/")
    assert response.context["panels"][0]["is_stale"] is True
    assert "đã quá 7 ngày" in response.text


def test_the_history_of_an_article_comes_from_the_audit_trail_in_words(author: Clerk, approver: Clerk) -> None:
    article = publish(author, approver)
    response = approver.get(f"/quan-tri/news/article/{article.pk}/history/")
    assert "Gửi duyệt" in response.text
    assert "Viết bài" in response.text
    assert "Đăng bài" in response.text
    assert "article.publish" not in response.text


def test_only_the_editor_screens_relax_the_content_policy(approver: Clerk) -> None:
    assert "unsafe-inline" in approver.get(ADD).headers["Content-Security-Policy"]
    for path in ("/quan-tri/", "/quan-tri/news/article/", "/quan-tri/news/picture/", "/quan-tri/password_change/"):
        response = approver.get(path)
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "<style" not in response.text
        assert " style=" not in response.text
        assert " onclick=" not in response.text


def test_uploads_lose_the_place_they_were_taken_at(approver: Clerk) -> None:
    from PIL import Image

    from tests.factories.pictures import jpeg_with_position

    upload = SimpleUploadedFile("anh.jpg", jpeg_with_position(), content_type="image/jpeg")
    approver.post(ADD, approver.article(_save="1", upload=upload, alt_text="Bến thuyền"))
    picture = newest(approver.house).picture
    assert picture is not None
    with picture.file.open("rb") as stored:
        image = Image.open(io.BytesIO(stored.read()))
    assert image.format == "WEBP"
    assert not image.getexif()
