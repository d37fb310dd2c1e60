"""The moderator's queue and screen: what came on the left, what others will see on the right, nothing public before."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feedback.actions.case_steps import Stale
from feedback.actions.moderate_case import PUBLISHED_KINDS, hide, is_ready, mark_spam, publish, restore, why_not_public
from feedback.cases import moderating
from feedback.cases.blurring import BadBoxes, blurred_picture, clean_boxes
from feedback.enums.cases import FileKind, HideReason, Moderation
from feedback.forms.moderation import DecisionForm, ModerationForm
from feedback.models import Case, CaseFile
from portal.core.admin_base import person_at
from portal.core.private_files import open_private

STALE_STATUS: Final = 409
REFUSED_STATUS: Final = 422
KEY_DIGITS: Final = 18
_REDRAWN: Final = ("_xem", "_bo", "_them")


class ModerationScreens:
    """Mixed into CaseAdmin. Only the unit that holds a case moderates it: for all others it is not there."""

    admin_site: AdminSite
    opts: Any

    def moderation_urls(self) -> list[URLPattern]:
        """Addresses below /quan-tri/feedback/case/."""
        view = self.admin_site.admin_view
        return [
            path("duyet/", view(self.queue_view), name="feedback_case_moderation"),
            path("<int:pk>/duyet/", view(self.moderate_view), name="feedback_case_moderate"),
            path("<int:pk>/duyet/<int:file_pk>/che/", view(self.blurred_view), name="feedback_case_blurred"),
        ]

    @method_decorator(require_safe)
    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """One pile by keyset, longest waiting first."""
        _demand(request)
        pile = moderating.PILES.get(request.GET.get("xem", ""), moderating.PILES["cho"])
        mark = request.GET.get("sau", "")
        rows, has_more = moderating.page_of(pile, _key(mark))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Duyệt công khai"),
            "pile": pile,
            "tabs": _tabs(pile),
            "rows": [{"case": case, "marks": moderating.mark_words(case)} for case in rows],
            "next_url": f"?{urlencode({'xem': pile.slug, 'sau': rows[-1].pk})}" if has_more else "",
        }
        return TemplateResponse(request, "admin/feedback/moderation/queue.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def moderate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One case. Without a script, every button is a submit: preview, one more box, one box less, publish."""
        case = _case(request, pk)
        files = moderating.files_of(case)
        if request.method != "POST":
            return self._moderation_screen(request, case, files, ModerationForm(None, case=case, files=files))
        if "decision" in request.POST:
            return self._decide_moderation(request, case, files)
        form = ModerationForm(request.POST, case=case, files=files)
        if any(name in request.POST for name in _REDRAWN):
            form.drop_errors()
            return self._moderation_screen(request, case, files, form, is_preview=True)
        if why_not_public(case) or not form.is_valid():
            return self._moderation_screen(request, case, files, form, status=REFUSED_STATUS)
        return self._publish_copy(request, case, files, form)

    def _publish_copy(
        self, request: HttpRequest, case: Case, files: list[CaseFile], form: ModerationForm
    ) -> HttpResponse:  # fmt: skip
        was_public = case.moderation == Moderation.PUBLIC
        try:
            publish(case=case, actor=person_at(request), **form.copy())
        except Stale:
            return self._moderation_stale(request, case.pk, request.POST)
        except ValidationError as error:
            form.add_error(None, error)
            return self._moderation_screen(request, case, files, form, status=REFUSED_STATUS)
        words = _("Đã lưu bản công khai.") if was_public else _("Đã công khai.")
        link = format_html('<a href="{}">{}</a>', case.get_absolute_url(), _("Xem người dân thấy gì"))
        messages.success(request, format_html("{} {}: {}. {}", words, case.code_words, case.title, link))
        return self._onward(request, case)

    def _decide_moderation(self, request: HttpRequest, case: Case, files: list[CaseFile]) -> HttpResponse:
        """Not public, rubbish, back from the rubbish."""
        decision = DecisionForm(request.POST)
        if not decision.is_valid():
            form = ModerationForm(None, case=case, files=files)
            return self._moderation_screen(request, case, files, form, decision=decision, status=REFUSED_STATUS)
        data, actor = decision.cleaned_data, person_at(request)
        try:
            if data["decision"] == "an":
                hide(case=case, reason=data["reason"], seen=data["seen"], actor=actor)
                messages.success(request, _("Đã ghi: không công khai. Việc vẫn được xử lý."))
            elif data["decision"] == "rac":
                mark_spam(case=case, seen=data["seen"], actor=actor)
                messages.success(request, _("Đã bỏ vào rác. Lấy lại được cho đến khi máy xóa."))
            else:
                restore(case=case, seen=data["seen"], actor=actor)
                messages.success(request, _("Đã lấy lại từ rác."))
                return HttpResponseRedirect(reverse("admin:feedback_case_moderate", args=[case.pk]))
        except Stale:
            return self._moderation_stale(request, case.pk, None)
        return self._onward(request, case)

    @staticmethod
    def _onward(request: HttpRequest, case: Case) -> HttpResponse:
        """The next one that waits, where the button says so; else the case itself."""
        if request.POST.get("roi") != "ke-tiep":
            return HttpResponseRedirect(reverse("admin:feedback_case_moderate", args=[case.pk]))
        following = moderating.next_waiting(case)
        if following is None:
            messages.info(request, _("Không còn gì chờ duyệt."))
            return HttpResponseRedirect(reverse("admin:feedback_case_moderation"))
        return HttpResponseRedirect(reverse("admin:feedback_case_moderate", args=[following.pk]))

    def _moderation_stale(self, request: HttpRequest, pk: int, sent: Any) -> HttpResponse:
        """Somebody was faster: the case as it is now, the words as they were typed, and nothing written."""
        messages.warning(request, _("Người khác vừa làm việc này. Xem lại bên trái, rồi bấm lại nếu vẫn muốn."))
        case = _case(request, pk)
        files = moderating.files_of(case)
        data = sent.copy() if sent is not None else None
        if data is not None:
            data["seen"] = str(case.version)
        form = ModerationForm(data, case=case, files=files)
        return self._moderation_screen(request, case, files, form, is_preview=data is not None, status=STALE_STATUS)

    def _moderation_screen(
        self, request: HttpRequest, case: Case, files: list[CaseFile], form: ModerationForm, *,
        decision: DecisionForm | None = None, is_preview: bool = False, status: int = 200,
    ) -> HttpResponse:  # fmt: skip
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Duyệt công khai"),
            "case": case,
            "form": form,
            "pictures": form.pictures,
            "unready": [file for file in files if not is_ready(file)],
            "as_sent": moderating.as_sent(case),
            "marks": moderating.mark_words(case),
            "why_not": why_not_public(case),
            "is_public": case.moderation == Moderation.PUBLIC,
            "is_spam": case.moderation == Moderation.SPAM,
            "is_hidden": case.moderation == Moderation.PRIVATE,
            "can_be_public": case.kind in PUBLISHED_KINDS,
            "reasons": HideReason.choices,
            "decision": decision,
            "is_preview": is_preview,
            "may_unmask": request.user.has_perm("feedback.unmask_case"),
        }
        return TemplateResponse(request, "admin/feedback/moderation/case.html", context, status=status)

    @method_decorator(require_safe)
    def blurred_view(self, request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
        """What a picture will look like with the boxes of the address; made anew each time, kept nowhere."""
        case = _case(request, pk)
        rows = CaseFile.objects.ready().filter(case=case, kind=FileKind.PICTURE).exclude(private_path="")
        file = get_object_or_404(rows, pk=file_pk)
        try:
            boxes = clean_boxes(one.split(",") for one in request.GET.getlist("o"))
            with open_private(file.private_path) as stored:
                made = blurred_picture(stored, boxes, small_only=True)
        except BadBoxes:
            return HttpResponseBadRequest(_("Vùng che nằm ngoài ảnh."))
        except OSError as error:
            raise Http404 from error
        response = HttpResponse(made.small, content_type="image/webp")
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _demand(request: HttpRequest) -> None:
    if not request.user.has_perm("feedback.moderate_case"):
        raise PermissionDenied


def _case(request: HttpRequest, pk: int) -> Case:
    """The case, if this unit holds it and this person moderates."""
    _demand(request)
    if pk >= 10**KEY_DIGITS:
        raise Http404
    rows = Case.objects.held().select_related("category", "commune", "moderated_by")
    return get_object_or_404(rows.defer("commune__boundary"), pk=pk)


def _key(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS else 0


def _tabs(current: moderating.Pile) -> list[dict[str, Any]]:
    """All piles; how much waits and how much looks like rubbish is counted."""
    tabs: list[dict[str, Any]] = []
    for pile in moderating.PILES.values():
        label = str(pile.label)
        if pile.moderation in {Moderation.WAITING, Moderation.SPAM}:
            number = moderating.number_on(pile)
            label += f" ({moderating.COUNT_LIMIT - 1}+)" if number >= moderating.COUNT_LIMIT else f" ({number})"
        tabs.append({"label": label, "url": f"?xem={pile.slug}", "is_current": pile == current})
    return tabs
