"""Online dialogues in the administration: announcing one, and its desk during the hour."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.actions import dialogues as actions
from feedback.actions.case_steps import Stale
from feedback.enums import CommentMark
from feedback.enums.polls import DialogueQuestionState
from feedback.forms.dialogues import DialogueForm
from feedback.models import Dialogue, DialogueQuestion
from feedback.rules import dialogues as rules
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.templatetags.portal_text import date_full

State = DialogueQuestionState
TABS: Final = {"cho": State.HELD, "hang": State.QUEUED, "xong": State.ANSWERED, "bo": State.REFUSED, "rac": State.SPAM}
_ASIDE: Final = {"bo": State.REFUSED, "rac": State.SPAM, "tra-lai": State.HELD}
KEY_DIGITS: Final = 18


@admin.register(Dialogue)
class DialogueAdmin(TenantAdmin):
    """One hour of questions and answers."""

    form = DialogueForm
    purpose = gettext_lazy("Lãnh đạo trả lời người dân bằng chữ trong một giờ. Câu hỏi được duyệt trước khi hiện.")
    add_label = gettext_lazy("Thêm buổi đối thoại")
    list_display = ("title", "host", "day", "status")
    list_filter = ("status",)
    search_fields = ("title",)
    list_select_related = ("person",)
    ordering = ("-pk",)
    change_form_template = "admin/feedback/dialogue/change_form.html"

    @admin.display(description=gettext_lazy("Người trả lời"))
    def host(self, dialogue: Dialogue) -> str:
        """By post or name."""
        return actions.host_of(dialogue)

    @admin.display(description=gettext_lazy("Ngày"), ordering="starts_at")
    def day(self, dialogue: Dialogue) -> str:
        """As official documents write it."""
        return date_full(dialogue.starts_at)

    def get_urls(self) -> Any:
        """The desk before the stock screens."""
        view = self.admin_site.admin_view
        own = [path("<int:pk>/ban/", view(self.desk_view), name="feedback_dialogue_desk")]
        return [*own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Dialogue, form: Any, change: bool) -> None:
        """Save through the action."""
        actions.save_dialogue(dialogue=obj, actor=person_at(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it is cancelled, so that whoever asked sees it."""
        return False

    def desk_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Questions of one state with their buttons; a POST is one decision about one of them."""
        dialogue = Dialogue.objects.filter(pk=pk).select_related("person").first()
        if dialogue is None:
            raise Http404
        if not request.user.has_perm("feedback.run_dialogue"):
            raise PermissionDenied
        tab = request.GET.get("xem", "cho") if request.GET.get("xem", "cho") in TABS else "cho"
        kept: dict[str, Any] = {}
        if request.method == "POST":
            kept = self._decide(request, dialogue)
            if not kept:
                return HttpResponseRedirect(f"{reverse('admin:feedback_dialogue_desk', args=[pk])}?xem={tab}")
        return TemplateResponse(
            request, "admin/feedback/dialogue/desk.html", self._context(request, dialogue, tab, kept)
        )

    def _context(self, request: HttpRequest, dialogue: Dialogue, tab: str, kept: dict[str, Any]) -> dict[str, Any]:
        rows = list(
            DialogueQuestion.objects.filter(dialogue=dialogue)
            .defer("sealed_text")
            .order_by("order", "pk")[: rules.SHOWN * 2]
        )
        marks = {str(value): str(label) for value, label in CommentMark.choices}
        lines = [
            {
                "row": row,
                "marks": [marks.get(mark, mark) for mark in row.marks],
                **(kept if kept.get("pk") == row.pk else {}),
            }
            for row in rows
            if row.state == TABS[tab]
        ]
        numbers = {slug: sum(row.state == state for row in rows) for slug, state in TABS.items()}
        tabs = [
            {"label": f"{state.label} ({numbers[slug]})", "url": f"?xem={slug}", "is_current": slug == tab}
            for slug, state in TABS.items()
        ]
        return {
            **self.admin_site.each_context(request), "opts": self.opts, "title": dialogue.title, "dialogue": dialogue,
            "host": actions.host_of(dialogue), "lines": lines, "tabs": tabs, "tab": tab,
        }  # fmt: skip

    @staticmethod
    def _decide(request: HttpRequest, dialogue: Dialogue) -> dict[str, Any]:
        """Do what was pressed; {} when it is done, else what was typed, to be shown again."""
        data, actor = request.POST, person_at(request)
        try:
            if "tuong-thuat" in data:
                actions.write_transcript(dialogue=dialogue, actor=actor)
                messages.success(request, _("Đã tạo bài tường thuật ở mục Tin, bài, chờ duyệt."))
                return {}
            question = DialogueQuestion.objects.filter(dialogue=dialogue, pk=_number(data.get("cau", ""))).first()
            if question is None:
                raise Http404
            _one(data, question, actor)
        except Stale:
            messages.warning(request, _("Câu này vừa có người khác xử lý. Đọc lại rồi làm tiếp."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            return {}
        return {
            "pk": _number(data.get("cau", "")),
            "typed_text": data.get("text", ""),
            "typed_answer": data.get("answer", ""),
        }


def _one(data: Any, question: DialogueQuestion, actor: Any) -> None:
    seen = _number(data.get("seen", ""))
    if "hang" in data:
        actions.queue_question(question=question, text=data.get("text", ""), actor=actor, seen=seen)
    elif "tra-loi" in data:
        actions.answer_question(question=question, answer=data.get("answer", ""), actor=actor, seen=seen)
    else:
        state = next((state for name, state in _ASIDE.items() if name in data), None)
        if state is None:
            raise ValidationError(_("Chưa chọn việc cần làm."))
        actions.set_aside(question=question, state=state, actor=actor, seen=seen)


def _number(text: str) -> int:
    """A key or version out of what was sent; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS else 0
