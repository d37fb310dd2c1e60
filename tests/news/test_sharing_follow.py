"""Copies follow their source: corrections, withdrawals, coming back; what was edited here is left alone and said."""

from __future__ import annotations

from typing import Any

import pytest

from news import actions
from news.actions.versions import Change
from news.actions.visibility import show_changed
from news.enums import ArticleStatus, PublicNoteKind, WithdrawalKind
from news.enums.sharing import ShareAlert, ShareMode, ShareState
from news.models import Article, ArticleVersion, PublicNote, ShareDelivery
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.sharing import copies_at, everything, make_province_house, offer, push, receive
from tests.factories.visits import body_of, visit
from units.enums import Role
from units.models import Unit

NEW = "Sửa giờ họp từ 7:30 thành 8:00 sáng thứ Hai tuần sau tại hội trường lớn của phường."


@pytest.fixture
def city(cast: Cast) -> Any:
    return make_province_house(cast)


@pytest.fixture
def pushed(cast: Cast, city: Any) -> Article:
    """The province's article, mandatory on both sites."""
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit, cast.b.unit)
    receive(cast.a.unit)
    receive(cast.b.unit)
    article: Article = city[2]
    return article


def change(unit: Unit, article: Article, actor: Any, *, note: str = "", body: str = "", **facts: Any) -> None:
    with unit_scope(unit):
        row = Article.objects.select_related("category", "picture").get(pk=article.pk)
        row.body = body or f"{row.body}<p>{NEW}</p>"
        for name, value in facts.items():
            setattr(row, name, value)
        kind = PublicNoteKind.CORRECTION if note else PublicNoteKind.CHANGE
        actions.save_article(article=row, actor=actor, change=Change(public_note=note, kind=kind))


def withdraw(unit: Unit, article: Article, kind: WithdrawalKind, note: str, **more: Any) -> None:
    with unit_scope(unit):
        actions.withdraw_article(article=Article.objects.get(pk=article.pk), actor=None, kind=kind, note=note, **more)


def test_a_correction_follows_on_every_site_with_its_public_note(cast: Cast, pushed: Article) -> None:
    change(cast.province, pushed, None, note="Sửa giờ họp.", title="Tiêu đề đã sửa CHARLIE-5518")
    for unit in (cast.a.unit, cast.b.unit):
        assert receive(unit) == 1
        (copy,) = copies_at(unit)
        assert (copy.title, copy.status, copy.follows_origin) == ("Tiêu đề đã sửa CHARLIE-5518", "PUBLISHED", True)
        text = body_of(visit(unit.canonical_host, copy.get_absolute_url()))
        assert NEW in text
        assert "Sửa giờ họp." in text
        with unit_scope(unit):
            version = ArticleVersion.objects.latest_of(copy)
            note = PublicNote.objects.get(article=copy)
        assert version
        assert (version.reason, version.made_by) == ("FOLLOW", None)
        assert note.kind == PublicNoteKind.CORRECTION
        assert receive(unit) == 0


def test_two_corrections_before_the_worker_comes_are_both_told(cast: Cast, pushed: Article) -> None:
    change(cast.province, pushed, None, note="Sửa lần một.")
    change(cast.province, pushed, None, note="Sửa lần hai.")
    receive(cast.a.unit)
    with unit_scope(cast.a.unit):
        assert PublicNote.objects.get().text == "Sửa lần một.\nSửa lần hai."


def test_a_save_that_changes_no_word_wakes_nobody(cast: Cast, pushed: Article) -> None:
    with unit_scope(cast.province):
        row = Article.objects.select_related("category", "picture").get(pk=pushed.pk)
        row.is_pinned = True
        actions.save_article(article=row)
    assert receive(cast.a.unit) == 0
    assert everything()[1][0].revision == 1


def test_a_new_picture_follows_and_nothing_is_copied_twice(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.province):
        actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
    change(cast.a.unit, cast.a.article, cast.a.people[Role.EDITOR], note="Bổ sung.")
    receive(cast.province)
    (copy,) = copies_at(cast.province)
    with unit_scope(cast.province):
        assert NEW in copy.body
        assert copy.picture is not None
        from news.models import Picture

        assert Picture.objects.count() == 1


def test_a_copy_that_was_edited_here_is_left_alone_and_says_so(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.province):
        actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
    (copy,) = copies_at(cast.province)
    change(cast.province, copy, None, body="<p>Thành phố viết lại đoạn này.</p>")
    with unit_scope(cast.a.unit):
        assert ShareDelivery.objects.of_article(cast.a.article).get().is_edited, "the sender sees it"

    change(cast.a.unit, cast.a.article, None, note="Bổ sung.")
    receive(cast.province)
    (copy,) = copies_at(cast.province)
    assert copy.body == "<p>Thành phố viết lại đoạn này.</p>"
    assert not copy.follows_origin
    with unit_scope(cast.province):
        row = ShareDelivery.objects.incoming().get()
        assert row.alert == ShareAlert.CORRECTED
        assert actions.dismiss_alert(delivery=row, actor=city[0])
        assert not actions.dismiss_alert(delivery=row, actor=city[0])

    withdraw(cast.a.unit, cast.a.article, WithdrawalKind.ERROR, "Đăng nhầm.")
    receive(cast.province)
    assert copies_at(cast.province)[0].status == ArticleStatus.PUBLISHED
    assert everything()[0][0].alert == ShareAlert.WITHDRAWN


