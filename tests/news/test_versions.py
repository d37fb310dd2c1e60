"""Versions of an article: looking, comparing, going back, in one's own unit only."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from news import actions
from news.actions.restoring import restore_version
from news.actions.versions import Change, EditConflict
from news.enums import ArticleStatus, VersionReason
from news.models import Article, ArticleVersion, PublicNote
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def _screens(pk: int, number: int = 1) -> list[str]:
    start = f"/quan-tri/news/article/{pk}"
    return [
        *(f"{start}/phien-ban/", f"{start}/phien-ban/{number}/", f"{start}/phien-ban/{number}/khoi-phuc/"),
        *(f"{start}/so-sanh/", f"{start}/so-sanh/?tu={number}&den={number}"),
    ]


def _saved(house: House, article: Article, *texts: str, note: str = "Sửa theo góp ý.") -> Article:
    """The article saved once for each text, as the editor does it."""
    with unit_scope(house.unit):
        for text in texts:
            row = Article.objects.select_related("category", "picture").get(pk=article.pk)
            row.body = f"<p>{text}</p>"
            actions.save_article(article=row, actor=house.people[Role.EDITOR], change=Change(public_note=note))
        return Article.objects.select_related("category", "picture").get(pk=article.pk)


@pytest.fixture
def draft(cast: Cast) -> Article:
    return _saved(cast.a, cast.a.draft, "Chữ thứ nhất.", "Chữ thứ hai.", "Chữ thứ ba, dài hơn.")


def test_every_save_is_a_version_and_the_text_before_the_first_is_kept(cast: Cast, draft: Article) -> None:
    with unit_scope(cast.a.unit):
        rows = list(ArticleVersion.objects.of_article(draft))
    assert [row.number for row in rows] == [4, 3, 2, 1]
    assert rows[-1].reason == VersionReason.BASELINE
    text = Clerk(cast.a, Role.EDITOR).get(_screens(draft.pk)[0]).text
    for words in ("Bản 4", "Bản 1", "Bản có sẵn", "đang dùng", "Khôi phục"):
        assert words in text


def test_the_newest_is_compared_with_the_one_before_unless_asked_otherwise(cast: Cast, draft: Article) -> None:
    clerk = Clerk(cast.a, Role.EDITOR)
    start = f"/quan-tri/news/article/{draft.pk}/so-sanh/"
    response = clerk.get(start)
    assert (response.context["old"].number, response.context["new"].number) == (3, 4)
    assert "<ins>" in response.text
    response = clerk.get(f"{start}?tu=2&den=4")
    assert (response.context["old"].number, response.context["new"].number) == (2, 4)
    assert "không có bản trước để so" in clerk.get(f"{start}?den=1").text
    assert "Hai bản giống nhau" in clerk.get(f"{start}?tu=2&den=2").text
    for wrong in ("?tu=99", "?tu=abc", "?den=-1", "?tu=٣", "?den=99999999999999999999"):
        assert clerk.get(start + wrong).status_code == 404, wrong


def test_title_summary_category_tags_author_and_picture_are_compared_too(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        row = Article.objects.select_related("category", "picture").get(pk=house.draft.pk)
        row.title, row.summary, row.author_name = "Tên mới hẳn", "Tóm tắt mới", "Bà Tác Giả"
        row.category, row.picture = house.notices, house.picture
        actions.save_article(article=row, tags=["Thẻ mới"], actor=house.people[Role.EDITOR])
    response = Clerk(house, Role.EDITOR).get(f"/quan-tri/news/article/{row.pk}/so-sanh/")
    labels = [found.label for found in response.context["diff"].rows]
    assert labels == ["Tiêu đề", "Tóm tắt", "Chuyên mục", "Thẻ", "Tác giả", "Ảnh chính"]
    for words in (
        "Tên mới hẳn",
        "Bà Tác Giả",
        house.notices.name,
        "Thẻ mới",
        house.picture.small_url,
        house.picture.alt,
    ):
        assert words in response.text


def test_hostile_words_stay_words_on_every_screen(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        row = Article.objects.select_related("category", "picture").get(pk=house.draft.pk)
        row.title, row.summary, row.author_name = HOSTILE, HOSTILE, HOSTILE
        row.body = f"<p>{HOSTILE}</p><p>&lt;script&gt;alert(2)&lt;/script&gt;</p>"
        actions.save_article(article=row, tags=[HOSTILE], actor=house.people[Role.EDITOR])
    clerk = Clerk(house, Role.EDITOR)
    for path in _screens(row.pk, 2):
        text = clerk.get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def test_restoring_is_a_new_save_that_loses_nothing(cast: Cast, draft: Article) -> None:
    clerk = Clerk(cast.a, Role.EDITOR)
    path = f"/quan-tri/news/article/{draft.pk}/phien-ban/2/khoi-phuc/"
    assert "Khôi phục sẽ đổi" in clerk.get(path).text
    response = clerk.post(path, {"base_version": "4"})
    assert "Đã khôi phục bản 2" in response.text
    with unit_scope(cast.a.unit):
        now = Article.objects.get(pk=draft.pk)
        newest = ArticleVersion.objects.latest_of(now)
        assert (now.body, now.version_number) == ("<p>Chữ thứ nhất.</p>", 5)
        assert newest is not None
        assert (newest.reason, newest.made_by) == (VersionReason.RESTORE, cast.a.people[Role.EDITOR])
        assert ArticleVersion.objects.filter(article=now).count() == 5
        assert now.slug == draft.slug, "the address stays"


def test_restoring_brings_back_tags_picture_and_category(cast: Cast) -> None:
    house, editor = cast.a, cast.a.people[Role.APPROVER]
    with unit_scope(house.unit):
        row = Article.objects.select_related("category", "picture").get(pk=house.article.pk)
        row.category, row.picture, row.title = house.notices, None, "Khác"
        actions.save_article(article=row, tags=[], actor=editor, change=Change(public_note="Đổi."))
        version = ArticleVersion.objects.whole().get(article=row, number=1)
        row = Article.objects.select_related("category", "picture").get(pk=row.pk)
        restore_version(
            article=row, version=version, actor=editor, base_version=2,
            change=Change(public_note="Trở lại.", reason=VersionReason.RESTORE),
        )  # fmt: skip
        now = Article.objects.get(pk=row.pk)
        assert (now.category, now.picture, now.title) == (house.category, house.picture, house.article.title)
        assert [tag.name for tag in now.tags.all()] == [house.tag.name]
    assert visit(house.host, now.get_absolute_url()).status_code == 200


def test_somebody_who_saved_meanwhile_is_not_overwritten(cast: Cast, draft: Article) -> None:
    clerk = Clerk(cast.a, Role.EDITOR)
    path = f"/quan-tri/news/article/{draft.pk}/phien-ban/2/khoi-phuc/"
    _saved(cast.a, draft, "Chữ của người khác.")
    response = clerk.post(path, {"base_version": "4"})
    assert "vừa lưu bài này" in response.text
    with unit_scope(cast.a.unit):
        assert Article.objects.get(pk=draft.pk).body == "<p>Chữ của người khác.</p>"
        version = ArticleVersion.objects.whole().get(article=draft, number=2)
        with pytest.raises(EditConflict):
            restore_version(
                article=draft, version=version, actor=cast.a.admin, base_version=4, change=Change()
            )  # fmt: skip


def test_restoring_a_published_text_is_told_to_citizens_like_any_change(cast: Cast) -> None:
    house = cast.a
    article = _saved(house, house.article, " ".join(f"từ{number}" for number in range(60)))
    clerk = Clerk(house, Role.APPROVER)
    path = f"/quan-tri/news/article/{article.pk}/phien-ban/1/khoi-phuc/"
    refused = clerk.post(path, {"base_version": "2"})
    assert "từ đã đổi" in refused.text
    assert 'href="#id_public_note"' in refused.text
    refused = clerk.post(path, {"base_version": "2", "is_minor": "on"})
    assert "không chỉ là lỗi chính tả" in refused.text
    with unit_scope(house.unit):
        assert Article.objects.get(pk=article.pk).version_number == 2
    clerk.post(path, {"base_version": "2", "public_note": "Trở lại nội dung đầu.", "note_kind": "CHANGE"})
    with unit_scope(house.unit):
        now = Article.objects.get(pk=article.pk)
        assert (now.version_number, now.status) == (3, ArticleStatus.PUBLISHED)
        assert PublicNote.objects.of_article(now)[0].text == "Trở lại nội dung đầu."
    assert "Trở lại nội dung đầu." in body_of(visit(house.host, house.article.get_absolute_url()))


def test_who_may_not_change_the_text_may_look_and_not_restore(cast: Cast, draft: Article) -> None:
    with unit_scope(cast.a.unit):
        Article.objects.filter(pk=draft.pk).update(status=ArticleStatus.SUBMITTED)
    clerk = Clerk(cast.a, Role.AUTHOR)
    listing, version, restore, compare, _same = _screens(draft.pk, 2)
    for path in (listing, version, compare):
        response = clerk.get(path)
        assert response.status_code == 200
        assert "khoi-phuc" not in response.text
    assert clerk.get(restore).status_code == 403
    assert clerk.client.post(restore, {"base_version": "4"}, headers={"host": cast.a.host}).status_code == 403
    with unit_scope(cast.a.unit):
        assert Article.objects.get(pk=draft.pk).version_number == 4
        version_row = ArticleVersion.objects.whole().get(article=draft, number=2)
        with pytest.raises(ValidationError):
            restore_version(
                article=Article.objects.select_related("category").get(pk=draft.pk), version=version_row,
                actor=cast.a.people[Role.AUTHOR], base_version=4, change=Change(),
            )  # fmt: skip


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.UNIT_ADMIN])
def test_the_others_versions_are_not_there(cast: Cast, role: Role) -> None:
    foreign = _saved(cast.b, cast.b.draft, "Chữ một.", "Chữ hai.")
    own = _saved(cast.a, cast.a.draft, "Chữ một.", "Chữ hai.")
    clerk = Clerk(cast.a, role)
    for path in _screens(foreign.pk, 2):
        response = clerk.get(path)
        assert response.status_code == 404, path
        assert_nothing_of(cast.b, response, path)
    response = clerk.client.post(
        f"/quan-tri/news/article/{foreign.pk}/phien-ban/2/khoi-phuc/",
        {"base_version": "3"},
        headers={"host": cast.a.host},
    )
    assert response.status_code == 404
    with unit_scope(cast.b.unit):
        assert Article.objects.get(pk=foreign.pk).version_number == foreign.version_number
        assert not AuditEntry.objects.filter(target_id=foreign.pk, actor=clerk.house.people[role]).exists()
    assert own.version_number == 3


def test_an_article_that_was_only_loaded_says_so(cast: Cast) -> None:
    clerk = Clerk(cast.a, Role.EDITOR)
    start = f"/quan-tri/news/article/{cast.a.article.pk}"
    assert "chưa có phiên bản" in clerk.get(f"{start}/phien-ban/").text
    assert "chưa có phiên bản" in clerk.get(f"{start}/so-sanh/").text


def test_the_edit_form_shows_the_last_five_versions(cast: Cast, draft: Article) -> None:
    article = _saved(cast.a, draft, "Một.", "Hai.", "Ba.")
    response = Clerk(cast.a, Role.EDITOR).get(f"/quan-tri/news/article/{article.pk}/change/")
    assert [row.number for row in response.context["history"]["versions"]] == [7, 6, 5, 4, 3]
    assert f"/quan-tri/news/article/{article.pk}/so-sanh/?den=7" in response.text


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("screen", ["phien-ban/", "so-sanh/", "change/"])
def test_the_screens_queries_do_not_grow(
    cast: Cast, screen: str, number: int, django_assert_max_num_queries: Any
) -> None:
    article = _saved(cast.a, cast.a.draft, *[f"Chữ số {count}." for count in range(number * 10)])
    clerk = Clerk(cast.a, Role.EDITOR)
    path = f"/quan-tri/news/article/{article.pk}/{screen}"
    clerk.get(path)
    with django_assert_max_num_queries(30 if screen == "change/" else 18):
        clerk.get(path)


def test_long_histories_are_leafed_through(cast: Cast) -> None:
    house = cast.a
    with unit_scope(house.unit):
        row = Article.objects.select_related("category").get(pk=house.draft.pk)
        ArticleVersion.objects.bulk_create(
            ArticleVersion(article=row, number=number, status=row.status, title=f"Tên {number}", category_name="x")
            for number in range(1, 251)
        )
        Article.objects.filter(pk=row.pk).update(version_number=250)
    clerk = Clerk(house, Role.EDITOR)
    path = f"/quan-tri/news/article/{row.pk}/phien-ban/"
    response = clerk.get(path)
    assert [response.context["versions"][place].number for place in (0, -1)] == [250, 151]
    response = clerk.get(f"{path}?truoc=151")
    assert [response.context["versions"][place].number for place in (0, -1)] == [150, 51]
    assert clerk.get(f"{path}?truoc=51").context["older"] is None
