"""What citizens are told about changes: asked for honestly, shown at the article, listed at /dinh-chinh/."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import timezone

from news.enums import ArticleStatus, PublicNoteKind, WithdrawalKind
from news.forms.change_note import figures_changed
from news.models import Article, ArticleVersion, PublicNote
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.sweeps import assert_nothing_of
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk
from units.enums import Role

LONG = "<p>" + " ".join(f"từ{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(60)) + "</p>"


def _form(clerk: Clerk, **changes: Any) -> dict[str, Any]:
    article = clerk.house.article
    texts = {
        "title": article.title, "summary": article.summary, "body": article.body, "category": article.category_id,
        "author_name": article.author_name, "source_name": article.source_name, "alt_text": clerk.house.picture.alt_text,
        "caption": clerk.house.picture.caption, "tag_names": clerk.house.tag.name, "public_note": "", "note_kind": "CHANGE",
    }  # fmt: skip
    return {**clerk.article(_save="1"), **texts, **changes}


def _path(house: House) -> str:
    return f"/quan-tri/news/article/{house.article.pk}/change/"


def _stored(house: House) -> Article:
    with unit_scope(house.unit):
        return Article.objects.select_related("category").get(pk=house.article.pk)


def _note(house: House, article: Article, text: str, kind: PublicNoteKind, **more: Any) -> PublicNote:
    with unit_scope(house.unit):
        at = more.pop("at", timezone.now())
        return PublicNote.objects.create(article=article, text=text, kind=kind, at=at, **more)


@pytest.fixture
def approver(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.APPROVER)


def test_only_a_text_that_citizens_have_seen_asks_for_a_note(approver: Clerk, cast: Cast) -> None:
    assert 'name="public_note"' in approver.get(_path(cast.a)).text
    draft = f"/quan-tri/news/article/{cast.a.draft.pk}/change/"
    for path in (draft, "/quan-tri/news/article/add/"):
        assert 'name="public_note"' not in approver.get(path).text


def test_a_change_of_substance_without_a_note_is_refused_with_the_number_of_words(approver: Clerk) -> None:
    response = approver.post(_path(approver.house), _form(approver, body=LONG))
    assert "từ đã đổi. Viết một câu cho người đọc" in response.text
    assert 'href="#id_public_note"' in response.text
    assert _stored(approver.house).body == approver.house.article.body


def test_a_change_of_substance_is_no_slip_of_the_pen(approver: Clerk) -> None:
    response = approver.post(_path(approver.house), _form(approver, body=LONG, is_minor="on"))
    assert "không chỉ là lỗi chính tả" in response.text
    assert 'href="#id_is_minor"' in response.text
    assert _stored(approver.house).body == approver.house.article.body


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Lúc 8:00 ngày 20/11.", "Lúc 7:30 ngày 20/11.", ["8:00", "7:30"]),
        ("Mức 200.000 đồng", "Mức hai trăm nghìn đồng", ["200.000"]),
        ("Chữ sai chính tã 12", "Chữ sai chính tả 12", []),
        ("10 và 20", "20 và 10", []),
    ],
)
def test_figures_that_changed_are_seen(before: str, after: str, expected: list[str]) -> None:
    assert figures_changed(f"<p>{before}</p>", f"<p>{after}</p>") == expected


def test_a_changed_figure_is_no_slip_of_the_pen(approver: Clerk) -> None:
    body = approver.house.article.body + "<p>Gọi 0234.</p>"
    response = approver.post(_path(approver.house), _form(approver, body=body, is_minor="on"))
    assert "Có con số đã đổi (0234)" in response.text
    title = f"{approver.house.article.title} mới"
    response = approver.post(_path(approver.house), _form(approver, title=title, is_minor="on", public_note="Đã sửa."))
    assert "Đã viết ghi chú cho người đọc thì bỏ dấu này" in response.text


def test_a_slip_of_the_pen_needs_no_note_and_is_kept_as_one(approver: Clerk) -> None:
    title = approver.house.article.title.replace("Lễ hội", "Lễ hội vui")
    approver.post(_path(approver.house), _form(approver, title=title, is_minor="on"))
    article = _stored(approver.house)
    assert article.title == title
    with unit_scope(approver.house.unit):
        newest = ArticleVersion.objects.latest_of(article)
        assert newest is not None
        assert newest.is_minor
        assert not PublicNote.objects.exists()
    assert "Những lần sửa bài này" not in body_of(visit(approver.house.host, article.get_absolute_url()))


def test_an_update_stands_below_and_a_correction_above_the_text_as_well(approver: Clerk) -> None:
    house = approver.house
    approver.post(_path(house), _form(approver, body=LONG, public_note="Thêm lịch <b>mới</b>.", note_kind="CHANGE"))
    page = body_of(visit(house.host, house.article.get_absolute_url()))
    assert "Thêm lịch &lt;b&gt;mới&lt;/b&gt;." in page
    assert page.index("Thêm lịch") > page.index("từaa")
    assert "dinh-chinh-tren" not in page
    approver.post(_path(house), _form(approver, body=LONG, public_note="Giờ đúng là bảy rưỡi.", note_kind="CORRECTION"))
    page = body_of(visit(house.host, house.article.get_absolute_url()))
    assert page.count("Giờ đúng là bảy rưỡi.") == 2
    assert page.index("Giờ đúng là bảy rưỡi.") < page.index("từaa"), "nobody reads on without it"
    below = page[page.index("Những lần sửa bài này") :]
    assert below.index("Giờ đúng") < below.index("Thêm lịch"), "newest first"
    assert 'href="/dinh-chinh/"' in below


def test_corrections_are_listed_with_their_articles(cast: Cast) -> None:
    empty = visit(cast.a.host, "/dinh-chinh/")
    assert empty.status_code == 200
    assert "Chưa có đính chính nào" in body_of(empty)
    for house in (cast.a, cast.b):
        _note(house, house.article, f"Số đúng là {house.marker}.", PublicNoteKind.CORRECTION)
        _note(house, house.article, f"Cập nhật {house.word}.", PublicNoteKind.CHANGE)
    caches["pages"].clear()
    response = visit(cast.a.host, "/dinh-chinh/")
    page = body_of(response)
    assert f"Số đúng là {cast.a.marker}." in page
    assert cast.a.article.get_absolute_url() in page
    assert "Cập nhật zenlua" not in page
    assert "s-maxage" in response.headers["Cache-Control"]
    assert_nothing_of(cast.b, response, "/dinh-chinh/")
    assert 'href="/dinh-chinh/"' in body_of(visit(cast.a.host, "/so-do-trang/"))


def test_a_correction_of_what_nobody_can_open_is_not_listed(cast: Cast) -> None:
    house = cast.a
    _note(house, house.article, "Số đúng là một.", PublicNoteKind.CORRECTION)
    cases = {
        (ArticleStatus.WITHDRAWN, WithdrawalKind.NOTICE): True, (ArticleStatus.EXPIRED, ""): True,
        (ArticleStatus.WITHDRAWN, WithdrawalKind.ERROR): False, (ArticleStatus.DRAFT, ""): False,
    }  # fmt: skip
    for (status, kind), is_listed in cases.items():
        with unit_scope(house.unit):
            Article.objects.filter(pk=house.article.pk).update(status=status, withdrawal_kind=kind)
        caches["pages"].clear()
        assert ("Số đúng là một." in body_of(visit(house.host, "/dinh-chinh/"))) is is_listed, (status, kind)


def test_corrections_are_walked_page_by_page_without_losing_one(cast: Cast) -> None:
    house = cast.a
    moment = timezone.now()
    for number in range(30):
        # Three of one moment each: the order must be total.
        at = moment - timedelta(hours=number // 3)
        _note(house, house.article, f"Lần {number:02d}.", PublicNoteKind.CORRECTION, at=at)
    seen: list[str] = []
    path, pages = "/dinh-chinh/", []
    while path:
        pages.append(path)
        response = visit(house.host, path)
        seen += [note.text for note in response.context["notes"]] if response.context else []
        path = response.context["older_url"]
    assert len(seen) == len(set(seen)) == 30
    assert len(pages) == 3
    caches["pages"].clear()
    newer = visit(house.host, visit(house.host, pages[-1]).context["newer_url"])
    assert [note.text for note in newer.context["notes"]] == seen[12:24]
    for wrong in ("?truoc=x", "?truoc=1-1", "?sau=9999999999999999-1"):
        assert visit(house.host, f"/dinh-chinh/{wrong}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_notes(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    house = cast.a
    for count in range(number):
        _note(house, house.articles[count % 3], f"Lần {count}.", PublicNoteKind.CORRECTION)
        _note(house, house.article, f"Lần {count}.", PublicNoteKind.CHANGE)
    visit(house.host, "/dinh-chinh/")
    caches["pages"].clear()
    with django_assert_num_queries(5):
        assert visit(house.host, "/dinh-chinh/").status_code == 200
