"""Unsaved words: kept, offered, opened, thrown away; nobody else’s, never a version."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from news.actions import drafting
from news.models import Article, ArticleVersion, DraftAutosave, EditingSession
from news.tasks.drafting import sweep_all_drafting, sweep_drafting
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.writers import ADD, NEW, Writer, autosave, change, presence, rows, text_of
from units.enums import Role


@pytest.fixture
def author(cast: Cast) -> Writer:
    return Writer(cast.a, Role.AUTHOR)


@pytest.fixture
def editor(cast: Cast) -> Writer:
    return Writer(cast.a, Role.EDITOR)


def test_an_incomplete_new_article_is_kept_offered_opened_and_gone_after_saving(cast: Cast, author: Writer) -> None:
    key = author.get(ADD).context["adminform"].form["form_key"].value()
    answer = author.post(NEW, form_key=key, title="", summary="Mới nghĩ tới đây", body="<p>Dở dang</p>")
    assert answer.status_code == 200
    assert answer.json()["at"] == f"{timezone.localtime():%H:%M}"
    with unit_scope(cast.a.unit):
        assert ArticleVersion.objects.count() == 0
        kept = DraftAutosave.objects.get()
    assert (kept.user, kept.article, kept.form_key) == (author.user, None, key)

    offered = f'href="/quan-tri/news/article/add/?ban-tu-luu={kept.pk}"'
    assert offered in author.get(ADD).text
    assert offered in author.get("/quan-tri/").text
    opened = author.get(f"{ADD}?ban-tu-luu={kept.pk}")
    assert "Mới nghĩ tới đây" in opened.text
    assert "Dở dang" in opened.text
    assert opened.context["adminform"].form["form_key"].value() == key

    author.post(ADD, **text_of(cast.a.draft, form_key=key, base_version=0), follow=True)
    assert rows(cast.a) == []


def test_typing_on_writes_over_ones_own_words_and_makes_no_version(cast: Cast, author: Writer) -> None:
    for words in ("một", "một hai", "một hai ba"):
        author.post(autosave(cast.a.draft), **text_of(cast.a.draft, title=words))
    assert [row.data["title"] for row in rows(cast.a)] == ["một hai ba"]
    with unit_scope(cast.a.unit):
        assert ArticleVersion.objects.count() == 0
        assert Article.objects.get(pk=cast.a.draft.pk).title == cast.a.draft.title


def test_opening_an_article_offers_ones_own_unsaved_words_and_nobody_elses(
    cast: Cast, author: Writer, editor: Writer
) -> None:
    author.post(autosave(cast.a.draft), **text_of(cast.a.draft, title="Chưa bấm lưu"))
    kept = rows(cast.a)[0]
    page = author.get(change(cast.a.draft))
    assert "Mở bản tự lưu" in page.text
    assert "Chưa bấm lưu" not in page.context["adminform"].form["title"].value()
    assert 'value="Chưa bấm lưu"' in author.get(f"{change(cast.a.draft)}?ban-tu-luu={kept.pk}").text
    assert "Mở bản tự lưu" not in editor.get(change(cast.a.draft)).text
    assert editor.get(f"{change(cast.a.draft)}?ban-tu-luu={kept.pk}").status_code == 404
    assert editor.post("/quan-tri/news/article/tu-luu/bo/", ban=kept.pk).status_code == 404
    assert author.post("/quan-tri/news/article/tu-luu/bo/", ban=kept.pk).status_code == 302
    assert rows(cast.a) == []


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "1 or 1=1", "٣"])
def test_strange_numbers_of_unsaved_words_lead_nowhere(cast: Cast, author: Writer, key: str) -> None:
    assert author.get(f"{ADD}?ban-tu-luu={key}").status_code == 404


def test_unsaved_words_of_another_unit_are_neither_read_nor_written(cast: Cast) -> None:
    there = Writer(cast.b, Role.AUTHOR)
    there.post(autosave(cast.b.draft), **text_of(cast.b.draft, title="BRAVO chưa lưu"))
    kept = rows(cast.b)[0]
    operator = Client()
    operator.force_login(cast.operator)
    here = {"host": cast.a.host}
    for path in (f"{ADD}?ban-tu-luu={kept.pk}", autosave(cast.b.draft), presence(cast.b.draft)):
        assert operator.get(path, headers=here).status_code == 404
    assert operator.post(autosave(cast.b.draft), {"title": "x"}, headers=here).status_code == 404
    guest = Writer(cast.b, Role.AUTHOR, host=cast.a)
    assert guest.post(NEW, title="x").status_code == 302
    assert rows(cast.a) == []


def test_an_autosave_carries_no_row_of_another_unit_and_no_file(cast: Cast, author: Writer) -> None:
    author.post(
        NEW, form_key="new:abc", title="Tiêu đề", category=cast.b.category.pk, owner=cast.b.admin.pk, upload="x"
    )
    author.post(NEW, form_key="new:abd", title="Tiêu đề", category=cast.a.category.pk)
    foreign, own = rows(cast.a)
    assert "category" not in foreign.data
    assert "owner" not in foreign.data
    assert "upload" not in foreign.data
    assert own.data["category"] == str(cast.a.category.pk)


def test_the_key_of_a_form_is_never_another_articles_nor_anything_else(cast: Cast, author: Writer) -> None:
    for key in (f"article:{cast.a.draft.pk}", "new:<script>", "x" * 90, ""):
        assert author.post(NEW, form_key=key, title="a").status_code == 200
    assert all(row.article_id is None and row.form_key.startswith("new:") for row in rows(cast.a))
    assert f"article:{cast.a.draft.pk}" not in {row.form_key for row in rows(cast.a)}


def test_who_may_not_change_an_article_keeps_nothing_in_it(cast: Cast, author: Writer) -> None:
    assert author.post(autosave(cast.a.article), title="x").status_code == 403
    assert author.post(presence(cast.a.article)).status_code == 403
    assert author.get(autosave(cast.a.draft)).status_code == 405
    assert Client().post(NEW, {"title": "x"}, headers={"host": cast.a.host}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author.user)
    assert strict.post(NEW, {"title": "x"}, headers={"host": cast.a.host}).status_code == 403
    assert rows(cast.a) == []


def test_autosaves_are_bounded_in_size_and_number(cast: Cast, author: Writer, monkeypatch: Any) -> None:
    for number in range(25):
        author.post(NEW, form_key=f"new:{number}", title=f"Bài {number}")
    kept = rows(cast.a)
    assert len(kept) == 20
    assert kept[-1].data["title"] == "Bài 24"
    monkeypatch.setattr(drafting, "AUTOSAVE_LIMIT", 100)
    answer = author.post(NEW, form_key="new:z", title="a", body=f"<p>{'chữ ' * 100}</p>")
    assert answer.status_code == 413
    assert "Bài quá dài để tự lưu" in answer.json()["error"]


def test_unsaved_words_are_stored_clean_and_in_one_spelling(cast: Cast, author: Writer) -> None:
    decomposed = unicodedata.normalize("NFD", "Lễ hội đèn lồng")
    author.post(NEW, form_key="new:a", title=decomposed, body="<p onclick=x>a</p><script>alert(1)</script>")
    assert rows(cast.a)[0].data["title"] == "Lễ hội đèn lồng"
    assert rows(cast.a)[0].data["body"] == "<p>a</p>"


def test_a_refused_save_keeps_the_words_also_without_a_script(cast: Cast, author: Writer) -> None:
    author.post(change(cast.a.draft), **text_of(cast.a.draft, title="", summary="Không được mất"))
    assert rows(cast.a)[0].data["summary"] == "Không được mất"


def test_forgotten_words_go_after_thirty_days(cast: Cast, author: Writer) -> None:
    author.post(NEW, form_key="new:cu", title="Cũ")
    author.post(presence(cast.a.draft))
    author.post(NEW, form_key="new:moi", title="Mới")
    old = timezone.now() - timedelta(days=31)
    with unit_scope(cast.a.unit):
        DraftAutosave.objects.filter(form_key="new:cu").update(saved_at=old)
        EditingSession.objects.update(seen_at=old)
    with unit_scope(cast.b.unit):
        DraftAutosave.objects.create(user=cast.b.admin, form_key="new:b", data={}, saved_at=old)
    assert sweep_drafting(unit_id=cast.a.unit.pk) == 1
    assert [row.data["title"] for row in rows(cast.a)] == ["Mới"]
    assert len(rows(cast.b)) == 1
    with unit_scope(cast.a.unit):
        assert not EditingSession.objects.exists()


def test_the_nightly_sweep_reaches_the_units_that_have_something(cast: Cast, eager_tasks: None) -> None:
    with unit_scope(cast.b.unit):
        old = timezone.now() - timedelta(days=31)
        DraftAutosave.objects.create(user=cast.b.admin, form_key="new:b", data={}, saved_at=old)
    assert sweep_all_drafting() == 1
    assert rows(cast.b) == []
