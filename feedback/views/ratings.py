"""“Bài này có giúp được bạn không?”: one press with JavaScript, one small page without."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback import actions
from feedback.enums import Satisfaction
from feedback.forms import RatingForm, ReasonForm
from feedback.views.comments import INVALID, TOO_MANY
from feedback.views.subjects import crumbs_to, is_fragment, subject_or_404
from portal.core.subjects import Subject
from portal.core.visitors import TooMany, visitor_hash


def _thanks(request: HttpRequest, subject: Subject, *, ask_why: bool) -> HttpResponse:
    context = {"subject": subject, "form": ReasonForm() if ask_why else None}
    return render(request, "feedback/rating_thanks.html", context)


def _busy(request: HttpRequest, subject: Subject) -> HttpResponse:
    return render(request, "feedback/rating_busy.html", {"subject": subject}, status=TOO_MANY)


def _done(subject: Subject) -> HttpResponse:
    return HttpResponseRedirect(reverse("feedback:rate-received", args=[subject.kind, subject.key]))


@require_http_methods(["GET", "HEAD", "POST"])
def rate_page(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The mark; ``?muc=`` is the level that was pressed on the article's page."""
    subject = subject_or_404(kind, key)
    pressed = request.GET.get("muc", "")
    initial = {"level": pressed if pressed in Satisfaction.values else ""}
    form = RatingForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                row = actions.rate(subject=subject, address_hash=visitor_hash(request), **form.cleaned_data)
            except TooMany:
                return _busy(request, subject)
            if is_fragment(request):
                return _thanks(request, subject, ask_why=row.level == Satisfaction.UNSATISFIED)
            return _done(subject)
        status = INVALID
    if is_fragment(request):
        return render(request, "feedback/rating_token.html", {"subject": subject}, status=status)
    return _form_page(request, subject, form, status)


def _form_page(request: HttpRequest, subject: Subject, form: RatingForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"subject": subject, "form": form}
    context["breadcrumbs"] = crumbs_to(subject, _("Đánh giá trang"))
    return render(request, "feedback/rating_page.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def give_reason(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Why not, after the mark was given in place; opened as a page, it is the whole form."""
    subject = subject_or_404(kind, key)
    if request.method != "POST":
        return _form_page(request, subject, RatingForm(initial={"level": Satisfaction.UNSATISFIED}))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(
            request, "feedback/rating_thanks.html", {"subject": subject, "form": form}, status=INVALID
        )  # fmt: skip
    try:
        actions.add_reason(subject=subject, address_hash=visitor_hash(request), **form.cleaned_data)
    except TooMany:
        return _busy(request, subject)
    return _thanks(request, subject, ask_why=False) if is_fragment(request) else _done(subject)


@require_safe
def rating_received(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Thanks, as a page."""
    subject = subject_or_404(kind, key)
    context = {"subject": subject, "breadcrumbs": crumbs_to(subject, _("Đã nhận đánh giá"))}
    return render(request, "feedback/rating_received.html", context)
