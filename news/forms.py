"""Input of the news room."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, Category, Page, Picture, Tag
from news.rules import TITLE_ADVICE
from portal.core.fields import TenantChoiceField
from portal.core.pictures import prepare_picture
from portal.core.richtext import clean_html
from portal.core.text import nfc, slugify_vi

RESERVED_SLUGS = frozenset({"ngay", "the", "rss", "atom"})
SUMMARY_ADVICE = 250


@dataclass(frozen=True, slots=True)
class Check:
    """One line of “Trước khi đăng”: the field it speaks of, its words when met and when not, whether it is met."""

    field: str
    met: str
    unmet: str
    is_met: bool


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
            "title": gettext_lazy("Nói việc gì, ai, khi nào. Nên dưới 90 ký tự."),
            "summary": gettext_lazy("Một, hai câu: điều người đọc cần biết trước nhất."),
            "author_name": gettext_lazy("Tên hiện dưới tiêu đề. Ví dụ: Ban biên tập"),
            "source_name": gettext_lazy("Ghi khi lấy lại từ nơi khác."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"data-count": TITLE_ADVICE}),
            "summary": forms.Textarea(attrs={"rows": 3, "data-count": SUMMARY_ADVICE}),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Nhập tiêu đề.")},
            "category": {
                "required": gettext_lazy("Chọn chuyên mục."),
                "invalid_choice": gettext_lazy("Chọn chuyên mục."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        if "category" in self.fields:
            self.fields["category"].empty_label = _("Chọn một chuyên mục")  # type: ignore[attr-defined]  # a choice field
        if not article.picture_id:
            self.fields.pop("remove_picture", None)
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
        if self.wants_publishing:
            self._require_what_citizens_need(data)
        return data

    @property
    def wants_publishing(self) -> bool:
        """Whether the person pressed “Đăng bài”: then more is needed than for a draft."""
        return "_publish" in self.data

    def _require_what_citizens_need(self, data: dict[str, Any]) -> None:
        if not (data.get("summary") or "").strip():
            self.add_error("summary", _("Viết tóm tắt một, hai câu rồi đăng."))
        if not clean_html(data.get("body") or "").strip():
            self.add_error("body", _("Viết nội dung rồi đăng."))

    def checks(self) -> list[Check]:
        """“Trước khi đăng” for what stands in the form now; the page's script repeats it while the clerk types."""
        values = {
            name: self[name].value() for name in ("title", "summary", "body", "category", "alt_text", "is_decorative")
        }
        has_picture = bool(self.instance.picture_id)
        described = bool((values["alt_text"] or "").strip()) or bool(values["is_decorative"])
        return [
            Check("title", _("Có tiêu đề"), _("Chưa có tiêu đề"), bool((values["title"] or "").strip())),
            Check("summary", _("Có tóm tắt"), _("Chưa có tóm tắt"), bool((values["summary"] or "").strip())),
            Check("body", _("Có nội dung"), _("Chưa có nội dung"), bool(clean_html(values["body"] or "").strip())),
            Check("category", _("Có chuyên mục"), _("Chưa chọn chuyên mục"), bool(values["category"])),
            Check(
                "alt_text",
                _("Ảnh có lời mô tả") if has_picture else _("Không dùng ảnh"),
                _("Ảnh chưa có lời mô tả cho người khiếm thị"),
                described or not has_picture,
            ),
        ]

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

    def clean(self) -> dict[str, Any]:
        """An address part of its own among the pages of its language."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        slug = data.get("slug") or slugify_vi(data.get("title") or "")
        same = Page.objects.filter(slug=slug, language=data.get("language") or "vi").exclude(pk=self.instance.pk)
        if same.exists():
            field = "slug" if data.get("slug") else "title"
            self.add_error(field, _("Đã có trang với tiêu đề hoặc địa chỉ này. Chọn từ khác."))
        return data


class TagForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A tag's name and address part."""

    class Meta:
        model = Tag
        fields = ("name", "slug")
        help_texts = {"slug": gettext_lazy("Phần trong địa chỉ trang. Đổi thì liên kết cũ tới thẻ này không mở được.")}

    def clean_slug(self) -> str:
        """Not another tag's."""
        slug: str = self.cleaned_data["slug"]
        if Tag.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Đã có thẻ với địa chỉ này. Chọn từ khác."))
        return slug


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a picture says of itself."""

    class Meta:
        model = Picture
        fields = ("alt_text", "is_decorative", "caption")
        help_texts = {"alt_text": gettext_lazy("Ảnh có gì? Người không nhìn thấy sẽ nghe câu này.")}

    def clean(self) -> dict[str, Any]:
        """It says what it shows, or that it is decoration."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error("alt_text", _("Viết một câu tả ảnh, hoặc đánh dấu “chỉ để trang trí”."))
        return data
