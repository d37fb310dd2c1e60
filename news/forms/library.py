"""Albums and videos of /thu-vien/."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.actions import Entry
from news.actions.media import fingerprint
from news.forms.media import LibraryPictureField
from news.forms.widgets import TemplateWidget
from news.models import Album, AlbumPicture, Picture, Video
from portal.core.text import nfc
from portal.core.videos import check_video

OFFERED = 12
NUMBERS_LIMIT = 100
CAPTIONS_LIMIT = 1024 * 1024
_SRT_TIME = re.compile(r"(\d{2}:\d{2}:\d{2}),(\d{3})")
_LENGTH = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
_EMBED_PATH = re.compile(r"/(?:videos/embed|videos/watch|w)/([A-Za-z0-9-]{8,64})/?")


@dataclass(frozen=True, slots=True)
class Line:
    """One picture of the list in the form: whether it is in the album, at which place, with which words."""

    picture: Picture
    is_chosen: bool
    order: int
    caption: str = ""
    is_cover: bool = False


def _number(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 19 else None  # noqa: PLR2004 - what a key can be


class AlbumEntries(TemplateWidget):
    """The album's pictures with places and captions, then the newest others of the library."""

    template = "admin/news/album/entries.html"
    cover_id: int | None = None

    def context(self, name: str, value: Any) -> dict[str, Any]:
        """Lines of what is in the album and of what is offered; two queries."""
        places: dict[int, tuple[int, str]] = {key: (order, caption) for key, order, caption in value or []}
        rows = list(Picture.objects.ready().filter(pk__in=places)) if places else []
        rows.sort(key=lambda row: places[row.pk][0])
        others = [row for row in Picture.objects.ready().order_by("-pk")[:OFFERED] if row.pk not in places]
        return {
            "chosen": [
                Line(row, is_chosen=True, order=place, caption=places[row.pk][1], is_cover=row.pk == self.cover_id)
                for place, row in enumerate(rows, 1)
            ],
            "others": [Line(row, is_chosen=False, order=len(rows) + place) for place, row in enumerate(others, 1)],
            "choose_url": reverse("admin:news_picture_choose"),
            "library_url": reverse("admin:news_picture_changelist"),
        }

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[int, int, str]]:
        """(key, place, caption) of every marked picture, then of those written as numbers."""
        keys = [key for raw in data.getlist(name) if (key := _number(raw)) is not None]
        written = re.findall(r"\d{1,18}", str(data.get(f"{name}_numbers", "")))[:NUMBERS_LIMIT]
        lines = [
            (key, _number(data.get(f"{name}_order_{key}", "")) or 0, str(data.get(f"{name}_caption_{key}", "")))
            for key in keys
        ]
        last = max((order for _key, order, _caption in lines), default=0)
        return lines + [(int(raw), last + place, "") for place, raw in enumerate(written, 1)]


class AlbumEntriesField(forms.Field):
    """Described pictures of the unit in their order."""

    widget = AlbumEntries

    def clean(self, value: Any) -> list[Entry]:
        """Rows of the unit in scope; another unit's key, or a picture without words, is refused."""
        keys = {key for key, _order, _caption in value}
        rows = {row.pk: row for row in Picture.objects.ready().filter(pk__in=keys)}
        if missing := sorted(keys - rows.keys()):
            raise ValidationError(
                _("Thư viện không có ảnh số %(number)s, hoặc ảnh chưa có lời mô tả."), params={"number": missing[0]}
            )
        return [Entry(rows[key], caption) for key, _order, caption in sorted(value, key=lambda line: line[1])]


class AlbumForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An album: its words, its pictures in order, whether citizens see it."""

    entries = AlbumEntriesField(label=gettext_lazy("Ảnh trong album"), required=False)

    class Meta:
        model = Album
        fields = ("title", "description", "is_published")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"title": {"required": gettext_lazy("Nhập tiêu đề.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = AlbumPicture.objects.of_album(self.instance)
            self.fields["entries"].initial = [(row.picture_id, row.order, row.caption) for row in rows]
            self.fields["entries"].widget.cover_id = self.instance.cover_id

    def clean(self) -> dict[str, Any]:
        """An album that citizens see has pictures."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("is_published") and "entries" in data and not data["entries"]:
            self.add_error("entries", _("Album chưa có ảnh nào. Thêm ảnh rồi đăng."))
        return data


class VideoForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A video: a file or an address on a server of ours, its words, what deaf people read."""

    upload = forms.FileField(
        label=gettext_lazy("Tệp video"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )
    poster = LibraryPictureField(
        label=gettext_lazy("Ảnh hiện trước khi phát"), queryset=Picture._base_manager.none(), required=False
    )
    length = forms.CharField(
        label=gettext_lazy("Độ dài"), required=False, max_length=9,
        help_text=gettext_lazy("Phút:giây, ví dụ 3:07. Tệp MP4 thì máy tự đọc."),
    )  # fmt: skip
    captions_file = forms.FileField(
        label=gettext_lazy("Tệp phụ đề"), required=False, widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
        help_text=gettext_lazy("VTT hoặc SRT, cho người không nghe được."),
    )  # fmt: skip
    remove_captions = forms.BooleanField(label=gettext_lazy("Bỏ phụ đề đang dùng"), required=False)

    class Meta:
        model = Video
        fields = ("title", "description", "embed_url", "poster", "transcript", "is_published")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "transcript": forms.Textarea(attrs={"rows": 8}),
            "embed_url": forms.URLInput,
        }
        help_texts = {
            "transcript": gettext_lazy("Chép lại lời nói và cảnh chính. Video không có lời thì ghi như vậy."),
        }
        error_messages = {"title": {"required": gettext_lazy("Nhập tiêu đề.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.VIDEO_LIMIT_BYTES // (1024 * 1024)
        words = _("MP4 (H.264) hoặc WebM, tối đa %(limit)d MB.") % {"limit": limit}
        self.fields["upload"].help_text = words
        self.fields["length"].initial = self.instance.duration_words
        if not self.instance.captions:
            self.fields.pop("remove_captions")
        if "embed_url" not in self.fields:
            return
        if settings.VIDEO_EMBED_HOSTS:
            hosts = ", ".join(settings.VIDEO_EMBED_HOSTS)
            self.fields["embed_url"].help_text = _("Thay cho tệp: địa chỉ video trên %(hosts)s.") % {"hosts": hosts}
        elif not self.instance.embed_url:
            self.fields.pop("embed_url")

    def clean_upload(self) -> Any:
        """Only what phones play, by its content; nothing is stored before this passes."""
        upload = self.cleaned_data.get("upload")
        if not upload:
            return upload
        known = Video.objects.filter(sha256=fingerprint(upload)).exclude(pk=self.instance.pk).first()
        if known:
            raise ValidationError(_("Video này đã có trong thư viện: “%(title)s”.") % {"title": known.title})
        check_video(upload, size=upload.size)
        return upload

    def clean_embed_url(self) -> str:
        """An address on one of the servers we may embed, in the form that is embedded."""
        address = self.cleaned_data.get("embed_url") or ""
        if not address or address == self.instance.embed_url:
            return str(address)
        parts = urlsplit(address)
        found = _EMBED_PATH.fullmatch(parts.path)
        if parts.scheme != "https" or parts.netloc.lower() not in settings.VIDEO_EMBED_HOSTS or not found:
            hosts = ", ".join(settings.VIDEO_EMBED_HOSTS)
            raise ValidationError(_("Chỉ nhúng video từ %(hosts)s. Chép địa chỉ trang video ở đó.") % {"hosts": hosts})
        return f"https://{parts.netloc.lower()}/videos/embed/{found.group(1)}"

    def clean_length(self) -> int | None:
        """Seconds."""
        raw = self.cleaned_data["length"].strip()
        if not raw:
            return None
        found = _LENGTH.fullmatch(raw)
        if not found:
            raise ValidationError(_("Ghi phút:giây, ví dụ 3:07."))
        return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])

    def clean_captions_file(self) -> str | None:
        """WebVTT text; SRT is turned into it. None when no file was sent."""
        upload = self.cleaned_data.get("captions_file")
        if not upload:
            return None
        try:
            text = nfc(upload.read(CAPTIONS_LIMIT).decode("utf-8-sig")).replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ValidationError(_("Tệp phụ đề không đúng bảng mã. Lưu lại ở dạng UTF-8 rồi tải lên.")) from error
        if text.startswith("WEBVTT"):
            return text
        if "-->" not in text:
            raise ValidationError(_("Tệp này không phải phụ đề VTT hay SRT."))
        return "WEBVTT\n\n" + _SRT_TIME.sub(r"\1.\2", text)

    def clean(self) -> dict[str, Any]:
        """One film, from one place; what citizens see can be read by who does not hear it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("upload"):
            data["embed_url"] = ""
        has_file = bool(data.get("upload")) or (bool(self.instance.file) and not data.get("embed_url"))
        if (
            not has_file
            and not data.get("embed_url")
            and "upload" not in self.errors
            and "embed_url" not in self.errors
        ):
            self.add_error("upload", _("Chọn tệp video."))
        captions = data.get("captions_file") or (self.instance.captions and not data.get("remove_captions"))
        if data.get("is_published") and not captions and not (data.get("transcript") or "").strip():
            self.add_error("transcript", _("Thêm phụ đề hoặc chép lời, cho người không nghe được, rồi đăng."))
        return data