def test_moving_and_pinning_a_copy_is_no_editing(cast: Cast, pushed: Article) -> None:
    (copy,) = copies_at(cast.a.unit)
    with unit_scope(cast.a.unit):
        actions.place_copy(article=copy, category=cast.a.notices, is_pinned=True, actor=cast.a.people[Role.APPROVER])
    change(cast.province, pushed, None, note="Sửa.")
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    assert NEW in copy.body
    assert (copy.is_pinned, copy.category.slug) == (True, "thong-bao")


@pytest.mark.parametrize(("kind", "answer"), [(WithdrawalKind.ERROR, 410), (WithdrawalKind.NOTICE, 200)])
def test_a_withdrawal_follows_with_its_kind_and_note(
    cast: Cast, pushed: Article, kind: WithdrawalKind, answer: int
) -> None:
    withdraw(cast.province, pushed, kind, "Văn bản đã bị thay thế.")
    for unit in (cast.a.unit, cast.b.unit):
        receive(unit)
        (copy,) = copies_at(unit)
        assert (copy.status, copy.withdrawal_kind, copy.withdrawal_note) == (
            "WITHDRAWN",
            kind,
            "Văn bản đã bị thay thế.",
        )
        response = visit(unit.canonical_host, copy.get_absolute_url())
        assert response.status_code == answer
        assert "Văn bản đã bị thay thế." in body_of(response)


def test_a_merged_source_leaves_a_notice_with_the_way_to_it(cast: Cast, city: Any, pushed: Article) -> None:
    from tests.factories.cast import make_article

    with unit_scope(cast.province):
        target = make_article("Bài gộp", category=city[1], slug="bai-gop")
    withdraw(cast.province, pushed, WithdrawalKind.MERGED, "", merged_into=target)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    assert (copy.status, copy.withdrawal_kind) == ("WITHDRAWN", "NOTICE")
    text = body_of(visit(cast.a.host, copy.get_absolute_url()))
    assert "nhập vào bài khác" in text
    assert f'href="{copy.canonical_url}"' in text


def test_what_was_withdrawn_with_its_source_comes_back_with_it(cast: Cast, pushed: Article) -> None:
    withdraw(cast.province, pushed, WithdrawalKind.ERROR, "Đăng nhầm.")
    receive(cast.a.unit)
    with unit_scope(cast.province):
        actions.publish_article(article=Article.objects.select_related("category").get(pk=pushed.pk), actor=None)
    receive(cast.a.unit)
    (copy,) = copies_at(cast.a.unit)
    assert (copy.status, copy.withdrawal_kind) == ("PUBLISHED", "")
    assert visit(cast.a.host, copy.get_absolute_url()).status_code == 200


def test_a_withdrawal_before_the_worker_came_leaves_nothing_on_the_sites(cast: Cast, city: Any) -> None:
    push(cast, city[2], city[0], ShareMode.MANDATORY, cast.a.unit)
    withdraw(cast.province, city[2], WithdrawalKind.ERROR, "Đăng nhầm.")
    assert receive(cast.a.unit) == 0
    assert copies_at(cast.a.unit) == []
    assert everything()[0][0].state == ShareState.RECALLED


def test_the_receiving_unit_can_not_withdraw_a_mandatory_text(cast: Cast, pushed: Article) -> None:
    from django.core.exceptions import ValidationError

    (copy,) = copies_at(cast.a.unit)
    with unit_scope(cast.a.unit), pytest.raises(ValidationError, match="bắt buộc đăng"):
        actions.withdraw_article(
            article=copy, actor=cast.a.people[Role.APPROVER], kind=WithdrawalKind.ERROR, note="Không thích."
        )
    assert copies_at(cast.a.unit)[0].status == ArticleStatus.PUBLISHED


def test_a_chain_of_copies_follows_link_by_link(cast: Cast, city: Any) -> None:
    delivery = offer(cast.a)
    with unit_scope(cast.province):
        copy = actions.take_share(delivery=delivery, actor=city[0], category=city[1], publish=True)
    push(cast, copy, city[0], ShareMode.MANDATORY, cast.b.unit)
    receive(cast.b.unit)
    change(cast.a.unit, cast.a.article, cast.a.people[Role.EDITOR], note="Bổ sung.")
    receive(cast.province)
    receive(cast.b.unit)
    assert NEW in copies_at(cast.b.unit)[0].body


def test_the_source_moves_to_another_category_and_its_copies_name_the_new_address(cast: Cast, pushed: Article) -> None:
    from news.models import Category

    with unit_scope(cast.province):
        other = Category.objects.create(name="Chỉ đạo", slug="chi-dao")
        row = Article.objects.select_related("category", "picture").get(pk=pushed.pk)
        row.category = other
        actions.save_article(article=row)
        show_changed(row)
    receive(cast.a.unit)
    assert "/tin-tuc/chi-dao/" in copies_at(cast.a.unit)[0].canonical_url
