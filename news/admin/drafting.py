"""Autosave, presence and checks while somebody writes."""

import json
import secrets
from typing import Any, Final

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import ngettext

from news.actions import drafting
from news.actions.versions import stored_text
from news.admin.writing import check_text, clean_paste, mend_text
from news.models import Article, ArticleVersion, Category, DraftAutosave
from news.rules.quality import Severity, quality_findings
from news.version_diff import difference, version_of
from portal.core.admin_base import person_at
from portal.core.richtext import clean_html
from portal.core.text import one_line

OPENED: Final = "ban-tu-luu"
"""In the address of a form: the unsaved words that stand in it."""
_RANDOM: Final = 18
_REDIRECTS: Final = (302, 303)


class DraftingScreens:
    """What the article's screen keeps and asks while somebody writes; a person's unsaved words are theirs alone."""

    admin_site: AdminSite

    def drafting_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [
            path("tu-luu/", view(self.autosave_view), name="news_article_autosave_new"),
            path("tu-luu/bo/", view(self.discard_view), name="news_article_discard"),
            path("<int:object_id>/tu-luu/", view(self.autosave_view), name="news_article_autosave"),
            path("<int:object_id>/dang-sua/", view(self.presence_view), name="news_article_presence"),
            path("kiem-tra/", view(check_text), name="news_article_checks"),
            path("sua-giup/", view(mend_text), name="news_article_mend"),
            path("lam-sach/", view(clean_paste), name="news_article_clean"),
        ]

    # --- asked by the page's script -----------------------------------------------------------------------------------

    def autosave_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        """Keep what stands in the form; answers with the time."""
        article = self._changeable(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = self._form_of(request, article)
        key = self._key_of(request, article)
        try:
            kept = drafting.keep_autosave(
                user=person_at(request), article=article, form_key=key, data=form.typed(),
                base_version=form.base_version() or 0,
            )  # fmt: skip
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=413)
        return JsonResponse({"at": f"{timezone.localtime(kept.saved_at):%H:%M}"})

    def presence_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Say that this person is here; answers who else is, and whether somebody has saved since."""
        article = self._changeable(request, object_id)
        assert article is not None  # noqa: S101 - an id was given; told to the type checker
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = person_at(request)
        if request.POST.get("leaving"):
            drafting.leave_editor(article=article, user=user)
            return JsonResponse({})
        drafting.see_editor(article=article, user=user, has_changes=bool(request.POST.get("has_changes")))
        seen = request.POST.get("version", "")
        base = int(seen[:9]) if seen.isascii() and seen.isdigit() else article.version_number
        html = render_to_string("admin/news/article/presence_bar.html", self._company(request, article, base))
        return JsonResponse({"html": html.strip(), "version": article.version_number})

    def discard_view(self, request: HttpRequest) -> HttpResponse:
        """Throw the person's own unsaved words away."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        kept = self._own(request, request.POST.get("ban", ""))
        if kept is None:
            raise Http404
        drafting.discard_autosave(user=person_at(request), form_key=kept.form_key)
        if request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse({})
        name = "admin:news_article_change" if kept.article_id else "admin:news_article_add"
        return HttpResponseRedirect(reverse(name, args=[kept.article_id] if kept.article_id else []))

    # --- the form -----------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        """The article's form with its key, and with unsaved words in it where the address names them."""
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]  # ModelAdmin's
        opened = self._opened(request, obj)
        words = {"opened": opened.data, "opened_base": opened.base_version} if opened and obj else {}
        if opened and not obj:
            words = {"opened": opened.data}
        return type(form)(form.__name__, (form,), {**words, "own_key": self._key_of(request, obj, opened)})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Say how many pictures of a pasted text were left out."""
        if form.pictures_left_out:
            said = ngettext(
                "Đã bỏ %(number)d ảnh dán kèm. Tải ảnh vào thư viện rồi chèn lại vào bài.",
                "Đã bỏ %(number)d ảnh dán kèm. Tải ảnh vào thư viện rồi chèn lại vào bài.",
                form.pictures_left_out,
            )
            self.message_user(request, said % {"number": form.pictures_left_out}, level="WARNING")  # type: ignore[attr-defined]  # ModelAdmin's
        return super().save_form(request, form, change)  # type: ignore[misc]  # ModelAdmin's

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A save that went well ends the unsaved words; one that did not keeps them, also without scripts."""
        response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]  # ModelAdmin's
        if request.method != "POST":
            return response
        article = Article.objects.filter(pk=object_id).first() if object_id else None
        if response.status_code in _REDIRECTS:
            drafting.discard_autosave(user=person_at(request), form_key=self._key_of(request, article))
        elif isinstance(response, TemplateResponse) and response.context_data:
            self._keep_refused(request, article, response.context_data["adminform"].form)
        return response

    def _keep_refused(self, request: HttpRequest, article: Article | None, form: Any) -> None:
        try:
            drafting.keep_autosave(
                user=person_at(request), article=article, form_key=self._key_of(request, article), data=form.typed(),
                base_version=form.base_version() or 0,
            )  # fmt: skip
        except ValidationError:
            return  # too large to be kept; the page itself still holds it

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add who is here, what was left unsaved, what the text lacks, and whose save came between."""
        if "checks" in context:
            context["drafting"] = self._drafting(request, kwargs.get("obj"), context["adminform"].form)
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc,no-any-return]  # ModelAdmin's

    def _drafting(self, request: HttpRequest, article: Article | None, form: Any) -> dict[str, Any]:
        user = person_at(request)
        opened = self._opened(request, article)
        values = {name: str(form[name].value() or "") for name in ("title", "summary", "body")}
        found: dict[str, Any] = {
            "is_empty": not any(value.strip() for value in values.values()),
            "opened": opened,
            "categories": json.dumps(dict(Category.objects.values_list("pk", "slug"))),
            "findings": [item for item in quality_findings(**values) if item.severity != Severity.NEED],
            "autosave_url": reverse("admin:news_article_autosave_new"),
            "body_limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        }
        if article is None:
            return {**found, "unsaved": self._unsaved(request, opened)}
        found["autosave_url"] = reverse("admin:news_article_autosave", args=[article.pk])
        found["presence_url"] = reverse("admin:news_article_presence", args=[article.pk])
        kept = DraftAutosave.objects.of_form(user.pk, drafting.form_key_of(article)).first()
        found["offered"] = kept if kept and not opened and request.method == "GET" else None
        found["company"] = self._company(request, article, article.version_number)
        if form.has_conflict:
            found["conflict"] = self._conflict(article, form)
        return found

    @staticmethod
    def _unsaved(request: HttpRequest, opened: DraftAutosave | None) -> list[DraftAutosave]:
        if request.method != "GET":
            return []
        rows = DraftAutosave.objects.new_articles_of(person_at(request).pk)
        return [row for row in rows if opened is None or row.pk != opened.pk]

    @staticmethod
    def _conflict(article: Article, form: Any) -> dict[str, Any]:
        """Their text, which stands in the database, against what was typed here."""
        stored = stored_text(article)
        theirs = version_of(stored, [tag.name for tag in stored.tags.all()])
        mine = version_of(stored, [])
        for name in ("title", "summary", "author_name", "source_name"):
            setattr(mine, name, one_line(str(form[name].value() or "")) if name in form.fields else getattr(mine, name))
        mine.body = clean_html(str(form["body"].value() or ""))
        mine.tag_names = [one_line(name) for name in str(form["tag_names"].value() or "").split(",") if name.strip()]
        return {"version": form.theirs, "diff": difference(theirs, mine)}

    # --- whose ----------------------------------------------------------------------------------------------------------

    def _changeable(self, request: HttpRequest, object_id: int | None) -> Article | None:
        """The article of this unit, where this person may change it; None for a new one."""
        if object_id is None:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]  # ModelAdmin's
                raise PermissionDenied
            return None
        article: Article | None = self.get_object(request, str(object_id))  # type: ignore[attr-defined]  # ModelAdmin's
        if article is None:
            raise Http404
        if not self.has_change_permission(request, article):  # type: ignore[attr-defined]  # ModelAdmin's
            raise PermissionDenied
        return article

    def _form_of(self, request: HttpRequest, article: Article | None) -> Any:
        form = self.get_form(request, article, change=article is not None)
        return form(request.POST, instance=article)

    @staticmethod
    def _key_of(request: HttpRequest, article: Article | None, opened: DraftAutosave | None = None) -> str:
        """An article's own key; of a new one what the form carries, if it is one of ours, or a new one."""
        if article is not None:
            return drafting.form_key_of(article)
        if opened is not None:
            return opened.form_key
        carried = request.POST.get("form_key", "")
        token = carried.removeprefix("new:")
        is_ours = carried.startswith("new:") and token.replace("-", "").replace("_", "").isalnum() and token.isascii()
        return carried[:40] if is_ours else drafting.new_form_key(secrets.token_urlsafe(_RANDOM))

    def _opened(self, request: HttpRequest, article: Article | None) -> DraftAutosave | None:
        """The person's own unsaved words that the address names, for this article; 404 for anybody else's."""
        if request.method != "GET" or OPENED not in request.GET:
            return None
        kept = self._own(request, request.GET[OPENED])
        if kept is None or kept.article_id != (article.pk if article else None):
            raise Http404
        return kept

    @staticmethod
    def _own(request: HttpRequest, key: str) -> DraftAutosave | None:
        if not (key.isascii() and key.isdigit() and len(key) < _RANDOM):
            return None
        return DraftAutosave.objects.filter(pk=int(key), user_id=person_at(request).pk).first()

    @staticmethod
    def _company(request: HttpRequest, article: Article, base: int) -> dict[str, Any]:
        """Who else is here, and the newest version where it is not the one that was opened."""
        newest = None
        if base != article.version_number:
            newest = ArticleVersion.objects.select_related("made_by").latest_of(article)
        return {
            "article": article,
            "others": drafting.editors_beside(article=article, user=person_at(request)),
            "newest": newest,
            "base": base,
            "is_self": newest is not None and newest.made_by_id == person_at(request).pk,
        }


def unsaved_panel(request: HttpRequest) -> dict[str, Any]:
    """“Việc hôm nay”: articles this person began and never saved."""
    user = person_at(request)
    if not user.has_perm("news.add_article"):
        return {}
    unsaved = list(DraftAutosave.objects.new_articles_of(user.pk))
    return {"template": "admin/news/unsaved_panel.html", "unsaved": unsaved} if unsaved else {}
