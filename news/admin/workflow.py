"""The steps of an article: submit, send back, approve, schedule, publish, second look."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import actions
from news.actions.decisions import Standing, decide, standing_of
from news.actions.rights import may_change_text
from news.actions.steps import who_was_faster
from news.admin.refusals import add_refusal, error_code
from news.enums import ArticleStatus
from news.enums.workflow import Decision
from news.forms import ArticleForm
from news.forms.workflow import SECRECY_LAW, ReviewForm, SubmitForm, UrgentForm
from news.models import Article, ArticleAttachment, ArticleTransition
from news.rules.quality import quality_findings
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_short

STEPS_IN_CARD = 6
STEPS_ON_REVIEW = 20
_UNSEEN_STEPS = ["approve", "publish", "second-look"]
# What is said where only one decision is open.
_ALONE = {
    Decision.LOOKED: gettext_lazy("Đọc kỹ bài. Có sai sót thì sửa hoặc gỡ bài, rồi người khác xem lại."),
    Decision.RECALL: gettext_lazy("Bài trở về bản nháp. Sửa xong thì gửi duyệt lần nữa."),
    Decision.REOPEN: gettext_lazy("Bài trở về bản nháp, phải duyệt lại rồi mới đăng. Ngày đăng đầu tiên được giữ."),
}


class WorkflowScreens(TenantAdmin):
    """The steps of an article: submit, send back, approve, schedule, publish, second look."""

    def workflow_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/news/article/."""
        view = self.admin_site.admin_view
        return [
            path("<int:object_id>/duyet/", view(self.review_view), name="news_article_review"),
            path("<int:object_id>/khan/", view(self.urgent_view), name="news_article_urgent"),
        ]

    # --- the card on the edit form ------------------------------------------------------------------------------------

    def way_of(self, request: HttpRequest, article: Article | None) -> dict[str, Any]:
        """What the card “Bài đang ở đâu” shows: the newest steps, what came back, what this person may do next."""
        posted = request.POST if "_submit" in request.POST else None
        if article is None:
            return {"submit_form": SubmitForm(posted)}
        steps = list(ArticleTransition.objects.of_article(article)[:STEPS_IN_CARD])
        returned = next((step for step in steps if step.verb == "return"), None)
        is_returned = article.status == ArticleStatus.RETURNED
        is_draft = article.status in {ArticleStatus.DRAFT, ArticleStatus.RETURNED}
        return {
            "steps": steps,
            "returned": returned if is_returned else None,
            "standing": standing_of(article, person_at(request)),
            "submit_form": SubmitForm(posted) if is_draft else None,
        }

    def submit_if_asked(self, request: HttpRequest, article: Article) -> bool:
        """“Lưu và gửi duyệt”: hand the text in with what the card says; raises ValidationError for what is not right."""
        if "_submit" not in request.POST or article.status not in {ArticleStatus.DRAFT, ArticleStatus.RETURNED}:
            return False
        form = SubmitForm(request.POST)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        data = form.cleaned_data
        return actions.submit_article(
            article=article, actor=person_at(request), due_at=data["due_at"], remark=data["remark"]
        )

    # --- the review screen --------------------------------------------------------------------------------------------

    def review_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Read the text as citizens will, and decide what this person may decide."""
        article, user = self._article_to_read(request, object_id), person_at(request)
        standing = standing_of(article, user)
        seen = {"seen_version": article.version_number}
        if request.method != "POST":
            return self._review_page(request, article, standing, ReviewForm(initial=seen, decisions=standing.decisions))
        if not standing.decisions:
            # Somebody was faster, or this person never could: the page says which.
            messages.error(request, who_was_faster(article))
            return HttpResponseRedirect(request.path)
        form = ReviewForm(request.POST, decisions=standing.decisions)
        if form.is_valid():
            answer = self._decide(request, article, user, form)
            if answer is not None:
                return answer
        return self._review_page(request, article, standing, form)

    def _decide(self, request: HttpRequest, article: Article, user: User, form: ReviewForm) -> HttpResponse | None:
        data = form.cleaned_data
        decision = Decision(data["decision"])
        try:
            is_done = decide(
                article=article, actor=user, decision=decision, seen_version=data["seen_version"],
                secrecy_checked=data.get("secrecy", False), at=data.get("at"), reason=data["reason"],
            )  # fmt: skip
        except ValidationError as error:
            if error_code(error) == "stale":
                messages.error(request, " ".join(error.messages))
                return HttpResponseRedirect(request.path)
            add_refusal(form, error)
            return None
        if not is_done:
            messages.error(request, who_was_faster(article))
            return HttpResponseRedirect(request.path)
        self._say_done(request, article, decision)
        return HttpResponseRedirect(self._next_after(article, decision))

    @staticmethod
    def _next_after(article: Article, decision: Decision) -> str:
        if decision in {Decision.RECALL, Decision.REOPEN}:
            return reverse("admin:news_article_change", args=[article.pk])
        return reverse("admin:news_article_review", args=[article.pk])

    @staticmethod
    def _say_done(request: HttpRequest, article: Article, decision: Decision) -> None:
        if article.status == ArticleStatus.PUBLISHED and decision != Decision.LOOKED:
            link = format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("Xem bài trên trang"))
            messages.success(request, format_html("{} {}", _("Đã đăng."), link))
            return
        said = {
            Decision.APPROVE: _("Đã duyệt. Bài chờ đăng."),
            Decision.UNSCHEDULE: _("Đã bỏ hẹn giờ. Bài vẫn đã duyệt."),
            Decision.LOOKED: _("Đã ghi là có người thứ hai xem lại."),
            Decision.RETURN: _("Đã trả lại bài cho người viết."),
            Decision.RECALL: _("Đã rút lại. Sửa xong thì gửi duyệt lần nữa."),
            Decision.REOPEN: _("Đã mở lại thành bản nháp."),
        }
        moment = datetime_short(article.scheduled_for)
        messages.success(request, said.get(decision) or _("Bài sẽ đăng lúc %(moment)s.") % {"moment": moment})

    def _review_page(
        self, request: HttpRequest, article: Article, standing: Standing, form: ReviewForm
    ) -> TemplateResponse:
        steps = list(ArticleTransition.objects.of_article(article)[:STEPS_ON_REVIEW])
        context = {
            **self._reading_context(request, article),
            "form": form,
            "standing": standing,
            "rows": _decision_rows(form, standing.decisions),
            "steps": steps,
            "last_remark": steps[0] if steps and steps[0].reason else None,
            "compare_url": _compare_url(article, steps),
            "may_change": may_change_text(person_at(request), article),
        }
        return TemplateResponse(request, "admin/news/article/review.html", context)

    # --- publishing alone ---------------------------------------------------------------------------------------------

    def urgent_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Publish alone what can not wait; who may not is sent to the review screen, which says why."""
        article, user = self._article_to_read(request, object_id), person_at(request)
        if not (standing_of(article, user).may_urgent or request.method == "POST"):
            return HttpResponseRedirect(reverse("admin:news_article_review", args=[article.pk]))
        form = UrgentForm(request.POST or None, initial={"seen_version": article.version_number})
        if request.method == "POST" and form.is_valid():
            answer = self._publish_urgently(request, article, user, form)
            if answer is not None:
                return answer
        context = {**self._reading_context(request, article), "form": form}
        return TemplateResponse(request, "admin/news/article/urgent.html", context)

    def _publish_urgently(
        self, request: HttpRequest, article: Article, user: User, form: UrgentForm
    ) -> HttpResponse | None:
        data = form.cleaned_data
        try:
            is_done = actions.publish_urgently(
                article=article, actor=user, reason=data["reason"], secrecy_checked=data["secrecy"],
                seen_version=data["seen_version"],
            )  # fmt: skip
        except ValidationError as error:
            if error_code(error) == "stale":
                messages.error(request, " ".join(error.messages))
                return HttpResponseRedirect(request.path)
            add_refusal(form, error)
            return None
        if is_done:
            self._say_done(request, article, Decision.PUBLISH)
        else:
            messages.error(request, who_was_faster(article))
        return HttpResponseRedirect(reverse("admin:news_article_review", args=[article.pk]))

    # --- shared -------------------------------------------------------------------------------------------------------

    def _article_to_read(self, request: HttpRequest, object_id: int) -> Article:
        article: Article | None = self.get_object(request, str(object_id))
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def _reading_context(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": article,
            "article": article,
            "attachments": ArticleAttachment.objects.of_article(article),
            "checks": ArticleForm(instance=article).checks(),
            "remarks": quality_findings(title=article.title, summary=article.summary, body=article.body),
            "secrecy_law": SECRECY_LAW,
        }


def _decision_rows(form: ReviewForm, decisions: list[Decision]) -> list[dict[str, Any]]:
    """Each decision as its radio button, with the field that belongs to it alone below it."""
    moments, rows = {Decision.SCHEDULE, Decision.RESCHEDULE}, []
    for decision, radio in zip(decisions, form["decision"], strict=True):
        field = form["at"] if decision in moments else form["reason"] if decision == Decision.RETURN else None
        help_words = _ALONE.get(decision, "")
        rows.append(
            {"radio": radio, "field": field, "value": decision.value, "label": decision.label, "help": help_words}
        )
    return rows


def _compare_url(article: Article, steps: list[ArticleTransition]) -> str:
    """Where the changes since the text was last looked at stand side by side; empty when there are none."""
    looked = next((step.version_number for step in steps if step.verb in _UNSEEN_STEPS), 0)
    if not looked or looked == article.version_number:
        return ""
    return reverse("admin:news_article_compare", args=[article.pk]) + f"?tu={looked}&den={article.version_number}"
