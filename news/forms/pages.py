"""About pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.enums import PageLanguage
from news.models import Page
from portal.core.fields import TenantChoiceField
from portal.core.models import User
from portal.core.text import slugify_vi
from units.models import Membership


class PageForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An about page; its parent is one of this unit's own."""

    class Meta:
        model = Page
        fields = (
            *(
                "title",
                "body",
                "slug",
                "language",
                "parent",
                "translation_of",
                "order",
                "is_published",
                "owner",
                "review_by",
            ),
        )
        field_classes = {"parent": TenantChoiceField, "translation_of": TenantChoiceField}
        help_texts = {
            "slug": gettext_lazy("Phần trong địa chỉ trang. Để trống thì máy tự đặt theo tiêu đề."),
            "translation_of": gettext_lazy("Chỉ với trang tiếng Anh: trang tiếng Việt có cùng nội dung."),
            "owner": gettext_lazy("Người nhận thư nhắc khi đến ngày xem lại."),
            "review_by": gettext_lazy("Ngày phải đọc lại xem nội dung còn đúng không."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        choices: Any = self.fields
        choices["parent"].queryset = Page.objects.exclude(pk=self.instance.pk)
        choices["translation_of"].queryset = Page.objects.filter(language=PageLanguage.VI).exclude(pk=self.instance.pk)
        members = list(Membership.objects.values_list("user_id", flat=True))
        people = User.objects.filter(pk__in=[*members, self.instance.owner_id])
        choices["owner"].queryset = people.order_by("full_name", "username")

    def clean_parent(self) -> Page | None:
        """No page below itself."""
        parent: Page | None = self.cleaned_data["parent"]
        node, steps = parent, 0
        while node is not None and steps < 20:  # noqa: PLR2004 - deeper than any real section
            if node.pk == self.instance.pk:
                raise ValidationError(_("Trang không thể nằm dưới chính nó."))
            node, steps = node.parent, steps + 1
        return parent

    def clean(self) -> dict[str, Any]:
        """An address part of its own among the pages of its language."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("slug") or slugify_vi(data.get("title") or "")
        same = Page.objects.filter(slug=slug, language=data.get("language") or "vi").exclude(pk=self.instance.pk)
        if same.exists():
            field = "slug" if data.get("slug") else "title"
            self.add_error(field, _("Đã có trang với tiêu đề hoặc địa chỉ này. Chọn từ khác."))
        self._check_translation(data)
        if "review_by" in self.changed_data:
            self.instance.review_reminded_at = None
        return data

    def _check_translation(self, data: dict[str, Any]) -> None:
        original = data.get("translation_of")
        if original is None:
            return
        if data.get("language") != PageLanguage.EN:
            self.add_error("translation_of", _("Chỉ trang tiếng Anh mới là bản dịch của trang khác."))
        elif Page.objects.filter(translation_of=original).exclude(pk=self.instance.pk).exists():
            self.add_error("translation_of", _("Trang này đã có bản tiếng Anh khác."))
