"""English versions: what is translated is shown, what is not says so and offers the Vietnamese."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from news.actions import add_picture, delete_picture, withdraw_article
from news.actions.english import publish_translation, save_translation, withdraw_translation
from news.models import ArticleTranslation, Category, Page
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.pictures import png_bytes
from tests.factories.visits import body_of, visit
from units.actions import save_site
from units.enums import Role

TITLE = "Lantern festival"


def _translate(house: House, *, published: bool = True, title: str = TITLE) -> ArticleTranslation:
    with unit_scope(house.unit):
        row = ArticleTranslation(
            article=house.article, title=f"{title} {house.marker}", summary=f"Lanterns {house.word}.",
            body=f"<p>Along the river {house.word}.</p><script>alert(1)</script>",
        )  # fmt: skip
        save_translation(translation=row, actor=house.people[Role.EDITOR])
        if published:
            assert publish_translation(translation=row, actor=house.people[Role.APPROVER])
    return row


def keep_own_picture() -> Any:
    return add_picture(upload=io.BytesIO(png_bytes((1, 2, 3))), alt_text="A boat")


def _clerk(house: House, role: Role) -> Any:
    client = Client()
    client.force_login(house.people[role])
    return client


def _screen(house: House) -> str:
    return f"/quan-tri/news/article/{house.article.pk}/tieng-anh/"


def test_a_published_translation_is_read_listed_and_linked_both_ways(cast: Cast) -> None:
    row = _translate(cast.a)
    text = body_of(visit(cast.a.host, row.get_absolute_url()))
    assert '<html lang="en"' in text
    assert "Along the river" in text
    assert "alert(1)" not in text
    assert f'href="{cast.a.article.get_absolute_url()}" lang="vi"' in text
    assert row.title in body_of(visit(cast.a.host, "/en/news/"))
    assert row.title in body_of(visit(cast.a.host, "/en/"))
    vietnamese = body_of(visit(cast.a.host, cast.a.article.get_absolute_url()))
    assert f'href="{row.get_absolute_url()}" lang="en"' in vietnamese
    assert f'hreflang="en" href="http://{cast.a.host}{row.get_absolute_url()}"' in vietnamese


def test_the_others_translation_is_not_here(cast: Cast) -> None:
    row = _translate(cast.b)
    for path in (row.get_absolute_url(), "/en/news/", "/en/"):
        assert cast.b.marker not in body_of(visit(cast.a.host, path))
    assert visit(cast.a.host, row.get_absolute_url()).status_code == 404


def test_a_missing_translation_says_so_and_offers_the_vietnamese(cast: Cast) -> None:
    article = cast.a.articles[1]
    text = body_of(visit(cast.a.host, f"/en/news/{article.slug}-{article.pk}/"))
    assert "Not available in English yet" in text
    assert f'href="{article.get_absolute_url()}"' in text
    assert 'content="noindex"' in text
    assert visit(cast.a.host, f"/en/news/x-{cast.a.draft.pk}/").status_code == 404, "nothing of a draft"
    assert visit(cast.a.host, "/en/news/x-999999/").status_code == 404


def test_a_draft_translation_is_nowhere(cast: Cast) -> None:
    row = _translate(cast.a, published=False)
    assert "Not available in English yet" in body_of(visit(cast.a.host, row.get_absolute_url()))
    assert TITLE not in body_of(visit(cast.a.host, "/en/news/"))


def test_an_old_title_in_the_address_leads_to_the_lasting_one(cast: Cast) -> None:
    row = _translate(cast.a)
    response = visit(cast.a.host, f"/en/news/old-title-{cast.a.article.pk}/")
    assert (response.status_code, response.headers["Location"]) == (301, row.get_absolute_url())


def test_withdrawing_the_article_takes_its_translation_along(cast: Cast) -> None:
    row = _translate(cast.a)
    with unit_scope(cast.a.unit):
        assert withdraw_article(article=cast.a.article, actor=cast.a.admin)
    assert visit(cast.a.host, row.get_absolute_url()).status_code == 404
    assert TITLE not in body_of(visit(cast.a.host, "/en/news/"))


def test_withdrawing_the_translation_keeps_the_article(cast: Cast) -> None:
    row = _translate(cast.a)
    with unit_scope(cast.a.unit):
        assert withdraw_translation(translation=row, actor=cast.a.admin)
        assert not withdraw_translation(translation=row, actor=cast.a.admin)
    assert "Not available in English yet" in body_of(visit(cast.a.host, row.get_absolute_url()))
    assert visit(cast.a.host, cast.a.article.get_absolute_url()).status_code == 200


def test_nobody_publishes_their_own_translation(cast: Cast) -> None:
    approver = cast.a.people[Role.APPROVER]
    with unit_scope(cast.a.unit):
        row = ArticleTranslation(article=cast.a.article, title="Own", summary="s", body="<p>b</p>")
        save_translation(translation=row, actor=approver)
        with pytest.raises(ValidationError):
            publish_translation(translation=row, actor=approver)
        assert publish_translation(translation=row, actor=cast.a.admin)
        assert not publish_translation(translation=row, actor=cast.a.admin)


def test_two_translators_do_not_overwrite_each_other_unseen(cast: Cast) -> None:
    _translate(cast.a, published=False)
    clerk = _clerk(cast.a, Role.EDITOR)
    form = {"title": "Mine", "summary": "s", "body": "<p>b</p>", "base_revision": "1", "_save": "1"}
    headers = {"host": cast.a.host}
    assert "Đã lưu" in clerk.post(_screen(cast.a), form, headers=headers, follow=True).text
    late = clerk.post(_screen(cast.a), {**form, "title": "Late words"}, headers=headers, follow=True).text
    assert "Người khác vừa lưu bản tiếng Anh này" in late
    assert "Late words" in late, "what was typed is still there"
    with unit_scope(cast.a.unit):
        assert ArticleTranslation.objects.get().title == "Mine"


def test_the_screen_says_when_the_vietnamese_text_is_newer(cast: Cast) -> None:
    _translate(cast.a, published=False)
    with unit_scope(cast.a.unit):
        type(cast.a.article).objects.filter(pk=cast.a.article.pk).update(version_number=7)
    text = body_of(_clerk(cast.a, Role.EDITOR).get(_screen(cast.a), headers={"host": cast.a.host}))
    assert "Bài tiếng Việt đã có bản 7; bản dịch theo bản 0" in text


def test_an_author_translates_own_articles_only_and_publishes_none(cast: Cast) -> None:
    author = _clerk(cast.a, Role.AUTHOR)
    headers = {"host": cast.a.host}
    assert author.get(_screen(cast.a), headers=headers).status_code == 403
    own = f"/quan-tri/news/article/{cast.a.draft.pk}/tieng-anh/"
    form = {"title": "Draft", "summary": "s", "body": "<p>b</p>", "_publish": "1"}
    assert "Đã lưu bản tiếng Anh" in author.post(own, form, headers=headers, follow=True).text
    with unit_scope(cast.a.unit):
        assert not ArticleTranslation.objects.get().is_published


def test_the_others_article_can_not_be_translated(cast: Cast) -> None:
    client = _clerk(cast.a, Role.UNIT_ADMIN)
    assert client.get(_screen(cast.b), headers={"host": cast.a.host}).status_code == 404


def test_an_about_page_leads_to_its_translation_and_back(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        Page.objects.filter(pk=cast.a.english_page.pk).update(translation_of=cast.a.page)
    english, vietnamese = cast.a.english_page.get_absolute_url(), cast.a.page.get_absolute_url()
    assert f'href="{english}" lang="en"' in body_of(visit(cast.a.host, vietnamese))
    assert f'href="{vietnamese}" lang="vi"' in body_of(visit(cast.a.host, english))
    response = visit(cast.a.host, f"/en/about/{cast.a.page.slug}/")
    assert (response.status_code, response.headers["Location"]) == (301, english)


def test_an_about_page_without_translation_says_so(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, f"/en/about/{cast.a.child_page.slug}/"))
    assert "Not available in English yet" in text
    assert cast.a.child_page.get_absolute_url() in text
    assert cast.a.english_page.title in body_of(visit(cast.a.host, "/en/about/"))


def test_the_menu_and_the_footer_speak_english_where_somebody_wrote_it(cast: Cast) -> None:
    text = body_of(visit(cast.a.host, "/en/"))
    assert 'href="/en/news/"' in text
    assert f'lang="vi">{cast.a.site.address}' in text
    cast.a.site.address_en, cast.a.site.intro_en = "1 Example Street", f"A ward by the lagoon {cast.a.word}"
    with unit_scope(cast.a.unit):
        save_site(site=cast.a.site)
        Category.objects.filter(pk=cast.a.category.pk).update(name_en="Activities")
    _translate(cast.a)
    text = body_of(visit(cast.a.host, "/en/"))
    assert "1 Example Street" in text
    assert "A ward by the lagoon" in text
    assert cast.a.site.address not in text
    assert "Activities" in body_of(visit(cast.a.host, "/en/news/"))


def test_the_english_words_are_kept_by_the_site_form(cast: Cast) -> None:
    path = f"/quan-tri/units/site/{cast.a.site.pk}/change/"
    form = {"responsible": "Bà A", "address": "Số 1", "phone": "0234 386 6000", "email": "a@example.vn", "palette": "sen",
            "banner": "citadel-sen", "modules": ["news", "about"], "address_en": "1 Example Street"}  # fmt: skip
    _clerk(cast.a, Role.UNIT_ADMIN).post(path, form, headers={"host": cast.a.host})
    assert "1 Example Street" in body_of(visit(cast.a.host, "/en/"))
    assert "1 Example Street" not in body_of(visit(cast.a.host, "/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_english_list_costs_the_same_for_any_number(
    cast: Cast, number: int, django_assert_num_queries: Any
) -> None:
    with unit_scope(cast.a.unit):
        for article in cast.a.articles[:number]:
            row = ArticleTranslation(article=article, title=f"T {article.pk}", summary="s", body="<p>b</p>")
            save_translation(translation=row, actor=cast.a.people[Role.EDITOR])
            publish_translation(translation=row, actor=cast.a.admin)
    visit(cast.a.host, "/en/about/")
    with django_assert_num_queries(5):
        visit(cast.a.host, "/en/news/")


def test_a_list_walks_by_keyset_and_refuses_foreign_marks(cast: Cast) -> None:
    assert visit(cast.a.host, "/en/news/?truoc=abc").status_code == 404
    assert visit(cast.a.host, "/en/news/?truoc=1-1").status_code == 404


def test_a_published_translation_that_is_rewritten_waits_for_another_person(cast: Cast) -> None:
    row = _translate(cast.a)
    clerk, headers = _clerk(cast.a, Role.EDITOR), {"host": cast.a.host}
    form = {"title": row.title, "summary": row.summary, "base_revision": "1", "_save": "1"}
    slip = clerk.post(_screen(cast.a), {**form, "body": "<p>Along the green river.</p>"}, headers=headers, follow=True)
    assert "tạm rời trang" not in slip.text
    assert "Along the green river" in body_of(visit(cast.a.host, row.get_absolute_url()))
    words = "<p>" + "Never seen by anybody else. " * 10 + "</p>"
    form["base_revision"] = "2"
    rewritten = clerk.post(_screen(cast.a), {**form, "body": words}, headers=headers, follow=True)
    assert "tạm rời trang" in rewritten.text
    text = body_of(visit(cast.a.host, row.get_absolute_url()))
    assert "Never seen by anybody else" not in text
    assert "Not available in English yet" in text


def test_a_picture_that_only_the_english_text_shows_is_not_deleted(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        picture = keep_own_picture()
        row = ArticleTranslation(
            article=cast.a.articles[1], title="T", summary="s", body=f'<p>b</p><img src="{picture.url}" alt="A boat">'
        )
        save_translation(translation=row, actor=cast.a.admin)
        with pytest.raises(ValidationError, match="đang được dùng"):
            delete_picture(picture=picture, actor=cast.a.admin)
