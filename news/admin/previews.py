"""Looking at a text before citizens do: beside the form, and by a link for somebody without an account."""

import base64
import copy
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from news.actions.previews import PREVIEW_STATUSES, create_preview_link, revoke_preview_link
from news.admin.article_screens import ArticleScreens
from news.article_page import TEMPLATE, preview_context
from news.forms.withdrawal import PreviewLinkForm
from news.models import Article, Category, PreviewLink, Tag
from portal.core.admin_base import person_at
from portal.core.pictures import prepare_picture
from portal.core.text import slugify_vi

FOLDER: Final = "admin/news/article"


@dataclass(frozen=True, slots=True)
class UploadedPicture:
    """A picture that is only in the form: shown from the answer itself, stored nowhere. Reads like a Picture."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str = ""
    webp_srcset: str = ""
    avif_srcset: str = ""
    focal_classes: str = ""

    @property
    def small_url(self) -> str:
        """The only size there is."""
        return self.url


class PreviewScreens(ArticleScreens):
    """The preview in two widths, and the links that open it without an account."""

    def preview_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [
            path("xem-truoc/", view(self.preview_view), name="news_article_preview_new"),
            path("<int:pk>/xem-truoc/", view(self.preview_view), name="news_article_preview"),
            path("<int:pk>/lien-ket/", view(self.links_view), name="news_article_links"),
            path("<int:pk>/lien-ket/<int:link>/thu-hoi/", view(self.revoke_view), name="news_article_link_revoke"),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def preview_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The page as citizens will see it: of the saved text, or of what stands in the form that was sent here.

        The page goes into the frames as their own source: nothing of it is stored, and no other page may be framed.
        """
        is_form = request.method == "POST"
        if pk is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            article = None
        else:
            article = self.article_of(request, pk, to_change=is_form)
        if article is None and not is_form:
            return HttpResponseRedirect(reverse("admin:news_article_add"))
        shown, tags = self._from_form(request, article) if is_form else (article, None)
        assert shown is not None  # noqa: S101 - one of the two; told to the type checker
        # Links of the page open beside the preview: no page of ours may stand in a frame.
        shown_page = {**preview_context(request, shown, tags), "in_frame": True}
        page = render_to_string(TEMPLATE, shown_page, request=request)
        context = self.screen(request, article, _("Xem trước"), page=page, is_unsaved=is_form, shown=shown)
        response = TemplateResponse(request, f"{FOLDER}/preview.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _from_form(self, request: HttpRequest, article: Article | None) -> tuple[Article, list[Tag]]:
        """An article that is never saved, as the form describes it; what is not valid stays as it was."""
        form_class = self.get_form(request, article, change=article is not None)
        form: Any = form_class(request.POST, request.FILES, instance=copy.copy(article) if article else None)
        form.full_clean()
        shown: Article = form.instance
        for name in ("title", "summary", "body", "author_name", "source_name"):
            if name not in form.cleaned_data:
                setattr(shown, name, request.POST.get(name, "")[:_LONGEST])
        if getattr(shown, "category_id", None) is None:  # the type checker knows only saved articles
            shown.category = Category(name=_("(chưa chọn chuyên mục)"), slug="tin-tuc")
        shown.title = shown.title or _("(chưa có tiêu đề)")
        shown.slug = slugify_vi(shown.title)
        shown.normalise()
        # Past the model's field on purpose: it may be a picture that is not in any table.
        shown.__dict__["picture_id"], shown._state.fields_cache["picture"] = None, _picture(form, article)
        names = form.tag_list() if "tag_names" in form.cleaned_data else []
        return shown, [Tag(name=name.strip()[:60], slug=slugify_vi(name)) for name in names]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links of an article, and a new one; its address is shown in this answer only."""
        article = self.article_of(request, pk)
        self._demand_sharing(request, article)
        form = PreviewLinkForm(request.POST if request.method == "POST" else None)
        token = ""
        if request.method == "POST" and form.is_valid():
            try:
                _link, token = create_preview_link(article=article, actor=person_at(request), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                form = PreviewLinkForm()
        context = self.screen(request, article, _("Liên kết xem trước"), form=form, now=timezone.now())
        context["links"] = list(PreviewLink.objects.of_article(article))
        context["is_open"] = article.status in PREVIEW_STATUSES
        context["address"] = request.build_absolute_uri(reverse("news:preview", args=[token])) if token else ""
        response = TemplateResponse(request, f"{FOLDER}/links.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """Close one link at once."""
        article = self.article_of(request, pk)
        self._demand_sharing(request, article)
        row = get_object_or_404(PreviewLink.objects.select_related("article"), pk=link, article=article)
        if revoke_preview_link(link=row, actor=person_at(request)):
            messages.success(request, _("Đã thu hồi. Ai mở liên kết này sẽ không thấy bài nữa."))
        else:
            messages.info(request, _("Liên kết này đã thu hồi từ trước."))
        return HttpResponseRedirect(reverse("admin:news_article_links", args=[pk]))

    def _demand_sharing(self, request: HttpRequest, article: Article) -> None:
        """Whoever may change the text, and who began it, may show it to somebody."""
        if not self.has_change_permission(request, article) and article.created_by_id != request.user.pk:
            raise PermissionDenied


_LONGEST: Final = 1_000_000


def _picture(form: Any, article: Article | None) -> Any:
    """The picture that the form chose, described as the form describes it."""
    data = form.cleaned_data
    words = {"alt": data.get("alt_text") or "", "caption": data.get("caption") or ""}
    if data.get("is_decorative"):
        words["alt"] = ""
    upload = data.get("upload")
    if upload:
        made = prepare_picture(upload, size=upload.size)
        url = f"data:image/webp;base64,{base64.b64encode(made.small).decode()}"
        return UploadedPicture(url=url, width=made.width, height=made.height, **words)
    if data.get("library_picture"):
        return data["library_picture"]
    picture = article.picture if article else None
    if picture is None or data.get("remove_picture"):
        return None
    shown = copy.copy(picture)
    shown.alt_text, shown.caption, shown.is_decorative = words["alt"], words["caption"], bool(data.get("is_decorative"))
    return shown
