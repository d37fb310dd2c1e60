"""Input of the news room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, Category, Page
from portal.core.fields import TenantChoiceField
from portal.core.pictures import prepare_picture
from portal.core.text import nfc

RESERVED_SLUGS = frozenset({"ngay", "the", "rss", "atom"})


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One article as a clerk writes it: text, category, tags in words, one picture with its description."""

    tag_names = forms.CharField(
        label=gettext_lazy("Thẻ"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Vài từ khóa, cách nhau bằng dấu phẩy. Ví dụ: mưa lũ, học sinh"),
    )
    upload = forms.FileField(
        label=gettext_lazy("Tải ảnh mới"),
        required=False,
        help_text=gettext_lazy("JPG, PNG, WebP hoặc GIF, tối đa 12 MB. Vị trí chụp trong ảnh sẽ được xóa."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    alt_text = forms.CharField(
        label=gettext_lazy("Mô tả ảnh"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Ảnh có gì? Người không nhìn thấy sẽ nghe câu này."),
    )
    is_decorative = forms.BooleanField(label=gettext_lazy("Ảnh chỉ để trang trí"), required=False)
    caption = forms.CharField(label=gettext_lazy("Chú thích dưới ảnh"), required=False, max_length=250)
    remove_picture = forms.BooleanField(label=gettext_lazy("Bỏ ảnh đang dùng"), required=False)

    class Meta:
        model = Article
        fields = ("title", "summary", "body", "category", "author_name", "source_name", "is_pinned")
        field_classes = {"category": TenantChoiceField}
        help_texts = {
            "title": gettext_lazy("Nói việc gì, ai, khi nào. Nên dưới 90 chữ cái."),
            "summary": gettext_lazy("Một, hai câu: điều người đọc cần biết trước nhất."),
            "author_name": gettext_lazy("Tên hiện dưới tiêu đề. Ví dụ: Ban biên tập"),
            "source_name": gettext_lazy("Ghi khi lấy lại từ nơi khác."),
        }
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        if article.pk:
            self.fields["tag_names"].initial = ", ".join(tag.name for tag in article.tags.all())
            if article.picture:
                self.fields["alt_text"].initial = article.picture.alt_text
                self.fields["is_decorative"].initial = article.picture.is_decorative
                self.fields["caption"].initial = article.picture.caption

    def clean_title(self) -> str:
        """A title of one visible character at least, NFC."""
        title = " ".join(nfc(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError(_("Nhập tiêu đề."))
        return title

    def clean_upload(self) -> "UploadedFile[Any] | None":
        """Only a picture by its content, whatever its name says; nothing is stored before this passes."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("upload")
        if upload:
            prepare_picture(upload, size=upload.size)
        return upload

    def clean(self) -> dict[str, Any]:
        """A picture says what it shows, or that it is decoration."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        has_picture = bool(data.get("upload")) or (self.instance.picture_id and not data.get("remove_picture"))
        if has_picture and not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error("alt_text", _("Viết một câu tả ảnh, hoặc đánh dấu “chỉ để trang trí”."))
        return data

    def tag_list(self) -> list[str]:
        """The tags as words."""
        return [name for name in self.cleaned_data.get("tag_names", "").split(",") if name.strip()]


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A category; its address part must not be a word that addresses already use."""

    class Meta:
        model = Category
        fields = ("name", "slug", "order", "is_notice")
        help_texts = {"slug": gettext_lazy("Phần trong địa chỉ trang. Để trống thì máy tự đặt theo tên.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """Not reserved."""
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("Từ này máy đã dùng trong địa chỉ khác. Chọn từ khác."))
        return slug


class PageForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An about page; its parent is one of this unit's own."""

    class Meta:
        model = Page
        fields = ("title", "body", "slug", "language", "parent", "order", "is_published")
        field_classes = {"parent": TenantChoiceField}
        help_texts = {"slug": gettext_lazy("Phần trong địa chỉ trang. Để trống thì máy tự đặt theo tiêu đề.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["parent"].queryset = Page.objects.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]  # a choice field

    def clean_parent(self) -> Page | None:
        """No page below itself."""
        parent: Page | None = self.cleaned_data["parent"]
        node, steps = parent, 0
        while node is not None and steps < 20:  # noqa: PLR2004 - deeper than any real section
            if node.pk == self.instance.pk:
                raise ValidationError(_("Trang không thể nằm dưới chính nó."))
            node, steps = node.parent, steps + 1
        return parent
