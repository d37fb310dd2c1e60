"""Online dialogues: announced ones, one with its questions and answers, asking."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions import dialogues as actions
from feedback.enums.polls import DialogueQuestionState, DialogueStatus
from feedback.forms.dialogues import DialogueQuestionForm
from feedback.models import Dialogue, DialogueQuestion
from feedback.rules import dialogues as rules
from feedback.views.comments import INVALID, TOO_MANY
from portal.core.page_cache import public_page
from portal.core.visitors import Sending, TooMany, visitor_hash
from units.enums import Module
from units.views.doors import module_open

PAGE_SIZE: Final = 20
KEY_DIGITS: Final = 18


def _crumbs(*more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"label": _("Trang chủ"), "url": "/"}, *more]


def _state(dialogue: Dialogue) -> str:
    """cancelled, soon, asking (before the hour), live, over."""
    now = timezone.now()
    if dialogue.status == DialogueStatus.CANCELLED:
        return "cancelled"
    if dialogue.status == DialogueStatus.CLOSED or now >= dialogue.ends_at:
        return "over"
    if now >= dialogue.starts_at:
        return "live"
    return "asking" if now >= dialogue.questions_from else "soon"


def _or_404(pk: int) -> Dialogue:
    dialogue = Dialogue.objects.announced().select_related("person").filter(pk=pk).first()
    if dialogue is None:
        raise Http404
    return dialogue


@require_safe
@module_open(Module.QUESTIONS)
@public_page
def dialogue_list(request: HttpRequest) -> HttpResponse:
    """Announced and past ones, newest first, by keyset over the key."""
    rows = Dialogue.objects.exclude(status=DialogueStatus.DRAFT).select_related("person").order_by("-pk")
    before = request.GET.get("truoc", "")
    if before:
        if not before.isascii() or not before.isdigit() or len(before) > KEY_DIGITS:
            raise Http404
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    if before and not shown:
        raise Http404
    context = {
        "cards": [{"dialogue": row, "state": _state(row), "host": actions.host_of(row)} for row in shown],
        "older_url": f"{request.path}?truoc={shown[-1].pk}" if len(found) > PAGE_SIZE else None,
        "breadcrumbs": _crumbs({"label": _("Đối thoại trực tuyến"), "url": None}),
    }
    return render(request, "feedback/dialogue_list.html", context)


@require_safe
@module_open(Module.QUESTIONS)
@public_page
def dialogue_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was let in: answered first in the order of answering, then what waits. Cached; each answer makes it anew."""
    dialogue = _or_404(pk)
    rows = DialogueQuestion.objects.filter(dialogue=dialogue).shown()
    shown = list(rows.order_by("order", "pk").defer("sealed_text")[: rules.SHOWN])
    answered = DialogueQuestionState.ANSWERED
    context = {
        "dialogue": dialogue,
        "state": _state(dialogue),
        "host": actions.host_of(dialogue),
        "answered": [row for row in shown if row.state == answered],
        "waiting": [row for row in shown if row.state != answered],
        "breadcrumbs": _crumbs(
            {"label": _("Đối thoại trực tuyến"), "url": "/doi-thoai/"}, {"label": dialogue.title, "url": None}
        ),
    }  # fmt: skip
    return render(request, "feedback/dialogue_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.QUESTIONS)
def dialogue_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; never cached, works without JavaScript."""
    dialogue = _or_404(pk)
    if not actions.takes_questions(dialogue, timezone.now()):
        raise Http404
    form = DialogueQuestionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _asked(request, dialogue, form):
            return HttpResponseRedirect(f"{request.path}?da-nhan=1")
        status = TOO_MANY if form.non_field_errors() else INVALID
    context = {
        "dialogue": dialogue,
        "host": actions.host_of(dialogue),
        "form": form,
        "was_received": "da-nhan" in request.GET,
        "breadcrumbs": _crumbs(
            {"label": dialogue.title, "url": f"/doi-thoai/{dialogue.pk}/"}, {"label": _("Gửi câu hỏi"), "url": None}
        ),
    }  # fmt: skip
    return render(request, "feedback/dialogue_ask.html", context, status=status)


def _asked(request: HttpRequest, dialogue: Dialogue, form: DialogueQuestionForm) -> bool:
    data = form.cleaned_data
    sending = Sending(address_hash=visitor_hash(request), proof=data["altcha"], was_trapped=form.was_trapped)
    try:
        actions.ask(dialogue=dialogue, name=data["name"], text=data["text"], sending=sending)
    except TooMany:
        form.add_error(None, _("Giờ này đã nhận đủ số câu hỏi từ mạng của bạn. Chờ một giờ rồi gửi lại."))
    except actions.NotTaking:
        form.add_error(None, _("Buổi đối thoại đã kết thúc, câu hỏi không được ghi."))
    else:
        return True
    return False
