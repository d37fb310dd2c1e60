"""Who else is at an article, and nobody overwrites what they have not seen."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from news.actions import save_article
from news.models import Article, ArticleVersion
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.writers import Writer, autosave, change, draft_of, presence, rows, text_of
from units.enums import Role


@pytest.fixture
def author(cast: Cast) -> Writer:
    return Writer(cast.a, Role.AUTHOR)


@pytest.fixture
def editor(cast: Cast) -> Writer:
    return Writer(cast.a, Role.EDITOR)


def test_two_people_at_one_article_see_each_other_until_one_leaves(cast: Cast, author: Writer, editor: Writer) -> None:
    assert author.post(presence(cast.a.draft), version=0).json()["html"] == ""
    seen = editor.post(presence(cast.a.draft), version=0, has_changes="1").json()["html"]
    assert f"<strong>{author.user}</strong> đang mở bài này" in seen
    assert f"<strong>{editor.user}</strong> đang sửa bài này" in author.post(presence(cast.a.draft)).json()["html"]
    assert f"{editor.user}" in author.get(change(cast.a.draft)).text
    editor.post(presence(cast.a.draft), leaving="1")
    assert author.post(presence(cast.a.draft)).json()["html"] == ""


def test_who_was_not_heard_of_for_a_minute_is_gone(cast: Cast, author: Writer, editor: Writer, clock: Any) -> None:
    editor.post(presence(cast.a.draft))
    assert str(editor.user) in author.post(presence(cast.a.draft)).json()["html"]
    clock.shift(61)
    assert author.post(presence(cast.a.draft)).json()["html"] == ""


def test_a_save_meanwhile_is_told_before_one_saves(cast: Cast, author: Writer, editor: Writer) -> None:
    with unit_scope(cast.a.unit):
        save_article(article=draft_of(cast.a), actor=editor.user)
        number = Article.objects.get(pk=cast.a.draft.pk).version_number
    answer = author.post(presence(cast.a.draft), version=0).json()
    assert answer["version"] == number
    assert f"{editor.user}</strong> vừa lưu bản {number}" in answer["html"]
    assert f"/quan-tri/news/article/{cast.a.draft.pk}/so-sanh/?tu=0&amp;den={number}" in answer["html"]
    assert author.post(presence(cast.a.draft), version=number).json()["html"] == ""


# --- nobody overwrites unseen words -------------------------------------------------------------------------------------


def test_a_save_over_anothers_comes_back_with_both_texts_and_can_be_decided(
    cast: Cast, author: Writer, editor: Writer
) -> None:
    article = draft_of(cast.a)
    author.post(change(article), **text_of(article, body="<p>Họp lúc 8 giờ.</p>"), follow=True)
    article = draft_of(cast.a)
    opened = text_of(article, title="Tên tôi đặt", body="<p>Họp lúc 9 giờ.</p>")
    editor.post(change(article), **text_of(article, title="Tên biên tập đặt", body="<p>Họp lúc 10 giờ.</p>"))
    standing = draft_of(cast.a)

    refused = author.post(change(article), **opened)
    assert refused.status_code == 200
    assert draft_of(cast.a).title == "Tên biên tập đặt"
    assert 'value="Tên tôi đặt"' in refused.text
    assert "Họp lúc 9 giờ." in refused.context["adminform"].form["body"].value()
    assert f"<strong>{editor.user}</strong> đã lưu bản {standing.version_number}" in refused.text
    assert "<del>" in refused.text
    assert "<ins>" in refused.text
    assert refused.text.count("vừa lưu bài này") == 1
    assert f'name="_overwrite" value="{standing.version_number}"' in refused.text
    assert f"Lấy bản của {editor.user}" in refused.text

    author.post(change(article), **{**opened, "_overwrite": standing.version_number}, follow=True)
    mine = draft_of(cast.a)
    assert (mine.title, mine.version_number) == ("Tên tôi đặt", standing.version_number + 1)
    with unit_scope(cast.a.unit):
        titles = list(ArticleVersion.objects.filter(article=mine).order_by("number").values_list("title", flat=True))
    assert titles[-2:] == ["Tên biên tập đặt", "Tên tôi đặt"]
    assert rows(cast.a) == []


def test_overwriting_what_was_seen_does_not_overwrite_what_came_after(
    cast: Cast, author: Writer, editor: Writer
) -> None:
    article = draft_of(cast.a)
    for title in ("Hai", "Ba"):
        editor.post(change(article), **text_of(draft_of(cast.a), title=title))
    standing = draft_of(cast.a)
    late = author.post(change(article), **text_of(article, title="Tôi", _overwrite=standing.version_number - 1))
    assert late.status_code == 200
    assert draft_of(cast.a).title == "Ba"


def test_opened_unsaved_words_still_know_the_version_they_were_written_upon(
    cast: Cast, author: Writer, editor: Writer
) -> None:
    article = draft_of(cast.a)
    author.post(autosave(article), **text_of(article, title="Viết hôm qua"))
    editor.post(change(article), **text_of(article, title="Lưu sáng nay"))
    page = author.get(f"{change(article)}?ban-tu-luu={rows(cast.a)[0].pk}")
    form = page.context["adminform"].form
    assert form["base_version"].value() == article.version_number
    author.post(change(article), **text_of(article, title="Viết hôm qua"))
    assert draft_of(cast.a).title == "Lưu sáng nay"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_saves_at_the_same_moment_leave_one_winner_and_one_who_is_told(clock: Any) -> None:
    from tests.factories.cast import make_cast

    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    cast = make_cast()
    article = draft_of(cast.a)
    writers = [Writer(cast.a, Role.AUTHOR), Writer(cast.a, Role.EDITOR)]
    start, answers = threading.Barrier(2), {}

    def save(number: int) -> None:
        start.wait()
        try:
            answers[number] = writers[number].post(change(article), **text_of(article, title=f"Người {number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    told = next(answer for answer in answers.values() if answer.status_code == 200)
    assert "Lưu đè sau khi đã xem" in told.text
    with unit_scope(cast.a.unit):
        assert ArticleVersion.objects.filter(article=article, title__startswith="Người").count() == 1
