"""What everybody may read of reports: the list, one report, the results. The same for everybody and cached."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from feedback.cases import figures, public_pages
from feedback.enums.cases import CaseKind, CaseStatus
from feedback.feeds.cases import ReportsFeed
from feedback.rules.codes import code_words, read_code
from portal.core.page_cache import public_page
from portal.core.spreadsheets import csv_response
from units.enums import Module
from units.middleware import site_of, unit_of

NOT_FOUND: Final = 404
P = ParamSpec("P")


def reports_shown(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """404 where the site has no reports. A closed unit takes none any more, but what was told stays readable."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not site_of(request).has(Module.REPORTS):
            raise Http404
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", guarded)


@require_safe
@reports_shown
@public_page
def reports(request: HttpRequest) -> HttpResponse:
    """The list, newest first, filtered as asked."""
    return render(request, "feedback/report_list.html", public_pages.list_context(request))


@require_safe
@reports_shown
@public_page
def report(request: HttpRequest, code: str) -> HttpResponse:
    """One report. A code in another spelling redirects; one that is merged leads to where it went."""
    known = read_code(code)
    case = public_pages.public_case(known, CaseKind.REPORT) if known else None
    if case is None:
        return _unknown(request)
    if request.path != case.get_absolute_url():
        return HttpResponsePermanentRedirect(case.get_absolute_url())
    if case.status == CaseStatus.MERGED and (url := public_pages.merged_url(request, case)):
        return HttpResponseRedirect(url)
    crumbs = public_pages.crumbs_of((code_words(case.code), None))
    return render(request, "feedback/report.html", public_pages.case_context(request, case, crumbs))


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same words for a code nobody holds, one that is not public and one of other units: nothing can be guessed."""
    context: dict[str, Any] = {"breadcrumbs": public_pages.crumbs_of((_("Không thấy phản ánh"), None))}
    return render(request, "feedback/report_unknown.html", context, status=NOT_FOUND)


@require_safe
@reports_shown
def reports_atom(request: HttpRequest) -> HttpResponse:
    """The newest reports as Atom, of one category or commune where asked."""
    return ReportsFeed()(request)


@require_safe
@reports_shown
@public_page
def case_figures(request: HttpRequest) -> HttpResponse:
    """What units did with reports, or questions, in the last 3, 6 or 12 months."""
    return render(request, "feedback/case_figures.html", public_pages.figures_context(request))


@require_safe
@reports_shown
@public_page
def case_figures_csv(request: HttpRequest) -> HttpResponse:
    """The same table as data, for spreadsheets."""
    context = public_pages.figures_context(request)
    heading = _("Đơn vị") if context["by_unit"] else _("Tháng")
    text = figures.csv_of([*context["lines"], context["whole"]], heading)
    name = f"phan-anh-{unit_of(request).slug}-{timezone.localdate():%Y-%m}-{context['period']}-thang.csv"
    return csv_response(name, text)
