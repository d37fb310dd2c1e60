"""/hoi-dap/: answered questions, asking one, what was asked before while somebody writes."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions.receive_case import Sent
from feedback.actions.send_case import send_once
from feedback.cases import question_page, questions
from feedback.cases.question_search import find_questions, procedures_about, questions_alike
from feedback.cases.terms import term_of
from feedback.enums.cases import CaseKind, ConsentPurpose, TermStep
from feedback.forms.questions import QuestionForm, QuestionSearchForm
from feedback.rules.codes import read_code
from feedback.rules.private_numbers import find_numbers
from feedback.views import one_page as pages
from portal.core.page_cache import public_page
from portal.core.structured_data import breadcrumbs_json_ld
from portal.core.subjects import Subject, find_named
from units.enums import Module
from units.views.doors import module_open

ABOUT: Final = "thu-tuc"
_CODE_LIMIT: Final = 40


def _crumbs(*labels: str) -> list[dict[str, Any]]:
    listed = (_("Hỏi đáp"), reverse("feedback:questions") if labels else None)
    return pages.crumbs(listed, *((label, None) for label in labels))


def _subject(code: str) -> Subject | None:
    return find_named(questions.PROCEDURE, code) if code and len(code) <= _CODE_LIMIT else None


# --- reading ----------------------------------------------------------------------------------------------------------


@require_safe
@module_open(Module.QUESTIONS)
@public_page
def question_list(request: HttpRequest) -> HttpResponse:
    """Answered pairs, newest first; ``?q=`` searches them, ``?thu-tuc=`` keeps those about one procedure."""
    form = QuestionSearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    typed = request.GET.get("truoc", "")
    place = questions.Place.read(typed) if typed else None
    about = request.GET.get(ABOUT, "")
    subject = _subject(about)
    if (typed and place is None) or (about and subject is None):
        raise Http404
    following, is_partial = None, False
    if query:
        found = find_questions(query)
        rows, is_partial = found.cases, found.is_partial
    else:
        rows, following = questions.page_of_pairs(place, subject)
    if place and not rows:
        raise Http404
    context = {
        "form": form, "query": query, "rows": rows, "is_partial": is_partial, "subject": subject, "about": about,
        "figures": questions.figures(), "older_url": _older(following, about), "is_first": place is None,
        "breadcrumbs": _crumbs(), "noindex": bool(query or place or subject),
    }  # fmt: skip
    return render(request, "feedback/question_list.html", context)


def _older(place: questions.Place | None, about: str) -> str | None:
    if place is None:
        return None
    more = f"&{ABOUT}={about}" if about else ""
    return f"{reverse('feedback:questions')}?truoc={place.words()}{more}"


@require_safe
@module_open(Module.QUESTIONS)
@public_page
def question(request: HttpRequest, code: str) -> HttpResponse:
    """One pair; a question that is public and not answered yet says how long there is."""
    read = read_code(code)
    case = questions.find_public(read) if read else None
    if case is None:
        raise Http404
    if code != read:
        return HttpResponseRedirect(case.get_absolute_url())
    breadcrumbs = _crumbs(case.title)
    context = {
        "page": question_page.page_of_question(case, timezone.localdate()), "case": case, "breadcrumbs": breadcrumbs,
        "json_ld": breadcrumbs_json_ld(request, breadcrumbs),
    }  # fmt: skip
    return render(request, "feedback/question_page.html", context)


@require_safe
@module_open(Module.QUESTIONS)
def question_suggest(request: HttpRequest) -> HttpResponse:
    """“Có phải câu này?”: at most four answered questions for what is being written, as JSON."""
    found = questions_alike(request.GET.get("q", ""))
    rows = [{"code": row.code, "title": row.title, "url": row.get_absolute_url()} for row in found]
    return JsonResponse({"questions": rows})


# --- asking -----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@module_open(Module.QUESTIONS)
@pages.private_page
def question_new(request: HttpRequest) -> HttpResponse:
    """The form, then what was answered already where there is something alike, then the answer page."""
    if request.method != "POST":
        answer = pages.received_page(request, CaseKind.QUESTION, _crumbs(_("Đã nhận câu hỏi")))
        initial = {"thu_tuc": request.GET.get(ABOUT, "")[:_CODE_LIMIT], "text": request.GET.get("hoi", "")[:200]}
        return answer or _form_page(request, QuestionForm(initial=initial))
    if "sua" in request.POST:
        kept = {name: words for name, words in request.POST.dict().items() if name not in {"checked", "sua"}}
        return _form_page(request, QuestionForm(initial=kept))
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=pages.INVALID)
    if not form.is_checked and (check := _check(request, form)):
        return check
    received, status = pages.try_sending(
        form, lambda key: send_once(key=key, sent=_sent(form), sending=pages.sending_of(request, form))
    )
    if received is None:
        return _form_page(request, form, status=status)
    return pages.to_received(received, "feedback:question-new")


def _form_page(request: HttpRequest, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    subject = _subject(str(form["thu_tuc"].value() or ""))
    term = term_of(CaseKind.QUESTION, TermStep.ANSWER, timezone.localdate())
    return pages.form_page(
        request,
        "feedback/question_new.html",
        form,
        _crumbs(_("Gửi câu hỏi")),
        status=status,
        subject=subject,
        term=term,
    )


def _check(request: HttpRequest, form: QuestionForm) -> HttpResponse | None:
    """What there is to see before sending; None where there is nothing."""
    data = form.cleaned_data
    alike = questions_alike(data["text"])
    unseen = [row for row in alike if row.code not in form.shown_codes]
    offered = [] if _subject(data["thu_tuc"]) else procedures_about(data["text"])
    numbers = find_numbers(data["text"])
    if not (unseen or offered or numbers):
        return None
    choices = [(questions.code_of(subject.path), subject.title) for subject in offered]
    hidden = [(name, form[name].value() or "") for name in form.fields if name not in {"thu_tuc", "checked"}]
    context = {
        "hidden": [(name, "1" if value is True else value) for name, value in hidden if value],
        "alike": alike, "choices": choices, "numbers": numbers, "thu_tuc": data["thu_tuc"], "text": data["text"],
        "breadcrumbs": _crumbs(_("Xem lại trước khi gửi")),
    }  # fmt: skip
    return render(request, "feedback/question_check.html", context)


def _sent(form: QuestionForm) -> Sent:
    data = form.cleaned_data
    return Sent(
        kind=CaseKind.QUESTION, text=data["text"], name=data["name"], phone=data["phone"], email=data["email"],
        consents=frozenset(ConsentPurpose(purpose) for purpose in form.consents), subject=_subject(data["thu_tuc"]),
    )  # fmt: skip
