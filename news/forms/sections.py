"""Categories, tags and about pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.forms.category_rights import CategoryRightFields
from news.models import Category, Tag
from portal.core.text import slugify_vi

RESERVED_SLUGS = frozenset({"ngay", "the", "rss", "atom"})
SUMMARY_ADVICE = 250


class CategoryForm(CategoryRightFields, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A category; its address part must not be a word that addresses already use."""

    class Meta:
        model = Category
        fields = ("name", "name_en", "slug", "order", "is_notice")
        help_texts = {"slug": gettext_lazy("Phần trong địa chỉ trang. Để trống thì máy tự đặt theo tên.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.start_rights(self.instance)

    def clean(self) -> dict[str, Any]:
        """An address part of its own: not a word that addresses use already, not another category's."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("slug") or slugify_vi(data.get("name") or "")
        field = "slug" if data.get("slug") else "name"
        if slug in RESERVED_SLUGS:
            self.add_error(field, _("Từ này máy đã dùng trong địa chỉ khác. Chọn từ khác."))
        elif Category.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            self.add_error(field, _("Đã có chuyên mục với tên hoặc địa chỉ này. Chọn từ khác."))
        return data


class TagForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A tag's name and address part."""

    class Meta:
        model = Tag
        fields = ("name", "slug")
        help_texts = {"slug": gettext_lazy("Phần trong địa chỉ trang. Đổi thì liên kết cũ tự dẫn sang địa chỉ mới.")}

    def clean_slug(self) -> str:
        """Not another tag's."""
        slug: str = self.cleaned_data["slug"]
        if Tag.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đã có thẻ với địa chỉ này. Chọn từ khác."))
        return slug
