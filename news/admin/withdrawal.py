"""Taking an article away from citizens."""

import re
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from news.actions import withdraw_article
from news.actions.rights import may_approve_in
from news.admin.article_screens import ArticleScreens
from news.enums import WithdrawalKind
from news.forms.withdrawal import WithdrawalForm
from news.models import Article
from news.rules.workflow import STEPS
from portal.core.admin_base import person_at
from portal.core.text import one_line

CANDIDATES: Final = 10
# An address of an article, pasted into the search field, names it by the number at its end.
_ADDRESS: Final = re.compile(r"-(\d{1,18})/?$")


class WithdrawalScreens(ArticleScreens):
    """The screen that asks why, tells what citizens will see, and does it."""

    def withdrawal_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [path("<int:pk>/go/", view(self.withdraw_view), name="news_article_withdraw")]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask and withdraw; “Tìm bài” searches without withdrawing anything."""
        article = self.article_of(request, pk)
        if not may_approve_in(person_at(request), article.category_id):
            raise PermissionDenied
        if article.status not in STEPS["withdraw"][0]:
            messages.info(request, _("Bài này không còn đăng, nên không cần gỡ."))
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[pk]))
        is_sent = request.method == "POST" and "_search" not in request.POST
        form = WithdrawalForm(request.POST) if is_sent else WithdrawalForm(initial=request.POST.dict())
        if is_sent and form.is_valid():
            done = self._withdraw(request, article, form)
            if done:
                return done
        query = one_line(str(form["q"].value() or ""))
        context = self.screen(request, article, _("Gỡ bài"), form=form, query=query)
        context["candidates"] = _candidates(article, query, str(form["merged_into"].value() or ""))
        return TemplateResponse(request, "admin/news/article/withdraw.html", context)

    @staticmethod
    def _withdraw(request: HttpRequest, article: Article, form: WithdrawalForm) -> HttpResponse | None:
        """Withdraw, then the edit form; None with the errors in ``form`` where it could not be done."""
        data = form.cleaned_data
        kind = WithdrawalKind(data["kind"])
        try:
            changed = withdraw_article(
                article=article, actor=person_at(request), kind=kind, note=data["note"], merged_into=data["target"]
            )
        except ValidationError as error:
            form.add_error(None, error)
            return None
        if changed:
            words: dict[str, Any] = {
                WithdrawalKind.ERROR: _("Đã gỡ bài. Địa chỉ của bài báo rằng bài không còn."),
                WithdrawalKind.MERGED: _("Đã gỡ bài. Địa chỉ của bài dẫn sang bài đã chọn."),
                WithdrawalKind.NOTICE: _("Đã gỡ bài khỏi mọi danh sách. Trang của bài có dòng báo ở trên."),
            }
            link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem người đọc thấy gì"))
            messages.success(request, format_html("{} {}", words[kind], link))
        else:
            messages.info(request, _("Người khác vừa gỡ bài này trước bạn."))
        return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


def _candidates(article: Article, query: str, chosen: str) -> list[Article]:
    """Published articles to merge into: what was searched for, the newest ones without a search, and the chosen one."""
    rows = Article.objects.published().exclude(pk=article.pk).for_list()
    found = list(rows.filter(pk=int(chosen))) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else []  # noqa: PLR2004
    address = _ADDRESS.search(query)
    if address:
        matches = rows.filter(pk=int(address.group(1)))
    else:
        matches = rows.filter(title__icontains=query) if query else rows
    return [*found, *[row for row in matches.newest_first()[:CANDIDATES] if row not in found]]
