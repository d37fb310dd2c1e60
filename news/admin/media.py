"""The media library in the administration."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.forms import ArticleForm, PictureForm
from news.models import Article, Picture
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full


def keep_picture_of(article: Article, form: ArticleForm, user: User) -> None:
    """Put the picture that the form chose, described or took off onto the article; called before the article is saved."""
    data = form.cleaned_data
    described = {"alt_text": data["alt_text"], "is_decorative": data["is_decorative"], "caption": data["caption"]}
    if data.get("upload"):
        upload = data["upload"]
        article.picture = actions.add_picture(upload=upload, size=upload.size, actor=user, **described)
    elif data.get("remove_picture"):
        article.picture = None
    elif article.picture:
        actions.describe_picture(picture=article.picture, actor=user, **described)


@admin.register(Picture)
class PictureAdmin(TenantAdmin):
    """The unit's pictures; new ones come with their article."""

    form = PictureForm
    purpose = gettext_lazy("Ảnh được tải lên ở trang viết bài. Ở đây sửa lời mô tả và chú thích.")
    list_display = ("described", "preview", "caption", "added")
    search_fields = ("alt_text", "caption")
    fields = ("preview", "alt_text", "is_decorative", "caption")
    readonly_fields = ("preview",)

    @admin.display(description=gettext_lazy("Mô tả ảnh"), ordering="alt_text")
    def described(self, picture: Picture) -> str:
        """What it shows, or that it is decoration."""
        return picture.alt_text or _("(ảnh trang trí)")

    @admin.display(description=gettext_lazy("Tải lên"), ordering="added_at")
    def added(self, picture: Picture) -> str:
        """The day."""
        return date_full(picture.added_at)

    @admin.display(description=gettext_lazy("Ảnh"))
    def preview(self, picture: Picture) -> SafeString:
        """The small file."""
        return format_html('<img class="thumb" src="{}" alt="{}" width="160">', picture.small_url, picture.alt)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Pictures are added on the article they belong to."""
        return False

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """Change the description through the action."""
        data = form.cleaned_data
        # The form has written on obj already; the action compares with what is stored.
        stored = Picture.objects.get(pk=obj.pk)
        actions.describe_picture(
            picture=stored, alt_text=data["alt_text"], is_decorative=data["is_decorative"], caption=data["caption"],
            actor=person_at(request),
        )  # fmt: skip

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Delete through the action; one that an article uses is protected by the database."""
        actions.delete_picture(picture=obj, actor=person_at(request))
