"""Pictures: the article's main one, and what each says of itself."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.forms.attachments import AttachmentFields
from news.forms.widgets import TemplateWidget
from news.models import Article, Picture
from portal.core.fields import TenantChoiceField
from portal.core.pictures import prepare_picture

ACCEPTED_PICTURES = "image/jpeg,image/png,image/webp,image/gif"
OFFERED = 8
NEEDS_WORDS = gettext_lazy("Viết một câu tả ảnh, hoặc đánh dấu “chỉ để trang trí”.")
ALT_HELP = gettext_lazy("Ảnh có gì? Người không nhìn thấy sẽ nghe câu này.")


class LibraryChoice(TemplateWidget):
    """The newest pictures to choose from, and a number for any other; with scripts a dialog over the whole library."""

    template = "admin/news/picture/choice.html"

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """The chosen picture and the newest described ones; two queries."""
        key = str(value or "")
        chosen = Picture.objects.ready().filter(pk=key) if key.isascii() and key.isdigit() and len(key) < 19 else ()  # noqa: PLR2004
        rows = {row.pk: row for row in (*chosen, *Picture.objects.ready().order_by("-pk")[:OFFERED])}
        return {
            "pictures": list(rows.values()),
            "choose_url": reverse("admin:news_picture_choose"),
            "library_url": reverse("admin:news_picture_changelist"),
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """The number that was written, or the picture that was marked."""
        return str(data.get(f"{name}_number") or data.get(name) or "").strip()


class LibraryPictureField(TenantChoiceField):
    """One described picture of the unit."""

    widget = LibraryChoice
    default_error_messages = {
        "invalid_choice": gettext_lazy("Thư viện không có ảnh mang số này, hoặc ảnh chưa có lời mô tả. Chọn ảnh khác.")
    }

    def __deepcopy__(self, memo: dict[int, Any]) -> "LibraryPictureField":
        """Only what pages may show."""
        copy = super().__deepcopy__(memo)
        copy.queryset = Picture.objects.ready()
        return copy


class PictureFields(AttachmentFields):
    """The article's main picture, as a group of fields of the article's form."""

    upload = forms.FileField(
        label=gettext_lazy("Tải ảnh mới"),
        required=False,
        help_text=gettext_lazy("JPG, PNG, WebP hoặc GIF, tối đa 12 MB. Vị trí chụp trong ảnh sẽ được xóa."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED_PICTURES}),
    )
    library_picture = LibraryPictureField(
        label=gettext_lazy("Hoặc chọn ảnh trong thư viện"), queryset=Picture._base_manager.none(), required=False
    )
    alt_text = forms.CharField(label=gettext_lazy("Mô tả ảnh"), required=False, max_length=250, help_text=ALT_HELP)
    is_decorative = forms.BooleanField(label=gettext_lazy("Ảnh chỉ để trang trí"), required=False)
    caption = forms.CharField(label=gettext_lazy("Chú thích dưới ảnh"), required=False, max_length=250)
    remove_picture = forms.BooleanField(label=gettext_lazy("Bỏ ảnh đang dùng"), required=False)

    def start_picture(self, article: Article) -> None:
        """Show what the picture in use says of itself, and the files below the text."""
        if not article.picture_id:
            self.fields.pop("remove_picture", None)
        if article.picture:
            self.fields["alt_text"].initial = article.picture.alt_text
            self.fields["is_decorative"].initial = article.picture.is_decorative
            self.fields["caption"].initial = article.picture.caption
        self.start_attachments(article)

    def clean_upload(self) -> "UploadedFile[Any] | None":
        """Only a picture by its content, whatever its name says; nothing is stored before this passes."""
        upload: UploadedFile[Any] | None = self.cleaned_data.get("upload")
        if upload:
            prepare_picture(upload, size=upload.size)
        return upload

    def check_picture(self, data: dict[str, Any]) -> None:
        """A picture says what it shows, or that it is decoration; one from the library has said so already."""
        article: Article = self.instance  # type: ignore[attr-defined]  # the article's form has one
        chosen = data.get("library_picture") and not data.get("upload")
        has_picture = bool(data.get("upload")) or (article.picture_id and not data.get("remove_picture"))
        if has_picture and not chosen and not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error("alt_text", NEEDS_WORDS)


class DescribeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """What one of several new pictures says of itself; left empty, it waits."""

    class Meta:
        model = Picture
        fields = ("alt_text", "is_decorative", "caption", "credit", "licence")
        help_texts = {"alt_text": ALT_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        licence: Any = self.fields["licence"]
        licence.choices = [("", _("Chưa ghi")), *list(licence.choices)[1:]]
        for name in {"focal_x", "focal_y"} & self.fields.keys():
            self.fields[name].required = False

    @property
    def says_something(self) -> bool:
        """Whether enough is written to use the picture."""
        return bool((self.cleaned_data.get("alt_text") or "").strip()) or bool(self.cleaned_data.get("is_decorative"))


class PictureForm(DescribeForm):
    """Everything a picture says of itself, and what must stay in sight when it is cropped."""

    class Meta(DescribeForm.Meta):
        fields = (
            *("alt_text", "is_decorative", "caption", "credit", "licence", "licence_note"),
            *("focal_x", "focal_y"),
        )  # type: ignore[assignment]  # more fields than the base
        help_texts = {
            **DescribeForm.Meta.help_texts,
            "credit": gettext_lazy("Tên người chụp hoặc nơi cho ảnh. Hiện cạnh chú thích."),
            "focal_x": gettext_lazy("0 là mép trái, 100 là mép phải."),
            "focal_y": gettext_lazy("0 là mép trên, 100 là mép dưới."),
        }
        widgets = {
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100}),
        }

    def clean(self) -> dict[str, Any]:
        """It says what it shows, or that it is decoration; the point lies inside the picture."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("is_decorative") and not (data.get("alt_text") or "").strip():
            self.add_error("alt_text", NEEDS_WORDS)
        for name in ("focal_x", "focal_y"):
            if (data.get(name) or 0) > 100:  # noqa: PLR2004 - percent
                self.add_error(name, _("Ghi số từ 0 đến 100."))
        if data.get("licence") == "OTHER" and not (data.get("licence_note") or "").strip():
            self.add_error("licence_note", _("Ghi quyền sử dụng là gì."))
        return data


def choice_of(pictures: list[Picture]) -> list[dict[str, Any]]:
    """Pictures as the dialog that chooses one takes them."""
    return [
        {
            "id": picture.pk, "url": picture.url, "small": picture.small_url, "alt": picture.alt,
            "title": str(picture), "is_decorative": picture.is_decorative, "caption": picture.caption,
            "credit": picture.credit, "width": picture.width, "height": picture.height,
        }
        for picture in pictures
    ]  # fmt: skip


__all__ = ["DescribeForm", "LibraryPictureField", "PictureFields", "PictureForm", "choice_of"]
