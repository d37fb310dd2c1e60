"""The screen of an article's English version."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from news.actions.english import publish_translation, save_translation, withdraw_translation
from news.admin.editor import editor_page
from news.forms.english import TranslationForm
from news.models import Article, ArticleTranslation
from portal.core.admin_base import person_at


class EnglishScreens:
    """`/quan-tri/news/article/<pk>/tieng-anh/`: translated by who may edit, put before citizens by another approver."""

    admin_site: AdminSite

    def english_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view(self.english_view)
        return [path("<int:pk>/tieng-anh/", view, name="news_article_english")]

    @editor_page
    def english_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form beside the Vietnamese text; save, publish or take away."""
        article = get_object_or_404(Article.objects.select_related("category"), pk=pk)
        self._let_in(request, article)
        translation = ArticleTranslation.objects.filter(article=article).select_related("edited_by").first()
        row = translation or ArticleTranslation(article=article)
        row.article = article
        form = TranslationForm(request.POST or None, instance=row)
        if request.method == "POST" and form.is_valid() and self._keep(request, form):
            return HttpResponseRedirect(reverse("admin:news_article_english", args=[pk]))
        return TemplateResponse(request, "admin/news/article/english.html", self._context(request, article, row, form))

    @staticmethod
    def _let_in(request: HttpRequest, article: Article) -> None:
        user = request.user
        own = article.created_by_id == user.pk
        if not (user.has_perm("news.change_any_article") or (own and user.has_perm("news.change_article"))):
            raise PermissionDenied

    def _context(self, request: HttpRequest, article: Article, row: ArticleTranslation, form: Any) -> dict[str, Any]:
        person = person_at(request)
        return {
            **self.admin_site.each_context(request),
            "title": _("Bản tiếng Anh"),
            "article": article,
            "translation": row if row.pk else None,
            "form": form,
            "is_behind": bool(row.pk) and row.of_version < article.version_number,
            "may_publish": request.user.has_perm("news.publish_article"),
            "is_own": row.edited_by_id == person.pk,
            "opts": Article._meta,
        }

    def _keep(self, request: HttpRequest, form: TranslationForm) -> bool:
        """Do what the pressed button says; False when somebody was faster, with the reason on the form."""
        person, row = person_at(request), form.instance
        may_publish = request.user.has_perm("news.publish_article")
        was_published = row.is_published
        try:
            if "_withdraw" in request.POST and may_publish:
                withdraw_translation(translation=row, actor=person)
                messages.success(request, _("Đã gỡ bản tiếng Anh. Trang tiếng Anh báo chưa có bản dịch."))
            elif "_publish" in request.POST and may_publish:
                if form.changed_data and "base_revision" not in form.changed_data:
                    save_translation(translation=row, actor=person, base_revision=form.base())
                self._publish(request, row)
            else:
                save_translation(translation=row, actor=person, base_revision=form.base())
                self._say_saved(request, row, was_published=was_published)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        return True

    @staticmethod
    def _say_saved(request: HttpRequest, row: ArticleTranslation, *, was_published: bool) -> None:
        messages.success(request, _("Đã lưu bản tiếng Anh."))
        if was_published and not row.is_published:
            messages.warning(request, _("Bản này đổi nhiều chữ nên tạm rời trang, chờ người khác xem và đăng lại."))

    @staticmethod
    def _publish(request: HttpRequest, row: ArticleTranslation) -> None:
        if publish_translation(translation=row, actor=person_at(request)):
            link = format_html('<a href="{}">{}</a>', row.get_absolute_url(), _("Xem trên trang tiếng Anh"))
            messages.success(request, format_html("{} {}", _("Đã đăng bản tiếng Anh."), link))
        else:
            messages.info(request, _("Bản này đã đăng từ trước."))
