"""Versions of an article: looking, comparing, going back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news.actions.restoring import restore_version
from news.actions.versions import EditConflict
from news.admin.previews import PreviewScreens
from news.admin.withdrawal import WithdrawalScreens
from news.enums import ArticleStatus, VersionReason
from news.forms.change_note import RestoreForm
from news.models import Article, ArticleTransition, ArticleVersion, PreviewLink
from news.version_diff import difference
from portal.core.admin_base import person_at

CARD_VERSIONS = 5
FOLDER = "admin/news/article"


class VersionScreens(PreviewScreens, WithdrawalScreens):
    """Versions of an article, preview links, withdrawal."""

    def version_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        versions = [
            path("<int:pk>/phien-ban/", view(self.versions_view), name="news_article_versions"),
            path("<int:pk>/phien-ban/<int:number>/", view(self.version_view), name="news_article_version"),
            path("<int:pk>/phien-ban/<int:number>/khoi-phuc/", view(self.restore_view), name="news_article_restore"),
            path("<int:pk>/so-sanh/", view(self.compare_view), name="news_article_compare"),
        ]
        return [*versions, *self.preview_urls(), *self.withdrawal_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Put the last versions beside the form."""
        article = kwargs.get("obj")
        if article is not None:
            context["history"] = {
                "versions": ArticleVersion.objects.recent_of(article, CARD_VERSIONS),
                "links": PreviewLink.objects.usable().filter(article=article).count(),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_safe)
    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All versions, newest first; older ones behind ``truoc``."""
        article = self.article_of(request, pk)
        rows = ArticleVersion.objects.filter(article=article)
        before = _number(request.GET.get("truoc"))
        if before is not None:
            rows = rows.filter(number__lt=before)
        versions = list(rows.of_article(article))
        oldest = versions[-1].number if versions else 1
        context = self.screen(request, article, _("Các phiên bản"), versions=versions)
        context["older"] = oldest if oldest > 1 else None
        context["shown_before"] = before
        return TemplateResponse(request, f"{FOLDER}/versions.html", context)

    @method_decorator(require_safe)
    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """One version as it stood."""
        article = self.article_of(request, pk)
        version = _version(article, number)
        title = _("Bản %(number)d") % {"number": number}
        context = self.screen(request, article, title, version=version)
        context["is_newest"] = number == article.version_number
        return TemplateResponse(request, f"{FOLDER}/version.html", context)

    @method_decorator(require_safe)
    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions: the newest against the one before it, unless ``tu`` and ``den`` say otherwise."""
        article = self.article_of(request, pk)
        versions = list(ArticleVersion.objects.of_article(article))
        new_number = _number(request.GET.get("den")) or article.version_number
        old_number = _number(request.GET.get("tu"))
        context = self.screen(request, article, _("So sánh phiên bản"), versions=versions)
        context["published_number"] = _published_number(article)
        if versions:
            new = _version(article, new_number)
            old = _version(article, old_number) if old_number else ArticleVersion.objects.whole().before(new)
            context |= {"new": new, "old": old, "diff": difference(old, new) if old else None}
        return TemplateResponse(request, f"{FOLDER}/compare.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What going back would change, and the button that does it; by whoever may change the text."""
        article = self.article_of(request, pk, to_change=True)
        version = _version(article, number)
        form = RestoreForm(request.POST if request.method == "POST" else None, article=article, version=version)
        if request.method == "POST" and form.is_valid():
            done = self._restore(request, article, version, form)
            if done:
                return done
        standing = _version(article, article.version_number)
        context = self.screen(request, article, _("Khôi phục bản %(number)d") % {"number": number}, version=version)
        context |= {"form": form, "diff": difference(standing, version), "standing": standing}
        return TemplateResponse(request, f"{FOLDER}/restore.html", context)

    def _restore(
        self, request: HttpRequest, article: Article, version: ArticleVersion, form: RestoreForm
    ) -> HttpResponse | None:
        """Go back, then the edit form; None with a message where it could not be done."""
        try:
            restore_version(
                article=article, version=version, actor=person_at(request),
                base_version=form.cleaned_data["base_version"], change=form.change(VersionReason.RESTORE),
            )  # fmt: skip
        except EditConflict as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return None
        messages.success(request, _("Đã khôi phục bản %(number)d thành bản mới nhất.") % {"number": version.number})
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


def _number(text: str | None) -> int | None:
    """A version's number from an address; 404 for anything else than a number."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):  # noqa: PLR2004 - no article has so many
        raise Http404
    return int(text)


def _version(article: Article, number: int) -> ArticleVersion:
    return get_object_or_404(ArticleVersion.objects.whole(), article=article, number=number)


def _published_number(article: Article) -> int | None:
    """The version that was published last; None for an article that never was."""
    steps = ArticleTransition.objects.filter(article=article, to_status=ArticleStatus.PUBLISHED, version_number__gt=0)
    return (
        steps.exclude(from_status=ArticleStatus.PUBLISHED)
        .order_by("-pk")
        .values_list("version_number", flat=True)
        .first()
    )
