"""A procedure: its page, its checklist on paper, what it said before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.core.page_cache import public_page
from services.procedure_history import history_context
from services.procedure_page import find_procedure, procedure_context
from services.procedure_print import print_context

VERSION_DIGITS = 9


@require_safe
@public_page
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure with the unit's own answer; a closed one stays and says so."""
    return render(request, "services/procedure.html", procedure_context(request, find_procedure(code)))


@require_safe
@public_page
def procedure_print(request: HttpRequest, code: str) -> HttpResponse:
    """The checklist as a sheet of paper, on a page without the site's frame."""
    return render(request, "services/procedure_print.html", print_context(request, find_procedure(code)))


@require_safe
@public_page
def procedure_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed when, newest first; ``?truoc=`` is the number of the last version already seen."""
    before = request.GET.get("truoc", "")
    if before and (not before.isascii() or not before.isdigit() or len(before) > VERSION_DIGITS):
        raise Http404
    context = history_context(request, code, int(before) if before else None)
    return render(request, "services/procedure_history.html", context)
