"""Choices in forms: those of the unit in scope when the form is made, and no others accepted."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from news.forms import ArticleForm, PageForm
from news.models import Article, Tag
from portal.core.fields import TenantChoiceField
from portal.core.tenancy import ScopeError, unit_scope
from tests.factories.cast import Cast, House


def _article_data(house: House) -> dict[str, Any]:
    return {"title": "Bài mới", "summary": "Tóm tắt", "body": "<p>Chữ</p>", "category": house.category.pk}


@pytest.mark.parametrize(("mine", "theirs"), [("a", "b"), ("b", "a")])
def test_a_form_offers_and_takes_only_the_units_categories(cast: Cast, mine: str, theirs: str) -> None:
    own, other = getattr(cast, mine), getattr(cast, theirs)
    with unit_scope(own.unit):
        assert own.marker in str(ArticleForm())
        assert other.marker not in str(ArticleForm())
        refused = ArticleForm(_article_data(other))
        assert not refused.is_valid()
        assert "category" in refused.errors
        assert other.marker not in str(refused.errors)
        assert ArticleForm(_article_data(own)).is_valid()


def test_a_form_made_in_one_unit_does_not_serve_the_next(cast: Cast) -> None:
    """A process serves one unit after the other with the same form classes."""
    with unit_scope(cast.a.unit):
        assert ArticleForm(_article_data(cast.a)).is_valid()
    with unit_scope(cast.b.unit):
        assert not ArticleForm(_article_data(cast.a)).is_valid()
        assert cast.a.marker not in str(ArticleForm())


def test_a_page_can_not_hang_below_another_units_page(cast: Cast) -> None:
    data = {"title": "Trang", "body": "", "slug": "trang", "language": "vi", "order": 0, "parent": cast.b.page.pk}
    with unit_scope(cast.a.unit):
        form = PageForm(data)
        assert not form.is_valid()
        assert "parent" in form.errors
        assert PageForm({**data, "parent": cast.a.page.pk}).is_valid()


def test_a_page_can_not_hang_below_itself(cast: Cast) -> None:
    data = {"title": "Trang", "body": "", "slug": "lien-he", "language": "vi", "order": 0}
    with unit_scope(cast.a.unit):
        assert "parent" in PageForm({**data, "parent": cast.a.page.pk}, instance=cast.a.page).errors
        assert "parent" in PageForm({**data, "parent": cast.a.child_page.pk}, instance=cast.a.page).errors


def test_a_choice_field_without_a_scope_raises_when_the_form_is_made(cast: Cast) -> None:
    with unit_scope(cast.a.unit):

        class TagForm(forms.Form):
            tag = TenantChoiceField(Tag.objects.all())

        assert TagForm({"tag": cast.a.tag.pk}).is_valid()
        assert not TagForm({"tag": cast.b.tag.pk}).is_valid()
    with pytest.raises(ScopeError):
        list(TagForm().fields["tag"].queryset)  # type: ignore[attr-defined]  # a choice field


def test_a_form_class_can_be_made_without_a_scope() -> None:
    """Modules are imported before any request: that must neither fail nor bind rows."""

    class LateForm(forms.ModelForm):
        class Meta:
            model = Article
            fields = ("category",)
            field_classes = {"category": TenantChoiceField}

    assert "category" in LateForm.base_fields
