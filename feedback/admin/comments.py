"""Moderating comments: read, then show, refuse or throw away; one by one or several at once, without a script."""

from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from feedback import actions
from feedback.admin.opinions import OpinionScreens
from feedback.enums import CommentStatus, RefuseReason
from feedback.forms import AnswerForm
from feedback.models import Comment
from feedback.querysets.comments import COUNT_LIMIT, PAGE_SIZE
from portal.core.admin_base import TenantAdmin, person_at

KEY_DIGITS: Final = 18
_DECISIONS: Final = {
    "hien": CommentStatus.SHOWN,
    "khong-hien": CommentStatus.REFUSED,
    "rac": CommentStatus.SPAM,
    "cho": CommentStatus.HELD,
}
SLUGS: Final = {"cho": CommentStatus.HELD, "hien": CommentStatus.SHOWN, "khong": CommentStatus.REFUSED,
                "rac": CommentStatus.SPAM}  # fmt: skip


@admin.register(Comment)
class CommentAdmin(OpinionScreens, TenantAdmin):
    """The list is a pile of letters, not a table: each stands there in full with its buttons."""

    form = AnswerForm
    purpose = gettext_lazy("Người đọc chỉ thấy góp ý sau khi bấm “Hiện”. Đọc cả câu, rồi chọn.")
    readonly_fields = (
        "name",
        "text",
        "state",
        "marks_word",
        "subject_title",
        "part_title",
        "created_at",
        "decided_by",
        "decided_at",
    )
    fields = (*readonly_fields, "answer")

    def get_urls(self) -> Any:
        """The sheet of a draft's opinions before the stock screens."""
        return [*self.opinion_urls(), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators only: what is held is nobody else's to read."""
        return bool(request.user.has_perm("feedback.view_comment"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Answering is part of moderating."""
        return bool(request.user.has_perm("feedback.moderate_comment"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write comments."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Thrown away by the clock: spam after a month."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One state's comments, by keyset; a POST decides about those that are ticked or pressed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._decide(request)
        slug = request.GET.get("xem", "cho")
        status = SLUGS.get(slug, CommentStatus.HELD)
        rows, has_more = self._rows(request, status)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "purpose": self.purpose,
            "title": _("Góp ý dưới bài"),
            "comments": rows,
            "status": status,
            "tabs": self._tabs(status),
            "reasons": RefuseReason.choices,
            "may_moderate": self.has_change_permission(request),
            "next_url": f"?{urlencode({'xem': slug, 'sau': rows[-1].pk})}" if has_more else "",
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/feedback/comment/moderate.html", context)

    @staticmethod
    def _rows(request: HttpRequest, status: CommentStatus) -> tuple[list[Comment], bool]:
        """What waits is read from the longest waiting on; everything else from the newest."""
        mark = _key(request.GET.get("sau", ""))
        rows = Comment.objects.filter(status=status).select_related("decided_by", "answered_by")
        if status == CommentStatus.HELD:
            return rows.filter(pk__gt=mark).order_by("pk").page(PAGE_SIZE)
        rows = rows.order_by("-pk")
        return (rows.older_than(mark) if mark else rows).page(PAGE_SIZE)

    @staticmethod
    def _tabs(status: CommentStatus) -> list[dict[str, Any]]:
        waiting = Comment.objects.waiting_number()
        number = f"{COUNT_LIMIT - 1}+" if waiting >= COUNT_LIMIT else str(waiting)
        return [
            {
                "label": f"{value.label} ({number})" if value == CommentStatus.HELD else str(value.label),
                "url": f"?xem={slug}",
                "is_current": value == status,
            }
            for slug, value in SLUGS.items()
        ]

    def _decide(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        decision, pks = _decision_of(request)
        seen = request.POST.get("dang", "")
        back = HttpResponseRedirect(self._back(request))
        if decision is None or not pks or seen not in CommentStatus.values:
            messages.warning(request, _("Chưa chọn góp ý nào. Đánh dấu rồi bấm lại."))
            return back
        reason = request.POST.get(f"ly-do-{pks[0]}" if len(pks) == 1 else "ly-do", "") or request.POST.get("ly-do", "")
        if decision == CommentStatus.REFUSED and reason not in RefuseReason.values:
            messages.warning(request, _("Chọn lý do không hiện rồi bấm lại."))
            return back
        changed = actions.decide_comments(
            pks=pks, seen=CommentStatus(seen), to=decision, actor=person_at(request), reason=reason
        )
        self._say(request, decision, changed, len(pks))
        return back

    @staticmethod
    def _back(request: HttpRequest) -> str:
        """The same list again; an address made by ourselves, whatever was posted."""
        slugs = {str(value): slug for slug, value in SLUGS.items()}
        return f"{reverse('admin:feedback_comment_changelist')}?xem={slugs.get(request.POST.get('dang', ''), 'cho')}"

    @staticmethod
    def _say(request: HttpRequest, decision: CommentStatus, changed: int, asked: int) -> None:
        words = {
            CommentStatus.SHOWN: ngettext("Đã hiện %(number)d góp ý.", "Đã hiện %(number)d góp ý.", changed),
            CommentStatus.REFUSED: ngettext(
                "Đã ghi không hiện %(number)d góp ý.", "Đã ghi không hiện %(number)d góp ý.", changed
            ),
            CommentStatus.SPAM: ngettext("Đã bỏ %(number)d góp ý vào rác.", "Đã bỏ %(number)d góp ý vào rác.", changed),
            CommentStatus.HELD: ngettext(
                "Đã đưa %(number)d góp ý về chờ xem.", "Đã đưa %(number)d góp ý về chờ xem.", changed
            ),
        }
        if changed:
            messages.success(request, words[decision] % {"number": changed})
        if changed < asked:
            messages.warning(
                request,
                _("%(number)d góp ý đã có người khác xem trước. Kết quả của người ấy được giữ.")
                % {"number": asked - changed},
            )

    @admin.display(description=gettext_lazy("trạng thái"))
    def state(self, comment: Comment) -> str:
        """Where it stands, and why it is not shown."""
        words = str(comment.get_status_display())
        return f"{words}: {comment.get_refuse_reason_display()}" if comment.refuse_reason else words

    @admin.display(description=gettext_lazy("máy thấy"))
    def marks_word(self, comment: Comment) -> str:
        """What the machine noticed."""
        return ", ".join(comment.mark_labels) or "–"

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        """Answer through the action."""
        actions.answer_comment(comment=obj, answer=form.cleaned_data["answer"], actor=person_at(request))


def _key(text: str) -> int:
    """A row's key out of what was sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS else 0


def _decision_of(request: HttpRequest) -> tuple[CommentStatus | None, list[int]]:
    """The button's name says what, its value about which one; “chon” are the ticked ones."""
    for name, status in _DECISIONS.items():
        if name in request.POST:
            value = request.POST[name]
            raw = request.POST.getlist("chon") if value == "chon" else [value]
            return status, [number for number in map(_key, raw[:PAGE_SIZE]) if number]
    return None, []
