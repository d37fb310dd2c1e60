"""Rights by category: open by role where nobody is named, kept to the named people where somebody is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from news import actions
from news.actions.category_rights import set_category_rights
from news.enums import ArticleStatus as Status
from news.enums import CategoryRightKind
from news.models import Article, CategoryRight
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.workflow import approve, standing
from units.enums import Role


def _named(house: House) -> set[tuple[str, int]]:
    with unit_scope(house.unit):
        return set(CategoryRight.objects.filter(category=house.category).values_list("right", "user_id"))


def _save(house: House, role: Role, **changes: Any) -> Any:
    client = Client()
    client.force_login(house.people[role])
    form = {"name": house.category.name, "slug": house.category.slug, "order": "1", **changes}
    path = f"/quan-tri/news/category/{house.category.pk}/change/"
    return client.post(path, form, headers={"host": house.host}, follow=True)


def test_the_categorys_form_names_people_and_lets_them_go(cast: Cast) -> None:
    editor, approver = cast.a.people[Role.EDITOR], cast.a.people[Role.APPROVER]
    assert _save(cast.a, Role.UNIT_ADMIN, writers=[editor.pk], approvers=[approver.pk]).status_code == 200
    assert _named(cast.a) == {("WRITE", editor.pk), ("APPROVE", approver.pk)}
    _save(cast.a, Role.UNIT_ADMIN, writers=[editor.pk])
    assert _named(cast.a) == {("WRITE", editor.pk)}
    _save(cast.a, Role.UNIT_ADMIN)
    assert _named(cast.a) == set()
    with unit_scope(cast.a.unit):
        assert AuditEntry.objects.about(cast.a.category).filter(verb="category.rights").count() == 3


@pytest.mark.parametrize("wrong", ["other unit", "an author approves", "nobody"])
def test_the_form_takes_only_the_boards_own_people(cast: Cast, wrong: str) -> None:
    key = {"other unit": cast.b.admin.pk, "an author approves": cast.a.people[Role.AUTHOR].pk, "nobody": 999_999}[wrong]
    response = _save(cast.a, Role.UNIT_ADMIN, approvers=[key])
    assert "Chưa lưu được" in response.text
    assert _named(cast.a) == set()


def test_only_who_arranges_categories_names_people(cast: Cast) -> None:
    approver = cast.a.people[Role.APPROVER]
    assert _save(cast.a, Role.APPROVER, approvers=[approver.pk]).status_code == 403
    assert _named(cast.a) == set()


def test_the_form_offers_ones_own_board_with_roles(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.admin)
    path = f"/quan-tri/news/category/{cast.a.category.pk}/change/"
    text = client.get(path, headers={"host": cast.a.host}).text
    assert "Người dùng editor.thuan-an (Biên tập viên)" in text
    assert "phu-vinh" not in text


def _keep_to(house: House, kind: CategoryRightKind, *roles: Role) -> None:
    people = [house.people[role] for role in roles]
    writers, approvers = (people, []) if kind == CategoryRightKind.WRITE else ([], people)
    set_category_rights(category=house.category, writers=writers, approvers=approvers, actor=None)


def test_writing_is_kept_to_who_is_named_and_to_the_units_administrator(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        _keep_to(cast.a, CategoryRightKind.WRITE, Role.EDITOR)
        for role in Role:
            article = Article(title="Bài mới", summary="s", body="<p>b</p>", category=cast.a.category)
            if role in {Role.EDITOR, Role.UNIT_ADMIN}:
                actions.save_article(article=article, actor=cast.a.people[role])
            else:
                with pytest.raises(ValidationError, match="chỉ người được giao mới viết"):
                    actions.save_article(article=article, actor=cast.a.people[role])
        draft = standing(cast.a, Status.DRAFT)
        with pytest.raises(PermissionDenied):
            actions.submit_article(article=draft, actor=cast.a.people[Role.AUTHOR])
        article = Article(title="Bài khác", summary="s", body="<p>b</p>", category=cast.a.notices)
        actions.save_article(article=article, actor=cast.a.people[Role.AUTHOR])


def test_moving_a_text_into_a_closed_category_is_refused(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        _keep_to(cast.a, CategoryRightKind.WRITE, Role.EDITOR)
        article = standing(cast.a, Status.DRAFT, category=cast.a.notices)
        article.category = cast.a.category
        with pytest.raises(ValidationError, match="Chọn chuyên mục khác"):
            actions.save_article(article=article, actor=cast.a.people[Role.AUTHOR])


def test_approving_is_kept_to_who_is_named(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        _keep_to(cast.a, CategoryRightKind.APPROVE, Role.UNIT_ADMIN)
        article = standing(cast.a, Status.SUBMITTED)
        with pytest.raises(PermissionDenied):
            approve(cast.a, article)
        closed = CategoryRight.objects.closed_to(cast.a.people[Role.APPROVER].pk)["APPROVE"]
        assert closed == {cast.a.category.pk}
        rows = Article.objects.awaiting(cast.a.people[Role.APPROVER].pk, closed)
        assert not rows.filter(pk=article.pk).exists()
        assert approve(cast.a, article, role=Role.UNIT_ADMIN)


def test_the_articles_form_offers_open_categories_only(cast: Cast) -> None:
    with unit_scope(cast.a.unit):
        _keep_to(cast.a, CategoryRightKind.WRITE, Role.EDITOR)
    for role, is_open in ((Role.AUTHOR, False), (Role.EDITOR, True)):
        client = Client()
        client.force_login(cast.a.people[role])
        text = client.get("/quan-tri/news/article/add/", headers={"host": cast.a.host}).text
        assert (f">{cast.a.category.name}<" in text) is is_open
        assert f">{cast.a.notices.name}<" in text
    client = Client()
    client.force_login(cast.a.people[Role.AUTHOR])
    form = {"title": "Lách", "summary": "s", "body": "<p>b</p>", "category": cast.a.category.pk, "_save": "1"}
    response = client.post("/quan-tri/news/article/add/", form, headers={"host": cast.a.host}, follow=True)
    assert "Chọn chuyên mục." in response.text
    with unit_scope(cast.a.unit):
        assert not Article.objects.filter(title="Lách").exists()
