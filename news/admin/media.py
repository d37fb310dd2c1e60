"""The media library in the administration: pictures."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from news import actions
from news.forms import ArticleForm, DescribeForm, PictureForm, choice_of
from news.forms.media import ACCEPTED_PICTURES
from news.models import Article, Picture
from news.picture_places import places_of
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.text import nfc

CHOOSER_PAGE = 24
DESCRIBED_AT_ONCE = 20
FILES_AT_ONCE = 20


def keep_picture_of(article: Article, form: ArticleForm, user: User) -> None:
    """Put the picture that the form chose, described or took off onto the article; called before the article is saved."""
    data = form.cleaned_data
    described = {"alt_text": data["alt_text"], "is_decorative": data["is_decorative"], "caption": data["caption"]}
    if data.get("upload"):
        upload = data["upload"]
        picture = actions.add_picture(upload=upload, size=upload.size, actor=user, **described)
        # The same file may be in the library already: what the clerk has just written is the newer word.
        article.picture = actions.describe_picture(picture=picture, actor=user, **described)
    elif data.get("library_picture"):
        article.picture = data["library_picture"]
    elif data.get("remove_picture"):
        article.picture = None
    elif article.picture:
        actions.describe_picture(picture=article.picture, actor=user, **described)


class ReadyFilter(admin.SimpleListFilter):
    """Pictures that wait for their words."""

    title = gettext_lazy("Lời mô tả")
    parameter_name = "mo-ta"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two kinds."""
        return [("chua", _("Chưa mô tả")), ("roi", _("Đã mô tả"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Rows of the kind."""
        return queryset if self.value() is None else queryset.filter(is_ready=self.value() == "roi")


@admin.register(Picture)
class PictureAdmin(TenantAdmin):
    """The unit's pictures: uploaded several at once, described, found again, deleted when nothing uses them."""

    form = PictureForm
    purpose = gettext_lazy("Ảnh của đơn vị. Ảnh mới cần một câu mô tả trước khi dùng được.")
    add_label = gettext_lazy("Tải ảnh lên")
    list_display = ("alt_text",)
    list_filter = (ReadyFilter, "licence")
    list_per_page = 24
    search_fields = ("words",)
    search_help_text = gettext_lazy("Tìm theo mô tả, chú thích, tác giả, tên tệp")
    change_list_template = "admin/news/picture/change_list.html"
    change_form_template = "admin/news/picture/change_form.html"
    fieldsets = (
        (gettext_lazy("Lời của ảnh"), {"fields": ("alt_text", "is_decorative", "caption")}),
        (gettext_lazy("Tác giả và quyền sử dụng"), {"fields": ("credit", "licence", "licence_note")}),
        (
            gettext_lazy("Điểm chính"),
            {
                "fields": ("focal_x", "focal_y"),
                "classes": ("focal",),
                "description": gettext_lazy("Phần phải thấy khi ảnh bị cắt bớt. Bấm lên ảnh, hoặc ghi hai số."),
            },
        ),
    )

    def get_urls(self) -> list[Any]:
        """The library's own screens before the stock ones."""
        own = [
            path("mo-ta/", self.admin_site.admin_view(self.describe_view), name="news_picture_describe"),
            path("chon/", self.admin_site.admin_view(require_GET(self.choose_view)), name="news_picture_choose"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The grid, and how many pictures wait for their words."""
        waiting = Picture.objects.waiting()[:100].count()
        return super().changelist_view(request, {**(extra_context or {}), "waiting": waiting})

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as people type: with or without marks and capitals."""
        return queryset.found_by(search_term), False

    # --- uploading ----------------------------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Several files at once; each is taken or refused on its own."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        files = request.FILES.getlist("files") if request.method == "POST" else []
        results = [self._take(request, file) for file in files[:FILES_AT_ONCE]]
        if request.method == "POST" and "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"results": results})
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "results": results,
            "nothing_chosen": request.method == "POST" and not files, "left_out": len(files) - len(results),
            "accepted": ACCEPTED_PICTURES, "waiting": Picture.objects.waiting()[:100].count(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/news/picture/upload.html", context)

    def _take(self, request: HttpRequest, file: Any) -> dict[str, Any]:
        try:
            picture, is_new = actions.take_picture(
                upload=file, name=file.name, size=file.size, actor=person_at(request)
            )
        except ValidationError as error:
            return {"name": file.name, "state": "refused", "message": " ".join(error.messages)}
        words = _("Đã tải lên.") if is_new else _("Đã có trong thư viện, không tải lại.")
        return {
            "name": file.name, "state": "new" if is_new else "known", "message": words, "id": picture.pk,
            "url": reverse("admin:news_picture_change", args=[picture.pk]), "small": picture.small_url,
        }  # fmt: skip

    # --- describing ---------------------------------------------------------------------------------------------------

    def describe_view(self, request: HttpRequest) -> HttpResponse:
        """All pictures that wait for their words, on one screen; those left empty go on waiting."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        waiting = Picture.objects.waiting()
        if sent is not None:
            # What somebody else has described meanwhile is not waiting any more, and keeps their words.
            waiting = waiting.filter(pk__in=[raw for raw in sent.getlist("picture") if _is_key(raw)])
        forms = [DescribeForm(sent, instance=row, prefix=str(row.pk)) for row in waiting[:DESCRIBED_AT_ONCE]]
        if sent is not None and all(form.is_valid() for form in forms):
            return self._describe(request, forms)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "forms": forms}
        return TemplateResponse(request, "admin/news/picture/describe.html", context)

    def _describe(self, request: HttpRequest, forms: list[DescribeForm]) -> HttpResponse:
        told = [form for form in forms if form.says_something]
        for form in told:
            # The form has written on its row already; the action compares with what is stored.
            stored = Picture.objects.get(pk=form.instance.pk)
            actions.describe_picture(picture=stored, actor=person_at(request), **_words(form.cleaned_data))
        if told:
            messages.success(request, _("Đã mô tả %(number)d ảnh.") % {"number": len(told)})
        elif forms:
            messages.warning(request, _("Chưa có ảnh nào được mô tả. Viết một câu tả ảnh, hoặc đánh dấu trang trí."))
        left = Picture.objects.waiting().exists()
        return HttpResponseRedirect(reverse(f"admin:news_picture_{'describe' if left else 'changelist'}"))

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        """Change the words and the focal point through the action."""
        # The form has written on obj already; the action compares with what is stored.
        stored = Picture.objects.get(pk=obj.pk)
        actions.describe_picture(picture=stored, actor=person_at(request), **_words(form.cleaned_data))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add “Dùng ở đâu”."""
        if kwargs.get("obj") is not None:
            context["places"] = places_of(kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    # --- choosing -----------------------------------------------------------------------------------------------------

    def choose_view(self, request: HttpRequest) -> HttpResponse:
        """One page of the described pictures as JSON, for the dialog that chooses one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        before = request.GET.get("truoc", "")
        key = int(before) if _is_key(before) else None
        words = nfc(request.GET.get("q", ""))[:200]
        pictures, more = Picture.objects.chooser_page(words, key, CHOOSER_PAGE)
        return JsonResponse({"pictures": choice_of(pictures), "next": pictures[-1].pk if more else None})

    # --- deleting -----------------------------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        """Whoever may delete pictures; and one's own upload as long as nobody has described it."""
        own = obj is not None and not obj.is_ready and obj.added_by_id == request.user.pk
        return own or super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What uses the picture stands in the way, each with its screen."""
        places = [place for picture in objs for place in places_of(picture)]
        protected = [format_html('<a href="{}">{}</a>', place.url, place.label) for place in places]
        return [str(picture) for picture in objs], {self.opts.verbose_name_plural: len(objs)}, set(), protected

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Delete through the action."""
        actions.delete_picture(picture=obj, actor=person_at(request))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Somebody may begin to use the picture while this screen is open: then it stays, and the screen says where."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:news_picture_change", args=[object_id]))


def _is_key(raw: str) -> bool:
    return raw.isascii() and raw.isdigit() and len(raw) < 19  # noqa: PLR2004 - what a key can be


def _words(data: dict[str, Any]) -> dict[str, Any]:
    """What a form of pictures says, as the action takes it."""
    return {name: value for name, value in data.items() if value is not None}
