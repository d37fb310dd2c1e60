"""“Thủ tục ở đây”: what the unit handles, what it has said about each, and copying one answer to many."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.admin_base import person_at
from portal.core.text import without_marks
from services.actions import local as actions
from services.models import Counter, LocalAnswer, LocalFee, Procedure
from units.middleware import unit_of

ROWS_LIMIT: Final = actions.COPIES_LIMIT
STALE_DAYS: Final = 365
OFTEN, OWN = "nhieu-nguoi-can", "da-ghi"


def _said(answer: LocalAnswer | None, *, via_field: bool, has_fee: bool) -> list[str]:
    """What is filled in, in words."""
    if answer is None:
        return [_("lệ phí")] if has_fee else []
    if not answer.is_handled:
        return [_("không nhận ở đây")]
    words = [_("ghi cho cả lĩnh vực")] if via_field else []
    words += [str(answer.counter)] if answer.counter else []
    named = (
        (answer.officer_post, _("người phụ trách")), (answer.phone, _("điện thoại")), (answer.hours, _("giờ riêng")),
        (answer.notes, _("lưu ý")), (has_fee, _("lệ phí")),
    )  # fmt: skip
    return [*words, *(word for value, word in named if value)]


def _missing(answer: LocalAnswer | None, today: Any) -> list[str]:
    """What a citizen will still ask."""
    if answer is None:
        return [_("chưa có lời riêng")]
    if not answer.is_handled:
        return [] if answer.notes else [_("nộp ở đâu")]
    words = [
        word for value, word in ((answer.officer_post, _("người phụ trách")), (answer.notes, _("lưu ý"))) if not value
    ]
    if answer.checked_on is None or (today - answer.checked_on).days > STALE_DAYS:
        words.append(_("hơn một năm chưa xem lại"))
    return words


class LocalHereMixin:
    """The two screens beside the stock ones of LocalAnswerAdmin."""

    admin_site: Any
    opts: Any
    get_object: Any
    has_view_permission: Any
    has_change_permission: Any
    has_add_permission: Any
    _get_obj_does_not_exist_redirect: Any

    def get_urls(self) -> list[Any]:
        """See the class."""
        wrap = self.admin_site.admin_view
        own = [
            path("o-day/", wrap(self.here_view), name="services_localanswer_here"),
            path("<int:pk>/chep/", wrap(self.copy_view), name="services_localanswer_copy"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]  # of ModelAdmin, beside which this stands

    def _screen(self, request: HttpRequest, template: str, title: str, **more: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **more}
        return TemplateResponse(request, f"admin/services/localanswer/{template}.html", context)

    def here_view(self, request: HttpRequest) -> HttpResponse:
        """One shelf: what many need, what has been written, or one field; about seven queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        unit = unit_of(request)
        handled = Procedure.objects.current().handled_at(unit.kind)
        fields = sorted(handled.by_field(), key=lambda row: without_marks(row["field_name"]).lower())
        slug = request.GET.get("linh_vuc", "")
        shelf = slug if any(row["field_slug"] == slug for row in fields) else request.GET.get("xem", OFTEN)
        if shelf == OWN:
            rows = Procedure.objects.current().filter(pk__in=LocalAnswer.objects.written_about()).order_by("code")
        elif shelf == slug and slug:
            rows = handled.filter(field__slug=slug).order_by("code")
        else:
            shelf = OFTEN
            rows = handled.often()
        return self._screen(
            request, "here", _("Thủ tục ở đây"), lines=_lines(list(rows.light()[:ROWS_LIMIT])), fields=fields, shelf=shelf,
            main_counter=Counter.objects.for_page().first(), may_write=self.has_add_permission(request),
            limit=ROWS_LIMIT, tabs=[(OFTEN, _("Nhiều người cần")), (OWN, _("Đã ghi riêng"))],
        )  # fmt: skip

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say the same about other procedures of the field: those that are ticked, or all that have nothing yet."""
        answer = self.get_object(request, str(pk))
        if answer is None or answer.procedure is None or not self.has_change_permission(request, answer):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[no-any-return]
        unit = unit_of(request)
        rows = Procedure.objects.current().handled_at(unit.kind).filter(field_id=answer.procedure.field_id)
        procedures = list(rows.exclude(pk=answer.procedure_id).order_by("code").light()[:ROWS_LIMIT])
        written = set(LocalAnswer.objects.filter(procedure__in=procedures).values_list("procedure_id", flat=True))
        back = f"{reverse('admin:services_localanswer_here')}?linh_vuc={answer.procedure.field.slug}"
        if request.method == "POST":
            ticked = set(request.POST.getlist("thu_tuc"))
            wants_rest = "con_lai" in request.POST
            chosen = [
                row for row in procedures if str(row.pk) in ticked or (wants_rest and row.pk not in written)
            ]  # fmt: skip
            if not chosen:
                messages.warning(request, _("Chưa chọn thủ tục nào. Đánh dấu rồi bấm lại."))
                return HttpResponseRedirect(request.path)
            number = actions.copy_answer(answer=answer, procedures=chosen, actor=person_at(request))
            messages.success(request, _("Đã chép sang %(number)d thủ tục.") % {"number": number})
            return HttpResponseRedirect(back)
        lines = [{"procedure": row, "is_written": row.pk in written} for row in procedures]
        lines.sort(key=lambda line: bool(line["is_written"]))
        return self._screen(
            request, "copy", _("Chép sang thủ tục khác"), answer=answer, lines=lines, back=back,
            rest=len(procedures) - len(written),
        )  # fmt: skip


def _lines(procedures: list[Procedure]) -> list[dict[str, Any]]:
    """The rows of the page: two queries for what is written about them, none in the loop."""
    today = timezone.localdate()
    answers = list(LocalAnswer.objects.about_many(procedures))
    own = {row.procedure_id: row for row in answers if row.procedure_id}
    by_field = {row.field_id: row for row in answers if row.field_id}
    fees = set(LocalFee.objects.not_over(today).filter(procedure__in=procedures).values_list("procedure_id", flat=True))
    lines = []
    for procedure in procedures:
        answer = own.get(procedure.pk)
        shown = answer or by_field.get(procedure.field_id)
        said = _said(shown, via_field=answer is None and shown is not None, has_fee=procedure.pk in fees)
        lines.append({"procedure": procedure, "answer": answer, "said": said, "missing": _missing(shown, today)})
    return lines
