"""What media say of themselves."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Article, Picture
from portal.core.pictures import prepare_picture

RESERVED_SLUGS = frozenset({"ngay", "the", "rss", "atom"})
SUMMARY_ADVICE = 250


class PictureFields(forms.Form):
    """The article's main picture, as a group of fields of the article's form."""

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

    def start_picture(self, article: Article) -> None:
        """Show what the picture in use says of itself."""
        if not article.picture_id:
            self.fields.pop("remove_picture", None)
        if article.picture:
            self.fields["alt_text"].initial = article.picture.alt_text
            self.fields["is_decorative"].initial = article.picture.is_decorative
            self.fields["caption"].initial = article.picture.caption

    def clean_upload(self) -> "UploadedFile[Any] | None":
        """Only a picture by its content, whatever its name says; nothing is stored before this passes."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("upload")
        if upload:
            prepare_picture(upload, size=upload.size)
        return upload

    def check_picture(self, data: dict[str, Any]) -> None:
        """A picture says what it shows, or that it is decoration."""
        article: Article = self.instance  # type: ignore[attr-defined]  # the article's form has one
        has_picture = bool(data.get("upload")) or (article.picture_id and not data.get("remove_picture"))
        if has_picture and not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error("alt_text", _("Viết một câu tả ảnh, hoặc đánh dấu “chỉ để trang trí”."))


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
