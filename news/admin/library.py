"""Albums and videos in the administration."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.forms import AlbumForm, VideoForm
from news.models import Album, Video
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full


class ShownAdmin(TenantAdmin):
    """What albums and videos share: who may show them to citizens, and the list."""

    list_filter = ("is_published",)
    search_fields = ("title",)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("Trạng thái"), ordering="is_published")
    def state(self, row: Album | Video) -> SafeString:
        """Whether citizens see it, as a word in its colour."""
        words = _("Đã đăng") if row.is_published else _("Chưa đăng")
        return format_html('<span class="tag tag--{}">{}</span>', "published" if row.is_published else "draft", words)

    @admin.display(description=gettext_lazy("Tải lên"), ordering="added_at")
    def added(self, row: Album | Video) -> str:
        """The day."""
        return date_full(row.added_at)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Showing to citizens is for who may publish."""
        if request.user.has_perm("news.publish_article"):
            return self.fieldsets
        return tuple(part for part in self.fieldsets or () if part[1]["fields"] != ("is_published",))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What citizens see is changed by who may publish."""
        shown = obj is not None and obj.is_published
        may = super().has_change_permission(request, obj)
        return may and (not shown or request.user.has_perm("news.publish_article"))


PUBLISHING: Any = (gettext_lazy("Đăng"), {"fields": ("is_published",)})


@admin.register(Album)
class AlbumAdmin(ShownAdmin):
    """The unit's albums."""

    form = AlbumForm
    purpose = gettext_lazy("Nhiều ảnh của một việc. Album đã đăng hiện ở trang Thư viện.")
    add_label = gettext_lazy("Tạo album")
    change_form_template = "admin/news/album/change_form.html"
    list_display = ("title", "state", "number_words", "added")
    fieldsets = (
        (None, {"fields": ("title", "description")}),
        (gettext_lazy("Ảnh"), {"fields": ("entries",)}),
        PUBLISHING,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of pictures."""
        rows: Any = super().get_queryset(request)
        return rows.for_list()

    @admin.display(description=gettext_lazy("Số ảnh"))
    def number_words(self, album: Any) -> str:
        """How many pictures."""
        return str(album.number)

    def save_model(self, request: HttpRequest, obj: Album, form: Any, change: bool) -> None:
        """Save through the action; the cover is the marked picture."""
        entries = form.cleaned_data["entries"]
        marked = request.POST.get("entries_cover", "")
        obj.cover = next((entry.picture for entry in entries if str(entry.picture.pk) == marked), obj.cover)
        actions.save_album(album=obj, entries=entries, actor=person_at(request))

    def delete_model(self, request: HttpRequest, obj: Album) -> None:
        """Delete through the action."""
        actions.delete_album(album=obj, actor=person_at(request))


@admin.register(Video)
class VideoAdmin(ShownAdmin):
    """The unit's videos."""

    form = VideoForm
    purpose = gettext_lazy("Video đã đăng hiện ở trang Thư viện.")
    add_label = gettext_lazy("Thêm video")
    change_form_template = "admin/news/video/change_form.html"
    list_display = ("title", "state", "length_words", "added")

    def get_fieldsets(self, request: HttpRequest, obj: Video | None = None) -> Any:
        """Only the fields that this installation and this video have."""
        form = self.form(instance=obj)
        parts: list[Any] = [
            (None, ("title", "description")),
            (gettext_lazy("Video"), ("upload", "embed_url", "length")),
            (gettext_lazy("Cho người không nghe được"), ("captions_file", "remove_captions", "transcript")),
            (gettext_lazy("Ảnh bìa"), ("poster",)),
        ]
        if request.user.has_perm("news.publish_article"):
            parts.append((PUBLISHING[0], ("is_published",)))
        return [(name, {"fields": tuple(field for field in fields if field in form.fields)}) for name, fields in parts]

    @admin.display(description=gettext_lazy("Độ dài"), ordering="duration")
    def length_words(self, video: Video) -> str:
        """Minutes and seconds."""
        return video.duration_words or "–"

    def save_model(self, request: HttpRequest, obj: Video, form: Any, change: bool) -> None:
        """Save through the action."""
        data = form.cleaned_data
        obj.duration = data.get("length")
        if not data.get("upload") and data.get("embed_url"):
            # The film is now somewhere else; the action's constraint allows one place only.
            obj.file, obj.size, obj.sha256 = "", 0, ""
        captions = "" if data.get("remove_captions") else None
        actions.save_video(
            video=obj,
            upload=data.get("upload"),
            captions=data.get("captions_file") or captions,
            actor=person_at(request),
        )

    def delete_model(self, request: HttpRequest, obj: Video) -> None:
        """Delete through the action."""
        actions.delete_video(video=obj, actor=person_at(request))
