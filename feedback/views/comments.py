"""Comments: sending one, being told it was received, reading those that were let in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback import actions
from feedback.forms import CommentForm
from feedback.forms.comments import opened_stamp
from feedback.models import Comment
from feedback.parts import shows_comments, takes_comments
from feedback.querysets.comments import PAGE_SIZE
from feedback.views.subjects import crumbs_to, is_fragment, subject_or_404
from portal.core.page_cache import public_page
from portal.core.subjects import Subject
from portal.core.visitors import Sending, TooMany, visitor_hash

TOO_MANY = 429
INVALID = 422


def _open_subject(request: HttpRequest, kind: str, key: int) -> Subject:
    subject = subject_or_404(kind, key)
    if not takes_comments(request, subject):
        raise Http404
    return subject


def _shown_subject(request: HttpRequest, kind: str, key: int) -> Subject:
    subject = subject_or_404(kind, key)
    if not shows_comments(request, subject):
        raise Http404
    return subject


def _store(request: HttpRequest, subject: Subject, form: CommentForm) -> bool:
    """Hand the words to the moderators; False when the sender has sent enough for this hour."""
    sending = Sending(
        address_hash=visitor_hash(request),
        proof=form.cleaned_data["altcha"],
        was_fast=form.was_fast,
        was_trapped=form.was_trapped,
    )
    try:
        actions.receive_comment(
            subject=subject, name=form.cleaned_data["name"], text=form.cleaned_data["text"], sending=sending,
            part=form.chosen_part,
        )  # fmt: skip
    except TooMany:
        form.add_error(None, _("Giờ này đã nhận đủ số góp ý. Chờ một giờ rồi gửi lại; chữ đã viết vẫn còn ở dưới."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def send_comment(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """The form, as a page or as a part of the article's page; never cached, works without JavaScript."""
    subject = _open_subject(request, kind, key)
    initial = {"opened": opened_stamp(), "part": request.GET.get("phan-nao", "")}
    form = CommentForm(request.POST or None, initial=initial, parts=subject.parts)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _store(request, subject, form):
            if is_fragment(request):
                return render(request, "feedback/comment_thanks.html", {"subject": subject})
            return HttpResponseRedirect(reverse("feedback:comment-received", args=[kind, key]))
        status = TOO_MANY if form.non_field_errors() else INVALID
    label = _("Gửi góp ý")
    context: dict[str, Any] = {"subject": subject, "form": form, "breadcrumbs": crumbs_to(subject, label)}
    template = "feedback/comment_form.html" if is_fragment(request) else "feedback/comment_page.html"
    return render(request, template, {**context, "is_fragment": is_fragment(request)}, status=status)


@require_safe
def comment_received(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """“Đã nhận”: said only after the comment was stored."""
    subject = _shown_subject(request, kind, key)
    context = {"subject": subject, "breadcrumbs": crumbs_to(subject, _("Đã nhận góp ý"))}
    return render(request, "feedback/comment_received.html", context)


@require_safe
@public_page
def comment_list(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """All comments that were let in, newest first, by keyset."""
    subject = _shown_subject(request, kind, key)
    rows = Comment.objects.about(kind, key).shown()
    before = request.GET.get("truoc", "")
    if before:
        if not before.isascii() or not before.isdigit() or len(before) > 18:  # noqa: PLR2004 - beyond any id
            raise Http404
        rows = rows.older_than(int(before))
    comments, has_more = rows.page(PAGE_SIZE)
    if before and not comments:
        raise Http404
    context = {
        "subject": subject,
        "comments": comments,
        "older_url": f"{request.path}?truoc={comments[-1].pk}" if has_more else None,
        "is_open": takes_comments(request, subject),
        "breadcrumbs": crumbs_to(subject, _("Góp ý của bạn đọc")),
    }
    return render(request, "feedback/comment_list.html", context)
